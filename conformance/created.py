"""Commands that create something: what it is, and how it is found and removed again."""

from typing import NamedTuple

from conformance import former


class Kind(NamedTuple):
    """A kind of thing: the commands that list and remove it, and the key of a list's rows.

    *extra* are parameters of the removal, *by* the parameter that names the thing.
    """

    listing: str
    key: str
    removal: str
    extra: tuple[tuple[str, str], ...] = ()
    by: str = "id"


KINDS = {
    "domain": Kind("listDomains", "domain", "deleteDomain", (("cleanup", "true"),)),
    "account": Kind("listAccounts", "account", "deleteAccount"),
    "user": Kind("listUsers", "user", "deleteUser"),
    "project": Kind("listProjects", "project", "deleteProject", (("cleanup", "true"),)),
    "vm": Kind(
        "listVirtualMachines", "virtualmachine", "destroyVirtualMachine", (("expunge", "true"),)
    ),
    "volume": Kind("listVolumes", "volume", "deleteVolume"),
    "snapshot": Kind("listSnapshots", "snapshot", "deleteSnapshot"),
    "vmsnapshot": Kind("listVMSnapshot", "vmSnapshot", "deleteVMSnapshot", by="vmsnapshotid"),
    "policy": Kind("listSnapshotPolicies", "snapshotpolicy", "deleteSnapshotPolicies"),
    "template": Kind("listTemplates", "template", "deleteTemplate"),
    "iso": Kind("listIsos", "iso", "deleteIso"),
    "network": Kind("listNetworks", "network", "deleteNetwork"),
    "address": Kind("listPublicIpAddresses", "publicipaddress", "disassociateIpAddress"),
    "disk offering": Kind("listDiskOfferings", "diskoffering", "deleteDiskOffering"),
    "service offering": Kind("listServiceOfferings", "serviceoffering", "deleteServiceOffering"),
    "network offering": Kind("listNetworkOfferings", "networkoffering", "deleteNetworkOffering"),
    "role": Kind("listRoles", "role", "deleteRole"),
    "affinity group": Kind("listAffinityGroups", "affinitygroup", "deleteAffinityGroup"),
    "user data": Kind("listUserData", "userdata", "deleteUserData"),
    "key pair": Kind("listSSHKeyPairs", "sshkeypair", "deleteSSHKeyPair"),
}
CREATES = {
    "createDomain": "domain",
    "createAccount": "account",
    "createUser": "user",
    "createProject": "project",
    "deployVirtualMachine": "vm",
    "createVolume": "volume",
    "uploadVolume": "volume",
    "getUploadParamsForVolume": "volume",
    "createSnapshot": "snapshot",
    "createVMSnapshot": "vmsnapshot",
    "createSnapshotPolicy": "policy",
    "createTemplate": "template",
    "registerTemplate": "template",
    "getUploadParamsForTemplate": "template",
    "registerIso": "iso",
    "getUploadParamsForIso": "iso",
    "createNetwork": "network",
    "associateIpAddress": "address",
    "createDiskOffering": "disk offering",
    "createServiceOffering": "service offering",
    "createNetworkOffering": "network offering",
    "createRole": "role",
    "importRole": "role",
    "createAffinityGroup": "affinity group",
    "registerUserData": "user data",
    "registerSSHKeyPair": "key pair",
    "createSSHKeyPair": "key pair",
}
"""Command -> kind of what it creates."""
ORDER = (
    *former.KINDS, "policy", "snapshot", "vmsnapshot", "vm", "volume", "template", "iso", "address",
    "network", "affinity group", "user data", "key pair", "project", "user", "account", "domain",
    "disk offering", "service offering", "network offering", "role",
)  # fmt: skip
"""Kinds in the order they are put back or removed in; within one the youngest first."""
STOCK = {
    "role": {"Root Admin", "Resource Admin", "Domain Admin", "User"},
    "network offering": {"DefaultSharedNetworkOffering"},
}
"""Kind -> names that every cloud has: what is asked for under them is to be refused."""
SHARED = frozenset({"domain", "disk offering", "service offering", "network offering", "role"})
"""Kinds that belong to no domain of the run."""
OWNED = ("snapshot", "vm", "volume", "template", "network")
"""Kinds that the domains of a run are searched for: also what came with something else."""
