@volume
Feature: How many volumes a VM and an account may have

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
    Then the request succeeds
    And volume "d2" is a DATADISK of VM "vm2" at device 4

  @CS-LIM-005 @SPEC-03 @extended
  Scenario: [CS-LIM-005] The account's volume limit does not block attach and detach
    Given the setting "max.account.volumes" is "1"
    When the owner detaches volume "r1"
    Then the request succeeds
    When the owner attaches volume "r1" to VM "vm1" as device 0
    Then the request succeeds

  @CS-LIM-002 @SPEC-03 @extended
  Scenario: [CS-LIM-002] Without capabilities of its own a hypervisor takes six data disks
    Given the hypervisor of VM "vm1" is BareMetal
    And VM "vm1" has 6 more data volumes
    And an Allocated data volume "d2"
    When the owner attaches volume "d2" to VM "vm1"
    Then the request is refused because too-many-disks

  @CS-LIM-003 @SPEC-03 @extended
  Scenario: [CS-LIM-003] The ROOT volume does not count
    Given a stopped LXC VM "vm2" with ROOT volume "r2"
    And VM "vm2" has 5 more data volumes
    And an Allocated data volume "d2"
    When the owner attaches volume "d2" to VM "vm2"
    Then the request succeeds
    And VM "vm2" has 7 volumes, each at a device of its own

  @CS-LIM-006 @SPEC-03 @extended @ATT-20
  Scenario: [CS-LIM-006] An uploaded volume must fit into the account's primary storage
    Given an Allocated data volume "d2"
    And volume "d2" is in state Uploaded
    And the setting "max.account.primary.storage" is "1"
    When the owner attaches volume "d2" to VM "vm1"
    Then the request is refused because uploaded-too-large

  @CS-LIM-006 @SPEC-03 @extended
  Scenario: [CS-LIM-006] A volume that was not uploaded need not fit again
    Given an Allocated data volume "d2"
    And the setting "max.account.primary.storage" is "1"
    When the owner attaches volume "d2" to VM "vm1"
    Then the request succeeds

  @CS-LIM-007 @SPEC-04 @admin
  Scenario: [CS-LIM-007] A limit lowered below usage does not block detach
    When the root admin calls updateResourceLimit with
      | resourcetype | 2             |
      | max          | 0             |
      | account      | account:owner |
      | domainid     | domain:owner  |
    And the owner detaches volume "r1"
    Then the request succeeds
    And the owner owns 1 volumes of 2 GiB in all
