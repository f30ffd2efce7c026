@faults
Feature: A restart of the management server with work in flight

  Background:
    Given a running VM "vm1" with ROOT volume "r1"
    And a Ready data volume "d1" made on VM "vm1"
    And an Allocated data volume "d2"

  @CS-RES-001 @SPEC-03 @unless-restart-leaves-volumes
  Scenario: [CS-RES-001] An attach that a host works on, and one that waits, leave both as they were
    When the root admin calls rootswapStrike with
      | operation | AttachCommand |
      | mode      | slow          |
      | seconds   | 300           |
    And the owner asks all at once
      | command         | id        | virtualmachineid | after | who        |
      | attachVolume    | volume:d1 | vm:vm1           |       | owner      |
      | attachVolume    | volume:d2 | vm:vm1           |       | owner      |
      | rootswapRestart |           |                  | 5     | root admin |
    Then 2 of the requests failed because restarted
    And field "state" of volume "d1" is "Ready"
    And field "virtualmachineid" of volume "d1" is "absent"
    And field "state" of volume "d2" is "Allocated"
    And field "storageid" of volume "d2" is "absent"
    When the owner attaches volume "d1" to VM "vm1"
    Then the request succeeds
    When the owner attaches volume "d2" to VM "vm1"
    Then the request succeeds

  @CS-RES-002 @SPEC-03 @PLC-01 @unless-restart-leaves-volumes
  Scenario: [CS-RES-002] A volume that was being created keeps its pool and is never created any more
    When the root admin calls rootswapStrike with
      | operation | CreateObjectCommand |
      | mode      | slow                |
      | seconds   | 300                 |
    And the owner asks all at once
      | command         | id        | virtualmachineid | after | who        |
      | attachVolume    | volume:d2 | vm:vm1           |       | owner      |
      | rootswapRestart |           |                  | 5     | root admin |
    Then 1 of the requests failed because restarted
    And field "state" of volume "d2" is "Allocated"
    And field "storageid" of volume "d2" is "present"
    When the owner attaches volume "d2" to VM "vm1"
    Then the request is refused because no-storage
    When the owner calls deleteVolume with
      | id | volume:d2 |
    Then the request succeeds

  @CS-RES-003 @SPEC-03
  Scenario: [CS-RES-003] A detach leaves the volume on
    Given volume "d1" has been attached to VM "vm1" as device 1
    When the root admin calls rootswapStrike with
      | operation | DettachCommand |
      | mode      | slow           |
      | seconds   | 300            |
    And the owner asks all at once
      | command         | id        | after | who        |
      | detachVolume    | volume:d1 |       | owner      |
      | rootswapRestart |           | 5     | root admin |
    Then 1 of the requests failed because restarted
    And volume "d1" is the DATADISK of VM "vm1" at device 1
    When the owner detaches volume "d1"
    Then the request succeeds

  @CS-RES-004 @SPEC-03
  Scenario Outline: [CS-RES-004] A <command> of a <before> VM leaves it <before>
    Given VM "vm1" is <before>
    When the root admin calls rootswapStrike with
      | operation | <operation> |
      | mode      | slow        |
      | seconds   | 300         |
    And the owner asks all at once
      | command         | id     | after | who        |
      | <command>       | vm:vm1 |       | owner      |
      | rootswapRestart |        | 5     | root admin |
    Then 1 of the requests failed because restarted
    And VM "vm1" is <before>
    When the root admin calls rootswapAdvance with
      | seconds | 600 |
    Then VM "vm1" is <before>
    When the owner calls <command> with
      | id | vm:vm1 |
    Then the request succeeds

    Examples:
      | command               | operation     | before  |
      | startVirtualMachine   | StartCommand  | Stopped |
      | stopVirtualMachine    | StopCommand   | Running |
      | destroyVirtualMachine | StopCommand   | Running |
      | rebootVirtualMachine  | RebootCommand | Running |

  @CS-RES-005 @SPEC-03 @unless-restart-leaves-volumes
  Scenario: [CS-RES-005] A resize leaves the volume Ready and as large as it was
    Given volume "d1" has been attached to VM "vm1" as device 1
    When the root admin calls rootswapStrike with
      | operation | ResizeVolumeCommand |
      | mode      | slow                |
      | seconds   | 300                 |
    And the owner asks all at once
      | command         | id        | size | after | who        |
      | resizeVolume    | volume:d1 | 8    |       | owner      |
      | rootswapRestart |           |      | 5     | root admin |
    Then 1 of the requests failed because restarted
    And field "state" of volume "d1" is "Ready"
    When the owner calls resizeVolume with
      | id   | volume:d1 |
      | size | 8         |
    Then the request succeeds

  @CS-RES-006 @SPEC-03 @unless-restart-leaves-volumes @unless-restart-leaves-snapshots
  Scenario: [CS-RES-006] A snapshot of the ROOT is lost, and its volume Ready
    When the root admin calls rootswapStrike with
      | operation | CreateObjectCommand |
      | mode      | slow                |
      | seconds   | 300                 |
    And the owner asks all at once
      | command         | volumeid  | after | who        |
      | createSnapshot  | volume:r1 |       | owner      |
      | rootswapRestart |           | 5     | root admin |
    Then 1 of the requests failed because restarted
    And field "state" of volume "r1" is "Ready"
    When the owner calls createSnapshot with
      | volumeid | volume:r1 |
    Then the request succeeds

  @CS-RES-007 @SPEC-03
  Scenario: [CS-RES-007] A start whose answer does not come ends, and then the host reports the VM
    Given VM "vm1" is Stopped
    When the root admin calls rootswapStrike with
      | operation | StartCommand |
      | mode      | timeout      |
      | seconds   | 12           |
    And the owner asks all at once
      | command             | id     | after | who        |
      | startVirtualMachine | vm:vm1 |       | owner      |
      | rootswapRestart     |        | 560   | root admin |
    Then 1 of the requests failed because restarted
    And VM "vm1" is Stopped
    When the root admin calls rootswapAdvance with
      | seconds | 60 |
    Then VM "vm1" is Running

  @CS-RES-008 @SPEC-03
  Scenario: [CS-RES-008] What a later start and stop settled the host reports no more
    Given VM "vm1" is Stopped
    When the root admin calls rootswapStrike with
      | operation | StartCommand |
      | mode      | timeout      |
      | seconds   | 12           |
    And the owner starts VM "vm1"
    Then the request is refused because start-impossible
    When the owner starts VM "vm1"
    And the owner stops VM "vm1"
    And the root admin calls rootswapAdvance with
      | seconds | 120 |
    Then VM "vm1" is Stopped
