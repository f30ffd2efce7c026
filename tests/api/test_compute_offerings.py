"""What a compute offering says of its VMs is shown, and counts."""

import pytest
from lab import Lab

TRAITS = {
    "hosttags": "fast,new",
    "networkrate": "5",
    "deploymentplanner": "FirstFitPlanner",
    "offerha": "true",
    "limitcpuuse": "true",
    "isvolatile": "true",
    "encryptroot": "true",
    "serviceofferingdetails[0].key": "a",
    "serviceofferingdetails[0].value": "b",
    "serviceofferingdetails[1].c": "d",
}


@pytest.fixture
def lab() -> Lab:
    return Lab()


def test_an_offering_is_shown_as_it_was_made(lab: Lab) -> None:
    made = lab.ok("createServiceOffering", name="o", cpunumber="1", cpuspeed="500",
                    memory="512", **TRAITS)["serviceoffering"]  # fmt: skip
    assert made["serviceofferingdetails"] == {"a": "b", "c": "d"}
    wanted = {
        "hosttags": "fast,new", "networkrate": 5, "deploymentplanner": "FirstFitPlanner",
        "offerha": True, "limitcpuuse": True, "isvolatile": True, "encryptroot": True,
    }  # fmt: skip
    assert {name: made[name] for name in wanted} == wanted
    listed = lab.ok("listServiceOfferings", encryptroot="true")["serviceoffering"]
    assert listed == [made]


def test_a_system_offering_names_its_kind(lab: Lab) -> None:
    made = lab.ok("createServiceOffering", name="o", cpunumber="1", cpuspeed="500",
                    memory="512", issystem="true", systemvmtype="consoleproxy")  # fmt: skip
    assert made["serviceoffering"]["systemvmtype"] == "ConsoleProxy"
