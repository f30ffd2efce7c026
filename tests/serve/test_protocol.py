"""Requests and answers as measured on a real server (ground truth 7): signed calls and lists."""

import re
from typing import NamedTuple

import pytest
from client import Client

T_401 = "unable to verify user credentials and/or request signature"
NOBODY = "00000000-0000-4000-8000-000000000000"


class Row(NamedTuple):
    """Parameters of a signed call, and what they are answered; V stands for a volume's id."""

    text: dict[str, str]
    status: int
    cs: int | None
    words: str
    root: str = "listvolumesresponse"


def bad(name: str, value: str, command: str = "listvolumes") -> str:
    """Return T-bad."""
    return (
        f"Unable to execute API command {command} due to invalid value. Invalid parameter {name} "
        f"value={value} due to incorrect long value format, or entity does not exist or due to "
        "incorrect parameter annotation for the field in api cmd class."
    )


def volumes(**text: str) -> dict[str, str]:
    """Return a listVolumes."""
    return {"command": "listVolumes"} | text


def decode(name: str) -> str:
    """Return the refusal of a name with brackets."""
    return (
        f"Unable to decode parameter {name}; if specifying an object array, please use "
        "parameter[index].field=XXX, e.g. userGroupList[0].group=httpGroup"
    )


ATTACH, JOB = "attachvolumeresponse", "queryasyncjobresultresponse"

# fmt: off
REFUSED = (
    Row({}, 401, None, T_401, "null"),
    Row({"command": ""}, 401, None, T_401, "errorresponse"),
    Row({"command": "noSuchCommand"}, 401, None, T_401, "errorresponse"),
    Row({"command": "listvolumes"}, 401, None, T_401, "errorresponse"),
    Row(volumes(page="1"), 431, 9999,
        '"pagesize" parameter is required when "page" is specified'),
    Row(volumes(pagesize="5"), 431, 9999,
        '"page" parameter is required when "pagesize" is specified'),
    Row(volumes(page="1", pagesize="501"), 431, 4350,
        "Page size can't exceed max allowed page size value: 500"),
    Row(volumes(page="1", pagesize="-1"), 431, 4350,
        "Can't specify page parameter when pagesize is -1 (Unlimited)"),
    Row(volumes(id="abc"), 431, 9999, bad("id", "abc")),
    Row(volumes(ids=f"V,{NOBODY}"), 431, 9999, bad("ids", NOBODY)),
    Row(volumes(id="V", ids="V"), 431, 4350, "Specify either id or ids but not both parameters"),
    Row(volumes(zoneid=NOBODY), 431, 9999, bad("zoneid", NOBODY)),
    Row(volumes(name="a\x01b"), 431, 9999,
        "Received value containing illegal ASCII non-printable characters for parameter name"),
    Row(volumes(name="a\tb"), 431, 9999,
        "Received value containing illegal ASCII non-printable characters for parameter name"),
    Row(volumes(account="nobody"), 431, 4350,
        'could not find account nobody in domain Domain {"id":1,"name":"ROOT","path":"/","uuid":'
        '"dcc7817a-0a90-48b2-aead-2bafea5af5a7"}'),
    Row(volumes(**{"tags[0][1]": "x"}), 430, 9999, decode("tags[0][1]")),
    Row(volumes(**{"tags[x].key": "x"}), 430, 9999, decode("tags[x].key")),
    Row(volumes(**{"tags[0": "x"}), 430, 9999, decode("tags[0")),
    Row(volumes(**{"l[0]": "x"}), 430, 9999, decode("l[0]")),
    Row(volumes(**{"l.x[0].y": "x"}), 430, 9999, decode("l.x[0].y")),
    Row({"command": "attachVolume", "id": "V"}, 431, 9999,
        "Unable to execute API command attachvolume due to missing parameter virtualmachineid",
        ATTACH),
    Row({"command": "attachVolume", "id": "", "virtualmachineid": "V"}, 431, 4350,
        "Invalid value provided for API arg: id", ATTACH),
    Row({"command": "queryAsyncJobResult", "jobid": "x"}, 431, 9999,
        bad("jobid", "x", "queryasyncjobresult"), JOB),
    Row({"command": "queryAsyncJobResult"}, 431, 9999,
        "Unable to execute API command queryasyncjobresult due to missing parameter jobid", JOB),
)
ANSWERED: tuple[tuple[dict[str, str], dict[str, int] | int], ...] = (
    (volumes(name="no-such-name"), {}),
    (volumes(name=""), {}),
    (volumes(type="nonsense"), {}),
    (volumes(state="nonsense"), {}),
    (volumes(page="9", pagesize="2"), {"count": 3}),
    (volumes(page="1", pagesize="0"), {"count": 3}),
    (volumes(page="0", pagesize="2"), 2),
    (volumes(page="-1", pagesize="2"), 2),
    (volumes(page="2", pagesize="2"), 1),
    (volumes(pagesize="-1"), 3),
    (volumes(type="data"), 3),
    (volumes(type="DATA"), 3),
    (volumes(state="allocated"), 3),
    (volumes(keyword="d-"), 3),
    (volumes(name="d-1"), 1),
    (volumes(name="d-1\n"), {}),
    (volumes(ids="V"), 1),
    (volumes(ids=""), 3),
    (volumes(LISTALL="True", iD="V"), 1),
    (volumes(unknown="x", **{"labels[0].key": "k", "details[0].cpuNumber": "1"}), 3),
)
# fmt: on


