@vm
Feature: Deploy a VM

  @CS-VMD-001 @SPEC-03 @core
  Scenario: [CS-VMD-001] A VM comes with its ROOT volume and runs
    Given a running VM "vm1" with ROOT volume "r1"
    Then VM "vm1" is Running
    And volume "r1" is the ROOT of VM "vm1" at device 0

  @CS-VMD-002 @SPEC-03 @core @DEP-01
  Scenario: [CS-VMD-002] A user deploys nothing for another account
    When the owner deploys a VM with
      | account  | account:other |
      | domainid | domain:other  |
    Then the request is refused because permission-denied

  @CS-VMD-003 @SPEC-03 @admin @DEP-02
  Scenario: [CS-VMD-003] A user does not choose the host
    When the owner deploys a VM with
      | hostid | host:z0c1-host0 |
    Then the request is refused because host-not-yours-to-choose

  @CS-VMD-004 @SPEC-03 @admin @DEP-03
  Scenario: [CS-VMD-004] A user deploys nothing in a disabled zone
    Given the allocation of zone "zone1" is off
    When the owner deploys a VM with
      | name | web |
    Then the request is refused because zone-disabled

  @CS-VMD-005 @SPEC-03 @extended @DEP-04
  Scenario: [CS-VMD-005] A VM needs a template
    When the owner deploys a VM with
      | templateid | none |
    Then the request is refused because no-template

  @CS-VMD-006 @SPEC-03 @extended @DEP-05
  Scenario: [CS-VMD-006] The name of a VM is free
    When the owner deploys a VM with
      | name | web |
    Then the request succeeds
    When the owner deploys a VM with
      | name | web |
    Then the request is refused because name-taken

  @CS-VMD-007 @SPEC-03 @core @DEP-06
  Scenario Outline: [CS-VMD-007] No VM beyond the account's number of <limit>
    Given the setting "max.account.<setting>" is "0"
    When the owner deploys a VM with
      | name | web |
    Then the request is refused because <reason>

    Examples:
      | limit   | setting  | reason       |
      | VMs     | user.vms | vm-limit     |
      | volumes | volumes  | volume-limit |
      | cores   | cpus     | cpu-limit    |
      | MiB     | memory   | memory-limit |
      | GiB     | primary.storage | storage-limit |

  @CS-VMD-008 @SPEC-03 @extended @DEP-11
  Scenario: [CS-VMD-008] A ROOT of 0 GiB is refused
    When the owner deploys a VM with
      | rootdisksize | 0 |
    Then the request is refused because root-of-nothing

  @CS-VMD-008 @SPEC-03 @extended @DEP-12
  Scenario: [CS-VMD-008] A ROOT of 1 GiB is refused
    When the owner deploys a VM with
      | rootdisksize | 1 |
    Then the request is refused because root-too-small

  @CS-VMD-009 @SPEC-03 @extended @DEP-13
  Scenario: [CS-VMD-009] A data disk of any size comes with one
    When the owner deploys a VM with
      | diskofferingid | disk:Custom |
    Then the request is refused because data-size-missing
    When the owner deploys a VM with
      | diskofferingid | disk:Custom |
      | size           | 3           |
      | rootdisksize   | 4           |
      | startvm        | false       |
    Then the request succeeds
    And the owner owns 2 volumes of 7 GiB in all

  @CS-VMD-010 @SPEC-03 @admin @DEP-02 @STA-09
  Scenario: [CS-VMD-010] Only a root admin chooses the cluster
    Given a stopped VM "vm1" with ROOT volume "r1"
    When the owner deploys a VM with
      | clusterid | cluster:Z0C1 |
    Then the request is refused because host-not-yours-to-choose
    When the owner calls startVirtualMachine with
      | id        | vm:vm1       |
      | clusterid | cluster:Z0C1 |
    Then the request is refused because start-not-yours-to-place
    When the root admin deploys a VM with
      | clusterid | cluster:Z0C1 |
    Then the request succeeds
