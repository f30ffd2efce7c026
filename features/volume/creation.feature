@volume
Feature: Create a volume

  @CS-CRT-001 @SPEC-03 @core
  Scenario: [CS-CRT-001] A created volume is counted, and has no storage before its first attach
    Given an Allocated data volume "d1"
    Then volume "d1" is a detached DATADISK
    And field "storageid" of volume "d1" is "absent"
    And the owner owns 1 volumes of 5 GiB in all

  @CS-CRT-002 @SPEC-03 @core @CRE-01
  Scenario: [CS-CRT-002] A user creates no volume for another account
    When the owner calls createVolume with
      | zoneid         | zone:zone1    |
      | diskofferingid | disk:Small    |
      | account        | account:other |
      | domainid       | domain:other  |
    Then the request is refused because permission-denied

  @CS-CRT-003 @SPEC-03 @extended @CRE-02
  Scenario: [CS-CRT-003] Neither disk offering nor snapshot
    When the owner calls createVolume with
      | zoneid | zone:zone1 |
    Then the request is refused because no-offering

  @CS-CRT-004 @SPEC-03 @extended @CRE-03
  Scenario: [CS-CRT-004] A size for a disk offering of fixed size
    When the owner calls createVolume with
      | zoneid         | zone:zone1 |
      | diskofferingid | disk:Small |
      | size           | 7          |
    Then the request is refused because size-not-free

  @CS-CRT-005 @SPEC-03 @extended @CRE-04
  Scenario: [CS-CRT-005] No size for a disk offering of any size
    When the owner calls createVolume with
      | zoneid         | zone:zone1  |
      | diskofferingid | disk:Custom |
    Then the request is refused because size-missing

  @CS-CRT-006 @SPEC-03 @extended @CRE-05
  Scenario: [CS-CRT-006] A size of nothing
    When the owner calls createVolume with
      | zoneid         | zone:zone1  |
      | diskofferingid | disk:Custom |
      | size           | 0           |
    Then the request is refused because size-zero

  @CS-CRT-007 @SPEC-03 @extended @CRE-06
  Scenario: [CS-CRT-007] A size out of the allowed range
    When the owner calls createVolume with
      | zoneid         | zone:zone1  |
      | diskofferingid | disk:Custom |
      | size           | 999999      |
    Then the request is refused because size-out-of-range

  @CS-CRT-008 @SPEC-03 @extended @CRE-07
  Scenario: [CS-CRT-008] No zone
    When the owner calls createVolume with
      | diskofferingid | disk:Small |
    Then the request is refused because no-zone

  @CS-CRT-009 @SPEC-03 @extended @CRE-09
  Scenario: [CS-CRT-009] A local disk offering in a zone without local storage
    When the owner calls createVolume with
      | zoneid         | zone:zone1 |
      | diskofferingid | disk:Local |
    Then the request is refused because no-local-storage-at-once

  @CS-CRT-010 @SPEC-03 @core @CRE-10
  Scenario Outline: [CS-CRT-010] No volume beyond the account's <limit>
    Given the setting "max.account.<setting>" is "<value>"
    When the owner calls createVolume with
      | zoneid         | zone:zone1 |
      | diskofferingid | disk:Small |
    Then the request is refused because <reason>

    Examples:
      | limit           | setting         | value | reason        |
      | number          | volumes         | 0     | volume-limit  |
      | primary storage | primary.storage | 4     | storage-limit |
