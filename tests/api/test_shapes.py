"""Every recorded exchange, recreated in its situation: status, root, keys, JSON types.

`tests/golden/shapes.json` is made by `python tests/golden/make.py EXCHANGES` from whole answers of
a real server, values left out.
"""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from simulator import boot
from simulator.api.service import SimulatedCloud

GOLDEN = Path(__file__).parent.parent / "golden"
sys.path.insert(0, str(GOLDEN))
from make import shape  # noqa: E402 - found by the path above

ROWS: list[dict[str, Any]] = json.loads((GOLDEN / "shapes.json").read_text(encoding="utf-8"))
EXCEPTIONS = {
    39: "listApis: the recorded command, createVPCOffering, is none of those served here",
    103: "XML is the HTTP edge's business",
    104: "XML is the HTTP edge's business",
}
"""Number of an exchange -> why it is not compared."""


def prepare(cloud: SimulatedCloud) -> None:
    """Leave what the recorded server had before: the admin has a running VM and a spare network."""
    zone = cloud.call("listZones").body["zone"][0]["id"]
    template = cloud.call("listTemplates", templatefilter="featured").body["template"][0]["id"]
    small = cloud.call("listServiceOfferings").body["serviceoffering"][0]["id"]
    text = {"zoneid": zone, "serviceofferingid": small, "templateid": template, "name": "old"}
    cloud.call("deployVirtualMachine", **text)
    offering = cloud.call("listNetworkOfferings").body["networkoffering"][2]["id"]
    other = cloud.call("listZones").body["zone"][1]["id"]
    cloud.call("createNetwork", name="n0", networkofferingid=offering, zoneid=other)
    cloud.settle()


def looked_up(text: str, answers: list[dict[str, Any]]) -> str:
    """Return *text*, or what stands at the place of an earlier answer that it names."""
    if not text.startswith("@"):
        return text
    number, _, *path = text[1:].split(".")
    here: Any = answers[int(number)]
    for step in path:
        here = here[int(step)] if isinstance(here, list) else here[step]
    return str(here)


def replay() -> list[tuple[int, str, dict[str, Any]]]:
    """Send every recorded request in order and return (status, root, body) of each."""
    cloud = boot("simulator", dialect="acs-4.22")
    prepare(cloud)
    done: list[tuple[int, str, dict[str, Any]]] = []
    for row in ROWS:
        text = {k: looked_up(v, [d[2] for d in done]) for k, v in row["request"].items()}
        if row.get("jobstatus"):
            cloud.settle()
        reply = cloud.call(text.pop("command"), **text)
        done.append((reply.status, reply.root, reply.body))
    return done


@pytest.fixture(scope="module")
def answers() -> list[tuple[int, str, dict[str, Any]]]:
    return replay()


def differences(want: Any, have: Any, where: str, *, cut: bool = False) -> list[str]:
    """Return where two shapes differ; of a *cut* list the recording knows only the first rows."""
    if isinstance(want, dict) and isinstance(have, dict):
        found = [f"{where}.{k} missing" for k in want if k not in have]
        found += [f"{where}.{k} too many" for k in have if k not in want]
        for key in want:
            if key in have:
                found += differences(want[key], have[key], f"{where}.{key}", cut=cut)
        return found
    if isinstance(want, list) and isinstance(have, list):
        if len(want) == len(have) == 1:
            return differences(want[0], have[0], f"{where}[]")
        missing = [w for w in want if w not in have]
        extra = [] if cut else [h for h in have if h not in want]
        if len(missing) == 1 and have:
            closest = min((differences(missing[0], h, f"{where}[]") for h in have), key=len)
            return closest + [f"{where}: a row like {e}" for e in extra[1:]]
        return [f"{where}: {missing} missing, {extra} too many"] if missing or extra else []
    return [] if want == have else [f"{where} is {have}, not {want}"]


@pytest.mark.parametrize("number", [n for n in range(len(ROWS)) if n not in EXCEPTIONS])
def test_an_exchange_has_the_recorded_shape(
    number: int, answers: list[tuple[int, str, dict[str, Any]]]
) -> None:
    row, (status, root, body) = ROWS[number], answers[number]

    assert (status, root) == (row["status"], row["root"]), body
    assert differences(row["shape"], shape(body), "", cut=row["cut"]) == []
    for field in ("jobstatus", "jobresultcode"):
        assert body.get(field) == row.get(field)
    if row["request"]["command"] == "queryAsyncJobResult":
        assert list(body) == list(row["shape"])
        assert list(body.get("jobresult", {})) == list(row["shape"].get("jobresult", {}))


def test_the_exceptions_are_needed() -> None:
    assert len(ROWS) == 112
    assert set(EXCEPTIONS) < set(range(len(ROWS)))
