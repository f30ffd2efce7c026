"""What commands on VMs and what belongs to them write into the log."""

from simulator.domain.event_words import ALONE, AS_JOB, UNSTARTED, Words, once

_IP = "IpAddress"
_VM, _NONE, _GROUP, _ROUTER = "VirtualMachine", "None", "AffinityGroup", "DomainRouter"
_NIC = "Vm Id: {virtualmachineid} Nic Id: {nicid}"
_ID, _ROW, _CREATE = "Vm Id: {id}", "Vm Id: {id_row}", "VM.CREATE"
_MIGRATING = (
    "Attempting to migrate VM id: {virtualmachineid_row}[ to host Id: {hostid_row}]"
    "[ to storage pool Id: {storageid_row}]"
)
_MIGRATED = (
    "VM Id: {virtualmachineid_row} to host Id: {hostid_row}||"
    "VM Id: {virtualmachineid_row} to storage pool Id: {storageid_row}"
)
_DONE = (
    ("start", "starting"), ("stop", "stopping"), ("reboot", "rebooting"), ("destroy", "destroying")
)  # fmt: skip
_SYSTEM = (
    ("SystemVm", "SSVM", "secondary storage"), ("ConsoleProxy", "PROXY", "console proxy")
)  # fmt: skip

# fmt: off
GUEST_WORDS: dict[str, Words] = {
    "deployVirtualMachine": Words(
        _CREATE, _VM, "deploying Vm", "starting Vm. Vm Id: {entity}", "Vm Id: {entity}"
    ),
    "deployVirtualMachine startvm=false": Words(
        _CREATE, _VM, "deploying Vm", "deploying Vm. Vm Id: {entity}", "Vm Id: {entity}",
        rows=UNSTARTED,
    ),
    "startVirtualMachine": Words(
        "VM.START", _VM, "starting Vm", "starting user vm: {id}", _ID
    ),
    "stopVirtualMachine": Words("VM.STOP", _VM, "stopping Vm", "stopping user vm: {id}", _ID),
    "rebootVirtualMachine": Words(
        "VM.REBOOT", _VM, "rebooting Vm", "rebooting user vm: {id}", _ID
    ),
    "destroyVirtualMachine": Words(
        "VM.DESTROY", _VM, "destroying Vm", "destroying vm: {id}", _ID
    ),
    "expungeVirtualMachine": Words(
        "VM.EXPUNGE", _VM, "expunging Vm", "Expunging vm: {id}", _ID
    ),
    "recoverVirtualMachine": once("VM.RECOVER", _VM, "Recovering VM"),
    "restoreVirtualMachine": Words(
        "VM.RESTORE", _VM, "", "Restore a VM to original template or specific snapshot", rows=ALONE
    ),
    "updateVirtualMachine": once("VM.UPDATE", _VM, "updating Vm", _ID),
    "changeServiceForVirtualMachine": once("VM.UPGRADE", _VM, "upgrading Vm", _ID),
    "scaleVirtualMachine": Words(
        "VM.UPGRADE", _VM, "Upgrading VM",
        "upgrading vm: {id} to service offering: {serviceofferingid}",
    ),
    "migrateVirtualMachine": Words("VM.MIGRATE", _VM, "migrating VM", _MIGRATING, _MIGRATED),
    "assignVirtualMachine": once("VM.MOVE", _VM, "move VM to another user"),
    "resetSSHKeyForVirtualMachine": Words(
        "VM.RESETSSHKEY", _VM, "resetting Vm SSHKey", "resetting SSHKey for vm: {id_row}", _ROW
    ),
    "resetPasswordForVirtualMachine": Words(
        "VM.RESETPASSWORD", _VM, "resetting Vm password", "resetting password for vm: {id_row}",
        _ROW,
    ),
    "resetUserDataForVirtualMachine": Words(
        "VM.RESETUSERDATA", _VM, "resetting VM userdata", details=_ROW, rows=AS_JOB
    ),
    "registerUserData": Words(
        "REGISTER.USER.DATA", _NONE, "registering userdata", rows=AS_JOB
    ),
    "registerSSHKeyPair": Words(
        "REGISTER.SSH.KEYPAIR", _NONE, "registering ssh keypair", rows=AS_JOB
    ),
    "addNicToVirtualMachine": Words(
        "NIC.CREATE", _VM, "Creating Nic",
        "Adding network {networkid} to user vm: {virtualmachineid}",
        "Vm Id: {virtualmachineid} Network Id: {networkid}",
    ),
    "removeNicFromVirtualMachine": Words(
        "NIC.DELETE", _VM, "Removing Nic",
        "Removing NIC {nicid} from user vm: {virtualmachineid}", _NIC,
    ),
    "updateDefaultNicForVirtualMachine": Words(
        "NIC.UPDATE", _VM, "Creating Nic", "Updating NIC {nicid} on user vm: {virtualmachineid}",
        _NIC,
    ),
    "addIpToNic": Words(
        "NIC.SECONDARY.IP.ASSIGN", _IP, "", "associating ip to nic id={nicid} belonging to network "
        "id={network}", born="assigning secondary ip to nic", rows=ALONE,
    ),
    "removeIpFromNic": Words(
        "NIC.SECONDARY.IP.UNASSIGN", _IP, "Removing secondary IP from NIC",
        "Disassociating ip address with id={id_row}", "Ip Id: {id_row}",
    ),
    "enableStaticNat": once(
        "STATICNAT.ENABLE", _VM, "enabling static nat", "Ip Id: {ipaddressid_row}"
    ),
    "disableStaticNat": Words(
        "STATICNAT.DISABLE", _VM, "disabling static nat",
        "Disabling static NAT for IP ID={ipaddressid_row}",
    ),
    "createAffinityGroup": Words(
        "AG.CREATE", _GROUP, "", "creating Affinity Group", born="Creating Affinity Group",
        rows=ALONE,
    ),
    "deleteAffinityGroup": Words(
        "AG.DELETE", _GROUP, "Deleting affinity group", "Deleting Affinity Group", rows=UNSTARTED
    ),
    "updateVMAffinityGroup": Words(
        "VM.AG.UPDATE", _VM, "", "updating VM affinity group", rows=ALONE
    ),
    **{
        f"{verb}Router": Words(
            f"ROUTER.{verb.upper()}", _ROUTER, f"{doing} router Vm",
            f"{'Stopping' if verb == 'stop' else doing} router: {{id}}", "Router Id: {id}",
        )
        for verb, doing in _DONE
        if verb != "destroy"
    },
    "destroyRouter": Words("ROUTER.DESTROY", _ROUTER, "", "destroying router: {id}", rows=ALONE),
    **{
        f"{verb}{name}": Words(
            f"{prefix}.{verb.upper()}", "SystemVm", f"{doing} {what} Vm",
            f"{doing} system vm: {{id}}", _ID,
        )
        for verb, doing in _DONE
        for name, prefix, what in _SYSTEM
    },
}
# fmt: on
"""Command -> its words."""
