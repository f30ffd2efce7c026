@vm
Feature: Affinity groups

  Background:
    When the owner calls createAffinityGroup with
      | name | apart              |
      | type | host anti-affinity |
    Then the request succeeds
    Given a stopped VM "vm1" with ROOT volume "r1"

  @CS-AFF-001 @SPEC-15 @extended
  Scenario: [CS-AFF-001] VMs that shall be apart start on hosts of their own
    When the owner deploys as many VMs as there are hosts with
      | affinitygroupnames | apart |
    Then the request succeeds
    When the owner calls updateVMAffinityGroup with
      | id                 | vm:vm1 |
      | affinitygroupnames | apart  |
    Then the request succeeds
    When the owner calls startVirtualMachine with
      | id | vm:vm1 |
    Then the request is refused because start-impossible
    When the owner calls deleteAffinityGroup with
      | name | apart |
    Then the request succeeds
    When the owner calls startVirtualMachine with
      | id | vm:vm1 |
    Then the request succeeds

  @CS-AFF-002 @SPEC-03 @extended @AGC-01
  Scenario: [CS-AFF-002] A group has a type there is
    When the owner calls createAffinityGroup with
      | name | x     |
      | type | loose |
    Then the request is refused because group-type-unknown

  @CS-AFF-003 @SPEC-03 @extended @AGC-02
  Scenario: [CS-AFF-003] A user dedicates nothing
    When the owner calls createAffinityGroup with
      | name | x                  |
      | type | ExplicitDedication |
    Then the request is refused because dedication-denied

  @CS-AFF-004 @SPEC-03 @extended @AGC-03
  Scenario: [CS-AFF-004] A user makes no group of a domain
    When the owner calls createAffinityGroup with
      | name     | x             |
      | type     | host affinity |
      | domainid | domain:owner  |
    Then the request is refused because group-needs-account

  @CS-AFF-005 @SPEC-03 @extended @AGC-04
  Scenario: [CS-AFF-005] No group but a dedication is of a domain
    When the root admin calls createAffinityGroup with
      | name     | x             |
      | type     | host affinity |
      | domainid | domain:owner  |
    Then the request is refused because group-not-domain-wide

  @CS-AFF-006 @SPEC-03 @extended @AGC-05
  Scenario: [CS-AFF-006] No group is made for the other
    When the owner calls createAffinityGroup with
      | name     | x             |
      | type     | host affinity |
      | account  | account:other |
      | domainid | domain:other  |
    Then the request is refused because permission-denied

  @CS-AFF-007 @SPEC-03 @extended @AGC-06
  Scenario: [CS-AFF-007] A group has a name of its own
    When the owner calls createAffinityGroup with
      | name | APART         |
      | type | host affinity |
    Then the request is refused because group-name-taken

  @CS-AFF-008 @SPEC-03 @extended @AGD-01
  Scenario: [CS-AFF-008] A group to delete is named
    When the owner calls deleteAffinityGroup with
      | account  | account:owner |
      | domainid | domain:owner  |
    Then the request is refused because group-unnamed

  @CS-AFF-009 @SPEC-03 @extended @AGD-02
  Scenario: [CS-AFF-009] A group is deleted once
    When the owner calls deleteAffinityGroup with
      | id | affinity:apart |
    Then the request succeeds
    When the owner calls deleteAffinityGroup with
      | name | apart |
    Then the request is refused because no-group
    When the owner calls deleteAffinityGroup with
      | id | affinity:apart |
    Then the request is refused because unknown-id

  @CS-AFF-010 @SPEC-03 @extended @OWN-14
  Scenario: [CS-AFF-010] The other's group stays
    When the other calls createAffinityGroup with
      | name | mine          |
      | type | host affinity |
    Then the request succeeds
    When the owner calls deleteAffinityGroup with
      | name     | mine          |
      | account  | account:other |
      | domainid | domain:other  |
    Then the request is refused because not-for-another

  @CS-AFF-010 @SPEC-03 @extended @AGD-03
  Scenario: [CS-AFF-010] No admin of a domain deletes a group of another there
    When the domain admin calls deleteAffinityGroup with
      | name     | apart         |
      | account  | account:owner |
      | domainid | domain:owner  |
    Then the request is refused because permission-denied-late

  @CS-AFF-011 @SPEC-03 @extended @AGU-01
  Scenario: [CS-AFF-011] Groups of a VM are named in one way
    When the owner calls updateVMAffinityGroup with
      | id                 | vm:vm1         |
      | affinitygroupids   | affinity:apart |
      | affinitygroupnames | apart          |
    Then the request is refused because groups-named-twice

  @CS-AFF-012 @SPEC-03 @extended @AGU-02
  Scenario: [CS-AFF-012] Groups of a VM are named
    When the owner calls updateVMAffinityGroup with
      | id | vm:vm1 |
    Then the request is refused because groups-unnamed

  @CS-AFF-013 @SPEC-03 @extended @AGU-03
  Scenario: [CS-AFF-013] Groups of a VM are there
    When the owner calls updateVMAffinityGroup with
      | id                 | vm:vm1     |
      | affinitygroupnames | apart,none |
    Then the request is refused because affinity-group-unknown

  @CS-AFF-014 @SPEC-03 @extended @AGU-04
  Scenario: [CS-AFF-014] A router is in no groups
    Given the kind of VM "vm1" is DomainRouter
    When the root admin calls updateVMAffinityGroup with
      | id               | vm:vm1         |
      | affinitygroupids | affinity:apart |
    Then the request is refused because no-vm-to-unplug

  @CS-AFF-015 @SPEC-03 @extended @AGU-05 @unless-no-shared-fs
  Scenario: [CS-AFF-015] A shared file system is in no groups
    Given the kind of VM "vm1" is SharedFS
    When the owner calls updateVMAffinityGroup with
      | id               | vm:vm1         |
      | affinitygroupids | affinity:apart |
    Then the request is refused because not-for-shared-fs

  @CS-AFF-016 @SPEC-03 @extended @AGU-06 @unless-no-external
  Scenario: [CS-AFF-016] An External VM is in no groups
    Given the hypervisor of VM "vm1" is External
    When the owner calls updateVMAffinityGroup with
      | id               | vm:vm1         |
      | affinitygroupids | affinity:apart |
    Then the request is refused because not-for-this-instance

  @CS-AFF-017 @SPEC-03 @extended @AGU-07
  Scenario: [CS-AFF-017] The groups of a running VM stay
    Given VM "vm1" is Running
    When the owner calls updateVMAffinityGroup with
      | id               | vm:vm1         |
      | affinitygroupids | affinity:apart |
    Then the request is refused because not-stopped-for-groups

  @CS-AFF-018 @SPEC-03 @extended @AGU-08
  Scenario: [CS-AFF-018] A VM is in its owner's groups
    When the other calls createAffinityGroup with
      | name | mine          |
      | type | host affinity |
    Then the request succeeds
    When the root admin calls updateVMAffinityGroup with
      | id               | vm:vm1        |
      | affinitygroupids | affinity:mine |
    Then the request is refused because group-of-another

  @CS-AFF-019 @SPEC-03 @extended @AGU-09
  Scenario: [CS-AFF-019] The other's groups are not for the owner
    When the other calls createAffinityGroup with
      | name | mine          |
      | type | host affinity |
    Then the request succeeds
    When the owner calls updateVMAffinityGroup with
      | id               | vm:vm1        |
      | affinitygroupids | affinity:mine |
    Then the request is refused because permission-denied

  @CS-AFF-020 @SPEC-03 @extended @AGV-01
  Scenario: [CS-AFF-020] Groups of a new VM are named in one way
    When the owner deploys a VM with
      | affinitygroupids   | affinity:apart |
      | affinitygroupnames | apart          |
    Then the request is refused because groups-named-twice-at-once

  @CS-AFF-021 @SPEC-03 @extended @AGV-02
  Scenario: [CS-AFF-021] Groups of a new VM are there
    When the owner deploys a VM with
      | affinitygroupnames | nobodys |
    Then the request is refused because group-unknown-at-once

  @CS-AFF-022 @SPEC-03 @extended @AGV-03
  Scenario: [CS-AFF-022] A new VM is in its owner's groups
    When the root admin deploys a VM with
      | affinitygroupids | affinity:apart |
    Then the request is refused because group-of-another-at-once

  @CS-AFF-023 @SPEC-03 @extended @AGV-04
  Scenario: [CS-AFF-023] The other's groups are not for the owner's new VM
    When the other calls createAffinityGroup with
      | name | mine          |
      | type | host affinity |
    Then the request succeeds
    When the owner deploys a VM with
      | affinitygroupids | affinity:mine |
    Then the request is refused because permission-denied
