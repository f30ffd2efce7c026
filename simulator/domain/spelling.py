"""How a release words what every refusal may show: its user, VMs, volumes (versions 9, 10, 22)."""

import re
from functools import cache
from zlib import crc32

from simulator.domain.access import denial_text
from simulator.domain.dialect import Dialect
from simulator.domain.records import Account, Role
from simulator.domain.releases import Flag

_STATE = re.compile(
    r'(VM instance \{"id":\d+,"instanceName":"[^"]*",)"state":"\w+",(?="type":"\w+","uuid":)'
)
_VOLUME_OBJECT = re.compile(
    r'VolumeObject \{"dataStore":(?:null|".*?"),"volumeVO":"Volume \{.*?\\"uuid\\":'
    r'\\"([^"\\]*)\\",\\"volumeType\\":\\"\w+\\"\}"\}'
)
_NO_DEPLOYMENT = re.compile(
    r"(Unable to start a VM \[[^\]]*\] due to )\[Unable to create a deployment for VM instance "
    r'\{"id":\d+,"instanceName":"[^"]*",(?:"state":"\w+",)?"type":"\w+","uuid":"[^"]*"\}\]'
)
_FORMS: tuple[tuple[str, str], ...] = (
    ((r'Volume \{"id":(\d+),"instanceId":(\d+|null),"name":"(.*?)","uuid":"[^"]*",'
     r'"volumeType":"(\w+)"\}'), r"Vol[\1|name=\3|vm=\2|\4]"),
    (r'StoragePool \{"id":(\d+),"name":".*?","poolType":"(\w+)","uuid":"[^"]*"\}',
     r"Pool[\1|\2]"),
    (r'Domain \{"id":(\d+),"name":".*?","path":"(.*?)","uuid":"[^"]*"\}', r"Domain:\1\2"),
    (r'Template \{("format":"\w+","id":\d+),"name":".*?",("uniqueName":".*?"),"uuid":"[^"]*"\}',
     r"Template {\1,\2}"),
    (r'User \{"id":\d+,("username":".*?","uuid":"[^"]*"\})', r"User {\1"),
    (r'IPAddress \{"address":"(.*?)","dataCenterId":(\d+),"id":\d+,"uuid":"[^"]*"\}',
     r"Ip[\1-\2]"),
    (r'AffinityGroup \{"id":\d+,"name":".*?","uuid":"([^"]*)"\}', r"AffinityGroup[\1]"),
    ((r'FirewallRule \{"id":(\d+),"networkId":\d+,"purpose":"(\w+)","state":"(\w+)",'
     r'"uuid":"[^"]*"\}'), r"Rule[\1-\2-\3]"),
)  # fmt: skip
"""How messages show an object -> how those of before 4.20.1 do."""


def worded(dialect: Dialect, caller: Account, text: str) -> str:
    """Return the refusal *text* as the release words it for *caller*."""
    text = denial_text(dialect, caller, text)
    if Flag.VM_TEXT_WITHOUT_STATE in dialect:
        text = _STATE.sub(r"\1", text)
    if Flag.START_CAUSES_HIDDEN in dialect and caller.role is not Role.ADMIN:
        text = _NO_DEPLOYMENT.sub(r"\1insufficient capacity", text)
    return _old_forms(text) if Flag.OBJECT_TEXTS_OLD in dialect else text


def _old_forms(text: str) -> str:
    text = _VOLUME_OBJECT.sub(_by_class, text)
    for pattern, form in _patterns():
        text = pattern.sub(form, text)
    return text


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), form) for pattern, form in _FORMS)


def _by_class(shown: re.Match[str]) -> str:
    """Return what Java makes of an object that says nothing of itself; its number is any."""
    return f"org.apache.cloudstack.storage.volume.VolumeObject@{crc32(shown[1].encode()):x}"
