@api
Feature: Tags, jobs and settings

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1"

  @CS-UPK-001 @SPEC-03 @extended @TAG-01 @TAG-02 @TAG-03 @TAG-05
  Scenario Outline: [CS-UPK-001] A tag for <type> <id> with the value "<value>" is refused
    When the owner calls createTags with
      | resourcetype  | <type>  |
      | resourceids   | <id>    |
      | tags[0].key   | colour  |
      | tags[0].value | <value> |
    Then the request is refused because <reason>

    Examples:
      | type            | id        | value | reason              |
      | Odd             | volume:r1 | red   | tag-type-odd        |
      | ServiceOffering | volume:r1 | red   | tag-type-untagged   |
      | Volume          | nothing   | red   | tag-resource-absent |
      | Volume          | volume:r1 |       | tag-empty           |

  @CS-UPK-002 @SPEC-03 @extended @TAG-04 @TAG-06 @UTG-01 @UTG-02
  Scenario: [CS-UPK-002] A tag is the owner's, and there once
    When the stranger calls createTags with
      | resourcetype  | volume    |
      | resourceids   | volume:r1 |
      | tags[0].key   | colour    |
      | tags[0].value | red       |
    Then the request is refused because tag-denied
    When the owner calls deleteTags with
      | resourcetype | volume    |
      | resourceids  | volume:r1 |
    Then the request is refused because no-tags-to-delete
    When the owner calls createTags with
      | resourcetype  | volume    |
      | resourceids   | volume:r1 |
      | tags[0].key   | colour    |
      | tags[0].value | red       |
    Then the request succeeds
    When the owner calls createTags with
      | resourcetype  | VOLUME    |
      | resourceids   | volume:r1 |
      | tags[0].key   | Colour    |
      | tags[0].value | green     |
    Then the request is refused because tag-taken
    When the stranger calls deleteTags with
      | resourcetype | Volume    |
      | resourceids  | volume:r1 |
    Then the request is refused because tag-denied
    When the owner calls deleteTags with
      | resourcetype | Volume    |
      | resourceids  | volume:r1 |
      | tags[0].key  | COLOUR    |
    Then the request succeeds

  @CS-UPK-003 @SPEC-03 @extended @CFG-01 @CFG-02 @CFG-03 @CFG-09 @CFG-10 @CFG-11 @LST-17 @LST-18 @LST-30 @UHC-01 @UHC-02
  Scenario Outline: [CS-UPK-003] The root admin's <command> with <name> <value>, <and> <more> is refused
    When the root admin calls <command> with
      | <name> | <value> |
      | <and>  | <more>  |
    Then the request is refused because <reason>

    Examples:
      | command                      | name     | value                           | and                 | more       | reason               |
      | updateConfiguration          | name     | no.such.thing                   | value               | 1          | setting-unknown      |
      | updateConfiguration          | name     | default.page.size               | value               | many       | setting-no-number    |
      | updateConfiguration          | name     | migrate.vm.across.clusters      | value               | yes        | setting-no-flag      |
      | updateConfiguration          | name     | migrate.vm.across.clusters      | value               | null       | setting-flag-null    |
      | updateConfiguration          | name     | storage.overprovisioning.factor | value               | 1e999      | setting-no-factor    |
      | updateConfiguration          | name     | vmsnapshot.max                  | value               | 2147483648 | setting-no-int       |
      | updateConfiguration          | name     | expunge.interval                | value               | 0          | setting-not-positive |
      | updateConfiguration          | name     | vm.userdata.max.length          | value               | 1048577    | setting-too-large    |
      | resetConfiguration           | name     | no.such.setting                 | listall             | true       | setting-to-reset-unknown |
      | listConfigurations           | group    | Odd                             | name                | vm         | group-unknown        |
      | listConfigurations           | subgroup | Odd                             | name                | vm         | subgroup-without-group |
      | listConfigurations           | subgroup | Odd                             | group               | Compute    | subgroup-unknown     |
      | updateHypervisorCapabilities | id       | 9999                            | maxguestslimit      | 5          | capabilities-unknown |
      | updateHypervisorCapabilities | id       | 1                               | maxdatavolumeslimit | -1         | capabilities-below-0 |

  @CS-UPK-004 @SPEC-03 @extended @unless-no-commands-timeout @CFG-04 @CFG-05 @CFG-06 @CFG-07 @CFG-08
  Scenario Outline: [CS-UPK-004] Commands that shall wait "<waits>" are refused
    When the root admin calls updateConfiguration with
      | name  | commands.timeout |
      | value | <waits>          |
    Then the request is refused because <reason>

    Examples:
      | waits                  | reason           |
      | AttachCommand          | wait-no-equals   |
      | AttachCommand=         | wait-one-side    |
      | A=1, =7                | wait-no-command  |
      | AttachCommand=6.5      | wait-no-integer  |
      | AttachCommand=1,B = -2 | wait-not-above-0 |

  @CS-UPK-005 @SPEC-03 @extended
  Scenario Outline: [CS-UPK-005] The setting <name> takes <value>
    When the root admin calls updateConfiguration with
      | name  | <name>  |
      | value | <value> |
    Then the request succeeds
    And the answer shows
      | name  | <name>   |
      | value | <stored> |
      | type  | <type>   |

    Examples:
      | name                            | value                 | stored                | type    |
      | storage.overprovisioning.factor | 1.5                   | 1.5                   | Decimal |
      | migrate.vm.across.clusters      | TRUE                  | true                  | Boolean |
      | job.expire.minutes              | 2147483648            | 2147483648            | Number  |
      | expunge.delay                   | -1                    | -1                    | Number  |
      | vm.userdata.max.length          | 1048576               | 1048576               | Number  |

  @CS-UPK-005 @SPEC-03 @extended @unless-no-commands-timeout
  Scenario: [CS-UPK-005] The setting of what commands wait takes several
    When the root admin calls updateConfiguration with
      | name  | commands.timeout      |
      | value | Attach=1, Dettach = 2 |
    Then the request succeeds
    And the answer shows
      | value | Attach=1, Dettach = 2 |
      | type  | String                |

  @CS-UPK-006 @SPEC-03 @extended
  Scenario: [CS-UPK-006] A setting is again what it was at first
    Given the setting "expunge.delay" is "77"
    When the root admin calls resetConfiguration with
      | name | expunge.delay |
    Then the answer shows
      | name  | expunge.delay |
      | value | 86400         |
