"""docs/roles.md says what the endpoint answers to each stock role; `rootswap roles` makes it."""

from pathlib import Path

import pytest

from conformance.roles import matrix, page

PAGE = Path(__file__).parent.parent / "docs" / "roles.md"


def test_the_page_is_what_the_endpoint_answers() -> None:
    """Make it anew with `rootswap roles > docs/roles.md`."""
    assert PAGE.read_text(encoding="utf-8").rstrip() == page()


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, str]]:
    return matrix()


def test_nobody_enters_unsigned(found: dict[str, dict[str, str]]) -> None:
    assert {row["no signature"] for row in found.values()} == {"401"}


def test_a_root_admin_may_call_all(found: dict[str, dict[str, str]]) -> None:
    assert {row["Root Admin"] for row in found.values()} == {"yes"}


def test_a_user_elsewhere_is_a_user(found: dict[str, dict[str, str]]) -> None:
    assert all(row["User"] == row["user of another domain"] for row in found.values())


@pytest.mark.parametrize(
    ("command", "who", "answer"),
    [
        ("attachVolume", "User", "yes"),
        ("attachVolume", "Support User - Default", "yes"),
        ("attachVolume", "Read-Only Admin - Default", "432"),
        ("attachVolume", "Read-Only User - Default", "432"),
        ("assignVolume", "Domain Admin", "yes"),
        ("assignVolume", "User", "432"),
        ("createDomain", "Domain Admin", "yes"),
        ("createDomain", "Resource Admin", "432"),
        ("listHosts", "Resource Admin", "yes"),
        ("listHosts", "Domain Admin", "432"),
        ("listHosts", "Read-Only Admin - Default", "yes"),
        ("listRouters", "Domain Admin", "yes"),
        ("listLdapConfigurations", "User", "yes"),
        ("listVolumesMetrics", "Read-Only User - Default", "432"),
        ("migrateVolume", "Domain Admin", "432"),
        ("createServiceOffering", "Support Admin - Default", "yes"),
        ("deleteServiceOffering", "Support Admin - Default", "432"),
    ],
)
def test_a_stock_role_may_call(
    found: dict[str, dict[str, str]], command: str, who: str, answer: str
) -> None:
    assert found[command][who] == answer
