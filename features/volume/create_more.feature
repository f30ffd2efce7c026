@volume
Feature: Create a volume from a snapshot, with iops, of a restricted offering

  @CS-CRT-016 @SPEC-03 @extended @CRE-14
  Scenario: [CS-CRT-016] A data disk's snapshot comes without a disk offering
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"
    And a snapshot "s1" of volume "d1"
    When the owner calls createVolume with
      | snapshotid     | snapshot:s1 |
      | diskofferingid | disk:Medium |
    Then the request is refused because offering-beside-snapshot

  @CS-CRT-017 @SPEC-03 @extended @CRE-21
  Scenario: [CS-CRT-017] A ROOT's snapshot may grow by a disk offering, not shrink
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"
    And a snapshot "s1" of volume "r1"
    When the owner calls createVolume with
      | snapshotid     | snapshot:s1 |
      | diskofferingid | disk:Custom |
      | size           | 1           |
    Then the request is refused because smaller-than-snapshot
    When the owner calls createVolume with
      | snapshotid     | snapshot:s1 |
      | diskofferingid | disk:Custom |
      | size           | 9           |
    Then the request succeeds
    And the owner owns 3 volumes of 16 GiB in all

  @CS-CRT-018 @SPEC-03 @extended @CRE-15
  Scenario: [CS-CRT-018] A restricted disk offering is for the accounts of its domain, in its zone
    When the root admin calls createDiskOffering with
      | name        | theirs          |
      | displaytext | text            |
      | disksize    | 9               |
      | domainid    | domain:stranger |
    Then the request succeeds
    When the root admin calls createDiskOffering with
      | name        | far               |
      | displaytext | text              |
      | disksize    | 9                 |
      | zoneid      | zone:another-zone |
    Then the request succeeds
    When the owner calls createVolume with
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:theirs |
    Then the request is refused because offering-denied-at-once
    When the root admin calls createVolume with
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:far    |
    Then the request is refused because offering-denied-at-once

  @CS-CRT-019 @SPEC-03 @extended @CRE-16 @CRE-17
  Scenario: [CS-CRT-019] Iops that an offering leaves open are in order
    When the root admin calls createDiskOffering with
      | name           | iops |
      | displaytext    | text |
      | disksize       | 5    |
      | customizediops | true |
    Then the request succeeds
    When the owner calls createVolume with
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:iops   |
      | maxiops        | 5           |
    Then the request is refused because least-iops-nothing
    When the owner calls createVolume with
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:iops   |
      | miniops        | 6           |
      | maxiops        | 5           |
    Then the request is refused because new-iops-crossed

  @CS-CRT-020 @SPEC-03 @extended @CRE-18
  Scenario: [CS-CRT-020] No new volume is above 2000 GiB
    Given the setting "custom.diskoffering.size.max" is "9999"
    When the owner calls createVolume with
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:Custom |
      | size           | 2001        |
    Then the request is refused because new-size-above-all

  @CS-CRT-021 @SPEC-03 @extended @CRE-22 @unless-volume-for-any-zone
  Scenario: [CS-CRT-021] A volume from a snapshot goes to a VM of its zone
    Given a stopped VM "vm1" with ROOT volume "r1"
    And a stopped VM "vm2" with ROOT volume "r2" in zone "another-zone"
    And a snapshot "s1" of volume "r1"
    When the owner calls createVolume with
      | snapshotid       | snapshot:s1 |
      | virtualmachineid | vm:vm2      |
    Then the request is refused because zone-of-other-vm

  @CS-CRT-022 @SPEC-03 @extended
  Scenario: [CS-CRT-022] A volume without a name is called by its id
    When the owner calls createVolume with
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:Small  |
    Then the request succeeds

  @CS-CRT-023 @SPEC-03 @extended @CRE-19
  Scenario: [CS-CRT-023] A snapshot that is being copied away makes no volume
    Given a stopped VM "vm1" with ROOT volume "r1"
    And a snapshot "s1" of volume "r1"
    When the root admin calls rootswapArrange with
      | kind   | snapshot               |
      | id     | snapshot:s1            |
      | fields | {"state": "BackingUp"} |
    Then the request succeeds
    When the owner calls createVolume with
      | snapshotid | snapshot:s1 |
    Then the request is refused because snapshot-under-way-at-once

  @CS-CRT-024 @SPEC-03 @extended @CRE-20
  Scenario: [CS-CRT-024] A snapshot of an encrypted volume makes no volume
    Given a stopped VM "vm1" with ROOT volume "r1"
    And the encryption of host "a-host" is on
    And the encryption of host "another-host" is on
    And a Ready data volume "d2" with disk offering "Encrypted" made on VM "vm1"
    And a snapshot "s1" of volume "d2"
    When the root admin calls createVolume with
      | snapshotid | snapshot:s1 |
    Then the request is refused because snapshot-of-encrypted
