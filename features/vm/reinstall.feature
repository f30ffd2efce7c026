@vm
Feature: Reinstall a VM

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-VOL-012 @SPEC-01 @core
  Scenario: [CS-VOL-012] A reinstall destroys the old ROOT and leaves it loose
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then the request succeeds
    And volume "r1" is a detached DATADISK
    And field "state" of volume "r1" is "Destroy"

  @CS-VMI-001 @SPEC-01 @extended @RST-01
  Scenario: [CS-VMI-001] A destroyed VM is not reinstalled
    Given VM "vm1" is Destroyed
    When the root admin calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because not-steady-to-reinstall

  @CS-VMI-002 @SPEC-01 @core @RST-02
  Scenario: [CS-VMI-002] A VM without ROOT is not reinstalled
    Given volume "r1" has been detached
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because no-root-to-reinstall

  @CS-VMI-003 @SPEC-06 @extended @RST-03
  Scenario: [CS-VMI-003] A VM with two ROOTs is not reinstalled
    Given the type of volume "d1" is ROOT
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because two-roots-to-reinstall

  @CS-VMI-004 @SPEC-03 @extended @RST-04
  Scenario: [CS-VMI-004] A VM snapshot blocks a reinstall
    Given VM "vm1" has a VM snapshot
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because reinstall-vm-snapshots

  @CS-VMI-005 @SPEC-07 @extended @RST-05
  Scenario: [CS-VMI-005] A blank ROOT is not reinstalled from a template
    Given volume "r1" has been detached
    And volume "d1" has been detached
    And volume "d1" has been attached to VM "vm1" as device 0
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1       |
      | templateid       | template:KVM |
    Then the request is refused because blank-root-no-template

  @CS-VMI-006 @SPEC-07 @extended @RST-06
  Scenario: [CS-VMI-006] A blank ROOT is not reinstalled without an ISO
    Given volume "r1" has been detached
    And volume "d1" has been detached
    And volume "d1" has been attached to VM "vm1" as device 0
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because blank-root-no-iso

  @CS-VMI-007 @SPEC-01 @extended
  Scenario: [CS-VMI-007] A running VM is reinstalled and runs on
    Given VM "vm1" is Running
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then the request succeeds
    And VM "vm1" is Running
    And field "state" of volume "r1" is "Destroy"
