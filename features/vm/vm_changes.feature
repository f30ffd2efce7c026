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
      | command                        | to                | value                   |
      | updateVirtualMachine           | displayname       | headless                |
      | changeServiceForVirtualMachine | serviceofferingid | service:Medium Instance |
      | scaleVirtualMachine            | serviceofferingid | service:Medium Instance |

  @CS-CHM-001 @SPEC-03 @extended @UPM-01
  Scenario: [CS-CHM-001] A VM in Error is not changed
    Given VM "vm1" is Error
    When the root admin calls updateVirtualMachine with
      | id          | vm:vm1 |
      | displayname | lost   |
    Then the request is refused because not-in-right-state-to-update

  @CS-CHM-002 @SPEC-03 @extended @UPM-02
  Scenario: [CS-CHM-002] A VM's name is its own
    Given a stopped VM "vm2" with ROOT volume "r2"
    When the root admin calls updateVirtualMachine with
      | id   | vm:vm2   |
      | name | name:vm1 |
    Then the request is refused because name-taken-to-update

  @CS-CHM-003 @SPEC-03 @extended @CHS-01
  Scenario: [CS-CHM-003] The offering of a running VM is not changed
    Given VM "vm1" is Running
    When the owner calls changeServiceForVirtualMachine with
      | id                | vm:vm1                  |
      | serviceofferingid | service:Medium Instance |
    Then the request is refused because not-stopped-to-change

  @CS-CHM-004 @SPEC-03 @extended @UPG-05
  Scenario: [CS-CHM-004] A VM keeps the offering it has
    When the owner calls changeServiceForVirtualMachine with
      | id                | vm:vm1                 |
      | serviceofferingid | service:Small Instance |
    Then the request is refused because same-offering
    When the owner calls scaleVirtualMachine with
      | id                | vm:vm1                 |
      | serviceofferingid | service:Small Instance |
    Then the request is refused because same-offering-to-scale

  @CS-CHM-005 @SPEC-03 @extended @UPG-06
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

  @CS-CHM-005 @SPEC-03 @extended @UPG-07
  Scenario: [CS-CHM-005] A VM does not go from local to shared storage
    Given volume "r1" lies on local storage of host "a-host"
    When the owner calls changeServiceForVirtualMachine with
      | id                | vm:vm1                  |
      | serviceofferingid | service:Medium Instance |
    Then the request is refused because local-root

  @CS-CHM-006 @SPEC-03 @extended @UPG-04
  Scenario: [CS-CHM-006] A destroyed VM is not scaled
    Given VM "vm1" is Destroyed
    When the root admin calls scaleVirtualMachine with
      | id                | vm:vm1                  |
      | serviceofferingid | service:Medium Instance |
    Then the request is refused because wrong-state-to-scale

  @CS-CHM-007 @SPEC-03 @extended @SCA-04 @SCA-11
  Scenario: [CS-CHM-007] A running VM is not scaled where that is disabled, nor without tools
    Given a running VMware VM "vm2" with ROOT volume "r2"
    When the owner calls scaleVirtualMachine with
      | id                | vm:vm2                  |
      | serviceofferingid | service:Medium Instance |
    Then the request is refused because no-dynamic-scaling
    Given the setting "enable.dynamic.scale.vm" is "true"
    When the owner calls scaleVirtualMachine with
      | id                | vm:vm2                  |
      | serviceofferingid | service:Medium Instance |
    Then the request is refused because no-tools-to-scale

  @CS-CHM-008 @needs-KVM @SPEC-13 @extended @SCA-09
  Scenario: [CS-CHM-008] A running VM on KVM with a fixed offering is not scaled
    Given VM "vm1" is Running
    When the owner calls scaleVirtualMachine with
      | id                | vm:vm1                  |
      | serviceofferingid | service:Medium Instance |
    Then the request is refused because fixed-on-kvm-to-scale

  @CS-CHM-009 @SPEC-03 @extended @SCA-08
  Scenario: [CS-CHM-009] A running VM does not shrink
    Given VM "vm1" is Running
    When the root admin calls createServiceOffering with
      | name        | tiny |
      | displaytext | text |
      | cpunumber   | 1    |
      | cpuspeed    | 400  |
      | memory      | 1024 |
    And the owner calls scaleVirtualMachine with
      | id                | vm:vm1       |
      | serviceofferingid | service:tiny |
    Then the request is refused because smaller-to-scale

  @CS-CHM-010 @SPEC-03 @extended @SCA-07
  Scenario: [CS-CHM-010] Dynamic scaling of the offerings is the same
    Given VM "vm1" is Running
    When the root admin calls createServiceOffering with
      | name                  | stiff |
      | displaytext           | text  |
      | cpunumber             | 2     |
      | cpuspeed              | 500   |
      | memory                | 1024  |
      | dynamicscalingenabled | false |
    And the owner calls scaleVirtualMachine with
      | id                | vm:vm1        |
      | serviceofferingid | service:stiff |
    Then the request is refused because scaling-flag-differs

  @CS-CHM-011 @SPEC-03 @extended @SCA-05 @unless-no-external
  Scenario: [CS-CHM-011] A VM on an external hypervisor is not scaled
    Given the hypervisor of VM "vm1" is External
    When the owner calls scaleVirtualMachine with
      | id                | vm:vm1                  |
      | serviceofferingid | service:Medium Instance |
    Then the request is refused because external-to-reinstall

  @CS-CHM-011 @SPEC-13 @extended @SCA-06
  Scenario: [CS-CHM-011] A running VM on Hyper-V is not scaled
    Given VM "vm1" is Running
    And the hypervisor of VM "vm1" is Hyperv
    When the owner calls scaleVirtualMachine with
      | id                | vm:vm1                  |
      | serviceofferingid | service:Medium Instance |
    Then the request is refused because hypervisor-cannot-scale

  @CS-CHM-012 @SPEC-03 @extended @SCA-10
  Scenario: [CS-CHM-012] A running VM does not grow beyond its owner's limit
    Given a running VMware VM "vm2" with ROOT volume "r2"
    And the setting "max.account.memory" is "1100"
    When the owner calls scaleVirtualMachine with
      | id                | vm:vm2                  |
      | serviceofferingid | service:Medium Instance |
    Then the request is refused because memory-limit-to-scale

  @CS-CHM-013 @SPEC-03 @extended @UPG-02
  Scenario: [CS-CHM-013] A stopped VM does not grow beyond its owner's limit
    Given the setting "max.account.memory" is "1000"
    When the owner calls changeServiceForVirtualMachine with
      | id                | vm:vm1                  |
      | serviceofferingid | service:Medium Instance |
    Then the request is refused because memory-limit-to-change
    When the owner calls scaleVirtualMachine with
      | id                | vm:vm1                  |
      | serviceofferingid | service:Medium Instance |
    Then the request is refused because memory-limit-to-scale

  @CS-CHM-014 @SPEC-03 @extended @UPG-01 @UPG-03
  Scenario: [CS-CHM-014] A deleted offering is given to nobody
    When the root admin calls createServiceOffering with
      | name        | short |
      | displaytext | text  |
      | cpunumber   | 2     |
      | cpuspeed    | 500   |
      | memory      | 1024  |
    And the root admin calls deleteServiceOffering with
      | id | service:short |
    And the owner calls changeServiceForVirtualMachine with
      | id                | vm:vm1        |
      | serviceofferingid | service:short |
    Then the request is refused because inactive-offering
    Given VM "vm1" is Running
    When the owner calls scaleVirtualMachine with
      | id                | vm:vm1        |
      | serviceofferingid | service:short |
    Then the request is refused because inactive-offering-to-scale

  @CS-CHM-015 @SPEC-03 @extended @UPG-08
  Scenario: [CS-CHM-015] A user's VM has no offering of the system
    Given the system of service offering "Medium Instance" is on
    When the owner calls changeServiceForVirtualMachine with
      | id                | vm:vm1                  |
      | serviceofferingid | service:Medium Instance |
    Then the request is refused because system-offering

  @CS-CHM-016 @SPEC-03 @extended @UPG-09
  Scenario: [CS-CHM-016] The new offering has the old one's storage tags
    When the root admin calls updateStoragePool with
      | id   | pool:a-pool |
      | tags | ssd         |
    And the root admin calls createServiceOffering with
      | name        | tagged |
      | displaytext | text   |
      | cpunumber   | 1      |
      | cpuspeed    | 500    |
      | memory      | 512    |
      | tags        | ssd    |
    And the owner calls changeServiceForVirtualMachine with
      | id                | vm:vm1         |
      | serviceofferingid | service:tagged |
    Then the request succeeds
    When the owner calls changeServiceForVirtualMachine with
      | id                | vm:vm1                  |
      | serviceofferingid | service:Medium Instance |
    Then the request is refused because tags-missing
    Given the setting "match.storage.pool.tags.with.disk.offering" is "false"
    When the owner calls changeServiceForVirtualMachine with
      | id                | vm:vm1                  |
      | serviceofferingid | service:Medium Instance |
    Then the request succeeds

  @CS-CHM-017 @SPEC-03 @extended @SIZ-01 @SIZ-02 @SIZ-04 @SIZ-06
  Scenario: [CS-CHM-017] A customized offering comes with cores, speed and memory
    When the root admin calls createServiceOffering with
      | name        | open |
      | displaytext | text |
      | customized  | true |
    And the owner calls changeServiceForVirtualMachine with
      | id                | vm:vm1       |
      | serviceofferingid | service:open |
    Then the request is refused because size-of-vm-missing
    When the owner calls changeServiceForVirtualMachine with
      | id                | vm:vm1       |
      | serviceofferingid | service:open |
      | details[0].memory | 512          |
    Then the request is refused because vm-cores-out-of-range
    When the owner calls changeServiceForVirtualMachine with
      | id                   | vm:vm1       |
      | serviceofferingid    | service:open |
      | details[0].cpuNumber | 2            |
    Then the request is refused because vm-speed-out-of-range
    When the owner calls changeServiceForVirtualMachine with
      | id                   | vm:vm1       |
      | serviceofferingid    | service:open |
      | details[0].cpuNumber | 2            |
      | details[1].cpuSpeed  | 500          |
      | details[2].memory    | 31           |
    Then the request is refused because vm-memory-out-of-range
    When the owner calls changeServiceForVirtualMachine with
      | id                   | vm:vm1       |
      | serviceofferingid    | service:open |
      | details[0].cpuNumber | 2            |
      | details[1].cpuSpeed  | 500          |
      | details[2].memory    | 768          |
    Then the request succeeds
    And field "memory" of VM "vm1" is "768"
    When the owner calls scaleVirtualMachine with
      | id                | vm:vm1       |
      | serviceofferingid | service:open |
      | details[0].memory | 1024         |
    Then the request succeeds
    And field "memory" of VM "vm1" is "1024"
    And field "cpunumber" of VM "vm1" is "2"

  @CS-CHM-018 @SPEC-03 @extended @SIZ-03 @SIZ-05 @SIZ-07
  Scenario Outline: [CS-CHM-018] What an offering fixes is not chosen: <detail>
    When the root admin calls createServiceOffering with
      | name        | half  |
      | displaytext | text  |
      | customized  | false |
      | <fixed>     | 512   |
      | cpuspeed    | 500   |
    And the owner calls changeServiceForVirtualMachine with
      | id                   | vm:vm1       |
      | serviceofferingid    | service:half |
      | details[0].cpuNumber | <cores>      |
      | details[0].memory    | <memory>     |
      | details[0].cpuSpeed  | 500          |
    Then the request is refused because <reason>

    Examples:
      | detail    | fixed     | cores | memory | reason          |
      | cpuNumber | cpunumber | 1     | 512    | cores-are-fixed |
      | cpuSpeed  | memory    | 1     | 512    | speed-is-fixed  |

  @CS-CHM-018 @SPEC-03 @extended @SIZ-07
  Scenario: [CS-CHM-018] What an offering fixes is not chosen: memory
    When the root admin calls createServiceOffering with
      | name        | half  |
      | displaytext | text  |
      | customized  | false |
      | memory      | 512   |
      | cpuspeed    | 500   |
    And the owner calls changeServiceForVirtualMachine with
      | id                   | vm:vm1       |
      | serviceofferingid    | service:half |
      | details[0].cpuNumber | 1            |
      | details[0].memory    | 512          |
    Then the request is refused because memory-is-fixed

  @CS-CHM-019 @SPEC-03 @extended @SIZ-08 @SIZ-09
  Scenario Outline: [CS-CHM-019] No offering beyond the server's bound: <setting>
    Given the setting "vm.serviceoffering.<setting>.max" is "<most>"
    When the owner calls changeServiceForVirtualMachine with
      | id                | vm:vm1                  |
      | serviceofferingid | service:Medium Instance |
    Then the request is refused because <reason>

    Examples:
      | setting  | most | reason               |
      | ram.size | 1000 | offering-memory-much |

  @CS-CHM-019 @SPEC-03 @extended @SIZ-08
  Scenario: [CS-CHM-019] No offering with more cores than the server's bound
    When the root admin calls createServiceOffering with
      | name        | wide |
      | displaytext | text |
      | cpunumber   | 8    |
      | cpuspeed    | 500  |
      | memory      | 512  |
    Given the setting "vm.serviceoffering.cpu.cores.max" is "4"
    When the owner calls changeServiceForVirtualMachine with
      | id                | vm:vm1       |
      | serviceofferingid | service:wide |
    Then the request is refused because offering-cores-many

  @CS-CHM-020 @SPEC-03 @extended @UPM-03 @unless-no-shared-fs
  Scenario: [CS-CHM-020] A shared file system is not updated
    Given the kind of VM "vm1" is SharedFS
    When the root admin calls updateVirtualMachine with
      | id          | vm:vm1 |
      | displayname | shared |
    Then the request is refused because shared-fs-not-updated

  @CS-CHM-021 @SPEC-03 @extended @UPM-04 @UPM-05 @UPM-06
  Scenario Outline: [CS-CHM-021] <who> does not write the detail <name>
    When the <who> calls updateVirtualMachine with
      | id                | vm:vm1 |
      | details[0].<name> | 5      |
    Then the request is refused because <reason>

    Examples:
      | who        | name               | reason                |
      | root admin | extraconfig        | extraconfig-to-update |
      | owner      | extraconfig        | internal-error        |
      | owner      | rootdisksize       | internal-error        |
      | owner      | rootDiskController | internal-error        |

  @CS-CHM-022 @SPEC-03 @extended @UPM-07
  Scenario: [CS-CHM-022] Details do not take a VM beyond its owner's limit
    When the root admin calls createServiceOffering with
      | name        | open |
      | displaytext | text |
      | customized  | true |
    And the owner calls changeServiceForVirtualMachine with
      | id                   | vm:vm1       |
      | serviceofferingid    | service:open |
      | details[0].cpuNumber | 1            |
      | details[0].cpuSpeed  | 500          |
      | details[0].memory    | 512          |
    Then the request succeeds
    When the owner calls updateVirtualMachine with
      | id                   | vm:vm1 |
      | details[0].cpuNumber | 1      |
      | details[0].cpuSpeed  | 500    |
      | details[0].memory    | 600    |
    Then the request succeeds
    And field "memory" of VM "vm1" is "600"
    Given the setting "max.account.memory" is "700"
    When the root admin calls updateVirtualMachine with
      | id                   | vm:vm1 |
      | details[0].cpuNumber | 1      |
      | details[0].cpuSpeed  | 500    |
      | details[0].memory    | 701    |
    Then the request is refused because memory-limit-to-update

  @CS-CHM-023 @SPEC-03 @extended @UPM-08 @UPM-09
  Scenario Outline: [CS-CHM-023] A VM of plain offering and template has no <flag>
    When the root admin calls updateVirtualMachine with
      | id     | vm:vm1 |
      | <flag> | true   |
    Then the request is refused because <reason>

    Examples:
      | flag                  | reason                  |
      | haenable              | no-ha                   |
      | isdynamicallyscalable | no-scaling-for-template |

  @CS-CHM-024 @SPEC-03 @extended @UPM-10
  Scenario: [CS-CHM-024] The new name of a VM is a host name
    When the owner calls updateVirtualMachine with
      | id   | vm:vm1 |
      | name | 9lives |
    Then the request is refused because name-malformed

  @CS-CHM-025 @SPEC-03 @extended
  Scenario: [CS-CHM-025] A VM and its volumes show what the VM is called by
    When the owner calls updateVirtualMachine with
      | id          | vm:vm1   |
      | displayname | headless |
    Then the answer shows
      | displayname | headless |
    And field "displayname" of VM "vm1" is "headless"
    And field "vmdisplayname" of volume "r1" is "headless"
