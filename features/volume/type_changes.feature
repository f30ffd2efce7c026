@volume
Feature: The type of a volume follows its device

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-TYP-001 @SPEC-05 @core @smoke
  Scenario: [CS-TYP-001] ROOT turns DATADISK on detach
    When the owner detaches volume "r1"
    Then field "type" of volume "r1" is "DATADISK"

  @CS-TYP-002 @SPEC-07 @core @smoke
  Scenario: [CS-TYP-002] DATADISK turns ROOT at device 0
    Given volume "r1" has been detached
    When the owner attaches volume "r1" to VM "vm1" as device 0
    Then field "type" of volume "r1" is "ROOT"

  @CS-TYP-003 @SPEC-07 @core
  Scenario Outline: [CS-TYP-003] At device <device> a former ROOT stays DATADISK
    Given volume "r1" has been detached
    When the owner attaches volume "r1" to VM "vm1" as device <device>
    Then volume "r1" is a DATADISK of VM "vm1" at device <device>

    Examples:
      | device |
      | 2      |
      | 4      |
      | 7      |
      | 33     |

  @CS-TYP-004 @SPEC-07 @core
  Scenario: [CS-TYP-004] A round trip leaves the volume equal except times
    Given volume "r1" has been detached
    When the owner attaches volume "r1" to VM "vm1" as device 0
    Then volume "r1" differs from its start only in "attached, diskioread, diskiowrite, diskkbsread, diskkbswrite"

  @CS-TYP-005 @SPEC-05 @extended
  Scenario: [CS-TYP-005] Name and offering do not change with the type
    When the owner detaches volume "r1"
    Then field "type" of volume "r1" is "DATADISK"
    And field "serviceofferingname" of volume "r1" is "Small Instance"

  @CS-TYP-006 @SPEC-05 @SPEC-07 @core
  Scenario: [CS-TYP-006] The list filter by type follows
    Given volume "r1" has been detached
    When the owner attaches volume "r1" to VM "vm1"
    Then listVolumes shows the owner "" with
      | type             | ROOT |
      | virtualmachineid | vm:vm1 |
    And listVolumes shows the owner "d1, r1" with
      | type             | DATADISK |
      | virtualmachineid | vm:vm1 |

  @CS-TYP-007 @SPEC-05 @SPEC-07 @extended
  Scenario: [CS-TYP-007] Ten round trips leave what one leaves
    When the owner takes volume "r1" off VM "vm1" and puts it back as ROOT 10 times
    Then volume "r1" is the ROOT of VM "vm1" at device 0
    And volume "r1" differs from its start only in "attached"
    And the owner owns 2 volumes of 7 GiB in all
