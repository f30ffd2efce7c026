@api
Feature: Users, domains and limits: who may make, change and remove them

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-USR-001 @SPEC-03 @extended @NUS-02 @NUS-03 @NUS-04 @NUS-05 @NUS-06
  Scenario Outline: [CS-USR-001] The <who> makes no user <name> of <account> in <domain>
    Given the other is ResourceAdmin
    When the <who> calls createUser with
      | username  | <name>          |
      | account   | <account>       |
      | domainid  | <domain>        |
      | password  | password        |
      | firstname | a               |
      | lastname  | b               |
      | email     | new@example.org |
    Then the request is refused because <reason>

    Examples:
      | who          | name  | account       | domain          | reason                |
      | domain admin | new   | x             | domain:stranger | no-way-into-domain    |
      | root admin   | new   | nobody        | domain:owner    | no-account-for-user   |
      | root admin   | new   | system        | area:ROOT       | no-user-of-system     |
      | root admin   | admin | admin         | area:ROOT       | new-user-name-taken   |
      | domain admin | new   | account:other | domain:other    | lower-role-type       |

  @CS-USR-002 @SPEC-03 @extended @NUS-01 @DOM-01 @DOM-06 @DOM-11 @LIM-16
  Scenario: [CS-USR-002] A domain that is gone is refused wherever it is named
    When the root admin calls deleteDomain with
      | id      | domain:stranger |
      | cleanup | true            |
    Then the request succeeds
    When the root admin calls createUser with
      | username  | new              |
      | account   | account:stranger |
      | domainid  | domain:stranger  |
      | password  | password         |
      | firstname | a                |
      | lastname  | b                |
      | email     | new@example.org  |
    Then the request is refused because domain-for-user-gone
    When the root admin calls createDomain with
      | name           | below           |
      | parentdomainid | domain:stranger |
    Then the request is refused because parent-domain-gone
    When the root admin calls updateDomain with
      | id   | domain:stranger |
      | name | x               |
    Then the request is refused because domain-to-change-gone
    When the root admin calls deleteDomain with
      | id | domain:stranger |
    Then the request is refused because domain-to-delete-gone
    When the root admin calls listDomains with
      | id | domain:stranger |
    Then the request is refused because listed-domain-gone
    When the root admin calls updateResourceCount with
      | domainid | domain:stranger |
    Then the request is refused because counted-domain-gone

  @CS-USR-003 @SPEC-03 @extended @DLU-03 @unless-users-delete-themselves
  Scenario: [CS-USR-003] Nobody deletes himself
    When the domain admin calls deleteUser with
      | id | userid:domain admin |
    Then the request is refused because own-user

  @CS-USR-003 @SPEC-03 @extended @DLU-01 @DLU-02 @DLU-04 @DLU-05
  Scenario: [CS-USR-003] Neither the first admin nor a user out of reach is deleted
    When the root admin calls deleteUser with
      | id | login:admin |
    Then the request is refused because default-user
    When the domain admin calls deleteUser with
      | id | userid:stranger |
    Then the request is refused because permission-denied
    Given the other is ResourceAdmin
    When the domain admin calls deleteUser with
      | id | userid:other |
    Then the request is refused because lower-role-type
    When the root admin calls deleteUser with
      | id | userid:owner |
    Then the request succeeds
    When the root admin calls deleteUser with
      | id | userid:owner |
    Then the request is refused because user-to-delete-gone

  @CS-USR-004 @SPEC-03 @extended @ENU-01 @ENU-02 @ENU-03 @LCU-01 @LCU-02 @LCU-03 @SHK-01 @SHK-02 @SHK-03
  Scenario Outline: [CS-USR-004] <command> leaves users alone that are gone or out of reach
    Given the other is ResourceAdmin
    When the domain admin calls <command> with
      | id | userid:stranger |
    Then the request is refused because permission-denied
    When the domain admin calls <command> with
      | id | userid:other |
    Then the request is refused because lower-role-type
    When the root admin calls deleteUser with
      | id | userid:owner |
    Then the request succeeds
    When the root admin calls <command> with
      | id | userid:owner |
    Then the request is refused because <reason>

    Examples:
      | command          | reason             |
      | enableUser       | no-active-user     |
      | lockUser         | no-user-by-id      |
      | getUserKeys      | no-user-by-id      |

  @CS-USR-015 @SPEC-03 @extended @RGK-02 @RGK-03
  Scenario: [CS-USR-015] A deleted user gets keys, nobody out of reach does
    Given the other is ResourceAdmin
    When the domain admin calls registerUserKeys with
      | id | userid:stranger |
    Then the request is refused because permission-denied
    When the domain admin calls registerUserKeys with
      | id | userid:other |
    Then the request is refused because lower-role-type
    When the root admin calls deleteUser with
      | id | userid:owner |
    And the root admin calls registerUserKeys with
      | id | userid:owner |
    Then the request succeeds

  @CS-USR-005 @SPEC-03 @extended @DSU-01 @DSU-02 @DSU-03 @LCU-04
  Scenario: [CS-USR-005] A disabled user is let in no more, and is not locked
    Given the other is ResourceAdmin
    When the domain admin calls disableUser with
      | id | userid:stranger |
    Then the request is refused because permission-denied-late
    When the domain admin calls disableUser with
      | id | userid:other |
    Then the request is refused because lower-role-type-late
    When the root admin calls disableUser with
      | id | userid:owner |
    Then the request succeeds
    When the root admin calls lockUser with
      | id | userid:owner |
    Then the request is refused because user-not-lockable
    When the root admin calls deleteUser with
      | id | userid:owner |
    Then the request succeeds
    When the root admin calls disableUser with
      | id | userid:owner |
    Then the request is refused because no-active-user-late

  @CS-USR-006 @SPEC-03 @extended @UPU-02 @UPU-03 @UPU-04 @UPU-06 @UPU-07 @UPU-08 @UPU-10 @UPU-11 @UPU-12
  Scenario Outline: [CS-USR-006] The <who> does not give the <whom> the <key> <value>
    Given the other is ResourceAdmin
    When the <who> calls updateUser with
      | id    | userid:<whom> |
      | <key> | <value>       |
      | <and> | <more>        |
    Then the request is refused because <reason>

    Examples:
      | who          | whom     | key        | value    | and           | more   | reason                |
      | domain admin | stranger | firstname  | x        | timezone      | UTC    | permission-denied     |
      | domain admin | other    | firstname  | x        | timezone      | UTC    | lower-role-type       |
      | root admin   | owner    | userapikey | x        | timezone      | UTC    | one-key               |
      | root admin   | owner    | firstname  |          | timezone      | UTC    | empty-first-name      |
      | root admin   | owner    | lastname   |          | timezone      | UTC    | empty-last-name       |
      | root admin   | owner    | username   |          | timezone      | UTC    | empty-user-name       |
      | root admin   | owner    | password   |          | timezone      | UTC    | empty-password        |
      | owner        | owner    | password   | new      | timezone      | UTC    | no-current-password   |
      | owner        | owner    | password   | newer    | currentpassword | wrong | wrong-password        |

  @CS-USR-007 @SPEC-03 @extended @UPU-01 @UPU-05 @UPU-09 @GKU-01 @LSU-01
  Scenario: [CS-USR-007] Keys and names are one user's, and a user sees itself alone
    When the root admin calls updateUser with
      | id            | userid:owner |
      | userapikey    | key          |
      | usersecretkey | secret       |
    Then the request succeeds
    When the root admin calls updateUser with
      | id            | userid:other |
      | userapikey    | key          |
      | usersecretkey | secret       |
    Then the request is refused because api-key-taken
    When the root admin calls updateUser with
      | id       | userid:owner |
      | username | anew         |
    Then the request succeeds
    When the root admin calls updateUser with
      | id       | userid:other |
      | username | anew         |
    Then the request is refused because changed-user-name-taken
    When the root admin calls getUser with
      | userapikey | nobodys |
    Then the request is refused because no-such-key
    When the other calls listUsers with
      | id | userid:owner |
    Then the request is refused because another-user
    When the root admin calls deleteUser with
      | id | userid:other |
    Then the request succeeds
    When the root admin calls updateUser with
      | id        | userid:other |
      | firstname | x            |
    Then the request is refused because user-to-change-gone

  @CS-DOM-001 @SPEC-03 @extended @DOM-02 @DOM-03 @DOM-04 @DOM-05
  Scenario Outline: [CS-DOM-001] The <who> makes no domain <name> below <parent>, suffix <suffix>
    When the <who> calls createDomain with
      | name           | <name>   |
      | parentdomainid | <parent> |
      | networkdomain  | <suffix> |
    Then the request is refused because <reason>

    Examples:
      | who          | name   | parent          | suffix | reason               |
      | domain admin | x      | domain:stranger | a.b    | no-way-into-domain   |
      | root admin   | x      | area:ROOT       | a_b    | odd-domain-suffix    |
      | root admin   | guests | area:ROOT       | a.b    | domain-name-taken    |
      | root admin   | a/b    | area:ROOT       | a.b    | domain-name-slash    |

  @CS-DOM-002 @SPEC-03 @extended @DOM-07 @DOM-09 @DOM-10
  Scenario Outline: [CS-DOM-002] The domain <domain> does not get the <key> <value>
    When the root admin calls createDomain with
      | name | taken |
    Then the request succeeds
    When the root admin calls updateDomain with
      | id    | <domain> |
      | <key> | <value>  |
    Then the request is refused because <reason>

    Examples:
      | domain       | key           | value | reason                   |
      | area:ROOT    | name          | x     | root-keeps-its-name      |
      | domain:owner | name          | taken | new-domain-name-taken    |
      | domain:owner | networkdomain | a_b   | odd-network-domain       |

  @CS-DOM-003 @SPEC-03 @extended @DOM-08
  Scenario: [CS-DOM-003] A role that may rename domains renames those of its own alone
    When the root admin calls importRole with
      | name                | renamer      |
      | type                | DomainAdmin  |
      | rules[0].rule       | updateDomain |
      | rules[0].permission | allow        |
    Then the request succeeds
    When the root admin calls updateAccount with
      | id     | accountid:domain admin |
      | roleid | role:renamer           |
    Then the request succeeds
    When the domain admin calls updateDomain with
      | id   | domain:stranger |
      | name | x               |
    Then the request is refused because no-way-into-domain
    When the domain admin calls updateDomain with
      | id   | domain:owner |
      | name | renamed      |
    Then the request succeeds

  @CS-DOM-004 @SPEC-03 @extended @DOM-12 @DOM-13 @DOM-14
  Scenario: [CS-DOM-004] Neither ROOT, another's domain nor one that holds something is deleted
    When the root admin calls deleteDomain with
      | id | area:ROOT |
    Then the request is refused because root-domain
    When the domain admin calls deleteDomain with
      | id | domain:stranger |
    Then the request is refused because no-way-into-domain-late
    When the domain admin calls listDomains with
      | id | domain:stranger |
    Then the request is refused because no-way-into-domain
    When the root admin calls deleteDomain with
      | id | domain:owner |
    Then the request is refused because domain-not-empty
    When the root admin calls deleteDomain with
      | id      | domain:owner |
      | cleanup | true         |
    Then the request succeeds
    And listVolumes shows the root admin "" with
      | listall | true |

  @CS-LMT-001 @SPEC-03 @extended @LIM-01 @LIM-02 @LIM-03 @LIM-04 @LIM-05 @LIM-06 @LIM-07
  Scenario Outline: [CS-LMT-001] The <who> does not set the limit <type> of <account> of <domain> to <max>
    Given the other is ResourceAdmin
    When the <who> calls updateResourceLimit with
      | resourcetype | <type>    |
      | account      | <account> |
      | domainid     | <domain>  |
      | max          | <max>     |
    Then the request is refused because <reason>

    Examples:
      | who          | type | account              | domain          | max | reason                |
      | root admin   | 2    | account:owner        | domain:owner    | -2  | odd-limit             |
      | root admin   | 99   | account:owner        | domain:owner    | 1   | odd-resource          |
      | root admin   | 2    | system               | area:ROOT       | 1   | limit-of-system       |
      | root admin   | 2    | admin                | area:ROOT       | 1   | limit-of-root-admin   |
      | domain admin | 2    | account:domain admin | domain:owner    | 1   | own-limit             |
      | domain admin | 2    | account:stranger     | domain:stranger | 1   | permission-denied     |
      | domain admin | 2    | account:other        | domain:other    | 1   | lower-role-type       |

  @CS-LMT-002 @SPEC-03 @extended @LIM-08 @LIM-09 @LIM-10
  Scenario Outline: [CS-LMT-002] The <who> does not set the limit of <domain> to <max>
    When the <who> calls updateResourceLimit with
      | resourcetype | 2        |
      | domainid     | <domain> |
      | max          | <max>    |
    Then the request is refused because <reason>

    Examples:
      | who          | domain          | max | reason              |
      | domain admin | domain:stranger | 1   | no-way-into-domain  |
      | root admin   | area:ROOT       | 1   | limit-of-root       |
      | domain admin | domain:owner    | 1   | limit-of-own-domain |

  @CS-LMT-003 @SPEC-03 @extended @LIM-11 @LIM-12
  Scenario: [CS-LMT-003] A domain has no higher limit than the one above, and a limit is somebody's
    When the root admin calls updateResourceLimit with
      | resourcetype | 2            |
      | domainid     | domain:owner |
      | max          | 5            |
    Then the request succeeds
    When the root admin calls createDomain with
      | name           | below        |
      | parentdomainid | domain:owner |
    Then the request succeeds
    When the root admin calls updateResourceLimit with
      | resourcetype | 2          |
      | domainid     | area:below |
      | max          | 6          |
    Then the request is refused because limit-over-parent
    When the root admin calls updateResourceLimit with
      | resourcetype | 2 |
      | max          | 6 |
    Then the request is refused because limit-of-nobody

  @CS-LMT-004 @SPEC-03 @extended @LIM-13 @LIM-15 @LIM-17
  Scenario: [CS-LMT-004] Limits and counts of another domain are not shown
    When the domain admin calls listResourceLimits with
      | domainid | domain:stranger |
    Then the request is refused because no-way-into-domain
    When the domain admin calls updateResourceCount with
      | domainid | domain:stranger |
    Then the request is refused because no-way-into-domain
    When the root admin calls updateResourceCount with
      | domainid     | domain:owner |
      | resourcetype | 99           |
    Then the request is refused because odd-resource
