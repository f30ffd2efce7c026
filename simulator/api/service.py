"""SimulatedCloud: the port and the stage over a World, in process."""

from collections.abc import Callable, Generator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from simulator.api.arrange import overwrite
from simulator.api.command import Call, Command, read
from simulator.api.dates import EPOCH
from simulator.api.foreseen import foreseeable, obstacle
from simulator.api.gate import barred, unheard
from simulator.api.narrate import tell_done, tell_refused
from simulator.api.refusals import refusal, root_of, unavailable
from simulator.api.release import is_real
from simulator.api.signing import expired, signed, spoken
from simulator.api.since import knows, shown
from simulator.api.table import COMMANDS
from simulator.domain.errors import HIDDEN, INTERNAL_TEXT, CloudError, Kind, Refused
from simulator.domain.records import Account, Role, User
from simulator.domain.request import envelope_of
from simulator.domain.spelling import worded
from simulator.engine import hosts
from simulator.engine.errors import Restarted, Stuck, note, report
from simulator.engine.exchange import Exchange
from simulator.engine.jobs import Jobs
from simulator.engine.world import World
from simulator.port import Obstacle, Reply, Value, as_text

METHOD = "httpmethod"
"""Parameter that carries the HTTP method of a request, as the server's servlet sets it."""
UNSIGNED = "unable to verify user credentials and/or request signature"
_LONGEST_NAME = 80
GONE = "The management server was restarted before this call was answered"


class Pending:
    """A call that was accepted; *reply* is None until it is due."""

    def __init__(self, world: World, reply: Reply | None = None) -> None:
        self.world, self.reply = world, reply

    def reached(self) -> Reply:
        """Let simulated time pass until the reply is due, and return it; Stuck if it never is."""
        env = self.world.env
        while self.reply is None:
            if env.idle:
                raise Stuck(["a call"])
            env.forward()
            if self.reply is not None:
                self.world.advance(0)
        return self.reply


