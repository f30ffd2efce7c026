@usecase
Feature: Use case 1: replace the ROOT volume of a VM

  Background:
    Given a running VM "vm1" with ROOT volume "r1"

  @CS-UC1-001 @SPEC-01 @SPEC-15 @core @smoke
  Scenario: [CS-UC1-001] Replace the ROOT by a prepared volume and start
    Given a stopped VM "vm2" with ROOT volume "r2"
    And volume "r2" has been detached
    When the owner stops VM "vm1"
    And the owner detaches volume "r1"
    Then the request succeeds
    When the owner attaches volume "r2" to VM "vm1" as device 0
    Then the request succeeds
    When the owner starts VM "vm1"
    Then VM "vm1" is Running
    And volume "r2" is the ROOT of VM "vm1" at device 0
    And volume "r1" is a detached DATADISK

  @CS-UC1-002 @SPEC-01 @extended
  Scenario: [CS-UC1-002] Replace the ROOT by a snapshot of itself
    Given a snapshot "s1" of volume "r1"
    And VM "vm1" is Stopped
    And volume "r1" has been detached
    And a Ready data volume "d2" made from snapshot "s1"
    When the owner attaches volume "d2" to VM "vm1" as device 0
    And the owner starts VM "vm1"
    Then VM "vm1" is Running
    And volume "d2" is the ROOT of VM "vm1" at device 0

  @CS-UC1-004 @SPEC-01 @core
  Scenario: [CS-UC1-004] Put the old ROOT back
    Given a Ready data volume "d2" made on VM "vm1"
    And VM "vm1" is Stopped
    And volume "r1" has been detached
    And volume "d2" has been attached to VM "vm1" as device 0
    And volume "d2" has been detached
    When the owner attaches volume "r1" to VM "vm1" as device 0
    And the owner starts VM "vm1"
    Then VM "vm1" is Running
    And volume "r1" is the ROOT of VM "vm1" at device 0

  @CS-UC1-005 @SPEC-01 @core
  Scenario: [CS-UC1-005] The old ROOT is kept as data disk beside the new one
    Given a Ready data volume "d2" made on VM "vm1"
    And VM "vm1" is Stopped
    And volume "r1" has been detached
    And volume "d2" has been attached to VM "vm1" as device 0
    When the owner attaches volume "r1" to VM "vm1"
    And the owner starts VM "vm1"
    Then VM "vm1" is Running
    And VM "vm1" has exactly these volumes
      | volume | type     | device |
      | d2     | ROOT     | 0      |
      | r1     | DATADISK | 1      |

  @CS-UC1-006 @SPEC-01 @extended
  Scenario: [CS-UC1-006] The new ROOT may be larger and blank
    Given a Ready data volume "d2" with disk offering "Large" made on VM "vm1"
    And VM "vm1" is Stopped
    And volume "r1" has been detached
    When the owner attaches volume "d2" to VM "vm1" as device 0
    And the owner starts VM "vm1"
    Then VM "vm1" is Running

  @CS-UC1-007 @SPEC-01 @extended @STA-03
  Scenario: [CS-UC1-007] Abort half-way leaves everything recoverable
    Given VM "vm1" is Stopped
    And volume "r1" has been detached
    When the owner starts VM "vm1"
    Then the request is refused because no-volumes
    When the owner attaches volume "r1" to VM "vm1" as device 0
    And the owner starts VM "vm1"
    Then the request succeeds

  @CS-UC1-008 @SPEC-01 @extended
  Scenario: [CS-UC1-008] Two operators replace the same ROOT at once: one ROOT is there at the end
    Given VM "vm1" is Stopped
    And a Ready data volume "d2" made on VM "vm1"
    And a Ready data volume "d3" made on VM "vm1"
    And volume "r1" has been detached
    When the owner asks all at once
      | command      | id        | virtualmachineid | deviceid | who          |
      | attachVolume | volume:d2 | vm:vm1           | 0        | owner        |
      | attachVolume | volume:d3 | vm:vm1           | 0        | domain admin |
    Then 1 of the requests succeeded
    And 1 of the requests failed because root-race-lost
    And VM "vm1" has 1 volumes, each at a device of its own
    When the owner starts VM "vm1"
    Then VM "vm1" is Running

  @CS-UC1-009 @SPEC-15 @SPEC-01 @core
  Scenario: [CS-UC1-009] No more requests than on EC2: stop, detach, attach, start
    Given a Ready data volume "d2" made on VM "vm1"
    When the owner stops VM "vm1"
    And the owner detaches volume "r1"
    And the owner attaches volume "d2" to VM "vm1" as device 0
    And the owner starts VM "vm1"
    Then VM "vm1" is Running
    And the requests were "stopVirtualMachine, detachVolume, attachVolume, startVirtualMachine"
