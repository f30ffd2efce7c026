@volume
Feature: Snapshot policies

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-POL-001 @SPEC-03 @extended
  Scenario: [CS-POL-001] A policy takes a snapshot at its schedule
    Given volume "d1" has been detached
    When the owner calls createSnapshotPolicy with
      | volumeid     | volume:d1 |
      | intervaltype | hourly    |
      | schedule     | 10        |
      | timezone     | GMT       |
      | maxsnaps     | 2         |
    Then the request succeeds
    When the root admin calls rootswapAdvance with
      | seconds | 3700 |
    And the root admin calls assignVolume with
      | volumeid  | volume:d1       |
      | accountid | accountid:other |
    Then the request is refused because snapshots-to-assign

  @CS-POL-002 @SPEC-03 @extended @SPO-04
  Scenario: [CS-POL-002] No policy of a volume that is gone
    Given volume "d1" has been detached
    And volume "d1" has been deleted
    When the owner calls createSnapshotPolicy with
      | volumeid     | volume:d1 |
      | intervaltype | DAILY     |
      | schedule     | 0:10      |
      | timezone     | GMT       |
      | maxsnaps     | 2         |
    Then the request is refused because gone-to-snapshot

  @CS-POL-002 @SPEC-03 @extended @unless-policies-of-one-volume
  Scenario: [CS-POL-002] A volume that is gone has no policies to list
    Given volume "d1" has been detached
    And volume "d1" has been deleted
    When the owner calls listSnapshotPolicies with
      | volumeid | volume:d1 |
    Then the request succeeds

  @CS-POL-003 @SPEC-03 @extended @SPO-05
  Scenario: [CS-POL-003] No policy while the owner is disabled
    Given the owner is disabled
    When the root admin calls createSnapshotPolicy with
      | volumeid     | volume:d1 |
      | intervaltype | DAILY     |
      | schedule     | 0:10      |
      | timezone     | GMT       |
      | maxsnaps     | 2         |
    Then the request is refused because owner-disabled-to-snapshot

  @CS-POL-004 @SPEC-03 @extended @SPO-06
  Scenario: [CS-POL-004] No policy of an encrypted volume
    Given the encrypted of disk offering "Small" is on
    When the root admin calls createSnapshotPolicy with
      | volumeid     | volume:d1 |
      | intervaltype | DAILY     |
      | schedule     | 0:10      |
      | timezone     | GMT       |
      | maxsnaps     | 2         |
    Then the request is refused because encrypted-to-schedule

  @CS-POL-005 @SPEC-03 @extended @SPO-07
  Scenario: [CS-POL-005] No policy of somebody else's volume
    When the other calls createSnapshotPolicy with
      | volumeid     | volume:d1 |
      | intervaltype | DAILY     |
      | schedule     | 0:10      |
      | timezone     | GMT       |
      | maxsnaps     | 2         |
    Then the request is refused because permission-denied

  @CS-POL-006 @SPEC-03 @extended @SPO-03
  Scenario: [CS-POL-006] A policy needs a Ready volume, unless it is not on display
    Given an Allocated data volume "d2"
    When the owner calls createSnapshotPolicy with
      | volumeid     | volume:d2 |
      | intervaltype | DAILY     |
      | schedule     | 0:10      |
      | timezone     | GMT       |
      | maxsnaps     | 2         |
    Then the request is refused because not-ready-to-snapshot
    When the root admin calls createSnapshotPolicy with
      | volumeid     | volume:d2 |
      | intervaltype | DAILY     |
      | schedule     | 0:10      |
      | timezone     | GMT       |
      | maxsnaps     | 2         |
      | fordisplay   | false     |
    Then the request succeeds

  @CS-POL-007 @SPEC-03 @extended @SPO-01
  Scenario: [CS-POL-007] There are no snapshots yearly
    When the owner calls createSnapshotPolicy with
      | volumeid     | volume:d1 |
      | intervaltype | yearly    |
      | schedule     | 0:10      |
      | timezone     | GMT       |
      | maxsnaps     | 2         |
    Then the request is refused because interval-unknown

  @CS-POL-008 @SPEC-03 @extended @SPO-08
  Scenario: [CS-POL-008] A daily schedule has an hour
    When the owner calls createSnapshotPolicy with
      | volumeid     | volume:d1 |
      | intervaltype | DAILY     |
      | schedule     | 99        |
      | timezone     | GMT       |
      | maxsnaps     | 2         |
    Then the request is refused because schedule-unfit

  @CS-POL-009 @SPEC-03 @extended @SPO-02
  Scenario: [CS-POL-009] A policy keeps one snapshot at least
    When the owner calls createSnapshotPolicy with
      | volumeid     | volume:d1 |
      | intervaltype | DAILY     |
      | schedule     | 0:10      |
      | timezone     | GMT       |
      | maxsnaps     | 0         |
    Then the request is refused because nothing-kept

  @CS-POL-010 @SPEC-03 @extended @SPO-09
  Scenario: [CS-POL-010] A policy keeps eight snapshots at most
    When the owner calls createSnapshotPolicy with
      | volumeid     | volume:d1 |
      | intervaltype | DAILY     |
      | schedule     | 0:10      |
      | timezone     | GMT       |
      | maxsnaps     | 9         |
    Then the request is refused because too-many-kept

  @CS-POL-011 @SPEC-03 @extended @SPO-10
  Scenario: [CS-POL-011] A policy keeps no more than the owner may have
    Given the setting "max.account.snapshots" is "1"
    When the owner calls createSnapshotPolicy with
      | volumeid     | volume:d1 |
      | intervaltype | DAILY     |
      | schedule     | 0:10      |
      | timezone     | GMT       |
      | maxsnaps     | 2         |
    Then the request is refused because more-kept-than-allowed

  @CS-POL-012 @SPEC-03 @extended @UPY-01
  Scenario: [CS-POL-012] A policy to update is given
    When the owner calls updateSnapshotPolicy with
      | fordisplay | false |
    Then the request is refused because no-policy-to-update

  @CS-POL-013 @SPEC-03 @admin @CID-01 @CID-02
  Scenario: [CS-POL-013] A policy gets another id
    When the owner calls createSnapshotPolicy with
      | volumeid     | volume:d1 |
      | intervaltype | DAILY     |
      | schedule     | 0:10      |
      | timezone     | GMT       |
      | maxsnaps     | 2         |
    Then the request succeeds
    When the root admin calls updateSnapshotPolicy with
      | id       | policy:0:10 |
      | customid | seven       |
    Then the request is refused because no-uuid
    When the root admin calls updateSnapshotPolicy with
      | id       | policy:0:10 |
      | customid | policy:0:10 |
    Then the request is refused because uuid-taken
    When the root admin calls updateSnapshotPolicy with
      | id       | policy:0:10                          |
      | customid | 11111111-2222-3333-4444-555555555555 |
    Then the request succeeds
    When the owner calls deleteSnapshotPolicies with
      | id | policy:0:10 |
    Then the request is refused because unknown-id
    When the owner calls deleteSnapshotPolicies with
      | id | 11111111-2222-3333-4444-555555555555 |
    Then the request succeeds

  @CS-POL-014 @SPEC-03 @extended @DSP-01 @DSP-02
  Scenario: [CS-POL-014] Policies to delete are given, and the caller's
    When the owner calls createSnapshotPolicy with
      | volumeid     | volume:d1 |
      | intervaltype | DAILY     |
      | schedule     | 0:10      |
      | timezone     | GMT       |
      | maxsnaps     | 2         |
    Then the request succeeds
    When the owner calls deleteSnapshotPolicies with
      | listall | true |
    Then the request is refused because no-policy-to-delete
    When the other calls deleteSnapshotPolicies with
      | ids | policy:0:10 |
    Then the request is refused because permission-denied
    When the owner calls deleteSnapshotPolicies with
      | ids | policy:0:10 |
    Then the request succeeds
    When the owner calls deleteSnapshotPolicies with
      | id | policy:0:10 |
    Then the request is refused because unknown-id

  @CS-POL-015 @SPEC-03 @extended @LSN-01 @LSN-02 @LSN-03
  Scenario: [CS-POL-015] Lists of snapshots are of one's own volumes, and of kinds there are
    When the other calls listSnapshotPolicies with
      | volumeid | volume:d1 |
    Then the request is refused because permission-denied
    When the other calls listSnapshots with
      | volumeid | volume:d1 |
    Then the request is refused because permission-denied
    When the owner calls listSnapshots with
      | snapshottype | YEARLY |
    Then the request is refused because no-such-snapshot-type
    When the owner calls listSnapshots with
      | volumeid     | volume:d1 |
      | intervaltype | YEARLY    |
    Then the request is refused because no-such-snapshot-interval

  @CS-POL-016 @SPEC-03 @extended
  Scenario: [CS-POL-016] A policy has tags
    When the owner calls createSnapshotPolicy with
      | volumeid     | volume:d1 |
      | intervaltype | DAILY     |
      | schedule     | 0:10      |
      | timezone     | GMT       |
      | maxsnaps     | 2         |
    And the owner calls createTags with
      | resourceids   | policy:0:10    |
      | resourcetype  | SnapshotPolicy |
      | tags[0].key   | team           |
      | tags[0].value | storage        |
    Then the request succeeds
