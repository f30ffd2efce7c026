@vm
Feature: Destroy, expunge and recover a VM

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-VMX-001 @SPEC-03 @core
  Scenario: [CS-VMX-001] A destroyed VM keeps its ROOT and loses its data volumes
    When the owner destroys VM "vm1"
    Then the request succeeds
    And VM "vm1" has exactly these volumes
      | volume | type | device |
      | r1     | ROOT | 0      |
    And volume "d1" is a detached DATADISK

  @CS-VMX-002 @SPEC-03 @admin @DSM-01
  Scenario: [CS-VMX-002] A user does not destroy and expunge at once
    When the owner calls destroyVirtualMachine with
      | id      | vm:vm1 |
      | expunge | true   |
    Then the request is refused because may-not-destroy-for-good

  @CS-VMX-003 @SPEC-03 @extended @DSM-02
  Scenario: [CS-VMX-003] A delete-protected VM is not destroyed
    Given the delete protection of VM "vm1" is on
    When the owner destroys VM "vm1"
    Then the request is refused because vm-protected

  @CS-VMX-004 @SPEC-03 @extended @DSM-03
  Scenario: [CS-VMX-004] A VM whose ROOT is being snapshotted is not destroyed
    Given volume "r1" is in state Snapshotting
    When the owner destroys VM "vm1"
    Then the request is refused because root-snapshot-under-way

  @CS-VMX-005 @SPEC-03 @extended @DSM-04
  Scenario: [CS-VMX-005] A ROOT is not among the volumes to destroy with the VM
    When the owner calls destroyVirtualMachine with
      | id        | vm:vm1    |
      | volumeids | volume:r1 |
    Then the request is refused because not-its-data-volumes

  @CS-VMX-006 @SPEC-03 @admin @EXP-01
  Scenario: [CS-VMX-006] A user does not expunge
    Given VM "vm1" is Destroyed
    When the owner expunges VM "vm1"
    Then the request is refused because may-not-expunge-vm

  @CS-VMX-007 @SPEC-03 @admin @EXP-02
  Scenario: [CS-VMX-007] A stopped VM is not expunged
    When the root admin expunges VM "vm1"
    Then the request is refused because not-destroyed

  @CS-VMX-008 @SPEC-03 @admin @RCM-01
  Scenario: [CS-VMX-008] A user does not recover
    Given VM "vm1" is Destroyed
    When the owner recovers VM "vm1"
    Then the request is refused because may-not-recover-vm

  @CS-VMX-008 @SPEC-03 @admin
  Scenario: [CS-VMX-008] A setting lets users recover
    Given VM "vm1" is Destroyed
    And the setting "allow.user.expunge.recover.vm" is "true"
    When the owner recovers VM "vm1"
    Then the request succeeds
    And VM "vm1" is Stopped

  @CS-VMX-009 @SPEC-03 @admin @RCM-02
  Scenario: [CS-VMX-009] A stopped VM is not recovered
    When the root admin recovers VM "vm1"
    Then the request is refused because not-in-right-state

  @CS-VMX-010 @SPEC-03 @admin
  Scenario: [CS-VMX-010] A recovered VM has its ROOT and starts
    Given VM "vm1" is Destroyed
    When the root admin recovers VM "vm1"
    And the owner starts VM "vm1"
    Then VM "vm1" is Running
    And VM "vm1" has exactly these volumes
      | volume | type | device |
      | r1     | ROOT | 0      |
