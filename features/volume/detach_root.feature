@volume
Feature: Detach the ROOT volume

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-DET-001 @SPEC-04 @core @smoke
  Scenario: [CS-DET-001] The ROOT volume of a stopped VM can be detached
    When the owner detaches volume "r1"
    Then the request succeeds
    And VM "vm1" has exactly these volumes
      | volume | type     | device |
      | d1     | DATADISK | 1      |

  @CS-DET-002 @SPEC-05 @core @smoke
  Scenario: [CS-DET-002] A detached ROOT volume belongs to no VM and has no device id
    When the owner detaches volume "r1"
    Then volume "r1" is a detached DATADISK

  @CS-DET-003 @SPEC-05 @core
  Scenario: [CS-DET-003] It stays Ready, same size, same pool
    When the owner detaches volume "r1"
    Then field "state" of volume "r1" is "Ready"
    And volume "r1" differs from its start only in "type, bootable, isextractable, deviceid, vmtype, virtualmachineid, vmname, vmdisplayname, vmstate, attached, diskioread, diskiowrite, diskkbsread, diskkbswrite"

  @CS-DET-004 @SPEC-05 @core
  Scenario: [CS-DET-004] The VM is listed without ROOT volume
    When the owner detaches volume "r1"
    Then listVolumes shows the owner "" with
      | type             | ROOT |
      | virtualmachineid | vm:vm1 |
    And VM "vm1" is Stopped

  @CS-DET-005 @SPEC-04 @core
  Scenario: [CS-DET-005] Data volumes keep their device ids
    When the owner detaches volume "r1"
    Then volume "d1" is a DATADISK of VM "vm1" at device 1

  @CS-DET-006 @SPEC-08 @core @fs-only
  Scenario: [CS-DET-006] Detach addressed by device 0 and VM
    When the owner detaches device 0 from VM "vm1"
    Then the request succeeds
    And volume "r1" is a detached DATADISK

  @CS-DET-006 @SPEC-08 @acs-quirk @DET-15
  Scenario: [CS-DET-006] Detach addressed by device 0 and VM fails and changes nothing
    When the owner detaches device 0 from VM "vm1"
    Then the request is refused because tuple-broken

  @CS-DET-007 @SPEC-08 @extended @DET-02 @DET-03
  Scenario: [CS-DET-007] Detach addressed by an empty slot is refused
    When the owner detaches device 5 from VM "vm1"
    Then the request is refused because empty-slot

  @CS-DET-008 @SPEC-08 @core @DET-01
  Scenario Outline: [CS-DET-008] <form> is refused
    When the owner calls detachVolume with
      | <a> | <x> |
      | <b> | <y> |
    Then the request is refused because bad-form

    Examples:
      | form                   | a                | x         | b                | y      |
      | id and device together | id               | volume:r1 | deviceid         | 0      |
      | id and VM together     | id               | volume:r1 | virtualmachineid | vm:vm1 |
      | a VM alone             | virtualmachineid | vm:vm1    | virtualmachineid | vm:vm1 |
      | a device alone         | deviceid         | 0         | deviceid         | 0      |

  @CS-DET-009 @SPEC-03 @core @REQ-05
  Scenario: [CS-DET-009] An unknown volume is refused
    When the owner calls detachVolume with
      | id | 00000000-0000-4000-8000-000000000000 |
    Then the request is refused because unknown-id

  @CS-DET-010 @SPEC-04 @core @DET-06
  Scenario: [CS-DET-010] A volume that is not attached is refused
    Given volume "r1" has been detached
    When the owner detaches volume "r1"
    Then the request is refused because not-attached

  @CS-DET-011 @SPEC-04 @extended
  Scenario: [CS-DET-011] A detach is logged from the request to its end
    When the owner detaches volume "r1"
    Then the events of volume "r1" end with
      | type          | state     | level |
      | VOLUME.DETACH | Scheduled | INFO  |
      | VOLUME.DETACH | Started   | INFO  |
      | VOLUME.DETACH | Completed | INFO  |

  @CS-DET-011 @SPEC-04 @extended
  Scenario: [CS-DET-011] A refused detach is logged as an error
    Given VM "vm1" is Running
    When the owner detaches volume "r1"
    Then the request is refused because vm-not-stopped
    And the events of volume "r1" end with
      | type          | state     | level |
      | VOLUME.DETACH | Scheduled | INFO  |
      | VOLUME.DETACH | Started   | INFO  |
      | VOLUME.DETACH | Completed | ERROR |

  @CS-DET-013 @SPEC-05 @extended
  Scenario Outline: [CS-DET-013] After a detached ROOT volume <command> works
    Given volume "r1" has been detached
    When the owner calls <command> with
      | <key>  | volume:r1 |
      | <more> | <value>   |
    Then the request succeeds

    Examples:
      | command        | key      | more | value     |
      | createSnapshot | volumeid | name | before    |
      | resizeVolume   | id       | size | 9         |
      | deleteVolume   | id       | id   | volume:r1 |

  @CS-DET-015 @SPEC-04 @extended @unless-never-started-stays
  Scenario: [CS-DET-015] The ROOT volume of a VM never started can be detached
    Given a fresh VM "vm2" with ROOT volume "r2"
    When the owner detaches volume "r2"
    Then the request succeeds
    And volume "r2" is a detached DATADISK

  @CS-DET-012 @SPEC-03 @extended
  Scenario: [CS-DET-012] Volume count and primary storage usage stay the same
    Then the owner owns 2 volumes of 7 GiB in all
    When the owner detaches volume "r1"
    Then the owner owns 2 volumes of 7 GiB in all
    When the owner attaches volume "r1" to VM "vm1" as device 0
    Then the owner owns 2 volumes of 7 GiB in all

  @CS-DET-016 @SPEC-04 @extended
  Scenario: [CS-DET-016] A VM keeps its ISO when its ROOT leaves
    Given the ISO of VM "vm1" is rescue-disc
    When the owner detaches volume "r1"
    Then the request succeeds
    And field "isoid" of VM "vm1" is "rescue-disc"

  @CS-DET-017 @SPEC-04 @extended @unless-no-delete-protection
  Scenario: [CS-DET-017] A delete-protected ROOT can be detached
    Given the delete protection of volume "r1" is on
    When the owner detaches volume "r1"
    Then the request succeeds
    And field "deleteprotection" of volume "r1" is "True"

  @CS-DET-018 @SPEC-04 @extended @DET-07 @unless-no-shared-fs
  Scenario: [CS-DET-018] A shared file system keeps its volumes
    Given the kind of VM "vm1" is SharedFS
    When the root admin detaches volume "d1"
    Then the request is refused because shared-filesystem-keeps

  @CS-DET-019 @SPEC-04 @extended @DET-09
  Scenario: [CS-DET-019] What is neither ROOT nor data volume stays
    Given the type of volume "d1" is ISO
    When the owner detaches volume "d1"
    Then the request is refused because neither-root-nor-data
