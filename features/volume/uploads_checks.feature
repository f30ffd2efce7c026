@volume
Feature: Upload and check volumes

  @CS-UPL-001 @SPEC-14 @extended @UPL-01
  Scenario: [CS-UPL-001] No upload with account account:other, 20 volumes at most
    Given the setting "max.account.volumes" is "20"
    And the allocation of zone "a-zone" is on
    When the owner calls uploadVolume with
      | name     | u1                          |
      | url      | http://203.0.113.7/u1.qcow2 |
      | format   | QCOW2                       |
      | zoneid   | zone:a-zone                 |
      | account  | account:other               |
      | domainid | domain:other                |
    Then the request is refused because permission-denied-late

  @CS-UPL-001 @SPEC-14 @extended @UPL-02
  Scenario: [CS-UPL-001] No upload with name u2, 0 volumes at most
    Given the setting "max.account.volumes" is "0"
    And the allocation of zone "a-zone" is on
    When the owner calls uploadVolume with
      | url      | http://203.0.113.7/u1.qcow2 |
      | format   | QCOW2                       |
      | zoneid   | zone:a-zone                 |
      | name     | u2                          |
      | domainid | domain:other                |
    Then the request is refused because upload-limit

  @CS-UPL-001 @SPEC-14 @extended @UPL-03
  Scenario: [CS-UPL-001] No upload with name u2, 20 volumes at most
    Given the setting "max.account.volumes" is "20"
    And the allocation of zone "a-zone" is off
    When the owner calls uploadVolume with
      | url      | http://203.0.113.7/u1.qcow2 |
      | format   | QCOW2                       |
      | zoneid   | zone:a-zone                 |
      | name     | u2                          |
      | domainid | domain:other                |
    Then the request is refused because zone-disabled-late

  @CS-UPL-001 @SPEC-14 @extended @UPL-04
  Scenario: [CS-UPL-001] No upload with url u1.qcow2, 20 volumes at most
    Given the setting "max.account.volumes" is "20"
    And the allocation of zone "a-zone" is on
    When the owner calls uploadVolume with
      | name     | u1           |
      | format   | QCOW2        |
      | zoneid   | zone:a-zone  |
      | url      | u1.qcow2     |
      | domainid | domain:other |
    Then the request is refused because bad-url-late

  @CS-UPL-001 @SPEC-14 @extended @UPL-05
  Scenario: [CS-UPL-001] No upload with url http://127.0.0.1/u, 20 volumes at most
    Given the setting "max.account.volumes" is "20"
    And the allocation of zone "a-zone" is on
    When the owner calls uploadVolume with
      | name     | u1                 |
      | format   | QCOW2              |
      | zoneid   | zone:a-zone        |
      | url      | http://127.0.0.1/u |
      | domainid | domain:other       |
    Then the request is refused because illegal-host-late

  @CS-UPL-001 @SPEC-14 @extended @UPL-06
  Scenario: [CS-UPL-001] No upload with url http://example.org/u, 20 volumes at most
    Given the setting "max.account.volumes" is "20"
    And the allocation of zone "a-zone" is on
    When the owner calls uploadVolume with
      | name     | u1                   |
      | format   | QCOW2                |
      | zoneid   | zone:a-zone          |
      | url      | http://example.org/u |
      | domainid | domain:other         |
    Then the request is refused because host-unknown

  @CS-UPL-001 @SPEC-14 @extended @UPL-07
  Scenario: [CS-UPL-001] No upload with format PNG, 20 volumes at most
    Given the setting "max.account.volumes" is "20"
    And the allocation of zone "a-zone" is on
    When the owner calls uploadVolume with
      | name     | u1                          |
      | url      | http://203.0.113.7/u1.qcow2 |
      | zoneid   | zone:a-zone                 |
      | format   | PNG                         |
      | domainid | domain:other                |
    Then the request is refused because format-unknown-late

  @CS-UPL-001 @SPEC-14 @extended @UPL-08 @unless-upload-for-nobody
  Scenario: [CS-UPL-001] No upload with format VHDX, 20 volumes at most
    Given the setting "max.account.volumes" is "20"
    And the allocation of zone "a-zone" is on
    When the owner calls uploadVolume with
      | name     | u1                         |
      | url      | http://203.0.113.7/u1.vhdx |
      | zoneid   | zone:a-zone                |
      | format   | VHDX                       |
      | domainid | domain:other               |
    Then the request is refused because hypervisor-not-in-zone

  @CS-UPL-002 @SPEC-03 @extended
  Scenario: [CS-UPL-002] What is uploaded waits for its first VM
    When the owner calls uploadVolume with
      | name   | u1                          |
      | url    | http://203.0.113.7/u1.qcow2 |
      | format | qcow2                       |
      | zoneid | zone:a-zone                 |
    Then the request succeeds
    And the owner owns 1 volumes of 0 GiB in all

  @CS-UPL-003 @SPEC-03 @extended @CHK-01 @CHK-02 @unless-no-volume-check
  Scenario: [CS-UPL-003] Only what is at rest is checked
    Given a running VM "vm1" with ROOT volume "r1"
    And an Allocated data volume "d1"
    When the owner calls checkVolume with
      | id | volume:r1 |
    Then the request is refused because running-to-check
    When the owner calls checkVolume with
      | id | volume:d1 |
    Then the request is refused because not-ready-to-check

  @CS-UPL-004 @SPEC-13 @extended @CHK-03 @unless-no-volume-check
  Scenario: [CS-UPL-004] Only volumes of KVM are checked
    Given a stopped KVM VM "vm1" with ROOT volume "r1"
    And a stopped VMware VM "vm2" with ROOT volume "r2"
    When the owner calls checkVolume with
      | id | volume:r1 |
    Then the request succeeds
    And hosts were told "CheckAndRepairVolumeCommand" 1 times
    When the owner calls checkVolume with
      | id | volume:r2 |
    Then the request is refused because not-kvm-to-check

  @CS-UPL-007 @SPEC-03 @extended @UPL-09 @UPL-10
  Scenario: [CS-UPL-007] A volume comes from a server, by a name that ends as its format
    When the owner calls uploadVolume with
      | name   | u1                                 |
      | url    | http://203.0.113.7/file://u1.qcow2 |
      | format | QCOW2                              |
      | zoneid | zone:a-zone                        |
    Then the request is refused because file-url
    When the owner calls uploadVolume with
      | name   | u1                    |
      | url    | http://203.0.113.7/u1 |
      | format | QCOW2                 |
      | zoneid | zone:a-zone           |
    Then the request is refused because url-ending-unknown
    When the owner calls uploadVolume with
      | name   | u1                        |
      | url    | http://203.0.113.7/u1.ova |
      | format | QCOW2                     |
      | zoneid | zone:a-zone               |
    Then the request is refused because url-ending-foreign

  @CS-UPL-008 @SPEC-03 @extended @UPL-11
  Scenario: [CS-UPL-008] An upload needs room on secondary storage
    Given the setting "max.account.secondary.storage" is "0"
    When the owner calls uploadVolume with
      | name   | u1                          |
      | url    | http://203.0.113.7/u1.qcow2 |
      | format | QCOW2                       |
      | zoneid | zone:a-zone                 |
    Then the request is refused because upload-too-large

  @CS-UPL-009 @SPEC-03 @extended @UPL-12
  Scenario: [CS-UPL-009] The disk offering of an upload leaves the size open
    When the owner calls uploadVolume with
      | name           | u1                          |
      | url            | http://203.0.113.7/u1.qcow2 |
      | format         | QCOW2                       |
      | zoneid         | zone:a-zone                 |
      | diskofferingid | disk:Small                  |
    Then the request is refused because offering-fixes-size-late

  @CS-UPL-010 @SPEC-03 @extended @UPL-13
  Scenario: [CS-UPL-010] The disk offering of an upload is one for its owner
    When the root admin calls createDiskOffering with
      | name        | theirs          |
      | displaytext | text            |
      | customized  | true            |
      | domainid    | domain:stranger |
    Then the request succeeds
    When the owner calls uploadVolume with
      | name           | u1                          |
      | url            | http://203.0.113.7/u1.qcow2 |
      | format         | QCOW2                       |
      | zoneid         | zone:a-zone                 |
      | diskofferingid | disk:theirs                 |
    Then the request is refused because offering-denied

  @CS-UPL-011 @SPEC-03 @extended @UPL-14 @GUP-14
  Scenario: [CS-UPL-011] Without a custom disk offering nothing is uploaded
    When the root admin calls deleteDiskOffering with
      | id | disk:Custom |
    Then the request succeeds
    When the owner calls uploadVolume with
      | name   | u1                          |
      | url    | http://203.0.113.7/u1.qcow2 |
      | format | QCOW2                       |
      | zoneid | zone:a-zone                 |
    Then the request is refused because no-custom-offering-late
    When the root admin calls getUploadParamsForVolume with
      | name   | u1          |
      | format | QCOW2       |
      | zoneid | zone:a-zone |
    Then the request is refused because no-custom-offering

  @CS-UPL-012 @SPEC-14 @extended @GUP-07 @GUP-08 @unless-upload-for-nobody
  Scenario: [CS-UPL-012] A volume to send has a format of the zone
    When the owner calls getUploadParamsForVolume with
      | name   | u1          |
      | format | PNG         |
      | zoneid | zone:a-zone |
    Then the request is refused because send-format-unknown
    When the owner calls getUploadParamsForVolume with
      | name   | u1          |
      | format | VHDX        |
      | zoneid | zone:a-zone |
    Then the request is refused because hypervisor-not-in-zone-at-once

  @CS-UPL-013 @SPEC-03 @extended @GUP-01
  Scenario: [CS-UPL-013] Nobody sends a volume for somebody else
    When the owner calls getUploadParamsForVolume with
      | name     | u1            |
      | format   | QCOW2         |
      | zoneid   | zone:a-zone   |
      | account  | account:other |
      | domainid | domain:other  |
    Then the request is refused because permission-denied

  @CS-UPL-014 @SPEC-03 @extended @GUP-02
  Scenario: [CS-UPL-014] The owner's limit of volumes counts for one to send
    Given the setting "max.account.volumes" is "0"
    When the owner calls getUploadParamsForVolume with
      | name   | u1          |
      | format | QCOW2       |
      | zoneid | zone:a-zone |
    Then the request is refused because send-limit

  @CS-UPL-015 @SPEC-03 @extended @GUP-03
  Scenario: [CS-UPL-015] A disabled zone takes no volume that users send
    Given the allocation of zone "a-zone" is off
    When the owner calls getUploadParamsForVolume with
      | name   | u1          |
      | format | QCOW2       |
      | zoneid | zone:a-zone |
    Then the request is refused because zone-disabled

  @CS-UPL-016 @SPEC-03 @extended @GUP-11
  Scenario: [CS-UPL-016] A volume to send needs room on secondary storage
    Given the setting "max.account.secondary.storage" is "0"
    When the owner calls getUploadParamsForVolume with
      | name   | u1          |
      | format | QCOW2       |
      | zoneid | zone:a-zone |
    Then the request is refused because send-too-large

  @CS-UPL-017 @SPEC-03 @extended @GUP-12 @GUP-13
  Scenario: [CS-UPL-017] The disk offering of a volume to send is open, in size and for its owner
    When the root admin calls createDiskOffering with
      | name        | theirs          |
      | displaytext | text            |
      | customized  | true            |
      | domainid    | domain:stranger |
    Then the request succeeds
    When the owner calls getUploadParamsForVolume with
      | name           | u1          |
      | format         | QCOW2       |
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:Small  |
    Then the request is refused because offering-fixes-size
    When the owner calls getUploadParamsForVolume with
      | name           | u1          |
      | format         | QCOW2       |
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:theirs |
    Then the request is refused because offering-denied-at-once

  @CS-UPL-018 @SPEC-03 @extended
  Scenario: [CS-UPL-018] A volume to send has a row that waits for it
    When the owner calls getUploadParamsForVolume with
      | name   | u1          |
      | format | QCOW2       |
      | zoneid | zone:a-zone |
    Then the request succeeds
    And the owner owns 1 volumes of 0 GiB in all

  @CS-UPL-019 @SPEC-14 @extended @PLC-05
  Scenario: [CS-UPL-019] An uploaded image goes to VMs of its hypervisor
    Given a stopped VMware VM "vm2" with ROOT volume "r2"
    When the owner calls uploadVolume with
      | name   | u1                          |
      | url    | http://203.0.113.7/u1.qcow2 |
      | format | QCOW2                       |
      | zoneid | zone:a-zone                 |
    Then the request succeeds
    When the owner calls attachVolume with
      | id               | last:id |
      | virtualmachineid | vm:vm2  |
    Then the request is refused because format-of-other-hypervisor

  @CS-UPL-020 @SPEC-03 @extended @PLC-06 @unless-nothing-created-without-disks
  Scenario: [CS-UPL-020] An uploaded image needs a storage for the first volume of a VM
    Given a stopped VM "vm2" with ROOT volume "r2"
    And volume "r2" has been detached
    When the root admin calls createDiskOffering with
      | name        | odd  |
      | displaytext | text |
      | customized  | true |
      | tags        | odd  |
    Then the request succeeds
    When the owner calls uploadVolume with
      | name           | u1                          |
      | url            | http://203.0.113.7/u1.qcow2 |
      | format         | QCOW2                       |
      | zoneid         | zone:a-zone                 |
      | diskofferingid | disk:odd                    |
    Then the request succeeds
    When the owner calls attachVolume with
      | id               | last:id |
      | virtualmachineid | vm:vm2  |
    Then the request is refused because no-first-storage

  @CS-UPL-021 @SPEC-03 @extended @CHK-04 @CHK-05 @unless-no-volume-check
  Scenario: [CS-UPL-021] A check repairs leaks or all, of images that can be checked
    Given a stopped KVM VM "vm1" with ROOT volume "r1"
    When the owner calls checkVolume with
      | id     | volume:r1 |
      | repair | some      |
    Then the request is refused because repair-unknown
    When the owner calls checkVolume with
      | id     | volume:r1 |
      | repair | Leaks     |
    Then the request succeeds
    Given the kind of storage pool "a-pool" is RBD
    And the kind of storage pool "another-pool" is RBD
    And the kind of storage pool "a-managed-pool" is RBD
    When the owner calls checkVolume with
      | id | volume:r1 |
    Then the request is refused because format-not-to-check
