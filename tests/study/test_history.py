"""What is read from answers of a real server and from its log."""

import gzip
import json
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from study.history import BadHistory, Past, history_of, read_history
from study.reading import BadStudy, read_study
from study.replication import replicate

DAY_S = 1_764_547_200  # 2025-12-01
CMD = "org.apache.cloudstack.api.command"
JOB = {
    "cmd": f"{CMD}.admin.volume.AttachVolumeCmdByAdmin",
    "created": "2025-12-01T00:00:01+0000",
    "completed": "2025-12-01T00:00:03+0000",
    "jobid": "a",
    "jobstatus": 1,
}
STOP = JOB | {"cmd": f"{CMD}.user.vm.StopVMCmd", "jobid": "b", "jobstatus": 2}
OPEN = JOB | {"jobid": "c", "jobstatus": 0, "completed": None}
LOG = """\
2025-12-01 00:00:01,100 DEBUG [o.a.c.f.j.i.AsyncJobManagerImpl] (qtp1-21:[ctx-c]) (logid:0c) \
submit async job-7, details: AsyncJob {"accountId":2,"cmd":"org.apache.cloudstack.api.command.\
admin.volume.AttachVolumeCmdByAdmin","cmdInfo":"{}"}
2025-12-01 00:00:01,160 DEBUG [o.a.c.f.j.i.AsyncJobManagerImpl] (API-Job-Executor-4:[ctx-7, job-7, \
ctx-0]) (logid:9f) Sync job-8 execution on object VmWorkJobQueue.12
2025-12-01 00:00:02,500 DEBUG [o.a.c.f.j.i.AsyncJobManagerImpl] (AsyncJobMgr-Heartbeat-1:[ctx-2]) \
(logid:3a) Execute sync-queue item: SyncQueueItemVO {"contentId":8,"contentType":"AsyncJob"}
2025-12-01 00:00:02,540 DEBUG [c.c.v.VmWorkJobDispatcher] (Work-Job-Executor-3:[ctx-8, \
job-7/job-8]) (logid:9f) Run VM work job
2025-12-01 00:00:02,600 DEBUG [c.c.a.t.Request] (Work-Job-Executor-3:[ctx-8, job-7/job-8, ctx-b]) \
(logid:9f) Seq 3-499: Sending  { Cmd , MgmtId: 3, via: 3(h), Ver: v1, Flags: 100011, \
[{"org.apache.cloudstack.storage.command.AttachCommand":{"disk":{}}}] }
2025-12-01 00:00:03,850 DEBUG [c.c.a.t.Request] (AgentManager-Handler-9:[]) (logid:) Seq 3-499: \
Processing:  { Ans: , MgmtId: 3, via: 3, Ver: v1, Flags: 10, [{"AttachAnswer":{}}] }
2025-12-01 00:00:03,900 DEBUG [o.a.c.f.j.i.AsyncJobManagerImpl] (Work-Job-Executor-3:[ctx-8, \
job-7/job-8, ctx-b]) (logid:9f) Complete async job-8, jobStatus: SUCCEEDED, resultCode: 0, result: x
a line of a stack trace
2025-12-01 00:00:03,960 DEBUG [o.a.c.f.j.i.AsyncJobManagerImpl] (API-Job-Executor-4:[ctx-7, job-7, \
ctx-0]) (logid:9f) Complete async job-7, jobStatus: SUCCEEDED, resultCode: 0, result: y
"""


def read(tmp_path: Path, told: object) -> list[Past]:
    file = tmp_path / "told.json"
    file.write_text(json.dumps(told))
    return list(read_history(file).jobs)


def test_jobs_are_read_however_they_are_wrapped(tmp_path: Path) -> None:
    attach = Past("attachVolume", DAY_S + 1, DAY_S + 3, 1)
    stop = Past("stopVirtualMachine", DAY_S + 1, DAY_S + 3, 2)
    pending = Past("attachVolume", DAY_S + 1, None, 0)
    assert read(tmp_path, [JOB, STOP, OPEN]) == [attach, stop, pending]
    assert read(tmp_path, {"listasyncjobsresponse": {"asyncjobs": [JOB]}}) == [attach]
    assert read(tmp_path, {"queryasyncjobresultresponse": JOB}) == [attach]
    assert read(tmp_path, [{"queryasyncjobresultresponse": OPEN | {"jobid": "a"}}, JOB]) == [attach]
    lines = tmp_path / "polls.jsonl"
    lines.write_text(f"{json.dumps({'body': {'queryasyncjobresultresponse': JOB}})}\n" * 2)
    assert list(read_history(lines).jobs) == [attach]


