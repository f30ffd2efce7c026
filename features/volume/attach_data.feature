@volume
Feature: Attach a data volume

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1"

  @CS-ATD-001 @SPEC-03 @core @smoke
  Scenario: [CS-ATD-001] A Ready volume goes to a stopped VM
    Given a Ready data volume "d2" made on VM "vm1"
    When the owner attaches volume "d2" to VM "vm1"
    Then the request succeeds
    And volume "d2" is a DATADISK of VM "vm1" at device 1

  @CS-ATD-002 @SPEC-03 @core
  Scenario: [CS-ATD-002] A Ready volume goes to a running VM
    Given a Ready data volume "d2" made on VM "vm1"
    And VM "vm1" is Running
    When the owner attaches volume "d2" to VM "vm1"
    Then the request succeeds
    And volume "d2" is a DATADISK of VM "vm1" at device 1
    And hosts were told "AttachCommand" 1 times

  @CS-ATD-004 @SPEC-03 @core @smoke
  Scenario: [CS-ATD-004] A former ROOT becomes a data disk of another VM
    Given a stopped VM "vm2" with ROOT volume "r2"
    And volume "r2" has been detached
    When the owner attaches volume "r2" to VM "vm1"
    Then the request succeeds
    And volume "r2" is a DATADISK of VM "vm1" at device 1

  @CS-ATD-003 @SPEC-03 @core
  Scenario: [CS-ATD-003] An Allocated volume is created on attach
    Given an Allocated data volume "d2"
    When the owner attaches volume "d2" to VM "vm1"
    Then field "state" of volume "d2" is "Ready"

  @CS-ATD-005 @SPEC-03 @core @ATT-02
  Scenario: [CS-ATD-005] An already attached volume is refused
    Given a stopped VM "vm2" with ROOT volume "r2" and data volume "d2"
    When the owner attaches volume "d2" to VM "vm1"
    Then the request is refused because already-attached

  @CS-ATD-006 @SPEC-03 @extended @ATT-03
  Scenario: [CS-ATD-006] A destroyed volume is refused
    Given a Ready data volume "d2" made on VM "vm1"
    And volume "d2" is in state Destroy
    When the root admin attaches volume "d2" to VM "vm1"
    Then the request is refused because volume-destroyed

  @CS-ATD-006 @SPEC-03 @extended @ATT-04
  Scenario Outline: [CS-ATD-006] A volume in <state> is refused
    Given a Ready data volume "d2" made on VM "vm1"
    And volume "d2" is in state <state>
    When the root admin attaches volume "d2" to VM "vm1"
    Then the request is refused because volume-state

    Examples:
      | state            |
      | Creating         |
      | Migrating        |
      | Snapshotting     |
      | UploadInProgress |
      | Expunging        |

  @CS-ATD-007 @SPEC-03 @extended @ATT-06
  Scenario Outline: [CS-ATD-007] A VM in <state> takes no volume
    Given an Allocated data volume "d2"
    And VM "vm1" is <state>
    When the root admin attaches volume "d2" to VM "vm1"
    Then the request is refused because vm-state

    Examples:
      | state     |
      | Starting  |
      | Stopping  |
      | Migrating |
      | Destroyed |
      | Error     |

  @CS-ATD-008 @SPEC-03 @admin @ATT-05
  Scenario Outline: [CS-ATD-008] A <kind> takes no volume
    Given an Allocated data volume "d2"
    And the kind of VM "vm1" is <kind>
    When the root admin attaches volume "d2" to VM "vm1"
    Then the request is refused because not-a-user-vm

    Examples:
      | kind         |
      | DomainRouter |
      | ConsoleProxy |

  @CS-ATD-008 @SPEC-03 @admin @ATT-08 @unless-no-shared-fs
  Scenario: [CS-ATD-008] A shared file system takes no volume
    Given an Allocated data volume "d2"
    And the kind of VM "vm1" is SharedFS
    When the root admin attaches volume "d2" to VM "vm1"
    Then the request is refused because shared-filesystem

  @CS-ATD-009 @SPEC-03 @extended
  Scenario: [CS-ATD-009] The volume moves to the VM's cluster where pools differ
    Given a stopped VM "vm2" with ROOT volume "r2" on host "a-host-elsewhere"
    And a Ready data volume "d2" made on VM "vm1"
    When the owner attaches volume "d2" to VM "vm2"
    Then the request succeeds
    And field "clustername" of volume "d2" is "another-cluster"
    And hosts were told "CopyCommand" 1 times

  @CS-ATD-010 @SPEC-03 @extended @PLC-02
  Scenario: [CS-ATD-010] A local volume does not come from another host to a shared pool
    Given a Ready data volume "d2" made on VM "vm1"
    And volume "d2" lies on local storage of host "another-host"
    When the owner attaches volume "d2" to VM "vm1"
    Then the request is refused because scope-not-bridged

  @CS-ATD-010 @SPEC-03 @extended @PLC-03
  Scenario: [CS-ATD-010] A local volume does not move to another host's local storage
    Given a Ready data volume "d2" made on VM "vm1"
    And volume "d2" lies on local storage of host "another-host"
    And volume "r1" lies on local storage of host "a-host"
    When the owner attaches volume "d2" to VM "vm1"
    Then the request is refused because local-does-not-move

  @CS-ATD-011 @SPEC-03 @extended @ATT-22
  Scenario: [CS-ATD-011] An encrypted volume goes to KVM only
    Given a stopped VMware VM "vm2" with ROOT volume "r2"
    And an Allocated data volume "d2" with disk offering "Encrypted"
    When the owner attaches volume "d2" to VM "vm2"
    Then the request is refused because encryption-unsupported

  @CS-ATD-015 @SPEC-08 @extended @unless-no-encrypt-format
  Scenario: [CS-ATD-015] A volume shows how it is encrypted
    Given the encryption of host "a-host" is on
    And the encryption of host "another-host" is on
    And an Allocated data volume "d2" with disk offering "Encrypted"
    When the owner attaches volume "d2" to VM "vm1"
    Then the request succeeds
    And field "encryptformat" of volume "d2" is "luks"

  @CS-ATD-015 @SPEC-03 @extended @ATT-31
  Scenario: [CS-ATD-015] An encrypted volume needs hosts that encrypt
    Given an Allocated data volume "d2" with disk offering "Encrypted"
    And an Allocated data volume "d3" with disk offering "Encrypted"
    When the owner attaches volume "d2" to VM "vm1"
    Then 1 of the requests failed because no-encrypting-host
    Given the encryption of host "a-host" is on
    And the encryption of host "another-host" is on
    When the owner attaches volume "d3" to VM "vm1"
    Then the request succeeds
    When the owner detaches volume "d3"
    Then the request succeeds
    Given the encryption of host "a-host" is off
    And the encryption of host "another-host" is off
    When the owner attaches volume "d3" to VM "vm1"
    Then the request is refused because host-without-encryption

  @CS-ATD-012 @SPEC-03 @admin @ATT-15
  Scenario: [CS-ATD-012] A local offering in a zone without local storage is refused
    Given an Allocated data volume "d2"
    And the local storage of disk offering "Small" is on
    When the owner attaches volume "d2" to VM "vm1"
    Then the request is refused because no-local-storage

  @CS-FLT-001 @SPEC-03 @faults
  Scenario: [CS-FLT-001] A host that refuses the attach leaves the volume as it was
    Given a Ready data volume "d2" made on VM "vm1"
    And VM "vm1" is Running
    And the next AttachCommand of a host fails
    When the owner attaches volume "d2" to VM "vm1"
    Then the request is refused because host-failed
    When the owner attaches volume "d2" to VM "vm1"
    Then the request succeeds

  @CS-FLT-020 @SPEC-03 @faults
  Scenario: [CS-FLT-020] A host that refuses to copy leaves the volume where it was
    Given a stopped VM "vm2" with ROOT volume "r2" on host "a-host-elsewhere"
    And a Ready data volume "d2" made on VM "vm1"
    And the next CopyCommand of a host fails
    When the owner attaches volume "d2" to VM "vm2"
    Then the request is refused because host-failed
    And all was done within 60 seconds
    And volume "d2" differs from its start only in ""
    When the owner attaches volume "d2" to VM "vm2"
    Then the request succeeds

  @CS-ATD-013 @SPEC-03 @extended @ATT-01
  Scenario: [CS-ATD-013] What is neither ROOT nor data volume is refused
    Given an Allocated data volume "d2"
    And the type of volume "d2" is ISO
    When the owner attaches volume "d2" to VM "vm1"
    Then the request is refused because neither-root-nor-data-to-attach

  @CS-ATD-014 @SPEC-06 @extended @ATT-25
  Scenario: [CS-ATD-014] A VM with two ROOTs takes no volume
    Given an Allocated data volume "d2"
    And VM "vm1" has 1 more data volumes
    And the type of volume "extra1" is ROOT
    When the owner attaches volume "d2" to VM "vm1"
    Then the request is refused because two-roots

  @CS-ATD-016 @needs-stage @SPEC-03 @extended @REQ-07
  Scenario: [CS-ATD-016] A volume deleted before the attach begins is not attached
    Given an Allocated data volume "d2"
    When the owner asks all at once
      | command      | id        | virtualmachineid |
      | attachVolume | volume:d2 | vm:vm1           |
      | deleteVolume | volume:d2 |                  |
    Then 1 of the requests succeeded
    And 1 of the requests failed because removed-meanwhile

  @CS-ATD-017 @SPEC-03 @admin @REQ-07
  Scenario: [CS-ATD-017] A VM that went before the attach begins takes no volume
    Given an Allocated data volume "d2"
    When the root admin asks all at once
      | command         | id        | virtualmachineid | kind | fields            |
      | attachVolume    | volume:d2 | vm:vm1           |      |                   |
      | rootswapArrange | vm:vm1    |                  | vm   | {"removed": true} |
    Then 1 of the requests succeeded
    And 1 of the requests failed because vm-row-gone
