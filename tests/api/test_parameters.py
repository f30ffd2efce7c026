"""Each parameter of the release is listed, and either read by its command or said to be ignored."""

from simulator import boot
from simulator.api import release
from simulator.api.apis import UNMODELLED
from simulator.api.table import COMMANDS

SERVED = sorted(COMMANDS)


def test_every_parameter_and_field_of_the_release_is_listed() -> None:
    """With its type and whether it is required; what is not modelled says so."""
    listed = {row["name"]: row for row in boot("simulator").call("listApis").body["api"]}
    for name in SERVED:
        if name.startswith("rootswap"):
            continue
        shown = {p["name"].lower(): p for p in listed[name]["params"]}
        for low, real in release.parameters_of(name).items():
            row = shown[low]
            assert (row["type"], row["required"]) == (real.type, real.required), (name, low)
            silent = row["description"] == UNMODELLED
            assert silent == (low not in COMMANDS[name].parameters), (name, low)
        fields = {f["name"] for f in listed[name]["response"]}
        assert set(release.fields_of(name)) - fields == set(), name


def test_what_is_ignored_is_noted() -> None:
    """rootswapLog tells, once with a count, what was given in vain."""
    cloud = boot("simulator")
    for _ in range(2):
        assert cloud.call("listZones", showcapacities="true", nonsense="1").status == 200
    cloud.call("createFirework")
    notes = cloud.call("rootswapLog").body["log"]["notes"]
    assert {n["text"]: n["count"] for n in notes} == {
        "listZones: showcapacities is not modelled here and was ignored": 2,
        "listZones: there is no parameter nonsense, it was ignored": 2,
        "createFirework is no command of CloudStack 4.22": 1,
    }


def test_what_is_not_modelled_is_judged_by_its_form() -> None:
    """A number that is none and an id of nothing are refused as the real server refuses them."""
    cloud = boot("simulator")
    name, real = next(
        (n, p)
        for n in SERVED
        for p in release.unmodelled(n, COMMANDS[n].parameters).values()
        if p.type == "integer" and not any(q.required for q in release.parameters_of(n).values())
    )
    reply = cloud.call(name, **{real.name: "many"})
    assert (reply.status, reply.body["cserrorcode"]) == (431, 9999)
