@volume
Feature: Snapshots and backups

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-SNP-001 @SPEC-03 @extended @DET-13
  Scenario Outline: [CS-SNP-001] A VM snapshot blocks the detach of volume <volume>
    Given VM "vm1" has a VM snapshot
    When the owner detaches volume "<volume>"
    Then the request is refused because vm-snapshots

    Examples:
      | volume |
      | r1     |
      | d1     |

  @CS-SNP-002 @SPEC-03 @extended @ATT-16
  Scenario: [CS-SNP-002] A VM snapshot blocks the attach
    Given an Allocated data volume "d2"
    And VM "vm1" has a VM snapshot
    When the owner attaches volume "d2" to VM "vm1"
    Then the request is refused because vm-snapshots

  @CS-SNP-005 @SPEC-03 @extended @DET-14 @unless-detach-backups-must-exist
  Scenario: [CS-SNP-005] Backups block the detach
    Given VM "vm1" has backups
    When the owner detaches volume "r1"
    Then the request is refused because backups

  @CS-SNP-005 @SPEC-03 @extended @ATT-17 @unless-backups-must-exist
  Scenario: [CS-SNP-005] Backups block the attach
    Given an Allocated data volume "d2"
    And VM "vm1" has backups
    When the owner attaches volume "d2" to VM "vm1"
    Then the request is refused because backups

  @CS-SNP-006 @SPEC-03 @admin
  Scenario: [CS-SNP-006] A global setting lifts it
    Given VM "vm1" has backups
    And the setting "backup.enable.attach.detach.of.volumes" is "true"
    When the owner detaches volume "r1"
    Then the request succeeds

  @CS-VMS-001 @SPEC-06 @extended @VMS-03
  Scenario: [CS-VMS-001] No VM snapshot without ROOT
    Given volume "r1" has been detached
    When the owner calls createVMSnapshot with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because no-root-to-snapshot

  @CS-VOL-011 @SPEC-03 @core @SNA-02
  Scenario: [CS-VOL-011] An Allocated volume has nothing to snapshot
    Given an Allocated data volume "d2"
    When the owner calls createSnapshot with
      | volumeid | volume:d2 |
    Then the request is refused because not-ready-to-snapshot

  @CS-SNP-003 @SPEC-03 @extended
  Scenario: [CS-SNP-003] Without the VM snapshot both are allowed again
    Given VM "vm1" has a VM snapshot
    When the owner calls deleteVMSnapshot with
      | vmsnapshotid | snapshot:vm1 |
    And the owner detaches volume "r1"
    Then the request succeeds
    When the owner attaches volume "r1" to VM "vm1" as device 0
    Then the request succeeds

  @CS-SNP-004 @SPEC-03 @extended
  Scenario: [CS-SNP-004] A volume snapshot does not block
    Given a snapshot "s1" of volume "r1"
    When the owner detaches volume "r1"
    Then the request succeeds
    When the owner attaches volume "r1" to VM "vm1" as device 0
    Then the request succeeds

  @CS-SNP-006 @SPEC-03 @admin @unless-backups-ignore-setting
  Scenario: [CS-SNP-006] A global setting lifts it for an attach too
    Given volume "r1" has been detached
    And VM "vm1" has backups
    And the setting "backup.enable.attach.detach.of.volumes" is "true"
    When the owner attaches volume "r1" to VM "vm1" as device 0
    Then the request succeeds

  @CS-SNP-009 @SPEC-03 @extended @SNA-03
  Scenario: [CS-SNP-009] No snapshot beyond the account's limit
    Given the setting "max.account.snapshots" is "0"
    When the owner calls createSnapshot with
      | volumeid | volume:r1 |
    Then the request is refused because snapshot-limit

  @CS-SNP-009 @SPEC-03 @extended @SNA-03 @unless-snapshots-count-as-secondary
  Scenario: [CS-SNP-009] A snapshot that stays on primary storage needs room there
    Given volume "d1" lies on managed storage
    And the setting "max.account.primary.storage" is "7"
    And the setting "max.account.secondary.storage" is "0"
    When the owner calls createSnapshot with
      | volumeid     | volume:d1 |
      | locationtype | primary   |
    Then the request is refused because snapshot-beyond-primary
    Given the setting "max.account.primary.storage" is "12"
    When the owner calls createSnapshot with
      | volumeid     | volume:d1 |
      | locationtype | primary   |
    Then the request succeeds

  @CS-VMS-002 @SPEC-03 @extended @VMS-01
  Scenario: [CS-VMS-002] No VM snapshot of a VM in Error
    Given VM "vm1" is Error
    When the root admin calls createVMSnapshot with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because not-steady-to-snapshot

  @CS-VMS-003 @SPEC-03 @extended @VMS-02
  Scenario: [CS-VMS-003] No memory to snapshot in a stopped VM
    When the owner calls createVMSnapshot with
      | virtualmachineid | vm:vm1 |
      | snapshotmemory   | true   |
    Then the request is refused because no-memory-to-snapshot

  @CS-VMS-004 @SPEC-03 @extended @VMS-04
  Scenario: [CS-VMS-004] LXC has no VM snapshots
    Given a stopped LXC VM "vm2" with ROOT volume "r2"
    When the owner calls createVMSnapshot with
      | virtualmachineid | vm:vm2 |
    Then the request is refused because vm-snapshots-unsupported

  @CS-VMS-005 @SPEC-03 @extended @VMS-05
  Scenario: [CS-VMS-005] No VM snapshot while a volume is being snapshotted
    Given volume "d1" is in state Snapshotting
    When the owner calls createVMSnapshot with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because volume-snapshot-active

  @CS-VMS-006 @SPEC-03 @extended @VMS-06
  Scenario: [CS-VMS-006] No VM snapshot while another is being taken
    When the owner asks all at once
      | command          | virtualmachineid | name   |
      | createVMSnapshot | vm:vm1           | first  |
      | createVMSnapshot | vm:vm1           | second |
    Then 1 of the requests succeeded
    And 1 of the requests failed because vm-snapshot-active

  @CS-SNP-010 @SPEC-03 @extended @SNA-01
  Scenario: [CS-SNP-010] No snapshot of a volume that is gone
    Given volume "d1" has been detached
    And volume "d1" has been deleted
    When the owner calls createSnapshot with
      | volumeid | volume:d1 |
    Then the request is refused because gone-to-snapshot

  @CS-SNP-011 @SPEC-03 @extended @SNA-04
  Scenario: [CS-SNP-011] No snapshot while the owner is disabled
    Given the owner is disabled
    When the root admin calls createSnapshot with
      | volumeid | volume:d1 |
    Then the request is refused because owner-disabled-to-snapshot

  @CS-SNP-012 @SPEC-03 @extended @SNA-05
  Scenario: [CS-SNP-012] No snapshot of somebody else's volume
    When the other calls createSnapshot with
      | volumeid | volume:d1 |
    Then the request is refused because permission-denied

  @CS-SNP-013 @SPEC-03 @extended @SNA-06 @SNA-08
  Scenario: [CS-SNP-013] Managed storage alone is told where a snapshot lies
    When the root admin calls createSnapshot with
      | volumeid     | volume:d1 |
      | locationtype | moon      |
    Then the request is refused because location-unknown
    When the owner calls createSnapshot with
      | volumeid     | volume:d1 |
      | locationtype | secondary |
    Then the request is refused because location-of-unmanaged

  @CS-SNP-014 @SPEC-03 @extended @SNA-07
  Scenario: [CS-SNP-014] A disabled zone takes no snapshots
    Given the allocation of zone "a-zone" is off
    When the owner calls createSnapshot with
      | volumeid | volume:d1 |
    Then the request is refused because zone-disabled

  @CS-SNP-015 @SPEC-03 @extended @SNA-09
  Scenario: [CS-SNP-015] No snapshot of the ROOT of a destroyed VM
    Given VM "vm1" is Destroyed
    When the root admin calls createSnapshot with
      | volumeid | volume:r1 |
    Then the request is refused because vm-ends-to-snapshot

  @CS-SNP-016 @SPEC-03 @extended @SNA-10
  Scenario: [CS-SNP-016] KVM takes one snapshot of a VM's volumes at a time
    Given volume "r1" is in state Snapshotting
    When the owner calls createSnapshot with
      | volumeid | volume:d1 |
    Then the request is refused because other-snapshot-active

  @CS-SNP-017 @SPEC-03 @extended @SNA-11
  Scenario: [CS-SNP-017] No snapshot of a volume during a VM snapshot
    Given the work queue has just ticked
    When the root admin asks all at once
      | command          | virtualmachineid | volumeid  | after |
      | createVMSnapshot | vm:vm1           |           |       |
      | createSnapshot   |                  | volume:d1 | 2.1   |
    Then 1 of the requests succeeded
    And 1 of the requests failed because vm-snapshot-at-work

  @CS-SNP-018 @SPEC-03 @extended @SND-01
  Scenario: [CS-SNP-018] A snapshot that goes while its job begins is not deleted
    Given a snapshot "s1" of volume "d1"
    When the root admin asks all at once
      | command         | id          | kind     | fields            | after |
      | deleteSnapshot  | snapshot:s1 |          |                   |       |
      | rootswapArrange | snapshot:s1 | snapshot | {"removed": true} | 0.1   |
    Then 1 of the requests succeeded
    And 1 of the requests failed because snapshot-gone-to-delete

  @CS-SNP-019 @SPEC-03 @extended @SND-02
  Scenario: [CS-SNP-019] A snapshot that is being copied away is not deleted
    Given a snapshot "s1" of volume "d1"
    When the root admin calls rootswapArrange with
      | kind   | snapshot               |
      | id     | snapshot:s1            |
      | fields | {"state": "BackingUp"} |
    Then the request succeeds
    When the owner calls deleteSnapshot with
      | id | snapshot:s1 |
    Then the request is refused because snapshot-busy-to-delete

  @CS-VMS-020 @SPEC-03 @extended @VMS-07
  Scenario: [CS-VMS-020] No VM snapshot of a router
    Given the kind of VM "vm1" is DomainRouter
    When the root admin calls createVMSnapshot with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because no-users-vm-to-snapshot

  @CS-VMS-021 @SPEC-03 @extended @fs-only @VMS-08
  Scenario: [CS-VMS-021] A VM snapshot has a name of its own, whatever its case
    When the owner calls createVMSnapshot with
      | virtualmachineid | vm:vm1 |
      | name             | first  |
    Then the request succeeds
    When the owner calls createVMSnapshot with
      | virtualmachineid | vm:vm1 |
      | name             | First  |
    Then the request is refused because vm-snapshot-name-taken

  @CS-VMS-021 @SPEC-03 @extended @acs-quirk
  Scenario: [CS-VMS-021] VM snapshots may have the same name
    When the owner calls createVMSnapshot with
      | virtualmachineid | vm:vm1 |
      | name             | first  |
    Then the request succeeds
    When the owner calls createVMSnapshot with
      | virtualmachineid | vm:vm1 |
      | name             | first  |
    Then the request succeeds

  @CS-VMS-022 @needs-KVM @SPEC-03 @extended @VMS-09
  Scenario: [CS-VMS-022] No VM snapshot of a running KVM VM with a snapshot of a volume
    Given a snapshot "s1" of volume "r1"
    And VM "vm1" is Running
    When the owner calls createVMSnapshot with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because no-strategy-to-snapshot
    When the owner calls createVMSnapshot with
      | virtualmachineid | vm:vm1 |
      | snapshotmemory   | true   |
    Then the request succeeds

  @CS-VMS-023 @SPEC-03 @extended @VMS-10
  Scenario: [CS-VMS-023] No memory to keep of a running KVM VM with an encrypted ROOT
    Given VM "vm1" is Running
    And the encryption format of volume "r1" is luks
    When the root admin calls createVMSnapshot with
      | virtualmachineid | vm:vm1 |
      | snapshotmemory   | true   |
    Then the request is refused because encrypted-memory

  @CS-VMS-024 @SPEC-03 @extended @VMS-11 @unless-vm-snapshots-counted-at-boot
  Scenario: [CS-VMS-024] A VM has as many VM snapshots as the setting says
    Given the setting "vmsnapshot.max" is "1"
    When the owner calls createVMSnapshot with
      | virtualmachineid | vm:vm1 |
      | name             | first  |
    Then the request succeeds
    When the owner calls createVMSnapshot with
      | virtualmachineid | vm:vm1 |
      | name             | second |
    Then the request is refused because too-many-vm-snapshots
