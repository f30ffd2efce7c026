@volume
Feature: Change the disk offering of a volume

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-COV-001 @SPEC-03 @extended
  Scenario: [CS-COV-001] A volume has the size of its new offering
    When the owner calls changeOfferingForVolume with
      | id             | volume:d1   |
      | diskofferingid | disk:Medium |
    Then the request succeeds
    And field "size" of volume "d1" is "21474836480"
    And hosts were told "ResizeVolumeCommand" 1 times

  @CS-COV-002 @SPEC-03 @extended
  Scenario: [CS-COV-002] An offering of the same size asks nothing of a host
    When the root admin calls createDiskOffering with
      | name        | same |
      | displaytext | text |
      | disksize    | 5    |
    Then the request succeeds
    When the owner calls changeOfferingForVolume with
      | id             | volume:d1 |
      | diskofferingid | disk:same |
    Then the request succeeds
    And field "diskofferingname" of volume "d1" is "same"
    And hosts were told "ResizeVolumeCommand" 0 times

  @CS-COV-003 @SPEC-03 @extended @COV-01
  Scenario: [CS-COV-003] A volume deleted meanwhile keeps its offering
    Given an Allocated data volume "d2"
    When the owner asks all at once
      | command                 | id        | diskofferingid |
      | changeOfferingForVolume | volume:d2 | disk:Medium    |
      | deleteVolume            | volume:d2 |                |
    Then 1 of the requests succeeded
    And 1 of the requests failed because no-such-volume

  @CS-COV-004 @needs-stage @SPEC-03 @extended @REQ-06
  Scenario: [CS-COV-004] A volume given away meanwhile keeps its offering
    Given an Allocated data volume "d2"
    When the owner asks all at once
      | command                 | id        | diskofferingid | who        | volumeid  | accountid       |
      | changeOfferingForVolume | volume:d2 | disk:Medium    | owner      |           |                 |
      | assignVolume            |           |                | root admin | volume:d2 | accountid:other |
    Then 1 of the requests succeeded
    And 1 of the requests failed because permission-denied-late

  @CS-COV-005 @SPEC-03 @extended @COV-03 @unless-encryption-changes
  Scenario: [CS-COV-005] An offering does not change encryption
    When the owner calls changeOfferingForVolume with
      | id             | volume:d1      |
      | diskofferingid | disk:Encrypted |
    Then the request is refused because encryption-type-differs

  @CS-COV-006 @SPEC-03 @extended @COV-04
  Scenario: [CS-COV-006] A new offering is one for the owner of the volume
    When the root admin calls createDiskOffering with
      | name        | theirs          |
      | displaytext | text            |
      | disksize    | 9               |
      | domainid    | domain:stranger |
    Then the request succeeds
    When the root admin calls changeOfferingForVolume with
      | id             | volume:d1   |
      | diskofferingid | disk:theirs |
    Then the request is refused because offering-denied

  @CS-COV-007 @SPEC-03 @extended @COV-05
  Scenario: [CS-COV-007] An offering of any size comes with one
    When the owner calls changeOfferingForVolume with
      | id             | volume:d1   |
      | diskofferingid | disk:Custom |
    Then the request is refused because change-size-missing
    When the owner calls changeOfferingForVolume with
      | id             | volume:d1   |
      | diskofferingid | disk:Custom |
      | size           | 7           |
    Then the request succeeds
    And field "size" of volume "d1" is "7516192768"

  @CS-COV-008 @SPEC-03 @extended @COV-06 @COV-07
  Scenario: [CS-COV-008] Iops to change to come in pairs
    When the root admin calls createDiskOffering with
      | name           | iops |
      | displaytext    | text |
      | disksize       | 5    |
      | customizediops | true |
    Then the request succeeds
    When the owner calls changeOfferingForVolume with
      | id             | volume:d1 |
      | diskofferingid | disk:iops |
      | miniops        | 5         |
    Then the request is refused because change-iops-alone
    When the owner calls changeOfferingForVolume with
      | id             | volume:d1 |
      | diskofferingid | disk:iops |
      | miniops        | 7         |
      | maxiops        | 6         |
    Then the request is refused because change-iops-crossed

  @CS-COV-009 @SPEC-03 @extended @COV-08
  Scenario: [CS-COV-009] A size that an offering fixes stays
    When the root admin calls createDiskOffering with
      | name               | strict |
      | displaytext        | text   |
      | disksize           | 5      |
      | disksizestrictness | true   |
    Then the request succeeds
    When the root admin calls createDiskOffering with
      | name               | stricter |
      | displaytext        | text     |
      | disksize           | 6        |
      | disksizestrictness | true     |
    Then the request succeeds
    Given an Allocated data volume "d2" with disk offering "strict"
    When the owner calls changeOfferingForVolume with
      | id             | volume:d2     |
      | diskofferingid | disk:stricter |
    Then the request is refused because change-size-fixed

  @CS-COV-010 @SPEC-03 @extended @COV-09 @unless-same-offering-again
  Scenario: [CS-COV-010] A volume does not change to the offering it has
    When the owner calls changeOfferingForVolume with
      | id             | volume:d1  |
      | diskofferingid | disk:Small |
    Then the request is refused because offering-already

  @CS-COV-011 @SPEC-03 @extended @COV-10
  Scenario: [CS-COV-011] No change to an offering that fixes the size
    When the root admin calls createDiskOffering with
      | name               | strict |
      | displaytext        | text   |
      | disksize           | 5      |
      | disksizestrictness | true   |
    Then the request succeeds
    When the owner calls changeOfferingForVolume with
      | id             | volume:d1   |
      | diskofferingid | disk:strict |
    Then the request is refused because change-strictness-differs

  @CS-COV-012 @SPEC-03 @extended @COV-11 @COV-27 @COV-29
  Scenario: [CS-COV-012] A new offering has at least the tags of the old one, and a storage with them
    When the owner calls changeOfferingForVolume with
      | id             | volume:d1    |
      | diskofferingid | disk:Managed |
    Then the request is refused because volume-must-go
    When the owner calls changeOfferingForVolume with
      | id             | volume:d1    |
      | diskofferingid | disk:Nowhere |
      | automigrate    | true         |
    Then the request is refused because nowhere-roomy
    When the root admin calls changeOfferingForVolume with
      | id             | volume:d1    |
      | diskofferingid | disk:Managed |
      | automigrate    | true         |
    Then the request succeeds
    And field "storage" of volume "d1" is "a-managed-pool"
    When the owner calls changeOfferingForVolume with
      | id             | volume:d1  |
      | diskofferingid | disk:Small |
    Then the request is refused because change-tags-missing

  @CS-COV-013 @SPEC-03 @extended @COV-12
  Scenario: [CS-COV-013] An offering grows a ROOT of a Stopped VM only
    Given VM "vm1" is Running
    When the owner calls changeOfferingForVolume with
      | id             | volume:r1   |
      | diskofferingid | disk:Medium |
    Then the request is refused because change-root-of-running-vm

  @CS-COV-014 @SPEC-03 @extended @COV-13
  Scenario: [CS-COV-014] A VM snapshot with memory blocks a change of size
    Given VM "vm1" is Running
    When the owner calls createVMSnapshot with
      | virtualmachineid | vm:vm1 |
      | snapshotmemory   | true   |
    Then the request succeeds
    When the owner calls changeOfferingForVolume with
      | id             | volume:d1   |
      | diskofferingid | disk:Medium |
    Then the request is refused because change-vm-snapshots

  @CS-COV-015 @SPEC-03 @extended @COV-14 @COV-15
  Scenario: [CS-COV-015] No offering makes a volume smaller than nothing or larger than all
    When the owner calls changeOfferingForVolume with
      | id             | volume:d1   |
      | diskofferingid | disk:Custom |
      | size           | -1          |
    Then the request is refused because change-size-below-nothing
    When the owner calls changeOfferingForVolume with
      | id             | volume:d1   |
      | diskofferingid | disk:Custom |
      | size           | 2001        |
    Then the request is refused because change-size-above-all

  @CS-COV-016 @SPEC-03 @extended @COV-16
  Scenario: [CS-COV-016] A managed KVM disk changes its size at rest
    Given VM "vm1" is Running
    And volume "d1" lies on managed storage
    When the owner calls changeOfferingForVolume with
      | id             | volume:d1   |
      | diskofferingid | disk:Medium |
    Then the request is refused because managed-kvm-running

  @CS-COV-017 @SPEC-03 @extended @COV-17 @unless-no-shared-fs
  Scenario: [CS-COV-017] No offering shrinks a disk of a shared file system
    Given the kind of VM "vm1" is SharedFS
    When the owner calls changeOfferingForVolume with
      | id             | volume:d1   |
      | diskofferingid | disk:Custom |
      | size           | 1           |
      | shrinkok       | true        |
    Then the request is refused because change-shared-fs-shrinks

  @CS-COV-018 @needs-KVM @SPEC-03 @extended @COV-18
  Scenario: [CS-COV-018] No offering shrinks a QCOW2 image
    When the owner calls changeOfferingForVolume with
      | id             | volume:d1   |
      | diskofferingid | disk:Custom |
      | size           | 1           |
      | shrinkok       | true        |
    Then the request is refused because change-qcow2-shrinks

  @CS-COV-019 @SPEC-03 @extended @COV-19
  Scenario: [CS-COV-019] A shrink by an offering is signed off
    Given an Allocated data volume "d2"
    When the owner calls changeOfferingForVolume with
      | id             | volume:d2   |
      | diskofferingid | disk:Custom |
      | size           | 1           |
    Then the request is refused because change-shrink-unsigned
    When the owner calls changeOfferingForVolume with
      | id             | volume:d2   |
      | diskofferingid | disk:Custom |
      | size           | 1           |
      | shrinkok       | true        |
    Then the request succeeds
    And field "size" of volume "d2" is "1073741824"

  @CS-COV-020 @SPEC-03 @extended @COV-20
  Scenario: [CS-COV-020] No offering shrinks a XenServer disk
    Given a stopped XenServer VM "vm2" with ROOT volume "r2"
    And a Ready data volume "d2" made on VM "vm2"
    When the owner calls changeOfferingForVolume with
      | id             | volume:d2   |
      | diskofferingid | disk:Custom |
      | size           | 1           |
      | shrinkok       | true        |
    Then the request is refused because change-xenserver-shrinks

  @CS-COV-021 @SPEC-03 @extended @COV-21
  Scenario: [CS-COV-021] An offering's growth fits into the account's primary storage
    Given the setting "max.account.primary.storage" is "9"
    When the owner calls changeOfferingForVolume with
      | id             | volume:d1   |
      | diskofferingid | disk:Medium |
    Then the request is refused because change-growth-too-large

  @CS-COV-022 @SPEC-03 @extended @COV-22
  Scenario: [CS-COV-022] No change of size while a snapshot is taken
    Given a Ready data volume "d2" made on VM "vm1"
    When the root admin calls rootswapStrike with
      | operation | CopyCommand |
      | mode      | slow        |
      | seconds   | 20          |
    And the owner asks all at once
      | command                 | volumeid  | id        | diskofferingid | during snapshot of |
      | createSnapshot          | volume:d2 |           |                |                    |
      | changeOfferingForVolume |           | volume:d2 | disk:Medium    | d2                 |
    Then 1 of the requests succeeded
    And 1 of the requests failed because snapshot-while-resizing

  @CS-COV-023 @SPEC-03 @extended @COV-23
  Scenario: [CS-COV-023] LXC does not change a size
    Given a stopped LXC VM "vm2" with ROOT volume "r2"
    And a Ready data volume "d2" made on VM "vm2"
    When the owner calls changeOfferingForVolume with
      | id             | volume:d2   |
      | diskofferingid | disk:Medium |
    Then the request is refused because change-unsupported

  @CS-COV-024 @SPEC-03 @extended @COV-24
  Scenario: [CS-COV-024] A volume that is on its way keeps its size
    Given volume "d1" is in state Migrating
    When the owner calls changeOfferingForVolume with
      | id             | volume:d1   |
      | diskofferingid | disk:Medium |
    Then the request is refused because not-settled-to-change

  @CS-COV-025 @SPEC-03 @extended @COV-25
  Scenario: [CS-COV-025] No offering shrinks a VMware disk
    Given a stopped VMware VM "vm2" with ROOT volume "r2"
    And a Ready data volume "d2" made on VM "vm2"
    When the owner calls changeOfferingForVolume with
      | id             | volume:d2   |
      | diskofferingid | disk:Custom |
      | size           | 1           |
      | shrinkok       | true        |
    Then the request is refused because change-vmware-shrinks

  @CS-COV-026 @SPEC-03 @extended @COV-26
  Scenario: [CS-COV-026] The iops of a VMware ROOT change while its VM is off
    Given a running VMware VM "vm2" with ROOT volume "r2"
    When the root admin calls createDiskOffering with
      | name           | iops |
      | displaytext    | text |
      | disksize       | 2    |
      | customizediops | true |
    Then the request succeeds
    When the owner calls changeOfferingForVolume with
      | id             | volume:r2 |
      | diskofferingid | disk:iops |
      | miniops        | 5         |
      | maxiops        | 6         |
    Then the request is refused because vmware-root-is-on

  @CS-COV-027 @SPEC-03 @extended @COV-28
  Scenario: [CS-COV-027] A volume that may not move has nowhere to go for its offering
    Given a running Simulator VM "vm2" with ROOT volume "r2"
    When the root admin calls createDiskOffering with
      | name        | two  |
      | displaytext | text |
      | disksize    | 2    |
    Then the request succeeds
    When the owner calls changeOfferingForVolume with
      | id             | volume:r2 |
      | diskofferingid | disk:two  |
      | automigrate    | true      |
    Then the request is refused because nowhere-to-go
