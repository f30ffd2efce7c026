"""The real Apache Libcloud driver: GET, no expires, its own polling."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from rootswap import running_cloud

REASON = "pip install '.[clients]'"
providers = pytest.importorskip("libcloud.compute.providers", reason=REASON)
types = pytest.importorskip("libcloud.compute.types", reason=REASON)


def driver_of(endpoint: str, key: str, secret: str) -> Any:
    where = urlsplit(endpoint)
    make = providers.get_driver(types.Provider.CLOUDSTACK)
    driver = make(key, secret, secure=False, host=where.hostname, port=where.port, path=where.path)
    driver.connection.poll_interval = 0.01
    return driver


@pytest.fixture(params=["spec", "acs-4.22"])
def driver(request: pytest.FixtureRequest) -> Iterator[Any]:
    with running_cloud("kvm", dialect=request.param) as cloud:
        yield driver_of(cloud.endpoint, cloud.key, cloud.secret)


def node_of(driver: Any, name: str) -> Any:
    """Create a node from the first of everything; the driver sends startvm=False unless told."""
    (location,) = driver.list_locations()
    size, image = driver.list_sizes(location)[0], driver.list_images(location)[0]
    return driver.create_node(
        name=name, size=size, image=image, location=location, ex_start_vm=True
    )


def root_of(driver: Any, node: Any) -> Any:
    (root,) = (v for v in driver.list_volumes(node) if v.extra["volume_type"] == "ROOT")
    return root


def attach_root(driver: Any, node: Any, volume: Any) -> Any:
    """Attach at device 0, which the driver's attach_volume has no word for."""
    wanted = {"id": volume.id, "virtualMachineId": node.id, "deviceId": 0}
    return driver._async_request(command="attachVolume", params=wanted, method="GET")["volume"]


def state_of(driver: Any, node: Any) -> str:
    """Return the state of a node, as list_nodes has it."""
    (found,) = (n for n in driver.list_nodes() if n.id == node.id)
    return str(found.state)


def test_a_data_volume_from_create_to_delete(driver: Any) -> None:
    node = node_of(driver, "data")
    assert state_of(driver, node) == types.NodeState.RUNNING
    disk = driver.create_volume(5, "a data disk", ex_volume_type="Small")
    assert disk.state == types.StorageVolumeState.AVAILABLE
    assert driver.attach_volume(node, disk)
    (there,) = (v for v in driver.list_volumes(node) if v.id == disk.id)
    assert (there.state, there.extra["device_id"]) == (types.StorageVolumeState.INUSE, 1)
    with pytest.raises(types.LibcloudError, match="attached"):
        driver.destroy_volume(disk)
    assert driver.detach_volume(disk)
    (free,) = (v for v in driver.list_volumes() if v.id == disk.id)
    assert free.state == types.StorageVolumeState.AVAILABLE
    assert driver.destroy_volume(free)
    assert disk.id not in {v.id for v in driver.list_volumes()}
    assert driver.destroy_node(node, ex_expunge=True)
    assert node.id not in {n.id for n in driver.list_nodes()}


def test_use_case_1_replace_the_root(driver: Any) -> None:
    node, donor = node_of(driver, "one"), node_of(driver, "donor")
    old, new = root_of(driver, node), root_of(driver, donor)
    for each, root in ((node, old), (donor, new)):
        assert driver.ex_stop(each) == "Stopped"
        assert driver.detach_volume(root)
    with pytest.raises(Exception, match="no usable volumes found"):
        driver.ex_start(node)
    attached = attach_root(driver, node, new)
    assert (attached["type"], attached["deviceid"]) == ("ROOT", 0)
    assert driver.ex_start(node) == "Running"
    assert root_of(driver, node).id == new.id
    assert driver.destroy_volume(old)


def test_use_case_2_rescue_the_root_on_another_vm(driver: Any) -> None:
    sick, doctor = node_of(driver, "sick"), node_of(driver, "doctor")
    root = root_of(driver, sick)
    driver.ex_stop(sick)
    assert driver.detach_volume(root)
    assert driver.attach_volume(doctor, root)
    kinds = {v.id: v.extra["volume_type"] for v in driver.list_volumes(doctor)}
    assert (kinds[root.id], len(kinds)) == ("DATADISK", 2)
    assert driver.detach_volume(root)
    back = attach_root(driver, sick, root)
    assert (back["type"], back["virtualmachineid"]) == ("ROOT", sick.id)
    assert driver.ex_start(sick) == "Running"


def test_wrong_secret_is_refused(driver: Any) -> None:
    url = f"http://{driver.connection.host}:{driver.connection.port}{driver.path}"
    with pytest.raises(types.InvalidCredsError):
        driver_of(url, driver.key, "wrong").list_locations()
