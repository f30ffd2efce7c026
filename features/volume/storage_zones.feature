@volume
Feature: Managed storage, zones, snapshots and backups

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-STO-001 @SPEC-12 @extended @DET-12
  Scenario: [CS-STO-001] A ROOT on a managed pool cannot be detached
    Given volume "r1" lies on managed storage
    When the owner detaches volume "r1"
    Then the request is refused because managed-storage

  @CS-STO-002 @SPEC-12 @extended @ATT-11
  Scenario: [CS-STO-002] Nor attached at 0
    Given volume "r1" has been detached
    And volume "r1" lies on managed storage
    When the owner attaches volume "r1" to VM "vm1" as device 0
    Then the request is refused because managed-storage

  @CS-STO-003 @SPEC-12 @extended
  Scenario: [CS-STO-003] A data volume on a managed pool can
    Given volume "d1" lies on managed storage
    When the owner detaches volume "d1"
    Then the job succeeds

  @CS-ZON-001 @SPEC-03 @extended @ATT-07
  Scenario: [CS-ZON-001] Another zone is refused
    Given a stopped VM "vm2" with ROOT volume "r2" in zone "zone2"
    And volume "r1" has been detached
    When the owner attaches volume "r1" to VM "vm2"
    Then the request is refused because other-zone

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

  @CS-SNP-005 @SPEC-03 @extended @DET-14
  Scenario: [CS-SNP-005] Backups block the detach
    Given VM "vm1" has backups
    When the owner detaches volume "r1"
    Then the request is refused because backups

  @CS-SNP-005 @SPEC-03 @extended @ATT-17
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
    Then the job succeeds