class SimulatedCloud:
    """A cloud in this process, seen by one user."""

    def __init__(self, world: World, queue: Jobs, user: User) -> None:
        self.world, self.jobs, self.user = world, queue, user
        self.clock: Callable[[], datetime] = self._simulated_now
        self._strangers = 0
        self._holders: dict[str, str] = {}  # api key -> user id, as last seen

    def _simulated_now(self) -> datetime:
        return EPOCH + timedelta(seconds=self.world.env.now)

    @property
    def account(self) -> Account:
        """Return the caller's account as it stands."""
        return self.world.store.accounts[self.user.account_id]

    def call(self, command: str, /, **parameters: Value) -> Reply:
        """Send *command* as this user and wait for its reply; refusals come back as replies.

        TypeError for a parameter that is neither str, int nor bool.
        """
        text = as_text(command, parameters)
        return unheard(self.world, command, text) or self.begin(command, **text).reached()

    def begin(self, command: str, /, **text: str) -> Pending:
        """Send *command*; its reply is there at once or comes when it is due."""
        row = COMMANDS.get(command)
        root = envelope_of(command)
        if row is not None and not knows(self.world.dialect, command):
            row, root = None, "errorresponse"
        if row is None or not self.account.enabled:
            if row is None:
                self._note_unserved(command)
            no = refusal(Kind.UNAUTHORIZED, UNSIGNED, root if row else "errorresponse")
            return Pending(self.world, no)
        shut = self._shut(self.account, row, text, lambda: self.user.id)
        return Pending(self.world, shut) if shut else self._judge(row, text, root)

    def _note_unserved(self, command: str) -> None:
        """Note why a command is answered 401, as the real server answers one it does not know."""
        if command:
            known = "is not served here" if is_real(command) else "is no command of CloudStack 4.22"
            self.world.notes.add(f"{command[:_LONGEST_NAME]} {known}", warning=is_real(command))

    def _judge(self, row: Command, text: Mapping[str, str], root: str) -> Pending:
        pending, call = Pending(self.world), None
        try:
            given = {name: value for name, value in text.items() if name != METHOD}
            args = read(row, self.world, self.account, given)
            method = text.get(METHOD, "POST").upper()
            call = Call(
                self.world, self.jobs, self.user, self.account, args, row.name, method, row.params
            )
            body = row.handler(call)
        except CloudError as no:
            pending.reply = self._refused(row, call, no, root)
        except Exception as bug:
            note(self.world, row.name, bug)
            raise
        else:
            if isinstance(body, Generator):
                Exchange(self.world, body, partial(self._end, pending, row, call, root))
            else:
                self._end(pending, row, call, root, body, None)
        return pending

    def _end(
        self,
        pending: Pending,
        row: Command,
        call: Call,
        root: str,
        body: Any,
        error: Exception | None,
    ) -> None:
        """Give a call its reply: the *body*, or what becomes of the *error*."""
        if isinstance(error, CloudError):
            pending.reply = self._refused(row, call, error, root)
        elif isinstance(error, Restarted):
            pending.reply = refusal(Kind.RUNTIME, GONE, root)
        elif error is not None:
            report(self.world, row.name, error)
            pending.reply = refusal(Kind.INTERNAL, INTERNAL_TEXT, root)
        else:
            if not row.is_async:
                tell_done(call, body)
            pending.reply = Reply(200, shown(self.world.dialect, row.answers.name, body), root)

    def _refused(self, row: Command, call: Call | None, no: CloudError, root: str) -> Reply:
        if isinstance(no, Refused):
            self.world.refusals.append(no.rule_id)
        if call is not None:
            tell_refused(call, is_async=row.is_async)
        hidden = no.kind.hidden and self.account.role is not Role.ADMIN
        text = HIDDEN if hidden else worded(self.world.dialect, self.account, no.text)
        return refusal(no.kind, text, root, no.ids)

    def dry_run(self, command: str, /, **parameters: Value) -> Obstacle | None:
        """Return what would refuse *command* as things stand (`simulator.port.DryRun`)."""
        row, text = foreseeable(command), as_text(command, parameters)
        shut = self._shut(self.account, row, text, lambda: self.user.id)
        if shut is not None:
            return Obstacle("", str(shut.body["errortext"]), shut.status)
        return obstacle(
            Call(self.world, self.jobs, self.user, self.account, {}, command), row, text
        )

    def changes(self, command: str) -> bool:
        """Return whether anything may change when this user calls *command*."""
        row = COMMANDS.get(command)
        return row is not None and row.changes and self._open_to(self.account, row)

    def send(self, parameters: Mapping[str, str]) -> Reply:
        """Judge the signature of *parameters*, then call as the user it belongs to."""
        caller = self.authenticate(parameters)
        if isinstance(caller, Reply):
            return caller
        command, text = spoken(parameters)
        return caller.call(command, **text)

    def _open_to(self, account: Account, row: Command) -> bool:
        role = self.world.store.role_of(account)
        return role is not None and role.allows(row.name, row.roles)

    def _shut(
        self, account: Account, row: Command, text: Mapping[str, str], shown: Callable[[], str]
    ) -> Reply | None:
        """Return the refusal of what *account* may not call; it says *shown* for the user's id."""
        if not self._open_to(account, row):
            return unavailable(row.name, shown())
        return barred(self.world, account, row.name, text)

    def authenticate(
        self, parameters: Mapping[str, str], *, lenient: bool = False
    ) -> "SimulatedCloud | Reply":
        """Return this cloud as the user whose signature *parameters* carry, or the refusal.

        *lenient* takes a `~` that was signed as it is, which the server does not.
        """
        low = {k.lower(): v for k, v in parameters.items()}
        command = low.get("command")
        silence = unheard(self.world, command or "", parameters)
        if silence is not None:
            return silence
        no = refusal(Kind.UNAUTHORIZED, UNSIGNED, root_of(command))
        row, user = COMMANDS.get(command or ""), self.user_of(low.get("apikey", ""))
        if row is None:
            self._note_unserved(command or "")
        if row is None or user is None or "signature" not in low or expired(low, self.clock()):
            return no
        if not self.may_enter(user):
            return no
        account = self.world.store.accounts[user.account_id]
        shut = self._shut(account, row, parameters, self._stranger)
        if shut is not None:
            return shut
        if not signed(parameters, user.secret_key, low["signature"], lenient=lenient):
            return no
        return self.seen_by(user)

    def _stranger(self) -> str:
        """Return the uuid that stands in a refusal for a user's: never the same (C21).

        It is no part of the world, whose dice only accepted calls may throw.
        """
        self._strangers += 1
        return str(uuid5(UUID(self.user.id), str(self._strangers)))

    def seen_by(self, user: User) -> "SimulatedCloud":
        """Return this cloud as *user* sees it."""
        return SimulatedCloud(self.world, self.jobs, user)

    def may_enter(self, user: User) -> bool:
        """Return whether neither *user* nor its account is gone or switched off."""
        stays = user.enabled and not user.removed
        return stays and self.world.store.accounts[user.account_id].enabled

    def user_of(self, apikey: str) -> User | None:
        """Return the user whose key this is."""
        if not apikey:
            return None
        users = self.world.store.users
        known = users.get(self._holders.get(apikey, ""))
        if known is None or known.api_key != apikey:
            known = next((u for u in users.values() if u.api_key == apikey), None)
            if known is not None:
                self._holders[apikey] = known.id
        return known

    def sign_in(self, apikey: str, secretkey: str) -> "SimulatedCloud":
        """Return this cloud as the user of a key pair; PermissionError for a wrong pair."""
        user = self.user_of(apikey)
        if user is None or user.secret_key != secretkey:
            raise PermissionError(UNSIGNED)
        return self.seen_by(user)

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
        """Overwrite *fields* of a record, text becoming what the field holds; part of the Stage."""
        overwrite(self.world.store, kind, entity_id, fields)

    def configure(self, name: str, value: str) -> None:
        """Set a global configuration; part of the Stage."""
        self.jobs.configure(name, value)

    def strike(
        self, operation: str, times: int = 1, mode: str = "fail", seconds: float | None = None
    ) -> None:
        """Make the next agent commands of a name fail; Refused if wrong. Part of the Stage."""
        hosts.strike(self.world, operation, times, mode, seconds)

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
