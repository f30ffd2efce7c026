@volume
Feature: Migrate a volume

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-VOL-017 @SPEC-03 @admin
  Scenario: [CS-VOL-017] A detached ROOT can be moved to another pool and back to its VM
    Given volume "r1" has been detached
    When the root admin calls migrateVolume with
      | volumeid  | volume:r1 |
      | storageid | away:r1   |
    Then the request succeeds
    When the root admin calls listVolumes with
      | id | volume:r1 |
    Then the answer shows
      | storageid | away:r1 |
    When the owner attaches volume "r1" to VM "vm1" as device 0
    Then the request succeeds

  @CS-VOL-018 @SPEC-03 @admin @MIG-01
  Scenario: [CS-VOL-018] A volume deleted meanwhile is not migrated
    Given an Allocated data volume "d2"
    When the root admin asks all at once
      | command       | volumeid  | storageid             | id        |
      | migrateVolume | volume:d2 | pool:a-pool-elsewhere |           |
      | deleteVolume  |           |                       | volume:d2 |
    Then 1 of the requests succeeded
    And 1 of the requests failed because nothing-to-migrate

  @CS-VOL-019 @SPEC-03 @admin @MIG-03
  Scenario: [CS-VOL-019] An Allocated volume is not migrated
    Given an Allocated data volume "d2"
    When the root admin calls migrateVolume with
      | volumeid  | volume:d2             |
      | storageid | pool:a-pool-elsewhere |
    Then the request is refused because not-ready-to-migrate

  @CS-VOL-020 @SPEC-03 @admin @MIG-04
  Scenario: [CS-VOL-020] A volume is not migrated to where it is
    When the root admin calls migrateVolume with
      | volumeid  | volume:d1  |
      | storageid | storage:d1 |
    Then the request is refused because already-there

  @CS-VOL-021 @SPEC-03 @admin @MIG-05 @unless-migrate-in-any-state
  Scenario: [CS-VOL-021] The ROOT of a destroyed VM is not migrated
    Given VM "vm1" is Destroyed
    When the root admin calls migrateVolume with
      | volumeid  | volume:r1 |
      | storageid | away:r1   |
    Then the request is refused because vm-state-to-migrate

  @CS-VOL-022 @SPEC-03 @admin @MIG-06
  Scenario: [CS-VOL-022] A VM snapshot blocks a migration
    Given VM "vm1" has a VM snapshot
    When the root admin calls migrateVolume with
      | volumeid  | volume:r1             |
      | storageid | beside:r1 |
    Then the request is refused because migrate-vm-snapshots

  @CS-VOL-023 @SPEC-03 @admin @MIG-07
  Scenario: [CS-VOL-023] A volume of a running VM is not migrated
    Given a running Simulator VM "vm2" with ROOT volume "r2"
    When the root admin calls migrateVolume with
      | volumeid    | volume:r2 |
      | storageid   | away:r2   |
      | livemigrate | true      |
    Then the request is refused because in-use-to-migrate

  @CS-VOL-024 @SPEC-03 @admin @MIG-08
  Scenario: [CS-VOL-024] A pool in maintenance takes no migrated volume
    Given the state of storage pool "a-pool-elsewhere" is Maintenance
    When the root admin calls migrateVolume with
      | volumeid  | volume:d1             |
      | storageid | pool:a-pool-elsewhere |
    Then the request is refused because pool-not-up

  @CS-VOL-025 @SPEC-03 @admin @MIG-09
  Scenario: [CS-VOL-025] A full pool takes no migrated volume
    Given the capacity of storage pool "a-pool-elsewhere" is 1
    When the root admin calls migrateVolume with
      | volumeid  | volume:d1             |
      | storageid | pool:a-pool-elsewhere |
    Then the request is refused because pool-full

  @CS-VOL-060 @SPEC-03 @admin @MIG-10 @unless-no-external
  Scenario: [CS-VOL-060] A volume of an External hypervisor is not migrated
    Given volume "d1" has been detached
    And the hypervisor of storage pool "a-pool" is External
    And the hypervisor of storage pool "another-pool" is External
    And volume "d1" lies on zone-wide storage
    When the root admin calls migrateVolume with
      | volumeid  | volume:d1             |
      | storageid | pool:a-pool-elsewhere |
    Then the request is refused because external-to-migrate

  @CS-VOL-061 @needs-KVM @SPEC-03 @admin @MIG-11
  Scenario: [CS-VOL-061] KVM does not move the disks of a running VM
    Given VM "vm1" is Running
    When the root admin calls migrateVolume with
      | volumeid    | volume:d1             |
      | storageid   | beside:d1 |
      | livemigrate | true                  |
    Then the request is refused because kvm-running-to-migrate

  @CS-VOL-062 @SPEC-03 @admin @MIG-12 @MIG-14
  Scenario: [CS-VOL-062] VMware moves the disks of a running VM inside its cluster, if asked to
    Given a running VMware VM "vm2" with ROOT volume "r2"
    When the root admin calls migrateVolume with
      | volumeid  | volume:r2          |
      | storageid | pool:a-VMware-pool |
    Then the request is refused because livemigrate-missing
    When the root admin calls migrateVolume with
      | volumeid    | volume:r2             |
      | storageid   | pool:a-pool-elsewhere |
      | livemigrate | true                  |
    Then the request is refused because other-cluster-to-migrate
    When the root admin calls migrateVolume with
      | volumeid    | volume:r2          |
      | storageid   | pool:a-VMware-pool |
      | livemigrate | true               |
    Then the request succeeds
    And field "storage" of volume "r2" is "a-VMware-pool"

  @CS-VOL-063 @SPEC-03 @admin @MIG-13
  Scenario: [CS-VOL-063] An encrypted volume is not migrated
    Given the encryption of host "a-host" is on
    And the encryption of host "another-host" is on
    And a Ready data volume "d2" with disk offering "Encrypted" made on VM "vm1"
    When the root admin calls migrateVolume with
      | volumeid  | volume:d2             |
      | storageid | pool:a-pool-elsewhere |
    Then the request is refused because encrypted-to-migrate

  @CS-VOL-064 @SPEC-03 @admin @MIG-15
  Scenario: [CS-VOL-064] A migrated volume gets no offering of another zone
    When the root admin calls createDiskOffering with
      | name        | far               |
      | displaytext | text              |
      | disksize    | 5                 |
      | zoneid      | zone:another-zone |
    Then the request succeeds
    When the root admin calls migrateVolume with
      | volumeid          | volume:d1 |
      | storageid         | away:d1   |
      | newdiskofferingid | disk:far  |
    Then the request is refused because offering-unconfirmed

  @CS-VOL-065 @SPEC-03 @admin @MIG-16
  Scenario: [CS-VOL-065] A local offering does not go to shared storage
    When the root admin calls migrateVolume with
      | volumeid          | volume:d1  |
      | storageid         | away:d1    |
      | newdiskofferingid | disk:Local |
    Then the request is refused because local-offering-to-shared

  @CS-VOL-066 @SPEC-03 @admin @MIG-17
  Scenario: [CS-VOL-066] A shared offering does not go to local storage
    Given the scope of storage pool "a-pool-elsewhere" is HOST
    When the root admin calls migrateVolume with
      | volumeid  | volume:d1             |
      | storageid | pool:a-pool-elsewhere |
    Then the request is refused because shared-offering-to-local

  @CS-VOL-067 @SPEC-03 @admin @MIG-18
  Scenario: [CS-VOL-067] A volume goes where the tags of its offering are
    When the root admin calls migrateVolume with
      | volumeid          | volume:d1             |
      | storageid         | pool:a-pool-elsewhere |
      | newdiskofferingid | disk:Managed          |
    Then the request is refused because tags-missing-to-migrate
    When the root admin calls migrateVolume with
      | volumeid          | volume:d1           |
      | storageid         | pool:a-managed-pool |
      | newdiskofferingid | disk:Managed        |
    Then the request succeeds
    And field "diskofferingname" of volume "d1" is "Managed"
