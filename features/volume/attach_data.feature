@volume
Feature: Attach a data volume

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1"

  @CS-ATD-001 @SPEC-03 @core @smoke
  Scenario Outline: [CS-ATD-001] A Ready volume goes to a <state> VM
    Given a Ready data volume "d2" made on VM "vm1"
    And VM "vm1" is <state>
    When the owner attaches volume "d2" to VM "vm1"
    Then the job succeeds
    And volume "d2" is a DATADISK of VM "vm1" at device 1

    Examples:
      | state   |
      | Stopped |
      | Running |

  @CS-ATD-003 @SPEC-03 @core
  Scenario: [CS-ATD-003] An Allocated volume is created on attach
    Given an Allocated data volume "d2"
    When the owner attaches volume "d2" to VM "vm1"
    Then field "state" of volume "d2" is "Ready"

  @CS-ATD-005 @SPEC-03 @core @ATT-02
  Scenario: [CS-ATD-005] An already attached volume is refused
    Given a stopped VM "vm2" with ROOT volume "r2" and data volume "d2"
    When the owner attaches volume "d2" to VM "vm1"
    Then the request is refused because already-attached

  @CS-ATD-006 @SPEC-03 @extended @ATT-03
  Scenario: [CS-ATD-006] A destroyed volume is refused
    Given a Ready data volume "d2" made on VM "vm1"
    And volume "d2" is in state Destroy
    When the root admin attaches volume "d2" to VM "vm1"
    Then the request is refused because volume-destroyed

  @CS-ATD-006 @SPEC-03 @extended @ATT-04
  Scenario Outline: [CS-ATD-006] A volume in <state> is refused
    Given a Ready data volume "d2" made on VM "vm1"
    And volume "d2" is in state <state>
    When the root admin attaches volume "d2" to VM "vm1"
    Then the request is refused because volume-state

    Examples:
      | state            |
      | Creating         |
      | Migrating        |
      | Snapshotting     |
      | UploadInProgress |
      | Expunging        |

  @CS-ATD-008 @SPEC-03 @admin @ATT-05
  Scenario Outline: [CS-ATD-008] A <kind> takes no volume
    Given an Allocated data volume "d2"
    And VM "vm1" is a <kind> machine
    When the root admin attaches volume "d2" to VM "vm1"
    Then the request is refused because not-a-user-vm

    Examples:
      | kind         |
      | DomainRouter |
      | ConsoleProxy |

  @CS-ATD-008 @SPEC-03 @admin @ATT-08
  Scenario: [CS-ATD-008] A shared file system takes no volume
    Given an Allocated data volume "d2"
    And VM "vm1" is a SharedFS machine
    When the root admin attaches volume "d2" to VM "vm1"
    Then the request is refused because shared-filesystem

  @CS-ATD-011 @SPEC-03 @extended @ATT-22
  Scenario: [CS-ATD-011] An encrypted volume goes to KVM only
    Given a stopped VMware VM "vm2" with ROOT volume "r2"
    And an Allocated data volume "d2" with disk offering "Encrypted"
    When the owner attaches volume "d2" to VM "vm2"
    Then the request is refused because encryption-unsupported
    When the owner attaches volume "d2" to VM "vm1"
    Then the job succeeds

  @CS-ATD-012 @SPEC-03 @admin @ATT-15
  Scenario: [CS-ATD-012] A local offering in a zone without local storage is refused
    Given an Allocated data volume "d2"
    And disk offering "Small" is for local storage
    When the owner attaches volume "d2" to VM "vm1"
    Then the request is refused because no-local-storage

  @CS-FLT-001 @SPEC-03 @faults
  Scenario: [CS-FLT-001] A host that refuses the attach leaves the volume as it was
    Given a Ready data volume "d2" made on VM "vm1"
    And VM "vm1" is Running
    And the next AttachCommand of a host fails
    When the owner attaches volume "d2" to VM "vm1"
    Then the request is refused because host-failed
    When the owner attaches volume "d2" to VM "vm1"
    Then the job succeeds
