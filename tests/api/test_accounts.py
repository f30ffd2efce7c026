"""Accounts come with a type that exists."""

from simulator import boot


def test_an_unknown_account_type_is_refused() -> None:
    """A type that is none is a 431 and makes nothing."""
    cloud = boot("simulator")
    before = cloud.call("listAccounts", listall="true").body

    reply = cloud.call("createAccount", accounttype="9", username="u", password="p")

    assert (reply.status, reply.body["cserrorcode"]) == (431, 4350)
    assert cloud.call("listAccounts", listall="true").body == before


def test_an_account_without_a_type_is_a_users() -> None:
    """No type is type 0."""
    reply = boot("simulator").call("createAccount", username="u", password="p")

    assert reply.body["account"]["accounttype"] == 0
