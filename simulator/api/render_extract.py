"""Links to images and volumes as CloudStack's JSON."""

from typing import NamedTuple

from simulator.api.command import Call
from simulator.api.render import ZONE_FIELDS
from simulator.api.shape import Always, Shape, date, text, within
from simulator.domain.inventory import Template, Zone
from simulator.domain.records import Volume


class ExtractAt(NamedTuple):
    """A link to an image or a volume of a zone, as the call asks for it."""

    call: Call
    record: Template | Volume
    zone: Zone


EXTRACT = Shape[ExtractAt](
    "extract",
    text("id", "id", lambda e: e.record.id),
    text("name", "name", lambda e: e.record.name),
    text("extractId", "id of the extraction", lambda e: e.record.id),
    text("accountid", "id of the account", lambda e: e.record.account_id),
    text("state", "state", Always("DOWNLOAD_URL_CREATED")),
    within(lambda e: e.zone, ZONE_FIELDS),
    text("extractMode", "how it is extracted", lambda e: e.call.text("mode")),
    text("url", "where it is", lambda e: f"http://downloads.example.org/{e.record.id}"),
    date("created", "when it was created", lambda e: e.call.world.env.now),
)
