"""Tags on resources: `tags[0].key=…&tags[0].value=…`."""

from collections.abc import Callable
from typing import Any

from simulator.api.command import ROWS, Call, Command
from simulator.api.lists import OWNED, Row, paging, visible
from simulator.api.matching import equal_to
from simulator.api.render import tag_fields
from simulator.api.submit import submit_success
from simulator.domain.access import PERMISSION_TEXT
from simulator.domain.errors import Kind, Refused
from simulator.domain.management import Tag
from simulator.engine.world import Flow

_KINDS = {
    "uservm": ("vm", "UserVm"),
    "volume": ("volume", "Volume"),
    "snapshot": ("snapshot", "Snapshot"),
    "snapshotpolicy": ("policy", "SnapshotPolicy"),
    "vmsnapshot": ("vmsnapshot", "VMSnapshot"),
    "template": ("template", "Template"),
    "network": ("network", "Network"),
    "publicipaddress": ("publicip", "PublicIpAddress"),
    "project": ("project", "Project"),
}
"""resourcetype in small letters -> (kind of id, how the API spells it)."""


def _resources(call: Call) -> tuple[str, list[Any]]:
    """Return the kind and the records that `resourceids` names, all of them the caller's."""
    wanted = call.args["resourcetype"].lower()
    if wanted not in _KINDS:
        text = f"Invalid resource type {call.args['resourcetype']}"
        raise Refused(Kind.PARAM, text, "REQ-02")
    kind, spelt = _KINDS[wanted]
    rows = getattr(call.world.store, ROWS[kind][0])
    found = []
    for one in call.args["resourceids"].split(","):
        record = rows.get(one)
        if record is None or getattr(record, "removed", False):
            text = f"Unable to find resource by id {one} and type {spelt}"
            raise Refused(Kind.PARAM, text, "REQ-05")
        if not call.world.may(call.account, record.account_id):
            raise Refused(Kind.DENIED, PERMISSION_TEXT, "REQ-06")
        found.append(record)
    return spelt, found


def create_tags(call: Call) -> Row:
    """createTags; a key that is there already is refused."""
    spelt, records = _resources(call)
    pairs = {row["key"]: row.get("value", "") for row in call.args["tags"] if row.get("key")}
    store = call.world.store
    for record in records:
        for key in pairs:
            if key in store.tags.get(record.id, {}):
                text = f"tag {key} already on {spelt} with id {record.id}"
                raise Refused(Kind.PARAM, text, "REQ-02")

    def flow() -> Flow:
        yield call.world.spend("work")
        for record in records:
            mine = store.tags.setdefault(record.id, {})
            for key, value in pairs.items():
                mine[key] = Tag(key, value, spelt, record.id, record.account_id)

    return submit_success(call, flow(), "tag")


def delete_tags(call: Call) -> Row:
    """deleteTags: those of the keys given, or all."""
    _, records = _resources(call)
    store = call.world.store
    wanted = call.args.get("tags")
    keys = None if wanted is None else {row.get("key", "") for row in wanted}

    def flow() -> Flow:
        yield call.world.spend("work")
        for record in records:
            mine = store.tags.get(record.id, {})
            for key in [k for k in mine if keys is None or k in keys]:
                del mine[key]

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
    return page.cut("tag", rows, lambda tag: tag_fields(call, tag))


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
        answers="success",
        is_async=True,
    ),
    Command(
        "deleteTags",
        delete_tags,
        "resourceids:text! resourcetype:text! tags:map",
        says="Removes tags from resources",
        answers="success",
        is_async=True,
    ),
    Command(
        "listTags",
        list_tags,
        f"resourceid:text resourcetype:text key:text value:text {OWNED}",
        says="Lists the tags",
        answers="tag",
        roles="ASDUR",
    ),
)
