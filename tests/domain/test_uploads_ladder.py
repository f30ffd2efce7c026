"""uploadVolume to checkVolume refuse by their first broken row."""

from typing import Any

import pytest
from builders import offering, pool, root, vm, volume
from ladder import Break, Ladder

from simulator.domain.dialect import SPEC, Dialect
from simulator.domain.errors import Kind
from simulator.domain.inventory import Hypervisor
from simulator.domain.registering import Source
from simulator.domain.rules import Phase
from simulator.domain.states import VmState, VolumeState
from simulator.domain.uploads import (
    CHECK,
    EXTRACT,
    UPLOAD,
    UPLOAD_PARAMS,
    Check,
    Extract,
    Upload,
)

R, J, W = Phase.REQUEST, Phase.JOB, Phase.WORK
PARAM, DENIED, INTERNAL, RUNTIME = Kind.PARAM, Kind.DENIED, Kind.INTERNAL, Kind.RUNTIME
URL, KVM = Source("http://images.internal/disk.qcow2"), Hypervisor.KVM
XEN = Hypervisor.XENSERVER


def upload(dialect: Dialect) -> Upload:
    """Return a QCOW2 wanted as a volume in a zone with KVM."""
    return Upload(dialect, URL, "QCOW2", frozenset({KVM}), True, True, "", "")


def params(dialect: Dialect) -> Upload:
    """Return a QCOW2 to send later."""
    return upload(dialect)._replace(source=None)


def at(case: Upload, url: str) -> Upload:
    """Return *case* from another URL."""
    return case._replace(source=Source(url))


def extracted(dialect: Dialect) -> Extract:
    """Return a loose, Ready disk to download."""
    return Extract(dialect, volume(), volume().db_id, None, pool(), "HTTP_DOWNLOAD")


def of_volume(case: Any, **changes: Any) -> Any:
    """Return *case* with another volume."""
    return case._replace(volume=case.volume._replace(**changes))


def checked(dialect: Dialect) -> Check:
    """Return a QCOW2 of a Stopped VM to check."""
    return Check(dialect, volume(), vm(), KVM, "QCOW2")


def uploading(prefix: str, phase: Phase, full: Kind) -> tuple[dict[str, Break[Upload]], ...]:
    """Return the breaks before and after what is said of a URL."""
    # fmt: off
    return (
        {
            f"{prefix}-07": Break(phase, Kind.ARGUMENT, lambda u: u._replace(image_format="PNG")),
            f"{prefix}-01": Break(phase, DENIED, lambda u: u._replace(caller_may=False)),
            f"{prefix}-02": Break(phase, full, lambda u: u._replace(too_many="no room")),
            f"{prefix}-03": Break(phase, DENIED, lambda u: u._replace(zone_open=False)),
        },
        {
            f"{prefix}-11": Break(phase, full, lambda u: u._replace(too_large="no room")),
            f"{prefix}-08": Break(phase, PARAM, lambda u: u._replace(hypervisors=frozenset())),
            f"{prefix}-12": Break(phase, PARAM, lambda u: u._replace(offering=offering())),
            f"{prefix}-13": Break(phase, DENIED, lambda u: u._replace(
                offering_open=False, offering_text="no")),
            f"{prefix}-14": Break(phase, RUNTIME, lambda u: u._replace(custom=False)),
        },
    )
    # fmt: on


