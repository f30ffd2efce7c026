@volume
Feature: Delete, destroy and recover a volume

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
    Then the request succeeds
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

  @CS-VOL-026 @SPEC-03 @extended @DEL-02
  Scenario: [CS-VOL-026] A volume being snapshotted is not deleted
    Given volume "d1" has been detached
    And volume "d1" is in state Snapshotting
    When the owner calls deleteVolume with
      | id | volume:d1 |
    Then the request is refused because snapshot-under-way

  @CS-VOL-026 @SPEC-03 @extended @DSV-02
  Scenario: [CS-VOL-026] A volume being snapshotted is not destroyed
    Given volume "d1" has been detached
    And volume "d1" is in state Snapshotting
    When the owner calls destroyVolume with
      | id | volume:d1 |
    Then the request is refused because snapshot-under-way-late

  @CS-VOL-027 @SPEC-03 @extended @DEL-04
  Scenario: [CS-VOL-027] A volume being uploaded is not deleted
    Given volume "d1" has been detached
    And volume "d1" is in state UploadOp
    When the owner calls deleteVolume with
      | id | volume:d1 |
    Then the request is refused because uploading

  @CS-VOL-027 @SPEC-03 @extended @DSV-04
  Scenario: [CS-VOL-027] A volume being uploaded is not destroyed
    Given volume "d1" has been detached
    And volume "d1" is in state UploadOp
    When the owner calls destroyVolume with
      | id | volume:d1 |
    Then the request is refused because uploading-late

  @CS-VOL-028 @SPEC-03 @extended @DEL-05
  Scenario Outline: [CS-VOL-028] A volume in <state> is not deleted
    Given volume "d1" has been detached
    And volume "d1" is in state <state>
    When the owner calls deleteVolume with
      | id | volume:d1 |
    Then the request is refused because upload-expected

    Examples:
      | state            |
      | NotUploaded      |
      | UploadInProgress |

  @CS-VOL-028 @SPEC-03 @extended @DSV-05
  Scenario Outline: [CS-VOL-028] A volume in <state> is not destroyed
    Given volume "d1" has been detached
    And volume "d1" is in state <state>
    When the owner calls destroyVolume with
      | id | volume:d1 |
    Then the request is refused because upload-expected-late

    Examples:
      | state            |
      | NotUploaded      |
      | UploadInProgress |

  @CS-VOL-029 @SPEC-03 @extended @DEL-07 @unless-no-delete-protection
  Scenario: [CS-VOL-029] A delete-protected volume is not deleted
    Given volume "d1" has been detached
    And the delete protection of volume "d1" is on
    When the owner calls deleteVolume with
      | id | volume:d1 |
    Then the request is refused because volume-protected

  @CS-VOL-029 @SPEC-03 @extended @DSV-07 @unless-no-delete-protection
  Scenario: [CS-VOL-029] A delete-protected volume is not destroyed
    Given volume "d1" has been detached
    And the delete protection of volume "d1" is on
    When the owner calls destroyVolume with
      | id | volume:d1 |
    Then the request is refused because volume-protected-late

  @CS-VOL-030 @SPEC-03 @extended @DEL-08
  Scenario Outline: [CS-VOL-030] A volume busy in <state> is not deleted
    Given volume "d1" has been detached
    And volume "d1" is in state <state>
    When the root admin calls deleteVolume with
      | id | volume:d1 |
    Then the request is refused because stuck

    Examples:
      | state     |
      | Migrating |
      | Resizing  |
      | Attaching |

  @CS-VOL-030 @SPEC-03 @extended @DSV-10
  Scenario Outline: [CS-VOL-030] A volume busy in <state> is not destroyed
    Given volume "d1" has been detached
    And volume "d1" is in state <state>
    When the owner calls destroyVolume with
      | id | volume:d1 |
    Then the request is refused because stuck-late

    Examples:
      | state     |
      | Migrating |
      | Resizing  |

  @CS-VOL-031 @SPEC-03 @extended @DSV-01
  Scenario: [CS-VOL-031] A deleted volume is not destroyed
    Given volume "d1" has been detached
    And volume "d1" has been deleted
    When the owner calls destroyVolume with
      | id | volume:d1 |
    Then the request is refused because gone-late

  @CS-VOL-031 @SPEC-03 @extended @RCV-01
  Scenario: [CS-VOL-031] A deleted volume is not recovered
    Given volume "d1" has been detached
    And volume "d1" has been deleted
    When the owner calls recoverVolume with
      | id | volume:d1 |
    Then the request is refused because nothing-to-recover

  @CS-VOL-032 @SPEC-03 @admin @DSV-08
  Scenario: [CS-VOL-032] A user expunges no volume where a setting forbids it
    Given volume "d1" has been detached
    And the setting "allow.user.expunge.recover.volume" is "false"
    When the owner calls destroyVolume with
      | id      | volume:d1 |
      | expunge | true      |
    Then the request is refused because may-not-expunge-volume

  @CS-VOL-032 @SPEC-03 @admin @RCV-03
  Scenario: [CS-VOL-032] A user recovers no volume where a setting forbids it
    Given volume "d1" has been detached
    And volume "d1" has been destroyed
    And the setting "allow.user.expunge.recover.volume" is "false"
    When the owner calls recoverVolume with
      | id | volume:d1 |
    Then the request is refused because may-not-recover-volume

  @CS-VOL-033 @SPEC-03 @extended @RCV-05
  Scenario: [CS-VOL-033] A volume is not recovered beyond the account's primary storage
    Given volume "d1" has been detached
    And volume "d1" has been destroyed
    And the setting "max.account.primary.storage" is "3"
    When the owner calls recoverVolume with
      | id | volume:d1 |
    Then the request is refused because recovery-too-large
