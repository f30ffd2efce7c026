@volume
Feature: Extract a volume

  @CS-EXT-001 @needs-stage @SPEC-03 @extended @EXT-04
  Scenario: [CS-EXT-001] A volume deleted before the extraction begins is not extracted
    Given an Allocated data volume "d2"
    When the owner asks all at once
      | command       | id        | zoneid      | mode          |
      | extractVolume | volume:d2 | zone:a-zone | HTTP_DOWNLOAD |
      | deleteVolume  | volume:d2 |             |               |
    Then 1 of the requests succeeded
    And 1 of the requests failed because volume-row-gone

  @CS-EXT-002 @SPEC-03 @extended @EXT-05
  Scenario: [CS-EXT-002] Extraction can be disabled for all but root admins
    Given a stopped VM "vm2" with ROOT volume "r2"
    And a Ready data volume "d2" made on VM "vm2"
    Given the setting "disable.extraction" is "true"
    When the owner calls extractVolume with
      | id     | volume:d2     |
      | zoneid | zone:a-zone   |
      | mode   | HTTP_DOWNLOAD |
    Then the request is refused because extraction-disabled
    When the root admin calls extractVolume with
      | id     | volume:d2     |
      | zoneid | zone:a-zone   |
      | mode   | HTTP_DOWNLOAD |
    Then the request succeeds

  @CS-EXT-003 @needs-stage @SPEC-03 @extended @REQ-06
  Scenario: [CS-EXT-003] A volume given away meanwhile is not extracted
    Given a stopped VM "vm2" with ROOT volume "r2"
    And a Ready data volume "d2" made on VM "vm2"
    When the owner asks all at once
      | command       | id        | zoneid      | mode          | who        | volumeid  | accountid       |
      | extractVolume | volume:d2 | zone:a-zone | HTTP_DOWNLOAD | owner      |           |                 |
      | assignVolume  |           |             |               | root admin | volume:d2 | accountid:other |
    Then 1 of the requests succeeded
    And 1 of the requests failed because permission-denied-late

  @CS-EXT-004 @SPEC-03 @extended @EXT-07
  Scenario: [CS-EXT-004] A volume without storage is not extracted
    Given an Allocated data volume "d2"
    When the owner calls extractVolume with
      | id     | volume:d2     |
      | zoneid | zone:a-zone   |
      | mode   | HTTP_DOWNLOAD |
    Then the request is refused because nothing-to-extract

  @CS-EXT-005 @SPEC-03 @extended @EXT-08
  Scenario: [CS-EXT-005] A volume on PowerFlex is not extracted
    Given a stopped VM "vm2" with ROOT volume "r2"
    And a Ready data volume "d2" made on VM "vm2"
    Given the kind of storage pool "a-pool" is PowerFlex
    And the kind of storage pool "another-pool" is PowerFlex
    And the kind of storage pool "a-managed-pool" is PowerFlex
    When the owner calls extractVolume with
      | id     | volume:d2     |
      | zoneid | zone:a-zone   |
      | mode   | HTTP_DOWNLOAD |
    Then the request is refused because powerflex-to-extract

  @CS-EXT-006 @SPEC-03 @extended @EXT-09
  Scenario: [CS-EXT-006] An encrypted volume is not extracted
    Given a stopped VM "vm2" with ROOT volume "r2"
    And the encryption of host "a-host" is on
    And the encryption of host "another-host" is on
    And a Ready data volume "d2" with disk offering "Encrypted" made on VM "vm2"
    When the owner calls extractVolume with
      | id     | volume:d2     |
      | zoneid | zone:a-zone   |
      | mode   | HTTP_DOWNLOAD |
    Then the request is refused because encrypted-to-extract

  @CS-EXT-007 @SPEC-03 @extended @EXT-10
  Scenario: [CS-EXT-007] A volume that moves is not extracted
    Given a stopped VM "vm2" with ROOT volume "r2"
    And a Ready data volume "d2" made on VM "vm2"
    Given volume "d2" is in state Migrating
    When the owner calls extractVolume with
      | id     | volume:d2     |
      | zoneid | zone:a-zone   |
      | mode   | HTTP_DOWNLOAD |
    Then the request is refused because not-ready-to-extract