def test_events_are_put_together_to_jobs(tmp_path: Path) -> None:
    def event(state: str, second: int, parent: str | None, level: str = "INFO") -> dict[str, Any]:
        at = f"2025-12-01T00:00:0{second}+0000"
        row: dict[str, Any] = {
            "id": f"{state}{second}",
            "type": "VOLUME.DETACH",
            "state": state,
            "created": at,
        }
        return row | {"level": level} | ({"parentid": parent} if parent else {})

    told = [
        event("Completed", 5, "Scheduled1"),
        event("Started", 2, "Scheduled1"),
        event("Scheduled", 1, None),
        event("Completed", 9, "Scheduled7", "ERROR"),
        event("Scheduled", 7, None),
        event("Scheduled", 8, None),
        event("Scheduled", 8, None) | {"type": "USER.LOGIN", "id": "u"},
    ]
    assert read(tmp_path, {"listeventsresponse": {"count": 7, "event": told}}) == [
        Past("detachVolume", DAY_S + 1, DAY_S + 5, 1),
        Past("detachVolume", DAY_S + 7, DAY_S + 9, 2),
        Past("detachVolume", DAY_S + 8, None, 0),
    ]


@pytest.mark.parametrize("packed", [False, True])
def test_a_log_tells_the_parts_of_a_job(tmp_path: Path, *, packed: bool) -> None:
    file = tmp_path / ("management-server.log" + ".gz" * packed)
    file.write_bytes(gzip.compress(LOG.encode()) if packed else LOG.encode())
    found = read_history(file)
    (job,) = found.jobs
    assert (job.command, job.status) == ("attachVolume", 1)
    assert (job.created_s, job.completed_s) == pytest.approx((DAY_S + 1.1, DAY_S + 3.96))
    assert {key: took[0] for key, took in found.steps.items()} == pytest.approx(
        {"api": 0.06, "pickup": 0.04, "work": 0.11, "AttachCommand": 1.25}, abs=1e-4
    )


def test_the_older_spelling_of_a_log_is_read(tmp_path: Path) -> None:
    old = re.sub(r":\[([^\]]*)\]\)", lambda m: f":{m[1].replace(',', '')})", LOG)
    old = re.sub(r"AsyncJob \{.*?\"cmd\":\"([\w.]+)\".*", r"AsyncJobVO {id:7, cmd: \1, x: 1}", old)
    assert old != LOG
    file = tmp_path / "old.log"
    file.write_text(old)
    assert set(read_history(file).steps) == {"api", "pickup", "work", "AttachCommand"}


@pytest.mark.parametrize(
    ("text", "says"),
    {
        "{}": "has neither jobs",
        "[1, 2": "Input data was truncated",
        "[\n1, 2": ":1: Input data was truncated",
        "": "neither answers in JSON nor a log with jobs",
        json.dumps([JOB | {"created": "yesterday"}]): "job 0?a: created: 'yesterday' is no time",
        json.dumps([JOB | {"completed": None}]): "completed: None is no time",
        json.dumps([JOB | {"completed": "2025-11-01T00:00:00+0000"}]): "completed before it is",
        json.dumps(
            [{"type": "USER.LOGIN", "state": "Completed", "created": "x"}]
        ): "no event in it",
    }.items(),
)
def test_what_says_nothing_about_jobs_is_refused(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "bad.json"
    file.write_text(text)
    with pytest.raises(BadHistory, match=says):
        read_history(file)


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "log.gz"
    for content in (b"no gzip", gzip.compress(LOG.encode() * 99)[:-300]):
        file.write_bytes(content)
        with pytest.raises(BadHistory, match=r"log.gz: "):
            read_history(file)


def test_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadHistory, match=r"none.json: No such file"):
        read_history(tmp_path / "none.json")


