@vm
Feature: Reinstall a VM

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-VOL-012 @SPEC-01 @core
  Scenario: [CS-VOL-012] A reinstall destroys the old ROOT and leaves it loose
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then the request succeeds
    And volume "r1" is a detached DATADISK
    And field "state" of volume "r1" is "Destroy"

  @CS-VMI-001 @SPEC-01 @extended @RST-01
  Scenario: [CS-VMI-001] A destroyed VM is not reinstalled
    Given VM "vm1" is Destroyed
    When the root admin calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because not-steady-to-reinstall

  @CS-VMI-002 @SPEC-01 @core @RST-02
  Scenario: [CS-VMI-002] A VM without ROOT is not reinstalled
    Given volume "r1" has been detached
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because no-root-to-reinstall

  @CS-VMI-003 @SPEC-06 @extended @RST-03
  Scenario: [CS-VMI-003] A VM with two ROOTs is not reinstalled
    Given the type of volume "d1" is ROOT
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because two-roots-to-reinstall

  @CS-VMI-004 @SPEC-03 @extended @RST-04
  Scenario: [CS-VMI-004] A VM snapshot blocks a reinstall
    Given VM "vm1" has a VM snapshot
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because reinstall-vm-snapshots

  @CS-VMI-005 @SPEC-07 @extended @RST-05
  Scenario: [CS-VMI-005] A blank ROOT is not reinstalled from a template
    Given volume "r1" has been detached
    And volume "d1" has been detached
    And volume "d1" has been attached to VM "vm1" as device 0
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1         |
      | templateid       | template:usual |
    Then the request is refused because blank-root-no-template

  @CS-VMI-006 @SPEC-07 @extended @RST-06
  Scenario: [CS-VMI-006] A blank ROOT is not reinstalled without an ISO
    Given volume "r1" has been detached
    And volume "d1" has been detached
    And volume "d1" has been attached to VM "vm1" as device 0
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because blank-root-no-iso

  @CS-VMI-007 @SPEC-01 @extended
  Scenario: [CS-VMI-007] A running VM is reinstalled and runs on
    Given VM "vm1" is Running
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then the request succeeds
    And VM "vm1" is Running
    And field "state" of volume "r1" is "Destroy"

  @CS-VMI-008 @SPEC-01 @extended @unless-plain-restore
  Scenario Outline: [CS-VMI-008] A reinstalled ROOT has <size> bytes with <parameter> <value>
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1  |
      | <parameter>      | <value> |
    Then the request succeeds
    And the owner owns 2 volumes of <gib> GiB in all

    Examples:
      | parameter               | value          | gib | size        |
      | rootdisksize            | 4              | 9   | 4294967296  |
      | rootdisksize            | -4             | 7   | 2147483648  |
      | details[0].rootdisksize | 5              | 10  | 5368709120  |
      | diskofferingid          | disk:Medium    | 25  | 21474836480 |
      | templateid              | template:usual | 7   | 2147483648  |

  @CS-VMI-009 @SPEC-03 @extended @RST-07 @unless-plain-restore
  Scenario Outline: [CS-VMI-009] Details of a reinstall: <name> is refused
    When the owner calls restoreVirtualMachine with
      | virtualmachineid  | vm:vm1  |
      | details[0].<name> | <value> |
    Then the request is refused because <reason>

    Examples:
      | name          | value | reason                  |
      | extraconfig   | a     | extraconfig-detail      |
      | extraconfig-1 | a     | extraconfig-detail-name |
      | miniops       | 5     | iops-alone              |
      | minIopsDo     | 5     | iops-alone              |

  @CS-VMI-010 @SPEC-03 @extended @RST-08
  Scenario: [CS-VMI-010] A system VM is not reinstalled
    When the root admin calls restoreVirtualMachine with
      | virtualmachineid | systemvm:consoleproxy |
    Then the request is refused because no-user-vm-to-reinstall

  @CS-VMI-011 @SPEC-03 @extended @RST-09 @unless-no-shared-fs
  Scenario: [CS-VMI-011] A shared file system is not reinstalled
    Given the kind of VM "vm1" is SharedFS
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because shared-fs-to-reinstall

  @CS-VMI-012 @SPEC-13 @extended @RST-10 @unless-no-external
  Scenario: [CS-VMI-012] A VM on an external hypervisor is not reinstalled
    Given the hypervisor of VM "vm1" is External
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because external-to-reinstall

  @CS-VMI-013 @SPEC-03 @extended @RST-11
  Scenario: [CS-VMI-013] A VM whose template is gone is reinstalled from another one alone
    When the root admin calls registerTemplate with
      | name        | t1                          |
      | displaytext | text                        |
      | url         | http://203.0.113.7/t1.qcow2 |
      | format      | QCOW2                       |
      | hypervisor  | KVM                         |
      | isfeatured  | true                        |
      | zoneid      | zone:a-zone                 |
      | ostypeid    | ostype:CentOS 7             |
      | ispublic    | true                        |
    And the owner deploys a VM with
      | templateid | image:t1 |
      | name       | web      |
    And the root admin calls deleteTemplate with
      | id     | image:t1 |
      | forced | true     |
    Then the request succeeds
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | called:web |
    Then the request is refused because template-gone-to-reinstall
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | called:web     |
      | templateid       | template:usual |
    Then the request succeeds
    When the owner calls listVirtualMachines with
      | id | called:web |
    Then the answer shows
      | templateid | template:usual |

  @CS-VMI-014 @SPEC-03 @extended @RST-12 @unless-plain-restore
  Scenario: [CS-VMI-014] A ROOT is not reinstalled smaller than its template
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
      | rootdisksize     | 1      |
    Then the request is refused because reinstall-too-small

  @CS-VMI-015 @SPEC-03 @extended @RST-13 @unless-plain-restore
  Scenario: [CS-VMI-015] An offering of any size needs one for a reinstall
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1      |
      | diskofferingid   | disk:Custom |
    Then the request is refused because reinstall-offering-too-small
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1      |
      | diskofferingid   | disk:Custom |
      | rootdisksize     | 3           |
    Then the request succeeds

  @CS-VMI-016 @SPEC-03 @extended @RST-14
  Scenario: [CS-VMI-016] A ROOT that is being snapshotted is not replaced
    Given volume "r1" is in state Snapshotting
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because reinstall-snapshot-under-way

  @CS-VMI-017 @SPEC-03 @extended @RST-15
  Scenario: [CS-VMI-017] A VM of a disabled account is not reinstalled
    Given the owner is disabled
    When the root admin calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because owner-disabled-to-reinstall

  @CS-VMI-018 @SPEC-03 @extended @RST-16
  Scenario: [CS-VMI-018] A VM is not reinstalled from somebody else's private template
    When the other calls registerTemplate with
      | name        | t1                          |
      | displaytext | text                        |
      | url         | http://203.0.113.7/t1.qcow2 |
      | format      | QCOW2                       |
      | hypervisor  | KVM                         |
      | zoneid      | zone:a-zone                 |
      | ostypeid    | ostype:CentOS 7             |
    And the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1   |
      | templateid       | image:t1 |
    Then the request is refused because template-denied-late

  @CS-VMI-019 @SPEC-07 @extended @RST-17
  Scenario: [CS-VMI-019] A ROOT of a template is not reinstalled from an ISO
    When the root admin calls registerIso with
      | name        | i1                        |
      | displaytext | text                      |
      | url         | http://203.0.113.7/i1.iso |
      | zoneid      | zone:a-zone               |
      | bootable    | true                      |
      | isfeatured  | true                      |
      | ostypeid    | ostype:CentOS 7           |
      | ispublic    | true                      |
    And the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
      | templateid       | iso:i1 |
    Then the request is refused because iso-for-template

  @CS-VMI-020 @needs-KVM @SPEC-07 @extended @RST-18
  Scenario: [CS-VMI-020] A foreign ROOT whose template is gone is not reinstalled
    When the root admin calls registerTemplate with
      | name        | t1                          |
      | displaytext | text                        |
      | url         | http://203.0.113.7/t1.qcow2 |
      | format      | QCOW2                       |
      | hypervisor  | KVM                         |
      | isfeatured  | true                        |
      | zoneid      | zone:a-zone                 |
      | ostypeid    | ostype:CentOS 7             |
      | ispublic    | true                        |
    And the owner deploys a VM with
      | templateid | image:t1 |
      | name       | web      |
    And the owner calls stopVirtualMachine with
      | id | called:web |
    And the owner calls detachVolume with
      | id | volume:r1 |
    And the owner calls detachVolume with
      | id | rootof:web |
    And the owner calls attachVolume with
      | id               | rootof:web |
      | virtualmachineid | vm:vm1     |
      | deviceid         | 0          |
    And the root admin calls deleteTemplate with
      | id     | image:t1 |
      | forced | true     |
    Then the request succeeds
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because source-gone-to-reinstall

  @CS-VMI-021 @SPEC-03 @extended @RST-19
  Scenario: [CS-VMI-021] A VM is not reinstalled from a template of another zone
    When the root admin calls registerTemplate with
      | name        | t1                          |
      | displaytext | text                        |
      | url         | http://203.0.113.7/t1.qcow2 |
      | format      | QCOW2                       |
      | hypervisor  | KVM                         |
      | ispublic    | true                        |
      | zoneid      | zone:another-zone           |
      | ostypeid    | ostype:CentOS 7             |
    And the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1   |
      | templateid       | image:t1 |
    Then the request is refused because template-elsewhere

  @CS-VMI-022 @SPEC-03 @extended @RST-20 @unless-plain-restore @unless-restore-beyond-limit
  Scenario: [CS-VMI-022] A reinstalled ROOT stays within its owner's limit
    Given the setting "max.account.primary.storage" is "9"
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
      | rootdisksize     | 5      |
    Then the request is refused because no-room-to-reinstall
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
      | rootdisksize     | 4      |
    Then the request succeeds

  @CS-VMI-023 @SPEC-03 @extended @RST-21 @unless-no-delete-protection
  Scenario: [CS-VMI-023] A protected ROOT is not replaced, and a running VM stays stopped
    Given VM "vm1" is Running
    And the delete protection of volume "r1" is on
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then 1 of the requests failed because protected-root-to-reinstall
    And VM "vm1" is Stopped

  @CS-VMI-024 @SPEC-03 @admin @RST-22 @unless-plain-restore
  Scenario: [CS-VMI-024] Who may not expunge volumes keeps the old ROOT
    Given the setting "allow.user.expunge.recover.volume" is "false"
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
      | expunge          | true   |
    Then the request is refused because may-not-expunge-root
    When the root admin calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
      | expunge          | true   |
    Then the request succeeds
    And the owner owns 2 volumes of 7 GiB in all
    When the root admin calls recoverVolume with
      | id | volume:r1 |
    Then the request is refused because nothing-to-recover

  @CS-VMI-025 @SPEC-13 @extended
  Scenario: [CS-VMI-025] On VMware the old ROOT is gone at once
    Given a stopped VMware VM "vm2" with ROOT volume "r2"
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm2 |
    Then the request succeeds
    When the root admin calls recoverVolume with
      | id | volume:r2 |
    Then the request is refused because nothing-to-recover

  @CS-VMI-026 @SPEC-05 @extended
  Scenario: [CS-VMI-026] What grew in place stays grown, what grew loose does not
    When the owner calls resizeVolume with
      | id   | volume:r1 |
      | size | 12        |
    And the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
    Then the request succeeds
    And the owner owns 2 volumes of 17 GiB in all
