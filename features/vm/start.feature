@vm
Feature: Start and reboot a VM

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1"

  @CS-VMT-001 @SPEC-01 @extended @STA-01
  Scenario: [CS-VMT-001] A running VM is not started
    Given VM "vm1" is Running
    When the owner starts VM "vm1"
    Then the request is refused because already-running

  @CS-VMT-002 @SPEC-03 @admin @STA-02
  Scenario: [CS-VMT-002] The VM of a disabled account is not started
    Given the owner is disabled
    When the root admin starts VM "vm1"
    Then the request is refused because owner-disabled

  @CS-VMT-003 @SPEC-01 @core @STA-03
  Scenario: [CS-VMT-003] A VM without any volume is not started
    Given volume "r1" has been detached
    When the owner starts VM "vm1"
    Then the request is refused because no-volumes
    And VM "vm1" is Stopped

  @CS-VMT-004 @SPEC-03 @extended @STA-05
  Scenario: [CS-VMT-004] A VM is not started where its volumes find no storage
    Given a fresh VM "vm2" with ROOT volume "r2"
    And an Allocated data volume "d2" with disk offering "Nowhere"
    And volume "d2" has been attached to VM "vm2" as device 1
    When the owner starts VM "vm2"
    Then the request is refused because no-destination

  @CS-VMT-032 @SPEC-03 @admin @STA-15 @unless-host-tags-late
  Scenario: [CS-VMT-032] A VM is not started whose offering has tags that no host has
    Given a fresh VM "vm2" with ROOT volume "r2"
    When the root admin calls createServiceOffering with
      | name        | tagged  |
      | displaytext | text    |
      | cpunumber   | 1       |
      | cpuspeed    | 500     |
      | memory      | 512     |
      | hosttags    | nowhere |
    And the root admin calls changeServiceForVirtualMachine with
      | id                | vm:vm2         |
      | serviceofferingid | service:tagged |
    Then the request succeeds
    When the owner starts VM "vm2"
    Then the request is refused because no-host-with-tags
    When the root admin calls startVirtualMachine with
      | id        | vm:vm2                  |
      | clusterid | cluster:another-cluster |
    Then the request is refused because no-destination

  @CS-VMT-033 @SPEC-03 @admin @unless-last-host-has-tags
  Scenario: [CS-VMT-033] A VM starts where it ran last whatever tags its offering has now
    When the root admin calls createServiceOffering with
      | name        | tagged  |
      | displaytext | text    |
      | cpunumber   | 1       |
      | cpuspeed    | 500     |
      | memory      | 512     |
      | hosttags    | nowhere |
    And the root admin calls changeServiceForVirtualMachine with
      | id                | vm:vm1         |
      | serviceofferingid | service:tagged |
    Then the request succeeds
    When the owner starts VM "vm1"
    Then VM "vm1" is Running

  @CS-VMT-005 @SPEC-01 @extended @STA-06
  Scenario: [CS-VMT-005] A destroyed VM is not started
    Given VM "vm1" is Destroyed
    When the root admin starts VM "vm1"
    Then the request is refused because start-failed

  @CS-VMT-006 @SPEC-01 @extended @REB-01
  Scenario: [CS-VMT-006] A stopped VM is not rebooted
    When the owner reboots VM "vm1"
    Then the request is refused because not-running

  @CS-VMT-007 @SPEC-01 @extended
  Scenario: [CS-VMT-007] A rebooted VM runs on
    Given VM "vm1" is Running
    When the owner reboots VM "vm1"
    Then the request succeeds
    And VM "vm1" is Running

  @CS-VMT-030 @SPEC-03 @admin @STA-11 @STA-12
  Scenario Outline: [CS-VMT-030] A VM is not started on a host that lacks <what>
    Given the <what> of host "a-host" is 1
    When the root admin calls startVirtualMachine with
      | id     | vm:vm1      |
      | hostid | host:a-host |
    Then the request is refused because <reason>

    Examples:
      | what   | reason            |
      | speed  | host-too-weak     |
      | memory | host-without-room |

  @CS-VMT-031 @SPEC-03 @admin @STA-09
  Scenario: [CS-VMT-031] A user does not choose where a VM starts
    When the owner calls startVirtualMachine with
      | id        | vm:vm1                  |
      | clusterid | cluster:another-cluster |
    Then the request is refused because cluster-not-yours-to-choose
