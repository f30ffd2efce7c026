"""SSH key pairs: made here, registered, listed, deleted, given to VMs."""

from typing import Any, NamedTuple

from simulator.api.command import Call, Command
from simulator.api.lists import OWNED, Row, paged, visible
from simulator.api.machines import submit_vm
from simulator.api.matching import containing, same_text
from simulator.api.owners import owner_of, sole_owner_of
from simulator.api.render import NOT_ANNOTATED, SHORT_OWNER, SUCCESS, Owner, owner_at
from simulator.api.render_vm import VM
from simulator.api.shape import Shape, text, within
from simulator.domain.access import may_use
from simulator.domain.guest_data import GuestData
from simulator.domain.records import Account
from simulator.domain.rules import Phase
from simulator.domain.ssh_keys import (
    CREATE_KEY,
    DELETE_KEY,
    REGISTER_KEY,
    RESET_KEY,
    RESET_PASSWORD,
    NewKey,
    OldKey,
    ResetKey,
    ResetPassword,
    SshKey,
    fingerprint_of,
    public_key_of,
)
from simulator.engine.passwords import password
from simulator.engine.rsa import key_pair
from simulator.engine.world import Flow

_OWNER = "account:text domainid:domain~ projectid:anyproject~"


class _KeyAt(NamedTuple):
    """A key pair as a caller sees it; its *private* key is shown once, when it is made."""

    call: Call
    record: SshKey
    private: str | None = None


def _owner(key: _KeyAt) -> Owner:
    return owner_at(key.call, key.record.account_id)


SSH_KEY = Shape[_KeyAt](
    "sshkeypair",
    text("id", "id", lambda k: k.record.id),
    text("name", "name", lambda k: k.record.name),
    within(_owner, SHORT_OWNER),
    text("fingerprint", "MD5 of the public key", lambda k: k.record.fingerprint),
    *NOT_ANNOTATED,
)
CREATED_KEY = Shape[_KeyAt](
    "createdkeypair",
    *SSH_KEY.parts,
    text("privatekey", "the private key, in PEM", lambda k: k.private),
)


def _of(call: Call, account: Account, name: str) -> SshKey | None:
    """Return an account's key pair by its name, whatever its case."""
    rows = call.world.store.ssh_keys.values()
    mine = (k for k in rows if k.account_id == account.id)
    return next((k for k in mine if same_text(k.name, name)), None)


def _add(call: Call, account: Account, public_key: str) -> SshKey:
    store = call.world.store
    added = SshKey(
        store.new_id(),
        store.new_row("sshkey"),
        call.args["name"],
        account.id,
        public_key,
        fingerprint_of(public_key),
    )
    return store.ssh_keys.setdefault(added.id, added)


def create(call: Call) -> Row:
    """createSSHKeyPair: its private key is told now and never again."""
    world, account, name = call.world, owner_of(call), call.args["name"]
    may = may_use(call.account, account, world.store.domains)
    free = _of(call, account, name) is None
    CREATE_KEY.require(Phase.REQUEST, NewKey(world.dialect, name, may, free))
    pair = key_pair(world.dice("keys"))
    created = _KeyAt(call, _add(call, account, pair.public), pair.private)
    return {"keypair": CREATED_KEY.render(created)}


def register(call: Call) -> Row:
    """registerSSHKeyPair: the public key that the caller has."""
    world, account, args = call.world, owner_of(call), call.args
    public_key = public_key_of(args["publickey"])
    known = {k.public_key for k in world.store.ssh_keys.values() if k.account_id == account.id}
    case = NewKey(
        dialect=world.dialect,
        name=args["name"],
        caller_may=may_use(call.account, account, world.store.domains),
        name_free=_of(call, account, args["name"]) is None,
        given=args["publickey"],
        public_key=public_key,
        key_free=public_key not in known,
    )
    REGISTER_KEY.require(Phase.REQUEST, case)
    return {"keypair": SSH_KEY.render(_KeyAt(call, _add(call, account, public_key or "")))}


def delete(call: Call) -> Row:
    """deleteSSHKeyPair by its name; VMs that have the key keep it."""
    world, account, name = call.world, owner_of(call), call.args["name"]
    record = _of(call, account, name)
    may = may_use(call.account, account, world.store.domains)
    home = account.domain_id
    case = OldKey(world.dialect, name, account.name, may, record is not None, home)
    DELETE_KEY.require(Phase.REQUEST, case)
    if record is not None:
        del world.store.ssh_keys[record.id]
    return SUCCESS.render(True)


