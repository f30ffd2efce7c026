@volume
Feature: Who may detach and attach

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1"

  @CS-PRM-001 @SPEC-03 @core
  Scenario Outline: [CS-PRM-001] The <who> may
    When the <who> detaches volume "r1"
    Then the job succeeds
    When the <who> attaches volume "r1" to VM "vm1" as device 0
    Then the job succeeds

    Examples:
      | who          |
      | owner        |
      | domain admin |
      | root admin   |

  @CS-PRM-003 @SPEC-03 @core @DET-05
  Scenario Outline: [CS-PRM-003] The <who> may not detach
    When the <who> detaches volume "r1"
    Then the request is refused because permission-denied-late

    Examples:
      | who           |
      | other         |
      | stranger      |
      | foreign admin |

  @CS-PRM-004 @SPEC-03 @core
  Scenario Outline: [CS-PRM-004] The <who> may not attach
    Given volume "r1" has been detached
    When the <who> attaches volume "r1" to VM "vm1" as device 0
    Then the request is refused because permission-denied

    Examples:
      | who           |
      | other         |
      | stranger      |
      | foreign admin |

  @CS-PRM-007 @SPEC-03 @extended @ATT-18
  Scenario: [CS-PRM-007] Different owners are refused even for the root admin
    Given a stopped VM "vm2" with ROOT volume "r2" of the other
    And volume "r1" has been detached
    When the root admin attaches volume "r1" to VM "vm2"
    Then the request is refused because different-owners

  @CS-PRM-009 @SPEC-03 @admin
  Scenario: [CS-PRM-009] A role without the API is refused
    When the reader detaches volume "r1"
    Then the request is refused because not-available
