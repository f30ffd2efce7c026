"""What CloudStack's own web UI (4.22) asks, step by step, and what it reads of the answers.

{names} are filled in by the replay.
"""

from typing import NamedTuple

ALL = "ADU"


class Ask(NamedTuple):
    """A read; *key* holds rows of which the first has *fields*, none where there need be no row.

    It is asked by *roles* (root admins, domain admins, users) whatever `listApis` says; without,
    by those for whom that has the command.
    """

    command: str
    text: str = ""
    key: str = ""
    fields: str = ""
    roles: str = ""


LOGIN_PAGE = (
    Ask("listGuiThemes", "commonname=127.0.0.1"),
    Ask("listGuiThemes", "listonlydefaulttheme=true"),
    Ask("listOauthProvider"),
)
"""Asked without a session: 401 would be taken for one that is over."""

_ZONE = "id name networktype securitygroupsenabled"
_USER = "id firstname lastname roletype rolename accountid domainid account username"
_VM = "id name displayname state zonename account hypervisor templatename nic haenable ostypeid"
_VOLUME = "id name state type size provisioningtype zonename account created"
_ATTACHED = f"{_VOLUME} virtualmachineid vmname vmstate deviceid"
_DETAILS = "details=group,nics,secgrp,tmpl,servoff,diskoff,iso,volume,affgrp,backoff"

