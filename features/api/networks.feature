@api
Feature: Networks, addresses and the rules on them

  Background:
    When the owner calls createNetwork with
      | name              | net1                                                  |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:zone1                                            |
    Then the request succeeds

  @CS-NET-001 @SPEC-03 @extended @NWC-01
  Scenario: [CS-NET-001] No second network of the other, 20 at most
    Given the setting "max.account.networks" is "20"
    When the owner calls createNetwork with
      | name              | net2                                                    |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:zone1                                              |
      | account           | account:other                                           |
      | domainid          | domain:other                                            |
    Then the request is refused because permission-denied

  @CS-NET-001 @SPEC-03 @extended @NWC-04
  Scenario: [CS-NET-001] No second network of the owner, 1 at most
    Given the setting "max.account.networks" is "1"
    When the owner calls createNetwork with
      | name              | net2                                                    |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:zone1                                              |
      | account           | account:owner                                           |
      | domainid          | domain:owner                                            |
    Then the request is refused because network-limit

  @CS-NET-002 @SPEC-03 @extended @NWD-01
  Scenario: [CS-NET-002] A network with a VM on it stays
    Given a stopped VM "vm1" with ROOT volume "r1"
    When the owner calls deleteNetwork with
      | id | network:net1 |
    Then the request is refused because network-in-use
    When the root admin calls destroyVirtualMachine with
      | id      | vm:vm1 |
      | expunge | true   |
    And the owner calls deleteNetwork with
      | id | network:net1 |
    Then the request succeeds

  @CS-NET-003 @SPEC-03 @extended @AIP-01 @AIP-02 @AIP-03
  Scenario: [CS-NET-003] An address is taken for a network of one's own
    When the owner calls associateIpAddress with
      | account  | account:owner |
      | domainid | domain:owner  |
    Then the request is refused because no-place-for-address
    When the stranger calls associateIpAddress with
      | networkid | network:net1 |
    Then the request is refused because permission-denied
    When the owner calls associateIpAddress with
      | networkid | network:net1 |
    Then the request succeeds
    And the answer has the field "id"
    Given the setting "max.account.public.ips" is "1"
    When the owner calls associateIpAddress with
      | zoneid | zone:zone1 |
    Then the request is refused because address-limit

  @CS-NET-004 @SPEC-03 @extended @FWR-01
  Scenario: [CS-NET-004] createFirewallRule with pigeon from 1 to 2 is refused
    When the owner calls associateIpAddress with
      | networkid | network:net1 |
    And the owner calls createFirewallRule with
      | ipaddressid | address:net1 |
      | protocol    | tcp          |
      | startport   | 80           |
    Then the request succeeds
    When the owner calls createFirewallRule with
      | ipaddressid | address:net1 |
      | protocol    | pigeon       |
      | startport   | 1            |
      | endport     | 2            |
    Then the request is refused because protocol-unknown

  @CS-NET-004 @SPEC-03 @extended @FWR-02
  Scenario: [CS-NET-004] createFirewallRule with tcp from 2 to 1 is refused
    When the owner calls associateIpAddress with
      | networkid | network:net1 |
    And the owner calls createFirewallRule with
      | ipaddressid | address:net1 |
      | protocol    | tcp          |
      | startport   | 80           |
    Then the request succeeds
    When the owner calls createFirewallRule with
      | ipaddressid | address:net1 |
      | protocol    | tcp          |
      | startport   | 2            |
      | endport     | 1            |
    Then the request is refused because bad-ports

  @CS-NET-004 @SPEC-03 @extended @FWR-03
  Scenario: [CS-NET-004] createFirewallRule with TCP from 80 to 80 is refused
    When the owner calls associateIpAddress with
      | networkid | network:net1 |
    And the owner calls createFirewallRule with
      | ipaddressid | address:net1 |
      | protocol    | tcp          |
      | startport   | 80           |
    Then the request succeeds
    When the owner calls createFirewallRule with
      | ipaddressid | address:net1 |
      | protocol    | TCP          |
      | startport   | 80           |
      | endport     | 80           |
    Then the request is refused because rule-taken

  @CS-NET-004 @SPEC-03 @extended @EFW-01
  Scenario: [CS-NET-004] createEgressFirewallRule with pigeon from 1 to 2 is refused
    When the owner calls associateIpAddress with
      | networkid | network:net1 |
    And the owner calls createEgressFirewallRule with
      | networkid | network:net1 |
      | protocol  | tcp          |
      | startport | 80           |
    Then the request succeeds
    When the owner calls createEgressFirewallRule with
      | networkid | network:net1 |
      | protocol  | pigeon       |
      | startport | 1            |
      | endport   | 2            |
    Then the request is refused because protocol-unknown

  @CS-NET-004 @SPEC-03 @extended @EFW-02
  Scenario: [CS-NET-004] createEgressFirewallRule with udp from 1 to 65536 is refused
    When the owner calls associateIpAddress with
      | networkid | network:net1 |
    And the owner calls createEgressFirewallRule with
      | networkid | network:net1 |
      | protocol  | tcp          |
      | startport | 80           |
    Then the request succeeds
    When the owner calls createEgressFirewallRule with
      | networkid | network:net1 |
      | protocol  | udp          |
      | startport | 1            |
      | endport   | 65536        |
    Then the request is refused because bad-ports

  @CS-NET-004 @SPEC-03 @extended @EFW-03
  Scenario: [CS-NET-004] createEgressFirewallRule with tcp from 80 to 80 is refused
    When the owner calls associateIpAddress with
      | networkid | network:net1 |
    And the owner calls createEgressFirewallRule with
      | networkid | network:net1 |
      | protocol  | tcp          |
      | startport | 80           |
    Then the request succeeds
    When the owner calls createEgressFirewallRule with
      | networkid | network:net1 |
      | protocol  | tcp          |
      | startport | 80           |
      | endport   | 80           |
    Then the request is refused because rule-taken

  @CS-NET-005 @SPEC-03 @extended @PFW-01 @PFW-02 @PFW-03 @PFW-04 @PFW-05 @ASM-07
  Scenario: [CS-NET-005] A port leads to a VM of one's own, on the network of the address
    Given a stopped VM "vm1" with ROOT volume "r1"
    And a stopped VM "vm2" with ROOT volume "r2" of the other
    When the owner calls associateIpAddress with
      | networkid | network:net1 |
    And the owner calls createPortForwardingRule with
      | ipaddressid      | address:net1 |
      | virtualmachineid | vm:vm1       |
      | protocol         | icmp         |
      | publicport       | 22           |
      | privateport      | 22           |
    Then the request is refused because protocol-unknown
    When the owner calls createPortForwardingRule with
      | ipaddressid      | address:net1 |
      | virtualmachineid | vm:vm1       |
      | protocol         | tcp          |
      | publicport       | 22           |
      | publicendport    | 23           |
      | privateport      | 22           |
    Then the request is refused because bad-ports
    When the owner calls createPortForwardingRule with
      | ipaddressid      | address:net1 |
      | virtualmachineid | vm:vm2       |
      | protocol         | tcp          |
      | publicport       | 22           |
      | privateport      | 22           |
    Then the request is refused because permission-denied
    When the root admin calls createPortForwardingRule with
      | ipaddressid      | address:net1 |
      | virtualmachineid | vm:vm2       |
      | protocol         | tcp          |
      | publicport       | 22           |
      | privateport      | 22           |
    Then the request is refused because not-on-network
    When the owner calls createPortForwardingRule with
      | ipaddressid      | address:net1 |
      | virtualmachineid | vm:vm1       |
      | protocol         | tcp          |
      | publicport       | 22           |
      | privateport      | 22           |
    Then the request succeeds
    When the owner calls createPortForwardingRule with
      | ipaddressid      | address:net1 |
      | virtualmachineid | vm:vm1       |
      | protocol         | TCP          |
      | publicport       | 20           |
      | publicendport    | 30           |
      | privateport      | 20           |
      | privateendport   | 30           |
    Then the request is refused because port-taken
    When the root admin calls assignVirtualMachine with
      | virtualmachineid | vm:vm1        |
      | account          | account:other |
      | domainid         | domain:other  |
    Then the request is refused because forwarded-to-assign

  @CS-NET-006 @SPEC-03 @extended @DEP-09 @DEP-10
  Scenario: [CS-NET-006] A VM is put on a network of its zone and its owner
    When the owner deploys a VM with
      | networkids | network:net1 |
      | zoneid     | zone:zone2   |
    Then the request is refused because network-of-another-zone
    When the other deploys a VM with
      | networkids | network:net1 |
    Then the request is refused because permission-denied
    When the owner deploys a VM with
      | networkids | network:net1 |
    Then the request succeeds
