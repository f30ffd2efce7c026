@volume
Feature: Detach a data volume

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-DTD-001 @SPEC-03 @core
  Scenario: [CS-DTD-001] A data volume leaves a stopped VM
    When the owner detaches volume "d1"
    Then the request succeeds
    And VM "vm1" has exactly these volumes
      | volume | type | device |
      | r1     | ROOT | 0      |

  @CS-DTD-002 @SPEC-03 @core
  Scenario: [CS-DTD-002] A data volume leaves a running VM
    Given VM "vm1" is Running
    When the owner detaches volume "d1"
    Then the request succeeds
    And hosts were told "DettachCommand" 1 times

  @CS-DTD-003 @SPEC-05 @core
  Scenario: [CS-DTD-003] Its type stays DATADISK
    When the owner detaches volume "d1"
    Then volume "d1" is a detached DATADISK

  @CS-DTD-004 @SPEC-03 @core
  Scenario: [CS-DTD-004] Re-attach gets the lowest free id
    Given VM "vm1" has 3 more data volumes
    And volume "extra2" has been detached
    And volume "extra1" has been detached
    When the owner attaches volume "extra2" to VM "vm1"
    Then volume "extra2" is a DATADISK of VM "vm1" at device 2

  @CS-DTD-005 @SPEC-03 @extended
  Scenario: [CS-DTD-005] A data volume has left a destroyed VM
    Given VM "vm1" is Destroyed
    Then volume "d1" is a detached DATADISK
    And volume "r1" is the ROOT of VM "vm1" at device 0

  @CS-DTD-005 @SPEC-03 @extended
  Scenario: [CS-DTD-005] What is still on a destroyed VM can be detached
    Given the state of VM "vm1" is Destroyed
    When the root admin detaches volume "d1"
    Then the request succeeds
    And volume "d1" is a detached DATADISK
