@vm
Feature: System VMs and routers

  Background:
    When the owner calls createNetwork with
      | displaytext       | o                                                       |
      | name              | lan                                                     |
      | networkofferingid | plan:DefaultIsolatedNetworkOfferingWithSourceNatService |
      | zoneid            | zone:a-zone                                             |
    Then the request succeeds
    When the owner deploys a VM with
      | networkids | network:lan |
    Then the request succeeds
    Given a stopped VM "vm1" with ROOT volume "r1"

  @CS-SYS-001 @SPEC-15 @extended
  Scenario: [CS-SYS-001] A console proxy stops, starts and reboots
    When the root admin calls stopSystemVm with
      | id | systemvm:consoleproxy |
    Then the request succeeds
    When the root admin calls rebootSystemVm with
      | id | systemvm:consoleproxy |
    Then the request succeeds
    When the root admin calls stopSystemVm with
      | id | systemvm:consoleproxy |
    Then the request succeeds
    When the root admin calls startSystemVm with
      | id | systemvm:consoleproxy |
    Then the request succeeds
    When the root admin calls startSystemVm with
      | id | systemvm:consoleproxy |
    Then the request succeeds
    When the root admin calls rebootSystemVm with
      | id | systemvm:consoleproxy |
    Then the request succeeds

  @CS-SYS-002 @SPEC-15 @extended
  Scenario: [CS-SYS-002] A router stops, starts and reboots
    When the root admin calls stopRouter with
      | id | router:lan |
    Then the request succeeds
    When the root admin calls stopRouter with
      | id | router:lan |
    Then the request succeeds
    When the root admin calls startRouter with
      | id | router:lan |
    Then the request succeeds
    When the root admin calls startRouter with
      | id | router:lan |
    Then the request succeeds
    When the root admin calls rebootRouter with
      | id | router:lan |
    Then the request succeeds

  @CS-SYS-003 @SPEC-03 @extended @SVM-01
  Scenario: [CS-SYS-003] A VM of a user is no system VM
    When the root admin calls startSystemVm with
      | id | vm:vm1 |
    Then the request is refused because no-system-vm
    When the root admin calls stopSystemVm with
      | id | vm:vm1 |
    Then the request is refused because no-system-vm
    When the root admin calls rebootSystemVm with
      | id | vm:vm1 |
    Then the request is refused because no-system-vm

  @CS-SYS-004 @SPEC-03 @extended @SVM-01
  Scenario: [CS-SYS-004] A router is no system VM
    When the root admin calls stopSystemVm with
      | id | router:lan |
    Then the request is refused because no-system-vm

  @CS-SYS-005 @SPEC-03 @extended @RTS-01
  Scenario: [CS-SYS-005] A VM of a user is no router to start
    When the root admin calls startRouter with
      | id | vm:vm1 |
    Then the request is refused because no-router

  @CS-SYS-006 @SPEC-03 @extended @RTS-02
  Scenario: [CS-SYS-006] A foreign admin starts no router
    When the foreign admin calls startRouter with
      | id | router:lan |
    Then the request is refused because network-of-owner

  @CS-SYS-007 @SPEC-03 @extended @RTO-01
  Scenario: [CS-SYS-007] A VM of a user is no router to stop
    When the root admin calls stopRouter with
      | id | vm:vm1 |
    Then the request is refused because no-router

  @CS-SYS-008 @SPEC-03 @extended @RTO-02
  Scenario: [CS-SYS-008] A foreign admin stops no router
    When the foreign admin calls stopRouter with
      | id | router:lan |
    Then the request is refused because network-of-owner

  @CS-SYS-009 @SPEC-03 @extended @RTB-01
  Scenario: [CS-SYS-009] A VM of a user is no router to reboot
    When the root admin calls rebootRouter with
      | id | vm:vm1 |
    Then the request is refused because no-router-to-reboot

  @CS-SYS-010 @SPEC-03 @extended @RTB-02
  Scenario: [CS-SYS-010] A foreign admin reboots no router
    When the foreign admin calls rebootRouter with
      | id | router:lan |
    Then the request is refused because network-of-owner

  @CS-SYS-011 @SPEC-03 @extended @RTB-03
  Scenario: [CS-SYS-011] A stopped router is not rebooted
    When the root admin calls stopRouter with
      | id | router:lan |
    Then the request succeeds
    When the domain admin calls rebootRouter with
      | id | router:lan |
    Then the request is refused because router-not-running

  @CS-SYS-012 @SPEC-15 @admin
  Scenario: [CS-SYS-012] Another console proxy is there once one was destroyed
    When the root admin calls destroySystemVm with
      | id | systemvm:consoleproxy |
    Then the request succeeds
    When the root admin calls listSystemVms with
      | systemvmtype | consoleproxy |
    Then the answer shows
      | state | Running |

  @CS-SYS-012 @SPEC-03 @extended @SVM-01
  Scenario: [CS-SYS-012] A VM of a user is not destroyed as a system VM
    When the root admin calls destroySystemVm with
      | id | vm:vm1 |
    Then the request is refused because no-system-vm

  @CS-SYS-013 @SPEC-15 @extended
  Scenario: [CS-SYS-013] A router is destroyed
    When the root admin calls destroyRouter with
      | id | router:lan |
    Then the request succeeds

  @CS-SYS-013 @SPEC-03 @extended @RTD-01
  Scenario: [CS-SYS-013] A VM of a user is no router to destroy
    When the root admin calls destroyRouter with
      | id | vm:vm1 |
    Then the request is refused because no-router-to-destroy

  @CS-SYS-013 @SPEC-03 @extended @RTD-02
  Scenario: [CS-SYS-013] A foreign admin destroys no router
    When the foreign admin calls destroyRouter with
      | id | router:lan |
    Then the request is refused because network-of-owner
