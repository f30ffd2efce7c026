@api
Feature: Offerings

  @CS-OFF-001 @SPEC-03 @admin @DOF-02
  Scenario: [CS-OFF-001] No disk offering odd of size 5, any size true
    When the root admin calls createDiskOffering with
      | name       | odd  |
      | customized | true |
      | disksize   | 5    |
    Then the request is refused because size-superfluous

  @CS-OFF-001 @SPEC-03 @admin @DOF-03
  Scenario: [CS-OFF-001] No disk offering none of size ssd, any size false
    When the root admin calls createDiskOffering with
      | name       | none  |
      | customized | false |
      | tags       | ssd   |
    Then the request is refused because size-of-offering-missing

  @CS-OFF-001 @SPEC-03 @admin @DOF-04
  Scenario: [CS-OFF-001] No disk offering nought of size 0, any size false
    When the root admin calls createDiskOffering with
      | name       | nought |
      | customized | false  |
      | disksize   | 0      |
    Then the request is refused because size-of-offering-out-of-range

  @CS-OFF-002 @SPEC-03 @admin
  Scenario: [CS-OFF-002] A volume of a new disk offering has its size
    When the root admin calls createDiskOffering with
      | name     | seven |
      | disksize | 7     |
    Then the request succeeds
    When the owner calls createVolume with
      | zoneid         | zone:zone1 |
      | diskofferingid | disk:seven |
    Then the request succeeds
    And the owner owns 1 volumes of 7 GiB in all

  @CS-OFF-003 @SPEC-03 @admin @COF-02
  Scenario: [CS-OFF-003] No compute offering thin with memory ssd
    When the root admin calls createServiceOffering with
      | name      | thin |
      | cpunumber | 1    |
      | cpuspeed  | 500  |
      | tags      | ssd  |
    Then the request is refused because amounts-missing

  @CS-OFF-003 @SPEC-03 @admin @COF-03
  Scenario: [CS-OFF-003] No compute offering odd with memory 0
    When the root admin calls createServiceOffering with
      | name      | odd |
      | cpunumber | 1   |
      | cpuspeed  | 500 |
      | memory    | 0   |
    Then the request is refused because amounts-out-of-range

  @CS-OFF-004 @SPEC-03 @admin
  Scenario: [CS-OFF-004] A VM of a new compute offering has its ROOT size
    When the root admin calls createServiceOffering with
      | name         | large |
      | cpunumber    | 2     |
      | cpuspeed     | 500   |
      | memory       | 1024  |
      | rootdisksize | 9     |
    Then the request succeeds
    When the owner deploys a VM with
      | serviceofferingid | service:large |
    Then the request succeeds
    And the owner owns 1 volumes of 9 GiB in all

  @CS-OFF-005 @SPEC-03 @admin @NOF-01
  Scenario: [CS-OFF-005] No network offering odd of type L3 with Dhcp
    When the root admin calls createNetworkOffering with
      | name              | odd   |
      | guestiptype       | L3    |
      | traffictype       | GUEST |
      | supportedservices | Dhcp  |
    Then the request is refused because guest-type-unknown

  @CS-OFF-005 @SPEC-03 @admin @NOF-02
  Scenario: [CS-OFF-005] No network offering tea of type Isolated with Dhcp,Tea
    When the root admin calls createNetworkOffering with
      | name              | tea      |
      | guestiptype       | Isolated |
      | traffictype       | GUEST    |
      | supportedservices | Dhcp,Tea |
    Then the request is refused because service-unknown

  @CS-OFF-005 @SPEC-03 @admin @NOF-03
  Scenario: [CS-OFF-005] No network offering DefaultSharedNetworkOffering of type Shared with Dhcp
    When the root admin calls createNetworkOffering with
      | name              | DefaultSharedNetworkOffering |
      | guestiptype       | Shared                       |
      | traffictype       | GUEST                        |
      | supportedservices | Dhcp                         |
    Then the request is refused because plan-name-taken

  @CS-OFF-006 @SPEC-03 @admin @UNO-01 @DNO-01 @DNO-02 @NWC-02 @NWC-03
  Scenario: [CS-OFF-006] Networks are made from enabled network offerings, which then stay
    When the root admin calls createNetworkOffering with
      | name              | plain     |
      | guestiptype       | isolated  |
      | traffictype       | GUEST     |
      | supportedservices | Dhcp,Dns  |
    Then the request succeeds
    When the owner calls createNetwork with
      | name              | net1       |
      | networkofferingid | plan:plain |
      | zoneid            | zone:zone1 |
    Then the request is refused because plan-disabled
    When the root admin calls updateNetworkOffering with
      | id    | plan:plain |
      | state | tired      |
    Then the request is refused because state-unknown
    When the root admin calls updateNetworkOffering with
      | id    | plan:plain |
      | state | Enabled    |
    Then the request succeeds
    When the owner calls createNetwork with
      | name              | net1       |
      | networkofferingid | plan:plain |
      | zoneid            | zone:zone1 |
    Then the request succeeds
    When the root admin calls deleteNetworkOffering with
      | id | plan:plain |
    Then the request is refused because plan-in-use
    When the root admin calls deleteNetworkOffering with
      | id | plan:DefaultSharedNetworkOffering |
    Then the request is refused because stock-plan
    When the owner calls createNetwork with
      | name              | net2                              |
      | networkofferingid | plan:DefaultSharedNetworkOffering |
      | zoneid            | zone:zone1                        |
    Then the request is refused because not-isolated

  @CS-OFF-008 @SPEC-03 @admin @DOF-05 @DOF-06
  Scenario: [CS-OFF-008] No disk offering of an odd storage or above 2000 GiB
    When the root admin calls createDiskOffering with
      | name        | odd  |
      | disksize    | 5    |
      | storagetype | tape |
    Then the request is refused because storage-of-offering-unknown
    When the root admin calls createDiskOffering with
      | name     | odd  |
      | disksize | 2001 |
    Then the request is refused because size-of-offering-too-large

  @CS-OFF-009 @SPEC-03 @admin @DOF-07 @DOF-08
  Scenario: [CS-OFF-009] The iops that a disk offering fixes are in order
    When the root admin calls createDiskOffering with
      | name           | odd   |
      | disksize       | 5     |
      | customizediops | false |
      | maxiops        | 5     |
    Then the request is refused because iops-of-offering-missing
    When the root admin calls createDiskOffering with
      | name           | odd   |
      | disksize       | 5     |
      | customizediops | false |
      | miniops        | 6     |
      | maxiops        | 5     |
    Then the request is refused because iops-of-offering-crossed
