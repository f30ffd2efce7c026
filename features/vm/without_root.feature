@vm
Feature: A VM without ROOT volume

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"
    And volume "r1" has been detached

  @CS-VMR-001 @SPEC-01 @core @smoke @STA-04
  Scenario: [CS-VMR-001] Start is refused, ROOT missing
    When the owner starts VM "vm1"
    Then the request is refused because root-missing

  @CS-VMR-002 @SPEC-01 @core
  Scenario: [CS-VMR-002] The VM goes back to Stopped
    When the owner starts VM "vm1"
    Then VM "vm1" is Stopped

  @CS-VMR-004 @SPEC-03 @core
  Scenario: [CS-VMR-004] Expunge does not remove the detached volume
    When the root admin calls destroyVirtualMachine with
      | id      | vm:vm1 |
      | expunge | true   |
    Then the job succeeds
    And volume "r1" is a detached DATADISK
    And field "state" of volume "r1" is "Ready"

  @CS-VMR-006 @SPEC-05 @core
  Scenario: [CS-VMR-006] Listing works
    Given volume "d1" has been detached
    Then VM "vm1" has no volumes

  @CS-VMR-008 @SPEC-01 @core
  Scenario: [CS-VMR-008] Start works with a foreign ROOT
    Given a stopped VM "vm2" with ROOT volume "r2"
    And volume "r2" has been detached
    And volume "r2" has been attached to VM "vm1" as device 0
    When the owner starts VM "vm1"
    Then VM "vm1" is Running
