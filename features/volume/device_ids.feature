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

  @CS-DEV-005 @SPEC-03 @core @REQ-02
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

  @CS-DEV-008 @SPEC-03 @extended @DEV-03
  Scenario: [CS-DEV-008] Of two attaches at once one gets the last id
    Given a stopped LXC VM "vm2" with ROOT volume "r2"
    And VM "vm2" has 5 more data volumes
    And an Allocated data volume "d4"
    And an Allocated data volume "d5"
    When the owner asks all at once
      | command      | id        | virtualmachineid |
      | attachVolume | volume:d4 | vm:vm2           |
      | attachVolume | volume:d5 | vm:vm2           |
    Then 1 of the requests succeeded
    And 1 of the requests failed because no-free-device
    And VM "vm2" has 7 volumes, each at a device of its own

  @CS-DEV-010 @SPEC-03 @extended
  Scenario Outline: [CS-DEV-010] The gap at device <device> is filled first
    Given VM "vm1" has 4 more data volumes
    And volume "<loose>" has been detached
    When the owner attaches volume "d2" to VM "vm1"
    Then volume "d2" is a DATADISK of VM "vm1" at device <device>

    Examples:
      | loose  | device |
      | d1     | 1      |
      | extra1 | 2      |
      | extra2 | 4      |
      | extra4 | 6      |
