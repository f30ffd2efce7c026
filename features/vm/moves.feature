@vm
Feature: Migrate VMs

  @CS-MOV-001 @SPEC-03 @admin @MVM-01 @MVM-04 @MVM-10 @MVM-19
  Scenario: [CS-MOV-001] A running VM goes to another host of its cluster
    Given a running VM "vm1" with ROOT volume "r1" on host "a-host"
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1                |
      | hostid           | host:another-host     |
      | storageid        | pool:a-pool-elsewhere |
    Then the request is refused because two-places-to-migrate-to
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1 |
      | autoselect       | false  |
    Then the request is refused because no-place-to-migrate-to
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1      |
      | hostid           | host:a-host |
    Then the request is refused because host-already
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1                |
      | hostid           | host:a-host-elsewhere |
    Then the request is refused because host-too-far
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1            |
      | hostid           | host:another-host |
    Then the request succeeds
    And field "hostname" of VM "vm1" is "another-host"
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then the request succeeds

  @CS-MOV-002 @SPEC-03 @admin @MVM-02
  Scenario: [CS-MOV-002] A stopped VM goes to another storage
    Given a stopped VM "vm1" with ROOT volume "r1" on host "a-host"
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1            |
      | hostid           | host:another-host |
    Then the request is refused because not-running-to-migrate
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1                |
      | storageid        | pool:a-pool-elsewhere |
    Then the request succeeds
    And field "storage" of volume "r1" is "a-pool-elsewhere"

  @CS-MOV-007 @SPEC-03 @admin @MVM-09 @MVM-11 @MVM-12
  Scenario Outline: [CS-MOV-007] A VM of <hypervisor> is not migrated
    Given a running VM "vm1" with ROOT volume "r1" on host "a-host"
    And the hypervisor of VM "vm1" is <hypervisor>
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1            |
      | hostid           | host:another-host |
    Then the request is refused because <reason>

    Examples:
      | hypervisor | reason                  |
      | External   | external-vm-to-migrate  |
      | BareMetal  | not-migrated-alive      |
      | LXC        | containers-not-migrated |

  @CS-MOV-008 @SPEC-03 @admin @MVM-13
  Scenario: [CS-MOV-008] A VM with a volume on local storage stays on its host
    Given a running VM "vm1" with ROOT volume "r1" on host "a-host"
    And volume "r1" lies on local storage of host "a-host"
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1            |
      | hostid           | host:another-host |
    Then the request is refused because local-to-migrate

  @CS-MOV-009 @SPEC-03 @admin @MVM-06 @MVM-14
  Scenario: [CS-MOV-009] A VM goes to no host that is disabled
    Given a running VM "vm1" with ROOT volume "r1" on host "a-host"
    When the root admin calls updateHost with
      | id              | host:another-host |
      | allocationstate | Disable           |
    Then the request succeeds
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1            |
      | hostid           | host:another-host |
    Then the request is refused because host-not-ready
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because no-host-to-migrate-to

  @CS-MOV-010 @SPEC-03 @admin @MVM-16
  Scenario: [CS-MOV-010] A VM whose volume is being snapshotted stays on its host
    Given a running VM "vm1" with ROOT volume "r1" on host "a-host"
    And volume "r1" is in state Snapshotting
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1            |
      | hostid           | host:another-host |
    Then the request is refused because snapshotted-to-migrate

  @CS-MOV-012 @SPEC-03 @admin @MVM-20
  Scenario: [CS-MOV-012] A host without memory for a VM does not take it
    Given a running VM "vm1" with ROOT volume "r1" on host "a-host"
    And the memory of host "another-host" is 1
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1            |
      | hostid           | host:another-host |
    Then the request is refused because no-room-to-migrate

  @CS-MOV-013 @SPEC-03 @admin @MVM-15
  Scenario: [CS-MOV-013] A host that has all the guests it may have takes no more
    Given a running VMware VM "vm1" with ROOT volume "r1"
    When the root admin calls updateHypervisorCapabilities with
      | id             | 57 |
      | maxguestslimit | 0  |
    Then the request succeeds
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1             |
      | hostid           | host:a-VMware-host |
    Then the request is refused because host-crowded

  @CS-MOV-018 @SPEC-03 @admin @acs-quirk
  Scenario: [CS-MOV-018] A stopped VM may leave its storage behind for another zone's
    Given a stopped VM "vm1" with ROOT volume "r1" on host "a-host"
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1                      |
      | storageid        | pool:a-pool-of-another-zone |
    Then the request succeeds
    And listVolumes shows the root admin "r1" with
      | storageid | pool:a-pool-of-another-zone |
      | listall   | true                        |

  @CS-MOV-018 @SPEC-03 @admin @fs-only @MVM-23
  Scenario: [CS-MOV-018] A VM stays in its zone
    Given a stopped VM "vm1" with ROOT volume "r1" on host "a-host"
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1                      |
      | storageid        | pool:a-pool-of-another-zone |
    Then the request is refused because zone-left

  @CS-MOV-014 @SPEC-03 @admin @MVM-17
  Scenario: [CS-MOV-014] A VM with data disks stays on its storage but on KVM and VMware
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"
    And the hypervisor of VM "vm1" is XenServer
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1                |
      | storageid        | pool:a-pool-elsewhere |
    Then the request is refused because data-disks-to-migrate

  @CS-MOV-015 @SPEC-03 @admin @MVM-18
  Scenario: [CS-MOV-015] A VM goes to a storage of its hypervisor
    Given a stopped VM "vm1" with ROOT volume "r1"
    And the hypervisor of VM "vm1" is VMware
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1                |
      | storageid        | pool:a-pool-elsewhere |
    Then the request is refused because storage-of-another-hypervisor

  @CS-MOV-016 @SPEC-03 @admin @MVM-21
  Scenario: [CS-MOV-016] A VM leaves no managed storage
    Given a stopped VM "vm1" with ROOT volume "r1" on host "a-host"
    And volume "r1" lies on managed storage
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1                |
      | storageid        | pool:a-pool-elsewhere |
    Then the request is refused because held-by-managed-storage

  @CS-MOV-017 @SPEC-03 @admin @MVM-22
  Scenario: [CS-MOV-017] A VM goes to another storage with Ready volumes
    Given a stopped VM "vm1" with ROOT volume "r1" on host "a-host"
    And volume "r1" is in state Allocated
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1                |
      | storageid        | pool:a-pool-elsewhere |
    Then the request is refused because unready-to-migrate

  @CS-MOV-003 @SPEC-03 @admin @MVM-05
  Scenario: [CS-MOV-003] A VM with VM snapshots stays on its storage
    Given a stopped VM "vm1" with ROOT volume "r1" on host "a-host"
    And VM "vm1" has a VM snapshot
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1                |
      | storageid        | pool:a-pool-elsewhere |
    Then the request is refused because vm-snapshots-to-migrate

  @CS-MOV-004 @SPEC-03 @admin @MVM-03
  Scenario: [CS-MOV-004] A running VM stays on its storage
    Given a running VM "vm1" with ROOT volume "r1"
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1                |
      | storageid        | pool:a-pool-elsewhere |
    Then the request is refused because not-stopped-to-migrate

  @CS-MOV-005 @SPEC-03 @admin @MVM-07
  Scenario: [CS-MOV-005] A VM that was stopped meanwhile is not migrated
    Given a running VM "vm1" with ROOT volume "r1" on host "a-host"
    And the work queue has just ticked
    When the root admin asks all at once
      | command               | id     | virtualmachineid | hostid            | after |
      | stopVirtualMachine    | vm:vm1 |                  |                   | 0     |
      | migrateVirtualMachine |        | vm:vm1           | host:another-host | 1     |
    Then 1 of the requests succeeded
    And 1 of the requests failed because stopped-meanwhile

  @CS-MOV-006 @SPEC-03 @admin @MVM-08
  Scenario: [CS-MOV-006] A VM that was started meanwhile keeps its storage
    Given a stopped VM "vm1" with ROOT volume "r1" on host "a-host"
    And the work queue has just ticked
    When the root admin asks all at once
      | command               | id     | virtualmachineid | storageid             | after |
      | startVirtualMachine   | vm:vm1 |                  |                       | 0     |
      | migrateVirtualMachine |        | vm:vm1           | pool:a-pool-elsewhere | 1     |
    Then 1 of the requests succeeded
    And 1 of the requests failed because started-meanwhile

  @CS-MOV-011 @SPEC-03 @admin @UPH-01
  Scenario: [CS-MOV-011] A disabled host takes no VM
    Given a stopped VM "vm1" with ROOT volume "r1"
    When the root admin calls updateHost with
      | id              | host:a-host |
      | allocationstate | tired       |
    Then the request is refused because allocation-unknown
    When the root admin calls updateHost with
      | id              | host:a-host |
      | allocationstate | Disable     |
    Then the request succeeds
    When the root admin calls startVirtualMachine with
      | id     | vm:vm1      |
      | hostid | host:a-host |
    Then the request is refused because no-destination

  @CS-MOV-019 @SPEC-03 @admin @FHM-01
  Scenario: [CS-MOV-019] Hosts are found for a VM that runs
    Given a stopped VM "vm1" with ROOT volume "r1" on host "a-host"
    When the root admin calls findHostsForMigration with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because stopped-to-find-hosts
    When the owner starts VM "vm1"
    And the root admin calls findHostsForMigration with
      | virtualmachineid | vm:vm1             |
      | keyword          | named:another-host |
    Then the request succeeds

  @CS-MOV-020 @SPEC-03 @admin @FHM-02 @FHM-03
  Scenario Outline: [CS-MOV-020] No hosts are found for a VM of <hypervisor>
    Given a running VM "vm1" with ROOT volume "r1" on host "a-host"
    And the hypervisor of VM "vm1" is <hypervisor>
    When the root admin calls findHostsForMigration with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because <reason>

    Examples:
      | hypervisor | reason                  |
      | BareMetal  | no-hosts-to-find        |
      | LXC        | no-hosts-for-containers |

  @CS-MOV-021 @SPEC-03 @admin @FHM-04
  Scenario: [CS-MOV-021] No hosts are found for a VM that local storage ties to its host
    Given a running VM "vm1" with ROOT volume "r1" on host "a-host"
    And the local storage of service offering "Small Instance" is on
    When the root admin calls findHostsForMigration with
      | virtualmachineid | vm:vm1 |
    Then the request succeeds
    When the root admin calls updateHypervisorCapabilities with
      | id                   | 56    |
      | storagemotionenabled | false |
    Then the request succeeds
    When the root admin calls findHostsForMigration with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because local-to-find-hosts