START_UP = (
    Ask("listZones", "", "zone", _ZONE, ALL),
    Ask("listUsers", "id={user}&showIcon=true", "user", _USER, ALL),
    Ask("listUsers", "id={user}&listall=true", "user", _USER, ALL),
    Ask("listNetworks", "restartrequired=true&forvpc=false", "network"),
    Ask("listVPCs", "restartrequired=true", "vpc"),
    Ask("listNetworkServiceProviders", "name=SecurityGroupProvider&state=Enabled",
        "networkserviceprovider"),
    Ask("listProjects", "details=min&listall=true&page=1&pageSize=500", "project", "id name"),
)  # fmt: skip
_MINE = "listall=true&page=1&pagesize=1"
DASHBOARD = (
    Ask("listAccounts", "id={account}", "account",
        "id name vmtotal vmlimit iptotal volumetotal primarystoragetotal snapshottotal", ALL),
    Ask("listVirtualMachines", f"{_MINE}&details=min", "virtualmachine", "id name state", ALL),
    Ask("listVirtualMachines", f"{_MINE}&details=min&state=running", "virtualmachine"),
    Ask("listVirtualMachines", f"{_MINE}&details=min&state=stopped", "virtualmachine"),
    Ask("listVirtualMachines", "listall=true&projectid=-1&details=min&page=1&pagesize=1",
        "virtualmachine"),
    *(Ask(command, _MINE, key) for command, key in (
        ("listVolumes", "volume"), ("listSnapshots", "snapshot"), ("listNetworks", "network"),
        ("listVPCs", "vpc"), ("listPublicIpAddresses", "publicipaddress"))),
    Ask("listTemplates", f"templatefilter=self&{_MINE}", "template"),
    Ask("listEvents", "page=1&pagesize=8&listall=true", "event", "id type description created"),
    Ask("listAlerts", "page=1&pagesize=8", "alert", "id description"),
    Ask("listCapacity", "zoneid={zone}", "capacity",
        "type name capacitytotal capacityused capacityallocated percentused"),
    Ask("listPods", "zoneid={zone}", "pod", "id name"),
    Ask("listClusters", "zoneid={zone}", "cluster", "id name"),
    Ask("listHosts", f"zoneid={{zone}}&details=min&type=routing&{_MINE}", "host", "id name"),
    Ask("listHosts", "zoneid={zone}&state=alert&type=routing&page=1&pagesize=1", "host"),
    Ask("listStoragePools", "zoneid={zone}", "storagepool", "id name"),
    Ask("listSystemVms", "zoneid={zone}", "systemvm", "id name"),
    Ask("listRouters", "zoneid={zone}&listall=true", "router"),
)  # fmt: skip
INSTANCES = (
    Ask("listVirtualMachines", f"listall=true&isvnf=false&{_DETAILS}&page=1&pagesize=20"
        "&showIcon=true", "virtualmachine", _VM, ALL),
    Ask("listVirtualMachinesMetrics", f"id={{vm}}&listall=true&{_DETAILS}&page=1&pagesize=20",
        "virtualmachine", _VM, ALL),
    Ask("listVolumes", "virtualmachineid={vm}&listall=true&listsystemvms=true", "volume",
        _ATTACHED, ALL),
    Ask("listVolumes", "listall=true&page=1&pageSize=20", "volume", _VOLUME, ALL),
    Ask("listVolumesMetrics", "id={root}&listall=true&listsystemvms=true&page=1&pagesize=20",
        "volume", _ATTACHED, ALL),
    Ask("listVolumesMetrics", "id={data}&listall=true&listsystemvms=true&page=1&pagesize=20",
        "volume", _VOLUME, ALL),
    Ask("listOsTypes", "id={ostype}", "ostype", "id description"),
    Ask("listAnnotations", "entityid={vm}&entitytype=VM&annotationfilter=all", "annotation"),
    Ask("listVirtualMachinesUsageHistory", "id={vm}", "virtualmachine"),
    Ask("listEvents", "resourceid={vm}&resourcetype=VirtualMachine&listall=true&page=1"
        "&pagesize=20", "event"),
)  # fmt: skip
_OFFERED = "listTemplates", "isready=true&details=all&showicon=true&pageSize=10&page=1"
DIALOGS = (
    Ask("listPods", "zoneid={zone}", "pod", "id name"),
    Ask("listClusters", "zoneid={zone}", "cluster", "id name"),
    Ask("listHosts", "zoneid={zone}&state=Up&type=Routing", "host", "id name state"),
    *(Ask("listVirtualMachines", f"zoneid={{zone}}&account={{owner}}&domainid={{domain}}&state="
          f"{state}&details=min&hypervisor={{hypervisor}}", "virtualmachine", "", ALL)
      for state in ("Running", "Stopped")),
    *(Ask(_OFFERED[0], f"{_OFFERED[1]}&zoneid={{zone}}&templatefilter={sift}", "template", "", ALL)
      for sift in ("self", "featured", "community", "sharedexecutable")),
    Ask("listOsCategories", "isfeatured=true&zoneid={zone}", "oscategory"),
    Ask("listDiskOfferings", "zoneid={zone}&listall=true", "diskoffering", "id name", ALL),
    Ask("listServiceOfferings", "virtualmachineid={vm}&listall=true", "serviceoffering", "", ALL),
    Ask("findHostsForMigration", "virtualmachineid={running}&keyword=&page=1&pagesize=10", "host",
        "id name suitableformigration requiresStorageMotion memoryused cpuused"),
    Ask("findStoragePoolsForMigration", "id={root}", "storagepool", "id name"),
    Ask("listProjectAccounts", "projectId={project}&page=1&pageSize=10", "projectaccount",
        "account role"),
    Ask("listUsers", "listall=true", "user", "id username account", ALL),
    Ask("listPublicIpAddresses", "listAll=true&isrecursive=true&associatednetworkid={network}",
        "publicipaddress", "", ALL),
    Ask("listNetworks", "zoneid={zone}&listall=true", "network", "id name type", ALL),
)  # fmt: skip
_PAGE = "listall=true&page=1&pagesize=20"
MENUS = (
    Ask("listInfrastructure", "", "infrastructure", roles="A"),
    Ask("listZonesMetrics", _PAGE, "zone", "id name allocationstate networktype", "A"),
    Ask("listPods", _PAGE, "pod", "id name allocationstate", "A"),
    Ask("listClustersMetrics", _PAGE, "cluster", "id name hypervisortype allocationstate",
        "A"),
    Ask("listHostsMetrics", f"{_PAGE}&type=routing", "host",
        "id name state resourcestate ipaddress cpuused memoryallocated", "A"),
    Ask("listStoragePoolsMetrics", _PAGE, "storagepool",
        "id name state type scope disksizetotal disksizeused", "A"),
    Ask("listImageStores", _PAGE, "imagestore", "id name protocol", "A"),
    Ask("listSystemVms", _PAGE, "systemvm", "id name state systemvmtype", "A"),
    Ask("listRouters", _PAGE, "router", "id name state", "A"),
    Ask("listAlerts", _PAGE, "alert", "id type description", "A"),
    *(Ask(f"listDedicated{what.capitalize()}s", _PAGE, f"dedicated{what}", roles="A")
      for what in ("zone", "pod", "cluster", "host")),
    Ask("listPhysicalNetworks", "zoneid={zone}", "physicalnetwork", "id name", "A"),
    Ask("listConfigurationGroups", "", "configurationgroup", "name", "A"),
    Ask("listConfigurations", "page=1&pagesize=20", "configuration", "name value category", "A"),
    Ask("listHypervisorCapabilities", _PAGE, "hypervisorCapabilities",
        "id hypervisor maxdatavolumeslimit", "A"),
    Ask("listOsCategories", _PAGE, "oscategory", "id name", "A"),
    Ask("listOsTypes", _PAGE, "ostype", "id description", "A"),
    Ask("listServiceOfferings", _PAGE, "serviceoffering", "id name", ALL),
    Ask("listDiskOfferings", _PAGE, "diskoffering", "id name", ALL),
    Ask("listNetworkOfferings", _PAGE, "networkoffering", "id name", ALL),
    Ask("listTemplates", f"{_PAGE}&templatefilter=all", "template", "id name", "A"),
    Ask("listTemplates", f"{_PAGE}&templatefilter=executable", "template", "id name", ALL),
    Ask("listIsos", f"{_PAGE}&isofilter=executable", "iso", "", ALL),
    Ask("listSnapshots", _PAGE, "snapshot", "", ALL),
    Ask("listProjects", _PAGE, "project", "id name state owner", ALL),
    Ask("listAccounts", _PAGE, "account", "id name state rolename", ALL),
    Ask("listDomains", _PAGE, "domain", "id name path", "AD"),
    Ask("listPublicIpAddresses", f"{_PAGE}&forvirtualnetwork=true", "publicipaddress", "", ALL),
    Ask("listSSHKeyPairs", _PAGE, "sshkeypair", "", ALL),
    Ask("listAffinityGroups", _PAGE, "affinitygroup", "", ALL),
    Ask("listRoles", _PAGE, "role", "id name type", "AD"),
)  # fmt: skip
