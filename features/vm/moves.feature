@vm
Feature: Migrate VMs

  @CS-MOV-001 @SPEC-03 @admin @MVM-01 @MVM-04 @MVM-06
  Scenario: [CS-MOV-001] A running VM goes to another host of its cluster
    Given a running VM "vm1" with ROOT volume "r1" on host "z0c0-host0"
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because no-place-to-migrate-to
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1          |
      | hostid           | host:z0c0-host0 |
    Then the request is refused because host-already
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1          |
      | hostid           | host:z0c1-host0 |
    Then the request is refused because place-unfit
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1          |
      | hostid           | host:z0c0-host1 |
    Then the request succeeds
    And field "hostname" of VM "vm1" is "z0c0-host1"

  @CS-MOV-002 @SPEC-03 @admin @MVM-02
  Scenario: [CS-MOV-002] A stopped VM goes to another storage
    Given a stopped VM "vm1" with ROOT volume "r1" on host "z0c0-host0"
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1          |
      | hostid           | host:z0c0-host1 |
    Then the request is refused because not-running-to-migrate
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1       |
      | storageid        | pool:Z0C1PS0 |
    Then the request succeeds
    And field "storage" of volume "r1" is "Z0C1PS0"

  @CS-MOV-003 @SPEC-03 @admin @MVM-05
  Scenario: [CS-MOV-003] A VM with VM snapshots stays on its storage
    Given a stopped VM "vm1" with ROOT volume "r1" on host "z0c0-host0"
    And VM "vm1" has a VM snapshot
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1       |
      | storageid        | pool:Z0C1PS0 |
    Then the request is refused because vm-snapshots-to-migrate

  @CS-MOV-004 @SPEC-03 @admin @MVM-03
  Scenario: [CS-MOV-004] A running VM stays on its storage
    Given a running VM "vm1" with ROOT volume "r1"
    When the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm1       |
      | storageid        | pool:Z0C1PS0 |
    Then the request is refused because not-stopped-to-migrate

  @CS-MOV-005 @SPEC-03 @admin @MVM-07
  Scenario: [CS-MOV-005] A VM that was stopped meanwhile is not migrated
    Given a running VM "vm1" with ROOT volume "r1" on host "z0c0-host0"
    And the work queue has just ticked
    When the root admin asks all at once
      | command               | id     | virtualmachineid | hostid          | after |
      | stopVirtualMachine    | vm:vm1 |                  |                 | 0     |
      | migrateVirtualMachine |        | vm:vm1           | host:z0c0-host1 | 1     |
    Then 1 of the requests succeeded
    And 1 of the requests failed because stopped-meanwhile

  @CS-MOV-006 @SPEC-03 @admin @MVM-08
  Scenario: [CS-MOV-006] A VM that was started meanwhile keeps its storage
    Given a stopped VM "vm1" with ROOT volume "r1" on host "z0c0-host0"
    And the work queue has just ticked
    When the root admin asks all at once
      | command               | id     | virtualmachineid | storageid    | after |
      | startVirtualMachine   | vm:vm1 |                  |              | 0     |
      | migrateVirtualMachine |        | vm:vm1           | pool:Z0C1PS0 | 1     |
    Then 1 of the requests succeeded
    And 1 of the requests failed because started-meanwhile

  @CS-MOV-011 @SPEC-03 @admin @UPH-01
  Scenario: [CS-MOV-011] A disabled host takes no VM
    Given a stopped VM "vm1" with ROOT volume "r1"
    When the root admin calls updateHost with
      | id              | host:z0c0-host0 |
      | allocationstate | tired           |
    Then the request is refused because allocation-unknown
    When the root admin calls updateHost with
      | id              | host:z0c0-host0 |
      | allocationstate | Disable         |
    Then the request succeeds
    When the root admin calls startVirtualMachine with
      | id     | vm:vm1          |
      | hostid | host:z0c0-host0 |
    Then the request is refused because no-destination
