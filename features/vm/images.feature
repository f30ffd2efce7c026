@vm
Feature: Templates and ISO images

  @CS-IMG-001 @SPEC-14 @extended @REG-01
  Scenario: [CS-IMG-001] No template with account account:other
    Given the setting "max.account.templates" is "20"
    When the owner calls registerTemplate with
      | name        | t1                          |
      | displaytext | text                        |
      | url         | http://203.0.113.7/t1.qcow2 |
      | format      | QCOW2                       |
      | hypervisor  | KVM                         |
      | account     | account:other               |
      | domainid    | domain:other                |
      | zoneid      | zone:a-zone                 |
      | ostypeid    | ostype:CentOS 7             |
    Then the request is refused because permission-denied

  @CS-IMG-001 @SPEC-14 @extended @REG-02
  Scenario: [CS-IMG-001] No template with hypervisor Abacus
    Given the setting "max.account.templates" is "20"
    When the owner calls registerTemplate with
      | name        | t1                          |
      | displaytext | text                        |
      | url         | http://203.0.113.7/t1.qcow2 |
      | format      | QCOW2                       |
      | hypervisor  | Abacus                      |
      | domainid    | domain:other                |
      | zoneid      | zone:a-zone                 |
      | ostypeid    | ostype:CentOS 7             |
    Then the request is refused because hypervisor-unknown

  @CS-IMG-001 @SPEC-14 @extended @REG-03
  Scenario: [CS-IMG-001] No template with format PNG
    Given the setting "max.account.templates" is "20"
    When the owner calls registerTemplate with
      | name        | t1                          |
      | displaytext | text                        |
      | url         | http://203.0.113.7/t1.qcow2 |
      | hypervisor  | KVM                         |
      | format      | PNG                         |
      | domainid    | domain:other                |
      | zoneid      | zone:a-zone                 |
      | ostypeid    | ostype:CentOS 7             |
    Then the request is refused because format-unknown

  @CS-IMG-001 @SPEC-14 @extended @REG-04
  Scenario: [CS-IMG-001] No template with url t1.qcow2
    Given the setting "max.account.templates" is "20"
    When the owner calls registerTemplate with
      | name        | t1              |
      | displaytext | text            |
      | format      | QCOW2           |
      | hypervisor  | KVM             |
      | url         | t1.qcow2        |
      | domainid    | domain:other    |
      | zoneid      | zone:a-zone     |
      | ostypeid    | ostype:CentOS 7 |
    Then the request is refused because bad-url

  @CS-IMG-001 @SPEC-14 @extended @REG-05
  Scenario: [CS-IMG-001] No template with url http://127.0.0.1/t
    Given the setting "max.account.templates" is "20"
    When the owner calls registerTemplate with
      | name        | t1                 |
      | displaytext | text               |
      | format      | QCOW2              |
      | hypervisor  | KVM                |
      | url         | http://127.0.0.1/t |
      | domainid    | domain:other       |
      | zoneid      | zone:a-zone        |
      | ostypeid    | ostype:CentOS 7    |
    Then the request is refused because illegal-host

  @CS-IMG-001 @SPEC-14 @extended @REG-06
  Scenario: [CS-IMG-001] No template with name t2
    Given the setting "max.account.templates" is "0"
    When the owner calls registerTemplate with
      | url         | http://203.0.113.7/t1.qcow2 |
      | format      | QCOW2                       |
      | hypervisor  | KVM                         |
      | name        | t2                          |
      | displaytext | text                        |
      | domainid    | domain:other                |
      | zoneid      | zone:a-zone                 |
      | ostypeid    | ostype:CentOS 7             |
    Then the request is refused because template-limit

  @CS-IMG-002 @SPEC-14 @extended @DTM-01 @DTM-02
  Scenario: [CS-IMG-002] A template is there at once, and stays while a VM has it
    When the root admin calls registerTemplate with
      | name        | t1                          |
      | displaytext | text                        |
      | url         | http://203.0.113.7/t1.qcow2 |
      | format      | qcow2                       |
      | hypervisor  | KVM                         |
      | ostypeid    | ostype:CentOS 7             |
      | zoneid      | zone:a-zone                 |
      | isfeatured  | true                        |
      | ispublic    | true                        |
    Then the request succeeds
    When the owner calls deleteTemplate with
      | id | image:t1 |
    Then the request is refused because public-template-of-another
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

  @CS-IMG-003 @SPEC-03 @extended @XTM-02 @XTM-03 @DEP-07
  Scenario: [CS-IMG-003] Who may not see a template neither fetches it nor makes a VM of it
    When the other calls registerTemplate with
      | name          | t1                          |
      | displaytext   | text                        |
      | url           | http://203.0.113.7/t1.qcow2 |
      | format        | qcow2                       |
      | hypervisor    | KVM                         |
      | ostypeid      | ostype:CentOS 7             |
      | zoneid        | zone:a-zone                 |
      | isextractable | true                        |
    Then the request succeeds
    When the owner calls extractTemplate with
      | id   | image:t1      |
      | mode | HTTP_DOWNLOAD |
    Then the request is refused because permission-denied-late
    When the owner deploys a VM with
      | templateid | image:t1 |
    Then the request is refused because template-denied
    When the other calls extractTemplate with
      | id   | image:t1      |
      | mode | HTTP_DOWNLOAD |
    Then the request succeeds
    When the owner calls extractTemplate with
      | id   | template:usual |
      | mode | HTTP_DOWNLOAD  |
    Then the request is refused because template-not-extractable
    When the root admin calls extractTemplate with
      | id   | template:usual |
      | mode | HTTP_DOWNLOAD  |
    Then the request succeeds

  @CS-IMG-004 @SPEC-03 @extended @ISO-02 @ISO-07 @EJT-01 @DIS-01 @DIS-03 @unless-drive-holds-its-iso
  Scenario: [CS-IMG-004] An ISO image goes into the drive of a VM in place of another
    Given a stopped VM "vm1" with ROOT volume "r1"
    When the owner calls detachIso with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because drive-empty
    When the owner calls registerIso with
      | name        | i1                        |
      | displaytext | text                      |
      | url         | http://203.0.113.7/i1.iso |
      | ostypeid    | ostype:CentOS 7           |
      | zoneid      | zone:a-zone               |
    Then the request succeeds
    When the other calls registerIso with
      | name        | i2                        |
      | displaytext | text                      |
      | url         | http://203.0.113.7/i1.iso |
      | ostypeid    | ostype:CentOS 7           |
      | zoneid      | zone:a-zone               |
    Then the request succeeds
    When the owner calls registerIso with
      | name        | i3                        |
      | displaytext | text                      |
      | url         | http://203.0.113.7/i1.iso |
      | ostypeid    | ostype:CentOS 7           |
      | zoneid      | zone:a-zone               |
    Then the request succeeds
    When the owner calls attachIso with
      | id               | iso:i2 |
      | virtualmachineid | vm:vm1 |
    Then the request is refused because permission-denied-late
    When the owner calls attachIso with
      | id               | iso:i1 |
      | virtualmachineid | vm:vm1 |
    Then the request succeeds
    When the owner calls attachIso with
      | id               | iso:i3 |
      | virtualmachineid | vm:vm1 |
    Then the request succeeds
    And field "isoname" of VM "vm1" is "i3"
    When the root admin calls attachIso with
      | id               | iso:i2 |
      | virtualmachineid | vm:vm1 |
    Then the request is refused because permission-denied-late
    When the owner calls deleteIso with
      | id | iso:i3 |
    Then the request is refused because iso-in-use
    When the owner calls deleteIso with
      | id | iso:i2 |
    Then the request is refused because permission-denied-late
    When the owner calls detachIso with
      | virtualmachineid | vm:vm1 |
    Then the request succeeds
    And field "isoname" of VM "vm1" is "absent"
    When the owner calls deleteIso with
      | id | iso:i3 |
    Then the request succeeds

  @CS-IMG-005 @SPEC-03 @extended @ISO-03 @EJT-02
  Scenario: [CS-IMG-005] A destroyed VM has no drive
    Given a stopped VM "vm1" with ROOT volume "r1"
    When the root admin calls registerIso with
      | name        | i1                        |
      | displaytext | text                      |
      | url         | http://203.0.113.7/i1.iso |
      | ostypeid    | ostype:CentOS 7           |
      | zoneid      | zone:a-zone               |
      | ispublic    | true                      |
    Then the request succeeds
    When the root admin calls attachIso with
      | id               | iso:i1 |
      | virtualmachineid | vm:vm1 |
    Then the request succeeds
    When the root admin calls destroyVirtualMachine with
      | id | vm:vm1 |
    Then the request succeeds
    When the root admin calls attachIso with
      | id               | iso:i1 |
      | virtualmachineid | vm:vm1 |
    Then the request is refused because vm-state-for-iso
    When the root admin calls detachIso with
      | virtualmachineid | vm:vm1 |
    Then the request is refused because vm-state-for-iso

  @CS-IMG-006 @SPEC-03 @extended @DEP-08
  Scenario: [CS-IMG-006] A VM from an ISO image needs to know its hypervisor and its disk
    When the owner calls registerIso with
      | name        | i1                        |
      | displaytext | text                      |
      | url         | http://203.0.113.7/i1.iso |
      | zoneid      | zone:a-zone               |
      | ostypeid    | ostype:CentOS 7           |
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
      | name        | t1              |
      | displaytext | text            |
      | volumeid    | volume:r1       |
      | ostypeid    | ostype:CentOS 7 |
    Then the request is refused because template-limit

  @CS-IMG-008 @SPEC-03 @extended @REG-07 @REG-08 @REG-09
  Scenario: [CS-IMG-008] A template names its zones in one way, and its guest system
    When the owner calls registerTemplate with
      | name        | t1                          |
      | displaytext | text                        |
      | url         | http://203.0.113.7/t1.qcow2 |
      | format      | QCOW2                       |
      | hypervisor  | KVM                         |
      | ostypeid    | ostype:CentOS 7             |
      | zoneid      | zone:a-zone                 |
      | zoneids     | zone:a-zone                 |
    Then the request is refused because zones-named-twice
    When the owner calls registerTemplate with
      | name        | t1                          |
      | displaytext | text                        |
      | url         | http://203.0.113.7/t1.qcow2 |
      | format      | QCOW2                       |
      | hypervisor  | KVM                         |
      | ostypeid    | ostype:CentOS 7             |
    Then the request is refused because zones-not-named
    When the owner calls registerTemplate with
      | name        | t1                          |
      | displaytext | text                        |
      | url         | http://203.0.113.7/t1.qcow2 |
      | format      | QCOW2                       |
      | hypervisor  | KVM                         |
      | zoneid      | zone:a-zone                 |
    Then the request is refused because no-guest-system

  @CS-IMG-009 @SPEC-03 @extended @REG-10
  Scenario: [CS-IMG-009] An ISO image that boots names its guest system
    When the owner calls registerIso with
      | name        | t1                        |
      | displaytext | text                      |
      | url         | http://203.0.113.7/t1.iso |
      | zoneid      | zone:a-zone               |
    Then the request is refused because no-guest-to-boot
    When the owner calls registerIso with
      | name        | t1                        |
      | displaytext | text                      |
      | url         | http://203.0.113.7/t1.iso |
      | zoneid      | zone:a-zone               |
      | bootable    | false                     |
    Then the request succeeds

  @CS-IMG-023 @SPEC-03 @extended @REG-13
  Scenario Outline: [CS-IMG-023] The URL of an image ends as its format does, not as <name>
    When the owner calls <command> with
      | name        | t1                        |
      | displaytext | text                      |
      | url         | http://203.0.113.7/<name> |
      | format      | VHD                       |
      | hypervisor  | Hyperv                    |
      | ostypeid    | ostype:CentOS 7           |
      | zoneid      | zone:a-zone               |
    Then the request is refused because <reason>

    Examples:
      | command          | name     | reason             |
      | registerTemplate | t1.ova   | image-ending-other |
      | registerTemplate | t1       | image-ending-none  |
      | registerIso      | t1.qcow2 | iso-ending-other   |

  @CS-IMG-010 @SPEC-03 @extended @REG-11 @unless-everywhere-for-anybody
  Scenario: [CS-IMG-010] An image in all zones is a root admin's
    When the owner calls registerTemplate with
      | name        | t1                          |
      | displaytext | text                        |
      | url         | http://203.0.113.7/t1.qcow2 |
      | format      | QCOW2                       |
      | hypervisor  | KVM                         |
      | ostypeid    | ostype:CentOS 7             |
      | zoneid      | -1                          |
    Then the request is refused because all-zones
    When the root admin calls registerTemplate with
      | name        | t1                          |
      | displaytext | text                        |
      | url         | http://203.0.113.7/t1.qcow2 |
      | format      | QCOW2                       |
      | hypervisor  | KVM                         |
      | ostypeid    | ostype:CentOS 7             |
      | zoneid      | -1                          |
    Then the request succeeds

  @CS-IMG-011 @SPEC-03 @extended @REG-12
  Scenario: [CS-IMG-011] A disabled zone takes no images
    Given the allocation of zone "a-zone" is off
    When the owner calls registerTemplate with
      | name        | t1                          |
      | displaytext | text                        |
      | url         | http://203.0.113.7/t1.qcow2 |
      | format      | QCOW2                       |
      | hypervisor  | KVM                         |
      | ostypeid    | ostype:CentOS 7             |
      | zoneid      | zone:a-zone                 |
    Then the request is refused because zone-disabled
    When the root admin calls registerTemplate with
      | name        | t1                          |
      | displaytext | text                        |
      | url         | http://203.0.113.7/t1.qcow2 |
      | format      | QCOW2                       |
      | hypervisor  | KVM                         |
      | ostypeid    | ostype:CentOS 7             |
      | zoneid      | zone:a-zone                 |
    Then the request succeeds

  @CS-IMG-012 @SPEC-03 @extended @DTM-03 @DIS-02 @XTM-01 @XIS-01 @LTM-03 @LTM-04
  Scenario: [CS-IMG-012] Templates and ISO images are not taken for one another
    When the root admin calls registerIso with
      | name        | i1                        |
      | displaytext | text                      |
      | url         | http://203.0.113.7/i1.iso |
      | ostypeid    | ostype:CentOS 7           |
      | zoneid      | zone:a-zone               |
    Then the request succeeds
    When the root admin calls deleteTemplate with
      | id | iso:i1 |
    Then the request is refused because no-template-to-delete
    When the root admin calls extractTemplate with
      | id   | iso:i1        |
      | mode | HTTP_DOWNLOAD |
    Then the request is refused because no-template-to-extract
    When the root admin calls deleteIso with
      | id | template:usual |
    Then the request is refused because no-iso-to-delete
    When the root admin calls extractIso with
      | id   | template:usual |
      | mode | HTTP_DOWNLOAD  |
    Then the request is refused because no-iso-to-extract
    When the root admin calls listIsos with
      | id | template:usual |
    Then the request is refused because no-iso-to-list
    When the root admin calls listTemplates with
      | templatefilter | featured |
      | id             | iso:i1   |
    Then the request is refused because iso-to-list

  @CS-IMG-013 @SPEC-03 @extended @DTM-04
  Scenario: [CS-IMG-013] The template of system VMs stays
    When the root admin calls deleteTemplate with
      | id     | image:SystemVM Template (KVM) |
      | forced | true                          |
    Then the request is refused because system-template

  @CS-IMG-014 @SPEC-03 @extended @XIS-02 @XIS-03
  Scenario: [CS-IMG-014] An ISO image is fetched by its owner, where that is allowed, and by a root admin
    When the other calls registerIso with
      | name        | i1                        |
      | displaytext | text                      |
      | url         | http://203.0.113.7/i1.iso |
      | ostypeid    | ostype:CentOS 7           |
      | zoneid      | zone:a-zone               |
    Then the request succeeds
    When the other calls extractIso with
      | id   | iso:i1        |
      | mode | HTTP_DOWNLOAD |
    Then the request is refused because template-not-extractable
    When the root admin calls extractIso with
      | id   | iso:i1        |
      | mode | HTTP_DOWNLOAD |
    Then the request succeeds
    When the other calls registerIso with
      | name          | i2                        |
      | displaytext   | text                      |
      | url           | http://203.0.113.7/i1.iso |
      | ostypeid      | ostype:CentOS 7           |
      | zoneid        | zone:a-zone               |
      | isextractable | true                      |
    Then the request succeeds
    When the owner calls extractIso with
      | id   | iso:i2        |
      | mode | HTTP_DOWNLOAD |
    Then the request is refused because permission-denied-late
    When the other calls extractIso with
      | id   | iso:i2        |
      | mode | HTTP_DOWNLOAD |
    Then the request succeeds

  @CS-IMG-015 @SPEC-03 @extended @ISO-05 @unless-no-shared-fs
  Scenario: [CS-IMG-015] A shared file system has no drive
    Given a stopped VM "vm1" with ROOT volume "r1"
    And the kind of VM "vm1" is SharedFS
    When the owner calls registerIso with
      | name        | i1                        |
      | displaytext | text                      |
      | url         | http://203.0.113.7/i1.iso |
      | ostypeid    | ostype:CentOS 7           |
      | zoneid      | zone:a-zone               |
    Then the request succeeds
    When the owner calls attachIso with
      | id               | iso:i1 |
      | virtualmachineid | vm:vm1 |
    Then the request is refused because shared-file-system-iso

  @CS-IMG-016 @SPEC-03 @extended @ISO-06
  Scenario: [CS-IMG-016] An ISO image stays in its zone
    Given a stopped VM "vm1" with ROOT volume "r1" in zone "another-zone"
    When the owner calls registerIso with
      | name        | i1                        |
      | displaytext | text                      |
      | url         | http://203.0.113.7/i1.iso |
      | ostypeid    | ostype:CentOS 7           |
      | zoneid      | zone:a-zone               |
    Then the request succeeds
    When the owner calls attachIso with
      | id               | iso:i1 |
      | virtualmachineid | vm:vm1 |
    Then the request is refused because iso-elsewhere

  @CS-IMG-017 @SPEC-03 @extended @ISO-01
  Scenario: [CS-IMG-017] A running VM takes an ISO image and nothing else
    Given a running VM "vm1" with ROOT volume "r1"
    When the owner calls attachIso with
      | id               | template:usual |
      | virtualmachineid | vm:vm1         |
    Then the request is refused because no-iso-to-mount

  @CS-IMG-018 @SPEC-03 @extended @LTM-01 @LTM-02 @LTM-05
  Scenario: [CS-IMG-018] Images are listed by a filter there is, all of them by administrators
    When the other calls registerTemplate with
      | name        | t1                          |
      | displaytext | text                        |
      | url         | http://203.0.113.7/t1.qcow2 |
      | format      | qcow2                       |
      | hypervisor  | KVM                         |
      | ostypeid    | ostype:CentOS 7             |
      | zoneid      | zone:a-zone                 |
    Then the request succeeds
    When the owner calls listTemplates with
      | templatefilter | mine |
    Then the request is refused because filter-unknown
    When the owner calls listTemplates with
      | templatefilter | all |
    Then the request is refused because all-for-admins
    When the owner calls listTemplates with
      | templatefilter | featured |
      | id             | image:t1 |
    Then the request is refused because image-of-another
    When the root admin calls listTemplates with
      | templatefilter | self     |
      | id             | image:t1 |
    Then the request succeeds

  @CS-IMC-001 @SPEC-15 @extended @IMC-01 @IMC-02
  Scenario: [CS-IMC-001] An ISO gets another name, and keeps its format, while it is there
    When the owner calls registerIso with
      | displaytext | o                        |
      | name        | old                      |
      | url         | http://203.0.113.7/o.iso |
      | zoneid      | zone:a-zone              |
      | ostypeid    | ostype:CentOS 7          |
    Then the request succeeds
    When the owner calls updateIso with
      | id          | iso:old                             |
      | name        | renewed                             |
      | displaytext | said                                |
      | ostypeid    | ostype:Debian GNU/Linux 12 (64-bit) |
      | bootable    | true                                |
    Then the request succeeds
    When the owner calls updateIso with
      | id     | iso:old |
      | format | tape    |
    Then the request succeeds
    When the other calls updateIso with
      | id   | iso:old |
      | name | mine    |
    Then the request is refused because template-denied
    When the owner calls deleteIso with
      | id | iso:old |
    And the owner calls updateIso with
      | id   | iso:old |
      | name | again   |
    Then the request is refused because no-image-to-change

  @CS-IMC-001 @SPEC-14 @extended @IMC-03
  Scenario: [CS-IMC-001] The format that a template gets is one
    When the owner calls registerTemplate with
      | displaytext | o                        |
      | name        | old                      |
      | url         | http://203.0.113.7/o.vhd |
      | format      | VHD                      |
      | hypervisor  | Hyperv                   |
      | zoneid      | zone:a-zone              |
      | ostypeid    | ostype:CentOS 7          |
    Then the request succeeds
    When the owner calls updateTemplate with
      | id     | last:id |
      | format | tape    |
    Then the request is refused because image-format-unknown

  @CS-IMC-002 @SPEC-15 @extended @IMC-04
  Scenario: [CS-IMC-002] A template's VMs get its new operating system, unless that is forbidden
    Given a stopped VM "vm1" with ROOT volume "r1"
    When the root admin calls updateTemplate with
      | id                | template:usual  |
      | ostypeid          | ostype:CentOS 7 |
      | forceupdateostype | false           |
    Then the request is refused because os-type-not-forced
    When the root admin calls updateTemplate with
      | id              | template:usual  |
      | ostypeid        | ostype:CentOS 7 |
      | passwordenabled | true            |
    Then the request succeeds
    And field "osdisplayname" of VM "vm1" is "CentOS 7"
