@volume
Feature: Hypervisors

  @CS-HYP-001 @SPEC-13 @core
  Scenario Outline: [CS-HYP-001] A ROOT leaves and joins a VM on <hypervisor>
    Given a stopped <hypervisor> VM "vm1" with ROOT volume "r1"
    When the owner detaches volume "r1"
    Then the request succeeds
    When the owner attaches volume "r1" to VM "vm1" as device 0
    Then the request succeeds
    And volume "r1" is the ROOT of VM "vm1" at device 0

    Examples:
      | hypervisor |
      | KVM        |
      | VMware     |
      | XenServer  |

  @CS-HYP-001 @SPEC-13 @acs-quirk
  Scenario: [CS-HYP-001] A ROOT leaves a VM on Simulator
    Given a stopped Simulator VM "vm1" with ROOT volume "r1"
    When the owner detaches volume "r1"
    Then the request succeeds

  @CS-HYP-002 @SPEC-13 @extended @fs-only @DET-10
  Scenario: [CS-HYP-002] A ROOT stays on a VM on Simulator
    Given a stopped Simulator VM "vm1" with ROOT volume "r1"
    When the owner detaches volume "r1"
    Then the request is refused because hypervisor-unsupported

  @CS-HYP-002 @SPEC-13 @extended @DET-10
  Scenario: [CS-HYP-002] A ROOT stays on a VM on LXC
    Given a stopped LXC VM "vm1" with ROOT volume "r1"
    When the owner detaches volume "r1"
    Then the request is refused because hypervisor-unsupported

  @CS-HYP-003 @SPEC-13 @extended @ATT-09
  Scenario: [CS-HYP-003] A VM on LXC takes no volume at device 0
    Given a stopped LXC VM "vm1" with ROOT volume "r1"
    And an Allocated data volume "d2"
    When the owner attaches volume "d2" to VM "vm1" as device 0
    Then the request is refused because hypervisor-unsupported

  @CS-HYP-004 @SPEC-13 @extended
  Scenario: [CS-HYP-004] Data disks still work on LXC
    Given a stopped LXC VM "vm1" with ROOT volume "r1"
    And VM "vm1" has 1 more data volumes
    When the owner detaches volume "extra1"
    Then the request succeeds

  @CS-HYP-006 @SPEC-14 @core @ATT-21
  Scenario Outline: [CS-HYP-006] A ROOT of <from> does not fit a VM on <to>
    Given a stopped <from> VM "vm1" with ROOT volume "r1"
    And a stopped <to> VM "vm2" with ROOT volume "r2"
    And volume "r1" has been detached
    And volume "r2" has been detached
    When the owner attaches volume "r1" to VM "vm2" as device 0
    Then the request is refused because hypervisor-mismatch

    Examples:
      | from      | to        |
      | KVM       | VMware    |
      | VMware    | XenServer |
      | XenServer | KVM       |

  @CS-HYP-009 @SPEC-13 @extended
  Scenario: [CS-HYP-009] VMware sends a command although the VM is stopped
    Given a stopped VMware VM "vm1" with ROOT volume "r1"
    When the owner detaches volume "r1"
    Then hosts were told "DettachCommand" 1 times

  @CS-HYP-010 @SPEC-13 @extended
  Scenario: [CS-HYP-010] KVM does not
    Given a stopped KVM VM "vm1" with ROOT volume "r1"
    When the owner detaches volume "r1"
    Then hosts were told "DettachCommand" 0 times

  @CS-HYP-005 @SPEC-13 @extended @ATT-13 @unless-no-external
  Scenario: [CS-HYP-005] A VM on External takes no volume
    Given a stopped VM "vm1" with ROOT volume "r1"
    And an Allocated data volume "d2"
    And the hypervisor of VM "vm1" is External
    When the owner attaches volume "d2" to VM "vm1"
    Then the request is refused because external-hypervisor

  @CS-HYP-007 @SPEC-14 @extended
  Scenario Outline: [CS-HYP-007] A volume never placed fits a VM on <hypervisor>
    Given a stopped <hypervisor> VM "vm1" with ROOT volume "r1"
    And an Allocated data volume "d2"
    When the owner attaches volume "d2" to VM "vm1"
    Then the request succeeds

    Examples:
      | hypervisor |
      | VMware     |
      | XenServer  |
      | LXC        |

  @CS-HYP-008 @SPEC-14 @extended @ATT-21
  Scenario: [CS-HYP-008] The refusal names both hypervisors
    Given a stopped KVM VM "vm1" with ROOT volume "r1"
    And a stopped VMware VM "vm2" with ROOT volume "r2"
    And volume "r1" has been detached
    When the owner attaches volume "r1" to VM "vm2"
    Then the request is refused because kvm-volume-to-vmware
