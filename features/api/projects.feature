@api
Feature: Projects, their members and their owners

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-PRJ-001 @SPEC-03 @extended @PRJ-01
  Scenario: [CS-PRJ-001] Users make no projects where the cloud does not let them
    Given the setting "allow.user.create.projects" is "false"
    When the owner calls createProject with
      | name        | p1   |
      | displaytext | text |
    Then the request is refused because projects-not-for-users

  @CS-PRJ-002 @SPEC-03 @extended @PRJ-02
  Scenario: [CS-PRJ-002] The account of a new project comes with its domain
    When the root admin calls createProject with
      | name        | p1            |
      | displaytext | text          |
      | account     | account:owner |
    Then the request is refused because project-account-or-domain

  @CS-PRJ-003 @SPEC-03 @extended @PRJ-03
  Scenario: [CS-PRJ-003] A name is taken once in a domain
    When the owner calls createProject with
      | name        | p1   |
      | displaytext | text |
    Then the request succeeds
    When the other calls createProject with
      | name        | p1   |
      | displaytext | text |
    Then the request is refused because project-name-taken

  @CS-PRJ-004 @SPEC-03 @extended @PRJ-04
  Scenario: [CS-PRJ-004] The owner's limit leaves room for a project
    Given the setting "max.account.projects" is "0"
    When the owner calls createProject with
      | name        | p1   |
      | displaytext | text |
    Then the request is refused because project-limit

  @CS-PRJ-005 @SPEC-03 @extended @PRJ-05
  Scenario Outline: [CS-PRJ-005] After it was deleted <command> refuses a project at once
    When the owner calls deleteProject with
      | id | accountid:project |
    Then the request succeeds
    When the owner calls <command> with
      | <key>   | accountid:project |
      | account | account:other     |
    Then the request is refused because <reason>

    Examples:
      | command                  | key       | reason               |
      | deleteProject            | id        | project-gone         |
      | updateProject            | id        | project-gone         |
      | suspendProject           | id        | project-gone         |
      | activateProject          | id        | project-gone         |
      | addAccountToProject      | projectid | project-to-join-gone |
      | deleteAccountFromProject | projectid | project-gone         |

  @CS-PRJ-006 @SPEC-03 @extended @PRJ-06 @PRJ-08 @PRJ-10
  Scenario Outline: [CS-PRJ-006] Who joins is <what>
    When the owner calls addAccountToProject with
      | projectid | accountid:project |
      | <key>     | <value>           |
    Then the request is refused because <reason>

    Examples:
      | what                 | key     | value         | reason           |
      | named                | name    | x             | nobody-to-add    |
      | there                | account | nobody        | joiner-missing   |
      | no mere mail address | email   | a@example.org | joiner-not-named |

  @CS-PRJ-007 @SPEC-03 @extended @PRJ-07
  Scenario: [CS-PRJ-007] Nobody joins a suspended project
    When the owner calls suspendProject with
      | id | accountid:project |
    Then the request succeeds
    When the owner calls addAccountToProject with
      | projectid | accountid:project |
      | account   | account:other     |
    Then the request is refused because joins-suspended

  @CS-PRJ-008 @SPEC-03 @extended @PRJ-09
  Scenario Outline: [CS-PRJ-008] A member alone cannot call <command>
    When the owner calls addAccountToProject with
      | projectid | accountid:project |
      | account   | account:other     |
    Then the request succeeds
    When the other calls <command> with
      | <key>   | accountid:project |
      | account | account:other     |
    Then the request is refused because permission-denied-late

    Examples:
      | command                  | key       |
      | deleteProject            | id        |
      | updateProject            | id        |
      | suspendProject           | id        |
      | activateProject          | id        |
      | addAccountToProject      | projectid |
      | deleteAccountFromProject | projectid |

  @CS-PRJ-009 @SPEC-03 @extended @PRJ-11 @PRJ-12 @PRJ-14
  Scenario: [CS-PRJ-009] The new owner of a project is a member with room for it
    When the owner calls updateProject with
      | id      | accountid:project |
      | account | nobody            |
    Then the request is refused because new-project-owner-missing
    When the owner calls updateProject with
      | id      | accountid:project |
      | account | account:other     |
    Then the request is refused because new-project-owner-stranger
    When the owner calls addAccountToProject with
      | projectid | accountid:project |
      | account   | account:other     |
    Then the request succeeds
    Given the setting "max.account.projects" is "0"
    When the owner calls updateProject with
      | id      | accountid:project |
      | account | account:other     |
    Then the request is refused because new-project-owner-limit
    Given the setting "max.account.projects" is "1"
    When the owner calls updateProject with
      | id      | accountid:project |
      | account | account:other     |
      | name    | renamed           |
    Then the request succeeds

  @CS-PRJ-010 @SPEC-03 @extended @PRJ-13
  Scenario: [CS-PRJ-010] The owner cannot leave a project, and a stranger is no member
    When the owner calls deleteAccountFromProject with
      | projectid | accountid:project |
      | account   | account:owner     |
    Then the request is refused because owner-leaves-project
    When the owner calls deleteAccountFromProject with
      | projectid | accountid:project |
      | account   | account:other     |
    Then the request is refused because leaver-no-member

  @CS-PRJ-011 @SPEC-03 @extended @PRJ-15
  Scenario: [CS-PRJ-011] A project that owns something is deleted with cleanup only
    Given a stopped VM "vm2" with ROOT volume "p1" of the project
    When the owner calls deleteProject with
      | id | accountid:project |
    Then the request is refused because project-not-empty
    When the owner calls deleteProject with
      | id      | accountid:project |
      | cleanup | true              |
    Then the request succeeds
    And listVolumes shows the root admin "" with
      | projectid | -1 |

  @CS-PRJ-012 @SPEC-03 @extended @PRJ-17 @PRJ-18 @PRJ-19 @PRJ-20 @PRJ-21
  Scenario Outline: [CS-PRJ-012] The <who> lists no projects of <account> in <domain>
    When the <who> calls listProjects with
      | <key>   | <account> |
      | <where> | <domain>  |
    Then the request is refused because <reason>

    Examples:
      | who           | key     | account       | where    | domain          | reason                     |
      | foreign admin | state   | Active        | domainid | domain:owner    | no-way-into-domain         |
      | root admin    | account | nobody        | domainid | domain:owner    | projects-account-missing   |
      | root admin    | account | account:owner | state    | Active          | projects-without-domain    |
      | owner         | account | account:other | state    | Active          | projects-of-another        |
      | owner         | state   | Active        | domainid | domain:stranger | projects-of-another-domain |

  @CS-PRJ-013 @SPEC-03 @extended @PRJ-16
  Scenario: [CS-PRJ-013] No projects are listed of a domain that is gone
    When the root admin calls deleteDomain with
      | id      | domain:stranger |
      | cleanup | true            |
    Then the request succeeds
    When the root admin calls listProjects with
      | domainid | domain:stranger |
    Then the request is refused because projects-domain-gone

  @CS-PRJ-014 @SPEC-03 @extended @PRJ-22 @PRJ-23
  Scenario: [CS-PRJ-014] Who belongs to a project is shown to those who do, while it is there
    When the other calls listProjectAccounts with
      | projectId | accountid:project |
    Then the request is refused because members-not-shown
    When the owner calls listProjectAccounts with
      | projectid | accountid:project |
    Then the request succeeds
    When the owner calls deleteProject with
      | id | accountid:project |
    Then the request succeeds
    When the owner calls listProjectAccounts with
      | projectid | accountid:project |
    Then the request is refused because members-of-gone-project

  @CS-PRJ-030 @SPEC-15 @extended @PRJ-24 @PRJ-26
  Scenario: [CS-PRJ-030] A project is for the account of a user who is named with it
    When the root admin calls createProject with
      | displaytext | o            |
      | name        | shared       |
      | userid      | userid:owner |
    Then the request is refused because user-alone-for-project
    When the root admin calls createProject with
      | displaytext | o               |
      | name        | shared          |
      | userid      | userid:owner    |
      | accountid   | accountid:owner |
    Then the request is refused because user-alone-for-project
    When the root admin calls createProject with
      | displaytext | o               |
      | name        | shared          |
      | account     | account:other   |
      | userid      | userid:owner    |
      | accountid   | accountid:other |
      | domainid    | domain:owner    |
    Then the request is refused because user-of-another-account
    When the root admin calls createProject with
      | displaytext | o               |
      | name        | shared          |
      | account     | account:other   |
      | userid      | userid:owner    |
      | accountid   | accountid:owner |
      | domainid    | domain:owner    |
    Then the request succeeds

  @CS-PRJ-031 @SPEC-15 @extended @CAL-01
  Scenario Outline: [CS-PRJ-031] To <command> without the id of a project nothing is answered
    When the <who> calls <command> with
      | displaytext | o |
    Then the request is refused because no-answer

    Examples:
      | who        | command         |
      | owner      | updateProject   |
      | owner      | deleteProject   |
      | reader     | suspendProject  |
      | root admin | activateProject |
