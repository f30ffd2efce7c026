@api
Feature: The API keeps its shape

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-API-001 @SPEC-08 @core @smoke
  Scenario Outline: [CS-API-001] The answer to a detach has <field>
    When the owner detaches volume "r1"
    Then the answer has the field "<field>"

    Examples:
      | field     |
      | jobid     |
      | jobresult |
      | type      |
      | state     |

  @CS-API-005 @SPEC-08 @core @fs-only
  Scenario: [CS-API-005] bootable is true exactly for ROOT
    Then field "bootable" of volume "r1" is "True"
    And field "bootable" of volume "d1" is "False"
    When the owner detaches volume "r1"
    Then field "bootable" of volume "r1" is "False"

  @CS-API-005 @SPEC-08 @acs-quirk
  Scenario: [CS-API-005] bootable was never shipped
    Then field "bootable" of volume "r1" is "absent"

  @CS-CON-001 @SPEC-04 @extended
  Scenario: [CS-CON-001] Two detaches of the same ROOT at once: it leaves once
    When the owner asks all at once
      | command      | id        |
      | detachVolume | volume:r1 |
      | detachVolume | volume:r1 |
    Then volume "r1" is a detached DATADISK

  @CS-CON-003 @SPEC-06 @extended
  Scenario: [CS-CON-003] Two data volumes to device 0 at once: one wins
    Given a Ready data volume "d2" made on VM "vm1"
    And a Ready data volume "d3" made on VM "vm1"
    And volume "r1" has been detached
    When the owner asks all at once
      | command      | id        | virtualmachineid | deviceid |
      | attachVolume | volume:d2 | vm:vm1           | 0        |
      | attachVolume | volume:d3 | vm:vm1           | 0        |
    Then 1 of the requests succeeds
