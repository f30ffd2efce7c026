@vm
Feature: Destroy, expunge and recover a VM

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-VMX-001 @SPEC-03 @core
  Scenario: [CS-VMX-001] A destroyed VM keeps its ROOT and loses its data volumes
    When the owner destroys VM "vm1"
    Then the request succeeds
    And VM "vm1" has exactly these volumes
      | volume | type | device |
      | r1     | ROOT | 0      |
    And volume "d1" is a detached DATADISK

  @CS-VMX-002 @SPEC-03 @admin @DSM-01
  Scenario: [CS-VMX-002] A user does not destroy and expunge at once
    When the owner calls destroyVirtualMachine with
      | id      | vm:vm1 |
      | expunge | true   |
    Then the request is refused because may-not-destroy-for-good

  @CS-VMX-002 @SPEC-03 @admin @DSM-08 @unless-expunge-role-not-asked
  Scenario: [CS-VMX-002] Whose role does not expunge does not destroy and expunge at once
    Given the setting "allow.user.expunge.recover.vm" is "true"
    When the root admin calls createRole with
      | name | limited |
      | type | User    |
    Then the request succeeds
    When the root admin calls createRolePermission with
      | roleid     | role:limited          |
      | rule       | expungeVirtualMachine |
      | permission | deny                  |
    Then the request succeeds
    When the root admin calls createRolePermission with
      | roleid     | role:limited |
      | rule       | *            |
      | permission | allow        |
    Then the request succeeds
    When the root admin calls updateAccount with
      | id     | accountid:owner |
      | roleid | role:limited    |
    Then the request succeeds
    When the owner calls destroyVirtualMachine with
      | id      | vm:vm1 |
      | expunge | true   |
    Then the request is refused because may-not-destroy-for-good

  @CS-VMX-003 @SPEC-03 @extended @DSM-02 @unless-no-delete-protection
  Scenario: [CS-VMX-003] A delete-protected VM is not destroyed
    Given the delete protection of VM "vm1" is on
    When the owner destroys VM "vm1"
    Then the request is refused because vm-protected

  @CS-VMX-004 @SPEC-03 @extended @DSM-03
  Scenario: [CS-VMX-004] A VM whose ROOT is being snapshotted is not destroyed
    Given volume "r1" is in state Snapshotting
    When the owner destroys VM "vm1"
    Then the request is refused because root-snapshot-under-way

  @CS-VMX-005 @SPEC-03 @extended @DSM-04
  Scenario: [CS-VMX-005] A ROOT is not among the volumes to destroy with the VM
    When the owner calls destroyVirtualMachine with
      | id        | vm:vm1    |
      | volumeids | volume:r1 |
    Then the request is refused because not-its-data-volumes

  @CS-VMX-006 @SPEC-03 @admin @EXP-01
  Scenario: [CS-VMX-006] A user does not expunge
    Given VM "vm1" is Destroyed
    When the owner expunges VM "vm1"
    Then the request is refused because may-not-expunge-vm

  @CS-VMX-007 @SPEC-03 @admin @EXP-02
  Scenario: [CS-VMX-007] A stopped VM is not expunged
    When the root admin expunges VM "vm1"
    Then the request is refused because not-destroyed

  @CS-VMX-008 @SPEC-03 @admin @RCM-01
  Scenario: [CS-VMX-008] A user does not recover
    Given VM "vm1" is Destroyed
    When the owner recovers VM "vm1"
    Then the request is refused because may-not-recover-vm

  @CS-VMX-008 @SPEC-03 @admin
  Scenario: [CS-VMX-008] A setting lets users recover
    Given VM "vm1" is Destroyed
    And the setting "allow.user.expunge.recover.vm" is "true"
    When the owner recovers VM "vm1"
    Then the request succeeds
    And VM "vm1" is Stopped

  @CS-VMX-008 @SPEC-03 @admin
  Scenario: [CS-VMX-008] A setting lets users see what they destroyed
    Given VM "vm1" is Destroyed
    When the owner calls listVirtualMachines with
      | id | vm:vm1 |
    Then the answer is empty
    Given the setting "allow.user.view.destroyed.vm" is "true"
    When the owner calls listVirtualMachines with
      | id | vm:vm1 |
    Then the answer counts 1 and has 1

  @CS-VMX-009 @SPEC-03 @admin @RCM-02
  Scenario: [CS-VMX-009] A stopped VM is not recovered
    When the root admin recovers VM "vm1"
    Then the request is refused because not-in-right-state

  @CS-VMX-010 @SPEC-03 @admin
  Scenario: [CS-VMX-010] A recovered VM has its ROOT and starts
    Given VM "vm1" is Destroyed
    When the root admin recovers VM "vm1"
    And the owner starts VM "vm1"
    Then VM "vm1" is Running
    And VM "vm1" has exactly these volumes
      | volume | type | device |
      | r1     | ROOT | 0      |

  @CS-VMX-011 @SPEC-03 @extended @STA-10 @STP-01 @DSM-05 @REB-02 @EXP-03
  Scenario Outline: [CS-VMX-011] A system VM is none of the users' VMs: <command>
    When the root admin calls <command> with
      | id | systemvm:consoleproxy |
    Then the request is refused because <reason>

    Examples:
      | command               | reason                |
      | startVirtualMachine   | no-user-vm            |
      | stopVirtualMachine    | no-user-vm            |
      | destroyVirtualMachine | no-user-vm            |
      | rebootVirtualMachine  | no-user-vm-to-reboot  |
      | expungeVirtualMachine | no-user-vm-to-expunge |

  @CS-VMX-012 @SPEC-03 @extended @RCM-03
  Scenario: [CS-VMX-012] A system VM is not recovered
    When the root admin calls recoverVirtualMachine with
      | id | systemvm:secondarystoragevm |
    Then the request is refused because no-user-vm-at-once

  @CS-VMX-013 @SPEC-03 @extended @DSM-06 @EXP-04 @unless-no-shared-fs
  Scenario Outline: [CS-VMX-013] A shared file system goes another way: <command>
    Given the kind of VM "vm1" is SharedFS
    When the root admin calls <command> with
      | id | vm:vm1 |
    Then the request is refused because shared-fs-to-reinstall

    Examples:
      | command               |
      | destroyVirtualMachine |
      | expungeVirtualMachine |

  @CS-VMX-014 @SPEC-03 @extended @RCM-04 @unless-no-shared-fs
  Scenario: [CS-VMX-014] A shared file system is not recovered as a VM
    Given the kind of VM "vm1" is SharedFS
    When the root admin calls recoverVirtualMachine with
      | id | vm:vm1 |
    Then the request is refused because shared-fs-to-update

  @CS-VMX-015 @SPEC-03 @extended @RCM-05
  Scenario: [CS-VMX-015] No VM comes back beyond its owner's limit
    Given VM "vm1" is Destroyed
    And the setting "max.account.user.vms" is "0"
    When the root admin recovers VM "vm1"
    Then the request is refused because vm-limit-to-recover

  @CS-VMX-016 @SPEC-03 @extended @DSM-07 @unless-no-delete-protection
  Scenario: [CS-VMX-016] A protected data volume does not go with its VM
    Given the delete protection of volume "d1" is on
    When the owner calls destroyVirtualMachine with
      | id        | vm:vm1    |
      | volumeids | volume:d1 |
    Then the request is refused because protected-volume-to-go

  @CS-VMX-017 @SPEC-03 @extended @STP-02
  Scenario: [CS-VMX-017] A setting keeps users from stopping by force
    Given the setting "allow.user.force.stop.vm" is "false"
    When the owner calls stopVirtualMachine with
      | id     | vm:vm1 |
      | forced | true   |
    Then the request is refused because may-not-force

  @CS-VMX-018 @SPEC-03 @admin @EXP-02
  Scenario: [CS-VMX-018] A user is told first that a VM is not destroyed
    When the owner expunges VM "vm1"
    Then the request is refused because not-destroyed
