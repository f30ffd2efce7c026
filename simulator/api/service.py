"""SimulatedCloud: the port and the stage over a World, in process."""

import hmac
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from simulator.api import accounts, control, jobs, machines, snapshots, volumes
from simulator.api.command import Call, Command, read
from simulator.api.render import EPOCH
from simulator.api.signing import expired, signature
from simulator.domain.errors import CloudError, Kind, Refused
from simulator.domain.records import Account, Role, User
from simulator.engine.jobs import Jobs
from simulator.engine.world import World
from simulator.port import Reply

COMMANDS: dict[str, Command] = {
    command.name: command
    for module in (volumes, snapshots, machines, jobs, accounts, control)
    for command in module.COMMANDS
}
"""The one table of commands: dispatch, parameter checks and roles read it."""

_LETTERS = {
    Role.ADMIN: "A",
    Role.RESOURCE_ADMIN: "D",
    Role.DOMAIN_ADMIN: "D",
    Role.USER: "U",
    Role.READ_ONLY: "R",
}
_UNSIGNED = "unable to verify user credentials and/or request signature"
_STORES = {"volume": "volumes", "vm": "vms", "pool": "pools", "host": "hosts", "zone": "zones",
           "account": "accounts", "disk": "disk_offerings"}  # fmt: skip


class SimulatedCloud:
    """A cloud in this process, seen by one user."""

    def __init__(self, world: World, queue: Jobs, user: User) -> None:
        self.world, self.jobs, self.user = world, queue, user
        self.clock: Callable[[], datetime] = self._simulated_now

    def _simulated_now(self) -> datetime:
        return EPOCH + timedelta(seconds=self.world.env.now)

    @property
    def account(self) -> Account:
        """Return the caller's account as it stands."""
        return self.world.store.accounts[self.user.account_id]

    def call(self, command: str, /, **text: str) -> Reply:
        """Send *command* as this user; refusals come back as replies."""
        row = COMMANDS.get(command)
        root = f"{command.lower()}response"
        if row is None:
            return _error(Kind.UNAUTHORIZED, _UNSIGNED, "errorresponse")
        if not self._may_call(row):
            words = (
                f"The API [{command}] does not exist or is not available for the account for user "
                f"id [{self.user.id}]."
            )
            return _error(Kind.UNSUPPORTED, words, "errorresponse")
        try:
            args = read(row, self.world, self.account, text)
            call = Call(self.world, self.jobs, self.user, self.account, args, command)
            return Reply(200, row.handler(call), root)
        except CloudError as no:
            if isinstance(no, Refused):
                self.world.refusals.append(no.rule_id)
            return _error(no.kind, no.text, root)

    def _may_call(self, row: Command) -> bool:
        return _LETTERS.get(self.account.role, "U") in row.roles

    def changes(self, command: str) -> bool:
        """Return whether anything may change when this user calls *command*."""
        row = COMMANDS.get(command)
        return row is not None and row.changes and self._may_call(row)

    def send(self, parameters: Mapping[str, str]) -> Reply:
        """Judge the signature of *parameters*, then call as the user it belongs to."""
        caller = self.authenticate(parameters)
        if isinstance(caller, Reply):
            return caller
        command, text = spoken(parameters)
        return caller.call(command, **text)

    def authenticate(self, parameters: Mapping[str, str]) -> "SimulatedCloud | Reply":
        """Return this cloud as the user whose signature *parameters* carry, or the refusal."""
        low = {k.lower(): v for k, v in parameters.items()}
        command = low.get("command", "")
        root = f"{command.lower()}response" if command in COMMANDS else "errorresponse"
        user = self.user_of(low.get("apikey", ""))
        account = self.world.store.accounts[user.account_id] if user else None
        if user is None or user.secret_key is None or account is None or not account.enabled:
            return _error(Kind.UNAUTHORIZED, _UNSIGNED, root)
        right = signature(parameters, user.secret_key)
        genuine = hmac.compare_digest(right.encode(), low.get("signature", "").encode())
        if not genuine or expired(parameters, self.clock()):
            return _error(Kind.UNAUTHORIZED, _UNSIGNED, root)
        return SimulatedCloud(self.world, self.jobs, user)

    def user_of(self, apikey: str) -> User | None:
        """Return the user whose key this is."""
        if not apikey:
            return None
        users = self.world.store.users.values()
        return next((u for u in users if u.api_key == apikey), None)

    def sign_in(self, apikey: str, secretkey: str) -> "SimulatedCloud":
        """Return this cloud as the user of a key pair; PermissionError for a wrong pair."""
        user = self.user_of(apikey)
        if user is None or user.secret_key != secretkey:
            raise PermissionError(_UNSIGNED)
        return SimulatedCloud(self.world, self.jobs, user)

    def reach(self, at_s: float) -> None:
        """Let time pass up to simulated second *at_s*; a second long gone changes nothing."""
        self.world.env.reach(at_s)

    def sleep(self, seconds: float) -> None:
        """Let *seconds* of simulated time pass."""
        self.world.advance(seconds)

    def settle(self) -> None:
        """Let time pass until no job is running."""
        self.jobs.settle()

    def arrange(self, kind: str, entity_id: str, /, **fields: Any) -> None:
        """Overwrite *fields* of a record; part of the Stage."""
        store = self.world.store
        where = getattr(store, _STORES[kind])
        record = where[entity_id]._replace(**fields)
        if kind == "volume":
            store.put_volume(record)
        elif kind == "vm":
            store.put_vm(record)
        else:
            where[entity_id] = record

    def configure(self, name: str, value: str) -> None:
        """Set a global configuration; part of the Stage."""
        self.world.settings.change(name, value)

    def strike(self, operation: str, times: int = 1) -> None:
        """Make the next agent commands of a name fail; part of the Stage."""
        self.world.faults[operation] += times

    def agent_commands(self) -> Sequence[tuple[float, str, str, str]]:
        """Return every command sent to a host; part of the Stage."""
        return self.world.sent

    def refusals(self) -> Sequence[str]:
        """Return the ids of the rules that refused, oldest first; part of the Stage."""
        return self.world.refusals

    def now_s(self) -> float:
        """Return simulated seconds since boot; part of the Stage."""
        return float(self.world.env.now)

    def restart(self) -> None:
        """Restart the management server; part of the Stage."""
        self.jobs.restart()


def spoken(parameters: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return the command of a request, and its parameters without those of the protocol."""
    drop = {"command", "apikey", "signature", "response", "signatureversion", "expires"}
    command = next((v for k, v in parameters.items() if k.lower() == "command"), "")
    return command, {k: v for k, v in parameters.items() if k.lower() not in drop}


def _error(kind: Kind, text: str, root: str) -> Reply:
    body: dict[str, Any] = {"uuidList": [], "errorcode": kind.sync_code}
    if kind.cs_code is not None:
        body["cserrorcode"] = kind.cs_code
    return Reply(kind.sync_code, body | {"errortext": text}, root)
