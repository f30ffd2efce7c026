@volume
Feature: Delete, destroy, recover, resize and snapshot a detached ROOT

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-VOL-001 @SPEC-03 @core @DEL-03
  Scenario: [CS-VOL-001] An attached ROOT cannot be deleted
    When the owner calls deleteVolume with
      | id | volume:r1 |
    Then the request is refused because attached-now

  @CS-VOL-002 @SPEC-03 @core @DSV-03
  Scenario: [CS-VOL-002] An attached ROOT cannot be destroyed
    When the owner calls destroyVolume with
      | id | volume:r1 |
    Then the request is refused because already-attached

  @CS-VOL-003 @SPEC-03 @core
  Scenario: [CS-VOL-003] A detached ROOT can be deleted
    Given volume "r1" has been detached
    When the owner calls deleteVolume with
      | id | volume:r1 |
    Then the request succeeds

  @CS-VOL-004 @SPEC-03 @core
  Scenario: [CS-VOL-004] A detached ROOT can be destroyed and is then in Destroy
    Given volume "r1" has been detached
    When the owner calls destroyVolume with
      | id | volume:r1 |
    Then the job succeeds
    And field "state" of volume "r1" is "Destroy"

  @CS-VOL-005 @SPEC-03 @core @DSV-09
  Scenario: [CS-VOL-005] An Allocated volume cannot be destroyed without expunge
    Given an Allocated data volume "d2"
    When the owner calls destroyVolume with
      | id | volume:d2 |
    Then the request is refused because only-expunge

  @CS-VOL-006 @SPEC-03 @core @RCV-04
  Scenario: [CS-VOL-006] Only a destroyed volume is recovered
    Given volume "r1" has been detached
    When the owner calls recoverVolume with
      | id | volume:r1 |
    Then the request is refused because not-in-destroy

  @CS-VOL-007 @SPEC-03 @core
  Scenario: [CS-VOL-007] A destroyed former ROOT comes back as a Ready data disk
    Given volume "r1" has been detached
    When the owner calls destroyVolume with
      | id | volume:r1 |
    And the owner calls recoverVolume with
      | id | volume:r1 |
    Then the request succeeds
    And volume "r1" is a detached DATADISK
    And field "state" of volume "r1" is "Ready"

  @CS-VOL-008 @SPEC-03 @core @RSZ-07
  Scenario: [CS-VOL-008] A shrink must be signed off
    When the owner calls resizeVolume with
      | id   | volume:r1 |
      | size | 1         |
    Then the request is refused because shrink-unsigned

  @CS-VOL-009 @SPEC-03 @core
  Scenario: [CS-VOL-009] A detached ROOT can grow
    Given volume "r1" has been detached
    When the owner calls resizeVolume with
      | id   | volume:r1 |
      | size | 8         |
    Then the job succeeds
    And field "size" of volume "r1" is "8589934592"

  @CS-VOL-010 @SPEC-03 @core @RSZ-06
  Scenario: [CS-VOL-010] A VM snapshot blocks a resize
    Given VM "vm1" has a VM snapshot
    When the owner calls resizeVolume with
      | id   | volume:r1 |
      | size | 8         |
    Then the request is refused because resize-vm-snapshots

  @CS-VOL-011 @SPEC-03 @core @SNA-02
  Scenario: [CS-VOL-011] An Allocated volume has nothing to snapshot
    Given an Allocated data volume "d2"
    When the owner calls createSnapshot with
      | volumeid | volume:d2 |
    Then the request is refused because not-ready-to-snapshot

  @CS-VOL-012 @SPEC-01 @core
  Scenario: [CS-VOL-012] A reinstall destroys the old ROOT and leaves it loose
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then the job succeeds
    And volume "r1" is a detached DATADISK
    And field "state" of volume "r1" is "Destroy"
