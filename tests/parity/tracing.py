"""Traces in this process: the setting and the calls of parity.py, and random traces of its mix."""

from random import Random
from typing import Any, NamedTuple

from simulator import boot
from simulator.api.service import SimulatedCloud

GHOST = "00000000-dead-beef-0000-00000000dead"
Step = tuple[str, str, dict[str, Any]]
"""A caller, an operation, its symbolic arguments."""
_PLAIN = {
    "stop": "stopVirtualMachine", "start": "startVirtualMachine", "reboot": "rebootVirtualMachine",
    "destroy": "destroyVirtualMachine", "recover": "recoverVirtualMachine",
    "expunge": "expungeVirtualMachine", "restore": "restoreVirtualMachine",
    "deletevol": "deleteVolume", "destroyvol": "destroyVolume", "recovervol": "recoverVolume",
    "attach": "attachVolume", "detach": "detachVolume", "createvol": "createVolume",
    "resize": "resizeVolume", "migrate": "migrateVolume", "snap": "createSnapshot",
    "delsnap": "deleteSnapshot", "vmsnap": "createVMSnapshot",
}  # fmt: skip
_STOCK = {("Small", 5), ("Medium", 20), ("Custom", 0)}


class Ended(NamedTuple):
    """How a call ended: at once or as a job, HTTP status, job status, error code and text."""

    kind: str
    status: int
    jobstatus: int | None
    code: int | None
    text: str = ""


