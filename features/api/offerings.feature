@api
Feature: Offerings

  @CS-OFF-001 @SPEC-03 @admin @DOF-02
  Scenario: [CS-OFF-001] No disk offering odd of size 5, any size true
    When the root admin calls createDiskOffering with
      | name        | odd  |
      | displaytext | text |
      | customized  | true |
      | disksize    | 5    |
    Then the request is refused because size-superfluous

  @CS-OFF-001 @SPEC-03 @admin @DOF-03
  Scenario: [CS-OFF-001] No disk offering none of size ssd, any size false
    When the root admin calls createDiskOffering with
      | name        | none  |
      | displaytext | text  |
      | customized  | false |
      | tags        | ssd   |
    Then the request is refused because size-of-offering-missing

  @CS-OFF-001 @SPEC-03 @admin @DOF-04
  Scenario: [CS-OFF-001] No disk offering nought of size 0, any size false
    When the root admin calls createDiskOffering with
      | name        | nought |
      | displaytext | text   |
      | customized  | false  |
      | disksize    | 0      |
    Then the request is refused because size-of-offering-out-of-range

  @CS-OFF-002 @SPEC-03 @admin
  Scenario: [CS-OFF-002] A volume of a new disk offering has its size
    When the root admin calls createDiskOffering with
      | name        | seven |
      | displaytext | text  |
      | disksize    | 7     |
    Then the request succeeds
    When the owner calls createVolume with
      | zoneid         | zone:a-zone |
      | diskofferingid | disk:seven  |
    Then the request succeeds
    And the owner owns 1 volumes of 7 GiB in all

  @CS-OFF-002 @SPEC-03 @admin @unless-displaytext-required
  Scenario: [CS-OFF-002] A disk offering without a displaytext is called by its name
    When the root admin calls createDiskOffering with
      | name     | seven |
      | disksize | 7     |
    Then the request succeeds
    Given an Allocated data volume "d1" with disk offering "seven"
    Then field "diskofferingdisplaytext" of volume "d1" is "seven"

  @CS-OFF-003 @SPEC-03 @admin @COF-04
  Scenario: [CS-OFF-003] No compute offering with cores of its own
    When the root admin calls createServiceOffering with
      | name        | odd  |
      | displaytext | text |
      | customized  | true |
      | cpunumber   | 1    |
    Then the request is refused because custom-with-amounts

  @CS-OFF-003 @SPEC-03 @admin @COF-05
  Scenario: [CS-OFF-003] No compute offering with bounds that are not all there
    When the root admin calls createServiceOffering with
      | name         | odd  |
      | displaytext  | text |
      | customized   | true |
      | mincpunumber | 1    |
    Then the request is refused because custom-bounds-incomplete

  @CS-OFF-003 @SPEC-03 @admin @COF-06
  Scenario: [CS-OFF-003] No compute offering with a speed below nothing
    When the root admin calls createServiceOffering with
      | name         | odd  |
      | displaytext  | text |
      | customized   | true |
      | cpuspeed     | -1   |
      | mincpunumber | 1    |
      | maxcpunumber | 4    |
      | minmemory    | 64   |
      | maxmemory    | 128  |
    Then the request is refused because custom-speed-out-of-range

  @CS-OFF-003 @SPEC-03 @admin @COF-07
  Scenario: [CS-OFF-003] No compute offering with no least cores
    When the root admin calls createServiceOffering with
      | name         | odd  |
      | displaytext  | text |
      | customized   | true |
      | cpuspeed     | 500  |
      | mincpunumber | 0    |
      | maxcpunumber | 4    |
      | minmemory    | 64   |
      | maxmemory    | 128  |
    Then the request is refused because custom-cores-out-of-range

  @CS-OFF-003 @SPEC-03 @admin @COF-08
  Scenario: [CS-OFF-003] No compute offering with too little memory
    When the root admin calls createServiceOffering with
      | name         | odd  |
      | displaytext  | text |
      | customized   | true |
      | cpuspeed     | 500  |
      | mincpunumber | 1    |
      | maxcpunumber | 4    |
      | minmemory    | 31   |
      | maxmemory    | 128  |
    Then the request is refused because custom-memory-out-of-range

  @CS-OFF-003 @SPEC-03 @admin @COF-09
  Scenario: [CS-OFF-003] No compute offering with no cores at all
    When the root admin calls createServiceOffering with
      | name        | odd  |
      | displaytext | text |
      | cpunumber   | 0    |
      | cpuspeed    | 500  |
      | memory      | 512  |
    Then the request is refused because cores-out-of-range

  @CS-OFF-003 @SPEC-03 @admin @COF-10
  Scenario: [CS-OFF-003] No compute offering with no speed
    When the root admin calls createServiceOffering with
      | name        | odd  |
      | displaytext | text |
      | cpunumber   | 1    |
      | memory      | 512  |
    Then the request is refused because speed-missing

  @CS-OFF-003 @SPEC-03 @admin @COF-11
  Scenario: [CS-OFF-003] No compute offering with 31 MiB
    When the root admin calls createServiceOffering with
      | name        | odd  |
      | displaytext | text |
      | cpunumber   | 1    |
      | cpuspeed    | 500  |
      | memory      | 31   |
    Then the request is refused because memory-out-of-range

  @CS-OFF-003 @SPEC-03 @admin @COF-12
  Scenario: [CS-OFF-003] No compute offering with odd storage
    When the root admin calls createServiceOffering with
      | name        | odd  |
      | displaytext | text |
      | cpunumber   | 1    |
      | cpuspeed    | 500  |
      | memory      | 512  |
      | storagetype | odd  |
    Then the request is refused because storage-type-unknown

  @CS-OFF-004 @SPEC-03 @admin
  Scenario: [CS-OFF-004] A VM of a new compute offering has its ROOT size
    When the root admin calls createServiceOffering with
      | name         | large |
      | displaytext  | text  |
      | cpunumber    | 2     |
      | cpuspeed     | 500   |
      | memory       | 1024  |
      | rootdisksize | 9     |
    Then the request succeeds
    When the owner deploys a VM with
      | serviceofferingid | service:large |
    Then the request succeeds
    And the owner owns 1 volumes of 9 GiB in all

  @CS-OFF-019 @SPEC-03 @admin
  Scenario: [CS-OFF-019] A deleted offering can be deleted again
    When the root admin calls createServiceOffering with
      | name        | short |
      | displaytext | text  |
      | cpunumber   | 1     |
      | cpuspeed    | 500   |
      | memory      | 512   |
    And the root admin calls deleteServiceOffering with
      | id | service:short |
    And the root admin calls deleteServiceOffering with
      | id | service:short |
    Then the request succeeds

  @CS-OFF-005 @SPEC-03 @admin @NOF-01
  Scenario: [CS-OFF-005] No network offering odd of type L3 with Dhcp
    When the root admin calls createNetworkOffering with
      | name              | odd   |
      | displaytext       | text  |
      | guestiptype       | L3    |
      | traffictype       | GUEST |
      | supportedservices | Dhcp  |
    Then the request is refused because guest-type-unknown

  @CS-OFF-005 @SPEC-03 @admin @NOF-02
  Scenario: [CS-OFF-005] No network offering tea of type Isolated with Dhcp,Tea
    When the root admin calls createNetworkOffering with
      | name              | tea      |
      | displaytext       | text     |
      | guestiptype       | Isolated |
      | traffictype       | GUEST    |
      | supportedservices | Dhcp,Tea |
    Then the request is refused because service-unknown

  @CS-OFF-005 @SPEC-03 @admin @NOF-03
  Scenario: [CS-OFF-005] No network offering DefaultSharedNetworkOffering of type Shared with Dhcp
    When the root admin calls createNetworkOffering with
      | name              | DefaultSharedNetworkOffering |
      | displaytext       | text                         |
      | guestiptype       | Shared                       |
      | traffictype       | GUEST                        |
      | supportedservices | Dhcp                         |
      | specifyipranges   | true                         |
    Then the request is refused because plan-name-taken

  @CS-OFF-005 @SPEC-03 @admin @NOF-04
  Scenario: [CS-OFF-005] No network offering of type Isolated with SourceNat and ranges
    When the root admin calls createNetworkOffering with
      | name              | odd       |
      | displaytext       | text      |
      | guestiptype       | Isolated  |
      | traffictype       | GUEST     |
      | supportedservices | SourceNat |
      | specifyipranges   | true      |
    Then the request is refused because ranges-beside-source-nat

  @CS-OFF-005 @SPEC-03 @admin @NOF-05
  Scenario: [CS-OFF-005] No network offering of type Shared without ranges
    When the root admin calls createNetworkOffering with
      | name              | odd    |
      | displaytext       | text   |
      | guestiptype       | Shared |
      | traffictype       | GUEST  |
      | supportedservices | Dhcp   |
    Then the request is refused because shared-without-ranges

  @CS-OFF-006 @SPEC-03 @admin @UNO-01 @DNO-01 @DNO-02 @NWC-02
  Scenario: [CS-OFF-006] Networks are made from enabled network offerings, which then stay
    When the root admin calls createNetworkOffering with
      | name                            | plain         |
      | displaytext                     | text          |
      | guestiptype                     | isolated      |
      | traffictype                     | GUEST         |
      | supportedservices               | SourceNat     |
      | serviceproviderlist[0].service  | SourceNat     |
      | serviceproviderlist[0].provider | VirtualRouter |
    Then the request succeeds
    When the owner calls createNetwork with
      | displaytext       | o           |
      | name              | net1        |
      | networkofferingid | plan:plain  |
      | zoneid            | zone:a-zone |
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
      | displaytext       | o           |
      | name              | net1        |
      | networkofferingid | plan:plain  |
      | zoneid            | zone:a-zone |
    Then the request succeeds
    When the root admin calls deleteNetworkOffering with
      | id | plan:plain |
    Then the request is refused because plan-in-use
    When the root admin calls deleteNetworkOffering with
      | id | plan:DefaultSharedNetworkOffering |
    Then the request is refused because stock-plan

  @CS-OFF-031 @SPEC-03 @admin @NWC-03 @needs-stage
  Scenario: [CS-OFF-031] No network is made of an offering of type Shared
    When the root admin calls createNetwork with
      | displaytext       | o                                 |
      | name              | net2                              |
      | networkofferingid | plan:DefaultSharedNetworkOffering |
      | zoneid            | zone:a-zone                       |
      | vlan              | 5                                 |
    Then the request is refused because not-isolated

  @CS-OFF-008 @SPEC-03 @admin @DOF-05 @DOF-06
  Scenario: [CS-OFF-008] No disk offering of an odd storage or above 2000 GiB
    When the root admin calls createDiskOffering with
      | name        | odd  |
      | displaytext | text |
      | disksize    | 5    |
      | storagetype | tape |
    Then the request is refused because storage-of-offering-unknown
    When the root admin calls createDiskOffering with
      | name        | odd  |
      | displaytext | text |
      | disksize    | 2001 |
    Then the request is refused because size-of-offering-too-large

  @CS-OFF-009 @SPEC-03 @admin @DOF-07 @DOF-08
  Scenario: [CS-OFF-009] The iops that a disk offering fixes are in order
    When the root admin calls createDiskOffering with
      | name           | odd   |
      | displaytext    | text  |
      | disksize       | 5     |
      | customizediops | false |
      | maxiops        | 5     |
    Then the request is refused because iops-of-offering-missing
    When the root admin calls createDiskOffering with
      | name           | odd   |
      | displaytext    | text  |
      | disksize       | 5     |
      | customizediops | false |
      | miniops        | 6     |
      | maxiops        | 5     |
    Then the request is refused because iops-of-offering-crossed

  @CS-OFF-020 @SPEC-03 @admin @COF-13 @COF-14 @COF-16 @COF-17 @COF-18 @COF-19
  Scenario Outline: [CS-OFF-020] No compute offering with <name> <value> and <and> <more>
    When the root admin calls createServiceOffering with
      | name        | odd     |
      | cpunumber   | 1       |
      | cpuspeed    | 500     |
      | memory      | 512     |
      | displaytext | o       |
      | <name>      | <value> |
      | <and>       | <more>  |
    Then the request is refused because <reason>

    Examples:
      | name              | value | and          | more         | reason                     |
      | offerha           | true  | storagetype  | local        | ha-on-local-storage        |
      | issystem          | true  | systemvmtype | DomainRouter | system-kind-unknown        |
      | networkrate       | -1    | displaytext  | o            | network-rate-below-nothing |
      | deploymentplanner | Mine  | displaytext  | o            | planner-unknown            |
      | rootdisksize      | 0     | displaytext  | o            | no-root-size-of-offering   |
      | rootdisksize      | 99999 | displaytext  | o            | root-of-offering-too-large |

  @CS-OFF-024 @SPEC-03 @admin @COF-15
  Scenario: [CS-OFF-024] Of the system's compute offerings only routers' have a network rate
    When the root admin calls createServiceOffering with
      | displaytext  | o            |
      | name         | odd          |
      | cpunumber    | 1            |
      | cpuspeed     | 500          |
      | memory       | 512          |
      | issystem     | true         |
      | systemvmtype | consoleproxy |
      | networkrate  | 5            |
    Then the request is refused because system-network-rate

  @CS-OFF-021 @SPEC-15 @admin
  Scenario: [CS-OFF-021] VMs of an offering with host tags run where these are
    When the root admin calls createServiceOffering with
      | displaytext                     | o      |
      | name                            | tagged |
      | cpunumber                       | 1      |
      | cpuspeed                        | 500    |
      | memory                          | 512    |
      | hosttags                        | fast   |
      | offerha                         | true   |
      | serviceofferingdetails[0].key   | a      |
      | serviceofferingdetails[0].value | b      |
    Then the request succeeds
    When the owner deploys a VM with
      | serviceofferingid | service:tagged |
    Then 1 of the requests failed because no-host-with-tags
    When the root admin calls updateHost with
      | id       | host:a-host |
      | hosttags | fast,new    |
    Then the request succeeds
    When the owner deploys a VM with
      | serviceofferingid | service:tagged |
    Then the request succeeds

  @CS-OFF-026 @SPEC-03 @extended
  Scenario: [CS-OFF-026] A VM's own network is made from the offering that is required, whatever came later
    When the root admin calls createNetworkOffering with
      | name              | plain     |
      | displaytext       | text      |
      | guestiptype       | isolated  |
      | traffictype       | GUEST     |
      | supportedservices | SourceNat |
    And the root admin calls updateNetworkOffering with
      | id    | plan:plain |
      | state | Enabled    |
    Then the request succeeds
    Given a stopped VM "vm1" with ROOT volume "r1"
    When the owner calls listNetworks with
      | id | networkof:vm1 |
    Then the answer shows
      | networkofferingname | DefaultIsolatedNetworkOfferingWithSourceNatService |

  @CS-OFF-022 @SPEC-15 @admin
  Scenario: [CS-OFF-022] A reboot gives a VM of a volatile offering a new ROOT
    When the root admin calls createServiceOffering with
      | displaytext | o       |
      | name        | passing |
      | cpunumber   | 1       |
      | cpuspeed    | 500     |
      | memory      | 512     |
      | isvolatile  | true    |
    Then the request succeeds
    When the owner deploys a VM with
      | name              | passing         |
      | serviceofferingid | service:passing |
    Then the request succeeds
    When the owner calls rebootVirtualMachine with
      | id | called:passing |
    Then the request succeeds
    And the owner owns 1 volumes of 2 GiB in all

  @CS-OFF-023 @SPEC-15 @admin @DEP-33
  Scenario: [CS-OFF-023] A ROOT is encrypted where its compute offering says so, on KVM
    When the root admin calls createServiceOffering with
      | displaytext | o      |
      | name        | secret |
      | cpunumber   | 1      |
      | cpuspeed    | 500    |
      | memory      | 512    |
      | encryptroot | true   |
    Then the request succeeds
    When the owner deploys a VM with
      | templateid        | template:VMware |
      | serviceofferingid | service:secret  |
    Then the request is refused because encrypted-not-on-kvm
    Given the encryption of host "a-host" is on
    When the owner deploys a VM with
      | serviceofferingid | service:secret |
    Then the request succeeds

  @CS-OFF-027 @SPEC-03 @admin
  Scenario: [CS-OFF-027] A deleted disk offering is Inactive
    When the root admin calls createDiskOffering with
      | name        | short |
      | displaytext | text  |
      | disksize    | 1     |
    And the root admin calls deleteDiskOffering with
      | id | disk:short |
    Then the request succeeds
    When the root admin calls listDiskOfferings with
      | id    | disk:short |
      | state | all        |
    Then the answer shows
      | state | Inactive |
    When the root admin calls updateDiskOffering with
      | id          | disk:short |
      | displaytext | again      |
      | state       | active     |
    Then the request succeeds
    When the root admin calls listDiskOfferings with
      | id | disk:short |
    Then the answer shows
      | state       | Active |
      | displaytext | again  |

  @CS-OFF-027 @SPEC-03 @admin
  Scenario: [CS-OFF-027] A deleted compute offering is Inactive
    When the root admin calls createServiceOffering with
      | name        | short |
      | displaytext | text  |
      | cpunumber   | 1     |
      | cpuspeed    | 500   |
      | memory      | 512   |
    And the root admin calls deleteServiceOffering with
      | id | service:short |
    Then the request succeeds
    When the root admin calls listServiceOfferings with
      | id    | service:short |
      | state | inactive      |
    Then the answer shows
      | state | Inactive |

  @CS-OFF-028 @SPEC-03 @admin
  Scenario: [CS-OFF-028] A compute offering has new tags
    When the root admin calls createServiceOffering with
      | name        | plain |
      | displaytext | text  |
      | cpunumber   | 1     |
      | cpuspeed    | 500   |
      | memory      | 512   |
    And the root admin calls updateServiceOffering with
      | id          | service:plain |
      | displaytext | fast          |
      | storagetags | new, tags     |
      | hosttags    | some, where   |
    Then the request succeeds
    When the root admin calls listServiceOfferings with
      | id | service:plain |
    Then the answer shows
      | displaytext | fast       |
      | storagetags | new,tags   |
      | hosttags    | some,where |
    When the owner deploys a VM with
      | serviceofferingid | service:plain |
    Then 1 of the requests failed because no-host-with-tags

  @CS-OFF-029 @SPEC-03 @extended @LST-29
  Scenario: [CS-OFF-029] Offerings of an odd state are not listed
    When the owner calls listDiskOfferings with
      | state | odd |
    Then the request is refused because offering-list-state-unknown
    When the owner calls listServiceOfferings with
      | state | odd |
    Then the request is refused because offering-list-state-unknown

  @CS-OFF-030 @SPEC-03 @admin @UOF-01
  Scenario: [CS-OFF-030] No offering gets an odd state
    When the root admin calls createDiskOffering with
      | name        | short |
      | displaytext | text  |
      | disksize    | 1     |
    And the root admin calls updateDiskOffering with
      | id    | disk:short |
      | state | odd        |
    Then the request is refused because offering-state-unknown

  @CS-OFF-031 @SPEC-03 @admin @UOF-02
  Scenario: [CS-OFF-031] A domain admin changes no offering that is everybody's
    When the root admin calls createDiskOffering with
      | name        | short |
      | displaytext | text  |
      | disksize    | 1     |
    And the domain admin calls updateDiskOffering with
      | id   | disk:short |
      | name | ours       |
    Then the request is refused because offering-of-everybody
    When the root admin calls createServiceOffering with
      | name        | plain |
      | displaytext | text  |
      | cpunumber   | 1     |
      | cpuspeed    | 500   |
      | memory      | 512   |
    And the domain admin calls updateServiceOffering with
      | id   | service:plain |
      | name | ours          |
    Then the request is refused because offering-of-everybody

  @CS-OFF-032 @SPEC-03 @admin @UOF-03 @UOF-04
  Scenario: [CS-OFF-032] An offering in use gets no tags that its pools and hosts lack
    When the root admin calls createServiceOffering with
      | name        | plain |
      | displaytext | text  |
      | cpunumber   | 1     |
      | cpuspeed    | 500   |
      | memory      | 512   |
    Then the request succeeds
    When the owner deploys a VM with
      | serviceofferingid | service:plain |
    Then the request succeeds
    When the root admin calls updateServiceOffering with
      | id          | service:plain |
      | storagetags | lacking       |
    Then the request is refused because pools-lack-new-tags
    When the root admin calls updateServiceOffering with
      | id       | service:plain |
      | hosttags | lacking       |
    Then the request is refused because hosts-lack-new-tags

  @CS-OFF-033 @SPEC-03 @admin @DCO-01
  Scenario: [CS-OFF-033] A compute offering that system VMs need stays
    When the root admin calls deleteServiceOffering with
      | id | systemoffering:System Offering For Software Router |
    Then the request is refused because offering-of-default-use

  @CS-OFF-034 @SPEC-03 @admin @NOF-06
  Scenario: [CS-OFF-034] Nobody provides a service of a network offering whom nobody knows
    When the root admin calls createNetworkOffering with
      | name                            | odd      |
      | displaytext                     | text     |
      | guestiptype                     | Isolated |
      | traffictype                     | Guest    |
      | supportedservices               | Dhcp     |
      | serviceproviderlist[0].service  | Dhcp     |
      | serviceproviderlist[0].provider | Nobody   |
    Then the request is refused because provider-unknown
