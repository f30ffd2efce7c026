@api
Feature: What releases other than 4.22.0 do

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-REL-001 @SPEC-03 @extended @flag-instance-words
  Scenario: [CS-REL-001] An Instance with Instance Snapshots gives no volume away
    Given VM "vm1" has a VM snapshot
    When the owner detaches volume "d1"
    Then the request is refused because vm-snapshots

  @CS-REL-002 @SPEC-03 @extended @flag-backups-ignore-setting
  Scenario: [CS-REL-002] A backup offering keeps volumes away, whatever the setting
    Given VM "vm1" has backups
    And the setting "backup.enable.attach.detach.of.volumes" is "true"
    And an Allocated data volume "d2"
    When the owner attaches volume "d2" to VM "vm1"
    Then the request is refused because backups

  @CS-REL-003 @SPEC-03 @extended @flag-backups-must-exist
  Scenario: [CS-REL-003] A backup offering without a backup keeps nothing away
    Given VM "vm1" has backups
    And an Allocated data volume "d2"
    When the owner attaches volume "d2" to VM "vm1"
    Then the request succeeds

  @CS-REL-004 @SPEC-03 @extended @flag-detach-backups-must-exist
  Scenario: [CS-REL-004] A backup offering without a backup keeps nothing back
    Given VM "vm1" has backups
    When the owner detaches volume "d1"
    Then the request succeeds

  @CS-REL-005 @SPEC-03 @extended @flag-nothing-created-without-disks
  Scenario: [CS-REL-005] An Allocated volume stays so on a VM without disks
    Given volume "d1" has been detached
    And volume "r1" has been detached
    And an Allocated data volume "d2"
    When the owner attaches volume "d2" to VM "vm1"
    Then the request succeeds
    And field "state" of volume "d2" is "Allocated"

  @CS-REL-005 @SPEC-06 @extended @flag-nothing-created-without-disks @ATT-91
  Scenario: [CS-REL-005] An Uploaded volume is no ROOT
    Given volume "r1" has been detached
    And an Allocated data volume "d2"
    And volume "d2" is in state Uploaded
    When the owner attaches volume "d2" to VM "vm1" as device 0
    Then the request is refused because uploaded-root

  @CS-REL-006 @SPEC-03 @extended @flag-never-started-stays @DET-92
  Scenario: [CS-REL-006] A volume stays on a VM that was never started
    Given a fresh VM "vm2" with ROOT volume "r2"
    And an Allocated data volume "d2"
    And volume "d2" has been attached to VM "vm2" as device 1
    When the owner detaches volume "d2"
    Then the request is refused because unforeseen

  @CS-REL-007 @SPEC-03 @extended @flag-limit-text-bare
  Scenario: [CS-REL-007] The refusal of a limit names neither tag nor reservation
    When the owner calls resizeVolume with
      | id   | volume:d1 |
      | size | 1000      |
    Then the request is refused because storage-limit-of-growth

  @CS-REL-008 @SPEC-03 @extended @flag-resize-limit-530 @RSZ-91
  Scenario: [CS-REL-008] A resize over the limit is 530
    When the owner calls resizeVolume with
      | id   | volume:d1 |
      | size | 1000      |
    Then the request is refused because storage-limit-of-growth

  @CS-REL-009 @SPEC-03 @extended @flag-service-judges-removed @DET-91
  Scenario: [CS-REL-009] The service says that a volume to detach is gone
    Given volume "d1" has been detached
    And volume "d1" has been deleted
    When the root admin detaches volume "d1"
    Then the request is refused because detach-gone

  @CS-REL-009 @SPEC-03 @extended @flag-service-judges-removed @DEL-91
  Scenario: [CS-REL-009] The service says that a volume to delete is gone
    Given volume "d1" has been detached
    And volume "d1" has been deleted
    When the root admin calls deleteVolume with
      | id | volume:d1 |
    Then the request is refused because delete-gone

  @CS-REL-009 @SPEC-03 @extended @flag-service-judges-removed @ATT-92
  Scenario: [CS-REL-009] The service says that a volume to attach is gone
    Given volume "d1" has been detached
    And volume "d1" has been deleted
    When the root admin attaches volume "d1" to VM "vm1"
    Then the request is refused because attach-gone

  @CS-REL-010 @SPEC-03 @extended @flag-recover-counts-volumes
  Scenario: [CS-REL-010] A volume comes back only where there is room for one more
    Given volume "d1" has been detached
    When the owner calls destroyVolume with
      | id | volume:d1 |
    Then the request succeeds
    When the root admin calls updateResourceLimit with
      | resourcetype | 2             |
      | max          | 1             |
      | account      | account:owner |
      | domainid     | domain:owner  |
    Then the request succeeds
    When the root admin calls recoverVolume with
      | id | volume:d1 |
    Then the request is refused because recover-over-volumes

  @CS-REL-011 @SPEC-03 @extended @flag-any-snapshot-stops-resize
  Scenario: [CS-REL-011] A VM snapshot without memory blocks a resize, too
    Given VM "vm1" has a VM snapshot
    When the owner calls resizeVolume with
      | id   | volume:d1 |
      | size | 8         |
    Then the request is refused because resize-vm-snapshots

  @CS-REL-012 @SPEC-03 @extended @flag-attach-names-states
  Scenario: [CS-REL-012] The refusal of a VM's state lists the states
    Given an Allocated data volume "d2"
    And VM "vm1" is Starting
    When the owner attaches volume "d2" to VM "vm1"
    Then the request is refused because vm-state

  @CS-REL-013 @SPEC-03 @extended @flag-plain-restore
  Scenario: [CS-REL-013] A reinstall ignores the size of the new ROOT
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
      | rootdisksize     | nine   |
    Then the request succeeds

  @CS-REL-014 @SPEC-03 @extended @flag-deploy-needs-template
  Scenario: [CS-REL-014] A deployment without a template is refused at once
    When the owner calls deployVirtualMachine with
      | zoneid            | zone:a-zone            |
      | serviceofferingid | service:Small Instance |
    Then the request is refused because parameter-missing

  @CS-REL-015 @SPEC-03 @extended @flag-no-delete-protection
  Scenario: [CS-REL-015] There is no delete protection
    Given volume "d1" has been detached
    When the root admin calls updateVolume with
      | id               | volume:d1 |
      | deleteprotection | true      |
    Then the request succeeds
    When the owner calls deleteVolume with
      | id | volume:d1 |
    Then the request succeeds

  @CS-REL-016 @SPEC-03 @extended @flag-displaytext-required
  Scenario: [CS-REL-016] An offering without a displaytext is refused at once
    When the root admin calls createDiskOffering with
      | name     | seven |
      | disksize | 7     |
    Then the request is refused because parameter-missing

  @CS-REL-017 @SPEC-08 @extended @flag-events-without-state
  Scenario: [CS-REL-017] Events have no state to ask for
    When the owner calls listEvents with
      | state | Odd |
    Then the request succeeds

  @CS-REL-018 @SPEC-03 @extended @flag-permission-text-names
  Scenario: [CS-REL-018] The refusal names who may not
    When the other attaches volume "d1" to VM "vm1"
    Then the request is refused because user-named-denied
    When the other calls createSnapshotPolicy with
      | volumeid     | volume:d1 |
      | intervaltype | DAILY     |
      | schedule     | 0:10      |
      | timezone     | GMT       |
      | maxsnaps     | 2         |
    Then the request is refused because user-named-denied

  @CS-REL-019 @SPEC-01 @extended @flag-start-texts-old
  Scenario: [CS-REL-019] A start without a ROOT says so in other words
    Given volume "r1" has been detached
    When the owner calls startVirtualMachine with
      | id | vm:vm1 |
    Then the request is refused because root-missing

  @CS-REL-019 @SPEC-01 @extended @flag-start-texts-old @STA-07
  Scenario: [CS-REL-019] A start behind a ROOT detach names its cause
    Given the work queue has just ticked
    When the owner asks all at once
      | command             | id        | after |
      | detachVolume        | volume:r1 |       |
      | startVirtualMachine | vm:vm1    | 0.4   |
    Then 1 of the requests succeeded
    And 1 of the requests failed because started-without-root

  @CS-REL-020 @SPEC-03 @extended @flag-limit-text-reserved
  Scenario: [CS-REL-020] The refusal of a limit does not name a tag
    When the owner calls resizeVolume with
      | id   | volume:d1 |
      | size | 1000      |
    Then the request is refused because storage-limit-of-growth

  @CS-REL-021 @SPEC-03 @extended @flag-job-code-530
  Scenario: [CS-REL-021] The job's own code is always 530
    Given VM "vm1" is Running
    When the owner detaches volume "r1"
    Then the request is refused because vm-not-stopped

  @CS-REL-022 @SPEC-03 @extended @flag-expunge-text-old
  Scenario: [CS-REL-022] Who may not expunge is told about the setting
    When the owner calls destroyVirtualMachine with
      | id      | vm:vm1 |
      | expunge | true   |
    Then the request is refused because may-not-destroy-for-good

  @CS-REL-023 @SPEC-03 @extended @flag-last-host-unknown
  Scenario: [CS-REL-023] A Stopped VM has no host whose local disk it could take
    Given a stopped VM "vm2" with ROOT volume "r2" on host "a-host"
    And a Ready data volume "d2" made on VM "vm2"
    When the root admin calls migrateVolume with
      | volumeid  | volume:d2   |
      | storageid | pool:a-pool |
    And the root admin calls migrateVolume with
      | volumeid  | volume:r2         |
      | storageid | pool:another-pool |
    Given volume "d2" lies on local storage of host "a-host"
    When the owner attaches volume "d2" to VM "vm2"
    Then the request is refused because scope-not-bridged

  @CS-REL-024 @SPEC-08 @extended @flag-no-volume-check
  Scenario: [CS-REL-024] There is no command to check a volume
    When the owner calls checkVolume with
      | id | volume:d1 |
    Then the request is refused because not-signed-in

  @CS-REL-025 @SPEC-08 @extended @flag-no-encrypt-format
  Scenario: [CS-REL-025] A volume does not show how it is encrypted
    Given the encryption of host "a-host" is on
    And the encryption of host "another-host" is on
    And an Allocated data volume "d2" with disk offering "Encrypted"
    When the owner attaches volume "d2" to VM "vm1"
    Then the request succeeds
    And field "encryptformat" of volume "d2" is "absent"

  @CS-REL-026 @SPEC-03 @extended @flag-restore-beyond-limit
  Scenario: [CS-REL-026] A reinstalled ROOT goes beyond its owner's limit
    Given the setting "max.account.primary.storage" is "9"
    When the owner calls restoreVirtualMachine with
      | virtualmachineid | vm:vm1 |
      | rootdisksize     | 5      |
    Then the request succeeds

  @CS-REL-027 @SPEC-03 @extended @flag-policies-of-one-volume @LPO-01
  Scenario: [CS-REL-027] Snapshot policies are listed by their volume
    When the owner calls listSnapshotPolicies with
      | listall | true |
    Then the request is refused because volume-of-policies-missing
    When the owner calls listSnapshotPolicies with
      | volumeid | volume:d1 |
    Then the request succeeds

  @CS-REL-028 @SPEC-03 @extended @flag-reservations-held @RSZ-08
  Scenario: [CS-REL-028] Of two volumes that grow at once into the last room one does
    Given a Ready data volume "d2" made on VM "vm1"
    And the setting "max.account.primary.storage" is "16"
    When the owner asks all at once
      | command      | id        | size |
      | resizeVolume | volume:d1 | 8    |
      | resizeVolume | volume:d2 | 8    |
    Then 1 of the requests succeeded
    And 1 of the requests failed because room-reserved-for-growth
    When the owner calls resizeVolume with
      | id   | volume:r1 |
      | size | 3         |
    Then the request succeeds
    And the owner owns 3 volumes of 16 GiB in all

  @CS-REL-028 @SPEC-03 @extended @flag-reservations-held @COV-21
  Scenario: [CS-REL-028] Of two volumes that get a larger offering at once one fits
    Given a Ready data volume "d2" made on VM "vm1"
    And the setting "max.account.primary.storage" is "27"
    When the owner asks all at once
      | command                 | id        | diskofferingid |
      | changeOfferingForVolume | volume:d1 | disk:Medium    |
      | changeOfferingForVolume | volume:d2 | disk:Medium    |
    Then 1 of the requests succeeded
    And 1 of the requests failed because room-reserved-for-offering

  @CS-REL-028 @SPEC-03 @extended @flag-reservations-held @RST-20
  Scenario: [CS-REL-028] Of two reinstalls at once into the last room one fits
    Given a stopped VM "vm2" with ROOT volume "r2"
    And VM "vm1" is Running
    And VM "vm2" is Running
    And the setting "max.account.primary.storage" is "12"
    When the owner asks all at once
      | command               | virtualmachineid | rootdisksize |
      | restoreVirtualMachine | vm:vm1           | 5            |
      | restoreVirtualMachine | vm:vm2           | 5            |
    Then 1 of the requests succeeded
    And 1 of the requests failed because room-reserved-for-reinstall

  @CS-REL-028 @SPEC-03 @extended @flag-reservations-held @ATT-20
  Scenario: [CS-REL-028] Of two uploaded volumes attached at once one fits
    Given a stopped VM "vm2" with ROOT volume "r2"
    And an Allocated data volume "d2"
    And an Allocated data volume "d3"
    And volume "d2" is in state Uploaded
    And volume "d3" is in state Uploaded
    And the setting "max.account.primary.storage" is "14"
    When the owner asks all at once
      | command      | id        | virtualmachineid |
      | attachVolume | volume:d2 | vm:vm1           |
      | attachVolume | volume:d3 | vm:vm2           |
    Then 1 of the requests succeeded
    And 1 of the requests failed because room-reserved-for-upload

  @CS-REL-028 @SPEC-03 @extended @flag-reservations-held @CRE-13
  Scenario: [CS-REL-028] A volume is refused while one that grows has reserved the room
    Given the setting "max.account.primary.storage" is "12"
    When the owner asks all at once
      | command      | id        | size | zoneid      | diskofferingid | after |
      | resizeVolume | volume:d1 | 8    |             |                |       |
      | createVolume |           |      | zone:a-zone | disk:Small     | 0.1   |
    Then 1 of the requests succeeded
    And 1 of the requests failed because room-reserved-for-volume

  @CS-REL-028 @SPEC-03 @extended @flag-reservations-held @CRE-13
  Scenario: [CS-REL-028] What a job has reserved counts for the domain, too
    Given a stopped VM "vm2" with ROOT volume "r2" of the branch owner
    When the root admin calls updateResourceLimit with
      | resourcetype | 10           |
      | max          | 14           |
      | domainid     | domain:owner |
    Then the request succeeds
    When the owner asks all at once
      | command      | id        | size | zoneid      | diskofferingid | after |
      | resizeVolume | volume:d1 | 8    |             |                |       |
      | createVolume |           |      | zone:a-zone | disk:Small     | 0.1   |
    Then 1 of the requests succeeded
    And 1 of the requests failed because domain-room-reserved

  @CS-REL-029 @SPEC-06 @extended @flag-object-texts-old @DEV-02
  Scenario: [CS-REL-029] A device id is used by a VM, whose volume is not named
    Given a Ready data volume "d2" made on VM "vm1"
    When the owner attaches volume "d2" to VM "vm1" as device 1
    Then the request is refused because device-used-by-vm

  @CS-REL-029 @SPEC-03 @extended @flag-object-texts-old @MIG-04
  Scenario: [CS-REL-029] A volume in a refusal is no JSON
    When the root admin calls migrateVolume with
      | volumeid  | volume:d1  |
      | storageid | storage:d1 |
    Then the request is refused because already-there-in-brackets

  @CS-REL-029 @SPEC-03 @extended @flag-object-texts-old @ATT-18
  Scenario: [CS-REL-029] An object of two owners is shown by its class
    Given a stopped VM "vm2" with ROOT volume "r2" of the other
    And volume "d1" has been detached
    When the root admin attaches volume "d1" to VM "vm2"
    Then the request is refused because owners-of-class

  @CS-REL-029 @SPEC-03 @extended @flag-object-texts-old @SNA-02
  Scenario: [CS-REL-029] A volume that has nothing to snapshot is named by its row
    Given an Allocated data volume "d2"
    When the owner calls createSnapshot with
      | volumeid | volume:d2 |
    Then the request is refused because row-not-ready-to-snapshot

  @CS-REL-030 @SPEC-03 @extended @flag-vm-text-without-state @ATT-18
  Scenario: [CS-REL-030] A VM in a refusal has no state
    Given a stopped VM "vm2" with ROOT volume "r2" of the other
    And volume "d1" has been detached
    When the root admin attaches volume "d1" to VM "vm2"
    Then the request is refused because owners-without-state

  @CS-REL-031 @SPEC-03 @extended @flag-expunge-role-not-asked
  Scenario: [CS-REL-031] To destroy and expunge at once no role is asked
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
    Then the request succeeds

  @CS-REL-032 @SPEC-03 @extended @flag-start-causes-hidden
  Scenario: [CS-REL-032] Only root admins read why no host starts a VM
    When the root admin calls rootswapStrike with
      | operation | StartCommand |
      | times     | -1           |
    And the owner starts VM "vm1"
    Then the request is refused because no-capacity-to-start
    When the root admin starts VM "vm1"
    Then the request is refused because no-deployment-to-start
    And VM "vm1" is Stopped

  @CS-REL-033 @SPEC-14 @extended @flag-upload-for-nobody
  Scenario: [CS-REL-033] A volume is uploaded where no host could have it
    When the owner calls uploadVolume with
      | name   | u1                         |
      | url    | http://203.0.113.7/u1.vhdx |
      | zoneid | zone:a-zone                |
      | format | VHDX                       |
    Then the request succeeds

  @CS-REL-034 @SPEC-03 @extended @flag-snapshots-count-as-secondary
  Scenario: [CS-REL-034] A snapshot that stays on primary storage needs room on secondary storage
    Given volume "d1" lies on managed storage
    And the setting "max.account.primary.storage" is "7"
    When the owner calls createSnapshot with
      | volumeid     | volume:d1 |
      | locationtype | primary   |
    Then the request succeeds
    Given the setting "max.account.secondary.storage" is "0"
    When the owner calls createSnapshot with
      | volumeid     | volume:d1 |
      | locationtype | primary   |
    Then the request is refused because secondary-storage-limit

  @CS-REL-035 @SPEC-03 @extended @flag-no-vm-snapshot-of-files @VMS-09
  Scenario: [CS-REL-035] A VM snapshot of a running KVM VM has its memory
    Given VM "vm1" is Running
    When the owner calls createVMSnapshot with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because no-strategy-to-snapshot
    When the owner calls createVMSnapshot with
      | virtualmachineid | vm:vm1 |
      | snapshotmemory   | true   |
    Then the request succeeds

  @CS-REL-036 @SPEC-03 @extended @flag-vm-snapshots-counted-at-boot @VMS-11
  Scenario: [CS-REL-036] How many VM snapshots a VM may have counts after a restart
    Given the setting "vmsnapshot.max" is "1"
    When the owner calls createVMSnapshot with
      | virtualmachineid | vm:vm1 |
      | name             | first  |
    Then the request succeeds
    When the owner calls createVMSnapshot with
      | virtualmachineid | vm:vm1 |
      | name             | second |
    Then the request succeeds
    When the owner asks all at once
      | command         | who        |
      | rootswapRestart | root admin |
    And the owner calls createVMSnapshot with
      | virtualmachineid | vm:vm1 |
      | name             | third  |
    Then the request is refused because too-many-vm-snapshots

  @CS-REL-037 @SPEC-03 @extended @flag-drive-holds-its-iso @ISO-91 @ISO-92
  Scenario: [CS-REL-037] An ISO image takes no other one's place
    When the owner calls registerIso with
      | name        | i1                        |
      | displaytext | text                      |
      | url         | http://203.0.113.7/i1.iso |
      | ostypeid    | ostype:CentOS 7           |
      | zoneid      | zone:a-zone               |
    Then the request succeeds
    When the owner calls registerIso with
      | name        | i2                        |
      | displaytext | text                      |
      | url         | http://203.0.113.7/i2.iso |
      | ostypeid    | ostype:CentOS 7           |
      | zoneid      | zone:a-zone               |
    Then the request succeeds
    When the owner calls attachIso with
      | id               | iso:i1 |
      | virtualmachineid | vm:vm1 |
    Then the request succeeds
    When the owner calls attachIso with
      | id               | iso:i1 |
      | virtualmachineid | vm:vm1 |
    Then the request is refused because iso-there-already
    When the owner calls attachIso with
      | id               | iso:i2 |
      | virtualmachineid | vm:vm1 |
    Then the request is refused because drive-full
    And field "isoname" of VM "vm1" is "i1"
    When the owner calls detachIso with
      | virtualmachineid | vm:vm1 |
    And the owner calls attachIso with
      | id               | iso:i2 |
      | virtualmachineid | vm:vm1 |
    Then the request succeeds

  @CS-REL-038 @SPEC-03 @extended @flag-vmware-without-8-0-0-2
  Scenario: [CS-REL-038] VMware is known up to 8.0.1
    When the root admin calls listHypervisorCapabilities with
      | hypervisor | VMware |
    Then the answer counts 20 and has 20
    And hosts were told "StartCommand" 0 times

  @CS-REL-038 @SPEC-03 @extended @flag-vmware-without-8-0-2 @unless-capabilities-by-id
  Scenario: [CS-REL-038] VMware 8.0.2 is not known
    When the root admin calls updateHypervisorCapabilities with
      | hypervisor          | VMware |
      | hypervisorversion   | 8.0.2  |
      | maxdatavolumeslimit | 59     |
    Then the request is refused because no-such-capabilities
    When the root admin calls updateHypervisorCapabilities with
      | hypervisor          | VMware |
      | hypervisorversion   | 8.0.1  |
      | maxdatavolumeslimit | 59     |
    Then the request succeeds

  @CS-REL-038 @SPEC-03 @extended @flag-xenserver-without-8-3 @unless-capabilities-by-id
  Scenario: [CS-REL-038] XenServer 8.3.0 is not known
    When the root admin calls updateHypervisorCapabilities with
      | hypervisor          | XenServer |
      | hypervisorversion   | 8.3.0     |
      | maxdatavolumeslimit | 254       |
    Then the request is refused because no-such-capabilities
    When the root admin calls updateHypervisorCapabilities with
      | hypervisor          | XenServer |
      | hypervisorversion   | 8.2.1     |
      | maxdatavolumeslimit | 253       |
    Then the request succeeds

  @CS-REL-039 @SPEC-03 @extended @flag-volume-for-any-zone
  Scenario: [CS-REL-039] A volume from a snapshot for a VM of another zone fails as it is attached
    Given a stopped VM "vm2" with ROOT volume "r2" in zone "another-zone"
    And a snapshot "s1" of volume "r1"
    When the owner asks all at once
      | command      | snapshotid  | virtualmachineid |
      | createVolume | snapshot:s1 | vm:vm2           |
    Then 1 of the requests failed because creation-for-vm-failed

  @CS-REL-040 @SPEC-03 @extended @flag-expunging-is-cleaned
  Scenario: [CS-REL-040] A volume that is stuck in Expunging is cleaned up
    Given volume "d1" has been detached
    And volume "d1" is in state Expunging
    And the setting "storage.cleanup.delay" is "100"
    Then field "state" of volume "d1" is "Expunging"
    When the root admin calls rootswapAdvance with
      | seconds | 90000 |
    Then listVolumes shows the owner "r1" with
      | listall | true |

  @CS-REL-041 @SPEC-03 @extended @flag-restart-leaves-volumes
  Scenario: [CS-REL-041] A volume that a restart finds Attaching stays so
    Given a Ready data volume "d2" made on VM "vm1"
    And VM "vm1" is Running
    When the root admin calls rootswapStrike with
      | operation | AttachCommand |
      | mode      | slow          |
      | seconds   | 300           |
    And the owner asks all at once
      | command         | id        | virtualmachineid | after | who        |
      | attachVolume    | volume:d2 | vm:vm1           |       | owner      |
      | rootswapRestart |           |                  | 5     | root admin |
    Then 1 of the requests failed because restarted
    And field "state" of volume "d2" is "Attaching"
    When the root admin calls rootswapAdvance with
      | seconds | 600 |
    Then field "state" of volume "d2" is "Attaching"

  @CS-REL-042 @SPEC-03 @extended @flag-restart-leaves-snapshots
  Scenario: [CS-REL-042] A snapshot that a restart finds Creating stays so
    When the root admin calls rootswapStrike with
      | operation | CreateObjectCommand |
      | mode      | slow                |
      | seconds   | 300                 |
    And the owner asks all at once
      | command         | volumeid  | after | who        |
      | createSnapshot  | volume:r1 |       | owner      |
      | rootswapRestart |           | 5     | root admin |
    Then 1 of the requests failed because restarted
    When the owner calls listSnapshots with
      | volumeid | volume:r1 |
    Then the answer shows
      | state | Creating |
    When the root admin calls rootswapAdvance with
      | seconds | 90000 |
    And the owner calls listSnapshots with
      | volumeid | volume:r1 |
    Then the answer shows
      | state | Creating |

  @CS-REL-043 @SPEC-03 @extended @flag-old-spelling
  Scenario: [CS-REL-043] Old releases call key pairs keyparis
    When the owner calls resetSSHKeyForVirtualMachine with
      | id      | vm:vm1 |
      | keypair | desk   |
    Then the request is refused because keys-unknown

  @CS-REL-044 @SPEC-03 @admin @flag-local-and-shared-in-one
  Scenario: [CS-REL-044] A local offering on shared storage is refused as a shared one on local storage
    Given volume "d1" has been detached
    When the root admin calls migrateVolume with
      | volumeid          | volume:d1  |
      | storageid         | beside:d1  |
      | newdiskofferingid | disk:Local |
    Then the request is refused because local-offering-to-shared

  @CS-REL-045 @SPEC-03 @admin @flag-host-checks-in-one
  Scenario: [CS-REL-045] A host that was asked for is said to have or to lack all that was looked at
    Given the speed of host "a-host" is 1
    When the root admin calls startVirtualMachine with
      | id     | vm:vm1      |
      | hostid | host:a-host |
    Then the request is refused because host-too-weak

  @CS-REL-046 @SPEC-03 @extended @flag-users-delete-themselves
  Scenario: [CS-REL-046] A user deletes itself
    When the domain admin calls deleteUser with
      | id | userid:domain admin |
    Then the request succeeds

  @CS-REL-047 @SPEC-03 @extended @flag-no-commands-timeout
  Scenario: [CS-REL-047] No setting says what each command waits
    When the root admin calls updateConfiguration with
      | name  | commands.timeout |
      | value | A=1              |
    Then the request is refused because commands-timeout-unknown

  @CS-REL-048 @SPEC-03 @extended @flag-everywhere-for-anybody
  Scenario: [CS-REL-048] An image in all zones is anybody's
    When the owner calls registerTemplate with
      | name        | t1                          |
      | displaytext | text                        |
      | url         | http://203.0.113.7/t1.qcow2 |
      | format      | QCOW2                       |
      | hypervisor  | KVM                         |
      | ostypeid    | ostype:CentOS 7             |
      | zoneid      | -1                          |
    Then the request succeeds

  @CS-REL-049 @SPEC-03 @extended @flag-same-offering-again
  Scenario: [CS-REL-049] A volume changes to the offering it has
    When the owner calls changeOfferingForVolume with
      | id             | volume:d1  |
      | diskofferingid | disk:Small |
    Then the request succeeds

  @CS-REL-050 @SPEC-03 @extended @flag-encryption-changes
  Scenario: [CS-REL-050] Nobody looks whether a new offering encrypts
    When the owner calls changeOfferingForVolume with
      | id             | volume:d1      |
      | diskofferingid | disk:Encrypted |
      | automigrate    | true           |
    Then the request succeeds

  @CS-REL-051 @SPEC-03 @extended @flag-role-changes-by-type @UPA-91
  Scenario: [CS-REL-051] No account gets a role of a higher type
    When the root admin calls updateAccount with
      | account  | account:owner   |
      | domainid | domain:owner    |
      | roleid   | role:Root Admin |
    Then the request is refused because role-of-higher-type