class Trace:
    """VMs A and B of u1, C of u2 in another cluster; volumes d1 d2 (u1), d3 (u2), dz (zone two)."""

    callers: dict[str, SimulatedCloud]

    def __init__(self, seed: int, dialect: str = "acs-4.22") -> None:
        self.cloud = boot("simulator", seed=seed, dialect=dialect)
        self.ids: dict[str, str] = {}
        self.callers = {"admin": self.cloud}
        zones = {z["name"]: z["id"] for z in self.rows("listZones")}
        self.zone = zones.pop("Sandbox-simulator")
        far = min(zones.items())[1]
        root = self.rows("listDomains")[0]["id"]
        self.domain = self.ok("createDomain", name="traced", parentdomainid=root)["domain"]["id"]
        for user in ("u1", "u2"):
            self._enter(user)
        disks = self.rows("listDiskOfferings")
        self.offers = {d["name"]: d["id"] for d in disks if (d["name"], d["disksize"]) in _STOCK}
        self.pools = self.rows("listStoragePools", zoneid=self.zone)
        self._deploy(seed)
        self.ok("stopVirtualMachine", id=self.ids["B"])
        for name, owner, zone in (
            ("d1", "u1", self.zone), ("d2", "u1", self.zone), ("d3", "u2", self.zone),
            ("dz", "u1", far),
        ):  # fmt: skip
            asked = {"name": name, "zoneid": zone, "diskofferingid": self.offers["Small"]}
            self.ids[name] = self.ok("createVolume", owner, **asked)["volume"]["id"]

    def _enter(self, user: str) -> None:
        about = dict.fromkeys(("username", "account", "firstname", "lastname"), user)
        made = self.ok(
            "createAccount", accounttype="0", domainid=self.domain, password="pw",
            email="a@example.org", **about,
        )  # fmt: skip
        keys = self.ok("registerUserKeys", id=made["account"]["user"][0]["id"])["userkeys"]
        self.callers[user] = self.cloud.sign_in(keys["apikey"], keys["secretkey"])

    def _deploy(self, seed: int) -> None:
        hosts = sorted(
            self.rows("listHosts", type="Routing", zoneid=self.zone),
            key=lambda h: (h["clustername"], h["name"]),
        )
        clusters = sorted({h["clustername"] for h in hosts})
        offering = self.rows("listServiceOfferings")[0]["id"]
        template = self.rows("listTemplates", templatefilter="featured")[0]["id"]
        for name, owner, cluster in (("A", "u1", 0), ("B", "u1", 0), ("C", "u2", 1)):
            near = [h["id"] for h in hosts if h["clustername"] == clusters[cluster]]
            made = self.ok(
                "deployVirtualMachine", zoneid=self.zone, serviceofferingid=offering, name=name,
                templateid=template, hostid=near[seed % len(near)], account=owner,
                domainid=self.domain,
            )  # fmt: skip
            self.ids[name] = made["virtualmachine"]["id"]
            roots = self.rows("listVolumes", virtualmachineid=self.ids[name], type="ROOT")
            self.ids["r" + name] = roots[0]["id"]

    def rows(self, command: str, **text: str) -> list[dict[str, Any]]:
        """Return what a list has."""
        body = self.cloud.call(command, listall="true", **text).body
        return next((v for k, v in body.items() if k != "count"), [])

    def run(self, who: str, command: str, **text: Any) -> tuple[Ended, dict[str, Any]]:
        """Make a call, let its job end if it has one, and return how it ended and with what."""
        given = {k: str(v) for k, v in text.items() if v is not None}
        reply = self.callers[who].call(command, **given)
        body = reply.body
        if reply.status != 200 or "jobid" not in body:
            said = body.get("errortext") or ""
            return Ended("sync", reply.status, None, body.get("errorcode"), said), body
        self.cloud.settle()
        job = self.cloud.jobs.all[body["jobid"]]
        code, said = job.error or (None, "")
        return Ended("job", 200, job.status, code, said), job.result or {}

    def ok(self, command: str, who: str = "admin", /, **text: Any) -> dict[str, Any]:
        """Make a call that must succeed and return its result."""
        ended, result = self.run(who, command, **text)
        assert ended.code is None, (command, ended)
        return result

    def do(self, step: Step) -> Ended:
        """Make the call of *step*."""
        who, op, a = step
        vol, vm = (self.ids.get(str(a.get(name)), GHOST) for name in ("vol", "vm"))
        if op == "badid":
            return self._bad(who, a["what"], vol, vm)
        ended, result = self.run(who, _PLAIN[op], **self._text(op, a, vol, vm))
        for kind, name in (("volume", a.get("vol")), ("snapshot", a.get("snap"))):
            if op in ("createvol", "snap") and kind in result and name:
                self.ids[name] = result[kind]["id"]
        return ended

    def begin(self, step: Step) -> None:
        """Make the call of *step* and wait for nothing."""
        who, op, a = step
        vol, vm = (self.ids.get(str(a.get(name)), GHOST) for name in ("vol", "vm"))
        if op != "badid":
            text = {k: str(v) for k, v in self._text(op, a, vol, vm).items() if v is not None}
            self.callers[who].begin(_PLAIN[op], **text)

    def _text(self, op: str, a: dict[str, Any], vol: str, vm: str) -> dict[str, Any]:
        flags = {flag: "true" for flag in ("forced", "expunge") if a.get(flag)}
        named = {"id": vol} if "vol" in a else {}
        on = {"virtualmachineid": vm} if "vm" in a else {}
        yes = {name: "true" if a.get(name) else None for name in ("shrink", "live")}
        disk = self.offers.get(a.get("offering", ""))
        texts: dict[str, dict[str, Any]] = {
            "attach": {"id": vol, "virtualmachineid": vm, "deviceid": a.get("dev")},
            "detach": {**named, **on, "deviceid": a.get("dev")},
            "createvol": {"name": a.get("vol"), "zoneid": self.zone, "diskofferingid": disk,
                          "size": a.get("size")},
            "resize": {"id": vol, "size": a.get("size"), "shrinkok": yes["shrink"]},
            "migrate": {"volumeid": vol, "livemigrate": yes["live"],
                        "storageid": self._elsewhere(vol) if op == "migrate" else None},
            "restore": {"virtualmachineid": vm},
            "vmsnap": {"virtualmachineid": vm, "name": a.get("vmsnap")},
            "snap": {"volumeid": vol, "name": a.get("snap")},
            "delsnap": {"id": self.ids.get(a.get("snap", ""), GHOST)},
        }  # fmt: skip
        return texts.get(op, {"id": vm if "vm" in a else vol, **flags})

    def _elsewhere(self, vol: str) -> str:
        at = next(iter(self.rows("listVolumes", id=vol)), {})
        others = sorted(
            (p for p in self.pools
             if p["clusterid"] == at.get("clusterid") and p["id"] != at.get("storageid")),
            key=lambda p: str(p["name"]),
        )  # fmt: skip
        return str((others or self.pools)[0]["id"])

    def _bad(self, who: str, what: str, vol: str, vm: str) -> Ended:
        asked: dict[str, dict[str, str]] = {
            "attach-novol": {"id": GHOST, "virtualmachineid": vm},
            "attach-novm": {"id": vol, "virtualmachineid": GHOST},
            "attach-notuuid": {"id": "abc", "virtualmachineid": vm},
            "attach-dev-text": {"id": vol, "virtualmachineid": vm, "deviceid": "x"},
            "detach-novol": {"id": GHOST},
            "attach-missing-vm": {"id": vol},
            "swapped": {"id": vm, "virtualmachineid": vol},
        }
        command = "detachVolume" if what.startswith("detach") else "attachVolume"
        return self.run(who, command, **asked[what])[0]

    def state(self) -> dict[str, list[list[Any]]]:
        """Return every VM's and volume's state, by symbolic names."""
        back = {i: name for name, i in self.ids.items()}
        vms = self.rows("listVirtualMachines", domainid=self.domain)
        disks = self.rows("listVolumes", domainid=self.domain)
        return {
            "vms": sorted([back.get(v["id"], "?"), v["state"]] for v in vms),
            "vols": sorted(
                ([back.get(v["id"], "?" + v["type"]), v["type"], v["state"], v.get("deviceid"),
                  back.get(v.get("virtualmachineid", "")), v["size"] >> 30] for v in disks),
                key=str,
            ),
        }  # fmt: skip


