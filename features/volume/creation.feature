@volume
Feature: Create a volume

  @CS-CRT-001 @SPEC-03 @core
  Scenario: [CS-CRT-001] A created volume is counted, and has no storage before its first attach
    Given an Allocated data volume "d1"
    Then volume "d1" is a detached DATADISK
    And field "storageid" of volume "d1" is "absent"
    And the owner owns 1 volumes of 5 GiB in all

  @CS-CRT-002 @SPEC-03 @core @CRE-01
  Scenario: [CS-CRT-002] A user creates no volume for another account
    When the owner calls createVolume with
      | zoneid         | zone:a-zone   |
      | diskofferingid | disk:Small    |
      | account        | account:other |
      | domainid       | domain:other  |
    Then the request is refused because permission-denied

  @CS-CRT-003 @SPEC-03 @extended @CRE-02
  Scenario: [CS-CRT-003] Neither disk offering nor snapshot
    When the owner calls createVolume with
      | zoneid | zone:a-zone |
    Then the request is refused because no-offering

  @CS-CRT-004 @SPEC-03 @extended @CRE-03
  Scenario: [CS-CRT-004] A size for a disk offering of fixed size
    When the owner calls createVolume with
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:Small  |
      | size           | 7           |
    Then the request is refused because size-not-free

  @CS-CRT-005 @SPEC-03 @extended @CRE-04
  Scenario: [CS-CRT-005] No size for a disk offering of any size
    When the owner calls createVolume with
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:Custom |
    Then the request is refused because size-missing

  @CS-CRT-006 @SPEC-03 @extended @CRE-05
  Scenario: [CS-CRT-006] A size of nothing
    When the owner calls createVolume with
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:Custom |
      | size           | 0           |
    Then the request is refused because size-zero

  @CS-CRT-007 @SPEC-03 @extended @CRE-06
  Scenario: [CS-CRT-007] A size out of the allowed range
    When the owner calls createVolume with
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:Custom |
      | size           | 999999      |
    Then the request is refused because size-out-of-range

  @CS-CRT-008 @SPEC-03 @extended @CRE-07
  Scenario: [CS-CRT-008] No zone
    When the owner calls createVolume with
      | diskofferingid | disk:Small |
    Then the request is refused because no-zone

  @CS-CRT-009 @SPEC-03 @extended @CRE-09
  Scenario: [CS-CRT-009] A local disk offering in a zone without local storage
    When the owner calls createVolume with
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:Local  |
    Then the request is refused because no-local-storage-at-once

  @CS-CRT-010 @SPEC-03 @core @CRE-13
  Scenario Outline: [CS-CRT-010] No volume beyond the account's <limit>
    Given the setting "max.account.<setting>" is "<value>"
    When the owner calls createVolume with
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:Small  |
    Then the request is refused because <reason>

    Examples:
      | limit           | setting         | value | reason        |
      | number          | volumes         | 0     | volume-limit  |
      | primary storage | primary.storage | 4     | storage-limit |

  @CS-CRT-012 @SPEC-03 @extended @CRE-10
  Scenario: [CS-CRT-012] A volume from a snapshot goes to a user's VM
    Given a stopped VM "vm1" with ROOT volume "r1"
    And a snapshot "s1" of volume "r1"
    And the kind of VM "vm1" is DomainRouter
    When the root admin calls createVolume with
      | snapshotid       | snapshot:s1 |
      | virtualmachineid | vm:vm1      |
    Then the request is refused because not-a-user-vm-at-once

  @CS-CRT-013 @SPEC-03 @extended @CRE-11
  Scenario: [CS-CRT-013] A volume from a snapshot goes to a Running or Stopped VM
    Given a stopped VM "vm1" with ROOT volume "r1"
    And a snapshot "s1" of volume "r1"
    And VM "vm1" is Destroyed
    When the root admin calls createVolume with
      | snapshotid       | snapshot:s1 |
      | virtualmachineid | vm:vm1      |
    Then the request is refused because vm-state-at-once

  @CS-CRT-014 @SPEC-03 @extended @CRE-12
  Scenario: [CS-CRT-014] A volume from a snapshot goes to a VM of one's own
    Given a stopped VM "vm1" with ROOT volume "r1"
    And a stopped VM "vm2" with ROOT volume "r2" of the other
    And a snapshot "s1" of volume "r1"
    When the owner calls createVolume with
      | snapshotid       | snapshot:s1 |
      | virtualmachineid | vm:vm2      |
    Then the request is refused because permission-denied

  @CS-CRT-015 @SPEC-03 @extended
  Scenario: [CS-CRT-015] A volume from a snapshot of a ROOT is attached as data disk
    Given a stopped VM "vm1" with ROOT volume "r1"
    And a snapshot "s1" of volume "r1"
    When the owner calls createVolume with
      | snapshotid       | snapshot:s1 |
      | virtualmachineid | vm:vm1      |
    Then the request succeeds
    And VM "vm1" has 2 volumes, each at a device of its own
