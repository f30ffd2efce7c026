@vm
Feature: User data of VMs and templates

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1"
    When the owner calls registerUserData with
      | name     | hello                |
      | userdata | I2Nsb3VkLWNvbmZpZwo= |
      | params   | town,street          |
    Then the request succeeds

  @CS-UDA-001 @SPEC-15 @extended
  Scenario: [CS-UDA-001] A VM has the user data it was given last
    When the root admin calls resetUserDataForVirtualMachine with
      | id                      | vm:vm1         |
      | userdataid              | userdata:hello |
      | userdatadetails[0].town | Ulm            |
    Then the request succeeds
    And field "userdataname" of VM "vm1" is "hello"
    And field "userdatadetails" of VM "vm1" is "{town=Ulm}"
    When the root admin calls resetUserDataForVirtualMachine with
      | id | vm:vm1 |
    Then the request succeeds
    And field "userdataid" of VM "vm1" is "absent"

  @CS-UDA-002 @SPEC-03 @extended @UDR-01
  Scenario: [CS-UDA-002] No user data is registered for the other
    When the owner calls registerUserData with
      | name     | x             |
      | userdata | YQ==          |
      | account  | account:other |
      | domainid | domain:other  |
    Then the request is refused because permission-denied

  @CS-UDA-003 @SPEC-03 @extended @UDR-02
  Scenario: [CS-UDA-003] User data has a name of its own
    When the owner calls registerUserData with
      | name     | HELLO |
      | userdata | YQ==  |
    Then the request is refused because data-name-taken

  @CS-UDA-004 @SPEC-03 @extended @UDR-03
  Scenario: [CS-UDA-004] User data is registered once
    When the owner calls registerUserData with
      | name     | x                    |
      | userdata | I2Nsb3VkLWNvbmZpZwo= |
    Then the request is refused because data-taken
    When the other calls registerUserData with
      | name     | x                    |
      | userdata | I2Nsb3VkLWNvbmZpZwo= |
    Then the request succeeds

  @CS-UDA-005 @SPEC-03 @extended @UDR-04
  Scenario: [CS-UDA-005] No parameter is called like a file of a router
    When the owner calls registerUserData with
      | name     | x                   |
      | userdata | YQ==                |
      | params   | a,vm-id,public-keys |
    Then the request is refused because data-parameter-reserved

  @CS-UDA-006 @SPEC-03 @extended @UDR-07
  Scenario: [CS-UDA-006] User data that is no base64 is not registered
    When the owner calls registerUserData with
      | name     | x   |
      | userdata | no! |
    Then the request is refused because data-no-base64

  @CS-UDA-007 @SPEC-03 @extended @UDR-08
  Scenario: [CS-UDA-007] User data without a byte is not registered
    When the owner calls registerUserData with
      | name     | x |
      | userdata | = |
    Then the request is refused because data-too-short

  @CS-UDA-008 @SPEC-03 @extended @UDR-09
  Scenario: [CS-UDA-008] User data of more than 4 KiB in a GET is not registered
    When the owner calls registerUserData with
      | name       | x            |
      | userdata   | repeat:A4100 |
      | httpmethod | GET          |
    Then the request is refused because data-too-long-for-get

  @CS-UDA-009 @SPEC-03 @extended @UDR-10
  Scenario: [CS-UDA-009] User data longer than the setting is not registered
    When the owner calls registerUserData with
      | name     | x             |
      | userdata | repeat:A32772 |
    Then the request is refused because data-over-the-setting

  @CS-UDA-010 @SPEC-03 @extended @UDD-01
  Scenario: [CS-UDA-010] No user data is deleted for the other
    When the owner calls deleteUserData with
      | id       | userdata:hello |
      | account  | account:other  |
      | domainid | domain:other   |
    Then the request is refused because permission-denied

  @CS-UDA-011 @SPEC-03 @extended @UDD-02
  Scenario: [CS-UDA-011] User data is deleted once
    When the owner calls deleteUserData with
      | id | userdata:hello |
    Then the request succeeds
    When the owner calls deleteUserData with
      | id | userdata:hello |
    Then the request is refused because data-gone

  @CS-UDA-012 @SPEC-03 @extended @UDD-03
  Scenario: [CS-UDA-012] User data of a template stays
    When the root admin calls linkUserDataToTemplate with
      | templateid | template:usual |
      | userdataid | userdata:hello |
    Then the request succeeds
    When the root admin calls deleteUserData with
      | id | userdata:hello |
    Then the request is refused because data-linked
    When the root admin calls linkUserDataToTemplate with
      | templateid | template:usual |
    Then the request succeeds
    When the owner calls deleteUserData with
      | id | userdata:hello |
    Then the request succeeds

  @CS-UDA-013 @SPEC-03 @extended @UDD-04
  Scenario: [CS-UDA-013] User data of a VM stays
    When the root admin calls resetUserDataForVirtualMachine with
      | id         | vm:vm1         |
      | userdataid | userdata:hello |
    Then the request succeeds
    When the root admin calls deleteUserData with
      | id | userdata:hello |
    Then the request is refused because data-used

  @CS-UDA-014 @SPEC-03 @extended @UDL-01
  Scenario: [CS-UDA-014] A link has a policy there is
    When the root admin calls linkUserDataToTemplate with
      | templateid     | template:usual |
      | userdatapolicy | maybe          |
    Then the request is refused because policy-unknown

  @CS-UDA-015 @SPEC-03 @extended @UDL-02
  Scenario: [CS-UDA-015] A link is to one image
    When the root admin calls linkUserDataToTemplate with
      | templateid | template:usual |
      | isoid      | template:usual |
    Then the request is refused because two-images-to-link

  @CS-UDA-016 @SPEC-03 @extended @UDL-03
  Scenario: [CS-UDA-016] A link is to an image
    When the root admin calls linkUserDataToTemplate with
      | userdataid | userdata:hello |
    Then the request is refused because no-image-to-link

  @CS-UDA-017 @SPEC-03 @extended @UDL-04
  Scenario: [CS-UDA-017] Nothing is linked to a template that is gone
    Given the removal of template "KVM" is on
    When the root admin calls linkUserDataToTemplate with
      | templateid | template:usual |
    Then the request is refused because image-gone-to-link

  @CS-UDA-018 @SPEC-03 @extended @UDL-05
  Scenario: [CS-UDA-018] A user links nothing to the cloud's template
    When the owner calls linkUserDataToTemplate with
      | templateid | template:usual |
    Then the request is refused because internal-error

  @CS-UDA-019 @SPEC-03 @extended @UDV-01
  Scenario: [CS-UDA-019] A router has no user data to reset
    Given the kind of VM "vm1" is DomainRouter
    When the root admin calls resetUserDataForVirtualMachine with
      | id | vm:vm1 |
    Then the request is refused because no-vm-for-data

  @CS-UDA-020 @SPEC-03 @extended @UDV-02 @unless-no-shared-fs
  Scenario: [CS-UDA-020] A shared file system has no user data to reset
    Given the kind of VM "vm1" is SharedFS
    When the root admin calls resetUserDataForVirtualMachine with
      | id | vm:vm1 |
    Then the request is refused because not-for-shared-fs-at-once

  @CS-UDA-021 @SPEC-03 @extended @UDV-03 @unless-no-external
  Scenario: [CS-UDA-021] An External VM has no user data to reset
    Given the hypervisor of VM "vm1" is External
    When the root admin calls resetUserDataForVirtualMachine with
      | id | vm:vm1 |
    Then the request is refused because not-for-this-instance-at-once

  @CS-UDA-022 @SPEC-03 @extended @UDV-04
  Scenario: [CS-UDA-022] The user data of a running VM stays
    Given VM "vm1" is Running
    When the root admin calls resetUserDataForVirtualMachine with
      | id | vm:vm1 |
    Then the request is refused because not-stopped-for-data

  @CS-UDA-023 @SPEC-03 @extended @UDV-05
  Scenario: [CS-UDA-023] User data is reset to a text or to one with a name
    When the root admin calls resetUserDataForVirtualMachine with
      | id         | vm:vm1         |
      | userdataid | userdata:hello |
      | userdata   | YQ==           |
    Then the request is refused because both-data

  @CS-UDA-024 @SPEC-03 @extended @UDV-06
  Scenario: [CS-UDA-024] A template that allows no user data allows no other
    When the root admin calls linkUserDataToTemplate with
      | templateid     | template:usual |
      | userdataid     | userdata:hello |
      | userdatapolicy | denyoverride   |
    When the root admin calls resetUserDataForVirtualMachine with
      | id       | vm:vm1 |
      | userdata | YQ==   |
    Then the request is refused because data-denied

  @CS-UDA-025 @SPEC-03 @extended @UDV-07
  Scenario: [CS-UDA-025] User data that is no base64 is not what a VM is reset to
    When the root admin calls resetUserDataForVirtualMachine with
      | id       | vm:vm1 |
      | userdata | no!    |
    Then the request is refused because data-no-base64

  @CS-UDA-026 @SPEC-03 @extended @UDV-08
  Scenario: [CS-UDA-026] User data without a byte is not what a VM is reset to
    When the root admin calls resetUserDataForVirtualMachine with
      | id       | vm:vm1 |
      | userdata | =      |
    Then the request is refused because data-too-short

  @CS-UDA-027 @SPEC-03 @extended @UDV-09
  Scenario: [CS-UDA-027] User data of more than 4 KiB in a GET is not what a VM is reset to
    When the root admin calls resetUserDataForVirtualMachine with
      | id         | vm:vm1       |
      | userdata   | repeat:A4100 |
      | httpmethod | GET          |
    Then the request is refused because data-too-long-for-get

  @CS-UDA-028 @SPEC-03 @extended @UDV-10
  Scenario: [CS-UDA-028] User data longer than the setting is not what a VM is reset to
    When the root admin calls resetUserDataForVirtualMachine with
      | id       | vm:vm1        |
      | userdata | repeat:A32772 |
    Then the request is refused because data-over-the-setting

  @CS-UDA-029 @SPEC-03 @extended @DEP-52
  Scenario: [CS-UDA-029] A VM comes with a text or with user data that has a name
    When the owner deploys a VM with
      | userdataid | userdata:hello |
      | userdata   | YQ==           |
    Then the request is refused because both-data

  @CS-UDA-030 @SPEC-03 @extended @DEP-53
  Scenario: [CS-UDA-030] A template that allows no user data allows none at deploy
    When the root admin calls linkUserDataToTemplate with
      | templateid     | template:usual |
      | userdataid     | userdata:hello |
      | userdatapolicy | denyoverride   |
    When the root admin deploys a VM with
      | userdataid | userdata:hello |
    Then the request is refused because data-denied
    When the owner deploys a VM with
      | name | plain |
    Then the request succeeds

  @CS-UDA-031 @SPEC-03 @extended @DEP-54
  Scenario: [CS-UDA-031] User data that is no base64 makes no VM
    When the owner deploys a VM with
      | userdata | no! |
    Then the request is refused because data-no-base64

  @CS-UDA-032 @SPEC-03 @extended @DEP-55
  Scenario: [CS-UDA-032] User data without a byte makes no VM
    When the owner deploys a VM with
      | userdata | = |
    Then the request is refused because data-too-short

  @CS-UDA-033 @SPEC-03 @extended @DEP-56
  Scenario: [CS-UDA-033] User data of more than 4 KiB in a GET makes no VM
    When the owner deploys a VM with
      | userdata   | repeat:A4100 |
      | httpmethod | GET          |
    Then the request is refused because data-too-long-for-get

  @CS-UDA-034 @SPEC-03 @extended @DEP-57
  Scenario: [CS-UDA-034] User data longer than the setting makes no VM
    When the owner deploys a VM with
      | userdata | repeat:A32772 |
    Then the request is refused because data-over-the-setting

  @CS-UDA-035 @SPEC-15 @extended
  Scenario: [CS-UDA-035] An update gives a VM user data and leaves what it does not name
    When the owner calls updateVirtualMachine with
      | id                      | vm:vm1         |
      | userdataid              | userdata:hello |
      | userdatadetails[0].town | Ulm            |
    Then the request succeeds
    And field "userdataname" of VM "vm1" is "hello"
    When the owner calls updateVirtualMachine with
      | id          | vm:vm1 |
      | displayname | other  |
    Then the request succeeds
    And field "userdataname" of VM "vm1" is "hello"
    And field "userdatadetails" of VM "vm1" is "{town=Ulm}"

  @CS-UDA-036 @SPEC-03 @extended @UPM-11
  Scenario: [CS-UDA-036] An update takes user data or its id
    When the root admin calls updateVirtualMachine with
      | id         | vm:vm1         |
      | userdataid | userdata:hello |
      | userdata   | YQ==           |
    Then the request is refused because both-data-to-update

  @CS-UDA-037 @SPEC-03 @extended @UPM-12
  Scenario: [CS-UDA-037] A template that allows no user data allows none in an update
    When the root admin calls linkUserDataToTemplate with
      | templateid     | template:usual |
      | userdataid     | userdata:hello |
      | userdatapolicy | denyoverride   |
    Then the request succeeds
    When the root admin calls updateVirtualMachine with
      | id       | vm:vm1 |
      | userdata | YQ==   |
    Then the request is refused because data-denied-to-update

  @CS-UDA-038 @SPEC-03 @extended @UPM-13 @UPM-14 @UPM-15 @UPM-16
  Scenario Outline: [CS-UDA-038] No update takes user data <text>
    When the root admin calls updateVirtualMachine with
      | id         | vm:vm1   |
      | userdata   | <text>   |
      | httpmethod | <method> |
    Then the request is refused because <reason>

    Examples:
      | text          | method | reason                      |
      | a!b           | POST   | data-no-base64-to-update    |
      | =             | POST   | data-short-to-update        |
      | repeat:A4100  | GET    | data-long-to-update         |
      | repeat:A32772 | POST   | data-over-setting-to-update |
