@volume
Feature: Assign, extract and change a volume

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-CHV-001 @SPEC-03 @core
  Scenario: [CS-CHV-001] A detached ROOT can be given to another account
    Given volume "r1" has been detached
    When the root admin calls assignVolume with
      | volumeid  | volume:r1       |
      | accountid | accountid:other |
    Then the request succeeds
    And listVolumes shows the other "r1" with
      | id | volume:r1 |

  @CS-CHV-002 @SPEC-03 @extended @ASV-04
  Scenario: [CS-CHV-002] An attached volume keeps its owner
    When the root admin calls assignVolume with
      | volumeid  | volume:r1       |
      | accountid | accountid:other |
    Then the request is refused because attached-to-assign

  @CS-CHV-003 @SPEC-03 @extended @ASV-01
  Scenario: [CS-CHV-003] A new owner must be given
    Given volume "d1" has been detached
    When the root admin calls assignVolume with
      | volumeid | volume:d1 |
    Then the request is refused because no-new-owner

  @CS-CHV-004 @SPEC-03 @extended @ASV-02
  Scenario: [CS-CHV-004] A disabled account gets nothing
    Given volume "d1" has been detached
    And the other is disabled
    When the root admin calls assignVolume with
      | volumeid  | volume:d1       |
      | accountid | accountid:other |
    Then the request is refused because new-owner-disabled

  @CS-CHV-005 @SPEC-03 @extended @ASV-03
  Scenario: [CS-CHV-005] The owner is no new owner
    Given volume "d1" has been detached
    When the root admin calls assignVolume with
      | volumeid  | volume:d1       |
      | accountid | accountid:owner |
    Then the request is refused because same-owner

  @CS-CHV-006 @SPEC-03 @extended @ASV-05
  Scenario: [CS-CHV-006] A volume with snapshots keeps its owner
    Given volume "d1" has been detached
    And a snapshot "s1" of volume "d1"
    When the root admin calls assignVolume with
      | volumeid  | volume:d1       |
      | accountid | accountid:other |
    Then the request is refused because snapshots-to-assign

  @CS-CHV-007 @SPEC-03 @extended @ASV-06
  Scenario Outline: [CS-CHV-007] The new owner's <limit> leaves room
    Given volume "d1" has been detached
    And the setting "max.account.<setting>" is "0"
    When the root admin calls assignVolume with
      | volumeid  | volume:d1       |
      | accountid | accountid:other |
    Then the request is refused because no-room-to-assign

    Examples:
      | limit           | setting         |
      | number          | volumes         |
      | primary storage | primary.storage |

  @CS-CHV-008 @SPEC-03 @extended
  Scenario: [CS-CHV-008] A detached ROOT can be extracted
    Given volume "r1" has been detached
    When the owner calls extractVolume with
      | id     | volume:r1     |
      | zoneid | zone:a-zone   |
      | mode   | HTTP_DOWNLOAD |
    Then the request succeeds

  @CS-CHV-009 @SPEC-03 @extended @EXT-01
  Scenario: [CS-CHV-009] A volume is extracted in a known way
    When the owner calls extractVolume with
      | id     | volume:d1   |
      | zoneid | zone:a-zone |
      | mode   | by-post     |
    Then the request is refused because unknown-mode

  @CS-CHV-010 @SPEC-03 @extended @EXT-02
  Scenario: [CS-CHV-010] A volume of a running VM is not extracted
    Given VM "vm1" is Running
    When the owner calls extractVolume with
      | id     | volume:d1     |
      | zoneid | zone:a-zone   |
      | mode   | HTTP_DOWNLOAD |
    Then the request is refused because running-to-extract

  @CS-CHV-011 @SPEC-03 @extended @EXT-03
  Scenario: [CS-CHV-011] A ROOT stays in while its template does
    When the owner calls extractVolume with
      | id     | volume:r1     |
      | zoneid | zone:a-zone   |
      | mode   | HTTP_DOWNLOAD |
    Then the request is refused because not-extractable

  @CS-DET-014 @SPEC-05 @extended
  Scenario: [CS-DET-014] A template can be made from a detached ROOT
    Given volume "r1" has been detached
    When the owner calls createTemplate with
      | name        | golden                     |
      | displaytext | text                       |
      | ostypeid    | ostype:CentOS 5.6 (64-bit) |
      | volumeid    | volume:r1                  |
    Then the request succeeds

  @CS-CHV-012 @SPEC-03 @extended @TPL-01
  Scenario: [CS-CHV-012] A template comes from something
    When the owner calls createTemplate with
      | name        | golden                     |
      | displaytext | text                       |
      | ostypeid    | ostype:CentOS 5.6 (64-bit) |
    Then the request is refused because no-source

  @CS-CHV-013 @SPEC-03 @extended @TPL-02
  Scenario: [CS-CHV-013] A template comes from one thing
    Given volume "d1" has been detached
    And a snapshot "s1" of volume "d1"
    When the owner calls createTemplate with
      | name        | golden                     |
      | displaytext | text                       |
      | ostypeid    | ostype:CentOS 5.6 (64-bit) |
      | volumeid    | volume:d1                  |
      | snapshotid  | snapshot:s1                |
    Then the request is refused because two-sources

  @CS-CHV-014 @SPEC-03 @extended @TPL-03
  Scenario: [CS-CHV-014] No template from a volume of a running VM
    Given VM "vm1" is Running
    When the root admin calls createTemplate with
      | name        | golden                     |
      | displaytext | text                       |
      | ostypeid    | ostype:CentOS 5.6 (64-bit) |
      | volumeid    | volume:d1                  |
    Then the request is refused because running-to-template

  @CS-CHV-015 @SPEC-03 @extended @TPL-04
  Scenario: [CS-CHV-015] No template from a volume that was never created
    Given an Allocated data volume "d2"
    When the owner calls createTemplate with
      | name        | golden                     |
      | displaytext | text                       |
      | ostypeid    | ostype:CentOS 5.6 (64-bit) |
      | volumeid    | volume:d2                  |
    Then the request is refused because template-of-nothing

  @CS-CHV-016 @SPEC-03 @admin @UPV-01
  Scenario: [CS-CHV-016] A volume's state is one that exists
    When the root admin calls updateVolume with
      | id    | volume:d1 |
      | state | Lost      |
    Then the request is refused because no-such-state

  @CS-CHV-017 @SPEC-03 @admin @UPV-02
  Scenario: [CS-CHV-017] A volume's storage is in its zone
    When the root admin calls updateVolume with
      | id        | volume:d1                   |
      | storageid | pool:a-pool-of-another-zone |
    Then the request is refused because pool-of-another-zone

  @CS-CHV-018 @SPEC-03 @admin @UPP-01
  Scenario: [CS-CHV-018] A pool that is Up is not enabled
    When the root admin calls updateStoragePool with
      | id      | pool:a-pool |
      | enabled | true        |
    Then the request is refused because pool-is-up

  @CS-CHV-019 @SPEC-03 @admin @UPP-02
  Scenario: [CS-CHV-019] A pool is disabled once
    When the root admin calls updateStoragePool with
      | id      | pool:a-pool |
      | enabled | false       |
    Then the request succeeds
    When the root admin calls updateStoragePool with
      | id      | pool:a-pool |
      | enabled | false       |
    Then the request is refused because pool-is-down

  @CS-CHV-020 @SPEC-03 @admin @UPV-03
  Scenario: [CS-CHV-020] A volume to update is given
    When the root admin calls updateVolume with
      | name | new |
    Then the request is refused because no-volume-to-update

  @CS-CHV-021 @SPEC-03 @admin
  Scenario: [CS-CHV-021] A volume with a chosen id is unknown by its old one
    When the root admin calls updateVolume with
      | id       | volume:d1                            |
      | customid | 11111111-2222-3333-4444-555555555555 |
    Then the request succeeds
    When the owner calls detachVolume with
      | id | volume:d1 |
    Then the request is refused because unknown-id
    When the owner calls detachVolume with
      | id | 11111111-2222-3333-4444-555555555555 |
    Then the request succeeds

  @CS-CHV-023 @SPEC-03 @admin @UPP-03 @UPP-04
  Scenario: [CS-CHV-023] Something of a storage pool is to change, and no code
    When the root admin calls updateStoragePool with
      | id | pool:a-pool |
    Then the request is refused because nothing-to-update
    When the root admin calls updateStoragePool with
      | id         | pool:a-pool |
      | tags       | fast        |
      | istagarule | true        |
    Then the request is refused because tags-are-code

  @CS-CHV-024 @SPEC-03 @extended @TPL-06
  Scenario: [CS-CHV-024] No template of a volume that is gone
    Given volume "d1" has been detached
    And volume "d1" has been deleted
    When the owner calls createTemplate with
      | name        | golden          |
      | displaytext | text            |
      | ostypeid    | ostype:CentOS 7 |
      | volumeid    | volume:d1       |
    Then the request is refused because gone-to-snapshot

  @CS-CHV-025 @SPEC-03 @extended @TPL-07
  Scenario: [CS-CHV-025] No template of a snapshot that is gone
    Given a snapshot "s1" of volume "d1"
    When the owner calls deleteSnapshot with
      | id | snapshot:s1 |
    Then the request succeeds
    When the owner calls createTemplate with
      | name        | golden          |
      | displaytext | text            |
      | ostypeid    | ostype:CentOS 7 |
      | snapshotid  | snapshot:s1     |
    Then the request is refused because snapshot-gone

  @CS-CHV-026 @SPEC-03 @extended @TPL-08
  Scenario: [CS-CHV-026] No template of somebody else's volume
    When the other calls createTemplate with
      | name        | golden          |
      | displaytext | text            |
      | ostypeid    | ostype:CentOS 7 |
      | volumeid    | volume:d1       |
    Then the request is refused because permission-denied

  @CS-CHV-027 @SPEC-03 @extended @TPL-09
  Scenario: [CS-CHV-027] A template has a name
    When the owner calls createTemplate with
      | name        | \n              |
      | displaytext | text            |
      | ostypeid    | ostype:CentOS 7 |
      | volumeid    | volume:d1       |
    Then the request is refused because name-too-long

  @CS-CHV-028 @SPEC-03 @extended @TPL-10
  Scenario: [CS-CHV-028] The tag of a template is a root admin's to give
    When the owner calls createTemplate with
      | name        | golden          |
      | displaytext | text            |
      | ostypeid    | ostype:CentOS 7 |
      | volumeid    | volume:d1       |
      | templatetag | fast            |
    Then the request is refused because template-tag
    When the root admin calls createTemplate with
      | name        | golden          |
      | displaytext | text            |
      | ostypeid    | ostype:CentOS 7 |
      | volumeid    | volume:d1       |
      | templatetag | fast            |
    Then the request succeeds

  @CS-CHV-029 @SPEC-03 @extended @TPL-11
  Scenario: [CS-CHV-029] A zone is given with a snapshot
    When the owner calls createTemplate with
      | name        | golden          |
      | displaytext | text            |
      | ostypeid    | ostype:CentOS 7 |
      | volumeid    | volume:d1       |
      | zoneid      | zone:a-zone     |
    Then the request is refused because zone-without-snapshot

  @CS-CHV-030 @SPEC-03 @extended @TPL-12
  Scenario: [CS-CHV-030] No template of an encrypted volume
    Given the encrypted of disk offering "Small" is on
    When the root admin calls createTemplate with
      | name        | golden          |
      | displaytext | text            |
      | ostypeid    | ostype:CentOS 7 |
      | volumeid    | volume:d1       |
    Then the request is refused because encrypted-to-template

  @CS-CHV-031 @SPEC-03 @extended @TPL-13
  Scenario: [CS-CHV-031] No template of a volume of LXC
    Given a stopped LXC VM "vm2" with ROOT volume "r2"
    When the owner calls createTemplate with
      | name        | golden          |
      | displaytext | text            |
      | ostypeid    | ostype:CentOS 7 |
      | volumeid    | volume:r2       |
    Then the request is refused because lxc-to-template

  @CS-CHV-032 @SPEC-03 @extended @TPL-14
  Scenario: [CS-CHV-032] No template of a snapshot that is under way
    Given a snapshot "s1" of volume "d1"
    When the root admin calls rootswapArrange with
      | kind   | snapshot              |
      | id     | snapshot:s1           |
      | fields | {"state": "Creating"} |
    And the owner calls createTemplate with
      | name        | golden          |
      | displaytext | text            |
      | ostypeid    | ostype:CentOS 7 |
      | snapshotid  | snapshot:s1     |
    Then the request is refused because snapshot-not-backed-up

  @CS-CHV-033 @SPEC-03 @admin
  Scenario: [CS-CHV-033] What is changed of a volume is shown
    Given an Allocated data volume "d2"
    When the root admin calls updateVolume with
      | id        | volume:d2 |
      | name      | renamed   |
      | chaininfo | chain     |
    Then the request succeeds
    And field "name" of volume "d2" is "renamed"
    And field "chaininfo" of volume "d2" is "chain"

  @CS-CHV-034 @needs-stage @SPEC-03 @admin
  Scenario: [CS-CHV-034] Where a volume lies is what was last noted of it
    When the root admin calls updateVolume with
      | id   | volume:d1 |
      | path | elsewhere |
    Then the request succeeds
    And field "path" of volume "d1" is "elsewhere"

  @CS-CHV-035 @SPEC-03 @admin
  Scenario: [CS-CHV-035] A volume that is hidden is listed no more
    When the root admin calls updateVolume with
      | id            | volume:d1 |
      | displayvolume | false     |
    Then the request succeeds
    When the owner calls listVolumes with
      | id | volume:d1 |
    Then the answer is empty
    When the root admin calls updateVolume with
      | id            | volume:d1 |
      | displayvolume | true      |
    Then the request succeeds
    When the owner calls listVolumes with
      | id | volume:d1 |
    Then the answer counts 1 and has 1

  @CS-CHV-036 @SPEC-03 @extended
  Scenario: [CS-CHV-036] A ROOT has figures from the first start of its VM on
    Given a fresh VM "vm2" with ROOT volume "r2"
    Then field "diskioread" of volume "r2" is "absent"
    When the owner starts VM "vm2"
    Then the request succeeds
    And field "diskioread" of volume "r2" is "present"