_MIX = {
    "attach": 32.0, "detach": 22, "stop": 9, "start": 9, "reboot": 2, "destroy": 2, "recover": 2,
    "expunge": 0.4, "restore": 2, "createvol": 3, "deletevol": 2, "destroyvol": 2, "recovervol": 2,
    "resize": 3, "migrate": 2, "snap": 3, "delsnap": 1, "vmsnap": 1, "badid": 2,
}  # fmt: skip
_BAD = ("attach-novol", "attach-novm", "attach-notuuid", "attach-dev-text", "detach-novol",
        "attach-missing-vm", "swapped")  # fmt: skip


def steps(seed: int, count: int) -> list[Step]:
    """Draw *count* calls of the mix that the recorded traces have."""
    dice = Random(seed)
    disks = ["rA", "rB", "d1", "d2"] * 3 + ["rC", "d3", "dz"]
    found: list[Step] = []
    for number in range(count):
        op = dice.choices(list(_MIX), list(_MIX.values()))[0]
        a: dict[str, Any] = {
            "vol": dice.choice(disks), "vm": dice.choices("ABC", [4, 5, 2])[0],
            "dev": dice.choice([None, None, None, 0, 0, 1, 2, 3, 4, 7, 8, -1]),
            "size": dice.choice([None, 1, 7, 8, 30]), "shrink": dice.random() < 0.5,
            "offering": dice.choice(["Small", "Medium", "Custom"]), "live": dice.random() < 0.5,
            "expunge": dice.random() < 0.3, "forced": dice.random() < 0.2,
            "what": dice.choice(_BAD), "vmsnap": f"v{number}",
            "snap": f"s{number if op == 'snap' else dice.randint(0, count)}",
        }  # fmt: skip
        if op == "detach" and dice.random() < 0.9:
            a = {"vol": a["vol"]}
        elif op == "createvol":
            a["vol"] = f"n{number}"
            disks.append(a["vol"])
        elif op in ("deletevol", "destroyvol", "recovervol"):
            del a["vm"]
        found.append((dice.choices(["admin", "u1", "u2"], [3, 6, 1])[0], op, a))
    return found
