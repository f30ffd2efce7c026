"""What commands on owners, networks, offerings and settings write into the log."""

from simulator.domain.event_words import AS_JOB, ONCE, UNSTARTED, Words, once

_DOMAIN, _ACCOUNT, _USER, _PROJECT, _ROLE = "Domain", "Account", "User", "Project", "Role"
_RIGHT, _NET, _IP, _RULE = "RolePermission", "Network", "IpAddress", "FirewallRule"
_PLAN, _DISK_PLAN, _VM_PLAN = "NetworkOffering", "DiskOffering", "ServiceOffering"
_NAMED = "Account Name: {account}, Domain Id:{domainid_row}"
_DISABLING = "disabling account: {account} in domain: {domainid_row}"
_AN_ACCOUNT = "Project ID: {projectid_row}; accountName {account}"
_ROLE_TEXT = "Role: {name}, type: {type}, description: {description}"

# fmt: off
OWNER_WORDS: dict[str, Words] = {
    "createDomain": once(
        "DOMAIN.CREATE", _DOMAIN, "creating Domain",
        "Domain Name: {name}[, Parent DomainId :{parentdomainid_row}]",
    ),
    "updateDomain": once("DOMAIN.UPDATE", _DOMAIN, "updating Domain", "Domain Id: {id_row}"),
    "deleteDomain": Words(
        "DOMAIN.DELETE", _DOMAIN, "deleting Domain", "deleting domain: {id_row}",
        "Domain Id: {id_row}",
    ),
    "createAccount": once(
        "ACCOUNT.CREATE", _ACCOUNT, "creating Account",
        "Account Name: {username}, Domain Id:{domainid_row}",
    ),
    "updateAccount": Words("ACCOUNT.UPDATE", _ACCOUNT, "updating account", rows=AS_JOB),
    "enableAccount": Words("ACCOUNT.ENABLE", _ACCOUNT, "enabling account", rows=AS_JOB),
    "disableAccount": Words("ACCOUNT.DISABLE", _ACCOUNT, "disabling account", _DISABLING, _NAMED),
    "disableAccount lock=true": Words(
        "ACCOUNT.DISABLE", _ACCOUNT, "locking account", _DISABLING, _NAMED
    ),
    "deleteAccount": Words(
        "ACCOUNT.DELETE", _ACCOUNT, "deleting account",
        "Deleting user account {entity_name} (ID: {id}) and all corresponding users",
        "Account ID: {id}",
    ),
    "createUser": once(
        "USER.CREATE", _USER, "creating User",
        "UserName: {username}, FirstName :{firstname}, LastName: {lastname}",
    ),
    "updateUser": once("USER.UPDATE", _USER, "Updating User", "UserId: {id_row}"),
    "enableUser": once("USER.ENABLE", _USER, "enabling User", "UserId: {id_row}"),
    "disableUser": Words(
        "USER.DISABLE", _USER, "disabling User", "disabling user: {id_row}", "UserId: {id_row}"
    ),
    "lockUser": once("USER.LOCK", _USER, "locking User"),
    "deleteUser": once("USER.DELETE", _USER, "deleting User", "UserId: {id_row}"),
    "registerUserKeys": once(
        "REGISTER.USER.KEY", _USER, "register for the developer API keys"
    ),
    "createProject": Words(
        "PROJECT.CREATE", _PROJECT, "creating project", "creating project",
        born="creating project. Project id={entity_row}",
    ),
    "updateProject": Words(
        "PROJECT.UPDATE", _PROJECT, "updating project", "Updating project: {id_row}",
        "Project id: {id_row}",
    ),
    "suspendProject": Words(
        "PROJECT.SUSPEND", _PROJECT, "suspending project", "Suspending project: {id_row}",
        "Project Id: {id_row}",
    ),
    "activateProject": Words(
        "PROJECT.ACTIVATE", _PROJECT, "activating project", "Activating project: {id_row}",
        "Project id: {id_row}",
    ),
    "deleteProject": Words(
        "PROJECT.DELETE", _PROJECT, "deleting project", "Deleting project: {id_row}",
        "Project Id: {id_row}",
    ),
    "addAccountToProject": Words(
        "PROJECT.ACCOUNT.ADD", _PROJECT, "adding account to project",
        "Adding account {account} to project: {projectid_row}||"
        "Sending invitation to email {email} to join project: {projectid_row}", _AN_ACCOUNT,
    ),
    "deleteAccountFromProject": Words(
        "PROJECT.ACCOUNT.REMOVE", _PROJECT, "removing account from project",
        "Removing account {account} from project: {projectid_row}", _AN_ACCOUNT,
    ),
    "createRole": once("ROLE.CREATE", _ROLE, "creating Role", _ROLE_TEXT),
    "importRole": once("ROLE.IMPORT", _ROLE, "importing Role", _ROLE_TEXT),
    "deleteRole": once("ROLE.DELETE", _ROLE, "deleting Role", "Role id: {id_row}"),
    "updateRole": once(
        "ROLE.UPDATE", _ROLE, "updating Role",
        "Role: {name}, type:{type}, description: {description}",
    ),
    "createRolePermission": once(
        "ROLE.PERMISSION.CREATE", _RIGHT, "creating Role Permission",
        "Role id: {roleid_row}, rule:{rule}, permission: {permission_caps}, "
        "description: {description}",
    ),
    "updateRolePermission": once(
        "ROLE.PERMISSION.UPDATE", _RIGHT, "updating Role Permission order",
        "Updating permission for rule id: {ruleid} to: {permission_caps}||"
        "Reordering permissions for role id: {roleid_row}",
    ),
    "deleteRolePermission": once(
        "ROLE.PERMISSION.DELETE", _RIGHT, "deleting Role Permission"
    ),
    "createNetwork": once(
        "NETWORK.CREATE", _NET, "creating network", "Network Id: {entity_row}"
    ),
    "deleteNetwork": Words(
        "NETWORK.DELETE", _NET, "deleting network", "Deleting network: {id_row}",
        "Network Id: {id_row}",
    ),
    "updateNetwork": Words(
        "NETWORK.UPDATE", _NET, "updating network", "Updating network: {id_row}"
    ),
    "restartNetwork": Words(
        "NETWORK.RESTART", _NET, "restarting network", "Restarting network: {id_row}"
    ),
    "createNetworkOffering": once(
        "NETWORK.OFFERING.CREATE", _PLAN, "creating network offering",
        " Id: {entity_row} Name: {name}",
    ),
    "updateNetworkOffering": once(
        "NETWORK.OFFERING.EDIT", _PLAN, "updating network offering", " Id: {id_row}"
    ),
    "deleteNetworkOffering": once(
        "NETWORK.OFFERING.DELETE", _PLAN, "deleting network offering", " Id: {id_row}"
    ),
    "createServiceOffering": once(
        "SERVICE.OFFERING.CREATE", _VM_PLAN, "creating service offering",
        "Service offering id={entity_row}",
    ),
    "updateServiceOffering": once(
        "SERVICE.OFFERING.EDIT", _VM_PLAN, "updating service offering",
        "Service offering id={id_row}",
    ),
    "updateDiskOffering": once(
        "DISK.OFFERING.EDIT", _DISK_PLAN, "updating disk offering", "Disk offering id={id_row}"
    ),
    "deleteServiceOffering": once(
        "SERVICE.OFFERING.DELETE", _VM_PLAN, "deleting service offering",
        "Service offering id={id_row}",
    ),
    "createDiskOffering": once(
        "DISK.OFFERING.CREATE", _DISK_PLAN, "creating disk offering",
        "Disk offering id={entity_row}",
    ),
    "deleteDiskOffering": once(
        "DISK.OFFERING.DELETE", _DISK_PLAN, "deleting disk offering", "Disk offering id={id_row}"
    ),
    "associateIpAddress": Words(
        "NET.IPASSIGN", _IP, "associating Ip",
        "associating IP to network ID: {network_row} in zone {zone_row}",
        "IP ID: {entity_row}", "allocating Ip. Ip Id: {entity_row}",
    ),
    "disassociateIpAddress": Words(
        "NET.IPRELEASE", _IP, "disassociating Ip", "Disassociating IP address with ID={id_row}",
        "IP ID: {id_row}",
    ),
    "createFirewallRule": Words(
        "FIREWALL.OPEN", _RULE, "creating firewall rule",
        "Creating firewall rule for IP: {ipaddressid_name} for protocol:{protocol}",
        "Rule ID: {entity_row}", "creating firewall rule. Rule Id: {entity_row}",
    ),
    "createEgressFirewallRule": Words(
        "FIREWALL.EGRESS.OPEN", _RULE, "creating egress firewall rule",
        "Creating firewall rule for network: {networkid_spelt} for protocol:{protocol}",
        "Rule Id: {entity_row}",
        "creating egress firewall rule for network. Rule Id: {entity_row}",
    ),
    "createPortForwardingRule": Words(
        "NET.RULEADD", _RULE, "applying port forwarding rule",
        "Applying port forwarding  rule for Ip: {ipaddressid_name} with virtual machine:"
        "{virtualmachineid_row}",
        "Rule Id: {entity_row}", "creating forwarding rule. Rule Id: {entity_row}",
    ),
    "deleteFirewallRule": Words(
        "FIREWALL.CLOSE", _RULE, "revoking firewall rule", "Deleting firewall rule ID={id_row}",
        "Rule Id: {id_row}",
    ),
    "deleteEgressFirewallRule": Words(
        "FIREWALL.EGRESS.CLOSE", _RULE, "revoking egress firewall rule",
        "Deleting egress firewall rule id={id_row}", "Rule Id: {id_row}",
    ),
    "deletePortForwardingRule": Words(
        "NET.RULEDELETE", _RULE, "revoking forwarding rule",
        "Deleting port forwarding rule for ID={id_row}", "Rule ID: {id_row}",
    ),
    "createTags": Words(
        "CREATE_TAGS", "ResourceTag", "creating resource tags", "Creating resource tag(s)",
        rows=UNSTARTED,
    ),
    "deleteTags": Words(
        "DELETE_TAGS", "ResourceTag", "deleting resource tags", "Deleting tags", rows=UNSTARTED
    ),
    "updateConfiguration": once(
        "CONFIGURATION.VALUE.EDIT", "Configuration", "updating configuration",
        " Name: {name} New Value: {value}",
    ),
    "resetConfiguration": once(
        "CONFIGURATION.VALUE.EDIT", "Configuration", "resetting configuration",
        " Name: {name} New Value: {default}",
    ),
    "updateResourceLimit": Words(
        "RESOURCE.LIMIT.UPDATE", "ResourceLimit", "updating resource limit", rows=ONCE
    ),
    "updateStoragePool": once("UPDATE.STORAGE.POOL", "StoragePool", "update storage pool"),
}
# fmt: on
"""Command -> its words."""

VLAN_ASSIGNED = Words(
    "ZONE.VLAN.ASSIGN", _NET, "", "Assigned Zone Vlan: {vlan} Network Id: {entity_row}", rows=ONCE
)
"""What a network writes that is implemented: it has got a VLAN."""
SYSTEM_RULES = Words("FIREWALL.OPEN", _RULE, "", born="creating firewall rule", rows=())
"""What a network's new public address writes: rules of the system are made for it."""
