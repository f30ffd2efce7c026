@volume
Feature: Storage pools

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-STO-001 @SPEC-12 @extended @DET-12
  Scenario: [CS-STO-001] A ROOT on a managed pool cannot be detached
    Given volume "r1" lies on managed storage
    When the owner detaches volume "r1"
    Then the request is refused because managed-storage

  @CS-STO-002 @SPEC-12 @extended @ATT-11
  Scenario: [CS-STO-002] Nor attached at 0
    Given volume "r1" has been detached
    And volume "r1" lies on managed storage
    When the owner attaches volume "r1" to VM "vm1" as device 0
    Then the request is refused because managed-storage

  @CS-STO-003 @SPEC-12 @extended
  Scenario: [CS-STO-003] A data volume on a managed pool can
    Given volume "d1" lies on managed storage
    When the owner detaches volume "d1"
    Then the request succeeds

  @CS-STO-003 @SPEC-12 @extended
  Scenario: [CS-STO-003] A data volume on a managed pool can be attached
    Given volume "d1" has been detached
    And volume "d1" lies on managed storage
    When the owner attaches volume "d1" to VM "vm1"
    Then the request succeeds

  @CS-STO-004 @SPEC-14 @extended
  Scenario: [CS-STO-004] On a managed pool a volume has no hypervisor to differ in
    Given a stopped VMware VM "vm2" with ROOT volume "r2"
    And volume "r2" has been detached
    And volume "d1" has been detached
    And volume "d1" lies on managed storage
    When the owner attaches volume "d1" to VM "vm2"
    Then the request succeeds

  @CS-STO-005 @SPEC-03 @admin
  Scenario: [CS-STO-005] A pool in maintenance keeps its volumes
    Given the state of storage pool "a-pool" is Maintenance
    And the state of storage pool "another-pool" is Maintenance
    When the owner detaches volume "r1"
    Then the request succeeds
    When the owner attaches volume "r1" to VM "vm1" as device 0
    Then the request succeeds

  @CS-STO-005 @SPEC-03 @admin @PLC-01
  Scenario: [CS-STO-005] A pool in maintenance takes no new volume
    Given an Allocated data volume "d2" with disk offering "Nowhere"
    When the owner attaches volume "d2" to VM "vm1"
    Then the request is refused because no-storage

  @CS-STO-007 @SPEC-03 @extended
  Scenario: [CS-STO-007] A volume on a zone-wide pool need not move
    Given a stopped VM "vm2" with ROOT volume "r2" on host "a-host-elsewhere"
    And volume "d1" has been detached
    And volume "d1" lies on zone-wide storage
    When the owner attaches volume "d1" to VM "vm2"
    Then the request succeeds
    And hosts were told "CopyCommand" 0 times

  @CS-STO-010 @SPEC-03 @extended @PLC-04
  Scenario: [CS-STO-010] Without room in the VM's cluster the volume cannot move there
    Given a stopped VM "vm2" with ROOT volume "r2" on host "a-host"
    And a stopped VM "vm3" with ROOT volume "r3" on host "a-host-elsewhere"
    And a Ready data volume "d2" with disk offering "Managed" made on VM "vm2"
    When the owner attaches volume "d2" to VM "vm3"
    Then the request is refused because no-storage-to-move-to
