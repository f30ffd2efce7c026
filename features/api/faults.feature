@faults
Feature: Hosts that refuse, answer too late or are slow

  Background:
    Given a running VM "vm1" with ROOT volume "r1"
    And a Ready data volume "d1" made on VM "vm1"
    And an Allocated data volume "d2"

  @CS-FLT-002 @SPEC-03
  Scenario Outline: [CS-FLT-002] An attach that meets <mode> leaves the volume as it was
    When the root admin calls rootswapStrike with
      | operation | AttachCommand |
      | mode      | <mode>        |
      | seconds   | 12            |
    And the owner attaches volume "d1" to VM "vm1"
    Then the request is refused because <reason>
    When the owner attaches volume "d1" to VM "vm1"
    Then the request succeeds

    Examples:
      | mode    | reason           |
      | fail    | attach-failed    |
      | timeout | attach-timed-out |

  @CS-FLT-003 @SPEC-03
  Scenario Outline: [CS-FLT-003] A detach that meets <mode> leaves the volume on
    Given volume "d1" has been attached to VM "vm1" as device 1
    When the root admin calls rootswapStrike with
      | operation | DettachCommand |
      | mode      | <mode>         |
      | seconds   | 12             |
    And the owner detaches volume "d1"
    Then the request is refused because <reason>
    When the owner detaches volume "d1"
    Then the request succeeds

    Examples:
      | mode    | reason           |
      | fail    | detach-failed    |
      | timeout | detach-timed-out |

  @CS-FLT-004 @SPEC-03 @PLC-01
  Scenario Outline: [CS-FLT-004] A volume whose creation meets <mode> is never created any more
    When the root admin calls rootswapStrike with
      | operation | CreateObjectCommand |
      | mode      | <mode>              |
      | seconds   | 12                  |
    And the owner attaches volume "d2" to VM "vm1"
    Then 1 of the requests failed because creation-failed
    And field "state" of volume "d2" is "Allocated"
    And field "storageid" of volume "d2" is "present"
    When the owner attaches volume "d2" to VM "vm1"
    Then the request is refused because no-storage
    When the owner calls deleteVolume with
      | id | volume:d2 |
    Then the request succeeds

    Examples:
      | mode    |
      | fail    |
      | timeout |

  @CS-FLT-005 @SPEC-03
  Scenario Outline: [CS-FLT-005] A <verb> that meets <mode> leaves the VM Running, <later> once its host reports
    When the root admin calls rootswapStrike with
      | operation | StopCommand |
      | mode      | <mode>      |
      | seconds   | 12          |
    And the owner <verb>s VM "vm1"
    Then the request is refused because stop-failed
    When the root admin calls rootswapAdvance with
      | seconds | 60 |
    Then VM "vm1" is <later>
    When the owner <verb>s VM "vm1"
    Then the request succeeds

    Examples:
      | verb    | mode    | later   |
      | stop    | fail    | Running |
      | stop    | timeout | Stopped |
      | destroy | fail    | Running |
      | destroy | timeout | Stopped |

  @CS-FLT-006 @SPEC-03
  Scenario: [CS-FLT-006] A forced stop that is refused leaves the VM Stopping until its host reports
    When the root admin calls rootswapStrike with
      | operation | StopCommand |
    And the owner calls stopVirtualMachine with
      | id     | vm:vm1 |
      | forced | true   |
    Then 1 of the requests failed because forced-stop-failed
    And VM "vm1" is Stopping
    When the root admin calls rootswapAdvance with
      | seconds | 60 |
    Then VM "vm1" is Running

  @CS-FLT-007 @SPEC-08
  Scenario: [CS-FLT-007] A forced stop takes an answer that does not come for granted
    When the root admin calls rootswapStrike with
      | operation | StopCommand |
      | mode      | timeout     |
      | seconds   | 12          |
    And the owner calls stopVirtualMachine with
      | id     | vm:vm1 |
      | forced | true   |
    Then the request succeeds
    And VM "vm1" is Stopped

  @CS-FLT-008 @SPEC-08
  Scenario: [CS-FLT-008] A start that a host refuses is tried again
    Given VM "vm1" is Stopped
    When the root admin calls rootswapStrike with
      | operation | StartCommand |
    And the owner starts VM "vm1"
    Then the request succeeds
    And VM "vm1" is Running

  @CS-FLT-009 @SPEC-03
  Scenario: [CS-FLT-009] A start that every host refuses leaves the VM Stopped
    Given VM "vm1" is Stopped
    When the root admin calls rootswapStrike with
      | operation | StartCommand |
      | times     | -1           |
    And the owner starts VM "vm1"
    Then the request is refused because start-impossible
    When the root admin calls rootswapStrike with
      | operation | StartCommand |
      | times     | 0            |
    And the owner starts VM "vm1"
    Then the request succeeds

  @CS-FLT-010 @SPEC-03
  Scenario: [CS-FLT-010] A start whose answer does not come hangs, and then the host reports the VM
    Given VM "vm1" is Stopped
    When the root admin calls rootswapStrike with
      | operation | StartCommand |
      | mode      | timeout      |
      | seconds   | 12           |
    And the owner asks all at once
      | command              | id        | virtualmachineid | after |
      | startVirtualMachine  | vm:vm1    |                  |       |
      | rebootVirtualMachine | vm:vm1    |                  | 600   |
      | attachVolume         | volume:d1 | vm:vm1           |       |
    Then 1 of the requests failed because start-impossible
    And 1 of the requests failed because not-running
    And 1 of the requests failed because vm-state
    When the root admin calls rootswapAdvance with
      | seconds | 60 |
    Then VM "vm1" is Running

  @CS-FLT-011 @SPEC-03
  Scenario Outline: [CS-FLT-011] A migration whose <operation> is refused leaves the VM where it runs
    Given a running VM "vm2" with ROOT volume "r2" on host "a-host"
    When the root admin calls rootswapStrike with
      | operation | <operation> |
    And the root admin calls migrateVirtualMachine with
      | virtualmachineid | vm:vm2            |
      | hostid           | host:another-host |
    Then the request is refused because <reason>

    Examples:
      | operation                  | reason               |
      | MigrateCommand             | migration-failed     |
      | PrepareForMigrationCommand | migration-unprepared |

  @CS-FLT-012 @SPEC-03
  Scenario: [CS-FLT-012] A reboot that is refused leaves the VM Running
    When the root admin calls rootswapStrike with
      | operation | RebootCommand |
    And the owner reboots VM "vm1"
    Then the request is refused because host-failed

  @CS-FLT-013 @SPEC-03
  Scenario: [CS-FLT-013] A volume whose removal is refused stays in Destroy and can be deleted again
    When the root admin calls rootswapStrike with
      | operation | DeleteCommand |
    And the root admin calls deleteVolume with
      | id | volume:d1 |
    Then 1 of the requests failed because removal-failed
    And field "state" of volume "d1" is "Destroy"
    When the owner calls deleteVolume with
      | id | volume:d1 |
    Then the request succeeds

  @CS-FLT-018 @SPEC-03
  Scenario Outline: [CS-FLT-018] A snapshot whose <operation> is refused leaves its volume Ready
    When the root admin calls rootswapStrike with
      | operation | <operation> |
    And the owner calls createSnapshot with
      | volumeid | volume:d1 |
    Then the request is refused because snapshot-failed
    When the owner calls createSnapshot with
      | volumeid | volume:d1 |
    Then the request succeeds

    Examples:
      | operation           |
      | CreateObjectCommand |
      | CopyCommand         |

  @CS-FLT-019 @SPEC-03
  Scenario: [CS-FLT-019] A snapshot whose removal is refused stays
    Given a snapshot "s1" of volume "d1"
    When the root admin calls rootswapStrike with
      | operation | DeleteCommand |
    And the owner calls deleteSnapshot with
      | id | snapshot:s1 |
    Then the request is refused because snapshot-removal-failed
    When the owner calls deleteSnapshot with
      | id | snapshot:s1 |
    Then the request succeeds

  @CS-FLT-014 @SPEC-08
  Scenario: [CS-FLT-014] A host that is slow answers in the end
    When the root admin calls rootswapStrike with
      | operation | AttachCommand |
      | mode      | slow          |
      | seconds   | 30            |
    And the owner attaches volume "d1" to VM "vm1"
    Then the request succeeds
    And all was done within 40 seconds

  @CS-FLT-015 @SPEC-03 @unless-no-commands-timeout
  Scenario: [CS-FLT-015] A host slower than the server waits has not answered
    Given the setting "commands.timeout" is "AttachCommand=6"
    When the root admin calls rootswapStrike with
      | operation | AttachCommand |
      | mode      | slow          |
      | seconds   | 14            |
    And the owner attaches volume "d1" to VM "vm1"
    Then the request is refused because attach-timed-out

  @CS-FLT-016 @SPEC-08 @STK-01 @STK-02 @STK-03 @STK-04 @STK-05
  Scenario Outline: [CS-FLT-016] No fault of <operation> <mode> <times> <seconds>
    When the root admin calls rootswapStrike with
      | operation | <operation> |
      | mode      | <mode>      |
      | times     | <times>     |
      | seconds   | <seconds>   |
    Then the request is refused because <reason>

    Examples:
      | operation     | mode | times | seconds | reason           |
      | FlyCommand    | fail | 1     | 1       | fault-of-nothing |
      | AttachCommand | mean | 1     | 1       | fault-mode       |
      | AttachCommand | fail | -2    | 1       | fault-times      |
      | AttachCommand | slow | 1     | 0       | fault-seconds    |

  @CS-FLT-017 @SPEC-08 @STK-05
  Scenario: [CS-FLT-017] A slow host is slow for so many seconds
    When the root admin calls rootswapStrike with
      | operation | AttachCommand |
      | mode      | slow          |
    Then the request is refused because fault-slow
