@volume
Feature: Limits and jobs

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1"

  @CS-LIM-001 @SPEC-03 @extended @ATT-14
  Scenario: [CS-LIM-001] A VM on LXC takes six data disks and no more
    Given a stopped LXC VM "vm2" with ROOT volume "r2"
    And VM "vm2" has 6 more data volumes
    And an Allocated data volume "d2"
    When the owner attaches volume "d2" to VM "vm2"
    Then the request is refused because too-many-disks

  @CS-LIM-004 @SPEC-03 @extended
  Scenario: [CS-LIM-004] Detach frees a slot
    Given a stopped LXC VM "vm2" with ROOT volume "r2"
    And VM "vm2" has 6 more data volumes
    And an Allocated data volume "d2"
    And volume "extra3" has been detached
    When the owner attaches volume "d2" to VM "vm2"
    Then the job succeeds
    And volume "d2" is a DATADISK of VM "vm2" at device 4

  @CS-LIM-005 @SPEC-03 @extended
  Scenario: [CS-LIM-005] The account's volume limit does not block attach and detach
    Given the setting "max.account.volumes" is "1"
    When the owner detaches volume "r1"
    Then the job succeeds
    When the owner attaches volume "r1" to VM "vm1" as device 0
    Then the job succeeds

  @CS-CON-006 @SPEC-03 @extended
  Scenario: [CS-CON-006] The same volume to two VMs at once: one wins
    Given a stopped VM "vm2" with ROOT volume "r2"
    And a Ready data volume "d2" made on VM "vm1"
    When the owner asks all at once
      | command      | id        | virtualmachineid |
      | attachVolume | volume:d2 | vm:vm1           |
      | attachVolume | volume:d2 | vm:vm2           |
    Then 1 of the requests succeeds

  @CS-CON-004 @SPEC-04 @extended @fs-only
  Scenario: [CS-CON-004] Start and ROOT detach race: one of them is refused
    When the owner asks all at once
      | command             | id        |
      | startVirtualMachine | vm:vm1    |
      | detachVolume        | volume:r1 |
    Then 1 of the requests succeeds

  @CS-JOB-003 @SPEC-08 @extended
  Scenario: [CS-JOB-003] An unknown job is refused
    When the owner calls queryAsyncJobResult with
      | jobid | 00000000-0000-4000-8000-000000000000 |
    Then the request is refused because bad-parameter

  @CS-VMS-001 @SPEC-06 @extended @VMS-03
  Scenario: [CS-VMS-001] No VM snapshot without ROOT
    Given volume "r1" has been detached
    When the owner calls createVMSnapshot with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because no-root-to-snapshot

  @CS-DTD-001 @SPEC-03 @core
  Scenario Outline: [CS-DTD-001] A data volume leaves a <state> VM and stays DATADISK
    Given a <state> VM "vm2" with ROOT volume "r2" and data volume "d1"
    When the owner detaches volume "d1"
    Then the job succeeds
    And volume "d1" is a detached DATADISK

    Examples:
      | state   |
      | stopped |
      | running |

  @CS-DTD-004 @SPEC-03 @core
  Scenario: [CS-DTD-004] Re-attach gets the lowest free id
    Given VM "vm1" has 3 more data volumes
    And volume "extra2" has been detached
    And volume "extra1" has been detached
    When the owner attaches volume "extra2" to VM "vm1"
    Then volume "extra2" is a DATADISK of VM "vm1" at device 1
