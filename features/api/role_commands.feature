@api
Feature: Which commands a role may call

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-RLC-001 @SPEC-03 @admin
  Scenario: [CS-RLC-001] A read-only user may call these commands and no others
    Then the reader may not call
      | activateProject                 | addAccountToProject               |
      | addNicToVirtualMachine          | assignVirtualMachine              |
      | assignVolume                    | associateIpAddress                |
      | attachIso                       | attachVolume                      |
      | changeOfferingForVolume         | changeServiceForVirtualMachine    |
      | createAccount                   | createAffinityGroup               |
      | createDiskOffering              | createDomain                      |
      | createEgressFirewallRule        | createFirewallRule                |
      | createNetwork                   | createNetworkOffering             |
      | createPortForwardingRule        | createProject                     |
      | createRole                      | createRolePermission              |
      | createSSHKeyPair                | createServiceOffering             |
      | createSnapshot                  | createSnapshotPolicy              |
      | createTags                      | createTemplate                    |
      | createUser                      | createVMSnapshot                  |
      | createVolume                    | deleteAccount                     |
      | deleteAccountFromProject        | deleteAffinityGroup               |
      | deleteDiskOffering              | deleteDomain                      |
      | deleteEgressFirewallRule        | deleteFirewallRule                |
      | deleteIso                       | deleteNetwork                     |
      | deleteNetworkOffering           | deletePortForwardingRule          |
      | deleteProject                   | deleteRole                        |
      | deleteSSHKeyPair                | deleteServiceOffering             |
      | deleteSnapshot                  | deleteSnapshotPolicies            |
      | deleteTags                      | deleteTemplate                    |
      | deleteUser                      | deleteUserData                    |
      | deleteVMSnapshot                | deleteVolume                      |
      | deployVirtualMachine            | destroyVirtualMachine             |
      | destroyVolume                   | detachIso                         |
      | detachVolume                    | disableAccount                    |
      | disableUser                     | disassociateIpAddress             |
      | enableAccount                   | enableUser                        |
      | expungeVirtualMachine           | extractIso                        |
      | extractTemplate                 | extractVolume                     |
      | findHostsForMigration           | findStoragePoolsForMigration      |
      | getUploadParamsForVolume        | getUser                           |
      | getUserKeys                     | importRole                        |
      | linkUserDataToTemplate          | listASNumbers                     |
      | listAlerts                      | listAnnotations                   |
      | listBackupSchedule              | listBackups                       |
      | listBgpPeers                    | listBuckets                       |
      | listCapacity                    | listClusters                      |
      | listClustersMetrics             | listConfigurationGroups           |
      | listConfigurations              | listCustomActions                 |
      | listDedicatedClusters           | listDedicatedGuestVlanRanges      |
      | listDedicatedHosts              | listDedicatedPods                 |
      | listDedicatedZones              | listDomainChildren                |
      | listDomains                     | listExtensions                    |
      | listGpuDevices                  | listGuestVlans                    |
      | listHosts                       | listHostsMetrics                  |
      | listHypervisorCapabilities      | listImageStores                   |
      | listInfrastructure              | listIpv4SubnetsForZone            |
      | listManagementServers           | listNetworkServiceProviders       |
      | listObjectStoragePools          | listPhysicalNetworks              |
      | listPods                        | listPortableIpRanges              |
      | listQuarantinedIps              | listRolePermissions               |
      | listRoles                       | listRouters                       |
      | listSharedFileSystems           | listStoragePools                  |
      | listStoragePoolsMetrics         | listSwifts                        |
      | listSystemVms                   | listSystemVmsUsageHistory         |
      | listUserData                    | listVirtualMachinesMetrics        |
      | listVirtualMachinesUsageHistory | listVlanIpRanges                  |
      | listVnfAppliances               | listVolumesMetrics                |
      | listVolumesUsageHistory         | listZonesMetrics                  |
      | lockAccount                     | lockUser                          |
      | migrateVirtualMachine           | migrateVolume                     |
      | rebootRouter                    | rebootSystemVm                    |
      | rebootVirtualMachine            | recoverVirtualMachine             |
      | recoverVolume                   | registerIso                       |
      | registerSSHKeyPair              | registerTemplate                  |
      | registerUserData                | registerUserKeys                  |
      | removeNicFromVirtualMachine     | resetPasswordForVirtualMachine    |
      | resetSSHKeyForVirtualMachine    | resetUserDataForVirtualMachine    |
      | resizeVolume                    | restartNetwork                    |
      | restoreVirtualMachine           | revertSnapshot                    |
      | revertToVMSnapshot              | scaleVirtualMachine               |
      | startRouter                     | startSystemVm                     |
      | startVirtualMachine             | stopRouter                        |
      | stopSystemVm                    | stopVirtualMachine                |
      | suspendProject                  | updateAccount                     |
      | updateConfiguration             | updateDefaultNicForVirtualMachine |
      | updateDomain                    | updateHost                        |
      | updateHypervisorCapabilities    | updateNetwork                     |
      | updateNetworkOffering           | updateProject                     |
      | updateResourceCount             | updateResourceLimit               |
      | updateSnapshotPolicy            | updateStoragePool                 |
      | updateUser                      | updateVMAffinityGroup             |
      | updateVirtualMachine            | updateVmNicIp                     |
      | updateVolume                    | uploadVolume                      |
    And the reader may call
      | getVirtualMachineUserData | listAccounts                |
      | listAffinityGroupTypes    | listAffinityGroups          |
      | listApis                  | listAsyncJobs               |
      | listAutoScalePolicies     | listAutoScaleVmGroups       |
      | listAutoScaleVmProfiles   | listCapabilities            |
      | listConditions            | listCounters                |
      | listDiskOfferings         | listEgressFirewallRules     |
      | listEventTypes            | listEvents                  |
      | listFirewallRules         | listGlobalLoadBalancerRules |
      | listHypervisors           | listInstanceGroups          |
      | listIpForwardingRules     | listIsos                    |
      | listLdapConfigurations    | listLoadBalancerRules       |
      | listNetworkACLLists       | listNetworkACLs             |
      | listNetworkOfferings      | listNetworks                |
      | listNics                  | listOsCategories            |
      | listOsTypes               | listPortForwardingRules     |
      | listPrivateGateways       | listProjectAccounts         |
      | listProjectInvitations    | listProjects                |
      | listPublicIpAddresses     | listRemoteAccessVpns        |
      | listResourceLimits        | listSSHKeyPairs             |
      | listSecurityGroups        | listServiceOfferings        |
      | listSnapshotPolicies      | listSnapshots               |
      | listSslCerts              | listStaticRoutes            |
      | listTags                  | listTemplates               |
      | listUsers                 | listVMSnapshot              |
      | listVPCOfferings          | listVPCs                    |
      | listVirtualMachines       | listVolumes                 |
      | listVpnConnections        | listVpnCustomerGateways     |
      | listVpnGateways           | listVpnUsers                |
      | listZones                 | queryAsyncJobResult         |

  @CS-RLC-002 @SPEC-03 @admin
  Scenario: [CS-RLC-002] A user may call these commands and no others
    Then the owner may not call
      | assignVirtualMachine         | assignVolume                   |
      | createAccount                | createDiskOffering             |
      | createDomain                 | createNetworkOffering          |
      | createRole                   | createRolePermission           |
      | createServiceOffering        | createUser                     |
      | deleteAccount                | deleteDiskOffering             |
      | deleteDomain                 | deleteNetworkOffering          |
      | deleteRole                   | deleteServiceOffering          |
      | deleteUser                   | disableAccount                 |
      | disableUser                  | enableAccount                  |
      | enableUser                   | findHostsForMigration          |
      | findStoragePoolsForMigration | getUser                        |
      | importRole                   | listAlerts                     |
      | listBgpPeers                 | listCapacity                   |
      | listClusters                 | listClustersMetrics            |
      | listConfigurationGroups      | listConfigurations             |
      | listDedicatedClusters        | listDedicatedGuestVlanRanges   |
      | listDedicatedHosts           | listDedicatedPods              |
      | listDedicatedZones           | listDomainChildren             |
      | listDomains                  | listExtensions                 |
      | listGuestVlans               | listHosts                      |
      | listHostsMetrics             | listHypervisorCapabilities     |
      | listImageStores              | listInfrastructure             |
      | listIpv4SubnetsForZone       | listManagementServers          |
      | listNetworkServiceProviders  | listPhysicalNetworks           |
      | listPods                     | listPortableIpRanges           |
      | listQuarantinedIps           | listRolePermissions            |
      | listRoles                    | listRouters                    |
      | listStoragePools             | listStoragePoolsMetrics        |
      | listSwifts                   | listSystemVms                  |
      | listSystemVmsUsageHistory    | listVlanIpRanges               |
      | listZonesMetrics             | lockAccount                    |
      | lockUser                     | migrateVirtualMachine          |
      | migrateVolume                | rebootRouter                   |
      | rebootSystemVm               | resetUserDataForVirtualMachine |
      | startRouter                  | startSystemVm                  |
      | stopRouter                   | stopSystemVm                   |
      | updateAccount                | updateConfiguration            |
      | updateDomain                 | updateHost                     |
      | updateHypervisorCapabilities | updateNetworkOffering          |
      | updateResourceCount          | updateResourceLimit            |
      | updateStoragePool            | updateVolume                   |
    And the owner may call
      | activateProject                 | addAccountToProject               |
      | addNicToVirtualMachine          | associateIpAddress                |
      | attachIso                       | attachVolume                      |
      | changeOfferingForVolume         | changeServiceForVirtualMachine    |
      | createAffinityGroup             | createEgressFirewallRule          |
      | createFirewallRule              | createNetwork                     |
      | createPortForwardingRule        | createProject                     |
      | createSSHKeyPair                | createSnapshot                    |
      | createSnapshotPolicy            | createTags                        |
      | createTemplate                  | createVMSnapshot                  |
      | createVolume                    | deleteAccountFromProject          |
      | deleteAffinityGroup             | deleteEgressFirewallRule          |
      | deleteFirewallRule              | deleteIso                         |
      | deleteNetwork                   | deletePortForwardingRule          |
      | deleteProject                   | deleteSSHKeyPair                  |
      | deleteSnapshot                  | deleteSnapshotPolicies            |
      | deleteTags                      | deleteTemplate                    |
      | deleteUserData                  | deleteVMSnapshot                  |
      | deleteVolume                    | deployVirtualMachine              |
      | destroyVirtualMachine           | destroyVolume                     |
      | detachIso                       | detachVolume                      |
      | disassociateIpAddress           | expungeVirtualMachine             |
      | extractIso                      | extractTemplate                   |
      | extractVolume                   | getUploadParamsForVolume          |
      | getUserKeys                     | getVirtualMachineUserData         |
      | linkUserDataToTemplate          | listASNumbers                     |
      | listAccounts                    | listAffinityGroupTypes            |
      | listAffinityGroups              | listAnnotations                   |
      | listApis                        | listAsyncJobs                     |
      | listAutoScalePolicies           | listAutoScaleVmGroups             |
      | listAutoScaleVmProfiles         | listBackupSchedule                |
      | listBackups                     | listBuckets                       |
      | listCapabilities                | listConditions                    |
      | listCounters                    | listCustomActions                 |
      | listDiskOfferings               | listEgressFirewallRules           |
      | listEventTypes                  | listEvents                        |
      | listFirewallRules               | listGlobalLoadBalancerRules       |
      | listGpuDevices                  | listHypervisors                   |
      | listInstanceGroups              | listIpForwardingRules             |
      | listIsos                        | listLdapConfigurations            |
      | listLoadBalancerRules           | listNetworkACLLists               |
      | listNetworkACLs                 | listNetworkOfferings              |
      | listNetworks                    | listNics                          |
      | listObjectStoragePools          | listOsCategories                  |
      | listOsTypes                     | listPortForwardingRules           |
      | listPrivateGateways             | listProjectAccounts               |
      | listProjectInvitations          | listProjects                      |
      | listPublicIpAddresses           | listRemoteAccessVpns              |
      | listResourceLimits              | listSSHKeyPairs                   |
      | listSecurityGroups              | listServiceOfferings              |
      | listSharedFileSystems           | listSnapshotPolicies              |
      | listSnapshots                   | listSslCerts                      |
      | listStaticRoutes                | listTags                          |
      | listTemplates                   | listUserData                      |
      | listUsers                       | listVMSnapshot                    |
      | listVPCOfferings                | listVPCs                          |
      | listVirtualMachines             | listVirtualMachinesMetrics        |
      | listVirtualMachinesUsageHistory | listVnfAppliances                 |
      | listVolumes                     | listVolumesMetrics                |
      | listVolumesUsageHistory         | listVpnConnections                |
      | listVpnCustomerGateways         | listVpnGateways                   |
      | listVpnUsers                    | listZones                         |
      | queryAsyncJobResult             | rebootVirtualMachine              |
      | recoverVirtualMachine           | recoverVolume                     |
      | registerIso                     | registerSSHKeyPair                |
      | registerTemplate                | registerUserData                  |
      | registerUserKeys                | removeNicFromVirtualMachine       |
      | resetPasswordForVirtualMachine  | resetSSHKeyForVirtualMachine      |
      | resizeVolume                    | restartNetwork                    |
      | restoreVirtualMachine           | revertSnapshot                    |
      | revertToVMSnapshot              | scaleVirtualMachine               |
      | startVirtualMachine             | stopVirtualMachine                |
      | suspendProject                  | updateDefaultNicForVirtualMachine |
      | updateNetwork                   | updateProject                     |
      | updateSnapshotPolicy            | updateUser                        |
      | updateVMAffinityGroup           | updateVirtualMachine              |
      | updateVmNicIp                   | uploadVolume                      |

  @CS-RLC-003 @SPEC-03 @admin
  Scenario: [CS-RLC-003] A domain admin may call these commands and no others
    Then the domain admin may not call
      | createNetworkOffering          | createRole                   |
      | createRolePermission           | deleteNetworkOffering        |
      | deleteRole                     | findHostsForMigration        |
      | findStoragePoolsForMigration   | getUser                      |
      | importRole                     | listAlerts                   |
      | listBgpPeers                   | listCapacity                 |
      | listClusters                   | listClustersMetrics          |
      | listConfigurationGroups        | listDedicatedClusters        |
      | listDedicatedGuestVlanRanges   | listDedicatedHosts           |
      | listDedicatedPods              | listDedicatedZones           |
      | listExtensions                 | listGuestVlans               |
      | listHosts                      | listHostsMetrics             |
      | listHypervisorCapabilities     | listImageStores              |
      | listInfrastructure             | listIpv4SubnetsForZone       |
      | listManagementServers          | listNetworkServiceProviders  |
      | listPhysicalNetworks           | listPods                     |
      | listPortableIpRanges           | listRolePermissions          |
      | listStoragePools               | listStoragePoolsMetrics      |
      | listSwifts                     | listSystemVms                |
      | listSystemVmsUsageHistory      | listVlanIpRanges             |
      | listZonesMetrics               | migrateVirtualMachine        |
      | migrateVolume                  | rebootSystemVm               |
      | resetUserDataForVirtualMachine | startSystemVm                |
      | stopSystemVm                   | updateDomain                 |
      | updateHost                     | updateHypervisorCapabilities |
      | updateNetworkOffering          | updateStoragePool            |
      | updateVolume                   |                              |
    And the domain admin may call
      | activateProject                   | addAccountToProject            |
      | addNicToVirtualMachine            | assignVirtualMachine           |
      | assignVolume                      | associateIpAddress             |
      | attachIso                         | attachVolume                   |
      | changeOfferingForVolume           | changeServiceForVirtualMachine |
      | createAccount                     | createAffinityGroup            |
      | createDiskOffering                | createDomain                   |
      | createEgressFirewallRule          | createFirewallRule             |
      | createNetwork                     | createPortForwardingRule       |
      | createProject                     | createSSHKeyPair               |
      | createServiceOffering             | createSnapshot                 |
      | createSnapshotPolicy              | createTags                     |
      | createTemplate                    | createUser                     |
      | createVMSnapshot                  | createVolume                   |
      | deleteAccount                     | deleteAccountFromProject       |
      | deleteAffinityGroup               | deleteDiskOffering             |
      | deleteDomain                      | deleteEgressFirewallRule       |
      | deleteFirewallRule                | deleteIso                      |
      | deleteNetwork                     | deletePortForwardingRule       |
      | deleteProject                     | deleteSSHKeyPair               |
      | deleteServiceOffering             | deleteSnapshot                 |
      | deleteSnapshotPolicies            | deleteTags                     |
      | deleteTemplate                    | deleteUser                     |
      | deleteUserData                    | deleteVMSnapshot               |
      | deleteVolume                      | deployVirtualMachine           |
      | destroyVirtualMachine             | destroyVolume                  |
      | detachIso                         | detachVolume                   |
      | disableAccount                    | disableUser                    |
      | disassociateIpAddress             | enableAccount                  |
      | enableUser                        | expungeVirtualMachine          |
      | extractIso                        | extractTemplate                |
      | extractVolume                     | getUploadParamsForVolume       |
      | getUserKeys                       | getVirtualMachineUserData      |
      | linkUserDataToTemplate            | listASNumbers                  |
      | listAccounts                      | listAffinityGroupTypes         |
      | listAffinityGroups                | listAnnotations                |
      | listApis                          | listAsyncJobs                  |
      | listAutoScalePolicies             | listAutoScaleVmGroups          |
      | listAutoScaleVmProfiles           | listBackupSchedule             |
      | listBackups                       | listBuckets                    |
      | listCapabilities                  | listConditions                 |
      | listConfigurations                | listCounters                   |
      | listCustomActions                 | listDiskOfferings              |
      | listDomainChildren                | listDomains                    |
      | listEgressFirewallRules           | listEventTypes                 |
      | listEvents                        | listFirewallRules              |
      | listGlobalLoadBalancerRules       | listGpuDevices                 |
      | listHypervisors                   | listInstanceGroups             |
      | listIpForwardingRules             | listIsos                       |
      | listLdapConfigurations            | listLoadBalancerRules          |
      | listNetworkACLLists               | listNetworkACLs                |
      | listNetworkOfferings              | listNetworks                   |
      | listNics                          | listObjectStoragePools         |
      | listOsCategories                  | listOsTypes                    |
      | listPortForwardingRules           | listPrivateGateways            |
      | listProjectAccounts               | listProjectInvitations         |
      | listProjects                      | listPublicIpAddresses          |
      | listQuarantinedIps                | listRemoteAccessVpns           |
      | listResourceLimits                | listRoles                      |
      | listRouters                       | listSSHKeyPairs                |
      | listSecurityGroups                | listServiceOfferings           |
      | listSharedFileSystems             | listSnapshotPolicies           |
      | listSnapshots                     | listSslCerts                   |
      | listStaticRoutes                  | listTags                       |
      | listTemplates                     | listUserData                   |
      | listUsers                         | listVMSnapshot                 |
      | listVPCOfferings                  | listVPCs                       |
      | listVirtualMachines               | listVirtualMachinesMetrics     |
      | listVirtualMachinesUsageHistory   | listVnfAppliances              |
      | listVolumes                       | listVolumesMetrics             |
      | listVolumesUsageHistory           | listVpnConnections             |
      | listVpnCustomerGateways           | listVpnGateways                |
      | listVpnUsers                      | listZones                      |
      | lockAccount                       | lockUser                       |
      | queryAsyncJobResult               | rebootRouter                   |
      | rebootVirtualMachine              | recoverVirtualMachine          |
      | recoverVolume                     | registerIso                    |
      | registerSSHKeyPair                | registerTemplate               |
      | registerUserData                  | registerUserKeys               |
      | removeNicFromVirtualMachine       | resetPasswordForVirtualMachine |
      | resetSSHKeyForVirtualMachine      | resizeVolume                   |
      | restartNetwork                    | restoreVirtualMachine          |
      | revertSnapshot                    | revertToVMSnapshot             |
      | scaleVirtualMachine               | startRouter                    |
      | startVirtualMachine               | stopRouter                     |
      | stopVirtualMachine                | suspendProject                 |
      | updateAccount                     | updateConfiguration            |
      | updateDefaultNicForVirtualMachine | updateNetwork                  |
      | updateProject                     | updateResourceCount            |
      | updateResourceLimit               | updateSnapshotPolicy           |
      | updateUser                        | updateVMAffinityGroup          |
      | updateVirtualMachine              | updateVmNicIp                  |
      | uploadVolume                      |                                |

  @CS-RLC-004 @SPEC-03 @admin
  Scenario: [CS-RLC-004] A custom role's deny rule takes away what its type may call, whatever the case
    When the root admin calls createRole with
      | name | limited |
      | type | User    |
    Then the request succeeds
    When the root admin calls createRolePermission with
      | roleid     | role:limited |
      | rule       | DETACHvolume |
      | permission | deny         |
    Then the request succeeds
    When the root admin calls createRolePermission with
      | roleid     | role:limited |
      | rule       | *Snapshot*   |
      | permission | deny         |
    Then the request succeeds
    When the root admin calls createRolePermission with
      | roleid     | role:limited |
      | rule       | *            |
      | permission | allow        |
    Then the request succeeds
    When the root admin calls updateAccount with
      | id     | accountid:owner |
      | roleid | role:limited    |
    Then the request succeeds
    And the owner may not call
      | detachVolume | createSnapshot | listSnapshots | deleteVMSnapshot |
    And the owner may call
      | attachVolume | listVolumes | createVolume | migrateVolume |
    When the owner detaches volume "d1"
    Then the request is refused because not-available

  @CS-RLC-005 @SPEC-03 @admin
  Scenario: [CS-RLC-005] Of a custom role's rules the first that names a command decides
    When the root admin calls createRole with
      | name | limited |
      | type | User    |
    Then the request succeeds
    When the root admin calls createRolePermission with
      | roleid     | role:limited |
      | rule       | listVolumes  |
      | permission | allow        |
    Then the request succeeds
    When the root admin calls createRolePermission with
      | roleid     | role:limited |
      | rule       | list*        |
      | permission | deny         |
    Then the request succeeds
    When the root admin calls createRolePermission with
      | roleid     | role:limited  |
      | rule       | migrateVolume |
      | permission | allow         |
    Then the request succeeds
    When the root admin calls updateAccount with
      | id     | accountid:owner |
      | roleid | role:limited    |
    Then the request succeeds
    And the owner may not call
      | listZones | listVirtualMachines | listHosts | createAccount | attachVolume |
    And the owner may call
      | listVolumes | migrateVolume |

  @CS-RLC-006 @SPEC-03 @admin
  Scenario: [CS-RLC-006] A reader sees and changes nothing of what the account has
    Then the reader may not call
      | attachVolume | detachVolume | startVirtualMachine | createTags |
    And listVolumes shows the reader "" with
      | listall | true |
