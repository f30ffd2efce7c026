@vm
Feature: Change a VM

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1"

  @CS-VMR-009 @SPEC-01 @extended
  Scenario Outline: [CS-VMR-009] <command> works without ROOT
    Given volume "r1" has been detached
    When the owner calls <command> with
      | id   | vm:vm1  |
      | <to> | <value> |
    Then the request succeeds

    Examples:
      | command                        | to                | value                     |
      | updateVirtualMachine           | displayname       | headless                  |
      | changeServiceForVirtualMachine | serviceofferingid | service:Medium Instance |
      | scaleVirtualMachine            | serviceofferingid | service:Medium Instance |

  @CS-CHM-001 @SPEC-03 @extended @UPM-01
  Scenario: [CS-CHM-001] A VM in Error is not changed
    Given VM "vm1" is Error
    When the root admin calls updateVirtualMachine with
      | id          | vm:vm1 |
      | displayname | lost   |
    Then the request is refused because wrong-state-at-once

  @CS-CHM-002 @SPEC-03 @extended @UPM-02
  Scenario: [CS-CHM-002] A VM's name is its own
    Given a stopped VM "vm2" with ROOT volume "r2"
    When the owner calls updateVirtualMachine with
      | id   | vm:vm2   |
      | name | name:vm1 |
    Then the request is refused because name-taken

  @CS-CHM-003 @SPEC-03 @extended @CHS-01
  Scenario: [CS-CHM-003] The offering of a running VM is not changed
    Given VM "vm1" is Running
    When the owner calls changeServiceForVirtualMachine with
      | id                | vm:vm1                  |
      | serviceofferingid | service:Medium Instance |
    Then the request is refused because not-stopped-to-change

  @CS-CHM-004 @SPEC-03 @extended @CHS-02 @SCA-02
  Scenario: [CS-CHM-004] A VM keeps the offering it has
    When the owner calls changeServiceForVirtualMachine with
      | id                | vm:vm1                 |
      | serviceofferingid | service:Small Instance |
    Then the request is refused because same-offering
    When the owner calls scaleVirtualMachine with
      | id                | vm:vm1                 |
      | serviceofferingid | service:Small Instance |
    Then the request is refused because same-offering-to-scale

  @CS-CHM-005 @SPEC-03 @extended @CHS-03 @SCA-03
  Scenario: [CS-CHM-005] A VM does not go from shared to local storage
    Given the local storage of service offering "Medium Instance" is on
    When the owner calls changeServiceForVirtualMachine with
      | id                | vm:vm1                  |
      | serviceofferingid | service:Medium Instance |
    Then the request is refused because other-storage
    When the owner calls scaleVirtualMachine with
      | id                | vm:vm1                  |
      | serviceofferingid | service:Medium Instance |
    Then the request is refused because other-storage-to-scale

  @CS-CHM-006 @SPEC-03 @extended @SCA-01
  Scenario: [CS-CHM-006] A destroyed VM is not scaled
    Given VM "vm1" is Destroyed
    When the root admin calls scaleVirtualMachine with
      | id                | vm:vm1                  |
      | serviceofferingid | service:Medium Instance |
    Then the request is refused because wrong-state-to-scale

  @CS-CHM-007 @SPEC-03 @extended @SCA-04
  Scenario: [CS-CHM-007] A running VM is not scaled where that is disabled
    Given VM "vm1" is Running
    When the owner calls scaleVirtualMachine with
      | id                | vm:vm1                  |
      | serviceofferingid | service:Medium Instance |
    Then the request is refused because no-dynamic-scaling
