@volume
Feature: Upload and check volumes

  @CS-UPL-001 @SPEC-14 @extended @UPL-01
  Scenario: [CS-UPL-001] No upload with account account:other, 20 volumes at most
    Given the setting "max.account.volumes" is "20"
    And the allocation of zone "zone1" is on
    When the owner calls uploadVolume with
      | name     | u1                              |
      | url      | http://images.internal/u1.qcow2 |
      | format   | QCOW2                           |
      | zoneid   | zone:zone1                      |
      | account  | account:other                   |
      | domainid | domain:other                    |
    Then the request is refused because permission-denied-late

  @CS-UPL-001 @SPEC-14 @extended @UPL-02
  Scenario: [CS-UPL-001] No upload with name u2, 0 volumes at most
    Given the setting "max.account.volumes" is "0"
    And the allocation of zone "zone1" is on
    When the owner calls uploadVolume with
      | url      | http://images.internal/u1.qcow2 |
      | format   | QCOW2                           |
      | zoneid   | zone:zone1                      |
      | name     | u2                              |
      | domainid | domain:other                    |
    Then the request is refused because upload-limit

  @CS-UPL-001 @SPEC-14 @extended @UPL-03
  Scenario: [CS-UPL-001] No upload with name u2, 20 volumes at most
    Given the setting "max.account.volumes" is "20"
    And the allocation of zone "zone1" is off
    When the owner calls uploadVolume with
      | url      | http://images.internal/u1.qcow2 |
      | format   | QCOW2                           |
      | zoneid   | zone:zone1                      |
      | name     | u2                              |
      | domainid | domain:other                    |
    Then the request is refused because zone-disabled-late

  @CS-UPL-001 @SPEC-14 @extended @UPL-04
  Scenario: [CS-UPL-001] No upload with url u1.qcow2, 20 volumes at most
    Given the setting "max.account.volumes" is "20"
    And the allocation of zone "zone1" is on
    When the owner calls uploadVolume with
      | name     | u1           |
      | format   | QCOW2        |
      | zoneid   | zone:zone1   |
      | url      | u1.qcow2     |
      | domainid | domain:other |
    Then the request is refused because bad-url-late

  @CS-UPL-001 @SPEC-14 @extended @UPL-05
  Scenario: [CS-UPL-001] No upload with url http://127.0.0.1/u, 20 volumes at most
    Given the setting "max.account.volumes" is "20"
    And the allocation of zone "zone1" is on
    When the owner calls uploadVolume with
      | name     | u1                 |
      | format   | QCOW2              |
      | zoneid   | zone:zone1         |
      | url      | http://127.0.0.1/u |
      | domainid | domain:other       |
    Then the request is refused because illegal-host-late

  @CS-UPL-001 @SPEC-14 @extended @UPL-06
  Scenario: [CS-UPL-001] No upload with url http://example.org/u, 20 volumes at most
    Given the setting "max.account.volumes" is "20"
    And the allocation of zone "zone1" is on
    When the owner calls uploadVolume with
      | name     | u1                   |
      | format   | QCOW2                |
      | zoneid   | zone:zone1           |
      | url      | http://example.org/u |
      | domainid | domain:other         |
    Then the request is refused because host-unknown

  @CS-UPL-001 @SPEC-14 @extended @UPL-07
  Scenario: [CS-UPL-001] No upload with format PNG, 20 volumes at most
    Given the setting "max.account.volumes" is "20"
    And the allocation of zone "zone1" is on
    When the owner calls uploadVolume with
      | name     | u1                              |
      | url      | http://images.internal/u1.qcow2 |
      | zoneid   | zone:zone1                      |
      | format   | PNG                             |
      | domainid | domain:other                    |
    Then the request is refused because format-unknown-late

  @CS-UPL-001 @SPEC-14 @extended @UPL-08
  Scenario: [CS-UPL-001] No upload with format VHDX, 20 volumes at most
    Given the setting "max.account.volumes" is "20"
    And the allocation of zone "zone1" is on
    When the owner calls uploadVolume with
      | name     | u1                              |
      | url      | http://images.internal/u1.qcow2 |
      | zoneid   | zone:zone1                      |
      | format   | VHDX                            |
      | domainid | domain:other                    |
    Then the request is refused because hypervisor-not-in-zone

  @CS-UPL-002 @SPEC-03 @extended
  Scenario: [CS-UPL-002] What is uploaded waits for its first VM
    When the owner calls uploadVolume with
      | name   | u1                              |
      | url    | http://images.internal/u1.qcow2 |
      | format | qcow2                           |
      | zoneid | zone:zone1                      |
    Then the request succeeds
    And the owner owns 1 volumes of 1 GiB in all

  @CS-UPL-003 @SPEC-03 @extended @CHK-01 @CHK-02
  Scenario: [CS-UPL-003] Only what is at rest is checked
    Given a running VM "vm1" with ROOT volume "r1"
    And an Allocated data volume "d1"
    When the owner calls checkVolume with
      | id | volume:r1 |
    Then the request is refused because running-to-check
    When the owner calls checkVolume with
      | id | volume:d1 |
    Then the request is refused because not-ready-to-check

  @CS-UPL-004 @SPEC-13 @extended @CHK-03
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
