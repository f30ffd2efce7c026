@api
Feature: Whose things a list shows, and for whom something is made

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-ACC-001 @SPEC-03 @extended
  Scenario: [CS-ACC-001] What a project owns is shown to its members where they ask for the project
    Given a stopped VM "vm2" with ROOT volume "p1" of the project
    Then listVolumes shows the owner "" with
      | id | volume:p1 |
    And listVolumes shows the owner "p1" with
      | id        | volume:p1         |
      | projectid | accountid:project |
    And listVolumes shows the owner "r1, d1" with
      | listall | true |
    And listVolumes shows the owner "p1" with
      | projectid | -1 |
    And listVolumes shows the owner "p1, r1, d1" with
      | projectid | -1   |
      | listall   | true |
    And listVolumes shows the root admin "p1" with
      | id | volume:p1 |
    And listVolumes shows the root admin "p1" with
      | projectid | -1 |
    And listVolumes shows the root admin "p1, r1, d1" with
      | projectid | -1   |
      | listall   | true |
    And listVolumes shows the domain admin "p1" with
      | id | volume:p1 |
    And listVolumes shows the other "" with
      | projectid | -1   |
      | listall   | true |

  @CS-ACC-002 @SPEC-03 @extended @ACL-01 @ACL-02
  Scenario: [CS-ACC-002] A domain that is gone or another's is refused in a list
    When the owner calls listVolumes with
      | domainid | domain:stranger |
    Then the request is refused because no-way-into-domain
    When the root admin calls deleteDomain with
      | id      | domain:stranger |
      | cleanup | true            |
    Then the request succeeds
    When the root admin calls listVolumes with
      | domainid | domain:stranger |
    Then the request is refused because domain-to-list-gone

  @CS-ACC-003 @SPEC-03 @extended @ACL-03 @ACL-04 @ACL-05
  Scenario: [CS-ACC-003] A list of an account is refused beside a project, without the account, and to others
    When the root admin calls listVolumes with
      | account   | account:owner     |
      | domainid  | domain:owner      |
      | projectid | accountid:project |
    Then the request is refused because account-and-project
    When the root admin calls listVolumes with
      | account  | nobody       |
      | domainid | domain:owner |
    Then the request is refused because account-to-list-missing
    When the owner calls listVirtualMachines with
      | account  | account:other |
      | domainid | domain:other  |
    Then the request is refused because permission-denied

  @CS-ACC-004 @SPEC-03 @extended @ACL-06 @ACL-07 @CAL-02
  Scenario: [CS-ACC-004] A list of a project is refused to strangers, and when the project is gone
    When the other calls listVolumes with
      | projectid | accountid:project |
    Then the request is refused because not-in-project
    When the other calls listVolumes with
      | projectId | accountid:project |
    Then the request is refused because project-of-others
    When the foreign admin calls listVolumes with
      | projectid | accountid:project |
    Then the request is refused because no-way-into-domain
    When the owner calls deleteProject with
      | id      | accountid:project |
      | cleanup | true              |
    Then the request succeeds
    When the owner calls listVolumes with
      | projectid | accountid:project |
    Then the request is refused because project-to-list-gone

  @CS-ACC-005 @SPEC-03 @extended
  Scenario: [CS-ACC-005] An account wins over a project as the owner of a new volume
    When the root admin calls createVolume with
      | name           | both              |
      | diskofferingid | disk:Small        |
      | zoneid         | zone:a-zone       |
      | account        | account:other     |
      | domainid       | domain:other      |
      | projectid      | accountid:project |
    Then the request succeeds
    And the other owns 1 volumes of 5 GiB in all

  @CS-ACC-006 @SPEC-03 @extended @OWN-01 @OWN-02 @OWN-03 @OWN-04
  Scenario: [CS-ACC-006] A new volume needs an account that is there with its domain, and enabled
    When the root admin calls createVolume with
      | name           | nameless      |
      | diskofferingid | disk:Small    |
      | zoneid         | zone:a-zone   |
      | account        | account:other |
    Then the request is refused because account-without-domain
    When the root admin calls createVolume with
      | name           | nameless     |
      | diskofferingid | disk:Small   |
      | zoneid         | zone:a-zone  |
      | account        | nobody       |
      | domainid       | domain:owner |
    Then the request is refused because new-owner-missing
    Given the other is disabled
    When the root admin calls createVolume with
      | name           | nameless      |
      | diskofferingid | disk:Small    |
      | zoneid         | zone:a-zone   |
      | account        | account:other |
      | domainid       | domain:other  |
    Then the request is refused because new-owner-inactive
    When the root admin calls deleteDomain with
      | id      | domain:stranger |
      | cleanup | true            |
    Then the request succeeds
    When the root admin calls createVolume with
      | name           | nameless         |
      | diskofferingid | disk:Small       |
      | zoneid         | zone:a-zone      |
      | account        | account:stranger |
      | domainid       | domain:stranger  |
    Then the request is refused because new-owner-domain-gone

  @CS-ACC-007 @SPEC-03 @extended @OWN-05 @OWN-06
  Scenario: [CS-ACC-007] Nothing new is made for a project that is suspended or gone
    When the owner calls suspendProject with
      | id | accountid:project |
    Then the request succeeds
    When the owner calls createVolume with
      | name           | late              |
      | diskofferingid | disk:Small        |
      | zoneid         | zone:a-zone       |
      | projectid      | accountid:project |
    Then the request is refused because project-inactive
    When the owner calls activateProject with
      | id | accountid:project |
    Then the request succeeds
    When the owner calls deleteProject with
      | id | accountid:project |
    Then the request succeeds
    When the owner calls createVolume with
      | name           | late              |
      | diskofferingid | disk:Small        |
      | zoneid         | zone:a-zone       |
      | projectid      | accountid:project |
    Then the request is refused because project-for-new-gone

  @CS-ACC-008 @SPEC-03 @extended @OWN-03 @OWN-11 @OWN-13 @OWN-14 @OWN-17
  Scenario Outline: [CS-ACC-008] The <who> makes no network for <account> of <domain> and <project>
    When the <who> calls createNetwork with
      | displaytext       | o                                                       |
      | name              | net1                                                    |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:a-zone                                             |
      | <key>             | <account>                                               |
      | <where>           | <domain>                                                |
      | <in>              | <project>                                               |
    Then the request is refused because <reason>

    Examples:
      | who           | key     | account       | where    | domain       | in        | project           | reason                 |
      | owner         | account | account:owner | domainid | domain:owner | projectid | accountid:project | owner-and-project      |
      | other         | name    | net1          | name     | net1         | projectId | accountid:project | project-not-for-caller |
      | owner         | account | account:other | domainid | domain:other | name      | net1              | not-for-another        |
      | root admin    | account | nobody        | domainid | domain:owner | name      | net1              | new-owner-missing      |
      | foreign admin | account | account:owner | domainid | domain:owner | name      | net1              | no-way-into-domain     |

  @CS-ACC-009 @SPEC-03 @extended @OWN-02 @OWN-05
  Scenario: [CS-ACC-009] No network is made for a project or in a domain that is gone
    When the owner calls deleteProject with
      | id | accountid:project |
    Then the request succeeds
    When the owner calls createNetwork with
      | displaytext       | o                                                       |
      | name              | net1                                                    |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:a-zone                                             |
      | projectid         | accountid:project                                       |
    Then the request is refused because project-for-new-gone
    When the root admin calls deleteDomain with
      | id      | domain:stranger |
      | cleanup | true            |
    Then the request succeeds
    When the root admin calls createNetwork with
      | displaytext       | o                                                       |
      | name              | net1                                                    |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:a-zone                                             |
      | account           | account:stranger                                        |
      | domainid          | domain:stranger                                         |
    Then the request is refused because new-owner-domain-gone

  @CS-ACC-014 @SPEC-03 @extended @OWN-15 @OWN-16
  Scenario: [CS-ACC-014] Nobody gets an address who is not there, or whose domain is gone
    When the root admin calls associateIpAddress with
      | zoneid   | zone:a-zone  |
      | account  | nobody       |
      | domainid | domain:owner |
    Then the request is refused because network-owner-missing
    When the root admin calls deleteDomain with
      | id      | domain:stranger |
      | cleanup | true            |
    Then the request succeeds
    When the root admin calls associateIpAddress with
      | zoneid   | zone:a-zone      |
      | account  | account:stranger |
      | domainid | domain:stranger  |
    Then the request is refused because network-domain-gone

  @CS-ACC-015 @SPEC-03 @extended @CAL-02
  Scenario Outline: [CS-ACC-015] The <who> does not call <command> in a project of others
    When the <who> calls <command> with
      | <key>       | accountid:project |
      | displaytext | mine              |
    Then the request is refused because not-in-project

    Examples:
      | who      | command              | key       |
      | other    | updateProject        | id        |
      | other    | listProjectAccounts  | projectid |
      | other    | deployVirtualMachine | projectid |
      | stranger | createTags           | projectid |

  @CS-ACC-016 @SPEC-03 @extended
  Scenario: [CS-ACC-016] That the role has not a command is said before whose the project is
    When the reader calls createNetwork with
      | projectid | accountid:project |
    Then the request is refused because not-available
    When the domain admin calls listProjectAccounts with
      | projectid | accountid:project |
    Then the request succeeds

  @CS-ACC-010 @SPEC-03 @extended @OWN-18 @ASM-10
  Scenario: [CS-ACC-010] A VM is given to an account of a domain
    When the root admin calls assignVirtualMachine with
      | virtualmachineid | vm:vm1        |
      | account          | account:other |
    Then the request is refused because not-to-assign

  @CS-ACC-011 @SPEC-03 @extended @ASV-07 @ASV-08 @ASV-09 @ASV-10
  Scenario: [CS-ACC-011] A volume goes to an account or to a project that is there and the caller's
    Given volume "d1" has been detached
    When the root admin calls assignVolume with
      | volumeid  | volume:d1         |
      | accountid | accountid:other   |
      | projectid | accountid:project |
    Then the request is refused because assigned-to-both
    When the foreign admin calls assignVolume with
      | volumeid  | volume:d1         |
      | projectid | accountid:project |
    Then the request is refused because assigned-to-closed-project
    When the owner calls deleteProject with
      | id | accountid:project |
    Then the request succeeds
    When the root admin calls assignVolume with
      | volumeid  | volume:d1         |
      | projectid | accountid:project |
    Then the request is refused because assigned-to-gone-project
    Given volume "d1" has been deleted
    When the root admin calls assignVolume with
      | volumeid  | volume:d1       |
      | accountid | accountid:other |
    Then the request is refused because gone-to-assign

  @CS-ACC-012 @SPEC-03 @extended @ASV-11 @ASV-12
  Scenario Outline: [CS-ACC-012] Nobody assigns <volume> to the <whom> as the <who>
    Given volume "d1" has been detached
    When the <who> calls assignVolume with
      | volumeid  | volume:d1        |
      | accountid | accountid:<whom> |
    Then the request is refused because not-yours-to-assign

    Examples:
      | volume       | who           | whom     |
      | another's    | foreign admin | stranger |
      | out of reach | domain admin  | stranger |

  @CS-ACC-013 @SPEC-03 @extended
  Scenario: [CS-ACC-013] A domain admin may assign a volume within the domain
    Given volume "d1" has been detached
    When the domain admin calls assignVolume with
      | volumeid  | volume:d1       |
      | accountid | accountid:other |
    Then the request succeeds
    And listVolumes shows the other "d1" with
      | id | volume:d1 |
