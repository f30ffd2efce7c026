@volume
Feature: Pools that are full, or closed to what is new

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" on host "a-host"

  @CS-STF-001 @SPEC-03 @admin @PLC-01
  Scenario: [CS-STF-001] Pools in Maintenance take no new volume
    Given an Allocated data volume "d2"
    And the state of storage pool "a-pool" is Maintenance
    And the state of storage pool "another-pool" is Maintenance
    And the state of storage pool "a-managed-pool" is Maintenance
    When the owner attaches volume "d2" to VM "vm1"
    Then the request is refused because no-storage

  @CS-STF-007 @SPEC-03 @admin @PLC-01
  Scenario: [CS-STF-007] A volume of shared storage does not go to a host's own
    Given an Allocated data volume "d2"
    And the state of storage pool "another-pool" is Maintenance
    And the state of storage pool "a-managed-pool" is Maintenance
    And volume "r1" lies on local storage of host "a-host"
    When the owner attaches volume "d2" to VM "vm1"
    Then the request is refused because no-storage

  @CS-STF-008 @SPEC-03 @admin @PLC-01
  Scenario: [CS-STF-008] A volume does not go to a pool of another zone
    Given an Allocated data volume "d2"
    And a stopped VM "vm2" with ROOT volume "r2" in zone "another-zone"
    And volume "r2" lies on zone-wide storage
    And the state of storage pool "a-pool" is Maintenance
    And the state of storage pool "another-pool" is Maintenance
    And the state of storage pool "a-managed-pool" is Maintenance
    When the owner attaches volume "d2" to VM "vm1"
    Then the request is refused because no-storage

  @CS-STF-002 @SPEC-03 @admin
  Scenario: [CS-STF-002] A new volume goes to the pool that is not in Maintenance
    Given an Allocated data volume "d2"
    And an Allocated data volume "d3"
    And the state of storage pool "another-pool" is Maintenance
    And the state of storage pool "a-managed-pool" is Maintenance
    When the owner attaches volume "d2" to VM "vm1"
    Then the request succeeds
    When the owner attaches volume "d3" to VM "vm1"
    Then the request succeeds
    And listVolumes shows the root admin "r1, d2, d3" with
      | storageid | pool:a-pool |
      | listall   | true        |

  @CS-STF-003 @needs-stage @SPEC-03 @admin
  Scenario: [CS-STF-003] A new volume goes to the emptier pool
    Given an Allocated data volume "d2"
    When the owner attaches volume "d2" to VM "vm1"
    Then the request succeeds
    And listVolumes shows the root admin "d2" with
      | storageid | pool:another-pool |
      | listall   | true              |

  @CS-STF-004 @SPEC-03 @admin @PLC-01
  Scenario Outline: [CS-STF-004] At a factor of <factor>, <bytes> bytes have room for what is 85 % of it, and no byte more
    Given an Allocated data volume "d2"
    And the state of storage pool "another-pool" is Maintenance
    And the state of storage pool "a-managed-pool" is Maintenance
    And the setting "storage.overprovisioning.factor" is "<factor>"
    And the capacity of storage pool "a-pool" is <less>
    When the owner attaches volume "d2" to VM "vm1"
    Then the request is refused because no-storage
    Given the capacity of storage pool "a-pool" is <bytes>
    When the owner attaches volume "d2" to VM "vm1"
    Then the request succeeds

    Examples:
      | bytes      | less       | factor |
      | 4421289864 | 4421289863 | 2.0    |
      | 8842579728 | 8842579727 | 1.0    |

  @CS-STF-005 @SPEC-03 @admin @PLC-01
  Scenario: [CS-STF-005] What leaves a pool makes room for what comes
    Given an Allocated data volume "d2"
    And an Allocated data volume "d3"
    And the state of storage pool "another-pool" is Maintenance
    And the state of storage pool "a-managed-pool" is Maintenance
    And the capacity of storage pool "a-pool" is 4421289864
    When the owner attaches volume "d2" to VM "vm1"
    Then the request succeeds
    When the owner attaches volume "d3" to VM "vm1"
    Then the request is refused because no-storage
    Given volume "d2" has been detached
    And volume "d2" has been deleted
    When the owner attaches volume "d3" to VM "vm1"
    Then the request succeeds

  @CS-STF-006 @SPEC-03 @admin
  Scenario: [CS-STF-006] A volume moves to its VM's cluster, and makes room where it was
    Given a Ready data volume "d2" made on VM "vm1"
    And a stopped VM "vm2" with ROOT volume "r2" on host "a-host-elsewhere"
    When the owner attaches volume "d2" to VM "vm2"
    Then the request succeeds
    And hosts were told "CopyCommand" 1 times
    And listVolumes shows the root admin "r2, d2" with
      | clusterid | cluster:another-cluster |
      | listall   | true                    |
