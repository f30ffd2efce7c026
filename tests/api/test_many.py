"""What lists and jobs cost does not grow with what is not asked for; jobs are forgotten in time."""

from lab import Lab

DAY_S = 86_400


def test_a_volume_row_shows_its_youngest_running_job() -> None:
    lab = Lab()
    lab.extra = lab.disk()
    lab.submit("attachVolume", id=lab.extra, virtualmachineid=lab.vm)
    second = lab.submit("detachVolume", id=lab.extra)
    lab.submit("stopVirtualMachine", id=lab.vm)
    row = lab.cloud.call("listVolumes", id=lab.extra).body["volume"][0]

    assert (row["jobid"], row["jobstatus"]) == (second, 0)
    lab.cloud.settle()
    row = lab.cloud.call("listVolumes", id=lab.extra).body["volume"][0]
    assert "jobid" not in row
    assert lab.cloud.jobs._working_on == {}


def test_volumes_of_a_vm_are_filtered_by_what_else_is_asked() -> None:
    lab = Lab()
    disk = lab.attached_disk()
    found = lab.ok("listVolumes", virtualmachineid=lab.vm)["volume"]
    assert [v["id"] for v in found] == [lab.root, disk]
    of_type = lab.ok("listVolumes", virtualmachineid=lab.vm, type="ROOT")["volume"]
    assert [v["id"] for v in of_type] == [lab.root]
    assert lab.ok("listVolumes", lab.user("u"), virtualmachineid=lab.vm, listall="true") == {}
    assert lab.ok("listVolumes", virtualmachineid=lab.vm, id=lab.disk()) == {}


def test_a_job_is_forgotten_a_day_after_its_end() -> None:
    lab = Lab()
    job = lab.submit("stopVirtualMachine", id=lab.vm)
    assert lab.answer(job).code == 1
    lab.cloud.sleep(DAY_S - 10)
    assert lab.do("queryAsyncJobResult", jobid=job).code == 1
    lab.cloud.sleep(20)
    assert lab.do("queryAsyncJobResult", jobid=job).code == 431
    other = lab.submit("stopVirtualMachine", id=lab.vm)
    assert job not in lab.cloud.jobs.all
    assert other in lab.cloud.jobs.all


def test_the_number_of_a_job_outlives_older_jobs() -> None:
    lab = Lab()
    lab.cloud.sleep(DAY_S + 10)
    job = lab.submit("stopVirtualMachine", id=lab.vm)
    refused = lab.do("queryAsyncJobResult", lab.user("u"), jobid=job)

    number = lab.cloud.jobs.all[job].db_id
    assert number > 1
    assert refused.code == 531
    assert '"accountName":"u"' in refused.text
    assert refused.text.endswith(f"is not authorized to see job id={number}")


def test_an_administrator_elsewhere_has_no_permission_for_a_job() -> None:
    lab = Lab()
    job = lab.submit("stopVirtualMachine", id=lab.vm)
    domain = lab.ok("createDomain", name="d")["domain"]["id"]
    account = lab.account("da", accounttype="2", domainid=domain)
    keys = lab.ok("registerUserKeys", id=account["user"][0]["id"])["userkeys"]
    admin = lab.cloud.sign_in(keys["apikey"], keys["secretkey"])

    refused = lab.do("queryAsyncJobResult", admin, jobid=job)
    assert (refused.code, refused.text) == (
        531, "Caller does not have permission to operate with provided resource.",
    )  # fmt: skip
