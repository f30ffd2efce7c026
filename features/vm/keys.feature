@vm
Feature: SSH keys and passwords of VMs

  Background:
    Given a stopped VM "vm1" with ROOT volume "r1"
    When the owner calls registerSSHKeyPair with
      | name      | desk                  |
      | publickey | ssh-ed25519 AAAA desk |
    Then the request succeeds

  @CS-KEY-001 @SPEC-15 @extended
  Scenario: [CS-KEY-001] A VM has the keys it was given last
    When the owner calls createSSHKeyPair with
      | name | laptop |
    Then the request succeeds
    When the owner calls resetSSHKeyForVirtualMachine with
      | id       | vm:vm1 |
      | keypairs | laptop |
      | keypair  | desk   |
    Then the request succeeds
    And field "keypairs" of VM "vm1" is "laptop,desk"
    When the owner calls deleteSSHKeyPair with
      | name | laptop |
    Then the request succeeds
    And field "keypairs" of VM "vm1" is "laptop,desk"

  @CS-KEY-002 @SPEC-03 @extended @SKC-01
  Scenario: [CS-KEY-002] A key pair has a name
    When the owner calls createSSHKeyPair with
      | name | repeat: 1 |
    Then the request is refused because key-name-blank

  @CS-KEY-003 @SPEC-03 @extended @SKC-02
  Scenario: [CS-KEY-003] No key pair is made for the other
    When the owner calls createSSHKeyPair with
      | name     | k             |
      | account  | account:other |
      | domainid | domain:other  |
    Then the request is refused because permission-denied

  @CS-KEY-004 @SPEC-03 @extended @SKC-03
  Scenario: [CS-KEY-004] A key pair has a name of its own, whatever its case
    When the owner calls createSSHKeyPair with
      | name | DESK |
    Then the request is refused because key-name-taken

  @CS-KEY-005 @SPEC-03 @extended @SKR-01
  Scenario: [CS-KEY-005] No key is registered for the other
    When the owner calls registerSSHKeyPair with
      | name      | k             |
      | publickey | ssh-rsa AAAA  |
      | account   | account:other |
      | domainid  | domain:other  |
    Then the request is refused because permission-denied

  @CS-KEY-006 @SPEC-03 @extended @SKR-02
  Scenario: [CS-KEY-006] A registered key has a name of its own
    When the owner calls registerSSHKeyPair with
      | name      | desk         |
      | publickey | ssh-rsa AAAA |
    Then the request is refused because registered-name-taken

  @CS-KEY-007 @SPEC-03 @extended @SKR-03
  Scenario: [CS-KEY-007] What is no public key is not registered
    When the owner calls registerSSHKeyPair with
      | name      | k               |
      | publickey | ssh-pigeon AAAA |
    Then the request is refused because public-key-invalid

  @CS-KEY-008 @SPEC-03 @extended @SKR-04
  Scenario: [CS-KEY-008] A public key is registered once
    When the owner calls registerSSHKeyPair with
      | name      | k                     |
      | publickey | ssh-ed25519 AAAA roof |
    Then the request is refused because public-key-taken
    When the other calls registerSSHKeyPair with
      | name      | k                     |
      | publickey | ssh-ed25519 AAAA roof |
    Then the request succeeds

  @CS-KEY-009 @SPEC-03 @extended @SKD-01
  Scenario: [CS-KEY-009] The other's key pairs stay
    When the owner calls deleteSSHKeyPair with
      | name     | k             |
      | account  | account:other |
      | domainid | domain:other  |
    Then the request is refused because permission-denied

  @CS-KEY-010 @SPEC-03 @extended @SKD-02
  Scenario: [CS-KEY-010] A key pair is deleted once
    When the owner calls deleteSSHKeyPair with
      | name | desk |
    Then the request succeeds
    When the owner calls deleteSSHKeyPair with
      | name | desk |
    Then the request is refused because no-such-key-to-delete

  @CS-KEY-011 @SPEC-03 @extended @OWN-14
  Scenario: [CS-KEY-011] The other's keys open no VM of the owner
    When the owner calls resetSSHKeyForVirtualMachine with
      | id       | vm:vm1        |
      | keypair  | desk          |
      | account  | account:other |
      | domainid | domain:other  |
    Then the request is refused because keys-of-another

  @CS-KEY-012 @SPEC-03 @extended @SKV-02
  Scenario: [CS-KEY-012] A router has no keys to reset
    Given the kind of VM "vm1" is DomainRouter
    When the root admin calls resetSSHKeyForVirtualMachine with
      | id      | vm:vm1 |
      | keypair | desk   |
    Then the request is refused because no-vm-for-keys

  @CS-KEY-013 @SPEC-03 @extended @SKV-03 @unless-no-shared-fs
  Scenario: [CS-KEY-013] A shared file system has no keys to reset
    Given the kind of VM "vm1" is SharedFS
    When the owner calls resetSSHKeyForVirtualMachine with
      | id      | vm:vm1 |
      | keypair | desk   |
    Then the request is refused because not-for-shared-fs

  @CS-KEY-014 @SPEC-03 @extended @SKV-04 @unless-no-external
  Scenario: [CS-KEY-014] An External VM has no keys to reset
    Given the hypervisor of VM "vm1" is External
    When the owner calls resetSSHKeyForVirtualMachine with
      | id      | vm:vm1 |
      | keypair | desk   |
    Then the request is refused because not-for-this-instance

  @CS-KEY-015 @SPEC-03 @extended @SKV-05
  Scenario: [CS-KEY-015] A VM in Error has no keys to reset
    Given VM "vm1" is Error
    When the owner calls resetSSHKeyForVirtualMachine with
      | id      | vm:vm1 |
      | keypair | desk   |
    Then the request is refused because not-fit-for-keys

  @CS-KEY-016 @SPEC-03 @extended @SKV-06
  Scenario: [CS-KEY-016] The keys of a running VM stay
    Given VM "vm1" is Running
    When the owner calls resetSSHKeyForVirtualMachine with
      | id      | vm:vm1 |
      | keypair | desk   |
    Then the request is refused because not-stopped-for-keys

  @CS-KEY-017 @SPEC-03 @extended @SKV-07
  Scenario: [CS-KEY-017] Keys to reset are named
    When the owner calls resetSSHKeyForVirtualMachine with
      | id | vm:vm1 |
    Then the request is refused because no-keys-named

  @CS-KEY-018 @SPEC-03 @extended @SKV-08
  Scenario: [CS-KEY-018] The keys to reset are the caller's own
    When the root admin calls resetSSHKeyForVirtualMachine with
      | id      | vm:vm1 |
      | keypair | desk   |
    Then the request is refused because keys-unknown
    When the owner calls resetSSHKeyForVirtualMachine with
      | id       | vm:vm1    |
      | keypairs | desk,desk |
    Then the request is refused because keys-unknown

  @CS-KEY-019 @SPEC-03 @extended @DEP-51
  Scenario: [CS-KEY-019] No VM is deployed with a key that is not there
    When the owner deploys a VM with
      | keypair | roof |
    Then the request is refused because keys-unknown-at-once

  @CS-KEY-020 @SPEC-03 @extended @PWV-02
  Scenario: [CS-KEY-020] Only some templates take passwords
    When the owner calls resetPasswordForVirtualMachine with
      | id | vm:vm1 |
    Then the request is refused because no-passwords

  @CS-KEY-021 @SPEC-03 @extended @PWV-01
  Scenario: [CS-KEY-021] A router has no password to reset
    Given the kind of VM "vm1" is DomainRouter
    When the root admin calls resetPasswordForVirtualMachine with
      | id | vm:vm1 |
    Then the request is refused because no-vm-for-password

  @CS-KEY-022 @SPEC-03 @extended @PWV-03
  Scenario: [CS-KEY-022] A VM in Error has no password to reset
    Given the password reset of template "KVM" is on
    And VM "vm1" is Error
    When the owner calls resetPasswordForVirtualMachine with
      | id | vm:vm1 |
    Then the request is refused because not-fit-for-password

  @CS-KEY-023 @SPEC-03 @extended @PWV-04
  Scenario: [CS-KEY-023] The password of a running VM stays
    Given the password reset of template "KVM" is on
    And VM "vm1" is Running
    When the owner calls resetPasswordForVirtualMachine with
      | id | vm:vm1 |
    Then the request is refused because not-stopped-for-password

  @CS-KEY-024 @SPEC-15 @extended
  Scenario: [CS-KEY-024] A stopped VM is given another password
    Given the password reset of template "KVM" is on
    When the owner calls resetPasswordForVirtualMachine with
      | id | vm:vm1 |
    Then the request succeeds
    And field "passwordenabled" of VM "vm1" is "True"
    And field "password" of VM "vm1" is "absent"
