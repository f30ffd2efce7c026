"""Looking at the cloud: rows of its lists, one of them by id."""

from typing import Any

from console.frame import Missing, Visit
from simulator.port import Value

Row = dict[str, Any]


async def rows(visit: Visit, command: str, key: str, **parameters: Value) -> list[Row]:
    """Return the rows that a list command shows this visitor, whoever owns them."""
    return await places(visit, command, key, listall=True, **parameters)


async def places(visit: Visit, command: str, key: str, **parameters: Value) -> list[Row]:
    """Return the rows of a list command, page by page to the last; places have no owners."""
    call = visit.visitor.call
    reply = await call(command, **parameters)
    listed: list[Row] = reply.body.get(key, [])
    # a first answer is as long as the setting default.page.size lets it be
    size, page = len(listed), 1
    while size and len(listed) < reply.body["count"]:
        page += 1
        reply = await call(command, page=page, pagesize=size, **parameters)
        more = reply.body.get(key, [])
        if not more:
            break
        listed = [*listed, *more]
    return listed


async def row(
    visit: Visit, command: str, key: str, entity_id: str, what: str, **parameters: Value
) -> Row:
    """Return the row of that id; Missing, which says *what*, if this visitor sees none."""
    listed = await rows(visit, command, key, id=entity_id, **parameters)
    if not listed:
        msg = f"There is no {what} with the id {entity_id} that you can see."
        raise Missing(msg)
    return listed[0]


async def volume(visit: Visit, volume_id: str) -> Row:
    """Return the row of a volume; Missing if this visitor sees none."""
    return await row(visit, "listVolumes", "volume", volume_id, "volume")


async def machine(visit: Visit, vm_id: str) -> Row:
    """Return the row of a VM; Missing if this visitor sees none."""
    return await row(visit, "listVirtualMachines", "virtualmachine", vm_id, "virtual machine")


def whose(owned: Row) -> dict[str, str]:
    """Return the filter for what is of the project of *owned*; without one all is looked at."""
    return {"projectid": owned["projectid"]} if "projectid" in owned else {}


async def machines(visit: Visit, beside: Row) -> list[Row]:
    """Return the VMs that the visitor sees, of the project of *beside* if it is of one."""
    return await rows(visit, "listVirtualMachines", "virtualmachine", **whose(beside))


async def every_machine(visit: Visit) -> list[Row]:
    """Return the VMs that the visitor sees, those of projects last."""
    asked = ("listVirtualMachines", "virtualmachine")
    every = [*await rows(visit, *asked), *await rows(visit, *asked, projectid="-1")]
    # with projectid=-1 a root admin gets those of no project, too
    return list({row["id"]: row for row in every}.values())


async def volumes_on(visit: Visit, vm: Row) -> list[Row]:
    """Return the volumes of a VM."""
    return await rows(visit, "listVolumes", "volume", virtualmachineid=vm["id"], **whose(vm))


async def loose_volumes(visit: Visit, beside: Row) -> list[Row]:
    """Return the volumes on no VM, of the project of *beside* if it is of one."""
    every = await rows(visit, "listVolumes", "volume", **whose(beside))
    return [row for row in every if "virtualmachineid" not in row]
