@vm
Feature: Templates and ISO images

  @CS-IMG-001 @SPEC-14 @extended @REG-01
  Scenario: [CS-IMG-001] No template with account account:other
    Given the setting "max.account.templates" is "20"
    When the owner calls registerTemplate with
      | name       | t1                              |
      | url        | http://images.internal/t1.qcow2 |
      | format     | QCOW2                           |
      | hypervisor | KVM                             |
      | account    | account:other                   |
      | domainid   | domain:other                    |
    Then the request is refused because permission-denied

  @CS-IMG-001 @SPEC-14 @extended @REG-02
  Scenario: [CS-IMG-001] No template with hypervisor Abacus
    Given the setting "max.account.templates" is "20"
    When the owner calls registerTemplate with
      | name       | t1                              |
      | url        | http://images.internal/t1.qcow2 |
      | format     | QCOW2                           |
      | hypervisor | Abacus                          |
      | domainid   | domain:other                    |
    Then the request is refused because hypervisor-unknown

  @CS-IMG-001 @SPEC-14 @extended @REG-03
  Scenario: [CS-IMG-001] No template with format PNG
    Given the setting "max.account.templates" is "20"
    When the owner calls registerTemplate with
      | name       | t1                              |
      | url        | http://images.internal/t1.qcow2 |
      | hypervisor | KVM                             |
      | format     | PNG                             |
      | domainid   | domain:other                    |
    Then the request is refused because format-unknown

  @CS-IMG-001 @SPEC-14 @extended @REG-04
  Scenario: [CS-IMG-001] No template with url t1.qcow2
    Given the setting "max.account.templates" is "20"
    When the owner calls registerTemplate with
      | name       | t1           |
      | format     | QCOW2        |
      | hypervisor | KVM          |
      | url        | t1.qcow2     |
      | domainid   | domain:other |
    Then the request is refused because bad-url

  @CS-IMG-001 @SPEC-14 @extended @REG-05
  Scenario: [CS-IMG-001] No template with url http://127.0.0.1/t
    Given the setting "max.account.templates" is "20"
    When the owner calls registerTemplate with
      | name       | t1                 |
      | format     | QCOW2              |
      | hypervisor | KVM                |
      | url        | http://127.0.0.1/t |
      | domainid   | domain:other       |
    Then the request is refused because illegal-host

  @CS-IMG-001 @SPEC-14 @extended @REG-06
  Scenario: [CS-IMG-001] No template with name t2
    Given the setting "max.account.templates" is "0"
    When the owner calls registerTemplate with
      | url        | http://images.internal/t1.qcow2 |
      | format     | QCOW2                           |
      | hypervisor | KVM                             |
      | name       | t2                              |
      | domainid   | domain:other                    |
    Then the request is refused because template-limit

  @CS-IMG-002 @SPEC-14 @extended @DTM-01 @DTM-02
  Scenario: [CS-IMG-002] A template is there at once, and stays while a VM has it
    When the root admin calls registerTemplate with
      | name       | t1                              |
      | url        | http://images.internal/t1.qcow2 |
      | format     | qcow2                           |
      | hypervisor | kvm                             |
      | isfeatured | true                            |
    Then the request succeeds
    When the owner calls deleteTemplate with
      | id | image:t1 |
    Then the request is refused because permission-denied-late
    When the owner deploys a VM with
      | templateid | image:t1 |
    Then the request succeeds
    When the root admin calls deleteTemplate with
      | id | image:t1 |
    Then the request is refused because template-in-use
    When the root admin calls deleteTemplate with
      | id     | image:t1 |
      | forced | true     |
    Then the request succeeds

  @CS-IMG-003 @SPEC-03 @extended @XTM-01 @XTM-02 @XTM-03 @DEP-07
  Scenario: [CS-IMG-003] Who may not see a template neither fetches it nor makes a VM of it
    When the other calls registerTemplate with
      | name          | t1                              |
      | url           | http://images.internal/t1.qcow2 |
      | format        | QCOW2                           |
      | hypervisor    | KVM                             |
      | isextractable | true                            |
    Then the request succeeds
    When the owner calls extractTemplate with
      | id   | image:t1      |
      | mode | HTTP_DOWNLOAD |
    Then the request is refused because permission-denied-late
    When the owner deploys a VM with
      | templateid | image:t1 |
    Then the request is refused because permission-denied
    When the other calls extractTemplate with
      | id   | image:t1 |
      | mode | PIGEON   |
    Then the request is refused because unknown-mode-of-template
    When the other calls extractTemplate with
      | id   | image:t1      |
      | mode | HTTP_DOWNLOAD |
    Then the request succeeds
    When the owner calls extractTemplate with
      | id   | template:KVM  |
      | mode | HTTP_DOWNLOAD |
    Then the request is refused because template-not-extractable

  @CS-IMG-004 @SPEC-03 @extended @ISO-01 @ISO-02 @ISO-04
  Scenario: [CS-IMG-004] An ISO image goes into the empty drive of a VM
    Given a stopped VM "vm1" with ROOT volume "r1"
    When the owner calls attachIso with
      | id               | template:KVM |
      | virtualmachineid | vm:vm1       |
    Then the request is refused because not-an-iso
    When the owner calls registerIso with
      | name   | i1                            |
      | url    | http://images.internal/i1.iso |
      | zoneid | zone:zone1                    |
    Then the request succeeds
    When the other calls registerIso with
      | name   | i2                            |
      | url    | http://images.internal/i2.iso |
      | zoneid | zone:zone1                    |
    Then the request succeeds
    When the owner calls attachIso with
      | id               | iso:i2 |
      | virtualmachineid | vm:vm1 |
    Then the request is refused because permission-denied-late
    When the owner calls attachIso with
      | id               | iso:i1 |
      | virtualmachineid | vm:vm1 |
    Then the request succeeds
    When the root admin calls attachIso with
      | id               | iso:i2 |
      | virtualmachineid | vm:vm1 |
    Then the request is refused because drive-taken
    When the root admin calls attachIso with
      | id               | iso:i2 |
      | virtualmachineid | vm:vm1 |
      | forced           | true   |
    Then the request succeeds

  @CS-IMG-005 @SPEC-03 @extended @ISO-03
  Scenario: [CS-IMG-005] A destroyed VM has no drive
    Given a stopped VM "vm1" with ROOT volume "r1"
    And VM "vm1" is Destroyed
    When the root admin calls registerIso with
      | name   | i1                            |
      | url    | http://images.internal/i1.iso |
      | zoneid | zone:zone1                    |
    And the root admin calls attachIso with
      | id               | iso:i1 |
      | virtualmachineid | vm:vm1 |
    Then the request is refused because vm-state-for-iso

  @CS-IMG-006 @SPEC-03 @extended @DEP-08
  Scenario: [CS-IMG-006] A VM from an ISO image needs to know its hypervisor and its disk
    When the owner calls registerIso with
      | name   | i1                            |
      | url    | http://images.internal/i1.iso |
      | zoneid | zone:zone1                    |
    And the owner deploys a VM with
      | templateid | iso:i1 |
    Then the request is refused because iso-alone
    When the owner deploys a VM with
      | templateid     | iso:i1     |
      | hypervisor     | KVM        |
      | diskofferingid | disk:Small |
    Then the request succeeds
    And the owner owns 1 volumes of 5 GiB in all

  @CS-IMG-007 @SPEC-03 @extended @TPL-05
  Scenario: [CS-IMG-007] No template of a volume beyond the account's limit
    Given a stopped VM "vm1" with ROOT volume "r1"
    And the setting "max.account.templates" is "0"
    When the owner calls createTemplate with
      | name     | t1                   |
      | volumeid | volume:r1            |
      | ostypeid | ostype:CentOS 7      |
    Then the request is refused because template-limit
