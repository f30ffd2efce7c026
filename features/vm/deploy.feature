@vm
Feature: Deploy a VM

  @CS-VMD-001 @SPEC-03 @core
  Scenario: [CS-VMD-001] A VM comes with its ROOT volume and runs
    Given a running VM "vm1" with ROOT volume "r1"
    Then VM "vm1" is Running
    And volume "r1" is the ROOT of VM "vm1" at device 0

  @CS-VMD-002 @SPEC-03 @core @DEP-01
  Scenario: [CS-VMD-002] A user deploys nothing for another account
    When the owner deploys a VM with
      | account  | account:other |
      | domainid | domain:other  |
    Then the request is refused because permission-denied

  @CS-VMD-003 @SPEC-03 @admin @DEP-02
  Scenario: [CS-VMD-003] A user does not choose the host
    When the owner deploys a VM with
      | hostid | host:a-host-elsewhere |
    Then the request is refused because host-not-yours-to-choose

  @CS-VMD-004 @SPEC-03 @admin @DEP-03
  Scenario: [CS-VMD-004] A user deploys nothing in a disabled zone
    Given the allocation of zone "a-zone" is off
    When the owner deploys a VM with
      | name | web |
    Then the request is refused because zone-disabled

  @CS-VMD-005 @SPEC-03 @extended @DEP-04 @unless-deploy-needs-template
  Scenario: [CS-VMD-005] A VM needs a template
    When the root admin deploys a VM with
      | templateid | none |
    Then the request is refused because no-template

  @CS-VMD-006 @SPEC-03 @extended @DEP-05
  Scenario: [CS-VMD-006] The name of a VM is free
    When the owner deploys a VM with
      | name | web |
    Then the request succeeds
    When the owner deploys a VM with
      | name | web |
    Then the request is refused because name-taken

  @CS-VMD-007 @SPEC-03 @core @DEP-06
  Scenario Outline: [CS-VMD-007] No VM beyond the account's number of <limit>
    Given the setting "max.account.<setting>" is "0"
    When the owner deploys a VM with
      | name | web |
    Then the request is refused because <reason>

    Examples:
      | limit   | setting         | reason        |
      | VMs     | user.vms        | vm-limit      |
      | volumes | volumes         | volume-limit  |
      | cores   | cpus            | cpu-limit     |
      | MiB     | memory          | memory-limit  |
      | GiB     | primary.storage | storage-limit |

  @CS-VMD-008 @SPEC-03 @extended @DEP-11
  Scenario: [CS-VMD-008] A ROOT of 0 GiB is refused
    When the owner deploys a VM with
      | rootdisksize | 0 |
    Then the request is refused because root-of-nothing

  @CS-VMD-008 @SPEC-03 @extended @DEP-12
  Scenario: [CS-VMD-008] A ROOT of 1 GiB is refused
    When the owner deploys a VM with
      | rootdisksize | 1 |
    Then the request is refused because root-too-small

  @CS-VMD-009 @SPEC-03 @extended @DEP-13
  Scenario: [CS-VMD-009] A data disk of any size comes with one
    When the owner deploys a VM with
      | diskofferingid | disk:Custom |
    Then the request is refused because data-size-missing
    When the owner deploys a VM with
      | diskofferingid | disk:Custom |
      | size           | 3           |
      | rootdisksize   | 4           |
      | startvm        | false       |
    Then the request succeeds
    And the owner owns 2 volumes of 7 GiB in all

  @CS-VMD-010 @SPEC-03 @admin @STA-09
  Scenario: [CS-VMD-010] Only a root admin chooses the cluster; a user's choice counts for nothing
    Given a stopped VM "vm1" with ROOT volume "r1"
    When the owner deploys a VM with
      | clusterid | cluster:another-cluster |
      | startvm   | false                   |
    Then the request succeeds
    When the owner calls startVirtualMachine with
      | id        | vm:vm1                  |
      | clusterid | cluster:another-cluster |
    Then the request is refused because start-not-yours-to-place
    When the root admin deploys a VM with
      | clusterid | cluster:another-cluster |
    Then the request succeeds

  @CS-VMD-011 @SPEC-03 @extended @DEP-14
  Scenario: [CS-VMD-011] A VM has a host name for a name
    When the owner deploys a VM with
      | name | 9lives |
    Then the request is refused because name-malformed

  @CS-VMD-012 @SPEC-03 @extended @DEP-15
  Scenario: [CS-VMD-012] No boot type OPEN
    When the owner deploys a VM with
      | boottype | OPEN |
    Then the request is refused because boot-type-unknown

  @CS-VMD-012 @SPEC-03 @extended @DEP-16
  Scenario: [CS-VMD-012] No boot mode FAST
    When the owner deploys a VM with
      | boottype | BIOS |
      | bootmode | FAST |
    Then the request is refused because boot-mode-unknown

  @CS-VMD-012 @SPEC-03 @extended @DEP-17
  Scenario: [CS-VMD-012] UEFI comes with a mode
    When the owner deploys a VM with
      | boottype | uefi |
    Then the request is refused because boot-mode-missing

  @CS-VMD-012 @SPEC-03 @extended @DEP-18
  Scenario: [CS-VMD-012] BIOS comes with a mode too
    When the root admin deploys a VM with
      | boottype | BIOS |
    Then the request is refused because boot-mode-null

  @CS-VMD-013 @SPEC-03 @extended @DEP-19
  Scenario: [CS-VMD-013] Details are no extra configuration
    When the owner deploys a VM with
      | details[0].extraconfig | a |
    Then the request is refused because extraconfig-at-once

  @CS-VMD-014 @SPEC-03 @extended @DEP-21
  Scenario: [CS-VMD-014] A fixed offering comes without a size
    When the owner deploys a VM with
      | details[0].cpuNumber | 2 |
    Then the request is refused because size-of-fixed

  @CS-VMD-015 @SPEC-03 @extended @DEP-27
  Scenario: [CS-VMD-015] The hypervisor is that of the template
    When the owner deploys a VM with
      | hypervisor | VMware |
    Then the request is refused because other-hypervisor

  @CS-VMD-016 @SPEC-03 @extended @DEP-32
  Scenario: [CS-VMD-016] No ROOT of 2001 GiB
    When the owner deploys a VM with
      | rootdisksize | 2001 |
    Then the request is refused because root-too-large

  @CS-VMD-017 @SPEC-03 @extended @DEP-34
  Scenario: [CS-VMD-017] No data disk of 1025 GiB
    When the owner deploys a VM with
      | diskofferingid | disk:Custom |
      | size           | 1025        |
    Then the request is refused because data-size-out-of-range

  @CS-VMD-018 @SPEC-03 @extended @DEP-39
  Scenario: [CS-VMD-018] An address is one
    When the owner deploys a VM with
      | ipaddress | 10.1.1 |
    Then the request is refused because address-malformed

  @CS-VMD-018 @SPEC-03 @extended @fs-only @DEP-41
  Scenario: [CS-VMD-018] An address is in the network
    When the owner deploys a VM with
      | ipaddress | 192.0.2.9 |
    Then the request is refused because address-not-free

  @CS-VMD-018 @SPEC-03 @extended @fs-only @DEP-41
  Scenario: [CS-VMD-018] An address is given once
    When the owner deploys a VM with
      | ipaddress | 10.1.1.77 |
      | name      | web       |
    Then the request succeeds
    When the owner deploys a VM with
      | ipaddress | 10.1.1.77 |
    Then the request is refused because address-not-free

  @CS-VMD-018 @SPEC-03 @acs-quirk @DEP-41
  Scenario Outline: [CS-VMD-018] A VM without its address <address> stays in Error
    When the owner deploys a VM with
      | ipaddress | 10.1.1.77 |
    Then the request succeeds
    When the owner deploys a VM with
      | ipaddress | <address> |
    Then 1 of the requests failed because address-not-free
    When the owner calls listVirtualMachines with
      | state | Error |
    Then the answer counts 1 and has 1

    Examples:
      | address   |
      | 192.0.2.9 |
      | 10.1.1.77 |

  @CS-VMD-019 @SPEC-03 @extended @DEP-20
  Scenario: [CS-VMD-019] No VM of a deleted offering
    When the root admin calls createServiceOffering with
      | name        | short |
      | displaytext | text  |
      | cpunumber   | 2     |
      | cpuspeed    | 500   |
      | memory      | 1024  |
    And the root admin calls deleteServiceOffering with
      | id | service:short |
    And the owner deploys a VM with
      | serviceofferingid | service:short |
    Then the request is refused because offering-deleted

  @CS-VMD-020 @SPEC-03 @extended @DEP-22
  Scenario: [CS-VMD-020] No local offering in a zone without local storage
    Given the local storage of service offering "Small Instance" is on
    When the owner deploys a VM with
      | name | web |
    Then the request is refused because no-local-storage-to-deploy

  @CS-VMD-020 @SPEC-03 @extended @DEP-23
  Scenario: [CS-VMD-020] No local data disk in a zone without local storage
    Given the local storage of disk offering "Small" is on
    When the owner deploys a VM with
      | diskofferingid | disk:Small |
    Then the request is refused because no-local-storage-to-deploy

  @CS-VMD-021 @SPEC-03 @admin @DEP-24
  Scenario: [CS-VMD-021] No VM on a disabled host
    Given the allocation of host "a-host" is off
    When the root admin deploys a VM with
      | hostid | host:a-host |
    Then the request is refused because host-not-right

  @CS-VMD-022 @SPEC-03 @extended @DEP-25
  Scenario: [CS-VMD-022] Who has two networks names one
    Given a stopped VM "vm1" with ROOT volume "r1"
    When the owner calls createNetwork with
      | displaytext       | o                                                       |
      | name              | net1                                                    |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:a-zone                                             |
    And the owner deploys a VM with
      | name | web |
    Then the request is refused because two-networks
    When the owner deploys a VM with
      | networkids | network:net1 |
    Then the request succeeds

  @CS-VMD-024 @SPEC-03 @extended @DEP-28 @DEP-30 @DEP-31 @DEP-33
  Scenario: [CS-VMD-024] A VM from an ISO has a ROOT of an offering
    When the owner calls registerIso with
      | name        | i1                        |
      | displaytext | text                      |
      | url         | http://203.0.113.7/i1.iso |
      | zoneid      | zone:a-zone               |
      | bootable    | true                      |
      | ostypeid    | ostype:CentOS 7           |
    And the owner deploys a VM with
      | templateid | iso:i1 |
      | hypervisor | KVM    |
    Then the request is refused because iso-without-offering
    When the owner deploys a VM with
      | templateid     | iso:i1      |
      | hypervisor     | KVM         |
      | diskofferingid | disk:Custom |
    Then the request is refused because data-size-missing
    When the owner deploys a VM with
      | templateid     | iso:i1      |
      | hypervisor     | KVM         |
      | diskofferingid | disk:Custom |
      | size           | 1025        |
    Then the request is refused because data-size-out-of-range
    Given the encrypted of disk offering "Medium" is on
    When the owner deploys a VM with
      | templateid     | iso:i1      |
      | hypervisor     | VMware      |
      | diskofferingid | disk:Medium |
    Then the request is refused because encrypted-not-on-kvm
    When the owner deploys a VM with
      | templateid     | iso:i1      |
      | hypervisor     | KVM         |
      | diskofferingid | disk:Custom |
      | size           | 4           |
      | startvm        | false       |
    Then the request succeeds
    And the owner owns 1 volumes of 4 GiB in all

  @CS-VMD-025 @SPEC-03 @extended @DEP-38
  Scenario: [CS-VMD-025] An ISO that is not bootable makes no VM
    When the owner calls registerIso with
      | name        | i1                        |
      | displaytext | text                      |
      | url         | http://203.0.113.7/i1.iso |
      | zoneid      | zone:a-zone               |
      | bootable    | false                     |
    And the owner deploys a VM with
      | templateid     | iso:i1     |
      | hypervisor     | KVM        |
      | diskofferingid | disk:Small |
    Then the request is refused because iso-not-bootable

  @CS-VMD-026 @SPEC-13 @extended @DEP-29
  Scenario: [CS-VMD-026] On Hyper-V a ROOT has no size of its own
    When the root admin calls registerTemplate with
      | name        | t1                        |
      | displaytext | text                      |
      | url         | http://203.0.113.7/t1.vhd |
      | format      | VHD                       |
      | hypervisor  | Hyperv                    |
      | ispublic    | true                      |
      | zoneid      | zone:a-zone               |
      | ostypeid    | ostype:CentOS 7           |
    Then the request succeeds
    When the owner deploys a VM with
      | templateid   | last:id |
      | rootdisksize | 8       |
    Then the request is refused because no-root-size-on-hypervisor

  @CS-VMD-027 @SPEC-03 @extended @DEP-37
  Scenario: [CS-VMD-027] No VM of a template of another zone
    When the root admin calls registerTemplate with
      | name        | t1                          |
      | displaytext | text                        |
      | url         | http://203.0.113.7/t1.qcow2 |
      | format      | QCOW2                       |
      | hypervisor  | KVM                         |
      | ispublic    | true                        |
      | zoneid      | zone:another-zone           |
      | ostypeid    | ostype:CentOS 7             |
    And the owner deploys a VM with
      | templateid | image:t1 |
    Then the request is refused because template-not-here

  @CS-VMD-028 @SPEC-03 @extended @DEP-36
  Scenario: [CS-VMD-028] No VM of a system template
    When the root admin deploys a VM with
      | templateid | templatetype:SYSTEM |
    Then the request is refused because system-template-to-deploy

  @CS-VMD-029 @SPEC-03 @extended @DEP-35
  Scenario Outline: [CS-VMD-029] A data disk stays within its owner's limit of <setting>
    Given the setting "max.account.<setting>" is "<most>"
    When the owner deploys a VM with
      | diskofferingid | disk:Small |
    Then the request is refused because <reason>

    Examples:
      | setting         | most | reason               |
      | volumes         | 1    | second-volume-limit  |
      | primary.storage | 6    | second-storage-limit |

  @CS-VMD-030 @SPEC-03 @extended
  Scenario: [CS-VMD-030] A VM of a customized offering has the size it was given
    When the root admin calls createServiceOffering with
      | name         | some |
      | displaytext  | text |
      | customized   | true |
      | cpuspeed     | 500  |
      | mincpunumber | 1    |
      | maxcpunumber | 4    |
      | minmemory    | 256  |
      | maxmemory    | 2048 |
    And the owner deploys a VM with
      | serviceofferingid | service:some |
      | name              | web          |
    Then the request is refused because size-of-vm-missing
    When the owner deploys a VM with
      | serviceofferingid    | service:some |
      | details[0].cpuNumber | 8            |
      | details[0].memory    | 512          |
    Then the request is refused because vm-cores-out-of-range
    Given the setting "max.account.memory" is "500"
    When the owner deploys a VM with
      | serviceofferingid    | service:some |
      | details[0].cpuNumber | 2            |
      | details[0].memory    | 512          |
    Then the request is refused because memory-limit
    Given the setting "max.account.memory" is "512"
    When the owner deploys a VM with
      | serviceofferingid    | service:some |
      | details[0].cpuNumber | 2            |
      | details[0].memory    | 512          |
    Then the request succeeds

  @CS-VMD-031 @SPEC-03 @extended
  Scenario Outline: [CS-VMD-031] A ROOT of an offering without a size has 6 GiB by <parameter>
    When the root admin calls createServiceOffering with
      | name        | any  |
      | displaytext | text |
      | cpunumber   | 1    |
      | cpuspeed    | 500  |
      | memory      | 512  |
    Then the request succeeds
    When the owner deploys a VM with
      | serviceofferingid | service:any |
      | <parameter>       | 6           |
    Then the request succeeds
    And the owner owns 1 volumes of 6 GiB in all

    Examples:
      | parameter               |
      | rootdisksize            |
      | details[0].rootdisksize |

  @CS-VMD-031 @SPEC-03 @extended
  Scenario: [CS-VMD-031] A ROOT of an offering with 8 GiB has 8 GiB by rootdisksize
    When the root admin calls createServiceOffering with
      | name         | any  |
      | displaytext  | text |
      | cpunumber    | 1    |
      | cpuspeed     | 500  |
      | memory       | 512  |
      | rootdisksize | 8    |
    Then the request succeeds
    When the owner deploys a VM with
      | serviceofferingid | service:any |
      | rootdisksize      | 6           |
    Then the request succeeds
    And the owner owns 1 volumes of 8 GiB in all

  @CS-VMD-032 @SPEC-03 @extended
  Scenario: [CS-VMD-032] A VM that was never started says so until it is
    Given a fresh VM "vm1" with ROOT volume "r1"
    Then field "details" of VM "vm1" is "{'deployvm': 'true'}"
    And field "lastupdated" of VM "vm1" is "absent"
    When the owner starts VM "vm1"
    Then field "details" of VM "vm1" is "{}"
    And field "lastupdated" of VM "vm1" is "present"
