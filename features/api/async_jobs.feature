@api
Feature: Asynchronous jobs

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1"

  @CS-JOB-003 @SPEC-08 @extended @REQ-05
  Scenario: [CS-JOB-003] An unknown job is refused
    When the owner calls queryAsyncJobResult with
      | jobid | 00000000-0000-4000-8000-000000000000 |
    Then the request is refused because unknown-id

  @CS-JOB-001 @SPEC-08 @core
  Scenario: [CS-JOB-001] A job is pending, then it has succeeded
    When the owner detaches volume "r1"
    Then the request succeeds
    And the job was pending before it ended

  @CS-JOB-001 @SPEC-08 @core
  Scenario: [CS-JOB-001] A job is pending, then it has failed
    Given VM "vm1" is Running
    When the owner detaches volume "r1"
    Then the request is refused because vm-not-stopped
    And the job was pending before it ended

  @CS-JOB-002 @SPEC-08 @core
  Scenario: [CS-JOB-002] The result is kept and can be asked for again
    When the owner detaches volume "r1"
    Then asking for the job again gives the same result

  @CS-JOB-004 @SPEC-03 @extended @QJB-01 @QJB-02
  Scenario Outline: [CS-JOB-004] The job is invisible to the <who>
    When the owner detaches volume "r1"
    And the <who> calls queryAsyncJobResult with
      | jobid | last:jobid |
    Then the request is refused because <reason>

    Examples:
      | who           | reason                |
      | other         | job-of-another        |
      | foreign admin | job-of-another-domain |

  @CS-JOB-007 @SPEC-08 @extended
  Scenario: [CS-JOB-007] Jobs are listed while they are pending, and no longer
    Given an Allocated data volume "d2"
    When the owner asks all at once
      | command       | id        | virtualmachineid |
      | attachVolume  | volume:d2 | vm:vm1           |
      | listAsyncJobs |           |                  |
    Then the answer shows
      | jobstatus | 0 |
    When the owner calls listAsyncJobs with
      | page     | 1  |
      | pagesize | 20 |
    Then the answer is empty

  @CS-JOB-006 @SPEC-08 @extended
  Scenario: [CS-JOB-006] Many jobs can be asked for in any order
    Given VM "vm1" has 3 more data volumes
    When the owner asks all at once
      | command      | id            |
      | detachVolume | volume:extra1 |
      | detachVolume | volume:extra2 |
      | detachVolume | volume:extra3 |
      | detachVolume | volume:r1     |
    Then 4 of the requests succeeded
