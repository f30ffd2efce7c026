@volume
Feature: Who may detach and attach

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1"

  @CS-PRM-001 @SPEC-03 @core
  Scenario Outline: [CS-PRM-001] The <who> may
    When the <who> detaches volume "r1"
    Then the request succeeds
    When the <who> attaches volume "r1" to VM "vm1" as device 0
    Then the request succeeds

    Examples:
      | who          |
      | owner        |
      | domain admin |
      | root admin   |

  @CS-PRM-002 @SPEC-03 @core
  Scenario: [CS-PRM-002] Another user of the account may
    When the colleague detaches volume "r1"
    Then the request succeeds
    When the colleague attaches volume "r1" to VM "vm1" as device 0
    Then the request succeeds

  @CS-PRM-008 @SPEC-03 @extended
  Scenario: [CS-PRM-008] A member may within the project
    Given a stopped VM "vm2" with ROOT volume "r2" of the project
    When the owner detaches volume "r2"
    Then the request succeeds
    When the owner attaches volume "r2" to VM "vm2" as device 0
    Then the request succeeds
    When the owner starts VM "vm2"
    Then the request succeeds

  @CS-PRM-008 @SPEC-03 @extended @ATT-18
  Scenario: [CS-PRM-008] A project's VM takes no volume of a member's own
    Given a stopped VM "vm2" with ROOT volume "r2" of the project
    And volume "r1" has been detached
    When the owner attaches volume "r1" to VM "vm2"
    Then the request is refused because different-owners

  @CS-PRM-008 @SPEC-03 @extended @REQ-06
  Scenario: [CS-PRM-008] Who is no member may not
    Given a stopped VM "vm2" with ROOT volume "r2" of the project
    And volume "r2" has been detached
    When the other attaches volume "r2" to VM "vm2" as device 0
    Then the request is refused because permission-denied

  @CS-PRM-003 @SPEC-03 @core @DET-05
  Scenario Outline: [CS-PRM-003] The <who> may not detach
    When the <who> detaches volume "r1"
    Then the request is refused because permission-denied-late

    Examples:
      | who           |
      | other         |
      | stranger      |
      | foreign admin |

  @CS-PRM-004 @SPEC-03 @core @REQ-06
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

  @CS-PRM-005 @SPEC-03 @extended
  Scenario: [CS-PRM-005] A domain admin may in the own subtree
    When the domain admin detaches volume "r1"
    Then the request succeeds
    When the domain admin attaches volume "r1" to VM "vm1" as device 0
    Then the request succeeds
    When the domain admin starts VM "vm1"
    Then the request succeeds

  @CS-PRM-006 @SPEC-03 @extended @REQ-06
  Scenario: [CS-PRM-006] A domain admin may not in a sibling domain
    Given volume "r1" has been detached
    When the foreign admin attaches volume "r1" to VM "vm1" as device 0
    Then the request is refused because permission-denied
    And volume "r1" is a detached DATADISK

  @CS-PRM-012 @SPEC-03 @extended @REQ-06 @unless-service-judges-removed
  Scenario: [CS-PRM-012] The owner of a volume that is gone is judged beside a VM that is there
    Given a stopped VM "vm2" with ROOT volume "r2" of the stranger
    And an Allocated data volume "d1"
    And volume "d1" has been deleted
    When the stranger calls attachVolume with
      | id               | volume:d1 |
      | virtualmachineid | vm:vm2    |
    Then the request is refused because permission-denied
    When the owner calls attachVolume with
      | id               | volume:d1 |
      | virtualmachineid | vm:vm1    |
    Then the request is refused because removed-id

  @CS-PRM-010 @SPEC-03 @extended
  Scenario Outline: [CS-PRM-010] A list shows the <who> nothing of it, known by its id or not
    Then listVolumes shows the <who> "" with
      | id | volume:r1 |
    And listVolumes shows the <who> "" with
      | listall | true |

    Examples:
      | who           |
      | stranger      |
      | foreign admin |

  @CS-PRM-011 @SPEC-03 @admin
  Scenario: [CS-PRM-011] A disabled account may nothing
    Given the owner is disabled
    When the owner detaches volume "r1"
    Then the request is refused because not-signed-in
