@usecase
Feature: Use case 2: repair a ROOT volume on another VM

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1"
    And volume "r1" has been detached

  @CS-UC2-001 @SPEC-02 @SPEC-15 @core @smoke
  Scenario Outline: [CS-UC2-001] A corrupted ROOT of vm1 is repaired on a <state> vm2 and returned
    Given a <state> VM "vm2" with ROOT volume "r2"
    When the owner attaches volume "r1" to VM "vm2"
    Then the request succeeds
    And volume "r1" is a DATADISK of VM "vm2" at device 1
    When the owner detaches volume "r1"
    Then the request succeeds
    When the owner attaches volume "r1" to VM "vm1" as device 0
    Then the request succeeds
    When the owner starts VM "vm1"
    Then VM "vm1" is Running

    Examples:
      | state   |
      | stopped |
      | running |

  @CS-UC2-003 @SPEC-02 @SPEC-14 @extended @ATT-21
  Scenario: [CS-UC2-003] vm2 of another hypervisor is refused
    Given a stopped VMware VM "vm2" with ROOT volume "r2"
    When the owner attaches volume "r1" to VM "vm2"
    Then the request is refused because hypervisor-mismatch

  @CS-UC2-004 @SPEC-02 @extended @ATT-14
  Scenario: [CS-UC2-004] A full vm2 is refused, a third VM takes it
    Given a stopped VM "vm2" with ROOT volume "r2"
    And a stopped VM "vm3" with ROOT volume "r3"
    And the setting "max.account.volumes" is "-1"
    And the setting "max.account.primary.storage" is "-1"
    And VM "vm2" has 32 more data volumes
    When the owner attaches volume "r1" to VM "vm2"
    Then the request is refused because too-many-disks
    When the owner attaches volume "r1" to VM "vm3"
    Then the request succeeds

  @CS-UC2-005 @SPEC-02 @SPEC-03 @extended
  Scenario: [CS-UC2-005] vm2 of another account is refused
    Given a stopped VM "vm2" with ROOT volume "r2" of the other
    When the owner attaches volume "r1" to VM "vm2"
    Then the request is refused because permission-denied

  @CS-UC2-008 @SPEC-02 @extended
  Scenario: [CS-UC2-008] Two roots on one rescue VM
    Given a stopped VM "vm2" with ROOT volume "r2"
    And a running VM "vm3" with ROOT volume "r3"
    And volume "r2" has been detached
    When the owner attaches volume "r1" to VM "vm3"
    And the owner attaches volume "r2" to VM "vm3"
    Then VM "vm3" has exactly these volumes
      | volume | type     | device |
      | r3     | ROOT     | 0      |
      | r1     | DATADISK | 1      |
      | r2     | DATADISK | 2      |

  @CS-UC2-006 @SPEC-02 @extended
  Scenario: [CS-UC2-006] vm1 is expunged meanwhile: the volume survives and another VM gets it
    Given a stopped VM "vm2" with ROOT volume "r2"
    And volume "r2" has been detached
    When the root admin destroys VM "vm1"
    And the root admin expunges VM "vm1"
    Then the request succeeds
    When the owner attaches volume "r1" to VM "vm2" as device 0
    And the owner starts VM "vm2"
    Then VM "vm2" is Running
    And volume "r1" is the ROOT of VM "vm2" at device 0

  @CS-UC2-007 @SPEC-02 @SPEC-15 @extended
  Scenario: [CS-UC2-007] Two requests put the ROOT itself on vm2, and nothing is copied
    Given a stopped VM "vm2" with ROOT volume "r2"
    And volume "r1" has been attached to VM "vm1" as device 0
    When the owner detaches volume "r1"
    And the owner attaches volume "r1" to VM "vm2"
    Then volume "r1" is a DATADISK of VM "vm2" at device 1
    And the requests were "detachVolume, attachVolume"
    And hosts were told "CopyCommand" 0 times

  @CS-UC2-007 @SPEC-02 @extended
  Scenario: [CS-UC2-007] The way by a snapshot took three requests and two copies, and gave no ROOT
    Given a stopped VM "vm2" with ROOT volume "r2"
    And volume "r1" has been attached to VM "vm1" as device 0
    When the owner calls createSnapshot with
      | volumeid | volume:r1 |
    And the owner calls createVolume with
      | snapshotid | last:id |
    And the owner calls attachVolume with
      | id               | last:id |
      | virtualmachineid | vm:vm2  |
    Then the request succeeds
    And hosts were told "CopyCommand" 2 times
    And VM "vm2" has 2 volumes, each at a device of its own
