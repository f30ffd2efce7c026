"""The host names that are in use in a network."""

from simulator.domain.hostnames import taken_text
from simulator.engine.nics import nic_in
from simulator.engine.world import World


def taken(world: World, name: str, network_id: str | None, vm_id: str = "") -> str:
    """Return the refusal of a name that another VM of a network than *vm_id* has, else "".

    What was destroyed keeps its name until it is expunged.
    """
    store = world.store
    network = store.networks.get(network_id or "")
    if network is None:
        return ""
    for vm in store.vms.values():
        if vm.name == name and vm.id != vm_id and not vm.removed and nic_in(store, vm, network.id):
            return taken_text(name, network.domain_name, network.name)
    return ""
