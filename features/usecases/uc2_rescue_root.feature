@usecase
Feature: Use case 2: repair a ROOT volume on another VM

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1"
    And volume "r1" has been detached

  @CS-UC2-001 @SPEC-02 @SPEC-15 @core @smoke
  Scenario Outline: [CS-UC2-001] A corrupted ROOT of vm1 is repaired on a <state> vm2 and returned
    Given a <state> VM "vm2" with ROOT volume "r2"
    When the owner attaches volume "r1" to VM "vm2"
    Then the job succeeds
    And volume "r1" is a DATADISK of VM "vm2" at device 1
    When the owner detaches volume "r1"
    Then the job succeeds
    When the owner attaches volume "r1" to VM "vm1" as device 0
    Then the job succeeds
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
    Then the job succeeds

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
