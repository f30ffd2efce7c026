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

  @CS-API-002 @SPEC-08 @core
  Scenario Outline: [CS-API-002] The answer to an attach has <field>
    Given volume "r1" has been detached
    When the owner attaches volume "r1" to VM "vm1" as device 0
    Then the answer has the field "<field>"

    Examples:
      | field            |
      | jobid            |
      | jobresult        |
      | virtualmachineid |
      | deviceid         |

  @CS-API-003 @SPEC-08 @core
  Scenario: [CS-API-003] The result of the job is the volume as it is then
    When the owner detaches volume "r1"
    Then the result is volume "r1" as the owner sees it

  @CS-API-004 @SPEC-05 @SPEC-07 @core
  Scenario Outline: [CS-API-004] The field <field> goes with a detach and comes with an attach
    When the owner detaches volume "r1"
    Then field "<field>" of volume "r1" is "absent"
    When the owner attaches volume "r1" to VM "vm1" as device 0
    Then field "<field>" of volume "r1" is "present"

    Examples:
      | field            |
      | deviceid         |
      | virtualmachineid |
      | vmname           |
      | vmdisplayname    |
      | vmstate          |
      | attached         |

  @CS-API-006 @SPEC-08 @core
  Scenario: [CS-API-006] No new API names are needed
    When the owner detaches volume "r1"
    And the owner attaches volume "r1" to VM "vm1" as device 0
    Then the request succeeds
    And the requests were "detachVolume, attachVolume"

  @CS-API-008 @SPEC-04 @SPEC-06 @core
  Scenario Outline: [CS-API-008] A VM in <state> is a refusal in the job, code 431
    Given VM "vm1" is <state>
    When the root admin detaches volume "r1"
    Then the request is refused because <reason>

    Examples:
      | state    | reason             |
      | Running  | vm-not-stopped     |
      | Starting | vm-state-to-detach |

  @CS-API-009 @SPEC-03 @core
  Scenario: [CS-API-009] A user is refused another's volume at once, code 531
    Given volume "r1" has been detached
    When the other attaches volume "r1" to VM "vm1"
    Then the request is refused because permission-denied

  @CS-API-009 @SPEC-03 @core @ATT-18
  Scenario: [CS-API-009] An administrator is refused mixed owners in the job, code 530
    Given a stopped VM "vm2" with ROOT volume "r2" of the other
    And volume "d1" has been detached
    When the root admin attaches volume "d1" to VM "vm2"
    Then the request is refused because different-owners

  @CS-API-010 @SPEC-08 @extended
  Scenario: [CS-API-010] A parameter the command does not know is ignored
    When the owner calls detachVolume with
      | id      | volume:r1 |
      | colour  | blue      |
    Then the request succeeds

  @CS-API-015 @SPEC-05 @core
  Scenario Outline: [CS-API-015] listVolumes filters by <filter>
    Given an Allocated data volume "d2"
    Then listVolumes shows the owner "<volumes>" with
      | <key> | <value> |

    Examples:
      | filter  | key              | value     | volumes    |
      | id      | id               | volume:d1 | d1         |
      | VM      | virtualmachineid | vm:vm1    | r1, d1     |
      | type    | type             | DATADISK  | d1, d2     |
      | state   | state            | Allocated | d2         |
      | nothing | listall          | true      | r1, d1, d2 |

  @CS-API-016 @SPEC-08 @extended
  Scenario: [CS-API-016] Page by page every volume is shown once
    Given VM "vm1" has 5 more data volumes
    Then pages of 2 volumes show the owner 7 volumes, each once

  @CS-API-014 @SPEC-08 @extended
  Scenario Outline: [CS-API-014] listApis describes <command>
    When the owner calls listApis with
      | name | <command> |
    Then the request succeeds
    And the answer has the field "api"

    Examples:
      | command      |
      | attachVolume |
      | detachVolume |