BEFORE, AFTER = uploading("UPL", J, Kind.LIMIT)
# fmt: off
UPLOAD_BREAKS: dict[str, Break[Upload]] = {
    **BEFORE,
    "UPL-09": Break(J, PARAM, lambda u: at(u, "file:///disk.qcow2")),
    "UPL-04": Break(J, INTERNAL, lambda u: at(u, "disk.qcow2")),
    "UPL-06": Break(J, INTERNAL, lambda u: at(u, "http://example.org/disk.qcow2")),
    "UPL-05": Break(J, INTERNAL, lambda u: at(u, "http://localhost/disk.qcow2")),
    "UPL-10": Break(J, INTERNAL, lambda u: at(u, u.url.replace("qcow2", "vhd"))),
    **AFTER,
}
BEFORE, AFTER = uploading("GUP", R, INTERNAL)
PARAMS_BREAKS: dict[str, Break[Upload]] = {**BEFORE, **AFTER}
EXTRACT_BREAKS: dict[str, Break[Extract]] = {
    "EXT-04": Break(J, PARAM, lambda e: e._replace(row_db_id=99)),
    "EXT-05": Break(J, DENIED, lambda e: e._replace(allowed=False)),
    "EXT-07": Break(J, PARAM, lambda e: e._replace(pool=None)),
    "EXT-08": Break(J, PARAM, lambda e: e._replace(pool=pool(kind="PowerFlex"))),
    "EXT-02": Break(J, DENIED, lambda e: e._replace(vm=vm(state=VmState.RUNNING))),
    "EXT-09": Break(J, PARAM, lambda e: of_volume(e, encrypt_format="luks")),
    "EXT-03": Break(J, DENIED, lambda e: of_volume(
        e._replace(template_extractable=False), type=root().type)),
    "EXT-01": Break(J, PARAM, lambda e: e._replace(mode="odd")),
    "EXT-10": Break(W, PARAM, lambda e: of_volume(e, state=VolumeState.MIGRATING)),
}
CHECK_BREAKS: dict[str, Break[Check]] = {
    "CHK-04": Break(J, PARAM, lambda c: c._replace(repair="some")),
    "CHK-01": Break(J, PARAM, lambda c: c._replace(vm=vm(state=VmState.RUNNING))),
    "CHK-02": Break(J, PARAM, lambda c: of_volume(c, state=VolumeState.ALLOCATED)),
    "CHK-03": Break(J, PARAM, lambda c: c._replace(hypervisor=Hypervisor.NONE)),
    "CHK-05": Break(J, PARAM, lambda c: c._replace(format="RAW")),
}
# fmt: on
ANY_SIZE = offering(custom=True, size_gib=0)
LADDERS: tuple[Ladder[Any], ...] = (
    Ladder(
        UPLOAD,
        (
            upload,
            lambda d: upload(d)._replace(offering=ANY_SIZE),
            lambda d: at(upload(d), "https://images.internal/disk.img.gz"),
            lambda d: at(upload(d)._replace(image_format="RAW", raw_kvm=True), "http://i/d.raw"),
        ),
        UPLOAD_BREAKS,
        {
            ("UPL-09", "UPL-04"): "a file is a scheme that is known",
            ("UPL-04", "UPL-06"): "a URL has one scheme and one server",
            ("UPL-06", "UPL-05"): "a server is this one or unknown",
        },
    ),
    Ladder(UPLOAD_PARAMS, (params, lambda d: params(d)._replace(offering=ANY_SIZE)), PARAMS_BREAKS),
    Ladder(
        EXTRACT,
        (
            extracted,
            lambda d: extracted(d)._replace(vm=vm()),
            lambda d: extracted(d)._replace(volume=root(), vm=vm(), row_db_id=root().db_id),
            lambda d: extracted(d)._replace(template_extractable=False, mode="FTP_UPLOAD"),
        ),
        EXTRACT_BREAKS,
        {("EXT-07", "EXT-08"): "no storage is of no kind"},
    ),
    Ladder(
        CHECK,
        (
            checked,
            lambda d: checked(d)._replace(vm=None, repair="Leaks"),
            lambda d: checked(d)._replace(format="VDI", repair="ALL"),
        ),
        CHECK_BREAKS,
    ),
)


@pytest.mark.parametrize(
    ("image_format", "there", "raw_kvm", "home"),
    [
        ("VHD", {XEN}, False, "XenServer"),
        ("VHD", {KVM}, False, "Hyperv"),
        ("RAW", {KVM}, False, "Ovm"),
        ("RAW", {KVM}, True, "KVM"),
        ("OVA", {KVM}, False, "VMware"),
        ("ISO", {KVM}, False, "None"),
    ],
)
def test_a_format_is_taken_for_a_hypervisor(
    image_format: str, there: set[Hypervisor], raw_kvm: bool, home: str
) -> None:
    """VHD is XenServer's where there is one; KVM keeps raw images on some storages only."""
    case = upload(SPEC)._replace(image_format=image_format, raw_kvm=raw_kvm)
    assert case._replace(hypervisors=frozenset(there)).home == home


@pytest.mark.parametrize(
    ("url", "image_format", "text"),
    [
        ("http://i/d", "QCOW2", "Please specify a valid qcow2"),
        ("http://i/d.VHD", "QCOW2", "URL:/d.VHD is an invalid for the format qcow2"),
        ("http://i/d.vhd.gz", "VHD", "Please specify a valid vhd"),
    ],
)
def test_the_end_of_a_url_is_told(url: str, image_format: str, text: str) -> None:
    """An end of no format is another refusal than one of another format."""
    case = at(upload(SPEC), url)._replace(image_format=image_format)
    assert not case.ends_well
    assert text in case.ending_text
