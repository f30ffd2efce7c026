@api
Feature: Networks, addresses and the rules on them

  Background:
    When the owner calls createNetwork with
      | displaytext       | o                                                       |
      | name              | net1                                                    |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:a-zone                                             |
    Then the request succeeds

  @CS-NET-001 @SPEC-03 @extended @OWN-14
  Scenario: [CS-NET-001] No second network of the other, 20 at most
    Given the setting "max.account.networks" is "20"
    When the owner calls createNetwork with
      | displaytext       | o                                                       |
      | name              | net2                                                    |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:a-zone                                             |
      | account           | account:other                                           |
      | domainid          | domain:other                                            |
    Then the request is refused because permission-denied

  @CS-NET-001 @SPEC-03 @extended @NWC-04
  Scenario: [CS-NET-001] No second network of the owner, 1 at most
    Given the setting "max.account.networks" is "1"
    When the owner calls createNetwork with
      | displaytext       | o                                                       |
      | name              | net2                                                    |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:a-zone                                             |
      | account           | account:owner                                           |
      | domainid          | domain:owner                                            |
    Then the request is refused because network-limit

  @CS-NET-020 @SPEC-03 @extended @NWC-06 @NWC-07 @NWC-08 @NWC-09 @NWC-10 @NWC-11 @NWC-12 @NWC-13 @NWC-16 @NWC-18 @NWC-20
  Scenario Outline: [CS-NET-020] A network with gateway <gateway>, <netmask>, <name> <value> is refused
    When the root admin calls createNetwork with
      | name              | net2                                                    |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:a-zone                                             |
      | gateway           | <gateway>                                               |
      | netmask           | <netmask>                                               |
      | <name>            | <value>                                                 |
      | <and>             | <more>                                                  |
    Then the request is refused because <reason>

    Examples:
      | gateway    | netmask       | name          | value    | and         | more    | reason             |
      | 10.9.0.1   | 255.255.255.0 | acltype       | odd      | displaytext | n       | acl-odd            |
      | 10.9.0.1   | 255.255.255.0 | acltype       | Domain   | displaytext | n       | acl-wrong          |
      | gate       | 255.255.255.0 | displaytext   | n        | acltype     | Account | gateway-odd        |
      | 10.9.0.1   | 255.255.255.0 | startip       | first    | displaytext | n       | first-address-odd  |
      | 10.9.0.1   | 255.255.255.0 | startip       | 10.9.0.9 | endip       | last    | last-address-odd   |
      | 10.9.0.255 | 255.255.255.0 | displaytext   | n        | acltype     | Account | gateway-broadcast  |
      | 10.9.0.1   | 255.0.255.0   | displaytext   | n        | acltype     | Account | gateway-broadcast  |
      | 10.9.0.1   | 0.0.0.0       | displaytext   | n        | acltype     | Account | netmask-odd        |
      | 10.9.0.1   | 255.255.255.0 | vlan          | 5        | displaytext | n       | vlan-unwanted      |
      | 10.9.0.1   | 255.255.255.0 | networkdomain | -odd-    | displaytext | n       | network-domain-odd |
      | 8.8.8.1    | 255.255.255.0 | displaytext   | n        | acltype     | Account | addresses-public   |

  @CS-NET-021 @SPEC-03 @extended @NWC-11
  Scenario: [CS-NET-021] A range of addresses without a netmask is refused
    When the root admin calls createNetwork with
      | displaytext       | o                                                       |
      | name              | net2                                                    |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:a-zone                                             |
      | gateway           | 10.9.0.1                                                |
      | startip           | 10.9.0.9                                                |
    Then the request is refused because range-without-netmask

  @CS-NET-022 @SPEC-03 @extended @NWC-15
  Scenario: [CS-NET-022] A user's network is not too large
    When the owner calls createNetwork with
      | displaytext       | o                                                       |
      | name              | net2                                                    |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:a-zone                                             |
      | gateway           | 10.9.0.1                                                |
      | netmask           | 255.255.248.0                                           |
    Then the request is refused because network-too-large

  @CS-NET-023 @SPEC-03 @extended @NWC-14 @NWC-17 @NWC-19 @NWC-21
  Scenario: [CS-NET-023] A network from an offering that wants a VLAN, or more
    When the owner calls createNetwork with
      | displaytext       | o                                 |
      | name              | net2                              |
      | networkofferingid | plan:DefaultSharedNetworkOffering |
      | zoneid            | zone:a-zone                       |
    Then the request is refused because network-of-root
    When the root admin calls createNetwork with
      | displaytext       | o                                 |
      | name              | net2                              |
      | networkofferingid | plan:DefaultSharedNetworkOffering |
      | zoneid            | zone:a-zone                       |
    Then the request is refused because vlan-wanted
    When the root admin calls createNetworkOffering with
      | name                            | with-vlan     |
      | displaytext                     | text          |
      | guestiptype                     | Isolated      |
      | traffictype                     | Guest         |
      | supportedservices               | SourceNat     |
      | serviceproviderlist[0].service  | SourceNat     |
      | serviceproviderlist[0].provider | VirtualRouter |
      | specifyvlan                     | true          |
      | enable                          | true          |
    And the owner calls createNetwork with
      | displaytext       | o              |
      | name              | net2           |
      | networkofferingid | plan:with-vlan |
      | zoneid            | zone:a-zone    |
    Then the request is refused because vlan-for-root
    When the root admin calls createNetwork with
      | displaytext       | o              |
      | name              | net2           |
      | networkofferingid | plan:with-vlan |
      | zoneid            | zone:a-zone    |
    Then the request is refused because vlan-wanted
    When the root admin calls createNetworkOffering with
      | name                            | without-nat   |
      | displaytext                     | text          |
      | guestiptype                     | Isolated      |
      | traffictype                     | Guest         |
      | supportedservices               | Dns           |
      | serviceproviderlist[0].service  | Dns           |
      | serviceproviderlist[0].provider | VirtualRouter |
      | enable                          | true          |
    And the root admin calls createNetwork with
      | displaytext       | o                |
      | name              | net2             |
      | networkofferingid | plan:without-nat |
      | zoneid            | zone:a-zone      |
    Then the request is refused because addresses-wanted

  @CS-NET-024 @SPEC-03 @extended @NWC-05
  Scenario: [CS-NET-024] Nobody but a root admin makes a network in a disabled zone
    Given the allocation of zone "a-zone" is off
    When the owner calls createNetwork with
      | displaytext       | o                                                       |
      | name              | net2                                                    |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:a-zone                                             |
    Then the request is refused because zone-closed-to-networks

  @CS-NET-025 @SPEC-03 @extended @NWD-02 @NWU-01 @NWR-01
  Scenario: [CS-NET-025] A network is not forced away, renamed oddly or restarted before it runs
    When the owner calls deleteNetwork with
      | id     | network:net1 |
      | forced | true         |
    Then the request is refused because forced-by-user
    When the owner calls updateNetwork with
      | id            | network:net1 |
      | networkdomain | -odd-        |
    Then the request is refused because network-domain-odd-later
    When the owner calls restartNetwork with
      | id | network:net1 |
    Then the request is refused because network-not-implemented
    When the owner calls updateNetwork with
      | id          | network:net1 |
      | displaytext | other        |
    Then the request succeeds

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
      | zoneid | zone:a-zone |
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
    Then the request is refused because ports-reversed

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
    Then the request is refused because port-too-high

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
    Then the request is refused because egress-rule-taken

  @CS-NET-031 @SPEC-03 @extended @FWR-01 @FWR-03 @FWR-04 @EFW-04
  Scenario: [CS-NET-031] Rules meet where they admit the same addresses to the same ports
    When the owner calls associateIpAddress with
      | networkid | network:net1 |
    And the owner calls createFirewallRule with
      | ipaddressid | address:net1            |
      | protocol    | tcp                     |
      | startport   | 80                      |
      | endport     | 90                      |
      | cidrlist    | 10.0.0.0/24,10.0.1.0/24 |
    Then the request succeeds
    When the owner calls createFirewallRule with
      | ipaddressid | address:net1    |
      | protocol    | tcp             |
      | startport   | 80              |
      | cidrlist    | 172.16.100.0/24 |
    Then the request succeeds
    When the owner calls createFirewallRule with
      | ipaddressid | address:net1               |
      | protocol    | tcp                        |
      | startport   | 85                         |
      | endport     | 100                        |
      | cidrlist    | 10.0.1.0/24,192.168.0.0/24 |
    Then the request is refused because rule-taken
    When the owner calls createFirewallRule with
      | ipaddressid | address:net1 |
      | protocol    | all          |
    Then the request is refused because protocol-unknown
    When the owner calls createFirewallRule with
      | ipaddressid | address:net1 |
      | protocol    | udp          |
    Then the request succeeds
    When the owner calls createFirewallRule with
      | ipaddressid | address:net1 |
      | protocol    | udp          |
    Then the request is refused because rule-without-ports-taken
    When the owner calls createFirewallRule with
      | ipaddressid | address:net1 |
      | protocol    | icmp         |
      | icmptype    | 8            |
      | icmpcode    | 0            |
    Then the request succeeds
    When the owner calls createFirewallRule with
      | ipaddressid | address:net1 |
      | protocol    | icmp         |
    Then the request succeeds
    When the owner calls createFirewallRule with
      | ipaddressid | address:net1 |
      | protocol    | icmp         |
      | icmptype    | 8            |
      | icmpcode    | 0            |
    Then the request is refused because icmp-rule-taken
    When the owner calls createEgressFirewallRule with
      | networkid | network:net1 |
      | protocol  | icmp         |
    Then the request succeeds
    When the owner calls createEgressFirewallRule with
      | networkid | network:net1 |
      | protocol  | icmp         |
    Then the request is refused because icmp-rule-taken

  @CS-NET-005 @SPEC-03 @extended @PFW-01 @PFW-02 @PFW-03 @PFW-04 @PFW-05 @PFW-07 @FWD-01 @ASM-07
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
      | virtualmachineid | vm:vm1       |
      | protocol         | tcp          |
      | publicport       | 22           |
      | privateport      | 23           |
      | privateendport   | 22           |
    Then the request is refused because ports-reversed
    When the owner calls createPortForwardingRule with
      | ipaddressid      | address:net1 |
      | virtualmachineid | vm:vm1       |
      | protocol         | tcp          |
      | publicport       | 22           |
      | publicendport    | 65536        |
      | privateport      | 22           |
    Then the request is refused because port-too-high
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
    When the owner calls deleteFirewallRule with
      | id | last:id |
    Then the request is refused because rule-of-another-kind
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
    Then the request is refused because not-to-assign

  @CS-NET-006 @SPEC-03 @extended @DEP-09 @DEP-10
  Scenario: [CS-NET-006] A VM is put on a network of its zone and its owner
    When the owner deploys a VM with
      | networkids | network:net1      |
      | zoneid     | zone:another-zone |
    Then the request is refused because network-of-another-zone
    When the other deploys a VM with
      | networkids | network:net1 |
    Then the request is refused because permission-denied
    When the owner deploys a VM with
      | networkids | network:net1 |
    Then the request succeeds

  @CS-NET-030 @SPEC-03 @extended @AIR-01 @AIR-02 @AIR-03 @AIR-04 @FWD-02 @FWL-01
  Scenario: [CS-NET-030] An address is given back with the rules on it
    When the owner calls associateIpAddress with
      | networkid | network:net1 |
    And the owner calls createFirewallRule with
      | ipaddressid | address:net1 |
      | protocol    | tcp          |
      | startport   | 80           |
    And the owner calls deletePortForwardingRule with
      | id | last:id |
    Then the request is refused because port-rule-unknown
    When the owner calls listFirewallRules with
      | networkid | network:net1 |
    Then the answer counts 1 and has 1
    When the owner calls disassociateIpAddress with
      | other | thing |
    Then the request is refused because address-unnamed
    When the owner calls disassociateIpAddress with
      | ipaddress | 192.0.2.255 |
    Then the request is refused because address-unknown
    When the stranger calls disassociateIpAddress with
      | id | address:net1 |
    Then the request is refused because permission-denied-late
    When the owner calls disassociateIpAddress with
      | id | address:net1 |
    Then the request succeeds
    When the owner calls listFirewallRules with
      | networkid | network:net1 |
    Then the answer is empty
    When the owner calls listFirewallRules with
      | ipaddressid | address:net1 |
    Then the request is refused because address-not-ready

  @CS-NET-031 @SPEC-03 @extended @AIR-04
  Scenario: [CS-NET-031] The address of a network's source NAT stays
    Given a running VM "vm1" with ROOT volume "r1"
    When the root admin calls disassociateIpAddress with
      | id | address:net1 |
    Then the request is refused because address-of-source-nat

  @CS-NET-030 @SPEC-03 @admin @NWC-23
  Scenario: [CS-NET-030] No network is made where nobody was named who provides its services
    When the root admin calls createNetworkOffering with
      | name              | nobodys  |
      | displaytext       | text     |
      | guestiptype       | Isolated |
      | traffictype       | Guest    |
      | supportedservices | Dhcp     |
      | enable            | true     |
    And the root admin calls createNetwork with
      | displaytext       | o             |
      | name              | net2          |
      | networkofferingid | plan:nobodys  |
      | zoneid            | zone:a-zone   |
      | gateway           | 10.9.0.1      |
      | netmask           | 255.255.255.0 |
    Then the request is refused because services-without-provider

  @CS-NET-030 @SPEC-03 @extended @NWC-22
  Scenario: [CS-NET-030] A netmask that is no number
    When the root admin calls createNetwork with
      | displaytext       | o                                                       |
      | name              | net2                                                    |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:a-zone                                             |
      | gateway           | 10.9.0.1                                                |
      | netmask           | wide                                                    |
    Then the request is refused because netmask-no-number

  @CS-NET-030 @SPEC-03 @extended @OWN-19
  Scenario: [CS-NET-030] No address is taken for a project that is gone
    When the owner calls deleteProject with
      | id | accountid:project |
    Then the request succeeds
    When the owner calls associateIpAddress with
      | zoneid    | zone:a-zone       |
      | projectid | accountid:project |
    Then the request is refused because address-of-no-project
