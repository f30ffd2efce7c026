@volume
Feature: Resize a volume

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-VOL-008 @SPEC-03 @core @RSZ-07
  Scenario: [CS-VOL-008] A shrink must be signed off
    Given a stopped VMware VM "vm2" with ROOT volume "r2"
    When the owner calls resizeVolume with
      | id   | volume:r2 |
      | size | 1         |
    Then the request is refused because shrink-unsigned
    When the owner calls resizeVolume with
      | id       | volume:r2 |
      | size     | 1         |
      | shrinkok | true      |
    Then the request is refused because shrink-fails

  @CS-VOL-009 @SPEC-03 @core
  Scenario: [CS-VOL-009] A detached ROOT can grow
    Given volume "r1" has been detached
    When the owner calls resizeVolume with
      | id   | volume:r1 |
      | size | 8         |
    Then the request succeeds
    And field "size" of volume "r1" is "8589934592"

  @CS-VOL-010 @SPEC-03 @core @RSZ-06
  Scenario: [CS-VOL-010] A VM snapshot with memory blocks a resize
    Given VM "vm1" is Running
    When the owner calls createVMSnapshot with
      | virtualmachineid | vm:vm1 |
      | snapshotmemory   | true   |
    Then the request succeeds
    When the owner calls resizeVolume with
      | id   | volume:r1 |
      | size | 8         |
    Then the request is refused because resize-vm-snapshots

  @CS-VOL-013 @needs-stage @SPEC-03 @extended @RSZ-01
  Scenario: [CS-VOL-013] A volume deleted meanwhile is not resized
    Given an Allocated data volume "d2"
    When the owner asks all at once
      | command      | id        | size |
      | resizeVolume | volume:d2 | 8    |
      | deleteVolume | volume:d2 |      |
    Then 1 of the requests succeeded
    And 1 of the requests failed because nothing-to-resize

  @CS-VOL-014 @SPEC-03 @extended @RSZ-03
  Scenario Outline: [CS-VOL-014] A volume in <state> is not resized
    Given volume "d1" is in state <state>
    When the owner calls resizeVolume with
      | id   | volume:d1 |
      | size | 8         |
    Then the request is refused because not-settled-to-resize

    Examples:
      | state        |
      | Uploaded     |
      | Snapshotting |
      | Migrating    |

  @CS-VOL-015 @SPEC-03 @extended @RSZ-04
  Scenario: [CS-VOL-015] LXC does not resize
    Given a stopped LXC VM "vm2" with ROOT volume "r2"
    When the owner calls resizeVolume with
      | id   | volume:r2 |
      | size | 8         |
    Then the request is refused because resize-unsupported

  @CS-VOL-016 @SPEC-03 @extended @RSZ-08 @unless-resize-limit-530
  Scenario: [CS-VOL-016] A volume does not grow beyond the account's primary storage
    Given the setting "max.account.primary.storage" is "9"
    When the owner calls resizeVolume with
      | id   | volume:r1 |
      | size | 8         |
    Then the request is refused because growth-too-large

  @CS-VOL-034 @SPEC-03 @extended @RSZ-02
  Scenario: [CS-VOL-034] No resize while a snapshot is taken
    Given a Ready data volume "d2" made on VM "vm1"
    When the root admin calls rootswapStrike with
      | operation | CopyCommand |
      | mode      | slow        |
      | seconds   | 20          |
    And the owner asks all at once
      | command        | volumeid  | id        | size | during snapshot of |
      | createSnapshot | volume:d2 |           |      |                    |
      | resizeVolume   |           | volume:d2 | 8    | d2                 |
    Then 1 of the requests succeeded
    And 1 of the requests failed because snapshot-while-resizing

  @CS-VOL-035 @SPEC-03 @extended @REQ-06
  Scenario: [CS-VOL-035] A volume given away meanwhile is not resized
    Given an Allocated data volume "d2"
    And the work queue has just ticked
    When the owner asks all at once
      | command      | id        | size | volumeid  | accountid       | who        |
      | resizeVolume | volume:d2 | 8    |           |                 | owner      |
      | assignVolume |           |      | volume:d2 | accountid:other | root admin |
    Then 1 of the requests succeeded
    And 1 of the requests failed because permission-denied-late

  @CS-VOL-036 @SPEC-03 @extended @RSZ-09
  Scenario: [CS-VOL-036] An offering may fix the size of its volumes
    When the root admin calls createDiskOffering with
      | name               | strict |
      | displaytext        | text   |
      | disksize           | 5      |
      | disksizestrictness | true   |
    Then the request succeeds
    Given an Allocated data volume "d2" with disk offering "strict"
    When the owner calls resizeVolume with
      | id   | volume:d2 |
      | size | 8         |
    Then the request is refused because size-is-fixed

  @CS-VOL-037 @SPEC-03 @extended @RSZ-10
  Scenario: [CS-VOL-037] No new offering that fixes the size where the old one does not
    When the root admin calls createDiskOffering with
      | name               | strict |
      | displaytext        | text   |
      | disksize           | 5      |
      | disksizestrictness | true   |
    Then the request succeeds
    When the owner calls resizeVolume with
      | id             | volume:d1   |
      | diskofferingid | disk:strict |
    Then the request is refused because strictness-differs

  @CS-VOL-038 @SPEC-03 @extended @RSZ-11
  Scenario: [CS-VOL-038] A fixed size stays with another offering
    When the root admin calls createDiskOffering with
      | name               | strict |
      | displaytext        | text   |
      | disksize           | 5      |
      | disksizestrictness | true   |
    Then the request succeeds
    When the root admin calls createDiskOffering with
      | name               | stricter |
      | displaytext        | text     |
      | disksize           | 6        |
      | disksizestrictness | true     |
    Then the request succeeds
    Given an Allocated data volume "d2" with disk offering "strict"
    When the owner calls resizeVolume with
      | id             | volume:d2     |
      | diskofferingid | disk:stricter |
    Then the request is refused because fixed-sizes-differ

  @CS-VOL-039 @SPEC-03 @extended @RSZ-12
  Scenario: [CS-VOL-039] A ROOT is not encrypted by a new offering
    When the owner calls resizeVolume with
      | id             | volume:r1      |
      | diskofferingid | disk:Encrypted |
    Then the request is refused because encryption-differs

  @CS-VOL-040 @SPEC-03 @extended @RSZ-13
  Scenario: [CS-VOL-040] A new offering has the tags of the old one, in whatever case
    When the root admin calls createDiskOffering with
      | name        | fast     |
      | displaytext | text     |
      | disksize    | 5        |
      | tags        | ssd,nvme |
    Then the request succeeds
    When the root admin calls createDiskOffering with
      | name        | faster   |
      | displaytext | text     |
      | disksize    | 6        |
      | tags        | NVMe,SSD |
    Then the request succeeds
    Given an Allocated data volume "d2" with disk offering "fast"
    When the owner calls resizeVolume with
      | id             | volume:d2  |
      | diskofferingid | disk:Small |
    Then the request is refused because tags-differ
    When the owner calls resizeVolume with
      | id             | volume:d2   |
      | diskofferingid | disk:faster |
    Then the request succeeds
    And field "size" of volume "d2" is "6442450944"

  @CS-VOL-041 @SPEC-03 @extended @RSZ-14
  Scenario: [CS-VOL-041] A new offering has no tags where the old one has none
    When the owner calls resizeVolume with
      | id             | volume:d1    |
      | diskofferingid | disk:Managed |
    Then the request is refused because tags-superfluous

  @CS-VOL-042 @SPEC-03 @extended @RSZ-15
  Scenario: [CS-VOL-042] A new offering is one for the owner of the volume
    When the root admin calls createDiskOffering with
      | name        | theirs          |
      | displaytext | text            |
      | disksize    | 9               |
      | domainid    | domain:stranger |
    Then the request succeeds
    When the root admin calls resizeVolume with
      | id             | volume:d1   |
      | diskofferingid | disk:theirs |
    Then the request is refused because offering-denied

  @CS-VOL-043 @SPEC-03 @core @RSZ-16 @RSZ-17
  Scenario: [CS-VOL-043] A custom offering needs a size, in the allowed range
    When the owner calls resizeVolume with
      | id             | volume:d1   |
      | diskofferingid | disk:Custom |
    Then the request is refused because resize-size-missing
    When the owner calls resizeVolume with
      | id             | volume:d1   |
      | diskofferingid | disk:Custom |
      | size           | 1025        |
    Then the request is refused because resize-size-out-of-range
    When the owner calls resizeVolume with
      | id             | volume:d1   |
      | diskofferingid | disk:Custom |
      | size           | 0           |
    Then the request is refused because resize-size-nothing
    When the owner calls resizeVolume with
      | id             | volume:d1   |
      | diskofferingid | disk:Custom |
      | size           | 100         |
    Then the request succeeds
    And field "size" of volume "d1" is "107374182400"
    When the owner calls createVolume with
      | name           | own         |
      | diskofferingid | disk:Custom |
      | size           | 5           |
      | zoneid         | zone:a-zone |
    Then the request succeeds
    When the owner calls resizeVolume with
      | id   | last:id |
      | size | 1025    |
    Then the request is refused because resize-size-out-of-range

  @CS-VOL-044 @SPEC-03 @extended @RSZ-18
  Scenario: [CS-VOL-044] A ROOT has the size of its compute offering
    Given the ROOT size of service offering "Small Instance" is 2
    When the owner calls resizeVolume with
      | id   | volume:r1 |
      | size | 8         |
    Then the request is refused because root-size-of-offering
    When the owner calls resizeVolume with
      | id             | volume:r1   |
      | diskofferingid | disk:Medium |
    Then the request succeeds
    And field "size" of volume "r1" is "21474836480"

  @CS-VOL-045 @SPEC-03 @extended @RSZ-19 @RSZ-20
  Scenario: [CS-VOL-045] An offering may fix the iops
    When the owner calls resizeVolume with
      | id      | volume:d1 |
      | miniops | 5         |
      | maxiops | 6         |
    Then the request is refused because least-iops-fixed
    When the owner calls resizeVolume with
      | id      | volume:d1 |
      | maxiops | 6         |
    Then the request is refused because most-iops-fixed
    When the owner calls resizeVolume with
      | id      | volume:r1 |
      | miniops | 5         |
      | maxiops | 6         |
    Then the request succeeds

  @CS-VOL-046 @SPEC-03 @extended @RSZ-21
  Scenario: [CS-VOL-046] A new offering grows a ROOT of a Stopped VM only
    Given VM "vm1" is Running
    When the owner calls resizeVolume with
      | id             | volume:r1   |
      | diskofferingid | disk:Medium |
    Then the request is refused because root-of-running-vm

  @CS-VOL-047 @SPEC-03 @extended @RSZ-22 @RSZ-23
  Scenario: [CS-VOL-047] Iops come in pairs
    When the root admin calls createDiskOffering with
      | name           | iops |
      | displaytext    | text |
      | disksize       | 5    |
      | customizediops | true |
    Then the request succeeds
    When the owner calls resizeVolume with
      | id             | volume:d1 |
      | diskofferingid | disk:iops |
      | miniops        | 5         |
    Then the request is refused because resize-iops-alone
    When the owner calls resizeVolume with
      | id             | volume:d1 |
      | diskofferingid | disk:iops |
      | miniops        | 7         |
      | maxiops        | 6         |
    Then the request is refused because iops-crossed
    When the owner calls resizeVolume with
      | id             | volume:d1 |
      | diskofferingid | disk:iops |
      | miniops        | 6         |
      | maxiops        | 7         |
    Then the request succeeds

  @CS-VOL-068 @SPEC-03 @extended @fs-only
  Scenario: [CS-VOL-068] A created volume that is resized gets the offering and the iops, too
    When the root admin calls createDiskOffering with
      | name           | iops |
      | displaytext    | text |
      | disksize       | 8    |
      | customizediops | true |
    Then the request succeeds
    When the owner calls resizeVolume with
      | id             | volume:d1 |
      | diskofferingid | disk:iops |
      | miniops        | 6         |
      | maxiops        | 7         |
    Then the request succeeds
    When the owner calls listVolumes with
      | id | volume:d1 |
    Then the answer shows
      | size             | 8589934592 |
      | diskofferingname | iops       |
      | miniops          | 6          |
      | maxiops          | 7          |

  @CS-VOL-068 @SPEC-03 @extended @acs-quirk
  Scenario: [CS-VOL-068] A created volume that is resized gets the size alone
    When the root admin calls createDiskOffering with
      | name           | iops |
      | displaytext    | text |
      | disksize       | 8    |
      | customizediops | true |
    Then the request succeeds
    When the owner calls resizeVolume with
      | id             | volume:d1 |
      | diskofferingid | disk:iops |
      | miniops        | 6         |
      | maxiops        | 7         |
    Then the request succeeds
    When the owner calls listVolumes with
      | id | volume:d1 |
    Then the answer shows
      | size             | 8589934592 |
      | diskofferingname | Small      |
      | miniops          | absent     |
      | maxiops          | absent     |

  @CS-VOL-048 @SPEC-03 @extended @RSZ-24 @RSZ-25
  Scenario: [CS-VOL-048] No volume is below nothing or above 2000 GiB
    When the owner calls resizeVolume with
      | id   | volume:d1 |
      | size | -1        |
    Then the request is refused because size-below-nothing
    When the owner calls resizeVolume with
      | id   | volume:d1 |
      | size | 2001      |
    Then the request is refused because size-above-all

  @CS-VOL-049 @SPEC-03 @extended @RSZ-26
  Scenario: [CS-VOL-049] A managed KVM disk is resized at rest
    Given VM "vm1" is Running
    And volume "d1" lies on managed storage
    When the owner calls resizeVolume with
      | id   | volume:d1 |
      | size | 8         |
    Then the request is refused because managed-kvm-running

  @CS-VOL-050 @SPEC-03 @extended @RSZ-27 @unless-no-shared-fs
  Scenario: [CS-VOL-050] A disk of a shared file system does not shrink
    Given the kind of VM "vm1" is SharedFS
    When the owner calls resizeVolume with
      | id       | volume:d1 |
      | size     | 1         |
      | shrinkok | true      |
    Then the request is refused because shared-fs-shrinks

  @CS-VOL-051 @needs-KVM @SPEC-03 @core @RSZ-28
  Scenario: [CS-VOL-051] A QCOW2 image does not shrink, signed off or not
    When the owner calls resizeVolume with
      | id   | volume:d1 |
      | size | 1         |
    Then the request is refused because qcow2-shrinks
    When the owner calls resizeVolume with
      | id       | volume:d1 |
      | size     | 1         |
      | shrinkok | true      |
    Then the request is refused because qcow2-shrinks

  @CS-VOL-052 @SPEC-03 @core
  Scenario: [CS-VOL-052] A volume without storage shrinks when signed off
    Given an Allocated data volume "d2"
    When the owner calls resizeVolume with
      | id   | volume:d2 |
      | size | 1         |
    Then the request is refused because shrink-unsigned
    When the owner calls resizeVolume with
      | id       | volume:d2 |
      | size     | 1         |
      | shrinkok | true      |
    Then the request succeeds
    And field "size" of volume "d2" is "1073741824"

  @CS-VOL-053 @SPEC-03 @extended @RSZ-29 @unless-xenserver-shrinks
  Scenario: [CS-VOL-053] A XenServer disk does not shrink
    Given a stopped XenServer VM "vm2" with ROOT volume "r2"
    When the owner calls resizeVolume with
      | id       | volume:r2 |
      | size     | 1         |
      | shrinkok | true      |
    Then the request is refused because xenserver-shrinks

  @CS-VOL-054 @SPEC-03 @core @RSZ-30 @RSZ-32 @unless-resize-into-full-pool
  Scenario: [CS-VOL-054] A full pool leaves no room to grow
    Given the capacity of storage pool "a-managed-pool" is 1
    And the capacity of storage pool "a-pool" is 1
    And the capacity of storage pool "another-pool" is 1
    When the owner calls resizeVolume with
      | id   | volume:d1 |
      | size | 8         |
    Then the request is refused because no-room-to-grow
    When the owner calls resizeVolume with
      | id          | volume:d1 |
      | size        | 8         |
      | automigrate | true      |
    Then the request is refused because no-roomy-pool

  @CS-VOL-055 @SPEC-03 @extended @RSZ-31 @unless-resize-into-full-pool
  Scenario: [CS-VOL-055] A volume that may not move has nowhere to grow
    Given a running Simulator VM "vm2" with ROOT volume "r2"
    And the capacity of storage pool "a-Simulator-pool" is 1
    And the capacity of storage pool "another-Simulator-pool" is 1
    When the owner calls resizeVolume with
      | id          | volume:r2 |
      | size        | 8         |
      | automigrate | true      |
    Then the request is refused because nowhere-to-grow

  @CS-VOL-056 @SPEC-03 @extended @RSZ-33 @unless-resize-into-full-pool
  Scenario: [CS-VOL-056] A pool that got full meanwhile leaves no room to grow
    Given the work queue has just ticked
    When the root admin asks all at once
      | command           | id         | size | capacitybytes | after |
      | resizeVolume      | volume:d1  | 8    |               |       |
      | updateStoragePool | storage:d1 |      | 1             | 0.5   |
    Then 1 of the requests succeeded
    And 1 of the requests failed because room-gone

  @CS-VOL-057 @SPEC-03 @extended @RSZ-34
  Scenario: [CS-VOL-057] A XenServer disk grows at rest
    Given a running XenServer VM "vm2" with ROOT volume "r2"
    When the owner calls resizeVolume with
      | id   | volume:r2 |
      | size | 8         |
    Then the request is refused because xenserver-running

  @CS-VOL-058 @SPEC-03 @extended @RSZ-35
  Scenario: [CS-VOL-058] No disk grows under a KVM host that is down
    Given a running VM "vm2" with ROOT volume "r2" on host "a-host"
    And the state of host "a-host" is Down
    When the root admin calls resizeVolume with
      | id   | volume:r2 |
      | size | 8         |
    Then the request is refused because host-not-up-to-resize

  @CS-VOL-059 @SPEC-03 @extended @RSZ-36
  Scenario: [CS-VOL-059] No disk grows under a KVM host that is disabled
    Given a running VM "vm2" with ROOT volume "r2" on host "a-host"
    And the allocation of host "a-host" is off
    When the root admin calls resizeVolume with
      | id   | volume:r2 |
      | size | 8         |
    Then the request is refused because host-disabled-to-resize
