@api
Feature: Accounts: who may make, change and remove them

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-ANT-001 @SPEC-03 @extended @ANT-01 @ANT-04 @ANT-05 @ANT-06 @ANT-07 @ANT-08
  Scenario Outline: [CS-ANT-001] No account <name> of type <type> is made in <domain> with <more>
    When the root admin calls createAccount with
      | username    | <user>          |
      | account     | <name>          |
      | password    | password        |
      | firstname   | a               |
      | lastname    | b               |
      | email       | new@example.org |
      | accounttype | <type>          |
      | domainid    | <domain>        |
      | <key>       | <more>          |
    Then the request is refused because <reason>

    Examples:
      | user | name          | type | domain       | key           | more | reason                 |
      | new  | new           | 9    | domain:owner | name          | x    | no-account-type        |
      | admin| new           | 0    | area:ROOT    | name          | x    | user-name-taken        |
      | new  | new           | 0    | domain:owner | networkdomain | a..b | odd-network-domain     |
      | new  | new           | 1    | domain:owner | name          | x    | root-admin-elsewhere   |
      | new  | account:owner | 0    | domain:owner | name          | x    | account-name-taken     |
      | new  | new           | 3    | domain:owner | name          | x    | no-zone-of-its-own     |

  @CS-ANT-002 @SPEC-03 @extended @ANT-02 @ANT-03
  Scenario: [CS-ANT-002] An account is made in a domain that is there and the caller's
    When the domain admin calls createAccount with
      | username    | new             |
      | password    | password        |
      | firstname   | a               |
      | lastname    | b               |
      | email       | new@example.org |
      | accounttype | 0               |
    Then the request is refused because no-way-into-domain
    When the root admin calls deleteDomain with
      | id      | domain:stranger |
      | cleanup | true            |
    Then the request succeeds
    When the root admin calls createAccount with
      | username    | new             |
      | password    | password        |
      | firstname   | a               |
      | lastname    | b               |
      | email       | new@example.org |
      | accounttype | 0               |
      | domainid    | domain:stranger |
    Then the request is refused because domain-for-account-gone

  @CS-ANT-003 @SPEC-03 @extended @ANT-09 @ANT-10 @UPA-12 @UPA-13
  Scenario: [CS-ANT-003] Nobody makes an account that may do more than the own
    When the root admin calls importRole with
      | name                | maker |
      | type                | User  |
      | rules[0].rule       | *     |
      | rules[0].permission | allow |
    Then the request succeeds
    When the domain admin calls createAccount with
      | username  | new             |
      | password  | password        |
      | firstname | a               |
      | lastname  | b               |
      | email     | new@example.org |
      | roleid    | role:maker      |
      | domainid  | domain:owner    |
    Then the request is refused because more-than-own
    When the domain admin calls updateAccount with
      | id     | accountid:owner |
      | roleid | role:maker      |
    Then the request is refused because role-unseen-of-no-domain
    When the domain admin calls updateAccount with
      | id       | accountid:owner |
      | domainid | domain:owner    |
      | roleid   | role:maker      |
    Then the request is refused because role-unseen
    When the root admin calls updateAccount with
      | id     | accountid:owner |
      | roleid | role:maker      |
    Then the request succeeds
    When the owner calls createAccount with
      | username    | new             |
      | password    | password        |
      | firstname   | a               |
      | lastname    | b               |
      | email       | new@example.org |
      | accounttype | 2               |
      | domainid    | domain:owner    |
    Then the request is refused because lower-role-type

  @CS-ANT-004 @SPEC-03 @extended @LSA-01 @LSA-02 @LSA-03
  Scenario Outline: [CS-ANT-004] The <who> lists no account <id> of <domain>, named <name>
    When the <who> calls listAccounts with
      | id       | <id>     |
      | <where>  | <domain> |
      | <key>    | <name>   |
    Then the request is refused because <reason>

    Examples:
      | who        | id                 | where    | domain          | key     | name   | reason                 |
      | root admin | accountid:owner    | domainid | domain:owner    | name    | nobody | account-name-unknown   |
      | root admin | accountid:owner    | domainid | domain:stranger | keyword |        | account-id-elsewhere   |
      | owner      | accountid:stranger | keyword  |                 | keyword |        | permission-denied      |

  @CS-ANT-005 @SPEC-03 @extended @DLA-01 @DLA-02 @DLA-03 @DLA-04 @DLA-05
  Scenario: [CS-ANT-005] Neither the own account, a default one nor one with projects is deleted
    When the domain admin calls deleteAccount with
      | id | accountid:domain admin |
    Then the request is refused because own-account
    When the root admin calls deleteAccount with
      | id | people:admin |
    Then the request is refused because own-account
    When the owner calls createProject with
      | name        | kept |
      | displaytext | text |
    Then the request succeeds
    When the root admin calls deleteAccount with
      | id | accountid:owner |
    Then the request is refused because account-with-projects
    Given the other is ResourceAdmin
    When the domain admin calls deleteAccount with
      | id | accountid:other |
    Then the request is refused because lower-role-type-late
    Given the stranger is Project
    When the root admin calls deleteAccount with
      | id | accountid:stranger |
    Then the request is refused because project-account
    Given the stranger is System
    When the root admin calls deleteAccount with
      | id | accountid:stranger |
    Then the request is refused because default-account

  @CS-ANT-006 @SPEC-03 @extended
  Scenario: [CS-ANT-006] An account goes with all it owns, and its addresses are free again
    When the root admin calls deleteAccount with
      | id | accountid:owner |
    Then the request succeeds
    And listVolumes shows the root admin "" with
      | listall | true |
    When the owner calls listVolumes with
      | listall | true |
    Then the request is refused because not-signed-in

  @CS-ANT-007 @SPEC-03 @extended @ENA-01 @ENA-02 @ENA-03 @ENA-04
  Scenario Outline: [CS-ANT-007] The <who> does not enable <account> of <domain>
    Given the other is ResourceAdmin
    When the <who> calls enableAccount with
      | account  | <account> |
      | domainid | <domain>  |
    Then the request is refused because <reason>

    Examples:
      | who          | account          | domain          | reason               |
      | root admin   | nobody           | domain:owner    | no-account-to-change |
      | root admin   | system           | area:ROOT       | system-account       |
      | domain admin | account:stranger | domain:stranger | permission-denied    |
      | domain admin | account:other    | domain:other    | lower-role-type      |

  @CS-ANT-008 @SPEC-03 @extended @DSA-01 @DSA-02 @DSA-03 @DSA-04 @DSA-05 @LCA-01 @LCA-02 @LCA-03 @LCA-04
  Scenario Outline: [CS-ANT-008] The <who> does not disable <account> of <domain>, lock is <lock>
    Given the other is ResourceAdmin
    When the <who> calls disableAccount with
      | account  | <account> |
      | domainid | <domain>  |
      | lock     | <lock>    |
    Then the request is refused because <reason>

    Examples:
      | who          | account          | domain          | lock  | reason                    |
      | root admin   | nobody           | domain:owner    | false | no-account-to-disable     |
      | root admin   | system           | area:ROOT       | false | system-account-late       |
      | domain admin | account:stranger | domain:stranger | false | permission-denied-late    |
      | domain admin | account:other    | domain:other    | false | lower-role-type-late      |
      | root admin   | admin            | area:ROOT       | false | first-admin-stays         |
      | root admin   | nobody           | domain:owner    | true  | no-account-to-lock        |
      | root admin   | system           | area:ROOT       | true  | system-account-late       |
      | domain admin | account:stranger | domain:stranger | true  | permission-denied-late    |
      | domain admin | account:other    | domain:other    | true  | lower-role-type-late      |

  @CS-ANT-009 @SPEC-03 @extended @LCA-05 @LCK-01
  Scenario: [CS-ANT-009] A disabled account lets nobody in, stops its VMs and cannot be locked
    When the owner starts VM "vm1"
    Then the request succeeds
    When the root admin calls disableAccount with
      | id   | accountid:owner |
      | lock | false           |
    Then the request succeeds
    And VM "vm1" is Stopped
    When the owner calls listVolumes with
      | listall | true |
    Then the request is refused because not-signed-in
    When the root admin calls disableAccount with
      | id   | accountid:owner |
      | lock | true            |
    Then the request is refused because account-of-no-domain-not-lockable
    When the root admin calls disableAccount with
      | account  | account:owner |
      | domainid | domain:owner  |
      | lock     | true          |
    Then the request is refused because account-not-lockable
    When the root admin calls lockAccount with
      | account  | account:owner |
      | domainid | domain:owner  |
    Then the request is refused because lock-account-gone
    When the root admin calls enableAccount with
      | id | accountid:owner |
    Then the request succeeds
    And listVolumes shows the owner "r1, d1" with
      | listall | true |

  @CS-ANT-010 @SPEC-03 @extended @UPA-01 @UPA-02 @UPA-03 @UPA-04 @UPA-05 @UPA-06 @UPA-07
  Scenario Outline: [CS-ANT-010] The <who> does not give <account> of <domain> the <key> <value>
    Given the other is ResourceAdmin
    When the <who> calls updateAccount with
      | account  | <account> |
      | domainid | <domain>  |
      | <key>    | <value>   |
    Then the request is refused because <reason>

    Examples:
      | who          | account          | domain          | key           | value           | reason                     |
      | root admin   | nobody           | domain:owner    | newname       | x               | no-account-to-update       |
      | root admin   | system           | area:ROOT       | newname       | x               | system-account-kept        |
      | domain admin | account:stranger | domain:stranger | newname       | x               | no-way-into-domain         |
      | domain admin | account:other    | domain:other    | newname       | x               | lower-role-type            |
      | root admin   | account:owner    | domain:owner    | newname       |                 | empty-account-name         |
      | root admin   | account:owner    | domain:owner    | newname       | account:other   | new-account-name-taken     |
      | root admin   | account:owner    | domain:owner    | networkdomain | -a              | odd-new-network-domain     |

  @CS-ANT-010 @SPEC-03 @extended @UPA-09 @unless-role-changes-by-type
  Scenario: [CS-ANT-010] Root admins are in ROOT
    When the root admin calls updateAccount with
      | account  | account:owner   |
      | domainid | domain:owner    |
      | roleid   | role:Root Admin |
    Then the request is refused because role-outside-root

  @CS-ANT-011 @SPEC-03 @extended @UPA-08 @unless-role-changes-by-type
  Scenario: [CS-ANT-011] Nobody gets a role of a higher kind than the caller's
    When the root admin calls createRole with
      | name | high          |
      | type | ResourceAdmin |
    And the domain admin calls updateAccount with
      | id     | accountid:owner |
      | roleid | role:high       |
    Then the request is refused because role-too-high

  @CS-ANT-012 @SPEC-15 @extended @UPA-11
  Scenario: [CS-ANT-012] By its id an account gets a name that is taken, but none that is empty
    When the root admin calls updateAccount with
      | id      | accountid:owner |
      | newname |                 |
    Then the request is refused because empty-name-of-no-domain
    When the root admin calls updateAccount with
      | id      | accountid:owner |
      | newname | account:other   |
    Then the request succeeds
