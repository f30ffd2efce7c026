"""Tags on resources: `tags[0].key=…&tags[0].value=…`."""

from collections.abc import Callable
from typing import Any

from simulator.api import render
from simulator.api.command import Call, Command
from simulator.api.entities import TAGGED
from simulator.api.lists import OWNERS, PAGES, Row, paging, visible
from simulator.api.matching import equal_to, same_text
from simulator.api.render import SUCCESS, Seen
from simulator.api.submit import submit_success
from simulator.domain.management import Tag
from simulator.domain.records import Account
from simulator.domain.rules import Phase
from simulator.domain.upkeep import TAG, UNTAG, Tagging, Untagging
from simulator.engine.world import Flow

_ABSENT = frozenset(
    {
        "Backup", "LoadBalancer", "NetworkACL", "RemoteAccessVpn", "SecurityGroupRule",
        "StaticRoute", "Vpc", "VpcOffering",
    }
)  # fmt: skip
"""Types that take tags and of which there are none here."""
_UNTAGGED = frozenset(
    {
        "AutoScaleVmGroup", "AutoScaleVmProfile", "CustomerGateway", "DiskOffering", "Domain",
        "DomainRouter", "GuestOs", "GuestOsCategory", "LBHealthCheckPolicy", "LBStickinessPolicy",
        "NetworkACLList", "NetworkOffering", "Nic", "ObjectStore", "PrivateGateway",
        "ServiceOffering", "Storage", "VnfTemplate", "VpnConnection", "VpnGateway", "Zone",
    }
)  # fmt: skip
"""Types that take no tags."""
_KINDS = {name.lower(): name for name in (*TAGGED, *_ABSENT, *_UNTAGGED)}
"""resourcetype in small letters -> how the API spells it."""


def _found(call: Call, kind: str, text: str) -> Any:
    """Return the record that *text* names by its id or its number, None for none."""
    if kind not in TAGGED:
        return None
    rows = TAGGED[kind].of(call.world.store)
    record = rows.get(text)
    if record is None and text.isdecimal():
        record = next((r for r in rows.values() if r.db_id == int(text)), None)
    return None if getattr(record, "removed", False) else record


def _owner_id(record: Any) -> str:
    return str(record.id if isinstance(record, Account) else record.account_id)


def _judge(call: Call, kind: str, text: str, key: str, value: str) -> Tag:
    """Return the tag that a resource shall have, or raise Refused."""
    record = _found(call, kind, text)
    owner = _owner_id(record) if record is not None else ""
    held = call.world.store.tags.get(record.id, {}) if record is not None else {}
    case = Tagging(
        dialect=call.world.dialect,
        type_text=call.args["resourcetype"],
        kind=kind,
        tagged_kind=kind not in _UNTAGGED,
        resource=text,
        known=record is not None,
        caller_may=record is not None and call.world.may(call.account, owner),
        key=key,
        value=value,
        free=not any(same_text(key, other) for other in held),
    )
    TAG.require(Phase.JOB, case)
    return Tag(key, value, kind, record.id, owner)


def _named(call: Call) -> tuple[str, list[str]]:
    """Return the type and the ids of the resources, as they are spelt."""
    kind = _KINDS.get(call.args["resourcetype"].lower(), "")
    return kind, call.args["resourceids"].split(",")


def create_tags(call: Call) -> Row:
    """createTags; a key that is there already is refused, and then nothing is tagged."""
    kind, texts = _named(call)
    pairs = {row["key"]: row.get("value", "") for row in call.args["tags"] if row.get("key")}

    def flow() -> Flow:
        yield call.world.spend("work")
        made = [_judge(call, kind, t, k, v) for k, v in pairs.items() for t in texts]
        for tag in made:
            call.world.store.tags.setdefault(tag.record_id, {})[tag.key] = tag

    return submit_success(call, flow(), "tag")


def delete_tags(call: Call) -> Row:
    """deleteTags: those of the keys and values given, or all."""
    kind, texts = _named(call)
    store = call.world.store
    pairs = [(row.get("key", ""), row.get("value")) for row in call.args.get("tags") or ()]

    def wanted(tag: Tag) -> bool:
        return not pairs or any(
            same_text(k, tag.key) and (v is None or same_text(v, tag.value)) for k, v in pairs
        )

    def flow() -> Flow:
        yield call.world.spend("work")
        records = [r for t in texts if (r := _found(call, kind, t)) is not None]
        tags = [t for r in records for t in store.tags.get(r.id, {}).values()]
        to_delete = [t for t in tags if t.kind == kind and wanted(t)]
        may = all(call.world.may(call.account, t.account_id) for t in to_delete)
        UNTAG.require(Phase.JOB, Untagging(call.world.dialect, len(to_delete), may))
        for tag in to_delete:
            del store.tags[tag.record_id][tag.key]

    return submit_success(call, flow(), "tag")


def list_tags(call: Call) -> Row:
    """listTags."""
    args, page, sees = call.args, paging(call), visible(call)
    tests = [(get, equal_to(args[name])) for name, get in _FACTS.items() if name in args]
    rows = [
        tag
        for each in call.world.store.tags.values()
        for tag in each.values()
        if sees(tag.account_id) and all(test(get(tag)) for get, test in tests)
    ]
    return page.cut("tag", rows, lambda tag: render.TAG.render(Seen(call, tag)))


_FACTS: dict[str, Callable[[Tag], str]] = {
    "key": lambda t: t.key,
    "value": lambda t: t.value,
    "resourceid": lambda t: t.record_id,
    "resourcetype": lambda t: t.kind,
}
"""Filter of tags -> what is compared."""


COMMANDS = (
    Command(
        "createTags",
        create_tags,
        "resourceids:text! resourcetype:text! tags:map!",
        says="Adds tags to resources",
        answers=SUCCESS,
        is_async=True,
    ),
    Command(
        "deleteTags",
        delete_tags,
        "resourceids:text! resourcetype:text! tags:map",
        says="Removes tags from resources",
        answers=SUCCESS,
        is_async=True,
    ),
    Command(
        "listTags",
        list_tags,
        f"resourceid:text resourcetype:text key:text value:text {OWNERS} {PAGES}",
        says="Lists the tags",
        answers=render.TAG,
        roles="ASDUR",
    ),
)
