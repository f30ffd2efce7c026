@api
Feature: The fields of what is shown, and their types

  Background:
    Given a running VM "vm1" with ROOT volume "r1"
    And an Allocated data volume "d1"

  @CS-SHP-001 @SPEC-08 @extended
  Scenario Outline: [CS-SHP-001] Each <kind> that <command> shows the <who>
    Given a snapshot "s1" of volume "r1"
    Then each <kind> that <command> shows the <who> has its form

    Examples:
      | kind            | command              | who        |
      | volume          | listVolumes          | root admin |
      | volume          | listVolumes          | owner      |
      | virtualmachine  | listVirtualMachines  | root admin |
      | virtualmachine  | listVirtualMachines  | owner      |
      | nic             | listVirtualMachines  | owner      |
      | snapshot        | listSnapshots        | owner      |
      | zone            | listZones            | root admin |
      | cluster         | listClusters         | root admin |
      | host            | listHosts            | root admin |
      | storagepool     | listStoragePools     | root admin |
      | diskoffering    | listDiskOfferings    | owner      |
      | serviceoffering | listServiceOfferings | root admin |
      | template        | listTemplates        | root admin |
      | network         | listNetworks         | owner      |
      | networkoffering | listNetworkOfferings | root admin |
      | domain          | listDomains          | root admin |
      | account         | listAccounts         | root admin |
      | user            | listUsers            | root admin |
      | role            | listRoles            | root admin |
      | ostype          | listOsTypes          | root admin |
      | event           | listEvents           | owner      |

  @CS-SHP-002 @SPEC-08 @extended
  Scenario: [CS-SHP-002] A project and a VM snapshot
    Given a stopped VM "vm2" with ROOT volume "r2" of the project
    Then each project that listProjects shows the owner has its form
    Given VM "vm1" is Stopped
    And VM "vm1" has a VM snapshot
    Then each vmsnapshot that listVMSnapshot shows the owner has its form

  @CS-SHP-003 @SPEC-08 @extended
  Scenario: [CS-SHP-003] A job that succeeded, and what it is about
    When the owner attaches volume "d1" to VM "vm1"
    Then the request succeeds
    And each asyncjobs that queryAsyncJobResult shows the owner has its form
    And the answer of the job has
      | jobresultcode   | 0                                                             |
      | jobresulttype   | object                                                        |
      | jobprocstatus   | 0                                                             |
      | jobstatus       | 1                                                             |
      | jobinstancetype | Volume                                                        |
      | jobinstanceid   | volume:d1                                                     |
      | cmd             | org.apache.cloudstack.api.command.user.volume.AttachVolumeCmd |
      | accountid       | accountid:owner                                               |
      | userid          | userid:owner                                                  |
      | completed       | present                                                       |

  @CS-SHP-004 @SPEC-08 @extended @unless-job-code-530
  Scenario: [CS-SHP-004] A job that failed
    When the root admin detaches volume "r1"
    Then the request is refused because vm-not-stopped
    And each asyncjobs that queryAsyncJobResult shows the root admin has its form
    And the answer of the job has
      | jobresultcode   | 431                                                                   |
      | jobresulttype   | object                                                                |
      | jobstatus       | 2                                                                     |
      | jobinstancetype | Volume                                                                |
      | jobinstanceid   | volume:r1                                                             |
      | cmd             | org.apache.cloudstack.api.command.admin.volume.DetachVolumeCmdByAdmin |

  @CS-SHP-005 @SPEC-08 @extended
  Scenario: [CS-SHP-005] An empty list is an empty answer, and a page counts the whole
    When the owner calls listSnapshots with
      | listall | true |
    Then the answer is empty
    When the owner calls listVolumes with
      | listall  | true |
      | page     | 1    |
      | pagesize | 1    |
    Then the answer counts 2 and has 1
    When the owner calls listVolumes with
      | listall  | true |
      | page     | 3    |
      | pagesize | 1    |
    Then the answer counts 2 and has 0

  @CS-SHP-006 @needs-KVM @SPEC-08 @extended @unless-no-delete-protection
  Scenario: [CS-SHP-006] What volumes say of themselves
    When the root admin calls listVolumes with
      | id | volume:r1 |
    Then the answer shows
      | destroyed        | False         |
      | isextractable    | False         |
      | type             | ROOT          |
      | deviceid         | 0             |
      | state            | Ready         |
      | storagetype      | shared        |
      | hypervisor       | present       |
      | vmstate          | Running       |
      | vmtype           | User          |
      | provisioningtype | thin          |
      | displayvolume    | True          |
      | hasannotations   | False         |
      | quiescevm        | False         |
      | deleteprotection | False         |
      | virtualmachineid | vm:vm1        |
      | zoneid           | zone:a-zone   |
      | account          | account:owner |
    When the root admin calls listVolumes with
      | id | volume:d1 |
    Then the answer shows
      | destroyed        | False      |
      | isextractable    | True       |
      | type             | DATADISK   |
      | state            | Allocated  |
      | size             | 5368709120 |
      | diskofferingname | Small      |
      | storageid        | absent     |
      | attached         | absent     |
    Given a Ready data volume "d3" made on VM "vm1"
    And volume "d3" has been destroyed
    When the root admin calls listVolumes with
      | id | volume:d3 |
    Then the answer shows
      | destroyed | True    |
      | state     | Destroy |
