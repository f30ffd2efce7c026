@api
Feature: The simulator's own commands

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1"

  @CS-STG-001 @SPEC-08 @extended @STG-01
  Scenario: [CS-STG-001] Time does not go back
    When the root admin calls rootswapAdvance with
      | seconds | -1 |
    Then the request is refused because time-forward-only

  @CS-STG-002 @SPEC-08 @extended @STG-02
  Scenario: [CS-STG-002] Fields to overwrite are a JSON object
    When the root admin calls rootswapArrange with
      | kind   | volume    |
      | id     | volume:r1 |
      | fields | Ready     |
    Then the request is refused because fields-no-object

  @CS-STG-003 @SPEC-08 @extended @STG-03
  Scenario: [CS-STG-003] A field to overwrite is there
    When the root admin calls rootswapArrange with
      | kind   | volume            |
      | id     | volume:r1         |
      | fields | {"colour": "red"} |
    Then the request is refused because nothing-to-overwrite

  @CS-STG-004 @SPEC-08 @extended @STG-04
  Scenario: [CS-STG-004] listApis knows no such command
    When the owner calls listApis with
      | name | createFirework |
    Then the request is refused because no-such-api

  @CS-STG-005 @SPEC-08 @extended @STG-05
  Scenario: [CS-STG-005] There is no such clock
    When the root admin calls rootswapClock with
      | clock | fast |
    Then the request is refused because no-such-clock

  @CS-STG-006 @SPEC-08 @extended @STG-01
  Scenario: [CS-STG-006] A second that has passed does not come again
    When the root admin calls rootswapAdvance with
      | until | -1 |
    Then the request is refused because time-forward-only

  @CS-STG-007 @SPEC-08 @extended @STG-06
  Scenario: [CS-STG-007] The newest none of a log are not asked for
    When the root admin calls rootswapLog with
      | last | 0 |
    Then the request is refused because out-of-range
