"""What users see and do in the console (SPEC-09, SPEC-10, SPEC-11)."""

from pytest_bdd import then, when

from steps.screen import ADMIN, Screen
from steps.then import words_of
from steps.words import words
from steps.world import World

_WAYS = {"by mouse": Screen.click, "by keyboard": Screen.press}


@when(words('the {who:who} opens the page of {what:page} "{alias:alias}"'))
def opens(world: World, screen: Screen, who: str, what: str, alias: str) -> None:
    """Open the page of a VM or a volume, logged in as the caller."""
    world.caller(who)
    ids, place = (world.vms, "vms") if what == "VM" else (world.volumes, "volumes")
    login = ADMIN if who == "root admin" else world.people.logins[who]
    screen.open(who, login, f"/{place}/{ids[alias]}")


@when(words('"{label:any}" is chosen {way:way}'))
@when(words('"{label:any}" is chosen for volume "{volume:alias}" {way:way}'))
def chosen(world: World, screen: Screen, label: str, way: str, volume: str = "") -> None:
    """Use a button and wait until what it does has ended."""
    _WAYS[way](screen, _label(world, label, volume))


def _label(world: World, label: str, volume: str) -> str:
    return f"{label}: {world.volume(volume)['name']}" if volume else label


@then(words('"{label:any}" is offered'))
@then(words('"{label:any}" is offered for volume "{volume:alias}"'))
def is_offered(world: World, screen: Screen, label: str, volume: str = "") -> None:
    """Check that a button is there and can be used."""
    assert screen.button(_label(world, label, volume)).is_enabled(), label


@then(words('"{label:any}" is refused there because {reason:reason}'))
def is_refused(world: World, screen: Screen, label: str, reason: str) -> None:
    """Check that a button is there, cannot be used, and that the words beside it say why."""
    button = screen.button(label)
    assert button.is_disabled(), label
    described = button.get_attribute("aria-describedby")
    text = screen.page.locator(f"id={described}").inner_text()
    assert words_of(world, reason) in text, text


@then(words('"{label:any}" is not shown'))
def is_not_shown(screen: Screen, label: str) -> None:
    """Check that the page, once it is there, has no button of that name."""
    screen.wait_for(screen.page.get_by_role("heading", level=1), "no page")
    assert not screen.page.get_by_role("button", name=label).count(), label


@then("the page begins by proposing a ROOT volume")
def proposes_first(screen: Screen) -> None:
    """Check that what stands first says that there is no ROOT, and offers one before all else."""
    region = screen.page.get_by_role("region", name="No ROOT volume")
    screen.wait_for(region, "nothing about a missing ROOT")
    shown = screen.page.locator("#main").get_by_role("button").all()
    enabled = [button for button in shown if button.is_enabled()]
    first = enabled[0].get_attribute("aria-label") or enabled[0].inner_text()
    assert first.startswith("Attach as ROOT"), first
    assert screen.page.get_by_text("Attach as data disk instead").is_visible()


@then("the page proposes no ROOT volume")
def proposes_none(screen: Screen) -> None:
    """Check that nothing says that there is no ROOT."""
    screen.wait_for(screen.page.get_by_role("heading", level=1), "no page")
    assert not screen.page.get_by_role("region", name="No ROOT volume").count()


@then(words('volume "{volume:alias}" is excluded because {reason:reason}'))
def is_excluded(world: World, screen: Screen, volume: str, reason: str) -> None:
    """Check that a volume is not proposed as ROOT, and that the words beside its name say why."""
    name = world.volume(volume)["name"]
    region = screen.page.get_by_role("region", name="No ROOT volume")
    assert not region.get_by_role("button", name=f"Attach as ROOT: {name}", exact=True).count()
    opener = region.get_by_role("button", name="Excluded volumes")
    if opener.get_attribute("aria-expanded") != "true":
        opener.click()
    row = region.get_by_role("listitem").filter(has=screen.page.get_by_role("link", name=name))
    screen.wait_for(row, f"no reason why {name} is excluded")
    assert words_of(world, reason) in row.inner_text(), row.inner_text()
