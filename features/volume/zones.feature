@volume
Feature: Zones

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1"

  @CS-ZON-001 @SPEC-03 @extended @ATT-07
  Scenario: [CS-ZON-001] Another zone is refused
    Given a stopped VM "vm2" with ROOT volume "r2" in zone "another-zone"
    And volume "r1" has been detached
    When the owner attaches volume "r1" to VM "vm2"
    Then the request is refused because other-zone

  @CS-ZON-002 @SPEC-03 @admin
  Scenario Outline: [CS-ZON-002] In a disabled zone the <who> may still detach and attach
    Given the allocation of zone "a-zone" is off
    When the <who> detaches volume "r1"
    Then the request succeeds
    When the <who> attaches volume "r1" to VM "vm1" as device 0
    Then the request succeeds

    Examples:
      | who        |
      | owner      |
      | root admin |

  @CS-ZON-002 @SPEC-03 @admin @CRE-08
  Scenario: [CS-ZON-002] In a disabled zone a user gets no new volume
    Given the allocation of zone "a-zone" is off
    When the owner calls createVolume with
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:Small  |
    Then the request is refused because zone-disabled-to-create

  @CS-ZON-002 @SPEC-03 @admin
  Scenario: [CS-ZON-002] In a disabled zone an administrator gets a new volume
    Given the allocation of zone "a-zone" is off
    When the root admin calls createVolume with
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:Small  |
    Then the request succeeds

  @CS-ZON-003 @SPEC-02 @SPEC-03 @extended
  Scenario: [CS-ZON-003] A detached ROOT goes to a VM in another pod of the zone
    Given a stopped VM "vm2" with ROOT volume "r2" on host "a-host"
    And a running VM "vm3" with ROOT volume "r3" on host "a-host-of-another-pod"
    And volume "r2" has been detached
    When the owner attaches volume "r2" to VM "vm3"
    Then the request succeeds
    And volume "r2" is a DATADISK of VM "vm3" at device 1
