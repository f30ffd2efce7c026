@api
Feature: Domains below domains, and domains whose names begin alike

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-DMN-001 @SPEC-03 @extended
  Scenario: [CS-DMN-001] A domain admin uses and sees what is in the domains below
    Given a stopped VM "vm2" with ROOT volume "r2" of the branch owner
    Then listVolumes shows the domain admin "r2, r1, d1" with
      | listall | true |
    And listVolumes shows the domain admin "r2" with
      | id | volume:r2 |
    And listVolumes shows the domain admin "r2" with
      | domainid | domain:branch owner |
    And listVolumes shows the domain admin "r1, d1" with
      | domainid | domain:owner |
      | listall  | true         |
    And listVolumes shows the domain admin "r2, r1, d1" with
      | domainid    | domain:owner |
      | isrecursive | true         |
      | listall     | true         |
    And listVolumes shows the domain admin "" with
      | isrecursive | false |
    When the domain admin detaches volume "r2"
    Then the request succeeds
    When the domain admin attaches volume "r2" to VM "vm2" as device 0
    Then the request succeeds

  @CS-DMN-002 @SPEC-03 @extended @DET-05 @ACL-02
  Scenario: [CS-DMN-002] The admin of a domain below neither uses nor sees what is above
    Given a stopped VM "vm2" with ROOT volume "r2" of the branch owner
    When the branch admin detaches volume "r1"
    Then the request is refused because permission-denied-late
    When the branch admin calls listVolumes with
      | domainid | domain:owner |
    Then the request is refused because no-way-into-domain
    And listVolumes shows the branch admin "r2" with
      | listall | true |
    And listVolumes shows the branch admin "" with
      | id | volume:r1 |
    When the branch admin detaches volume "r2"
    Then the request succeeds

  @CS-DMN-003 @SPEC-03 @extended @DET-05 @ACL-02 @ACL-05
  Scenario: [CS-DMN-003] A domain whose name begins with another's is not below it
    Given a stopped VM "vm2" with ROOT volume "r2" of the namesake
    When the domain admin detaches volume "r2"
    Then the request is refused because permission-denied-late
    When the domain admin calls listVolumes with
      | domainid | domain:namesake |
    Then the request is refused because no-way-into-domain
    When the namesake admin detaches volume "r1"
    Then the request is refused because permission-denied-late
    And listVolumes shows the domain admin "r1, d1" with
      | listall | true |
    And listVolumes shows the domain admin "" with
      | id | volume:r2 |
    And listVolumes shows the namesake admin "r2" with
      | listall | true |
    And listVolumes shows the root admin "r1, d1" with
      | domainid    | domain:owner |
      | isrecursive | true         |
    When the namesake admin detaches volume "r2"
    Then the request succeeds

  @CS-DMN-004 @SPEC-03 @extended @ACL-02 @ACL-05
  Scenario: [CS-DMN-004] A user looks into no domain but the own, and at nobody else in it
    Given a stopped VM "vm2" with ROOT volume "r2" of the branch owner
    And a stopped VM "vm3" with ROOT volume "r3" of the other
    When the owner calls listVolumes with
      | domainid | domain:branch owner |
    Then the request is refused because no-way-into-domain
    When the owner calls listVolumes with
      | account  | account:other |
      | domainid | domain:other  |
    Then the request is refused because permission-denied
    And listVolumes shows the owner "r1, d1" with
      | domainid | domain:owner |
    And listVolumes shows the owner "r1, d1" with
      | listall | true |
    And listVolumes shows the owner "r1, d1" with
      | isrecursive | true |
      | listall     | true |
    And listVolumes shows the owner "r1, d1" with
      | account  | account:owner |
      | domainid | domain:owner  |
    And listVolumes shows the owner "" with
      | id | volume:r3 |
    And listVolumes shows the other "r3" with
      | listall | true |

  @CS-DMN-005 @SPEC-03 @extended
  Scenario: [CS-DMN-005] Without listall an admin is shown what is the admin's own
    Given a stopped VM "vm2" with ROOT volume "r2" of the other
    Then listVolumes shows the root admin "" with
      | type | ROOT |
    And listVolumes shows the domain admin "" with
      | type | ROOT |
    And listVolumes shows the root admin "r2, r1" with
      | type     | ROOT         |
      | domainid | domain:owner |
    And listVolumes shows the root admin "r2" with
      | account  | account:other |
      | domainid | domain:other  |
    And listVolumes shows the domain admin "r1, d1" with
      | account  | account:owner |
      | domainid | domain:owner  |

  @CS-DMN-006 @SPEC-03 @extended @ACL-02 @ACL-07
  Scenario: [CS-DMN-006] What a project owns is seen by its domain's admin, by no other domain's
    Given a stopped VM "vm2" with ROOT volume "p1" of the project
    Then listVolumes shows the domain admin "p1" with
      | projectid | accountid:project |
    And listVolumes shows the domain admin "r1, d1" with
      | listall | true |
    And listVolumes shows the foreign admin "" with
      | projectid | -1   |
      | listall   | true |
    When the domain admin detaches volume "p1"
    Then the request succeeds
    When the namesake admin calls listVolumes with
      | projectid | accountid:project |
    Then the request is refused because no-way-into-domain
    When the other calls listVolumes with
      | projectId | accountid:project |
    Then the request is refused because project-of-others
    And listVolumes shows the other "" with
      | projectid | -1 |
