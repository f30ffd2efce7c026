@api
Feature: What lists are asked for

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1"

  @CS-LST-001 @SPEC-03 @extended @LST-01 @LST-02 @LST-03 @LST-04
  Scenario Outline: [CS-LST-001] Page <page> of <size> volumes is refused
    When the owner calls listVolumes with
      | page     | <page> |
      | pagesize | <size> |
    Then the request is refused because <reason>

    Examples:
      | page | size | reason         |
      | 1    | 501  | page-too-large |
      | 1    | -1   | page-of-all    |

  @CS-LST-001 @SPEC-03 @extended @LST-01 @LST-02
  Scenario Outline: [CS-LST-001] The parameter <name> alone is refused
    When the owner calls listVolumes with
      | <name> | 5 |
    Then the request is refused because <reason>

    Examples:
      | name     | reason            |
      | page     | page-without-size |
      | pagesize | size-without-page |

  @CS-LST-002 @SPEC-03 @extended @LST-05
  Scenario: [CS-LST-002] One id and several at once are refused
    When the owner calls listVolumes with
      | id  | volume:r1 |
      | ids | volume:r1 |
    Then the request is refused because id-and-ids

  @CS-LST-003 @SPEC-03 @extended @LST-06 @LST-07 @LST-08 @LST-09 @LST-20 @LST-21 @LST-22 @LST-23 @LST-24 @LST-15
  Scenario Outline: [CS-LST-003] The root admin's <command> with <name> <value> is refused
    When the root admin calls <command> with
      | <name> | <value> |
      | <and>  | <more>  |
    Then the request is refused because <reason>

    Examples:
      | command               | name              | value  | and           | more              | reason              |
      | listVolumes           | storageid         | label  | listall       | true              | pool-text-unknown   |
      | listVirtualMachines   | storageid         | 999999 | listall       | true              | pool-gone           |
      | listVirtualMachines   | leased            | true   | listall       | true              | no-leases           |
      | listVirtualMachines   | hypervisor        | Odd    | listall       | true              | hypervisor-odd      |
      | listStoragePools      | scope             | planet | listall       | true              | scope-odd           |
      | listStoragePools      | status            | odd    | listall       | true              | pool-status-odd     |
      | listNetworks          | networkfilter     | odd    | listall       | true              | networkfilter-odd   |
      | listNetworks          | issystem          | true   | account       | account:owner     | system-of-somebody  |
      | listNetworks          | supportedservices | Odd    | listall       | true              | service-odd         |
      | listNetworkOfferings  | supportedservices | Odd    | guestiptype   | Isolated          | service-odd         |
      | listPublicIpAddresses | state             | Free   | allocatedonly | true              | free-and-taken      |

  @CS-LST-004 @SPEC-03 @extended @LST-10 @LST-11 @LST-12 @LST-13
  Scenario Outline: [CS-LST-004] Events with <name> <value> are refused
    When the owner calls listEvents with
      | <name> | <value> |
      | <and>  | <more>  |
    Then the request is refused because <reason>

    Examples:
      | name         | value                                | and          | more   | reason               |
      | startdate    | yesterday                            | level        | INFO   | date-odd             |
      | resourcetype | Odd                                  | level        | INFO   | resource-type-odd    |
      | resourceid   | volume:r1                            | level        | INFO   | resource-type-absent |
      | resourceid   | 00000000-0000-4000-8000-000000000000 | resourcetype | Volume | resource-odd         |

  @CS-LST-004 @SPEC-03 @extended @LST-14 @unless-events-without-state
  Scenario: [CS-LST-004] Events in an odd state are refused
    When the owner calls listEvents with
      | state | Odd |
    Then the request is refused because event-state-odd

  @CS-LST-005 @SPEC-03 @extended @LST-19
  Scenario: [CS-LST-005] Volumes with a tag of no value are refused
    When the owner calls listVolumes with
      | tags[0].key | colour |
    Then the request is refused because tag-without-value

  @CS-LST-006 @SPEC-03 @extended @LST-25 @LST-26
  Scenario: [CS-LST-006] A domain that is gone or another's is refused
    When the root admin calls listDomains with
      | id | 999999 |
    Then the request is refused because domain-gone
    When the domain admin calls listDomains with
      | id | domain:stranger |
    Then the request is refused because domain-foreign

  @CS-LST-007 @SPEC-03 @extended @LST-27 @LST-28
  Scenario Outline: [CS-LST-007] A user's <command> with <name> is refused
    When the owner calls <command> with
      | <name> | true |
    Then the request is refused because <reason>

    Examples:
      | command              | name        | reason            |
      | listServiceOfferings | issystem    | system-offerings  |
      | listServiceOfferings | isrecursive | service-recursive |
      | listDiskOfferings    | isrecursive | disk-recursive    |
