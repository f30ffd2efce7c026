"""Lists of what this cloud never has, for clients that ask all the same."""

from simulator.api.command import Command
from simulator.api.lists import PAGES, Lister, paged
from simulator.api.shape import Shape

_EVERYBODY = {
    "listAutoScalePolicies": "policies of groups that scale",
    "listAutoScaleVmGroups": "groups of VMs that scale",
    "listAutoScaleVmProfiles": "profiles of VMs that scale",
    "listConditions": "conditions of scaling",
    "listCounters": "counters of scaling",
    "listGlobalLoadBalancerRules": "load balancers of several zones",
    "listInstanceGroups": "groups of VMs",
    "listLoadBalancerRules": "load balancers",
    "listNetworkACLLists": "lists of network rules",
    "listNetworkACLs": "network rules",
    "listPrivateGateways": "private gateways",
    "listProjectInvitations": "invitations to projects",
    "listRemoteAccessVpns": "VPNs for remote access",
    "listSslCerts": "SSL certificates",
    "listStaticRoutes": "static routes",
    "listVPCOfferings": "VPC offerings",
    "listVPCs": "VPCs",
    "listVpnConnections": "VPN connections",
    "listVpnCustomerGateways": "VPN gateways of customers",
    "listVpnGateways": "VPN gateways",
    "listVpnUsers": "VPN users",
}
_USERS = {
    "listASNumbers": "AS numbers",
    "listAnnotations": "annotations",
    "listBackupSchedule": "schedules of backups",
    "listBackups": "backups",
    "listBuckets": "buckets",
    "listCustomActions": "actions of extensions",
    "listGpuDevices": "GPU devices",
    "listObjectStoragePools": "object stores",
    "listSharedFileSystems": "shared file systems",
    "listVirtualMachinesUsageHistory": "measurements of VMs",
    "listVnfAppliances": "VNF appliances",
    "listVolumesUsageHistory": "measurements of volumes",
}
_ADMINS = {
    "listBgpPeers": "BGP peers",
    "listDedicatedClusters": "clusters that are kept for accounts",
    "listDedicatedGuestVlanRanges": "VLANs that are kept for accounts",
    "listDedicatedHosts": "hosts that are kept for accounts",
    "listDedicatedPods": "pods that are kept for accounts",
    "listDedicatedZones": "zones that are kept for accounts",
    "listExtensions": "extensions",
    "listGuestVlans": "VLANs of guests",
    "listIpv4SubnetsForZone": "subnets of zones",
    "listPortableIpRanges": "portable addresses",
    "listQuarantinedIps": "addresses in quarantine",
    "listSwifts": "Swift stores",
    "listSystemVmsUsageHistory": "measurements of system VMs",
}
_KINDS = {"listQuarantinedIps": "AD"}
"""Roles of lists that are not for all of their group."""
_OBJECTS = {
    "listDedicatedClusters": "dedicatedcluster",
    "listDedicatedHosts": "dedicatedhost",
    "listDedicatedPods": "dedicatedpod",
    "listDedicatedZones": "dedicatedzone",
    "listInstanceGroups": "instancegroup",
}


def _nothing(root: str) -> Lister:
    """Return the handler of a list of what this cloud never has."""
    return lambda call: paged(call, root, ())


def _command(name: str, what: str, roles: str) -> Command:
    root = _OBJECTS.get(name, name.removeprefix("list").lower())
    return Command(
        name,
        _nothing(root),
        "" if name == "listSslCerts" else PAGES,
        says=f"Lists the {what}, of which there are none here",
        answers=Shape(root),
        roles=_KINDS.get(name, roles),
    )


COMMANDS = (
    Command(
        "listLdapConfigurations",
        _nothing("LdapConfiguration"),
        PAGES,
        says="Lists the LDAP servers, of which there are none here",
        answers=Shape("ldapconfiguration"),
        roles="ASDUR",
    ),
    *(_command(name, what, "ASDUR") for name, what in _EVERYBODY.items()),
    *(_command(name, what, "ASDU") for name, what in _USERS.items()),
    *(_command(name, what, "A") for name, what in _ADMINS.items()),
)