def study(tmp_path: Path, told: object, extra: str = "", workflow: str = "attach") -> Path:
    (tmp_path / "jobs.json").write_text(json.dumps(told))
    file = tmp_path / "study.toml"
    file.write_text(
        '[run]\nreplications = 1\n[cloud]\nvms = 40\nhypervisor = "Simulator"\nstate = "Stopped"\n'
        f'[[workload]]\nname = "again"\nworkflow = "{workflow}"\nexecutor = "trace"\n'
        f'file = "jobs.json"\n{extra}\n'
    )
    return file


def jobs(count: int, **fields: Any) -> list[dict[str, Any]]:
    return [JOB | {"jobid": str(n)} | fields for n in range(count)]


def test_jobs_are_replayed_when_they_were_created(tmp_path: Path) -> None:
    later = jobs(1, created="2025-12-01T00:00:05+0000", completed="2025-12-01T00:00:06+0000")
    told = [STOP, *jobs(4), *(row | {"jobid": "z"} for row in later)]
    found = read_study(study(tmp_path, told))
    trace = found.traces["again"]
    assert trace.offsets_s == pytest.approx((0.125, 0.375, 0.625, 0.875, 4.5))
    assert trace.measured_s == (2, 2, 2, 2, 1)
    row = replicate(found, 0).row
    assert (row["again.done"], row["again.failed"]) == (5, 0)
    fast = read_study(study(tmp_path, told, "speed = 2")).traces["again"]
    assert fast.offsets_s[-1] == pytest.approx(2.25)
    assert fast.measured_s == ()


def test_measured_latencies_need_every_job_to_have_ended_well(tmp_path: Path) -> None:
    found = read_study(study(tmp_path, [*jobs(2), OPEN])).traces["again"]
    assert (len(found.offsets_s), found.measured_s) == (3, ())


@pytest.mark.parametrize(
    ("told", "extra", "workflow", "says"),
    [
        ([JOB], "", "detach", r"study.toml:11: workload\[0\].file: .*jobs.json: has no detachVol"),
        ([JOB], "", "replace-root", r":9: workload\[0\].workflow: jobs of a server are replayed"),
        ([JOB], "speed = 0", "attach", r":12: workload\[0\].speed: 0: expected `float` > 0"),
        ({"a": 1}, "", "attach", r":11: .*jobs.json is no list of seconds"),
        ([JOB | {"created": 7}], "", "attach", r":11: .*jobs.json: job a: created: 7 is no time"),
    ],
)
def test_what_cannot_be_replayed_is_named(
    tmp_path: Path, told: object, extra: str, workflow: str, says: str
) -> None:
    with pytest.raises(BadStudy, match=says):
        read_study(study(tmp_path, told, extra, workflow))


def test_only_a_trace_has_a_speed(tmp_path: Path) -> None:
    file = study(tmp_path, [JOB], "speed = 2\nrate = '1/s'")
    file.write_text(file.read_text().replace('"trace"', '"iterations"\nitems = 1'))
    with pytest.raises(BadStudy, match=r"workload\[0\].speed: is not for executor iterations"):
        read_study(file)


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5)
    | st.sampled_from(["2025-12-01T00:00:01+0000", "VOLUME.ATTACH", "Completed", JOB["cmd"]]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["cmd", "created", "completed", "jobid", "jobstatus", "type", "state", "id", "parentid",
             "level", "event", "asyncjobs", "xresponse"]
        ),
        inner,
        max_size=6,
    ),
    max_leaves=25,
)  # fmt: skip


@given(VALUES, st.booleans())
def test_whatever_an_answer_has_in_it_is_read_or_refused(told: Any, whole: bool) -> None:
    if whole:  # more often near to a job than by chance
        told = [JOB | {"jobstatus": told}, JOB | {"created": told}, JOB | {"jobid": told}]
    with suppress(BadHistory):
        kind, found = history_of(told, "t")
        assert found
        assert kind in {"jobs", "events"}


@pytest.mark.parametrize("name", ["deep.json", "deep.jsonl"])
def test_what_is_too_deep_is_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text("[" * 100_000)
    with pytest.raises(BadHistory):
        read_history(file)
    (tmp_path / "jobs.json").write_text("[" * 100_000)
    path = study(tmp_path, [])
    (tmp_path / "jobs.json").write_text("[" * 100_000)
    with pytest.raises(BadStudy):
        read_study(path)
