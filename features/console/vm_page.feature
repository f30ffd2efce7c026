@console @browser
Feature: The page of a VM in the console

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-CNS-001 @SPEC-09 @core
  Scenario Outline: [CS-CNS-001] The ROOT of a stopped VM is detached <way>
    When the owner opens the page of VM "vm1"
    Then "Detach ROOT" is offered
    When "Detach ROOT" is chosen <way>
    Then volume "r1" is a detached DATADISK
    And the page begins by proposing a ROOT volume

    Examples:
      | way         |
      | by mouse    |
      | by keyboard |

  @CS-CNS-002 @SPEC-09 @core @DET-11
  Scenario: [CS-CNS-002] The ROOT of a running VM is shown, and refused with its reason
    Given VM "vm1" is Running
    When the owner opens the page of VM "vm1"
    Then "Detach ROOT" is refused there because vm-not-stopped
    And the page proposes no ROOT volume

  @CS-CNS-003 @SPEC-10 @core
  Scenario Outline: [CS-CNS-003] A ROOT is attached to a stopped VM <way>
    Given volume "r1" has been detached
    When the owner opens the page of VM "vm1"
    And "Attach as ROOT" is chosen for volume "r1" <way>
    Then volume "r1" is the ROOT of VM "vm1" at device 0
    And the page proposes no ROOT volume

    Examples:
      | way         |
      | by mouse    |
      | by keyboard |

  @CS-CNS-004 @SPEC-10 @core
  Scenario: [CS-CNS-004] Another volume becomes the ROOT
    Given volume "r1" has been detached
    And volume "d1" has been detached
    When the owner opens the page of VM "vm1"
    And "Attach as ROOT" is chosen for volume "d1" by mouse
    Then volume "d1" is the ROOT of VM "vm1" at device 0

  @CS-CNS-005 @SPEC-11 @core
  Scenario: [CS-CNS-005] A VM with a ROOT is proposed none
    When the owner opens the page of VM "vm1"
    Then the page proposes no ROOT volume
    And "Attach as ROOT" is not shown

  @CS-CNS-006 @SPEC-11 @core @STA-04
  Scenario: [CS-CNS-006] That a VM has no ROOT is said before anything else
    Given volume "r1" has been detached
    When the owner opens the page of VM "vm1"
    Then the page begins by proposing a ROOT volume
    And "Attach as ROOT" is offered for volume "r1"
    And "Start" is refused there because root-missing

  @CS-CNS-007 @SPEC-11 @extended @ATT-21
  Scenario: [CS-CNS-007] A volume of another hypervisor is excluded
    Given volume "r1" has been detached
    And a stopped VMware VM "vm2" with ROOT volume "r2"
    And volume "r2" has been detached
    When the owner opens the page of VM "vm1"
    Then volume "r2" is excluded because hypervisor-mismatch

  @CS-CNS-008 @SPEC-11 @extended @ATT-18
  Scenario: [CS-CNS-008] A volume of another owner is excluded
    Given volume "r1" has been detached
    And a stopped VM "vm2" with ROOT volume "r2" of the other
    And volume "r2" has been detached
    When the root admin opens the page of VM "vm1"
    Then volume "r2" is excluded because different-owners

  @CS-CNS-009 @SPEC-11 @extended @ATT-07
  Scenario: [CS-CNS-009] A volume of another zone is excluded
    Given volume "r1" has been detached
    And a stopped VM "vm2" with ROOT volume "r2" in zone "another-zone"
    And volume "r2" has been detached
    When the owner opens the page of VM "vm1"
    Then volume "r2" is excluded because other-zone

  @CS-CNS-010 @SPEC-11 @extended @ATT-11
  Scenario: [CS-CNS-010] A volume on managed storage is excluded
    Given volume "r1" has been detached
    And volume "d1" has been detached
    And volume "d1" lies on managed storage
    When the owner opens the page of VM "vm1"
    Then volume "d1" is excluded because managed-storage

  @CS-CNS-011 @SPEC-11 @extended @ATT-02
  Scenario: [CS-CNS-011] A volume that another VM uses is excluded
    Given volume "r1" has been detached
    And a stopped VM "vm2" with ROOT volume "r2"
    When the owner opens the page of VM "vm1"
    Then volume "r2" is excluded because already-attached
