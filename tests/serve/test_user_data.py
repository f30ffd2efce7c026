"""A GET carries less user data than a POST, whoever asks."""

from client import Client


def test_the_method_of_a_request_says_how_much_it_carries() -> None:
    client, text = Client(), {"command": "registerUserData", "name": "n", "userdata": "A" * 5000}
    refused = client.ask(**text)
    assert (refused.status, refused.content["errortext"]) == (
        431,
        "User data is too long for http GET request",
    )
    assert client.post(client.signed(text)).status == 200
    short = text | {"name": "m", "userdata": "A" * 4096}
    assert client.ask(**short).status == 200
