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
    Then the request succeeds
    And volume "r1" is a detached DATADISK
    And field "state" of volume "r1" is "Ready"

  @CS-VMR-006 @SPEC-05 @core
  Scenario: [CS-VMR-006] Listing works
    Given volume "d1" has been detached
    Then VM "vm1" has exactly these volumes
      | volume | type | device |

  @CS-VMR-008 @SPEC-01 @core
  Scenario: [CS-VMR-008] Start works with a foreign ROOT
    Given a stopped VM "vm2" with ROOT volume "r2"
    And volume "r2" has been detached
    And volume "r2" has been attached to VM "vm1" as device 0
    When the owner starts VM "vm1"
    Then VM "vm1" is Running

  @CS-VMR-003 @SPEC-01 @extended
  Scenario Outline: [CS-VMR-003] Without ROOT it is possible to <verb> the VM
    When the <who> calls <command> with
      | <key> | vm:vm1 |
    Then the request succeeds
    And volume "r1" is a detached DATADISK

    Examples:
      | verb    | who   | command               | key |
      | stop    | owner | stopVirtualMachine    | id  |
      | destroy | owner | destroyVirtualMachine | id  |

  @CS-VMR-003 @SPEC-01 @admin
  Scenario Outline: [CS-VMR-003] Destroyed without ROOT it is possible to <verb> the VM
    Given VM "vm1" is Destroyed
    When the root admin <verb>s VM "vm1"
    Then the request succeeds
    And volume "r1" is a detached DATADISK
    And field "state" of volume "r1" is "Ready"

    Examples:
      | verb    |
      | recover |
      | expunge |

  @CS-VMR-003 @SPEC-01 @admin
  Scenario: [CS-VMR-003] A data volume of a VM without ROOT can be migrated
    When the root admin calls migrateVolume with
      | volumeid  | volume:d1 |
      | storageid | away:d1   |
    Then the request succeeds

  @CS-VMR-005 @SPEC-03 @extended @DSM-04
  Scenario: [CS-VMR-005] A former ROOT is not among the volumes to destroy with the VM
    When the owner calls destroyVirtualMachine with
      | id        | vm:vm1    |
      | volumeids | volume:r1 |
    Then the request is refused because not-its-data-volumes

  @CS-VMR-005 @SPEC-03 @extended
  Scenario: [CS-VMR-005] A former ROOT that is a data volume of the VM again is
    When the owner attaches volume "r1" to VM "vm1"
    And the owner calls destroyVirtualMachine with
      | id        | vm:vm1    |
      | volumeids | volume:r1 |
    Then the request succeeds
    And field "state" of volume "r1" is "Destroy"
