"""`rootswap serve --ui DIR`: the official UI's files below /client/, and the API where it was."""

import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from test_server import Server

from conformance import serving_ui
from conformance.serving import serve

FILES = {
    "index.html": ("text/html", "<!doctype html><div id=app></div>"),
    "config.json": ("application/json", '{"apiBase": "/client/api"}'),
    "js/app.8f3a.js": ("text/javascript", "start()"),
    "css/app.css": ("text/css", "body { margin: 0 }"),
    "assets/logo.svg": ("image/svg+xml", "<svg/>"),
}
PRIVATE = "nobody is to read this"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Serve a cloud with a UI that was made up; beside its folder lies a secret."""
    folder = tmp_path_factory.mktemp("built")
    dist = folder / "dist"
    for name, (_, text) in FILES.items():
        (dist / name).parent.mkdir(parents=True, exist_ok=True)
        (dist / name).write_text(text)
    (folder / "secret").write_text(PRIVATE)
    (dist / "out").symlink_to(folder / "secret")
    server = Server("--ui", str(dist))
    yield server.port
    assert server.end() == ("", "")


def asked(
    port: int, path: str, method: str = "GET", **headers: str
) -> tuple[http.client.HTTPResponse, str]:
    """Send a request whose path is left as it is."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    line.request(method, path, headers=sent)
    answer = line.getresponse()
    text = answer.read().decode()
    line.close()
    return answer, text


@pytest.mark.parametrize("name", ["", *FILES])
def test_a_file_has_its_type_and_its_end(port: int, name: str) -> None:
    kind, text = FILES[name or "index.html"]
    answer, body = asked(port, f"/client/{name}")
    assert (answer.status, body) == (200, text)
    assert (answer.getheader("content-type") or "").partition(";")[0] == kind

    head, nothing = asked(port, f"/client/{name}", "HEAD")
    assert (head.status, nothing) == (200, "")
    assert head.getheader("content-length") == str(len(text))


def test_what_a_browser_has_is_not_sent_again(port: int) -> None:
    first, _ = asked(port, "/client/js/app.8f3a.js")
    tag, date = first.getheader("etag") or "", first.getheader("last-modified") or ""
    for known in ({"If_None_Match": tag}, {"If_Modified_Since": date}):
        answer, body = asked(port, "/client/js/app.8f3a.js", **known)
        assert (answer.status, body) == (304, "")
    assert asked(port, "/client/js/app.8f3a.js", If_None_Match='"other"')[0].status == 200


def test_without_a_slash_it_leads_to_the_first_page(port: int) -> None:
    answer, _ = asked(port, "/client")
    assert answer.status == 307
    assert (answer.getheader("location") or "").endswith(f":{port}/client/")


@pytest.mark.parametrize(
    "path",
    [
        "/client/../secret", "/client/%2e%2e/secret", "/client/..%2fsecret",
        "/client/js/../../secret", "/client//etc/passwd", "/client/%2fetc/passwd",
        "/client/out", "/client/js", "/client/none",
        "/client/..%5csecret", "/client/%00",
    ],
)  # fmt: skip
def test_nothing_else_is_a_file(port: int, path: str) -> None:
    answer, text = asked(port, path)
    assert answer.status == 404
    assert PRIVATE not in text


def test_files_are_only_read(port: int) -> None:
    for method in ("POST", "PUT", "DELETE"):
        assert asked(port, "/client/config.json", method)[0].status == 405


def test_the_api_stays_where_it_is(port: int) -> None:
    for path in ("/client/api", "/client/api/"):
        answer, text = asked(port, f"{path}?command=listZones&response=json")
        assert (answer.status, "errorcode" in text) == (401, True)
    assert asked(port, "/healthz")[0].status == 200


def refused(folder: Path) -> str:
    run = CliRunner().invoke(serve, ["--port", "0", "--ui", str(folder)])
    assert run.exit_code == 2
    return run.output.splitlines()[-1]


def test_a_folder_without_a_ui_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "index.html"
    assert "has no index.html" in refused(tmp_path)
    file.mkdir()
    assert "has no index.html" in refused(tmp_path)
    assert "is no folder" in refused(tmp_path / "none")
    file.rmdir()
    file.touch()
    assert "is no folder" in refused(file)


def test_without_the_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "index.html").touch()
    monkeypatch.setattr(serving_ui, "find_spec", lambda _: None)
    assert "pip install 'rootswap[console]'" in refused(tmp_path)
