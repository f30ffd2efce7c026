@volume
Feature: Back to a snapshot

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-RVT-001 @needs-KVM @SPEC-03 @extended
  Scenario: [CS-RVT-001] A volume has the size of its snapshot again
    Given a snapshot "s1" of volume "d1"
    When the owner calls resizeVolume with
      | id             | volume:d1   |
      | diskofferingid | disk:Medium |
    Then the request succeeds
    When the owner calls revertSnapshot with
      | id | snapshot:s1 |
    Then the request succeeds
    And volume "d1" differs from its start only in "diskofferingid, diskofferingname, diskofferingdisplaytext"

  @CS-RVT-002 @SPEC-03 @extended @RVS-01
  Scenario: [CS-RVT-002] A volume that is not Ready is not reverted
    Given a snapshot "s1" of volume "d1"
    And volume "d1" is in state Resizing
    When the owner calls revertSnapshot with
      | id | snapshot:s1 |
    Then the request is refused because volume-not-ready-to-revert

  @CS-RVT-003 @SPEC-03 @extended @RVS-02
  Scenario: [CS-RVT-003] No volume of a running VM is reverted
    Given a snapshot "s1" of volume "d1"
    And VM "vm1" is Running
    When the owner calls revertSnapshot with
      | id | snapshot:s1 |
    Then the request is refused because vm-up-to-revert

  @CS-RVT-004 @SPEC-03 @extended @RVS-03
  Scenario: [CS-RVT-004] No volume of a VM with VM snapshots is reverted
    Given a snapshot "s1" of volume "d1"
    And VM "vm1" has a VM snapshot
    When the owner calls revertSnapshot with
      | id | snapshot:s1 |
    Then the request is refused because vm-snapshots-to-revert

  @CS-RVT-005 @SPEC-03 @extended @RVS-04
  Scenario: [CS-RVT-005] KVM alone reverts volumes
    Given a stopped XenServer VM "vm2" with ROOT volume "r2"
    And a snapshot "s1" of volume "r2"
    When the owner calls revertSnapshot with
      | id | snapshot:s1 |
    Then the request is refused because not-kvm-to-revert

  @CS-RVT-006 @SPEC-03 @extended @RVS-05
  Scenario: [CS-RVT-006] No volume is reverted on a storage that is not Up
    Given a snapshot "s1" of volume "d1"
    When the root admin calls updateStoragePool with
      | id      | storage:d1 |
      | enabled | false      |
    Then the request succeeds
    When the owner calls revertSnapshot with
      | id | snapshot:s1 |
    Then the request is refused because store-down-to-revert

  @CS-RVT-007 @SPEC-03 @extended
  Scenario: [CS-RVT-007] A stopped VM goes back to its VM snapshot, and stays stopped
    Given VM "vm1" has a VM snapshot
    When the owner calls revertToVMSnapshot with
      | vmsnapshotid | snapshot:vm1 |
    Then the request succeeds
    And VM "vm1" is Stopped

  @CS-RVT-008 @SPEC-03 @extended @RVV-03
  Scenario: [CS-RVT-008] A running VM does not go back to where it had no memory
    Given VM "vm1" has a VM snapshot
    And VM "vm1" is Running
    When the owner calls revertToVMSnapshot with
      | vmsnapshotid | snapshot:vm1 |
    Then the request is refused because vm-state-change-to-revert

  @CS-RVT-009 @SPEC-03 @extended @RVV-02
  Scenario: [CS-RVT-009] A VM in Error does not go back
    Given VM "vm1" has a VM snapshot
    And VM "vm1" is Error
    When the root admin calls revertToVMSnapshot with
      | vmsnapshotid | snapshot:vm1 |
    Then the request is refused because vm-unsteady-to-revert

  @CS-RVT-010 @SPEC-03 @extended @RVV-01 @DVS-01
  Scenario: [CS-RVT-010] No VM goes back while a VM snapshot is worked on
    Given VM "vm1" has a VM snapshot
    When the root admin calls rootswapArrange with
      | kind   | vmsnapshot   |
      | id     | snapshot:vm1 |
      | fields | {"state": "Creating"} |
    Then the request succeeds
    When the owner calls revertToVMSnapshot with
      | vmsnapshotid | snapshot:vm1 |
    Then the request is refused because vm-snapshot-busy
    When the owner calls deleteVMSnapshot with
      | vmsnapshotid | snapshot:vm1 |
    Then the request is refused because vm-snapshot-not-deletable

  @CS-RVT-011 @SPEC-03 @extended @RVV-04
  Scenario: [CS-RVT-011] A VM does not go back to a VM snapshot that failed
    Given VM "vm1" has a VM snapshot
    When the root admin calls rootswapArrange with
      | kind   | vmsnapshot   |
      | id     | snapshot:vm1 |
      | fields | {"state": "Error"} |
    Then the request succeeds
    When the owner calls revertToVMSnapshot with
      | vmsnapshotid | snapshot:vm1 |
    Then the request is refused because vm-snapshot-not-ready

  @CS-RVT-012 @SPEC-03 @extended @DVS-02
  Scenario: [CS-RVT-012] No VM snapshot is deleted while it is being removed already
    Given VM "vm1" has a VM snapshot
    When the root admin calls rootswapArrange with
      | kind   | vmsnapshot   |
      | id     | snapshot:vm1 |
      | fields | {"state": "Expunging"} |
    Then the request succeeds
    When the owner calls deleteVMSnapshot with
      | vmsnapshotid | snapshot:vm1 |
    Then the request is refused because vm-snapshot-busy

  @CS-RVT-013 @SPEC-03 @extended
  Scenario: [CS-RVT-013] The VM snapshot that a VM went back to is its current one
    Given VM "vm1" has a VM snapshot
    When the owner calls createVMSnapshot with
      | virtualmachineid | vm:vm1 |
      | name             | second |
    Then the request succeeds
    When the owner calls listVMSnapshot with
      | vmsnapshotid | snapshot:vm1 |
    Then the answer shows
      | current | False |
    When the owner calls revertToVMSnapshot with
      | vmsnapshotid | snapshot:vm1 |
    Then the request succeeds
    When the owner calls listVMSnapshot with
      | vmsnapshotid | snapshot:vm1 |
    Then the answer shows
      | current | True |
