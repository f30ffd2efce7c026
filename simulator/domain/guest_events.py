"""What commands on keys, user data, nics, affinity groups and system VMs write into the log."""

_IP = "IpAddress"
_VM, _NONE, _GROUP, _ROUTER = "VirtualMachine", "None", "AffinityGroup", "DomainRouter"
_NIC = "Vm Id: {virtualmachineid} Nic Id: {nicid}"
_DONE = (("start", "starting"), ("stop", "stopping"), ("reboot", "rebooting"))

GUEST_WORDS: dict[str, tuple[str, str, str, tuple[str, ...], str, bool]] = {
    "resetSSHKeyForVirtualMachine": (
        "VM.RESETSSHKEY", _VM, "resetting Vm SSHKey", ("resetting SSHKey for vm: {id}",),
        "Vm Id: {id}", False,
    ),
    "resetPasswordForVirtualMachine": (
        "VM.RESETPASSWORD", _VM, "resetting Vm password", ("resetting password for vm: {id}",),
        "Vm Id: {id}", False,
    ),
    "resetUserDataForVirtualMachine": (
        "VM.RESETUSERDATA", _VM, "resetting VM userdata", ("",), "Vm Id: {id}", False,
    ),
    "registerUserData": (
        "REGISTER.USER.DATA", _NONE, "registering userdata", ("registering userdata: {name}",),
        "", False,
    ),
    "registerSSHKeyPair": (
        "REGISTER.SSH.KEYPAIR", _NONE, "registering ssh keypair",
        ("registering ssh keypair: {name}",), "", False,
    ),
    "addNicToVirtualMachine": (
        "NIC.CREATE", _VM, "Creating Nic",
        ("Adding network {networkid} to user vm: {virtualmachineid}",),
        "Vm Id: {virtualmachineid} Network Id: {networkid}", False,
    ),
    "removeNicFromVirtualMachine": (
        "NIC.DELETE", _VM, "Removing Nic",
        ("Removing NIC {nicid} from user vm: {virtualmachineid}",), _NIC, False,
    ),
    "updateDefaultNicForVirtualMachine": (
        "NIC.UPDATE", _VM, "Creating Nic",
        ("Updating NIC {nicid} on user vm: {virtualmachineid}",), _NIC, False,
    ),
    "addIpToNic": (
        "NIC.SECONDARY.IP.ASSIGN", _IP, "assigning secondary ip to nic",
        ("associating ip to nic id={nicid}",), "", True,
    ),
    "removeIpFromNic": (
        "NIC.SECONDARY.IP.UNASSIGN", _IP, "Removing secondary IP from NIC",
        ("Disassociating ip address with id={id}",), "", False,
    ),
    "enableStaticNat": (
        "STATICNAT.ENABLE", _VM, "enabling static nat", ("Ip Id: {ipaddressid}",), "", False,
    ),
    "disableStaticNat": (
        "STATICNAT.DISABLE", _VM, "disabling static nat",
        ("Disabling static NAT for IP ID={ipaddressid}",), "Ip Id: {ipaddressid}", False,
    ),
    "createAffinityGroup": (
        "AG.CREATE", _GROUP, "creating Affinity Group", ("creating Affinity Group",), "", True,
    ),
    "deleteAffinityGroup": (
        "AG.DELETE", _GROUP, "Deleting affinity group", ("Deleting Affinity Group",), "", False,
    ),
    "updateVMAffinityGroup": (
        "VM.AG.UPDATE", _VM, "updating VM affinity group", ("updating VM affinity group",),
        "VM ID: {id}", False,
    ),
    "startRouter": (
        "ROUTER.START", _ROUTER, "starting router Vm", ("starting router: {id}",), "", False,
    ),
    "stopRouter": (
        "ROUTER.STOP", _ROUTER, "stopping router Vm", ("Stopping router: {id}",), "", False,
    ),
    "rebootRouter": (
        "ROUTER.REBOOT", _ROUTER, "rebooting router Vm", ("rebooting router: {id}",), "", False,
    ),
    **{
        f"{verb}{name}": (
            f"{prefix}.{verb.upper()}", "SystemVm", f"{doing} system vm",
            (f"{doing} system vm: {{id}}",), "", False,
        )
        for verb, doing in _DONE
        for name, prefix in (("SystemVm", "SSVM"), ("ConsoleProxy", "PROXY"))
    },
}  # fmt: skip
"""Command -> the fields of its words."""
