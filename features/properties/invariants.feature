@property
Feature: What holds whatever callers do

  @CS-INV-001 @SPEC-06 @extended
  Scenario: [CS-INV-001] At most one ROOT per VM
    When 60 random operations are performed with seed 1
    Then one-root-per-vm held after every operation

  @CS-INV-002 @SPEC-05 @SPEC-06 @extended
  Scenario: [CS-INV-002] A device id is set exactly where a volume is attached
    When 60 random operations are performed with seed 2
    Then device-iff-attached held after every operation

  @CS-INV-003 @SPEC-06 @extended
  Scenario: [CS-INV-003] No two volumes of a VM share a device id
    When 60 random operations are performed with seed 3
    Then devices-unique held after every operation

  @CS-INV-004 @SPEC-03 @extended
  Scenario: [CS-INV-004] An attached volume is in the zone of its VM
    When 60 random operations are performed with seed 4
    Then same-zone held after every operation

  @CS-INV-005 @SPEC-03 @extended
  Scenario: [CS-INV-005] The owner of a volume never changes
    When 60 random operations are performed with seed 5
    Then owner-stays held after every operation

  @CS-INV-006 @SPEC-03 @extended
  Scenario: [CS-INV-006] No volume is lost or doubled
    When 60 random operations are performed with seed 6
    Then nothing-lost held after every operation

  @CS-INV-007 @SPEC-04 @SPEC-06 @extended
  Scenario: [CS-INV-007] A refused request changes nothing
    When 60 random operations are performed with seed 7, one after the other
    Then refused-changes-nothing held after every operation

  @CS-INV-008 @SPEC-08 @extended
  Scenario: [CS-INV-008] Time never goes back
    When 60 random operations are performed with seed 8
    Then time-goes-on held after every operation

  @CS-INV-009 @SPEC-08 @extended
  Scenario: [CS-INV-009] The same seed gives the same transcript
    When 60 random operations are performed with seed 9
    Then 60 random operations with seed 9 on a fresh cloud give the same

  @CS-TYP-008 @SPEC-05 @SPEC-07 @extended
  Scenario: [CS-TYP-008] Exactly what is at device 0 is a ROOT
    When 60 random operations are performed with seed 10
    Then root-iff-device-0 held after every operation

  @CS-JOB-005 @SPEC-08 @extended
  Scenario: [CS-JOB-005] The progress of a job never goes back
    When 60 random operations are performed with seed 11, one after the other
    Then progress-goes-on held after every operation
