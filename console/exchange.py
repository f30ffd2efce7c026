"""The exchange of a job: what it was, how it stands, and the whole row that tells of it."""

import json

from nicegui import ui

from console.frame import Visit, heading
from console.timeline import named

_STATES = {0: "It is running.", 1: "It succeeded.", 2: "It failed."}


class ExchangeDialog:
    """A dialog that shows the row of a job."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        with ui.dialog() as self._dialog, ui.card().classes("wide-card"):
            self._place = ui.element("div").classes("part")
            ui.button("Close", on_click=self._dialog.close).props("no-caps outline autofocus")
        self._dialog.props('aria-label="Exchange of a job"')

    async def open(self, job_id: str) -> None:
        """Ask for the job and show what is answered."""
        reply = await self.visit.visitor.call("queryAsyncJobResult", jobid=job_id)
        self._place.clear()
        with self._place:
            if "errorcode" in reply.body:
                heading("This job is not known any more", 2)
                ui.label(str(reply.body.get("errortext", "")))
            else:
                heading(named(reply.body), 2)
                ui.label(_STATES[reply.body["jobstatus"]])
                result = reply.body.get("jobresult", {})
                if "errortext" in result:
                    ui.label(str(result["errortext"])).classes("bad-text")
            text = json.dumps(reply.body, indent=2, ensure_ascii=False)
            ui.code(text, language="json").classes("answer")
        self._dialog.open()
