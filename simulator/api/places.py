"""updateHost: what an administrator changes of a host."""

from simulator.api.command import Call, Command
from simulator.api.render_host import HOST, host_at
from simulator.api.shape import Row
from simulator.domain.moves import UPDATE_HOST, UpdateHost
from simulator.domain.rules import Phase


def update_host(call: Call) -> Row:
    """updateHost: its name, its tags, and whether it takes new VMs."""
    args, record = call.args, call.args["id"]
    wanted = args["allocationstate"].lower() if "allocationstate" in args else None
    UPDATE_HOST.require(Phase.REQUEST, UpdateHost(call.world.dialect, record, wanted))
    enabled = record.enabled if wanted is None else wanted == "enable"
    tags = args["hosttags"].split(",") if "hosttags" in args else record.tags
    changed = record._replace(
        name=args.get("name", record.name),
        enabled=enabled,
        tags=frozenset(tag.strip() for tag in tags if tag.strip()),
    )
    call.world.store.hosts[changed.id] = changed
    return {"host": HOST.render(host_at(call, changed))}


COMMANDS = (
    Command(
        "updateHost",
        update_host,
        "id:host! name:text allocationstate:text hosttags:text",
        says="Changes the name or the tags of a host, or whether it takes new VMs",
        answers=HOST,
        roles="A",
    ),
)
