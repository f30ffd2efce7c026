@concurrency
Feature: How much the queues let through

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-QUE-001 @SPEC-03 @extended @unless-never-started-stays
  Scenario: [CS-QUE-001] A tick begins the work of fifty VMs, the next that of the fifty-first
    Given 51 VMs that were never started, each with a data volume
    And the work queue has just ticked
    When the root admin detaches all of them at once
    Then 1 of the jobs ended a tick of the work queue after the others
    And all was done within 8 seconds

  @CS-QUE-002 @SPEC-03 @extended
  Scenario: [CS-QUE-002] Work of one VM is begun by a tick, every two seconds, and by nothing else
    Given the work queue has just ticked
    When the owner asks all at once
      | command      | id        | after |
      | detachVolume | volume:d1 |       |
      | detachVolume | volume:r1 | 0.4   |
    Then 2 of the requests succeeded
    And it took at least 3 seconds
    And all was done within 5 seconds

  @CS-QUE-003 @SPEC-03 @acs-quirk
  Scenario: [CS-QUE-003] Who finds a VM locked sleeps five seconds
    Given the work queue has just ticked
    When the owner asks all at once
      | command      | id        |
      | detachVolume | volume:d1 |
      | detachVolume | volume:r1 |
    Then 2 of the requests succeeded
    And it took at least 5 seconds

  @CS-QUE-003 @SPEC-03 @extended @fs-only
  Scenario: [CS-QUE-003] Nobody sleeps who finds a VM locked
    Given the work queue has just ticked
    When the owner asks all at once
      | command      | id        |
      | detachVolume | volume:d1 |
      | detachVolume | volume:r1 |
    Then 2 of the requests succeeded
    And all was done within 5 seconds

  @CS-QUE-004 @SPEC-03 @extended
  Scenario: [CS-QUE-004] Work of one VM is done in the order it was asked for
    Given an Allocated data volume "e1"
    And an Allocated data volume "e2"
    And an Allocated data volume "e3"
    And the work queue has just ticked
    When the owner asks all at once
      | command      | id        | virtualmachineid | after |
      | attachVolume | volume:e1 | vm:vm1           |       |
      | attachVolume | volume:e2 | vm:vm1           | 0.4   |
      | attachVolume | volume:e3 | vm:vm1           | 0.4   |
    Then 3 of the requests succeeded
    And volume "e1" is a DATADISK of VM "vm1" at device 2
    And volume "e2" is a DATADISK of VM "vm1" at device 4
    And volume "e3" is a DATADISK of VM "vm1" at device 5
    And it took at least 5 seconds

  @CS-QUE-005 @SPEC-03 @admin
  Scenario: [CS-QUE-005] A KVM host takes one disk at a time
    Given a running VM "vm2" with ROOT volume "r2" on host "a-host"
    And a running VM "vm3" with ROOT volume "r3" on host "a-host"
    And a Ready data volume "e2" made on VM "vm2"
    And a Ready data volume "e3" made on VM "vm3"
    When the root admin calls rootswapStrike with
      | operation | AttachCommand |
      | mode      | slow          |
      | seconds   | 10            |
      | times     | 2             |
    And the owner asks all at once
      | command      | id        | virtualmachineid |
      | attachVolume | volume:e2 | vm:vm2           |
      | attachVolume | volume:e3 | vm:vm3           |
    Then 2 of the requests succeeded
    And it took at least 20 seconds

  @CS-QUE-006 @SPEC-03 @admin
  Scenario: [CS-QUE-006] A KVM host stops two VMs at a time, and no more than five
    Given a running VM "vm2" with ROOT volume "r2" on host "a-host"
    And a running VM "vm3" with ROOT volume "r3" on host "a-host"
    And a running VM "vm4" with ROOT volume "r4" on host "a-host"
    And a running VM "vm5" with ROOT volume "r5" on host "a-host"
    And a running VM "vm6" with ROOT volume "r6" on host "a-host"
    And a running VM "vm7" with ROOT volume "r7" on host "a-host"
    When the root admin calls rootswapStrike with
      | operation | StopCommand |
      | mode      | slow        |
      | seconds   | 10          |
      | times     | 6           |
    And the owner asks all at once
      | command            | id     |
      | stopVirtualMachine | vm:vm2 |
      | stopVirtualMachine | vm:vm3 |
      | stopVirtualMachine | vm:vm4 |
      | stopVirtualMachine | vm:vm5 |
      | stopVirtualMachine | vm:vm6 |
      | stopVirtualMachine | vm:vm7 |
    Then 6 of the requests succeeded
    And it took at least 20 seconds
    And all was done within 30 seconds

  @CS-QUE-007 @SPEC-03 @admin
  Scenario: [CS-QUE-007] A VMware host stops two VMs at a time
    Given a running VMware VM "vm2" with ROOT volume "r2"
    And a running VMware VM "vm3" with ROOT volume "r3"
    And a running VMware VM "vm4" with ROOT volume "r4"
    When the root admin calls rootswapStrike with
      | operation | StopCommand |
      | mode      | slow        |
      | seconds   | 10          |
      | times     | 3           |
    And the owner asks all at once
      | command            | id     |
      | stopVirtualMachine | vm:vm2 |
      | stopVirtualMachine | vm:vm3 |
      | stopVirtualMachine | vm:vm4 |
    Then 3 of the requests succeeded
    And all was done within 15 seconds

  @CS-QUE-008 @SPEC-08 @admin
  Scenario: [CS-QUE-008] A job that ended is kept for as long as the setting says
    Given the setting "job.expire.minutes" is "2"
    When the owner detaches volume "d1"
    Then the request succeeds
    Given 60 seconds have passed
    When the owner calls queryAsyncJobResult with
      | jobid | last:jobid |
    Then the request succeeds
    Given 120 seconds have passed
    When the owner calls queryAsyncJobResult with
      | jobid | last:jobid |
    Then the request is refused because unknown-id

  @CS-QUE-009 @SPEC-03 @admin @unless-no-commands-timeout
  Scenario: [CS-QUE-009] Work that blocks a VM for longer than the setting says is given up
    Given VM "vm1" is Running
    And the setting "job.cancel.threshold.minutes" is "1"
    And the setting "commands.timeout" is "DettachCommand=600"
    When the root admin calls rootswapStrike with
      | operation | DettachCommand |
      | mode      | slow           |
      | seconds   | 300            |
    And the owner detaches volume "d1"
    Then 1 of the requests failed because blocked-too-long
    And it took at least 60 seconds
    And all was done within 90 seconds

  @CS-QUE-013 @SPEC-03 @extended
  Scenario: [CS-QUE-013] A volume shows the job that works on it
    Given a Ready data volume "d2" made on VM "vm1"
    When the owner asks all at once
      | command      | id        | virtualmachineid |
      | attachVolume | volume:d2 | vm:vm1           |
      | listVolumes  | volume:d2 |                  |
    Then the answer shows
      | jobstatus | 0 |
    And field "jobid" of volume "d2" is "absent"
