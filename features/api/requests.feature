@api
Feature: What every request must be

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1" and data volume "d1"

  @CS-API-007 @SPEC-08 @core @REQ-01
  Scenario: [CS-API-007] A control character is refused at once
    When the owner calls createVolume with
      | name | two	lines |
    Then the request is refused because control-character

  @CS-API-030 @SPEC-08 @core
  Scenario: [CS-API-030] A value may have several lines
    When the owner calls updateVirtualMachine with
      | id          | vm:vm1     |
      | displayname | two\nlines |
    Then the request succeeds

  @CS-API-032 @SPEC-08 @extended @REQ-10
  Scenario: [CS-API-032] A text that is too long is refused at once
    When the owner calls createVolume with
      | name | xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx |
    Then the request is refused because text-too-long

  @CS-API-033 @SPEC-03 @extended @TPL-03
  Scenario: [CS-API-033] What no command foresaw is shown to root admins alone
    Given VM "vm1" is Running
    When the owner calls createTemplate with
      | name        | golden          |
      | displaytext | text            |
      | ostypeid    | ostype:CentOS 7 |
      | volumeid    | volume:d1       |
    Then the request is refused because internal-error
    When the root admin calls createTemplate with
      | name        | golden          |
      | displaytext | text            |
      | ostypeid    | ostype:CentOS 7 |
      | volumeid    | volume:d1       |
    Then the request is refused because running-to-template

  @CS-API-031 @SPEC-08 @extended @REQ-02
  Scenario: [CS-API-031] A map that is given as one text is refused at once
    When the owner calls listVolumes with
      | tags | colour |
    Then the request is refused because not-a-number

  @CS-API-017 @SPEC-08 @extended @REQ-08
  Scenario: [CS-API-017] A name with odd brackets is refused at once
    When the owner calls createVolume with
      | tags[0.key | colour |
    Then the request is refused because odd-brackets

  @CS-API-007 @SPEC-08 @core @REQ-02
  Scenario Outline: [CS-API-007] The number <number> is refused at once
    When the owner calls attachVolume with
      | id               | volume:d1 |
      | virtualmachineid | vm:vm1    |
      | deviceid         | <number>  |
    Then the request is refused because not-a-number

    Examples:
      | number                |
      | one                   |
      | 1.5                   |
      | 0x1                   |
      | 100000000000000000000 |

  @CS-API-007 @SPEC-08 @core @REQ-03
  Scenario Outline: [CS-API-007] Without <name> an attach is refused at once
    When the owner calls attachVolume with
      | <other> | <value> |
    Then the request is refused because parameter-missing

    Examples:
      | name             | other            | value     |
      | id               | virtualmachineid | vm:vm1    |
      | virtualmachineid | id               | volume:d1 |

  @CS-API-007 @SPEC-08 @core @REQ-04
  Scenario: [CS-API-007] An empty id is refused at once
    When the owner calls attachVolume with
      | id               |        |
      | virtualmachineid | vm:vm1 |
    Then the request is refused because parameter-empty

  @CS-API-007 @SPEC-03 @core @REQ-05
  Scenario Outline: [CS-API-007] The <what> <id> is refused at once
    When the owner calls attachVolume with
      | id               | <volume> |
      | virtualmachineid | <vm>     |
    Then the request is refused because unknown-id

    Examples:
      | what   | id                                   | volume                               | vm                                   |
      | volume | r1                                   | r1                                   | vm:vm1                               |
      | volume | 00000000-0000-4000-8000-000000000000 | 00000000-0000-4000-8000-000000000000 | vm:vm1                               |
      | VM     | 00000000-0000-4000-8000-000000000000 | volume:d1                            | 00000000-0000-4000-8000-000000000000 |

  @CS-API-007 @SPEC-03 @core @REQ-07 @unless-service-judges-removed
  Scenario Outline: [CS-API-007] After it was deleted a volume is refused by <command> at once
    Given volume "d1" has been detached
    And volume "d1" has been deleted
    When the owner calls <command> with
      | <key> | volume:d1 |
      | <and> | <value>   |
    Then the request is refused because removed-id

    Examples:
      | command        | key      | and              | value     |
      | attachVolume   | id       | virtualmachineid | vm:vm1    |
      | detachVolume   | id       | id               | volume:d1 |
      | deleteVolume   | id       | id               | volume:d1 |

  @CS-API-017 @SPEC-03 @core @REQ-06 @SNA-05
  Scenario Outline: [CS-API-017] Nobody but its owner or an administrator above calls <command> for a volume
    Given volume "d1" has been detached
    When the stranger calls <command> with
      | <key> | volume:d1 |
      | <and> | <value>   |
    Then the request is refused because permission-denied

    Examples:
      | command        | key      | and              | value     |
      | attachVolume   | id       | virtualmachineid | vm:vm1    |
      | deleteVolume   | id       | id               | volume:d1 |
      | destroyVolume  | id       | id               | volume:d1 |
      | recoverVolume  | id       | id               | volume:d1 |
      | resizeVolume   | id       | size             | 8         |
      | createSnapshot | volumeid | name             | theirs    |

  @CS-API-020 @SPEC-03 @extended @REQ-09
  Scenario: [CS-API-020] The number 0 is no database id
    When the owner calls attachVolume with
      | id               | 0      |
      | virtualmachineid | vm:vm1 |
    Then the request is refused because id-zero

  @CS-API-021 @SPEC-03 @extended @REQ-06 @REQ-07
  Scenario: [CS-API-021] A number that is no database id is refused to a user and is gone for a root admin
    When the owner calls attachVolume with
      | id               | 99999999 |
      | virtualmachineid | vm:vm1   |
    Then the request is refused because permission-denied
    When the root admin calls attachVolume with
      | id               | 99999999 |
      | virtualmachineid | vm:vm1   |
    Then the request is refused because removed-id
    When the owner calls detachVolume with
      | id | 99999999 |
    Then the request is refused because removed-id
