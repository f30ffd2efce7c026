@vm
Feature: More addresses of nics, and public addresses that lead to VMs

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1"

  @CS-SIP-001 @SPEC-15 @extended @fs-only @NSR-03
  Scenario: [CS-SIP-001] A nic gets an address, which leads somewhere, and goes again
    When the owner calls addIpToNic with
      | nicid     | nic:vm1/0 |
      | ipaddress | 10.1.1.77 |
    Then the request succeeds
    When the owner calls associateIpAddress with
      | zoneid | zone:a-zone |
    And the owner calls enableStaticNat with
      | ipaddressid      | last:id   |
      | virtualmachineid | vm:vm1    |
      | vmguestip        | 10.1.1.77 |
    Then the request succeeds
    When the owner calls removeIpFromNic with
      | id | secondary:10.1.1.77 |
    Then the request is refused because led-to-secondary
    When the owner calls listPublicIpAddresses with
      | isstaticnat | true |
    Then the answer has the field "publicipaddress"
    When the owner calls disableStaticNat with
      | ipaddressid | publicip:nat/vm1 |
    Then the request succeeds
    When the owner calls removeIpFromNic with
      | id | secondary:10.1.1.77 |
    Then the request succeeds

  @CS-SIP-001 @SPEC-15 @acs-quirk
  Scenario: [CS-SIP-001] A nic gets an address and loses it though static NAT leads to it
    When the owner calls addIpToNic with
      | nicid     | nic:vm1/0 |
      | ipaddress | 10.1.1.77 |
    Then the request succeeds
    When the owner calls associateIpAddress with
      | zoneid | zone:a-zone |
    And the owner calls enableStaticNat with
      | ipaddressid      | last:id   |
      | virtualmachineid | vm:vm1    |
      | vmguestip        | 10.1.1.77 |
    Then the request succeeds
    When the owner calls removeIpFromNic with
      | id | secondary:10.1.1.77 |
    Then the request succeeds
    When the owner calls listPublicIpAddresses with
      | isstaticnat | true |
    Then the answer shows
      | vmipaddress | 10.1.1.77 |
    When the owner calls disableStaticNat with
      | ipaddressid | publicip:nat/vm1 |
    Then the request succeeds

  @CS-SIP-002 @SPEC-03 @extended @NSA-01
  Scenario: [CS-SIP-002] A nic that is gone gets no address
    When the owner calls createNetwork with
      | displaytext       | o                                                       |
      | name              | dmz                                                     |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:a-zone                                             |
    And the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1      |
      | networkid        | network:dmz |
    Then the request succeeds
    When the owner calls removeNicFromVirtualMachine with
      | virtualmachineid | vm:vm1    |
      | nicid            | nic:vm1/1 |
    And the owner calls addIpToNic with
      | nicid | nic:vm1/1 |
    Then the request is refused because no-nic-for-address

  @CS-SIP-003 @SPEC-03 @extended @NSA-02
  Scenario: [CS-SIP-003] A router's nic gets no address
    Given the kind of VM "vm1" is DomainRouter
    When the root admin calls addIpToNic with
      | nicid | nic:vm1/0 |
    Then the request is refused because not-a-users-nic-for-address

  @CS-SIP-004 @SPEC-03 @extended @NSA-03
  Scenario: [CS-SIP-004] Nobody gives others' nics an address
    When the other calls addIpToNic with
      | nicid | nic:vm1/0 |
    Then the request is refused because nic-of-others-for-address

  @CS-SIP-005 @SPEC-03 @extended @NSA-04
  Scenario: [CS-SIP-005] A nic has as many addresses as the setting says
    Given the setting "vm.network.nic.max.secondary.ipaddresses" is "1"
    When the owner calls addIpToNic with
      | nicid | nic:vm1/0 |
    Then the request succeeds
    When the owner calls addIpToNic with
      | nicid | nic:vm1/0 |
    Then the request is refused because too-many-addresses

  @CS-SIP-006 @SPEC-03 @extended @NSA-05 @NSA-06
  Scenario Outline: [CS-SIP-006] No nic gets the address <address>
    When the owner calls addIpToNic with
      | nicid     | nic:vm1/0 |
      | ipaddress | <address> |
    Then the request is refused because <reason>

    Examples:
      | address  | reason            |
      | fd00::1  | no-ipv6-address   |
      | 10.1.1.1 | no-address-to-add |
      | 10.2.0.9 | no-address-to-add |

  @CS-SIP-007 @SPEC-03 @extended @NSR-02
  Scenario: [CS-SIP-007] Nobody takes an address off others' nics
    When the owner calls addIpToNic with
      | nicid     | nic:vm1/0 |
      | ipaddress | 10.1.1.77 |
    Then the request succeeds
    When the other calls removeIpFromNic with
      | id | secondary:10.1.1.77 |
    Then the request is refused because address-of-others

  @CS-SIP-008 @SPEC-03 @extended
  Scenario: [CS-SIP-008] An address goes once
    When the owner calls addIpToNic with
      | nicid     | nic:vm1/0 |
      | ipaddress | 10.1.1.77 |
    Then the request succeeds
    When the owner asks all at once
      | command         | id                  | after |
      | removeIpFromNic | secondary:10.1.1.77 |       |
      | removeIpFromNic | secondary:10.1.1.77 | 10    |
    Then 1 of the requests succeeded
    And 1 of the requests failed because unknown-id

  @CS-SIP-008 @SPEC-03 @extended @NSR-01
  Scenario: [CS-SIP-008] An address that goes twice at once goes once
    When the owner calls addIpToNic with
      | nicid     | nic:vm1/0 |
      | ipaddress | 10.1.1.77 |
    Then the request succeeds
    Given the work queue has just ticked
    When the owner asks all at once
      | command         | id                  |
      | removeIpFromNic | secondary:10.1.1.77 |
      | removeIpFromNic | secondary:10.1.1.77 |
    Then 1 of the requests succeeded
    And 1 of the requests failed because address-gone

  @CS-SNT-001 @SPEC-03 @extended @STN-09
  Scenario: [CS-SNT-001] The source NAT's address leads to no VM
    Given VM "vm1" is Running
    When the owner calls enableStaticNat with
      | ipaddressid      | publicip:sourcenat/vm1 |
      | virtualmachineid | vm:vm1                 |
    Then the request is refused because source-nat-leads-nowhere

  @CS-SNT-002 @SPEC-03 @extended @STN-02 @STN-08 @STF-02
  Scenario: [CS-SNT-002] An address leads to VMs of its network, to what they have
    When the owner calls createNetwork with
      | displaytext       | o                                                       |
      | name              | dmz                                                     |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:a-zone                                             |
    And the owner calls associateIpAddress with
      | networkid | network:dmz |
    And the owner calls enableStaticNat with
      | ipaddressid      | address:dmz |
      | virtualmachineid | vm:vm1      |
    Then the request is refused because not-on-network-to-lead
    When the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1      |
      | networkid        | network:dmz |
    And the owner calls enableStaticNat with
      | ipaddressid      | address:dmz |
      | virtualmachineid | vm:vm1      |
      | vmguestip        | 10.1.1.99   |
    Then the request is refused because not-the-vms-address
    When the owner calls disableStaticNat with
      | ipaddressid | address:dmz |
    Then the request is refused because leads-nowhere

  @CS-SNT-003 @SPEC-03 @extended @STN-03
  Scenario: [CS-SNT-003] A network without static NAT has none
    When the root admin calls createNetworkOffering with
      | displaytext                     | o             |
      | name                            | plain         |
      | guestiptype                     | Isolated      |
      | traffictype                     | GUEST         |
      | supportedservices               | SourceNat     |
      | serviceproviderlist[0].service  | SourceNat     |
      | serviceproviderlist[0].provider | VirtualRouter |
      | enable                          | true          |
    And the owner calls createNetwork with
      | displaytext       | o           |
      | name              | dmz         |
      | networkofferingid | plan:plain  |
      | zoneid            | zone:a-zone |
    And the owner calls associateIpAddress with
      | networkid | network:dmz |
    And the owner calls addNicToVirtualMachine with
      | virtualmachineid | vm:vm1      |
      | networkid        | network:dmz |
    And the owner calls enableStaticNat with
      | ipaddressid      | address:dmz |
      | virtualmachineid | vm:vm1      |
    Then the request is refused because no-static-nat

  @CS-SNT-004 @SPEC-03 @extended @STN-04
  Scenario: [CS-SNT-004] No address leads to a router
    Given the kind of VM "vm1" is DomainRouter
    When the owner calls associateIpAddress with
      | zoneid | zone:a-zone |
    And the root admin calls enableStaticNat with
      | ipaddressid      | last:id |
      | virtualmachineid | vm:vm1  |
    Then the request is refused because leads-to-no-users-vm

  @CS-SNT-005 @SPEC-03 @extended @STN-01 @STN-05
  Scenario: [CS-SNT-005] The address of a system VM leads to no user's VM
    When the root admin calls enableStaticNat with
      | ipaddressid      | publicip:system/vm1 |
      | virtualmachineid | vm:vm1              |
    Then the request is refused because address-without-network
    When the root admin calls enableStaticNat with
      | ipaddressid      | publicip:system/vm1 |
      | virtualmachineid | vm:vm1              |
      | networkid        | networkof:vm1       |
    Then the request is refused because address-not-on-network-named

  @CS-SNT-006 @SPEC-03 @extended @STN-06
  Scenario: [CS-SNT-006] No address leads to a destroyed VM
    Given VM "vm1" is Destroyed
    When the owner calls associateIpAddress with
      | zoneid | zone:a-zone |
    And the root admin calls enableStaticNat with
      | ipaddressid      | last:id |
      | virtualmachineid | vm:vm1  |
    Then the request is refused because leads-to-destroyed-vm

  @CS-SNT-007 @SPEC-03 @extended @STN-07
  Scenario: [CS-SNT-007] Nobody has others' addresses lead somewhere
    When the owner calls associateIpAddress with
      | zoneid | zone:a-zone |
    And the other calls enableStaticNat with
      | ipaddressid      | last:id |
      | virtualmachineid | vm:vm1  |
    Then the request is refused because address-of-others-to-lead

  @CS-SNT-008 @SPEC-03 @extended @STN-10 @PFW-06
  Scenario: [CS-SNT-008] An address forwards ports or leads to a VM
    When the owner calls associateIpAddress with
      | zoneid | zone:a-zone |
    And the owner calls createPortForwardingRule with
      | ipaddressid      | last:id |
      | virtualmachineid | vm:vm1  |
      | protocol         | tcp     |
      | publicport       | 80      |
      | privateport      | 80      |
    Then the request succeeds
    When the owner calls enableStaticNat with
      | ipaddressid      | publicip:ruled/vm1 |
      | virtualmachineid | vm:vm1             |
    Then the request is refused because address-forwards
    When the owner calls associateIpAddress with
      | zoneid | zone:a-zone |
    And the owner calls enableStaticNat with
      | ipaddressid      | last:id |
      | virtualmachineid | vm:vm1  |
    Then the request succeeds
    When the owner calls createPortForwardingRule with
      | ipaddressid      | publicip:nat/vm1 |
      | virtualmachineid | vm:vm1           |
      | protocol         | tcp              |
      | publicport       | 80               |
      | privateport      | 80               |
    Then the request is refused because address-leads-already

  @CS-SNT-009 @SPEC-03 @extended @STN-11 @STN-12
  Scenario: [CS-SNT-009] One address leads to one VM
    Given a stopped VM "vm2" with ROOT volume "r2"
    When the owner calls associateIpAddress with
      | zoneid | zone:a-zone |
    And the owner calls enableStaticNat with
      | ipaddressid      | last:id |
      | virtualmachineid | vm:vm1  |
    Then the request succeeds
    When the owner calls enableStaticNat with
      | ipaddressid      | publicip:nat/vm1 |
      | virtualmachineid | vm:vm2           |
    Then the request is refused because leads-to-another
    When the owner calls enableStaticNat with
      | ipaddressid      | publicip:nat/vm1 |
      | virtualmachineid | vm:vm1           |
    Then the request is refused because led-to-already

  @CS-SNT-010 @SPEC-03 @extended
  Scenario: [CS-SNT-010] An address that was given back leads nowhere
    When the owner calls createNetwork with
      | displaytext       | o                                                       |
      | name              | dmz                                                     |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:a-zone                                             |
    And the owner calls associateIpAddress with
      | networkid | network:dmz |
    And the owner calls disassociateIpAddress with
      | id | address:dmz |
    Then the request succeeds
    When the owner calls enableStaticNat with
      | ipaddressid      | address:dmz |
      | virtualmachineid | vm:vm1      |
    Then the request is refused because address-given-back

  # Where others are, one of them may have it by then, and no longer lead it to a VM of theirs.
  @CS-SNT-011 @needs-stage @SPEC-03 @extended @STF-01
  Scenario: [CS-SNT-011] An address that was given back cannot be led away
    When the owner calls createNetwork with
      | displaytext       | o                                                       |
      | name              | dmz                                                     |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:a-zone                                             |
    And the owner calls associateIpAddress with
      | networkid | network:dmz |
    And the owner calls disassociateIpAddress with
      | id | address:dmz |
    Then the request succeeds
    When the owner calls disableStaticNat with
      | ipaddressid | address:dmz |
    Then the request is refused because given-back
