@api
Feature: Who signs a request

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1"

  @CS-SIG-001 @SPEC-08 @extended
  Scenario: [CS-SIG-001] A request that is signed with the key's secret is answered
    When the owner signs listVolumes with
      | id | volume:r1 |
    Then the request succeeds
    And the answer has the field "count"

  @CS-SIG-002 @SPEC-03 @extended
  Scenario Outline: [CS-SIG-002] A request with <what> is refused
    When the owner signs listVolumes with
      | <name> | <value> |
    Then the request is refused because not-signed-in

    Examples:
      | what                   | name      | value                        |
      | another secret         | secret    | no-secret                    |
      | another signature      | signature | AAAAAAAAAAAAAAAAAAAAAAAAAAA= |
      | a key that nobody has  | apiKey    | no-key                       |

  @CS-SIG-003 @SPEC-03 @extended
  Scenario Outline: [CS-SIG-003] A signature that <how> is refused
    When the owner signs listVolumes with
      | signatureVersion | 3      |
      | expires          | <when> |
    Then the request is refused because not-signed-in

    Examples:
      | how             | when                     |
      | expired         | 2000-01-01T00:00:00+0000 |
      | expires odd     | tomorrow                 |

  @CS-SIG-004 @SPEC-08 @extended
  Scenario: [CS-SIG-004] A signature that expires later is good
    When the owner signs listVolumes with
      | signatureVersion | 3                        |
      | expires          | 2199-01-01T00:00:00+0000 |
    Then the request succeeds

  @CS-SIG-005 @SPEC-03 @admin
  Scenario Outline: [CS-SIG-005] Who is <state> signs in vain
    When the root admin calls <command> with
      | id | userid:owner |
    Then the request succeeds
    When the owner signs listVolumes with
      | id | volume:r1 |
    Then the request is refused because not-signed-in

    Examples:
      | state    | command     |
      | deleted  | deleteUser  |
      | locked   | lockUser    |

  @CS-SIG-006 @SPEC-03 @admin
  Scenario: [CS-SIG-006] A user who is disabled signs in vain, and again when enabled
    When the root admin calls disableUser with
      | id | userid:owner |
    Then the request succeeds
    When the owner signs listVolumes with
      | id | volume:r1 |
    Then the request is refused because not-signed-in
    When the root admin calls enableUser with
      | id | userid:owner |
    Then the request succeeds
    When the owner signs listVolumes with
      | id | volume:r1 |
    Then the request succeeds

  @CS-SIG-007 @SPEC-03 @admin
  Scenario: [CS-SIG-007] The users of a disabled account sign in vain
    Given the owner is disabled
    When the owner signs listVolumes with
      | id | volume:r1 |
    Then the request is refused because not-signed-in
