@vm
Feature: Give a VM to another owner

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-GIV-001 @SPEC-03 @admin @ASM-04
  Scenario: [CS-GIV-001] A stopped VM goes to another account with all its volumes
    When the root admin calls assignVirtualMachine with
      | virtualmachineid | vm:vm1        |
      | account          | account:owner |
      | domainid         | domain:owner  |
    Then the request is refused because not-to-assign
    When the root admin calls assignVirtualMachine with
      | virtualmachineid | vm:vm1           |
      | account          | account:stranger |
      | domainid         | domain:stranger  |
    Then the request succeeds
    And the stranger owns 2 volumes of 7 GiB in all
    And the owner owns 0 volumes of 0 GiB in all
    When the root admin calls listVirtualMachines with
      | id | vm:vm1 |
    Then the answer shows
      | account | account:stranger |

  @CS-GIV-002 @SPEC-03 @admin
  Scenario: [CS-GIV-002] A VM with VM snapshots goes to another account
    Given VM "vm1" has a VM snapshot
    When the root admin calls assignVirtualMachine with
      | virtualmachineid | vm:vm1        |
      | account          | account:other |
      | domainid         | domain:other  |
    Then the request succeeds

  @CS-GIV-003 @SPEC-03 @admin @ASM-01 @ASM-11
  Scenario: [CS-GIV-003] A domain administrator gives nothing away from its domain, and nothing into it
    When the domain admin calls assignVirtualMachine with
      | virtualmachineid | vm:vm1           |
      | account          | account:stranger |
      | domainid         | domain:stranger  |
    Then the request is refused because failed-to-assign
    When the foreign admin calls assignVirtualMachine with
      | virtualmachineid | vm:vm1           |
      | account          | account:stranger |
      | domainid         | domain:stranger  |
    Then the request is refused because failed-to-assign

  @CS-GIV-004 @SPEC-03 @admin @ASM-15
  Scenario: [CS-GIV-004] A resource administrator gives no VM away
    Given the domain admin is ResourceAdmin
    When the domain admin calls assignVirtualMachine with
      | virtualmachineid | vm:vm1        |
      | account          | account:other |
      | domainid         | domain:other  |
    Then the request is refused because not-to-assign

  @CS-GIV-005 @SPEC-03 @admin @ASM-02
  Scenario: [CS-GIV-005] A VM that runs keeps its owner
    Given VM "vm1" is Running
    When the root admin calls assignVirtualMachine with
      | virtualmachineid | vm:vm1        |
      | account          | account:other |
      | domainid         | domain:other  |
    Then the request is refused because not-to-assign

  @CS-GIV-006 @SPEC-03 @admin @ASM-09 @unless-no-shared-fs
  Scenario: [CS-GIV-006] A shared file system keeps its owner
    Given the kind of VM "vm1" is SharedFS
    When the root admin calls assignVirtualMachine with
      | virtualmachineid | vm:vm1        |
      | account          | account:other |
      | domainid         | domain:other  |
    Then the request is refused because not-to-assign

  @CS-GIV-007 @SPEC-03 @admin @ASM-10 @ASM-12
  Scenario: [CS-GIV-007] The new owner is an account or a project, with a domain
    When the root admin calls assignVirtualMachine with
      | virtualmachineid | vm:vm1            |
      | account          | account:other     |
      | domainid         | domain:other      |
      | projectid        | accountid:project |
    Then the request is refused because not-to-assign
    When the root admin calls assignVirtualMachine with
      | virtualmachineid | vm:vm1            |
      | projectid        | accountid:project |
    Then the request is refused because not-to-assign
    When the root admin calls assignVirtualMachine with
      | virtualmachineid | vm:vm1            |
      | projectid        | accountid:project |
      | domainid         | domain:owner      |
    Then the request succeeds

  @CS-GIV-015 @SPEC-03 @admin @OWN-12
  Scenario: [CS-GIV-015] A project that is gone gets no VM
    When the owner calls deleteProject with
      | id | accountid:project |
    Then the request succeeds
    When the root admin calls assignVirtualMachine with
      | virtualmachineid | vm:vm1            |
      | projectid        | accountid:project |
      | domainid         | domain:owner      |
    Then the request is refused because not-to-assign

  @CS-GIV-008 @SPEC-03 @admin @ASM-14
  Scenario: [CS-GIV-008] The domain that is named is one of the new owner
    When the root admin calls assignVirtualMachine with
      | virtualmachineid | vm:vm1            |
      | projectid        | accountid:project |
      | domainid         | domain:stranger   |
    Then the request is refused because failed-to-assign
    When the root admin calls assignVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because failed-to-assign

  @CS-GIV-009 @SPEC-03 @admin @ASM-16
  Scenario: [CS-GIV-009] A disabled account gets no VM
    Given the other is disabled
    When the root admin calls assignVirtualMachine with
      | virtualmachineid | vm:vm1        |
      | account          | account:other |
      | domainid         | domain:other  |
    Then the request is refused because not-to-assign

  @CS-GIV-010 @SPEC-03 @admin @ASM-05
  Scenario: [CS-GIV-010] A VM whose volume has a snapshot keeps its owner
    Given a snapshot "s1" of volume "d1"
    When the root admin calls assignVirtualMachine with
      | virtualmachineid | vm:vm1        |
      | account          | account:other |
      | domainid         | domain:other  |
    Then the request is refused because not-to-assign

  @CS-GIV-011 @SPEC-03 @admin @ASM-08
  Scenario: [CS-GIV-011] No volume beyond the limit of the new owner
    Given the setting "max.account.volumes" is "1"
    When the root admin calls assignVirtualMachine with
      | virtualmachineid | vm:vm1        |
      | account          | account:other |
      | domainid         | domain:other  |
    Then the request is refused because failed-to-assign

  @CS-GIV-012 @SPEC-03 @admin @ASM-13
  Scenario: [CS-GIV-012] A VM of a private template keeps its owner
    Given the public of template "KVM" is off
    When the root admin calls assignVirtualMachine with
      | virtualmachineid | vm:vm1        |
      | account          | account:other |
      | domainid         | domain:other  |
    Then the request is refused because failed-to-assign

  @CS-GIV-013 @SPEC-03 @admin @ASM-17 @ASM-18
  Scenario: [CS-GIV-013] A VM goes to a network of the new owner
    When the other calls createNetwork with
      | displaytext       | o                                                       |
      | name              | net1                                                    |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:a-zone                                             |
    And the other calls createNetwork with
      | displaytext       | o                                                       |
      | name              | net2                                                    |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:a-zone                                             |
    Then the request succeeds
    When the root admin calls assignVirtualMachine with
      | virtualmachineid | vm:vm1        |
      | account          | account:other |
      | domainid         | domain:other  |
    Then the request is refused because not-to-assign
    When the root admin calls assignVirtualMachine with
      | virtualmachineid | vm:vm1           |
      | account          | account:stranger |
      | domainid         | domain:stranger  |
      | networkids       | network:net2     |
    Then the request is refused because failed-to-assign
    When the root admin calls assignVirtualMachine with
      | virtualmachineid | vm:vm1        |
      | account          | account:other |
      | domainid         | domain:other  |
      | networkids       | network:net2  |
    Then the request succeeds
    When the other calls listNics with
      | virtualmachineid | vm:vm1 |
    Then the answer shows
      | networkid | network:net2 |

  @CS-GIV-014 @SPEC-03 @admin @ASM-19
  Scenario: [CS-GIV-014] No network beyond the limit of the new owner
    Given the setting "max.account.networks" is "0"
    When the root admin calls assignVirtualMachine with
      | virtualmachineid | vm:vm1        |
      | account          | account:other |
      | domainid         | domain:other  |
    Then the request is refused because failed-to-assign
