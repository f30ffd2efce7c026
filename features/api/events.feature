@api
Feature: What commands write into the log of events

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"
    And an Allocated data volume "d2"

  @CS-EVT-001 @SPEC-08 @extended
  Scenario Outline: [CS-EVT-001] The events of <command>
    Given a running VM "vm2" with ROOT volume "r2"
    And a Ready data volume "d3" made on VM "vm2"
    And the events so far are known
    When the <who> calls <command> with
      | <name1> | <value1> |
      | <name2> | <value2> |
      | <name3> | <value3> |
      | <name4> | <value4> |
      | <name5> | <value5> |
    Then the request succeeds
    And the events of type <type> are "<states>" and about <about>
    And the last event of type <type> says "Successfully completed <words>"

    Examples:
      | command                        | who        | name1            | value1          | name2             | value2                                                  | name3            | value3          | name4            | value4          | name5            | value5          | type                        | about           | states                                 | words                                           |
      | attachVolume                   | owner      | id               | volume:d2       | virtualmachineid  | vm:vm1                                                  | id               | volume:d2       | id               | volume:d2       | id               | volume:d2       | VOLUME-ATTACH               | Volume          | Scheduled, Started, Completed          | attaching volume. Volume Id:                    |
      | detachVolume                   | owner      | id               | volume:d1       | id                | volume:d1                                               | id               | volume:d1       | id               | volume:d1       | id               | volume:d1       | VOLUME-DETACH               | Volume          | Scheduled, Started, Completed          | detaching volume. detaching volume:             |
      | createVolume                   | owner      | name             | v1              | diskofferingid    | disk:Small                                              | zoneid           | zone:a-zone     | name             | v1              | name             | v1              | VOLUME-CREATE               | Volume          | Created, Scheduled, Started, Completed | creating volume. Volume Id:                     |
      | deleteVolume                   | owner      | id               | volume:d2       | id                | volume:d2                                               | id               | volume:d2       | id               | volume:d2       | id               | volume:d2       | VOLUME-DESTROY              | Volume          | Completed                              | destroying a volume. Volume Id:                 |
      | destroyVolume                  | owner      | id               | volume:d3       | id                | volume:d3                                               | id               | volume:d3       | id               | volume:d3       | id               | volume:d3       | VOLUME-DESTROY              | Volume          | Scheduled, Completed                   | destroying a volume. Volume Id:                 |
      | resizeVolume                   | owner      | id               | volume:d1       | size              | 8                                                       | id               | volume:d1       | id               | volume:d1       | id               | volume:d1       | VOLUME-RESIZE               | Volume          | Scheduled, Started, Completed          | resizing volume. Volume Id:                     |
      | changeOfferingForVolume        | owner      | id               | volume:d1       | diskofferingid    | disk:Medium                                             | id               | volume:d1       | id               | volume:d1       | id               | volume:d1       | VOLUME-CHANGE-DISK-OFFERING | Volume          | Scheduled, Completed                   | Changing disk offering of a volume. Volume Id:  |
      | updateVolume                   | root admin | id               | volume:d1       | name              | x                                                       | id               | volume:d1       | id               | volume:d1       | id               | volume:d1       | VOLUME-UPDATE               | Volume          | Scheduled, Started, Completed          | updating volume. Volume Id:                     |
      | assignVolume                   | root admin | volumeid         | volume:d2       | accountid         | accountid:other                                         | volumeid         | volume:d2       | volumeid         | volume:d2       | volumeid         | volume:d2       | VOLUME-CREATE               | Volume          | Completed                              | Assigning volume to new account                 |
      | createSnapshot                 | owner      | volumeid         | volume:r1       | volumeid          | volume:r1                                               | volumeid         | volume:r1       | volumeid         | volume:r1       | volumeid         | volume:r1       | SNAPSHOT-CREATE             | Snapshot        | Created, Scheduled, Started, Completed | taking snapshot                                 |
      | createVMSnapshot               | owner      | virtualmachineid | vm:vm1          | virtualmachineid  | vm:vm1                                                  | virtualmachineid | vm:vm1          | virtualmachineid | vm:vm1          | virtualmachineid | vm:vm1          | VMSNAPSHOT-CREATE           | VirtualMachine  | Scheduled, Started, Completed          | creating VM snapshot. VM Id:                    |
      | createTemplate                 | owner      | name             | t1              | ostypeid          | ostype:CentOS 7                                         | volumeid         | volume:r1       | name             | t1              | displaytext      | t1              | TEMPLATE-CREATE             | Template        | Created, Scheduled, Started, Completed | creating template. Template Id:                 |
      | startVirtualMachine            | owner      | id               | vm:vm1          | id                | vm:vm1                                                  | id               | vm:vm1          | id               | vm:vm1          | id               | vm:vm1          | VM-START                    | VirtualMachine  | Scheduled, Started, Completed          | starting Vm. Vm Id:                             |
      | stopVirtualMachine             | owner      | id               | vm:vm2          | id                | vm:vm2                                                  | id               | vm:vm2          | id               | vm:vm2          | id               | vm:vm2          | VM-STOP                     | VirtualMachine  | Scheduled, Started, Completed          | stopping Vm. Vm Id:                             |
      | rebootVirtualMachine           | owner      | id               | vm:vm2          | id                | vm:vm2                                                  | id               | vm:vm2          | id               | vm:vm2          | id               | vm:vm2          | VM-REBOOT                   | VirtualMachine  | Scheduled, Started, Completed          | rebooting Vm. Vm Id:                            |
      | destroyVirtualMachine          | owner      | id               | vm:vm1          | id                | vm:vm1                                                  | id               | vm:vm1          | id               | vm:vm1          | id               | vm:vm1          | VM-DESTROY                  | VirtualMachine  | Scheduled, Started, Completed          | destroying Vm. Vm Id:                           |
      | updateVirtualMachine           | owner      | id               | vm:vm1          | displayname       | x                                                       | id               | vm:vm1          | id               | vm:vm1          | id               | vm:vm1          | VM-UPDATE                   | VirtualMachine  | Completed                              | updating Vm. Vm Id:                             |
      | changeServiceForVirtualMachine | owner      | id               | vm:vm1          | serviceofferingid | service:Medium Instance                                 | id               | vm:vm1          | id               | vm:vm1          | id               | vm:vm1          | VM-UPGRADE                  | VirtualMachine  | Completed                              | upgrading Vm. Vm Id:                            |
      | createDomain                   | root admin | name             | d               | name              | d                                                       | name             | d               | name             | d               | name             | d               | DOMAIN-CREATE               | Domain          | Completed                              | creating Domain. Domain Name:                   |
      | updateDomain                   | root admin | id               | domain:owner    | name              | d                                                       | id               | domain:owner    | id               | domain:owner    | id               | domain:owner    | DOMAIN-UPDATE               | Domain          | Completed                              | updating Domain. Domain Id:                     |
      | deleteDomain                   | root admin | id               | domain:stranger | cleanup           | true                                                    | id               | domain:stranger | id               | domain:stranger | id               | domain:stranger | DOMAIN-DELETE               | Domain          | Scheduled, Started, Completed          | deleting Domain. Domain Id:                     |
      | updateAccount                  | root admin | id               | accountid:owner | newname           | a                                                       | id               | accountid:owner | id               | accountid:owner | id               | accountid:owner | ACCOUNT-UPDATE              | Account         | Started, Completed                     | updating account                                |
      | disableAccount                 | root admin | id               | accountid:other | lock              | false                                                   | id               | accountid:other | id               | accountid:other | id               | accountid:other | ACCOUNT-DISABLE             | Account         | Scheduled, Started, Completed          | disabling account. Account Name: null           |
      | deleteAccount                  | root admin | id               | accountid:other | id                | accountid:other                                         | id               | accountid:other | id               | accountid:other | id               | accountid:other | ACCOUNT-DELETE              | Account         | Scheduled, Started, Completed          | deleting account. Account ID:                   |
      | updateUser                     | root admin | id               | userid:owner    | firstname         | a                                                       | id               | userid:owner    | id               | userid:owner    | id               | userid:owner    | USER-UPDATE                 | User            | Completed                              | Updating User. UserId:                          |
      | disableUser                    | root admin | id               | userid:other    | id                | userid:other                                            | id               | userid:other    | id               | userid:other    | id               | userid:other    | USER-DISABLE                | User            | Scheduled, Started, Completed          | disabling User. UserId:                         |
      | lockUser                       | root admin | id               | userid:other    | id                | userid:other                                            | id               | userid:other    | id               | userid:other    | id               | userid:other    | USER-LOCK                   | User            | Completed                              | locking User                                    |
      | deleteUser                     | root admin | id               | userid:other    | id                | userid:other                                            | id               | userid:other    | id               | userid:other    | id               | userid:other    | USER-DELETE                 | User            | Completed                              | deleting User. UserId:                          |
      | createProject                  | owner      | name             | p               | displaytext       | p                                                       | name             | p               | name             | p               | name             | p               | PROJECT-CREATE              | Project         | Created, Scheduled, Started, Completed | creating project                                |
      | createRole                     | root admin | name             | r               | type              | User                                                    | name             | r               | name             | r               | name             | r               | ROLE-CREATE                 | Role            | Completed                              | creating Role. Role:                            |
      | createNetwork                  | owner      | name             | n               | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService | zoneid           | zone:a-zone     | name             | n               | name             | n               | NETWORK-CREATE              | Network         | Completed                              | creating network. Network Id:                   |
      | associateIpAddress             | owner      | zoneid           | zone:a-zone     | zoneid            | zone:a-zone                                             | zoneid           | zone:a-zone     | zoneid           | zone:a-zone     | zoneid           | zone:a-zone     | NET-IPASSIGN                | IpAddress       | Created, Scheduled, Started, Completed | associating Ip. IP ID:                          |
      | createDiskOffering             | root admin | name             | o               | displaytext       | o                                                       | disksize         | 1               | name             | o               | name             | o               | DISK-OFFERING-CREATE        | DiskOffering    | Completed                              | creating disk offering. Disk offering id=       |
      | createServiceOffering          | root admin | name             | o               | displaytext       | o                                                       | cpunumber        | 1               | cpuspeed         | 100             | memory           | 64              | SERVICE-OFFERING-CREATE     | ServiceOffering | Completed                              | creating service offering. Service offering id= |

  @CS-EVT-006 @SPEC-08 @extended
  Scenario: [CS-EVT-006] The events of restoreVirtualMachine end when it is accepted
    Given the events so far are known
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then the request succeeds
    And the events of type VM-RESTORE are "Scheduled" and about VirtualMachine
    And the last event of type VM-RESTORE says "Restore a VM to original template"

  @CS-EVT-007 @SPEC-08 @extended
  Scenario: [CS-EVT-007] The events of extractVolume, wherever it ends
    Given a running KVM VM "vm2" with ROOT volume "r2"
    And a Ready data volume "d3" made on VM "vm2"
    And the events so far are known
    When the owner calls extractVolume with
      | id     | volume:d3     |
      | mode   | HTTP_DOWNLOAD |
      | zoneid | zone:a-zone   |
    Then the events of type VOLUME-EXTRACT are "Scheduled, Started, Completed" and about Volume
    And the last event of type VOLUME-EXTRACT says "Successfully completed extracting volume. "

  @CS-EVT-002 @SPEC-08 @extended
  Scenario: [CS-EVT-002] The events of migrateVolume
    Given the events so far are known
    When the root admin calls migrateVolume with
      | volumeid  | volume:d1         |
      | storageid | beside:d1         |
    Then the request succeeds
    And the last event of type VOLUME-MIGRATE says "Successfully completed migrating volume"

  @CS-EVT-003 @SPEC-08 @extended
  Scenario: [CS-EVT-003] The events of a job that failed end with an error
    Given the events so far are known
    When the owner attaches volume "d1" to VM "vm1"
    Then the request is refused because already-attached
    And the events of type VOLUME-ATTACH are "Scheduled, Started, Completed!" and about Volume
    And the last event of type VOLUME-ATTACH says "Error while attaching volume. Volume Id: "

  @CS-EVT-011 @SPEC-08 @extended
  Scenario: [CS-EVT-011] That a job was accepted is in the log of the owner, how it ended in that of the caller
    When the root admin attaches volume "d2" to VM "vm1"
    Then the request succeeds
    When the owner calls listEvents with
      | type         | VOLUME.ATTACH |
      | resourcetype | Volume        |
      | resourceid   | volume:d2     |
    Then the answer counts 1 and has 1
    And the answer shows
      | state   | Scheduled     |
      | account | account:owner |

  @CS-EVT-004 @SPEC-08 @extended
  Scenario: [CS-EVT-004] A refusal at once is an event of its command
    Given the events so far are known
    When the root admin calls createDomain with
      | name | a/b |
    Then the request is refused because domain-name-slash
    And the last event of type DOMAIN-CREATE says "Error while creating Domain. Domain Name: "

  @CS-EVT-005 @SPEC-08 @extended
  Scenario: [CS-EVT-005] A destroyed VM says which disks it gave away
    Given the events so far are known
    When the owner destroys VM "vm1"
    Then the request succeeds
    And the last event of type VOLUME-DETACH says "Successfully completed detaching volume. Volume Type: DATADISK Volume Id: "

  @CS-EVT-008 @SPEC-08 @extended
  Scenario: [CS-EVT-008] A new VM says which ROOT was made for it
    Given the events so far are known
    When the owner deploys a VM with
      | startvm | false |
    Then the request succeeds
    And the events of type VOLUME-CREATE are "Created" and about Volume
    And the last event of type VOLUME-CREATE says "Successfully created entity for creating ROOT volume. Volume Type: ROOTVolume Id: "

  @CS-EVT-008 @SPEC-08 @extended
  Scenario: [CS-EVT-008] A new VM says which data disk was made for it
    Given the events so far are known
    When the owner deploys a VM with
      | startvm        | false      |
      | diskofferingid | disk:Small |
    Then the request succeeds
    And the last event of type VOLUME-CREATE says "Successfully created entity for creating volume. Volume Type: DATADISKVolume Id: "

  @CS-EVT-009 @SPEC-08 @extended
  Scenario: [CS-EVT-009] A disk that is destroyed with its VM says so
    Given the events so far are known
    When the owner calls destroyVirtualMachine with
      | id        | vm:vm1    |
      | volumeids | volume:d1 |
    Then the request succeeds
    And the last event of type VOLUME-DESTROY says "Successfully completed destroying a volume. Volume Type: DATADISK Volume Id: "

  @CS-EVT-009 @SPEC-08 @admin
  Scenario: [CS-EVT-009] A ROOT that is expunged with its VM says so
    Given the events so far are known
    When the root admin calls destroyVirtualMachine with
      | id      | vm:vm1 |
      | expunge | true   |
    Then the request succeeds
    And the last event of type VOLUME-DESTROY says "Successfully completed destroying a volume. Volume Type: ROOT Volume Id: "

  @CS-EVT-012 @SPEC-08 @extended
  Scenario: [CS-EVT-012] The first VM of a network has it implemented: a VLAN, and an address with its rules
    Given the events so far are known
    When the owner calls createNetwork with
      | name              | n                                                       |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:a-zone                                             |
    Then the request succeeds
    When the owner deploys a VM with
      | networkids | network:n |
    Then the request succeeds
    And the events of type ZONE-VLAN-ASSIGN are "Completed" and about Network
    And the last event of type ZONE-VLAN-ASSIGN says "Assigned Zone Vlan: "
    And the events of type FIREWALL-OPEN are "Created" and about FirewallRule
    And the last event of type FIREWALL-OPEN says "Successfully created entity for creating firewall rule"

  @CS-EVT-013 @SPEC-08 @extended
  Scenario: [CS-EVT-013] A public address comes with rules of the system
    Given the events so far are known
    When the owner calls associateIpAddress with
      | zoneid | zone:a-zone |
    Then the request succeeds
    And the events of type FIREWALL-OPEN are "Created" and about FirewallRule
    And the last event of type FIREWALL-OPEN says "Successfully created entity for creating firewall rule"
