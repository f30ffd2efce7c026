@api
Feature: Roles, and what a domain admin may not change

  @CS-ROL-001 @SPEC-03 @extended @ROL-01 @ROL-02 @ROL-03 @ROL-11
  Scenario Outline: [CS-ROL-001] No role <name> of <type> and <parent> is created
    When the root admin calls createRole with
      | name   | <name>   |
      | type   | <type>   |
      | <like> | <parent> |
    Then the request is refused because <reason>

    Examples:
      | name | type | like   | parent    | reason         |
      | new  | Odd  | name   | new       | odd-role-type  |
      | new  |      | name   | new       | no-role-type   |
      | new  | User | roleid | role:User | two-role-types |
      | User | User | name   | User      | role-exists    |

  @CS-ROL-002 @SPEC-03 @extended @ROL-04 @ROL-05 @ROL-06 @ROL-07 @ROL-08
  Scenario Outline: [CS-ROL-002] A role of <type> with the rule <rule> <permission> is not imported
    When the root admin calls importRole with
      | name                | new          |
      | type                | <type>       |
      | rules[0].rule       | <rule>       |
      | rules[0].permission | <permission> |
    Then the request is refused because <reason>

    Examples:
      | type | rule  | permission | reason              |
      |      | list* | allow      | no-type-to-import   |
      | User |       | allow      | empty-rule          |
      | User | list- | allow      | odd-rule            |
      | User | list* |            | rule-permits-nil    |
      | User | list* | perhaps    | odd-rule-permission |

  @CS-ROL-003 @SPEC-03 @extended @ROL-09 @ROL-10
  Scenario: [CS-ROL-003] A role that exists is imported by force alone, and no stock role
    When the root admin calls importRole with
      | name                | new   |
      | type                | User  |
      | rules[0].rule       | list* |
      | rules[0].permission | allow |
    Then the request succeeds
    When the root admin calls importRole with
      | name                | new  |
      | type                | User |
      | rules[0].rule       | get* |
      | rules[0].permission | deny |
    Then the request is refused because role-to-import-exists
    When the root admin calls importRole with
      | name                | new  |
      | type                | User |
      | forced              | true |
      | rules[0].rule       | get* |
      | rules[0].permission | deny |
    Then the request succeeds
    When the root admin calls importRole with
      | name                | User  |
      | type                | User  |
      | forced              | true  |
      | rules[0].rule       | list* |
      | rules[0].permission | allow |
    Then the request is refused because stock-role-to-import

  @CS-ROL-004 @SPEC-03 @extended @ROL-12 @ROL-13 @ROL-15
  Scenario: [CS-ROL-004] A role that is gone, or a stock role, is not deleted
    When the root admin calls createRole with
      | name | new  |
      | type | User |
    Then the request succeeds
    When the root admin calls deleteRole with
      | id | role:User |
    Then the request is refused because stock-role
    When the root admin calls deleteRole with
      | id | role:new |
    Then the request succeeds
    When the root admin calls deleteRole with
      | id | role:new |
    Then the request is refused because role-gone
    When the root admin calls createRolePermission with
      | roleid     | role:new |
      | rule       | list*    |
      | permission | allow    |
    Then the request is refused because role-for-rule-gone

  @CS-ROL-005 @SPEC-03 @extended @ROL-14
  Scenario: [CS-ROL-005] A role that an account has is not deleted
    When the root admin calls createRole with
      | name | new  |
      | type | User |
    Then the request succeeds
    When the root admin calls createAccount with
      | username  | roled             |
      | password  | password          |
      | firstname | a                 |
      | lastname  | b                 |
      | email     | roled@example.org |
      | roleid    | role:new          |
    Then the request succeeds
    When the root admin calls deleteRole with
      | id | role:new |
    Then the request is refused because role-used

  @CS-ROL-006 @SPEC-03 @extended @ROL-16 @ROL-17 @ROL-18 @ROL-19
  Scenario Outline: [CS-ROL-006] The rule <rule> <permission> is not added to the role <role>
    When the root admin calls createRole with
      | name | new  |
      | type | User |
    Then the request succeeds
    When the root admin calls createRolePermission with
      | roleid     | role:new |
      | rule       | list*    |
      | permission | allow    |
    Then the request succeeds
    When the root admin calls createRolePermission with
      | roleid     | role:<role>  |
      | rule       | <rule>       |
      | permission | <permission> |
    Then the request is refused because <reason>

    Examples:
      | role | rule  | permission | reason              |
      | new  | list- | allow      | odd-rule            |
      | new  | get*  | perhaps    | odd-permission      |
      | User | get*  | allow      | rule-for-stock-role |
      | new  | list* | deny       | rule-exists         |

  @CS-ROL-007 @SPEC-03 @extended @DAD-01 @DAD-02 @DAD-03
  Scenario: [CS-ROL-007] A domain admin changes nothing that is everybody's
    When the domain admin calls createDiskOffering with
      | name        | own |
      | displaytext | own |
      | disksize    | 1   |
    Then the request is refused because public-offering
    When the domain admin calls deleteDiskOffering with
      | id | disk:Small |
    Then the request is refused because public-offering-to-delete
    When the domain admin calls updateConfiguration with
      | name  | expunge.delay |
      | value | 1             |
    Then the request is refused because setting-of-the-cloud
    When the foreign admin calls createDomain with
      | name           | below           |
      | parentdomainid | domain:stranger |
    Then the request succeeds

  @CS-ROL-008 @SPEC-15 @extended @ROL-20 @ROL-24
  Scenario: [CS-ROL-008] A role gets another name, and another type while nobody has it
    When the root admin calls createRole with
      | name | new  |
      | type | User |
    And the root admin calls updateRole with
      | id          | role:new    |
      | name        | renewed     |
      | description | said        |
      | type        | DomainAdmin |
      | ispublic    | false       |
    Then the request succeeds
    When the root admin calls createAccount with
      | username  | ann           |
      | email     | a@example.org |
      | firstname | a             |
      | lastname  | b             |
      | password  | p             |
      | roleid    | role:renewed  |
    Then the request succeeds
    When the root admin calls updateRole with
      | id   | role:renewed |
      | type | User         |
    Then the request is refused because role-used-to-change
    When the root admin calls deleteAccount with
      | id | people:ann |
    And the root admin calls deleteRole with
      | id | role:renewed |
    Then the request succeeds
    When the root admin calls updateRole with
      | id   | role:renewed |
      | name | odd          |
    Then the request is refused because no-role-to-change

  @CS-ROL-009 @SPEC-03 @extended @ROL-21 @ROL-22 @ROL-23
  Scenario Outline: [CS-ROL-009] The role <role> does not change its <name> to <value>
    When the root admin calls createRole with
      | name | new  |
      | type | User |
    And the root admin calls updateRole with
      | id     | role:<role> |
      | <name> | <value>     |
    Then the request is refused because <reason>

    Examples:
      | role | name        | value   | reason               |
      | new  | type        | Odd     | role-type-illegal    |
      | new  | type        | Unknown | role-type-unknown    |
      | User | description | mine    | stock-role-to-change |

  @CS-ROL-010 @SPEC-15 @extended @ROL-26 @ROL-27 @ROL-29 @ROL-25
  Scenario: [CS-ROL-010] The rules of a role get another order, another permission, and go
    When the root admin calls createRole with
      | name | new  |
      | type | User |
    And the root admin calls createRolePermission with
      | roleid     | role:new |
      | rule       | list*    |
      | permission | allow    |
    And the root admin calls createRolePermission with
      | roleid     | role:new |
      | rule       | *        |
      | permission | deny     |
    Then the request succeeds
    When the root admin calls updateRolePermission with
      | roleid    | role:new   |
      | ruleorder | rule:new/* |
    Then the request is refused because rules-changed-meanwhile
    When the root admin calls updateRolePermission with
      | roleid     | role:new   |
      | ruleorder  | rule:new/* |
      | permission | deny       |
    Then the request is refused because order-and-permission
    When the root admin calls updateRolePermission with
      | roleid     | role:new   |
      | ruleid     | rule:new/* |
      | permission | perhaps    |
    Then the request is refused because permission-unknown
    When the root admin calls updateRolePermission with
      | roleid     | role:new   |
      | ruleid     | rule:new/* |
      | permission | allow      |
    Then the request succeeds
    When the root admin calls deleteRolePermission with
      | id | rule:new/* |
    Then the request succeeds
    When the root admin calls deleteRolePermission with
      | id | rule:new/* |
    Then the request is refused because no-such-rule
    When the root admin calls deleteRole with
      | id | role:new |
    And the root admin calls updateRolePermission with
      | roleid | role:new |
    Then the request is refused because no-role-to-change

  @CS-ROL-011 @SPEC-03 @extended @ROL-28 @ROL-30
  Scenario: [CS-ROL-011] The rules of a stock role stay
    When the root admin calls updateRolePermission with
      | roleid     | role:Root Admin   |
      | ruleid     | rule:Root Admin/* |
      | permission | deny              |
    Then the request is refused because stock-rule-to-change
    When the root admin calls deleteRolePermission with
      | id | rule:Root Admin/* |
    Then the request is refused because stock-rule-to-delete
