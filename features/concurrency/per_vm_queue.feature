@concurrency
Feature: Requests at the same time

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-CON-001 @SPEC-04 @extended @fs-only @DET-17
  Scenario: [CS-CON-001] Two detaches of the same ROOT at once: one wins
    When the owner asks all at once
      | command      | id        |
      | detachVolume | volume:r1 |
      | detachVolume | volume:r1 |
    Then 1 of the requests succeeded
    And 1 of the requests failed because not-attached
    And volume "r1" is a detached DATADISK

  @CS-CON-001 @SPEC-04 @acs-quirk
  Scenario: [CS-CON-001] Two detaches of the same ROOT at once: both succeed, it leaves once
    When the owner asks all at once
      | command      | id        |
      | detachVolume | volume:r1 |
      | detachVolume | volume:r1 |
    Then 2 of the requests succeeded
    And volume "r1" is a detached DATADISK

  @CS-CON-002 @SPEC-06 @extended
  Scenario: [CS-CON-002] Attaches and detaches interleaved keep one ROOT at most
    Given a Ready data volume "d2" made on VM "vm1"
    And the work queue has just ticked
    When the owner asks all at once
      | command      | id        | virtualmachineid | deviceid | after |
      | detachVolume | volume:r1 |                  |          |       |
      | attachVolume | volume:d2 | vm:vm1           | 0        | 3     |
      | attachVolume | volume:r1 | vm:vm1           | 0        | 0.4   |
      | detachVolume | volume:d1 |                  |          | 0.4   |
      | attachVolume | volume:d1 | vm:vm1           | 0        | 9     |
    Then 3 of the requests succeeded
    And 1 of the requests failed because device-used
    And 1 of the requests failed because root-present
    And VM "vm1" has exactly these volumes
      | volume | type | device |
      | d2     | ROOT | 0      |

  @CS-CON-003 @SPEC-06 @extended @DEV-02
  Scenario: [CS-CON-003] Two data volumes to device 0 at once: one wins
    Given a Ready data volume "d2" made on VM "vm1"
    And a Ready data volume "d3" made on VM "vm1"
    And volume "r1" has been detached
    When the owner asks all at once
      | command      | id        | virtualmachineid | deviceid |
      | attachVolume | volume:d2 | vm:vm1           | 0        |
      | attachVolume | volume:d3 | vm:vm1           | 0        |
    Then 1 of the requests succeeded
    And 1 of the requests failed because device-used

  @CS-CON-004 @SPEC-04 @extended @STA-07
  Scenario: [CS-CON-004] A start behind a ROOT detach is refused
    Given the work queue has just ticked
    When the owner asks all at once
      | command             | id        | after |
      | detachVolume        | volume:r1 |       |
      | startVirtualMachine | vm:vm1    | 0.4   |
    Then 1 of the requests succeeded
    And 1 of the requests failed because start-failed
    And VM "vm1" is Stopped

  @CS-CON-004 @SPEC-04 @extended @fs-only @DET-18
  Scenario: [CS-CON-004] A ROOT detach behind a start is refused
    Given the work queue has just ticked
    When the owner asks all at once
      | command             | id        | after |
      | startVirtualMachine | vm:vm1    |       |
      | detachVolume        | volume:r1 | 1     |
    Then 1 of the requests succeeded
    And 1 of the requests failed because vm-not-stopped
    And volume "r1" is the ROOT of VM "vm1" at device 0

  @CS-CON-004 @SPEC-04 @extended @fs-only @ATT-27
  Scenario: [CS-CON-004] A ROOT attach behind a start is refused
    Given the device id of volume "r1" is 5
    And volume "d1" has been detached
    And the work queue has just ticked
    When the owner asks all at once
      | command             | id        | virtualmachineid | deviceid | after |
      | startVirtualMachine | vm:vm1    |                  |          |       |
      | attachVolume        | volume:d1 | vm:vm1           | 0        | 1     |
    Then 1 of the requests succeeded
    And 1 of the requests failed because vm-not-stopped

  @CS-CON-004 @SPEC-03 @extended @STA-08
  Scenario: [CS-CON-004] A start behind the attach of what finds no storage is refused
    Given a fresh VM "vm2" with ROOT volume "r2"
    And an Allocated data volume "d2" with disk offering "Nowhere"
    And the work queue has just ticked
    When the owner asks all at once
      | command             | id        | virtualmachineid | after |
      | attachVolume        | volume:d2 | vm:vm2           |       |
      | startVirtualMachine | vm:vm2    |                  | 0.4   |
    Then 1 of the requests succeeded
    And 1 of the requests failed because start-impossible

  @CS-CON-005 @SPEC-04 @extended
  Scenario: [CS-CON-005] A stop and then a detach are done in order
    Given VM "vm1" is Running
    And the work queue has just ticked
    When the owner asks all at once
      | command            | id        | after |
      | stopVirtualMachine | vm:vm1    |       |
      | detachVolume       | volume:d1 | 1     |
    Then 2 of the requests succeeded
    And hosts were told "DettachCommand" 0 times

  @CS-CON-019 @SPEC-03 @extended @REQ-07 @needs-stage
  Scenario: [CS-CON-019] An attach of a volume that went before its job began is refused
    Given an Allocated data volume "d2"
    When the owner asks all at once
      | command      | id        | virtualmachineid |
      | attachVolume | volume:d2 | vm:vm1           |
      | deleteVolume | volume:d2 |                  |
    Then 1 of the requests succeeded
    And 1 of the requests failed because removed-meanwhile

  @CS-CON-006 @SPEC-03 @extended @ATT-29
  Scenario: [CS-CON-006] The same volume to two VMs at once: one wins
    Given a stopped VM "vm2" with ROOT volume "r2"
    And a Ready data volume "d2" made on VM "vm1"
    When the owner asks all at once
      | command      | id        | virtualmachineid |
      | attachVolume | volume:d2 | vm:vm1           |
      | attachVolume | volume:d2 | vm:vm2           |
    Then 1 of the requests succeeded
    And 1 of the requests failed because attach-race-lost

  @CS-CON-006 @SPEC-03 @extended @fs-only @ATT-30
  Scenario: [CS-CON-006] The same Allocated volume to two VMs never started: one wins
    Given a fresh VM "vm2" with ROOT volume "r2"
    And a fresh VM "vm3" with ROOT volume "r3"
    And an Allocated data volume "d2"
    When the owner asks all at once
      | command      | id        | virtualmachineid |
      | attachVolume | volume:d2 | vm:vm2           |
      | attachVolume | volume:d2 | vm:vm3           |
    Then 1 of the requests succeeded
    And 1 of the requests failed because not-settled-to-attach

  @CS-CON-006 @SPEC-03 @extended @ATT-24
  Scenario: [CS-CON-006] The same volume to one VM twice: one wins
    Given a Ready data volume "d2" made on VM "vm1"
    When the owner asks all at once
      | command      | id        | virtualmachineid |
      | attachVolume | volume:d2 | vm:vm1           |
      | attachVolume | volume:d2 | vm:vm1           |
    Then 1 of the requests succeeded
    And 1 of the requests failed because attached-meanwhile

  @CS-CON-006 @SPEC-03 @extended @ATT-28
  Scenario: [CS-CON-006] The same volume to VMs of two clusters at once: one wins
    Given a running VM "vm2" with ROOT volume "r2" on host "a-host-elsewhere"
    And a running VM "vm3" with ROOT volume "r3" on host "a-host-elsewhere"
    And a running VM "vm4" with ROOT volume "r4" on host "a-host-elsewhere"
    And a running VM "vm5" with ROOT volume "r5" on host "a-host-elsewhere"
    And a running VM "vm6" with ROOT volume "r6" on host "a-host-elsewhere"
    And a running VM "vm7" with ROOT volume "r7" on host "a-host-elsewhere"
    And a running VM "vm8" with ROOT volume "r8" on host "a-host-elsewhere"
    And a stopped VM "vm9" with ROOT volume "r9"
    And a stopped VM "vm10" with ROOT volume "r10"
    And a Ready data volume "d2" made on VM "vm1"
    When the owner asks all at once
      | command      | id        | virtualmachineid |
      | attachVolume | volume:d2 | vm:vm1           |
      | attachVolume | volume:d2 | vm:vm9           |
      | attachVolume | volume:d2 | vm:vm10          |
      | attachVolume | volume:d2 | vm:vm2           |
      | attachVolume | volume:d2 | vm:vm3           |
      | attachVolume | volume:d2 | vm:vm4           |
      | attachVolume | volume:d2 | vm:vm5           |
      | attachVolume | volume:d2 | vm:vm6           |
      | attachVolume | volume:d2 | vm:vm7           |
      | attachVolume | volume:d2 | vm:vm8           |
    Then 1 of the requests succeeded

  @CS-CON-007 @SPEC-03 @extended
  Scenario: [CS-CON-007] Attaches at once to one VM get distinct ids
    Given an Allocated data volume "e1"
    And an Allocated data volume "e2"
    And an Allocated data volume "e3"
    And an Allocated data volume "e4"
    And an Allocated data volume "e5"
    When the owner asks all at once
      | command      | id        | virtualmachineid |
      | attachVolume | volume:e1 | vm:vm1           |
      | attachVolume | volume:e2 | vm:vm1           |
      | attachVolume | volume:e3 | vm:vm1           |
      | attachVolume | volume:e4 | vm:vm1           |
      | attachVolume | volume:e5 | vm:vm1           |
    Then 5 of the requests succeeded
    And VM "vm1" has 7 volumes, each at a device of its own

  @CS-CON-008 @SPEC-03 @extended
  Scenario: [CS-CON-008] Two VMs do not wait for each other
    Given a stopped VM "vm2" with ROOT volume "r2"
    When the owner asks all at once
      | command      | id        |
      | detachVolume | volume:r1 |
      | detachVolume | volume:r2 |
    Then 2 of the requests succeeded
    And all was done within 4 seconds

  @CS-CON-009 @SPEC-04 @extended
  Scenario: [CS-CON-009] A snapshot of the ROOT and its detach are done in order
    When the owner asks all at once
      | command        | volumeid  | id        |
      | createSnapshot | volume:r1 |           |
      | detachVolume   |           | volume:r1 |
    Then 2 of the requests succeeded
    And volume "r1" is a detached DATADISK
    And field "state" of volume "r1" is "Ready"

  @CS-CON-010 @SPEC-03 @extended @fs-only @ATT-26
  Scenario: [CS-CON-010] An attach behind a destroy is refused
    Given a Ready data volume "d2" made on VM "vm1"
    And the work queue has just ticked
    When the owner asks all at once
      | command               | id        | virtualmachineid | after |
      | destroyVirtualMachine | vm:vm1    |                  |       |
      | attachVolume          | volume:d2 | vm:vm1           | 4.6   |
    Then 1 of the requests succeeded
    And 1 of the requests failed because vm-state
    And volume "d2" is a detached DATADISK

  @CS-CON-011 @SPEC-03 @extended @ATT-23
  Scenario: [CS-CON-011] An attach behind the move of its volume is refused
    Given a stopped Simulator VM "vm2" with ROOT volume "r2"
    And a Ready data volume "d2" made on VM "vm2"
    And the work queue has just ticked
    When the root admin asks all at once
      | command       | id        | virtualmachineid | volumeid  | storageid  | after |
      | attachVolume  | volume:d2 | vm:vm2           |           |            |       |
      | migrateVolume |           |                  | volume:d2 | storage:r2 | 0.4   |
    Then 1 of the requests succeeded
    And 1 of the requests failed because row-replaced

  @CS-CON-012 @SPEC-03 @admin @DET-16
  Scenario: [CS-CON-012] A detach behind the move of its volume is refused
    Given the work queue has just ticked
    When the root admin asks all at once
      | command       | id        | volumeid  | storageid             | after |
      | migrateVolume |           | volume:d1 | pool:a-pool-elsewhere |       |
      | detachVolume  | volume:d1 |           |                       | 1     |
    Then 1 of the requests succeeded
    And 1 of the requests failed because row-replaced
    And volume "d1" is a DATADISK of VM "vm1" at device 1

  @CS-CON-013 @needs-stage @SPEC-03 @extended @DET-04
  Scenario: [CS-CON-013] A detach of a volume deleted meanwhile is refused
    Given an Allocated data volume "d2"
    When the owner asks all at once
      | command      | id        |
      | detachVolume | volume:d2 |
      | deleteVolume | volume:d2 |
    Then 1 of the requests succeeded
    And 1 of the requests failed because detached-row-gone
