@volume
Feature: Limits, at the last that fits and the first that does not

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1"

  @CS-LMB-001 @SPEC-03 @admin @DEP-06
  Scenario Outline: [CS-LMB-001] With <max> of resource <code> for the <whose> a second VM fits, a third does not
    When the root admin calls updateResourceLimit with
      | resourcetype | <code>       |
      | max          | <max>        |
      | domainid     | domain:owner |
      | <key>        | <value>      |
    Then the request succeeds
    When the owner deploys a VM with
      | name | web1 |
    Then the request succeeds
    When the owner deploys a VM with
      | name | web2 |
    Then the request is refused because <reason>

    Examples:
      | whose   | code | max  | key      | value         | reason               |
      | account | 0    | 2    | account  | account:owner | vm-limit             |
      | account | 8    | 2    | account  | account:owner | cpu-limit            |
      | account | 9    | 1024 | account  | account:owner | memory-limit         |
      | account | 2    | 2    | account  | account:owner | volume-limit         |
      | account | 10   | 4    | account  | account:owner | storage-limit        |
      | domain  | 0    | 2    | domainid | domain:owner  | domain-vm-limit      |
      | domain  | 8    | 2    | domainid | domain:owner  | domain-cpu-limit     |
      | domain  | 9    | 1024 | domainid | domain:owner  | domain-memory-limit  |
      | domain  | 2    | 2    | domainid | domain:owner  | domain-volume-limit  |
      | domain  | 10   | 4    | domainid | domain:owner  | domain-storage-limit |

  @CS-LMB-002 @SPEC-03 @admin @CRE-13
  Scenario Outline: [CS-LMB-002] With <max> of resource <code> for the <whose> one volume more fits, a second does not
    When the root admin calls updateResourceLimit with
      | resourcetype | <code>       |
      | max          | <max>        |
      | domainid     | domain:owner |
      | <key>        | <value>      |
    Then the request succeeds
    When the owner calls createVolume with
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:Small  |
    Then the request succeeds
    When the owner calls createVolume with
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:Small  |
    Then the request is refused because <reason>

    Examples:
      | whose   | code | max | key      | value         | reason               |
      | account | 2    | 2   | account  | account:owner | volume-limit         |
      | account | 10   | 7   | account  | account:owner | storage-limit        |
      | domain  | 2    | 2   | domainid | domain:owner  | domain-volume-limit  |
      | domain  | 10   | 7   | domainid | domain:owner  | domain-storage-limit |

  @CS-LMB-003 @SPEC-03 @admin @SNA-03
  Scenario Outline: [CS-LMB-003] With one snapshot for the <whose> a second does not fit
    When the root admin calls updateResourceLimit with
      | resourcetype | 3            |
      | max          | 1            |
      | domainid     | domain:owner |
      | <key>        | <value>      |
    Then the request succeeds
    When the owner calls createSnapshot with
      | volumeid | volume:r1 |
    Then the request succeeds
    When the owner calls createSnapshot with
      | volumeid | volume:r1 |
    Then the request is refused because <reason>

    Examples:
      | whose   | key      | value         | reason                |
      | account | account  | account:owner | snapshot-limit        |
      | domain  | domainid | domain:owner  | domain-snapshot-limit |

  @CS-LMB-004 @SPEC-03 @admin @REG-06
  Scenario Outline: [CS-LMB-004] With one template for the <whose> a second does not fit
    When the root admin calls updateResourceLimit with
      | resourcetype | 4            |
      | max          | 1            |
      | domainid     | domain:owner |
      | <key>        | <value>      |
    Then the request succeeds
    When the owner calls registerTemplate with
      | url         | http://203.0.113.7/t1.qcow2 |
      | format      | QCOW2                       |
      | hypervisor  | KVM                         |
      | name        | t1                          |
      | displaytext | text                        |
      | zoneid      | zone:a-zone                 |
      | ostypeid    | ostype:CentOS 7             |
    Then the request succeeds
    When the owner calls registerTemplate with
      | url         | http://203.0.113.7/t2.qcow2 |
      | format      | QCOW2                       |
      | hypervisor  | KVM                         |
      | name        | t2                          |
      | displaytext | text                        |
      | zoneid      | zone:a-zone                 |
      | ostypeid    | ostype:CentOS 7             |
    Then the request is refused because <reason>

    Examples:
      | whose   | key      | value         | reason                |
      | account | account  | account:owner | template-limit        |
      | domain  | domainid | domain:owner  | domain-template-limit |

  @CS-LMB-005 @SPEC-03 @admin @NWC-04
  Scenario Outline: [CS-LMB-005] With two networks for the <whose> a third does not fit
    When the root admin calls updateResourceLimit with
      | resourcetype | 6            |
      | max          | 2            |
      | domainid     | domain:owner |
      | <key>        | <value>      |
    Then the request succeeds
    When the owner calls createNetwork with
      | displaytext       | o                                                       |
      | name              | net2                                                    |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:a-zone                                             |
    Then the request succeeds
    When the owner calls createNetwork with
      | displaytext       | o                                                       |
      | name              | net3                                                    |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:a-zone                                             |
    Then the request is refused because <reason>

    Examples:
      | whose   | key      | value         | reason               |
      | account | account  | account:owner | network-limit        |
      | domain  | domainid | domain:owner  | domain-network-limit |

  @CS-LMB-006 @SPEC-03 @admin
  Scenario: [CS-LMB-006] What accounts of the domains below have counts for a domain
    Given a stopped VM "vm2" with ROOT volume "r2" of the branch owner
    When the root admin calls updateResourceLimit with
      | resourcetype | 2            |
      | max          | 3            |
      | domainid     | domain:owner |
    Then the request succeeds
    When the branch owner calls createVolume with
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:Small  |
    Then the request succeeds
    When the owner calls createVolume with
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:Small  |
    Then the request is refused because domain-volume-limit
    When the root admin calls listDomains with
      | id | domain:branch owner |
    Then the answer shows
      | volumelimit     | 3 |
      | volumetotal     | 2 |
      | volumeavailable | 1 |
    When the root admin calls listDomains with
      | id | domain:owner |
    Then the answer shows
      | volumelimit     | 3 |
      | volumetotal     | 3 |
      | volumeavailable | 0 |

  @CS-LMB-007 @SPEC-03 @admin @CRE-13
  Scenario: [CS-LMB-007] Neither what is destroyed nor what is hidden nor what is deleted counts
    Given a Ready data volume "d2" made on VM "vm1"
    And the setting "max.account.volumes" is "2"
    When the owner calls destroyVolume with
      | id | volume:d2 |
    Then the request succeeds
    And the owner owns 1 volumes of 2 GiB in all
    When the root admin calls createVolume with
      | zoneid         | zone:a-zone   |
      | diskofferingid | disk:Small    |
      | account        | account:owner |
      | domainid       | domain:owner  |
      | displayvolume  | false         |
    Then the request succeeds
    And the owner owns 1 volumes of 2 GiB in all
    When the owner calls createVolume with
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:Small  |
    Then the request succeeds
    When the owner calls createVolume with
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:Small  |
    Then the request is refused because volume-limit

  @CS-LMB-008 @SPEC-03 @admin @CRE-13
  Scenario: [CS-LMB-008] A deleted volume and an expunged VM make room
    Given an Allocated data volume "d2"
    And the setting "max.account.volumes" is "2"
    And the setting "max.account.user.vms" is "1"
    When the owner calls createVolume with
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:Small  |
    Then the request is refused because volume-limit
    Given volume "d2" has been deleted
    When the owner calls createVolume with
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:Small  |
    Then the request succeeds
    When the root admin calls destroyVirtualMachine with
      | id      | vm:vm1 |
      | expunge | true   |
    Then the request succeeds
    And the owner owns 1 volumes of 5 GiB in all
    When the owner deploys a VM with
      | name | web |
    Then the request succeeds

  @CS-LMB-009 @SPEC-03 @admin
  Scenario: [CS-LMB-009] -1 is no limit, and an account's own limit is stronger than the setting
    Given the setting "max.account.volumes" is "1"
    When the root admin calls updateResourceLimit with
      | resourcetype | 2             |
      | max          | -1            |
      | account      | account:owner |
      | domainid     | domain:owner  |
    Then the request succeeds
    When the owner calls createVolume with
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:Small  |
    Then the request succeeds
    When the root admin calls listAccounts with
      | id | accountid:owner |
    Then the answer shows
      | volumelimit     | Unlimited |
      | volumetotal     | 2         |
      | volumeavailable | Unlimited |
      | vmlimit         | 20        |
      | vmtotal         | 1         |
      | vmavailable     | 19        |
      | vmstopped       | 1         |
      | vmrunning       | 0         |

  @CS-LMB-010 @SPEC-03 @admin @CRE-13
  Scenario: [CS-LMB-010] A project has the limits of projects
    Given a stopped VM "vm2" with ROOT volume "r2" of the project
    And the setting "max.project.volumes" is "1"
    When the owner calls createVolume with
      | zoneid         | zone:a-zone       |
      | diskofferingid | disk:Small        |
      | projectid      | accountid:project |
    Then the request is refused because project-volume-limit
    When the owner calls createVolume with
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:Small  |
    Then the request succeeds

  @CS-LMB-011 @SPEC-03 @admin
  Scenario Outline: [CS-LMB-011] With <max> projects for the <whose> one more does not fit
    When the root admin calls updateResourceLimit with
      | resourcetype | 5            |
      | max          | 1            |
      | domainid     | domain:owner |
      | <key>        | <value>      |
    Then the request succeeds
    When the owner calls createProject with
      | name        | p1 |
      | displaytext | p1 |
    Then the request succeeds
    When the owner calls createProject with
      | name        | p2 |
      | displaytext | p2 |
    Then the request is refused because <reason>

    Examples:
      | whose   | max | key      | value         | reason               |
      | account | 1   | account  | account:owner | project-limit        |
      | domain  | 1   | domainid | domain:owner  | domain-project-limit |

  @CS-LMB-012 @SPEC-03 @admin
  Scenario Outline: [CS-LMB-012] With two addresses for the <whose> a third does not fit
    Given VM "vm1" is Running
    When the root admin calls updateResourceLimit with
      | resourcetype | 1            |
      | max          | 2            |
      | domainid     | domain:owner |
      | <key>        | <value>      |
    Then the request succeeds
    When the owner calls associateIpAddress with
      | zoneid | zone:a-zone |
    Then the request succeeds
    When the owner calls associateIpAddress with
      | zoneid | zone:a-zone |
    Then the request is refused because address-limit

    Examples:
      | whose   | key      | value         |
      | account | account  | account:owner |
      | domain  | domainid | domain:owner  |
