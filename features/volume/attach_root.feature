@volume
Feature: Attach a volume as ROOT

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-ATR-001 @SPEC-06 @SPEC-07 @core @smoke
  Scenario: [CS-ATR-001] A detached ROOT goes back as ROOT with device id 0
    Given volume "r1" has been detached
    When the owner attaches volume "r1" to VM "vm1" as device 0
    Then the request succeeds
    And volume "r1" is the ROOT of VM "vm1" at device 0

  @CS-ATR-002 @SPEC-01 @core @smoke
  Scenario: [CS-ATR-002] The VM starts afterwards
    Given volume "r1" has been detached
    And volume "r1" has been attached to VM "vm1" as device 0
    When the owner starts VM "vm1"
    Then the request succeeds
    And VM "vm1" is Running

  @CS-ATR-003 @SPEC-03 @SPEC-06 @core
  Scenario: [CS-ATR-003] Another VM's former ROOT becomes ROOT of a rootless VM
    Given a stopped VM "vm2" with ROOT volume "r2"
    And volume "r1" has been detached
    And volume "r2" has been detached
    When the owner attaches volume "r2" to VM "vm1" as device 0
    Then the request succeeds
    And volume "r2" is the ROOT of VM "vm1" at device 0

  @CS-ATR-004 @SPEC-07 @core
  Scenario: [CS-ATR-004] An ordinary data volume becomes ROOT at device 0
    Given a Ready data volume "d2" made on VM "vm1"
    And volume "r1" has been detached
    When the owner attaches volume "d2" to VM "vm1" as device 0
    Then the request succeeds
    And volume "d2" is the ROOT of VM "vm1" at device 0

  @CS-ATR-005 @SPEC-06 @core @smoke @ATT-12
  Scenario: [CS-ATR-005] Device 0 is refused while the VM has a ROOT
    Given a Ready data volume "d2" made on VM "vm1"
    When the owner attaches volume "d2" to VM "vm1" as device 0
    Then the request is refused because root-present

  @CS-ATR-006 @SPEC-03 @core
  Scenario: [CS-ATR-006] Without device id the former ROOT becomes a data disk
    Given volume "r1" has been detached
    When the owner attaches volume "r1" to VM "vm1"
    Then the request succeeds
    And volume "r1" is a DATADISK of VM "vm1" at device 2

  @CS-ATR-008 @SPEC-07 @extended
  Scenario: [CS-ATR-008] A freshly created Allocated volume as ROOT
    Given an Allocated data volume "d2"
    And volume "r1" has been detached
    When the owner attaches volume "d2" to VM "vm1" as device 0
    Then the request succeeds
    And volume "d2" is the ROOT of VM "vm1" at device 0

  @CS-ATR-009 @SPEC-06 @extended
  Scenario: [CS-ATR-009] Attaching at 0 ignores the data-disk maximum
    Given the setting "max.account.volumes" is "-1"
    And the setting "max.account.primary.storage" is "-1"
    And VM "vm1" has 31 more data volumes
    And volume "r1" has been detached
    When the owner attaches volume "r1" to VM "vm1" as device 0
    Then the request succeeds

  @CS-ATR-012 @SPEC-03 @extended
  Scenario: [CS-ATR-012] Attach to another VM of the same owner while the first is expunged
    Given a stopped VM "vm2" with ROOT volume "r2"
    And volume "r1" has been detached
    When the root admin calls destroyVirtualMachine with
      | id      | vm:vm1 |
      | expunge | true   |
    Then the request succeeds
    When the owner attaches volume "r1" to VM "vm2"
    Then the request succeeds
    And volume "r1" is a DATADISK of VM "vm2" at device 1

  @CS-ATR-010 @SPEC-07 @extended
  Scenario: [CS-ATR-010] The VM's template and OS stay as they were
    Given a stopped VM "vm2" with ROOT volume "r2"
    And volume "r2" has been detached
    And volume "r1" has been detached
    When the owner attaches volume "r2" to VM "vm1" as device 0
    Then VM "vm1" differs from its start only in "lastupdated, rootdeviceid, rootdevicetype"

  @CS-ATR-011 @SPEC-07 @extended
  Scenario: [CS-ATR-011] The time of the attach is set
    Given volume "r1" has been detached
    Then field "attached" of volume "r1" is "absent"
    When the owner attaches volume "r1" to VM "vm1" as device 0
    Then field "attached" of volume "r1" is "present"
