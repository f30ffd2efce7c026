@api
Feature: Filters of lists leave what fits, and nothing else

  @CS-FIL-001 @SPEC-05 @extended
  Scenario: [CS-FIL-001] Volumes
    Given a running VM "vm1" with ROOT volume "r1" on host "a-host"
    And a stopped VM "vm2" with ROOT volume "r2" on host "a-host-elsewhere"
    And a stopped VM "vm3" with ROOT volume "r3" in zone "another-zone"
    And a stopped VM "vm4" with ROOT volume "r4" of the stranger
    And a stopped VM "vm5" with ROOT volume "r5" of the other
    And an Allocated data volume "d2" with disk offering "Medium"
    When the root admin calls createVolume with
      | name           | webdisk       |
      | zoneid         | zone:a-zone   |
      | diskofferingid | disk:Small    |
      | account        | account:owner |
      | domainid       | domain:owner  |
    Then the request succeeds
    And of what listVolumes shows the root admin, id "volume:r1" leaves those whose id is "volume:r1"
    And of what listVolumes shows the root admin, ids "volume:r1" leaves those whose id is "volume:r1"
    And of what listVolumes shows the root admin, name "webdisk" leaves those whose name is "webdisk"
    And of what listVolumes shows the root admin, keyword "ebdis" leaves those whose name is "webdisk"
    And of what listVolumes shows the root admin, type "ROOT" leaves those whose type is "ROOT"
    And of what listVolumes shows the root admin, state "Allocated" leaves those whose state is "Allocated"
    And of what listVolumes shows the root admin, zoneid "zone:another-zone" leaves those whose zoneid is "zone:another-zone"
    And of what listVolumes shows the root admin, clusterid "cluster:another-cluster" leaves those whose clusterid is "cluster:another-cluster"
    And of what listVolumes shows the root admin, storageid "storage:r2" leaves those whose storageid is "storage:r2"
    And of what listVolumes shows the root admin, diskofferingid "disk:Medium" leaves those whose diskofferingid is "disk:Medium"
    And of what listVolumes shows the root admin, virtualmachineid "vm:vm1" leaves those whose virtualmachineid is "vm:vm1"
    And of what listVolumes shows the root admin, domainid "domain:stranger" leaves those whose domainid is "domain:stranger"
    And of what listVolumes shows the domain admin, account "account:other" leaves those whose account is "account:other"

  @CS-FIL-012 @SPEC-05 @extended
  Scenario: [CS-FIL-012] A hidden volume is shown to who asks for hidden ones, alone
    When the root admin calls createVolume with
      | name           | hiddendisk    |
      | zoneid         | zone:a-zone   |
      | diskofferingid | disk:Small    |
      | account        | account:owner |
      | domainid       | domain:owner  |
      | displayvolume  | false         |
    Then the request succeeds
    When the root admin calls listVolumes with
      | name     | hiddendisk   |
      | domainid | domain:owner |
    Then the answer is empty
    When the root admin calls listVolumes with
      | name          | hiddendisk   |
      | domainid      | domain:owner |
      | displayvolume | false        |
    Then the answer counts 1 and has 1
    And the answer shows
      | name          | hiddendisk |
      | displayvolume | False      |

  @CS-FIL-002 @SPEC-05 @extended
  Scenario: [CS-FIL-002] VMs
    Given a running VM "vm1" with ROOT volume "r1" on host "a-host"
    And a stopped VM "vm2" with ROOT volume "r2" on host "a-host-elsewhere"
    And a stopped VM "vm4" with ROOT volume "r4" of the stranger
    And a stopped VMware VM "vm5" with ROOT volume "r5"
    And a stopped VM "vm3" with ROOT volume "r3" in zone "another-zone"
    When the other deploys a VM with
      | name              | webserver               |
      | serviceofferingid | service:Medium Instance |
    Then the request succeeds
    And of what listVirtualMachines shows the root admin, id "vm:vm1" leaves those whose id is "vm:vm1"
    And of what listVirtualMachines shows the root admin, ids "vm:vm1" leaves those whose id is "vm:vm1"
    And of what listVirtualMachines shows the root admin, name "webserver" leaves those whose name is "webserver"
    And of what listVirtualMachines shows the root admin, keyword "ebserv" leaves those whose name is "webserver"
    And of what listVirtualMachines shows the root admin, state "Stopped" leaves those whose state is "Stopped"
    And of what listVirtualMachines shows the root admin, hypervisor "VMware" leaves those whose hypervisor is "VMware"
    And of what listVirtualMachines shows the root admin, zoneid "zone:another-zone" leaves those whose zoneid is "zone:another-zone"
    And of what listVirtualMachines shows the root admin, hostid "host:a-host" leaves those whose hostid is "host:a-host"
    And of what listVirtualMachines shows the root admin, clusterid "cluster:another-cluster" leaves those whose id is "vm:vm2"
    And of what listVirtualMachines shows the root admin, storageid "storage:r2" leaves those whose id is "vm:vm2"
    And of what listVirtualMachines shows the root admin, serviceofferingid "service:Medium Instance" leaves those whose name is "webserver"
    And of what listVirtualMachines shows the root admin, templateid "template:VMware" leaves those whose hypervisor is "VMware"
    And of what listVirtualMachines shows the root admin, userid "userid:stranger" leaves those whose userid is "userid:stranger"
    And of what listVirtualMachines shows the root admin, domainid "domain:stranger" leaves those whose domainid is "domain:stranger"
    And of what listVirtualMachines shows the domain admin, account "account:other" leaves those whose account is "account:other"

  @CS-FIL-003 @SPEC-05 @extended
  Scenario: [CS-FIL-003] Zones, pods, clusters, hosts and pools
    Then of what listZones shows the root admin, id "zone:a-zone" leaves those whose id is "zone:a-zone"
    And of what listZones shows the root admin, name "named:another-zone" leaves those whose id is "zone:another-zone"
    And of what listZones shows the root admin, keyword "named:another-zone" leaves those whose id is "zone:another-zone"
    And of what listPods shows the root admin, zoneid "zone:another-zone" leaves those whose zoneid is "zone:another-zone"
    And of what listClusters shows the root admin, id "cluster:another-cluster" leaves those whose id is "cluster:another-cluster"
    And of what listClusters shows the root admin, zoneid "zone:another-zone" leaves those whose zoneid is "zone:another-zone"
    And of what listClusters shows the root admin, name "named:another-cluster" leaves those whose id is "cluster:another-cluster"
    And of what listHosts shows the root admin, id "host:a-host" leaves those whose id is "host:a-host"
    And of what listHosts shows the root admin, name "named:a-host" leaves those whose id is "host:a-host"
    And of what listHosts shows the root admin, clusterid "cluster:another-cluster" leaves those whose clusterid is "cluster:another-cluster"
    And of what listHosts shows the root admin, zoneid "zone:another-zone" leaves those whose zoneid is "zone:another-zone"
    And of what listStoragePools shows the root admin, id "pool:a-pool" leaves those whose id is "pool:a-pool"
    And of what listStoragePools shows the root admin, name "named:a-pool" leaves those whose id is "pool:a-pool"
    And of what listStoragePools shows the root admin, clusterid "cluster:another-cluster" leaves those whose clusterid is "cluster:another-cluster"
    And of what listStoragePools shows the root admin, zoneid "zone:another-zone" leaves those whose zoneid is "zone:another-zone"

  @CS-FIL-011 @SPEC-05 @extended
  Scenario: [CS-FIL-011] What is of one of several hypervisors
    Then of what listClusters shows the root admin, hypervisor "VMware" leaves those whose hypervisortype is "VMware"
    And of what listHosts shows the root admin, hypervisor "VMware" leaves those whose hypervisor is "VMware"
    And of what listTemplates shows the root admin, hypervisor "VMware" leaves those whose hypervisor is "VMware"

  @CS-FIL-004 @SPEC-05 @extended
  Scenario: [CS-FIL-004] What is listed by its state
    Given the state of host "a-host" is Down
    And the state of storage pool "a-pool" is Maintenance
    Then of what listHosts shows the root admin, state "Down" leaves those whose id is "host:a-host"
    And of what listStoragePools shows the root admin, status "Maintenance" leaves those whose id is "pool:a-pool"

  @CS-FIL-005 @SPEC-05 @extended
  Scenario: [CS-FIL-005] Offerings, templates and roles
    Then of what listDiskOfferings shows the root admin, id "disk:Small" leaves those whose id is "disk:Small"
    And of what listDiskOfferings shows the root admin, name "Small" leaves those whose name is "Small"
    And of what listDiskOfferings shows the root admin, keyword "mal" leaves those whose name is "Small"
    And of what listServiceOfferings shows the root admin, id "service:Small Instance" leaves those whose id is "service:Small Instance"
    And of what listServiceOfferings shows the root admin, name "Small Instance" leaves those whose name is "Small Instance"
    And of what listServiceOfferings shows the root admin, keyword "mall" leaves those whose name is "Small Instance"
    And of what listTemplates shows the root admin, id "template:usual" leaves those whose id is "template:usual"
    And of what listTemplates shows the root admin, zoneid "zone:another-zone" leaves those whose zoneid is "zone:another-zone"
    And of what listRoles shows the root admin, id "role:User" leaves those whose id is "role:User"
    And of what listRoles shows the root admin, name "User" leaves those whose name is "User"
    And of what listRoles shows the root admin, type "User" leaves those whose type is "User"
    And of what listOsTypes shows the root admin, id "ostype:CentOS 7" leaves those whose id is "ostype:CentOS 7"
    And of what listOsTypes shows the root admin, description "CentOS 7" leaves those whose description is "*CentOS 7*"
    And of what listOsTypes shows the root admin, keyword "ntOS" leaves those whose description is "*ntOS*"
    And of what listConfigurations shows the root admin, name "expunge.delay" leaves those whose name is "expunge.delay"
    And of what listConfigurations shows the root admin, category "Alert" leaves those whose category is "Alert"

  @CS-FIL-013 @SPEC-05 @extended
  Scenario: [CS-FIL-013] Offerings of volumes that are encrypted, or on a host
    Then of what listDiskOfferings shows the root admin, id "disk:Encrypted" leaves those whose id is "disk:Encrypted"
    And of what listDiskOfferings shows the root admin, encrypt "true" leaves those whose encrypt is "True"
    And of what listDiskOfferings shows the root admin, id "disk:Local" leaves those whose id is "disk:Local"
    And of what listDiskOfferings shows the root admin, storagetype "local" leaves those whose storagetype is "local"

  @CS-FIL-006 @SPEC-05 @extended
  Scenario: [CS-FIL-006] Domains, accounts, users and projects
    Given a stopped VM "vm1" with ROOT volume "r1" of the stranger
    And a stopped VM "vm2" with ROOT volume "r2" of the project
    Then of what listAccounts shows the domain admin, id "accountid:owner" leaves those whose id is "accountid:owner"
    And of what listDomains shows the root admin, id "domain:owner" leaves those whose id is "domain:owner"
    And of what listDomains shows the root admin, name "domainname:owner" leaves those whose name is "domainname:owner"
    And of what listDomains shows the root admin, keyword "domainname:owner" leaves those whose name is "domainname:owner"
    And of what listDomains shows the root admin, level "1" leaves those whose level is "1"
    And of what listAccounts shows the root admin, id "accountid:owner" leaves those whose id is "accountid:owner"
    And of what listAccounts shows the root admin, name "account:stranger" leaves those whose name is "account:stranger"
    And of what listAccounts shows the root admin, keyword "account:stranger" leaves those whose name is "account:stranger"
    And of what listAccounts shows the root admin, domainid "domain:stranger" leaves those whose domainid is "domain:stranger"
    And of what listAccounts shows the root admin, accounttype "0" leaves those whose accounttype is "0"
    And of what listUsers shows the root admin, id "userid:owner" leaves those whose id is "userid:owner"
    And of what listUsers shows the root admin, username "account:owner" leaves those whose username is "account:owner"
    And of what listUsers shows the root admin, keyword "account:owner" leaves those whose username is "account:owner"
    And of what listUsers shows the root admin, domainid "domain:stranger" leaves those whose domainid is "domain:stranger"
    And of what listUsers shows the root admin, accounttype "0" leaves those whose accounttype is "0"
    When the stranger calls createProject with
      | name        | webproject |
      | displaytext | webtext    |
    Then the request succeeds
    And of what listProjects shows the root admin, id "accountid:project" leaves those whose id is "accountid:project"
    And of what listProjects shows the root admin, name "webproject" leaves those whose name is "webproject"
    And of what listProjects shows the root admin, keyword "ebproj" leaves those whose name is "webproject"
    And of what listProjects shows the root admin, displaytext "webtext" leaves those whose name is "webproject"
    And of what listProjects shows the root admin, domainid "domain:stranger" leaves those whose name is "webproject"

  @CS-FIL-007 @SPEC-05 @extended
  Scenario: [CS-FIL-007] Users and accounts that are disabled
    Given the other is disabled
    When the root admin calls disableUser with
      | id | userid:stranger |
    Then the request succeeds
    And of what listAccounts shows the root admin, state "disabled" leaves those whose state is "disabled"
    And of what listUsers shows the root admin, state "disabled" leaves those whose state is "disabled"

  @CS-FIL-008 @SPEC-05 @extended
  Scenario: [CS-FIL-008] Snapshots, VM snapshots and tags
    Given a stopped VM "vm1" with ROOT volume "r1"
    And a stopped VM "vm2" with ROOT volume "r2"
    And a snapshot "s1" of volume "r1"
    When the owner calls createSnapshot with
      | volumeid | volume:r2 |
      | name     | websnap   |
    Then the request succeeds
    And of what listSnapshots shows the root admin, id "snapshot:s1" leaves those whose id is "snapshot:s1"
    And of what listSnapshots shows the root admin, ids "snapshot:s1" leaves those whose id is "snapshot:s1"
    And of what listSnapshots shows the root admin, name "websnap" leaves those whose name is "websnap"
    And of what listSnapshots shows the root admin, keyword "ebsna" leaves those whose name is "websnap"
    And of what listSnapshots shows the root admin, volumeid "volume:r2" leaves those whose volumeid is "volume:r2"
    Given VM "vm1" has a VM snapshot
    And VM "vm2" has a VM snapshot
    Then of what listVMSnapshot shows the root admin, vmsnapshotid "snapshot:vm1" leaves those whose id is "snapshot:vm1"
    And of what listVMSnapshot shows the root admin, virtualmachineid "vm:vm1" leaves those whose virtualmachineid is "vm:vm1"
    When the owner calls createTags with
      | resourceids   | volume:r1 |
      | resourcetype  | Volume    |
      | tags[0].key   | colour    |
      | tags[0].value | blue      |
    Then the request succeeds
    When the owner calls createTags with
      | resourceids   | vm:vm1 |
      | resourcetype  | UserVm |
      | tags[0].key   | shape  |
      | tags[0].value | round  |
    Then the request succeeds
    And of what listTags shows the root admin, key "colour" leaves those whose key is "colour"
    And of what listTags shows the root admin, value "round" leaves those whose value is "round"
    And of what listTags shows the root admin, resourcetype "UserVm" leaves those whose resourcetype is "UserVm"
    And of what listTags shows the root admin, resourceid "volume:r1" leaves those whose resourceid is "volume:r1"
    And listVolumes shows the owner "r1" with
      | tags[0].key   | colour |
      | tags[0].value | blue   |
      | listall       | true   |
    And listVolumes shows the owner "" with
      | tags[0].key   | colour |
      | tags[0].value | red    |
      | listall       | true   |

  @CS-FIL-009 @SPEC-05 @extended
  Scenario: [CS-FIL-009] Events
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"
    And a stopped VM "vm2" with ROOT volume "r2" of the stranger
    When the owner detaches volume "d1"
    Then the request succeeds
    When the owner detaches volume "d1"
    Then the request is refused because not-attached
    And of what listEvents shows the root admin, type "VOLUME.DETACH" leaves those whose type is "VOLUME.DETACH"
    And of what listEvents shows the root admin, level "ERROR" leaves those whose level is "ERROR"
    And of what listEvents shows the root admin, resourcetype "Volume" leaves those whose resourcetype is "Volume"
    And of what listEvents shows the root admin, keyword "detaching" leaves those whose description is "*detaching*"
    And of what listEvents shows the root admin, domainid "domain:owner" leaves those whose domainid is "domain:owner"

  @CS-FIL-010 @SPEC-05 @extended
  Scenario: [CS-FIL-010] Networks and what is on them
    Given a stopped VM "vm1" with ROOT volume "r1"
    And a stopped VM "vm2" with ROOT volume "r2" of the stranger
    And a stopped VM "vm3" with ROOT volume "r3" in zone "another-zone"
    When the owner calls createNetwork with
      | displaytext       | o                                                       |
      | name              | webnet                                                  |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:a-zone                                             |
    Then the request succeeds
    And of what listNetworks shows the root admin, id "network:webnet" leaves those whose id is "network:webnet"
    And of what listNetworks shows the root admin, keyword "ebne" leaves those whose name is "webnet"
    And of what listNetworks shows the root admin, zoneid "zone:another-zone" leaves those whose zoneid is "zone:another-zone"
    And of what listNetworks shows the root admin, domainid "domain:stranger" leaves those whose domainid is "domain:stranger"
    And of what listNetworkOfferings shows the root admin, name "DefaultIsolatedNetworkOfferingWithSourceNatService" leaves those whose name is "DefaultIsolatedNetworkOfferingWithSourceNatService"
    And of what listNetworkOfferings shows the root admin, guestiptype "Shared" leaves those whose guestiptype is "Shared"
    And of what listPublicIpAddresses shows the root admin, zoneid "zone:another-zone" leaves those whose zoneid is "zone:another-zone"
    And of what listSystemVms shows the root admin, systemvmtype "consoleproxy" leaves those whose systemvmtype is "consoleproxy"
    And of what listSystemVms shows the root admin, zoneid "zone:another-zone" leaves those whose zoneid is "zone:another-zone"
