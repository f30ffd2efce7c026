@volume
Feature: The state of the VM decides about its ROOT

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1"

  @CS-STA-001 @SPEC-04 @core @DET-11
  Scenario Outline: [CS-STA-001] A <state> VM keeps its ROOT volume
    Given VM "vm1" is <state>
    When the root admin detaches volume "r1"
    Then the request is refused because vm-not-stopped

    Examples:
      | state     |
      | Running   |
      | Destroyed |

  @CS-STA-001 @SPEC-04 @extended @DET-08
  Scenario Outline: [CS-STA-001] A VM in <state> keeps its ROOT volume
    Given VM "vm1" is <state>
    When the root admin detaches volume "r1"
    Then the request is refused because vm-state-to-detach

    Examples:
      | state     |
      | Starting  |
      | Stopping  |
      | Migrating |
      | Error     |
      | Unknown   |
      | Expunging |

  @CS-STA-002 @SPEC-06 @core @ATT-10
  Scenario: [CS-STA-002] A Running VM takes no ROOT volume
    Given a running VM "vm2" with ROOT volume "r2"
    And volume "r1" has been detached
    When the owner attaches volume "r1" to VM "vm2" as device 0
    Then the request is refused because vm-not-stopped

  @CS-STA-002 @SPEC-06 @extended @ATT-06
  Scenario Outline: [CS-STA-002] A VM in <state> takes no ROOT volume
    Given volume "r1" has been detached
    And VM "vm1" is <state>
    When the root admin attaches volume "r1" to VM "vm1" as device 0
    Then the request is refused because vm-state

    Examples:
      | state     |
      | Starting  |
      | Stopping  |
      | Migrating |
      | Destroyed |
      | Error     |

  @CS-STA-003 @SPEC-04 @core @DET-11
  Scenario: [CS-STA-003] A refused request leaves the ROOT attached
    Given VM "vm1" is Running
    When the owner detaches volume "r1"
    Then the request is refused because vm-not-stopped
    And volume "r1" is the ROOT of VM "vm1" at device 0

  @CS-STA-004 @SPEC-04 @extended
  Scenario: [CS-STA-004] A force-stopped VM counts as stopped
    Given VM "vm1" is Running
    When the owner calls stopVirtualMachine with
      | id     | vm:vm1 |
      | forced | true   |
    And the owner detaches volume "r1"
    Then the request succeeds

  @CS-STA-005 @SPEC-04 @extended
  Scenario: [CS-STA-005] A VM that stopped from inside counts as stopped
    Given VM "vm1" is Running
    And the state of VM "vm1" is Stopped
    When the owner detaches volume "r1"
    Then the request succeeds
    And hosts were told "DettachCommand" 0 times
