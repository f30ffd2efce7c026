@vm
Feature: Hosts that are down, full or not asked for

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" on host "a-host"

  @CS-VMH-001 @SPEC-03 @admin
  Scenario Outline: [CS-VMH-001] A VM starts elsewhere in its cluster where its last host <cannot>
    Given the <field> of host "a-host" is <value>
    When the owner starts VM "vm1"
    Then the request succeeds
    When the root admin calls listVirtualMachines with
      | hostid  | host:another-host |
      | listall | true              |
    Then the answer shows
      | id | vm:vm1 |

    Examples:
      | cannot        | field      | value |
      | is down       | state      | Down  |
      | takes nothing | allocation | off   |
      | has no memory | memory     | 1     |

  @CS-VMH-002 @SPEC-03 @admin @STA-08
  Scenario Outline: [CS-VMH-002] No VM starts where every host of its cluster <cannot>
    Given the <field> of host "a-host" is <value>
    And the <field> of host "another-host" is <value>
    When the owner starts VM "vm1"
    Then the request is refused because start-impossible
    And VM "vm1" is Stopped

    Examples:
      | cannot        | field      | value |
      | is down       | state      | Down  |
      | takes nothing | allocation | off   |
      | has no memory | memory     | 1     |

  @CS-VMH-003 @SPEC-03 @admin
  Scenario: [CS-VMH-003] A setting lets a stopped VM start in another cluster
    Given the state of host "a-host" is Down
    And the state of host "another-host" is Down
    And the setting "migrate.vm.across.clusters" is "true"
    When the owner starts VM "vm1"
    Then the request succeeds

  @CS-VMH-004 @SPEC-03 @admin
  Scenario: [CS-VMH-004] A VM starts where it ran last, or where the root admin wants it
    When the owner starts VM "vm1"
    Then the request succeeds
    When the root admin calls listVirtualMachines with
      | hostid  | host:a-host |
      | id      | vm:vm1      |
      | listall | true        |
    Then the answer shows
      | id | vm:vm1 |
    Given VM "vm1" is Stopped
    When the root admin calls startVirtualMachine with
      | id     | vm:vm1            |
      | hostid | host:another-host |
    Then the request succeeds
    When the root admin calls listVirtualMachines with
      | hostid  | host:another-host |
      | id      | vm:vm1            |
      | listall | true              |
    Then the answer shows
      | id | vm:vm1 |

  @CS-VMH-005 @SPEC-03 @admin @STA-08 @unless-capabilities-by-id
  Scenario: [CS-VMH-005] No VM starts where every host has the guests it may have
    When the root admin calls updateHypervisorCapabilities with
      | hypervisor        | KVM     |
      | hypervisorversion | default |
      | maxguestslimit    | 0       |
    Then the request succeeds
    When the owner starts VM "vm1"
    Then the request is refused because start-impossible

  @CS-VMH-005 @SPEC-03 @admin @STA-08 @unless-capabilities-by-id
  Scenario: [CS-VMH-005] A host with the one guest it may have takes no other
    Given a running VM "vm2" with ROOT volume "r2" on host "another-host"
    And the state of host "a-host" is Down
    When the root admin calls updateHypervisorCapabilities with
      | hypervisor        | KVM     |
      | hypervisorversion | default |
      | maxguestslimit    | 1       |
    Then the request succeeds
    When the owner starts VM "vm1"
    Then the request is refused because start-impossible

  @CS-VMH-003 @SPEC-03 @admin @STA-08 @unless-capabilities-by-id
  Scenario: [CS-VMH-003] No VM starts on the hosts of another hypervisor
    Given the setting "migrate.vm.across.clusters" is "true"
    When the root admin calls updateHypervisorCapabilities with
      | hypervisor        | KVM     |
      | hypervisorversion | default |
      | maxguestslimit    | 0       |
    Then the request succeeds
    When the owner starts VM "vm1"
    Then the request is refused because start-impossible

  @CS-VMH-013 @SPEC-03 @admin
  Scenario: [CS-VMH-013] No VM starts in another zone, where alone a host has its tags
    Given a stopped VM "vm2" with ROOT volume "r2" in zone "another-zone"
    And volume "r2" lies on zone-wide storage
    And the setting "migrate.vm.across.clusters" is "true"
    When the root admin calls updateHost with
      | id       | host:a-host |
      | hosttags | fast        |
    Then the request succeeds
    When the root admin calls createServiceOffering with
      | name        | tagged |
      | displaytext | text   |
      | cpunumber   | 1      |
      | cpuspeed    | 500    |
      | memory      | 512    |
      | hosttags    | fast   |
    Then the request succeeds
    When the owner calls changeServiceForVirtualMachine with
      | id                | vm:vm2         |
      | serviceofferingid | service:tagged |
    Then the request succeeds
    When the root admin calls startVirtualMachine with
      | id               | vm:vm2 |
      | considerlasthost | false  |
    Then the request is refused because start-impossible

  @CS-VMH-006 @SPEC-03 @admin
  Scenario: [CS-VMH-006] The memory of a VM that stopped is free for another, of one that runs not
    Given a stopped VM "vm2" with ROOT volume "r2" on host "another-host"
    And a stopped VM "vm3" with ROOT volume "r3" on host "another-host"
    And the memory of host "another-host" is 1610612736
    And the state of host "a-host" is Down
    When the owner starts VM "vm2"
    Then the request succeeds
    When the owner starts VM "vm3"
    Then the request is refused because start-impossible
    Given VM "vm2" is Stopped
    When the owner starts VM "vm3"
    Then the request succeeds

  @CS-VMH-007 @SPEC-03 @admin
  Scenario: [CS-VMH-007] A start that one host refuses goes on to the next
    When the root admin calls rootswapStrike with
      | operation | StartCommand |
      | times     | 2            |
    And the owner starts VM "vm1"
    Then the request succeeds
    And VM "vm1" is Running
    When the root admin calls listVirtualMachines with
      | hostid  | host:another-host |
      | listall | true              |
    Then the answer shows
      | id | vm:vm1 |

  @CS-VMH-010 @SPEC-15 @extended @STA-13
  Scenario: [CS-VMH-010] Only VMware starts into the menu of its hardware
    Given a stopped VM "vm9" with ROOT volume "r9"
    When the owner calls startVirtualMachine with
      | id            | vm:vm9 |
      | bootintosetup | false  |
    Then the request is refused because setup-on-start

  @CS-VMH-010 @SPEC-15 @extended @REB-03
  Scenario: [CS-VMH-010] Only VMware reboots into the menu of its hardware
    Given a running VM "vm9" with ROOT volume "r9"
    When the owner calls rebootVirtualMachine with
      | id            | vm:vm9 |
      | bootintosetup | true   |
    Then the request is refused because setup-on-reboot
    When the owner calls rebootVirtualMachine with
      | id            | vm:vm9 |
      | bootintosetup | false  |
    Then the request succeeds

  @CS-VMH-011 @SPEC-15 @admin @STA-14
  Scenario: [CS-VMH-011] No VM starts by a planner that nobody knows
    Given a stopped VM "vm9" with ROOT volume "r9"
    When the root admin calls startVirtualMachine with
      | id                | vm:vm9 |
      | deploymentplanner | Mine   |
    Then the request is refused because planner-of-start-unknown
    When the owner calls startVirtualMachine with
      | id                | vm:vm9 |
      | deploymentplanner | Mine   |
    Then the request succeeds

  @CS-VMH-012 @SPEC-15 @admin
  Scenario: [CS-VMH-012] A VM starts anywhere where its last host shall not count
    Given a stopped VM "vm9" with ROOT volume "r9"
    When the root admin calls startVirtualMachine with
      | id               | vm:vm9 |
      | considerlasthost | false  |
    Then the request succeeds
    And VM "vm9" is Running