@pytest.fixture(scope="module")
def client() -> Client:
    """A cloud with three data disks, d-0 to d-2."""
    client = Client()
    for n in range(3):
        client.volume(f"d-{n}")
    return client


def real(client: Client, text: dict[str, str]) -> dict[str, str]:
    """Return *text* with a volume's id for V."""
    volume = next(iter(client.cloud.world.store.volumes))
    return {k: v.replace("V", volume) if "id" in k.lower() else v for k, v in text.items()}


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: " ".join(map("=".join, row.text.items())))
def test_a_refusal_is_an_envelope_with_its_status(client: Client, row: Row) -> None:
    got = client.ask(**real(client, row.text))
    content = got.content
    assert content["errortext"] == row.words
    assert (got.status, content["errorcode"]) == (row.status, row.status)
    assert (got.root, content.get("cserrorcode")) == (row.root, row.cs)
    assert content["uuidList"] == []
    assert got.header("content-type") == "application/json;charset=utf-8"
    assert got.header("x-description") == (None if row.status == 401 else row.words)


@pytest.mark.parametrize(("text", "found"), ANSWERED, ids=str)
def test_lists_filter_and_page(
    client: Client, text: dict[str, str], found: dict[str, int] | int
) -> None:
    got = client.ask(**real(client, text))
    assert got.status == 200
    assert got.header("x-description") is None
    content = got.content
    assert (content if isinstance(found, dict) else len(content["volume"])) == found


def test_a_date_is_in_the_servers_format(client: Client) -> None:
    (volume,) = client.ask(command="listVolumes", name="d-1").content["volume"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000", volume["created"])


def test_a_job_of_another_account_is_not_shown() -> None:
    client = Client()
    owner, other = client.account("u"), client.account("w")
    client.volume("v", owner)
    ask = {"command": "queryAsyncJobResult", "jobid": next(iter(client.cloud.jobs.all))}
    got = client.ask(other, **ask)
    assert (got.status, got.content["cserrorcode"]) == (531, 4365)
    assert re.fullmatch(
        r'Account Account \[\{"accountName":"w","id":\d+,"uuid":"[-0-9a-f]+"\}\] is not '
        r"authorized to see job id=1",
        got.content["errortext"],
    )
    assert client.ask(owner, **ask).status == client.ask(**ask).status == 200


def test_an_id_that_was_deleted_is_told_from_one_that_never_was() -> None:
    client = Client()
    gone = client.volume("gone")
    assert client.ask(command="deleteVolume", id=gone).content == {"success": True}
    again = client.ask(command="deleteVolume", id=gone)
    assert (again.status, again.content["cserrorcode"]) == (431, 4350)
    text = again.content["errortext"]
    assert re.fullmatch(r"Unable to find UUID for id \[\d+\] of type \[Volume\]", text)
    never = client.ask(command="deleteVolume", id=NOBODY)
    assert (never.status, never.content["cserrorcode"]) == (431, 9999)
    assert client.ask(command="listVolumes", id=gone).content == {}


def test_what_another_account_owns_is_not_found() -> None:
    client = Client()
    user = client.account("u")
    mine = client.volume("mine")
    assert client.ask(user, command="listVolumes", id=mine).content == {}
    got = client.ask(user, command="deleteVolume", id=mine)
    assert (got.status, got.content["cserrorcode"]) == (531, 4365)


def test_a_maps_name_is_read_in_any_case_and_its_keys_are_not() -> None:
    client = Client()
    volume = client.volume("v")
    ask = {"command": "createTags", "resourcetype": "Volume", "resourceids": volume}
    assert client.ask(**ask, **{"TAGS[0].key": "Owner", "tags[0].value": "me"}).status == 200
    assert client.ask(**ask, **{"tags[0].Key": "other"}).status == 200
    tags = client.ask(command="listVolumes", id=volume).content["volume"][0]["tags"]
    assert [(tag["key"], tag["value"]) for tag in tags] == [("Owner", "me")]


def test_an_api_that_is_not_there_is_a_530() -> None:
    got = Client().ask(command="listApis", name="nosuch")
    assert (got.status, got.content["cserrorcode"]) == (530, 9999)
    assert got.content["errortext"] == (
        "Api Discovery plugin was unable to find an api by that name or process any apis"
    )
