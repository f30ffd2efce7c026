@volume
Feature: Device ids

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"
    And a Ready data volume "d2" made on VM "vm1"

  @CS-DEV-001 @SPEC-03 @core
  Scenario: [CS-DEV-001] The automatic id is the lowest free from 1
    When the owner attaches volume "d2" to VM "vm1"
    Then volume "d2" is a DATADISK of VM "vm1" at device 2

  @CS-DEV-002 @SPEC-03 @core
  Scenario: [CS-DEV-002] It is never 3
    Given volume "d2" has been attached to VM "vm1" as device 2
    And an Allocated data volume "d3"
    When the owner attaches volume "d3" to VM "vm1"
    Then volume "d3" is a DATADISK of VM "vm1" at device 4

  @CS-DEV-003 @SPEC-06 @core
  Scenario: [CS-DEV-003] It is never 0 even when the VM has no ROOT
    Given volume "r1" has been detached
    When the owner attaches volume "d2" to VM "vm1"
    Then volume "d2" is a DATADISK of VM "vm1" at device 2

  @CS-DEV-004 @SPEC-03 @core
  Scenario: [CS-DEV-004] An explicit free id is honoured
    When the owner attaches volume "d2" to VM "vm1" as device 9
    Then volume "d2" is a DATADISK of VM "vm1" at device 9

  @CS-DEV-005 @SPEC-03 @core @DEV-01
  Scenario Outline: [CS-DEV-005] Device <device> is refused
    When the owner attaches volume "d2" to VM "vm1" as device <device>
    Then the request is refused because device-out-of-range

    Examples:
      | device |
      | 3      |
      | -1     |
      | 34     |

  @CS-DEV-005 @SPEC-03 @core
  Scenario: [CS-DEV-005] A device that is no number is refused
    When the owner attaches volume "d2" to VM "vm1" as device two
    Then the request is refused because not-a-number

  @CS-DEV-006 @SPEC-03 @core @DEV-02
  Scenario: [CS-DEV-006] A used id is refused
    When the owner attaches volume "d2" to VM "vm1" as device 1
    Then the request is refused because device-used

  @CS-DEV-007 @SPEC-03 @core
  Scenario: [CS-DEV-007] An id freed by detach is reused
    Given volume "d1" has been detached
    When the owner attaches volume "d2" to VM "vm1"
    Then volume "d2" is a DATADISK of VM "vm1" at device 1

  @CS-DEV-009 @SPEC-03 @core
  Scenario: [CS-DEV-009] Ids are per VM
    Given a stopped VM "vm2" with ROOT volume "r2"
    When the owner attaches volume "d2" to VM "vm2" as device 1
    Then volume "d2" is a DATADISK of VM "vm2" at device 1
    And volume "d1" is a DATADISK of VM "vm1" at device 1
