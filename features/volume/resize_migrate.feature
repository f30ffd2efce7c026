@volume
Feature: Resize and migrate a volume

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

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
    Then the request succeeds
    And field "size" of volume "r1" is "8589934592"

  @CS-VOL-010 @SPEC-03 @core @RSZ-06
  Scenario: [CS-VOL-010] A VM snapshot blocks a resize
    Given VM "vm1" has a VM snapshot
    When the owner calls resizeVolume with
      | id   | volume:r1 |
      | size | 8         |
    Then the request is refused because resize-vm-snapshots

  @CS-VOL-013 @SPEC-03 @extended @RSZ-01
  Scenario: [CS-VOL-013] A volume deleted meanwhile is not resized
    Given an Allocated data volume "d2"
    When the owner asks all at once
      | command      | id        | size |
      | resizeVolume | volume:d2 | 8    |
      | deleteVolume | volume:d2 |      |
    Then 1 of the requests succeeded
    And 1 of the requests failed because nothing-to-resize

  @CS-VOL-014 @SPEC-03 @extended @RSZ-03
  Scenario Outline: [CS-VOL-014] A volume in <state> is not resized
    Given volume "d1" is in state <state>
    When the owner calls resizeVolume with
      | id   | volume:d1 |
      | size | 8         |
    Then the request is refused because not-settled-to-resize

    Examples:
      | state        |
      | Uploaded     |
      | Snapshotting |
      | Migrating    |

  @CS-VOL-015 @SPEC-03 @extended @RSZ-04
  Scenario: [CS-VOL-015] LXC does not resize
    Given a stopped LXC VM "vm2" with ROOT volume "r2"
    When the owner calls resizeVolume with
      | id   | volume:r2 |
      | size | 8         |
    Then the request is refused because resize-unsupported

  @CS-VOL-016 @SPEC-03 @extended @RSZ-08
  Scenario: [CS-VOL-016] A volume does not grow beyond the account's primary storage
    Given the setting "max.account.primary.storage" is "9"
    When the owner calls resizeVolume with
      | id   | volume:r1 |
      | size | 8         |
    Then the request is refused because growth-too-large

  @CS-VOL-017 @SPEC-03 @admin
  Scenario: [CS-VOL-017] A detached ROOT can be moved to another pool and back to its VM
    Given volume "r1" has been detached
    When the root admin calls migrateVolume with
      | volumeid  | volume:r1    |
      | storageid | pool:Z0C1PS0 |
    Then the request succeeds
    And field "storage" of volume "r1" is "Z0C1PS0"
    When the owner attaches volume "r1" to VM "vm1" as device 0
    Then the request succeeds

  @CS-VOL-018 @SPEC-03 @admin @MIG-01
  Scenario: [CS-VOL-018] A volume deleted meanwhile is not migrated
    Given an Allocated data volume "d2"
    When the root admin asks all at once
      | command       | volumeid  | storageid    | id        |
      | migrateVolume | volume:d2 | pool:Z0C1PS0 |           |
      | deleteVolume  |           |              | volume:d2 |
    Then 1 of the requests succeeded
    And 1 of the requests failed because nothing-to-migrate

  @CS-VOL-019 @SPEC-03 @admin @MIG-03
  Scenario: [CS-VOL-019] An Allocated volume is not migrated
    Given an Allocated data volume "d2"
    When the root admin calls migrateVolume with
      | volumeid  | volume:d2    |
      | storageid | pool:Z0C1PS0 |
    Then the request is refused because not-ready-to-migrate

  @CS-VOL-020 @SPEC-03 @admin @MIG-04
  Scenario: [CS-VOL-020] A volume is not migrated to where it is
    When the root admin calls migrateVolume with
      | volumeid  | volume:d1  |
      | storageid | storage:d1 |
    Then the request is refused because already-there

  @CS-VOL-021 @SPEC-03 @admin @MIG-05
  Scenario: [CS-VOL-021] The ROOT of a destroyed VM is not migrated
    Given VM "vm1" is Destroyed
    When the root admin calls migrateVolume with
      | volumeid  | volume:r1    |
      | storageid | pool:Z0C1PS0 |
    Then the request is refused because vm-state-to-migrate

  @CS-VOL-022 @SPEC-03 @admin @MIG-06
  Scenario: [CS-VOL-022] A VM snapshot blocks a migration
    Given VM "vm1" has a VM snapshot
    When the root admin calls migrateVolume with
      | volumeid  | volume:r1    |
      | storageid | pool:Z0C1PS0 |
    Then the request is refused because migrate-vm-snapshots

  @CS-VOL-023 @SPEC-03 @admin @MIG-07
  Scenario: [CS-VOL-023] A volume of a running VM is not migrated
    Given VM "vm1" is Running
    When the root admin calls migrateVolume with
      | volumeid  | volume:d1    |
      | storageid | pool:Z0C1PS0 |
    Then the request is refused because in-use-to-migrate

  @CS-VOL-024 @SPEC-03 @admin @MIG-08
  Scenario: [CS-VOL-024] A pool in maintenance takes no migrated volume
    Given the state of storage pool "Z0C1PS0" is Maintenance
    When the root admin calls migrateVolume with
      | volumeid  | volume:d1    |
      | storageid | pool:Z0C1PS0 |
    Then the request is refused because pool-not-up

  @CS-VOL-025 @SPEC-03 @admin @MIG-09
  Scenario: [CS-VOL-025] A full pool takes no migrated volume
    Given the capacity of storage pool "Z0C1PS0" is 1
    When the root admin calls migrateVolume with
      | volumeid  | volume:d1    |
      | storageid | pool:Z0C1PS0 |
    Then the request is refused because pool-full
