@volume
Feature: Of several reasons to refuse the first is given

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1"

  @CS-PRE-001 @SPEC-03 @extended
  Scenario Outline: [CS-PRE-001] An attach is refused because <reason>, not because <later>
    Given a Ready data volume "d2" made on VM "vm1"
    And <one>
    And <other>
    When the root admin attaches volume "d2" to VM "vm1"
    Then the request is refused because <reason>

    Examples:
      | reason                          | later            | one                                                   | other                                |
      | neither-root-nor-data-to-attach | already-attached | volume "d2" has been attached to VM "vm1" as device 1 | the type of volume "d2" is ISO       |
      | already-attached                | volume-destroyed | volume "d2" has been attached to VM "vm1" as device 1 | volume "d2" is in state Destroy      |
      | volume-state                    | not-a-user-vm    | volume "d2" is in state Creating                      | the kind of VM "vm1" is DomainRouter |
      | not-a-user-vm                   | vm-state         | VM "vm1" is Destroyed                                 | the kind of VM "vm1" is DomainRouter |
      | no-local-storage                | vm-snapshots     | the local storage of disk offering "Small" is on      | VM "vm1" has a VM snapshot           |
      | vm-snapshots                    | backups          | VM "vm1" has a VM snapshot                            | VM "vm1" has backups                 |

  @CS-PRE-002 @SPEC-03 @extended
  Scenario: [CS-PRE-002] That a VM is destroyed is said before where it is
    Given an Allocated data volume "d2"
    And a stopped VM "vm2" with ROOT volume "r2" in zone "another-zone"
    And VM "vm2" is Destroyed
    When the root admin attaches volume "d2" to VM "vm2"
    Then the request is refused because vm-state

  @CS-PRE-003 @SPEC-03 @extended @unless-no-shared-fs
  Scenario: [CS-PRE-003] Where a VM is is said before that it is a shared file system
    Given an Allocated data volume "d2"
    And a stopped VM "vm2" with ROOT volume "r2" in zone "another-zone"
    And the kind of VM "vm2" is SharedFS
    When the root admin attaches volume "d2" to VM "vm2"
    Then the request is refused because other-zone

  @CS-PRE-004 @SPEC-03 @extended @unless-no-shared-fs
  Scenario: [CS-PRE-004] That a VM is a shared file system is said before what its hypervisor cannot
    Given an Allocated data volume "d2"
    And a stopped LXC VM "vm2" with ROOT volume "r2"
    And the kind of VM "vm2" is SharedFS
    When the root admin attaches volume "d2" to VM "vm2" as device 0
    Then the request is refused because shared-filesystem

  @CS-PRE-005 @SPEC-06 @SPEC-13 @extended
  Scenario: [CS-PRE-005] What a hypervisor cannot is said before that its VM runs
    Given an Allocated data volume "d2"
    And a running LXC VM "vm2" with ROOT volume "r2"
    When the owner attaches volume "d2" to VM "vm2" as device 0
    Then the request is refused because hypervisor-unsupported

  @CS-PRE-006 @SPEC-06 @extended
  Scenario Outline: [CS-PRE-006] An attach as ROOT is refused because <reason>, not because <later>
    Given a Ready data volume "d2" made on VM "vm1"
    And volume "d2" lies on managed storage
    And VM "vm1" is <state>
    When the owner attaches volume "d2" to VM "vm1" as device 0
    Then the request is refused because <reason>

    Examples:
      | reason          | later           | state   |
      | vm-not-stopped  | managed-storage | Running |
      | managed-storage | root-present    | Stopped |

  @CS-PRE-007 @SPEC-03 @extended @unless-no-external
  Scenario: [CS-PRE-007] That a VM is External is said before how many disks it has
    Given VM "vm1" has 6 more data volumes
    And an Allocated data volume "d2"
    And the hypervisor of VM "vm1" is External
    When the owner attaches volume "d2" to VM "vm1"
    Then the request is refused because external-hypervisor

  @CS-PRE-008 @SPEC-03 @extended
  Scenario: [CS-PRE-008] How many disks a VM has is said before that a zone has no local storage
    Given a stopped LXC VM "vm2" with ROOT volume "r2"
    And VM "vm2" has 6 more data volumes
    And an Allocated data volume "d2"
    And the local storage of disk offering "Small" is on
    When the owner attaches volume "d2" to VM "vm2"
    Then the request is refused because too-many-disks

  @CS-PRE-009 @SPEC-03 @extended @unless-backups-must-exist
  Scenario: [CS-PRE-009] That a VM has backups is said before whose it is
    Given an Allocated data volume "d2"
    And a stopped VM "vm2" with ROOT volume "r2" of the stranger
    And VM "vm2" has backups
    When the root admin attaches volume "d2" to VM "vm2"
    Then the request is refused because backups

  @CS-PRE-010 @SPEC-03 @extended
  Scenario: [CS-PRE-010] Whose a VM is is said before that an upload has no room
    Given an Allocated data volume "d2"
    And a stopped VM "vm2" with ROOT volume "r2" of the stranger
    And volume "d2" is in state Uploaded
    And the setting "max.account.primary.storage" is "1"
    When the root admin attaches volume "d2" to VM "vm2"
    Then the request is refused because different-owners

  @CS-PRE-011 @SPEC-03 @SPEC-14 @extended
  Scenario: [CS-PRE-011] That an upload has no room is said before what it was made for
    Given a Ready data volume "d2" made on VM "vm1"
    And a stopped VMware VM "vm2" with ROOT volume "r2"
    And volume "d2" is in state Uploaded
    And the setting "max.account.primary.storage" is "1"
    When the owner attaches volume "d2" to VM "vm2"
    Then the request is refused because uploaded-too-large

  @CS-PRE-012 @SPEC-03 @SPEC-14 @extended
  Scenario: [CS-PRE-012] What a volume was made for is said before that it is encrypted
    Given the encryption of host "a-host" is on
    And the encryption of host "another-host" is on
    And a Ready data volume "d2" with disk offering "Encrypted" made on VM "vm1"
    And a stopped VMware VM "vm2" with ROOT volume "r2"
    When the owner attaches volume "d2" to VM "vm2"
    Then the request is refused because hypervisor-mismatch

  @CS-PRE-013 @SPEC-03 @SPEC-06 @extended
  Scenario: [CS-PRE-013] That a volume was attached meanwhile is said before that a VM has two ROOTs
    Given a stopped VM "vm2" with ROOT volume "r2"
    And a Ready data volume "d2" made on VM "vm1"
    And VM "vm1" has 1 more data volumes
    And the type of volume "extra1" is ROOT
    And the work queue has just ticked
    When the owner asks all at once
      | command             | id        | virtualmachineid | after |
      | startVirtualMachine | vm:vm1    |                  |       |
      | attachVolume        | volume:d2 | vm:vm1           | 1     |
      | attachVolume        | volume:d2 | vm:vm2           |       |
    Then 1 of the requests failed because attached-meanwhile

  @CS-PRE-014 @SPEC-03 @extended
  Scenario: [CS-PRE-014] That a volume has another row is said before that it was attached meanwhile
    Given a stopped VM "vm2" with ROOT volume "r2" on host "a-host-elsewhere"
    And a Ready data volume "d2" made on VM "vm1"
    And VM "vm1" has 1 more data volumes
    And the work queue has just ticked
    When the root admin asks all at once
      | command       | id        | virtualmachineid | volumeid      | storageid             | after |
      | migrateVolume |           |                  | volume:r1     | pool:a-pool-elsewhere |       |
      | migrateVolume |           |                  | volume:extra1 | pool:a-pool-elsewhere |       |
      | attachVolume  | volume:d2 | vm:vm2           |               |                       |       |
      | attachVolume  | volume:d2 | vm:vm1           |               |                       | 1     |
    Then 1 of the requests failed because row-replaced

  @CS-PRE-015 @SPEC-03 @SPEC-06 @extended @fs-only
  Scenario: [CS-PRE-015] That a VM is destroyed is said before that it is not Stopped
    Given a Ready data volume "d2" made on VM "vm1"
    And volume "r1" has been detached
    And the work queue has just ticked
    When the owner asks all at once
      | command               | id        | virtualmachineid | deviceid | after |
      | destroyVirtualMachine | vm:vm1    |                  |          |       |
      | attachVolume          | volume:d2 | vm:vm1           | 0        | 4.6   |
    Then 1 of the requests failed because vm-state

  @CS-PRE-016 @SPEC-03 @SPEC-04 @extended
  Scenario: [CS-PRE-016] Whose a volume is is said before that it is on no VM
    Given volume "r1" has been detached
    When the stranger detaches volume "r1"
    Then the request is refused because permission-denied-late

  @CS-PRE-017 @SPEC-04 @extended @unless-no-shared-fs
  Scenario Outline: [CS-PRE-017] A detach is refused because <reason>, not because <later>
    Given VM "vm1" has 1 more data volumes
    And <one>
    And <other>
    When the root admin detaches volume "extra1"
    Then the request is refused because <reason>

    Examples:
      | reason                  | later                 | one                                | other                |
      | shared-filesystem-keeps | vm-state-to-detach    | the kind of VM "vm1" is SharedFS   | VM "vm1" is Starting |
      | vm-state-to-detach      | neither-root-nor-data | the type of volume "extra1" is ISO | VM "vm1" is Starting |
      | vm-snapshots            | backups               | VM "vm1" has a VM snapshot         | VM "vm1" has backups |

  @CS-PRE-018 @SPEC-04 @SPEC-13 @extended
  Scenario: [CS-PRE-018] What a hypervisor cannot is said before that a ROOT's VM runs
    Given a running LXC VM "vm2" with ROOT volume "r2"
    When the owner detaches volume "r2"
    Then the request is refused because hypervisor-unsupported

  @CS-PRE-019 @SPEC-04 @extended
  Scenario Outline: [CS-PRE-019] A detach of a ROOT is refused because <reason>, not because <later>
    Given volume "r1" lies on managed storage
    And <other>
    When the owner detaches volume "r1"
    Then the request is refused because <reason>

    Examples:
      | reason          | later           | other                      |
      | vm-not-stopped  | managed-storage | VM "vm1" is Running        |
      | managed-storage | vm-snapshots    | VM "vm1" has a VM snapshot |

  @CS-PRE-020 @needs-stage @SPEC-03 @SPEC-04 @extended
  Scenario: [CS-PRE-020] That a volume is gone is said before whose it was
    Given an Allocated data volume "d2"
    When the owner asks all at once
      | command      | id        | who      |
      | detachVolume | volume:d2 | stranger |
      | deleteVolume | volume:d2 | owner    |
    Then 1 of the requests failed because detached-row-gone

  @CS-PRE-021 @SPEC-03 @SPEC-06 @extended @flag-nothing-created-without-disks
  Scenario: [CS-PRE-021] That a VM has a ROOT is said before that a volume was uploaded
    Given an Allocated data volume "d2"
    And volume "d2" is in state Uploaded
    When the owner attaches volume "d2" to VM "vm1" as device 0
    Then the request is refused because root-present

  @CS-PRE-022 @SPEC-03 @SPEC-04 @extended @flag-never-started-stays
  Scenario: [CS-PRE-022] That a VM has backups is said before that it was never started
    Given a fresh VM "vm2" with ROOT volume "r2"
    And VM "vm2" has backups
    When the owner detaches volume "r2"
    Then the request is refused because backups

  @CS-PRE-023 @SPEC-03 @SPEC-08 @extended @flag-never-started-stays
  Scenario: [CS-PRE-023] That a VM was never started is said before how the volume was named
    Given a fresh VM "vm2" with ROOT volume "r2"
    When the owner detaches device 0 from VM "vm2"
    Then the request is refused because unforeseen