def list_keys(call: Call) -> Row:
    """listSSHKeyPairs, newest first."""
    args, sees = call.args, visible(call)
    holds = containing(str(args.get("keyword", "")))
    rows = [
        k
        for k in reversed(call.world.store.ssh_keys.values())
        if sees(k.account_id)
        and ("id" not in args or args["id"].id == k.id)
        and same_text(args.get("name", k.name), k.name)
        and same_text(args.get("fingerprint", k.fingerprint), k.fingerprint)
        and (holds(k.name) or holds(k.fingerprint))
    ]
    return paged(call, "sshkeypair", rows, lambda k: SSH_KEY.render(_KeyAt(call, k)))


def key_names(args: dict[str, Any]) -> list[str]:
    """Return the names of the keys asked for: `keypairs`, then `keypair`."""
    listed = [name for name in str(args.get("keypairs", "")).split(",") if name]
    return listed + [name for name in (args.get("keypair", ""),) if name]


def keys_of(call: Call, account: Account, names: list[str]) -> list[SshKey]:
    """Return the keys of an account by names; one that is named twice counts once."""
    rows = call.world.store.ssh_keys.values()
    mine = [
        k for k in rows if k.account_id == account.id and any(same_text(k.name, n) for n in names)
    ]
    return sorted(mine, key=lambda k: k.name.lower(), reverse=True)


def give_keys(call: Call, vm_id: str, account: Account) -> None:
    """Give a VM the keys of *account* that the call names, if it names any."""
    data, names = call.world.store.guest_data, key_names(call.args)
    if names:
        text = "\n".join(k.public_key for k in keys_of(call, account, names))
        given = data.get(vm_id, GuestData())
        data[vm_id] = given._replace(key_names=",".join(names), public_keys=text)


def reset_key(call: Call) -> Row:
    """resetSSHKeyForVirtualMachine: of the caller's keys, unless an owner is named."""
    world, vm_id, names = call.world, call.args["id"].id, key_names(call.args)

    def flow() -> Flow:
        account = sole_owner_of(call)
        keys = keys_of(call, account, names)
        case = ResetKey(world.dialect, world.store.vms[vm_id], len(names), len(keys))
        RESET_KEY.require(Phase.JOB, case)
        yield world.spend("work")
        give_keys(call, vm_id, account)
        return vm_id

    return submit_vm(call, flow(), vm_id)


def reset_password(call: Call) -> Row:
    """resetPasswordForVirtualMachine: the one given, else one made up."""
    world, vm_id = call.world, call.args["id"].id
    given = call.text("password") or ""
    wanted = given if given.strip() else password(world)

    def flow() -> Flow:
        vm = world.store.vms[vm_id]
        template = world.store.templates.get(vm.template_id)
        enabled = template is not None and template.password_enabled
        RESET_PASSWORD.require(Phase.JOB, ResetPassword(world.dialect, vm, enabled))
        yield world.spend("work")
        return vm_id

    return submit_vm(call, flow(), vm_id, wanted)


COMMANDS = (
    Command(
        "createSSHKeyPair",
        create,
        f"name:text! {_OWNER}",
        says="Makes a key pair and tells its private key, once",
        answers=CREATED_KEY,
    ),
    Command(
        "registerSSHKeyPair",
        register,
        f"name:text! publickey:text! {_OWNER}",
        says="Registers a public key under a name",
        answers=SSH_KEY,
    ),
    Command(
        "listSSHKeyPairs",
        list_keys,
        f"id:sshkey name:text fingerprint:text {OWNED}",
        says="Lists the SSH key pairs",
        answers=SSH_KEY,
        roles="ASDUR",
    ),
    Command(
        "deleteSSHKeyPair",
        delete,
        f"name:text! {_OWNER}",
        says="Deletes a key pair by its name",
        answers=SUCCESS,
    ),
    Command(
        "resetSSHKeyForVirtualMachine",
        reset_key,
        f"id:vm!@ keypair:text keypairs:text {_OWNER}",
        says="Gives a stopped VM other SSH keys",
        answers=VM,
        is_async=True,
    ),
    Command(
        "resetPasswordForVirtualMachine",
        reset_password,
        "id:vm!@ password:text",
        says="Gives a stopped VM another password, where its template takes one",
        answers=VM,
        is_async=True,
    ),
)
