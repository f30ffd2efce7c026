@vm
Feature: Nics of VMs

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1"
    When the owner calls createNetwork with
      | displaytext       | o                                                       |
      | name              | lan                                                     |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:a-zone                                             |
    Then the request succeeds
    When the owner calls createNetwork with
      | displaytext       | o                                                       |
      | name              | dmz                                                     |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:a-zone                                             |
    Then the request succeeds

  @CS-NIC-001 @SPEC-15 @extended
  Scenario: [CS-NIC-001] A nic comes, becomes the default one and goes again
    Given VM "vm1" is Running
    When the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1      |
      | networkid        | network:dmz |
    Then the request succeeds
    And hosts were told "PlugNicCommand" 1 times
    When the owner calls updateDefaultNicForVirtualMachine with
      | virtualmachineid | vm:vm1    |
      | nicid            | nic:vm1/1 |
    Then the request succeeds
    When the owner calls removeNicFromVirtualMachine with
      | virtualmachineid | vm:vm1    |
      | nicid            | nic:vm1/1 |
    Then the request succeeds
    And hosts were told "UnPlugNicCommand" 1 times
    When the owner calls listNics with
      | virtualmachineid | vm:vm1      |
      | networkid        | network:lan |
    Then the request succeeds

  @CS-NIC-002 @SPEC-03 @extended @NIA-01
  Scenario: [CS-NIC-002] A MAC address is one
    When the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1      |
      | networkid        | network:dmz |
      | macaddress       | no          |
    Then the request is refused because mac-invalid

  @CS-NIC-003 @SPEC-03 @extended @NIA-02
  Scenario: [CS-NIC-003] A MAC address is for one alone
    When the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1            |
      | networkid        | network:dmz       |
      | macaddress       | 01:00:00:00:00:01 |
    Then the request is refused because mac-multicast

  @CS-NIC-004 @SPEC-03 @extended @NIA-03
  Scenario: [CS-NIC-004] A router gets no nic
    Given the kind of VM "vm1" is DomainRouter
    When the root admin calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1      |
      | networkid        | network:dmz |
    Then the request is refused because no-vm-for-password

  @CS-NIC-005 @SPEC-03 @extended @NIA-04
  Scenario: [CS-NIC-005] A VM with a VM snapshot gets no nic
    Given VM "vm1" has a VM snapshot
    When the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1      |
      | networkid        | network:dmz |
    Then the request is refused because snapshots-forbid-nic

  @CS-NIC-006 @SPEC-03 @extended @REQ-07
  Scenario: [CS-NIC-006] No VM joins a network that is gone
    When the owner calls deleteNetwork with
      | id | network:dmz |
    Then the request succeeds
    When the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1      |
      | networkid        | network:dmz |
    Then the request is refused because removed-id

  @CS-NIC-007 @SPEC-03 @extended @NIA-06
  Scenario: [CS-NIC-007] A VM joins no network of the other
    When the other calls createNetwork with
      | displaytext       | o                                                       |
      | name              | away                                                    |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:a-zone                                             |
    Then the request succeeds
    When the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1       |
      | networkid        | network:away |
    Then the request is refused because network-of-others

  @CS-NIC-008 @SPEC-03 @extended @NIA-07
  Scenario: [CS-NIC-008] A VM has one nic in a network
    When the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1      |
      | networkid        | network:dmz |
    Then the request succeeds
    When the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1      |
      | networkid        | network:dmz |
    Then the request is refused because nic-there

  @CS-NIC-009 @SPEC-03 @extended @NIA-08
  Scenario: [CS-NIC-009] No two nics of a network share a MAC address
    Given a stopped VM "vm2" with ROOT volume "r2"
    When the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1            |
      | networkid        | network:dmz       |
      | macaddress       | 02:00:00:00:00:07 |
    Then the request succeeds
    When the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm2      |
      | networkid        | network:dmz |
      | macaddress       | 2-0-0-0-0-7 |
    Then the request is refused because mac-there

  @CS-NIC-010 @SPEC-03 @extended @NIA-09
  Scenario: [CS-NIC-010] The address of a nic is one
    When the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1      |
      | networkid        | network:dmz |
      | ipaddress        | 10.1.0      |
    Then the request is refused because address-invalid

  @CS-NIC-011 @SPEC-03 @extended @NIA-10
  Scenario: [CS-NIC-011] A VM joins no network of another zone
    When the owner calls createNetwork with
      | displaytext       | o                                                       |
      | name              | far                                                     |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:another-zone                                       |
    Then the request succeeds
    When the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1      |
      | networkid        | network:far |
    Then the request is refused because network-in-other-zone

  @CS-NIC-012 @SPEC-03 @extended @NIA-12
  Scenario: [CS-NIC-012] Of two joins of one network one is made
    Given the work queue has just ticked
    When the owner asks all at once
      | command                | virtualmachineid | networkid   |
      | addNicToVirtualMachine | vm:vm1           | network:dmz |
      | addNicToVirtualMachine | vm:vm1           | network:dmz |
    Then 1 of the requests succeeded
    And 1 of the requests failed because nic-there

  @CS-NIC-013 @SPEC-03 @extended @NIA-13
  Scenario: [CS-NIC-013] A destroyed VM gets no nic
    Given VM "vm1" is Destroyed
    When the root admin calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1      |
      | networkid        | network:dmz |
    Then the request is refused because not-steady-for-nic

  @CS-NIC-014 @SPEC-03 @extended @NIA-14
  Scenario: [CS-NIC-014] An address outside of the network is not to be had
    When the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1      |
      | networkid        | network:dmz |
      | ipaddress        | 172.31.0.7  |
    Then the request is refused because no-address-for-nic

  @CS-NIC-015 @SPEC-03 @extended @NIR-01
  Scenario: [CS-NIC-015] A router loses no nic
    Given the kind of VM "vm1" is DomainRouter
    When the root admin calls removeNicFromVirtualMachine with
      | virtualmachineid | vm:vm1    |
      | nicid            | nic:vm1/0 |
    Then the request is refused because no-vm-to-unplug

  @CS-NIC-016 @SPEC-03 @extended @NIR-02
  Scenario: [CS-NIC-016] A VM with a VM snapshot loses no nic
    When the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1      |
      | networkid        | network:dmz |
    Then the request succeeds
    Given VM "vm1" has a VM snapshot
    When the owner calls removeNicFromVirtualMachine with
      | virtualmachineid | vm:vm1    |
      | nicid            | nic:vm1/1 |
    Then the request is refused because snapshots-keep-nic

  @CS-NIC-017 @SPEC-03 @extended @REQ-07
  Scenario: [CS-NIC-017] A nic goes once
    When the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1      |
      | networkid        | network:dmz |
    Then the request succeeds
    When the owner calls removeNicFromVirtualMachine with
      | virtualmachineid | vm:vm1    |
      | nicid            | nic:vm1/1 |
    Then the request succeeds
    When the owner calls removeNicFromVirtualMachine with
      | virtualmachineid | vm:vm1    |
      | nicid            | nic:vm1/1 |
    Then the request is refused because removed-id

  @CS-NIC-018 @SPEC-03 @extended @NIR-04
  Scenario: [CS-NIC-018] A VM loses no nic of another
    Given a stopped VM "vm2" with ROOT volume "r2"
    When the owner calls removeNicFromVirtualMachine with
      | virtualmachineid | vm:vm2    |
      | nicid            | nic:vm1/0 |
    Then the request is refused because nic-of-another

  @CS-NIC-019 @SPEC-03 @extended @NIR-05
  Scenario: [CS-NIC-019] The default nic stays
    When the owner calls removeNicFromVirtualMachine with
      | virtualmachineid | vm:vm1    |
      | nicid            | nic:vm1/0 |
    Then the request is refused because nic-is-default

  @CS-NIC-020 @SPEC-03 @extended @NIR-06
  Scenario: [CS-NIC-020] A nic that a port is forwarded to stays
    When the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1      |
      | networkid        | network:dmz |
    Then the request succeeds
    When the owner calls associateIpAddress with
      | networkid | network:dmz |
    Then the request succeeds
    When the owner calls createPortForwardingRule with
      | ipaddressid      | address:dmz |
      | virtualmachineid | vm:vm1      |
      | protocol         | tcp         |
      | publicport       | 80          |
      | privateport      | 80          |
    Then the request succeeds
    When the owner calls removeNicFromVirtualMachine with
      | virtualmachineid | vm:vm1    |
      | nicid            | nic:vm1/1 |
    Then the request is refused because nic-has-rules

  @CS-NIC-021 @SPEC-03 @extended @NIR-07
  Scenario: [CS-NIC-021] A destroyed VM loses no nic
    When the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1      |
      | networkid        | network:dmz |
    Then the request succeeds
    Given VM "vm1" is Destroyed
    When the root admin calls removeNicFromVirtualMachine with
      | virtualmachineid | vm:vm1    |
      | nicid            | nic:vm1/1 |
    Then the request is refused because not-steady-for-nic

  @CS-NIC-022 @SPEC-03 @extended @NID-01
  Scenario: [CS-NIC-022] A router keeps its default nic
    Given the kind of VM "vm1" is DomainRouter
    When the root admin calls updateDefaultNicForVirtualMachine with
      | virtualmachineid | vm:vm1    |
      | nicid            | nic:vm1/0 |
    Then the request is refused because no-vm-for-password

  @CS-NIC-023 @SPEC-03 @extended @NID-02
  Scenario: [CS-NIC-023] A VM with a VM snapshot keeps its default nic
    When the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1      |
      | networkid        | network:dmz |
    Then the request succeeds
    Given VM "vm1" has a VM snapshot
    When the owner calls updateDefaultNicForVirtualMachine with
      | virtualmachineid | vm:vm1    |
      | nicid            | nic:vm1/1 |
    Then the request is refused because snapshots-keep-default

  @CS-NIC-024 @SPEC-03 @extended @REQ-07
  Scenario: [CS-NIC-024] A nic that is gone is no default one
    When the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1      |
      | networkid        | network:dmz |
    Then the request succeeds
    When the owner calls removeNicFromVirtualMachine with
      | virtualmachineid | vm:vm1    |
      | nicid            | nic:vm1/1 |
    Then the request succeeds
    When the owner calls updateDefaultNicForVirtualMachine with
      | virtualmachineid | vm:vm1    |
      | nicid            | nic:vm1/1 |
    Then the request is refused because removed-id

  @CS-NIC-025 @SPEC-03 @extended @NID-04
  Scenario: [CS-NIC-025] A nic of another VM is no default one
    Given a stopped VM "vm2" with ROOT volume "r2"
    When the owner calls updateDefaultNicForVirtualMachine with
      | virtualmachineid | vm:vm2    |
      | nicid            | nic:vm1/0 |
    Then the request is refused because default-of-another

  @CS-NIC-026 @SPEC-03 @extended @NID-05
  Scenario: [CS-NIC-026] The default nic is that already
    When the owner calls updateDefaultNicForVirtualMachine with
      | virtualmachineid | vm:vm1    |
      | nicid            | nic:vm1/0 |
    Then the request is refused because default-already

  @CS-NIC-027 @SPEC-03 @extended @NID-06
  Scenario: [CS-NIC-027] A destroyed VM keeps its default nic
    When the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1      |
      | networkid        | network:dmz |
    Then the request succeeds
    Given VM "vm1" is Destroyed
    When the root admin calls updateDefaultNicForVirtualMachine with
      | virtualmachineid | vm:vm1    |
      | nicid            | nic:vm1/1 |
    Then the request is refused because not-steady-for-default

  @CS-NIC-028 @SPEC-03 @extended @NIL-01
  Scenario: [CS-NIC-028] A router's nics are not listed
    Given the kind of VM "vm1" is DomainRouter
    When the root admin calls listNics with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because no-vm-to-list-nics

  @CS-NIC-029 @SPEC-03 @extended @NIL-02
  Scenario: [CS-NIC-029] The other's nics are not listed
    When the other calls listNics with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because nics-of-others

  @CS-NIC-030 @SPEC-03 @extended @NIP-01
  Scenario: [CS-NIC-030] The new address of a nic is one
    When the owner calls updateVmNicIp with
      | nicid     | nic:vm1/0 |
      | ipaddress | here      |
    Then the request is refused because new-address-invalid

  @CS-NIC-031 @SPEC-03 @extended @NIP-02
  Scenario: [CS-NIC-031] A nic that is gone has no new address
    When the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1      |
      | networkid        | network:dmz |
    Then the request succeeds
    When the owner calls removeNicFromVirtualMachine with
      | virtualmachineid | vm:vm1    |
      | nicid            | nic:vm1/1 |
    Then the request succeeds
    When the owner calls updateVmNicIp with
      | nicid | nic:vm1/1 |
    Then the request is refused because no-nic-to-move

  @CS-NIC-032 @SPEC-03 @extended @NIP-03
  Scenario: [CS-NIC-032] A router's nic has no new address
    Given the kind of VM "vm1" is DomainRouter
    When the root admin calls updateVmNicIp with
      | nicid | nic:vm1/0 |
    Then the request is refused because not-a-users-nic

  @CS-NIC-033 @SPEC-03 @extended @NIP-04
  Scenario: [CS-NIC-033] The nic of a running VM keeps its address
    Given VM "vm1" is Running
    When the owner calls updateVmNicIp with
      | nicid | nic:vm1/0 |
    Then the request is refused because not-stopped-to-move-nic

  @CS-NIC-034 @SPEC-03 @extended @NIP-05
  Scenario: [CS-NIC-034] The other moves no nic
    When the other calls updateVmNicIp with
      | nicid | nic:vm1/0 |
    Then the request is refused because nic-of-owner

  @CS-NIC-035 @SPEC-03 @extended @NIP-06
  Scenario: [CS-NIC-035] An address that is taken is not to be had
    Given a stopped VM "vm2" with ROOT volume "r2"
    When the owner calls updateVmNicIp with
      | nicid     | nic:vm1/0  |
      | ipaddress | 172.31.0.7 |
    Then the request is refused because new-address-taken

  @CS-NIC-036 @SPEC-03 @extended @JOI-01
  Scenario: [CS-NIC-036] A new VM names its networks in one way
    When the owner deploys a VM with
      | networkids                   | network:dmz |
      | iptonetworklist[0].networkid | network:dmz |
    Then the request is refused because networks-named-twice

  @CS-NIC-037 @SPEC-03 @extended @JOI-02
  Scenario: [CS-NIC-037] A new VM joins networks there are
    When the owner deploys a VM with
      | iptonetworklist[0].networkid | nowhere |
    Then the request is refused because network-unknown

  @CS-NIC-038 @SPEC-03 @extended @JOI-03
  Scenario: [CS-NIC-038] A new VM has a MAC address that is one
    When the owner deploys a VM with
      | macaddress | no |
    Then the request is refused because mac-invalid-at-once

  @CS-NIC-039 @SPEC-03 @extended @JOI-04
  Scenario: [CS-NIC-039] A new VM has a MAC address for itself
    When the owner deploys a VM with
      | macaddress | 01:00:00:00:00:01 |
    Then the request is refused because mac-multicast-at-once

  @CS-NIC-040 @SPEC-03 @extended @JOI-05
  Scenario: [CS-NIC-040] A new VM has an address that is one
    When the owner deploys a VM with
      | iptonetworklist[0].networkid | network:dmz |
      | iptonetworklist[0].ip        | 10.1        |
    Then the request is refused because address-invalid-at-once

  @CS-NIC-041 @SPEC-03 @extended @JOI-06
  Scenario: [CS-NIC-041] A new VM has a MAC address that is free
    When the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1            |
      | networkid        | network:dmz       |
      | macaddress       | 02:00:00:00:00:07 |
    Then the request succeeds
    When the owner deploys a VM with
      | iptonetworklist[0].networkid | network:dmz       |
      | iptonetworklist[0].mac       | 02:00:00:00:00:07 |
    Then the request is refused because mac-taken

  @CS-NIC-042 @SPEC-03 @extended @fs-only @JOI-07
  Scenario: [CS-NIC-042] A new VM has an address of its network
    When the owner deploys a VM with
      | iptonetworklist[0].networkid | network:dmz |
      | iptonetworklist[0].ip        | 172.31.0.7  |
    Then the request is refused because address-not-of-network

  @CS-NIC-042 @SPEC-03 @acs-quirk @JOI-07
  Scenario: [CS-NIC-042] A new VM without an address of its network stays in Error
    When the owner deploys a VM with
      | iptonetworklist[0].networkid | network:dmz |
      | iptonetworklist[0].ip        | 172.31.0.7  |
    Then 1 of the requests failed because address-not-of-network
    When the owner calls listVirtualMachines with
      | state | Error |
    Then the answer counts 1 and has 1

  @CS-NIC-043 @SPEC-03 @extended @NIA-11
  Scenario: [CS-NIC-043] A VM's name is its own in a network
    Given a stopped VM "vm2" with ROOT volume "r2"
    When the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm2      |
      | networkid        | network:dmz |
    Then the request succeeds
    Given the name of VM "vm1" is twin
    And the name of VM "vm2" is twin
    When the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1      |
      | networkid        | network:dmz |
    Then the request is refused because name-in-network
