"""Global settings: listed, by group, and changed."""

from typing import NamedTuple

from simulator.api.command import Call, Command
from simulator.api.lists import PAGING, Row, paging
from simulator.api.matching import containing, equal_to, same_text
from simulator.api.shape import Always, Shape, boolean, listed, long, text
from simulator.domain.lists import LIST_SETTINGS, SettingFilter
from simulator.domain.rules import Phase
from simulator.domain.setting_groups import GROUPS, Group, group_of
from simulator.domain.setting_values import GOOD_WAIT, bad_wait, fits, largest, least
from simulator.domain.settings import SETTINGS, UNKNOWN_IN, Setting
from simulator.domain.upkeep import CONFIGURE, RESET, Configure, Known

_SHOWN_AS = {
    "Boolean": "Boolean", "String": "String", "Double": "Decimal", "Integer": "Number",
    "Long": "Number",
}  # fmt: skip
"""Type -> what listConfigurations calls it."""


class _SettingAt(NamedTuple):
    name: str
    record: Setting
    value: str


CONFIGURATION = Shape[_SettingAt](
    "configuration",
    text("category", "category of the setting", lambda s: s.record.category),
    text("group", "group the setting belongs to", lambda s: group_of(s.name)[0]),
    text("subgroup", "part of the group the setting belongs to", lambda s: group_of(s.name)[1]),
    text("name", "name", lambda s: s.name),
    text("value", "value", lambda s: s.value),
    text("defaultvalue", "value the setting has unless changed", lambda s: s.record.default),
    text("description", "description", lambda s: s.record.meaning),
    boolean("isdynamic", "whether a change takes effect at once", Always(True)),
    text("component", "part of the server it belongs to", Always("management-server")),
    text("displaytext", "description", lambda s: s.name.replace(".", " ").capitalize()),
    text("type", "type", lambda s: _SHOWN_AS[s.record.type]),
)


def configuration(call: Call, name: str) -> Row:
    """Return ConfigurationResponse."""
    value = call.world.settings.values[name]
    return CONFIGURATION.render(_SettingAt(name, SETTINGS[name], value))


_SUBGROUP = Shape[tuple[str, int]](
    "configurationsubgroup",
    text("name", "name", lambda s: s[0]),
    long("precedence", "its place among others", lambda s: s[1]),
)
CONFIGURATION_GROUP = Shape[Group](
    "configurationgroup",
    text("name", "name", lambda g: g.name),
    listed("subgroup", "parts of the group", _SUBGROUP, lambda g: g.subgroups),
    text("description", "description", lambda g: g.text),
    long("precedence", "its place among others", lambda g: g.precedence),
)


def list_configurations(call: Call) -> Row:
    """listConfigurations."""
    args, page = call.args, paging(call)
    group, subgroup = args.get("group", ""), args.get("subgroup", "")
    case = SettingFilter(
        dialect=call.world.dialect,
        group=group,
        group_known=not group or any(same_text(group, g.name) for g in GROUPS),
        subgroup=subgroup,
        subgroup_known=not subgroup
        or any(same_text(subgroup, s) for g in GROUPS for s, _ in g.subgroups),
    )
    LIST_SETTINGS.require(Phase.REQUEST, case)
    names = [name for name in SETTINGS if _known(call, name) and _shown(call, name)]
    return page.cut("configuration", sorted(names), lambda name: configuration(call, name))


def _known(call: Call, name: str) -> bool:
    """Return whether the release has a setting."""
    flag = UNKNOWN_IN.get(name)
    return name in SETTINGS and (flag is None or flag not in call.world.dialect)


def _shown(call: Call, name: str) -> bool:
    args, row = call.args, SETTINGS[name]
    within, (group, subgroup) = containing(args.get("keyword", "")), group_of(name)
    texts = (name, row.category, row.meaning, call.world.settings.values[name])
    return (
        containing(args.get("name", ""))(name)
        and equal_to(args.get("category", row.category))(row.category)
        and same_text(args.get("group") or group, group)
        and same_text(args.get("subgroup") or subgroup, subgroup)
        and any(within(text) for text in texts)
    )


def list_groups(call: Call) -> Row:
    """listConfigurationGroups with their subgroups."""
    wanted = (call.args.get("group") or "").strip()
    rows = [
        CONFIGURATION_GROUP.render(group)
        for group in GROUPS
        if not wanted or same_text(wanted, group.name)
    ]
    return {"count": len(rows), "configurationgroup": rows} if rows else {}


def update_configuration(call: Call) -> Row:
    """updateConfiguration: it takes effect with the next call."""
    name, given = call.args["name"], call.text("value")
    known, value = _known(call, name), given.strip() if given is not None else None
    value = "" if value == "null" else value  # Java's null, stored as no text
    text = "null" if value == "" else value
    kind = SETTINGS[name].type if known else ""
    case = Configure(
        dialect=call.world.dialect,
        name=name,
        known=known,
        value=text,
        type=kind,
        well_formed=not known or text is None or fits(name, text),
        wait=bad_wait(value or "") if name == "commands.timeout" else GOOD_WAIT,
        least=least(name),
        largest=largest(name),
    )
    CONFIGURE.require(Phase.REQUEST, case)
    if value is not None:
        call.jobs.configure(name, value.lower() if kind == "Boolean" else value)
    return {"configuration": configuration(call, name)}


def reset_configuration(call: Call) -> Row:
    """resetConfiguration: a setting is again what it is where nobody changed it."""
    name = call.args["name"]
    RESET.require(Phase.REQUEST, Known(call.world.dialect, name, _known(call, name)))
    call.jobs.configure(name, SETTINGS[name].default)
    return {"configuration": configuration(call, name)}


COMMANDS = (
    Command(
        "listConfigurations",
        list_configurations,
        f"name:text category:text group:text subgroup:text {PAGING}",
        says="Lists the global settings",
        answers=CONFIGURATION,
        roles="AD",
    ),
    Command(
        "listConfigurationGroups",
        list_groups,
        "group:text",
        says="Lists the groups of the global settings",
        answers=CONFIGURATION_GROUP,
        roles="A",
    ),
    Command(
        "updateConfiguration",
        update_configuration,
        "name:text! value:text",
        says="Changes a global setting, at once",
        answers=CONFIGURATION,
        roles="AD",
    ),
    Command(
        "resetConfiguration",
        reset_configuration,
        "name:text!",
        says="Gives a global setting its first value again, at once",
        answers=CONFIGURATION,
        roles="A",
    ),
)
