"""Ways to a cloud: over TLS, with a CA of one's own or unverified, through a proxy; and no text."""

import shutil
import ssl
import subprocess
from base64 import b64encode
from pathlib import Path

import pytest
from faulty_proxy import closed_port, stranger

from conformance.line import HttpCloud, Line, Unreachable
from conformance.surroundings import BadTarget
from conformance.targets import Target
from simulator.port import Reply
from simulator.serve.running import running_cloud

ANSWER = b'{"listzonesresponse": {"count": 1}}'
KIND = "application/json"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of 127.0.0.1 with its key, which nobody vouches for."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate")
    file = tmp_path_factory.mktemp("tls") / "own.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
               "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(file),
               "-out", f"{file}.crt"]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    file.write_text(file.read_text() + Path(f"{file}.crt").read_text())
    return file


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def ask(target: Target) -> Reply:
    line = Line(target)
    try:
        return HttpCloud(line).call("listZones")
    finally:
        line.close()


def test_a_ca_of_ones_own(certificate: Path, tls: ssl.SSLContext) -> None:
    with stranger(200, ANSWER, KIND, tls=tls) as cloud:
        assert ask(Target("t", cloud.url, verify=certificate)).body["count"] == 1


def test_a_certificate_that_nobody_vouches_for(tls: ssl.SSLContext) -> None:
    with stranger(200, ANSWER, KIND, tls=tls) as cloud:
        with pytest.raises(Unreachable, match="certificate verify failed") as no:
            ask(Target("t", cloud.url))
        assert not cloud.requests
    assert "\n" not in str(no.value)


@pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning")
def test_verification_can_be_switched_off(tls: ssl.SSLContext) -> None:
    with stranger(200, ANSWER, KIND, tls=tls) as cloud:
        assert ask(Target("t", cloud.url, insecure=True)).status == 200


def test_tls_where_there_is_none() -> None:
    with (
        stranger(200, ANSWER, KIND) as cloud,
        pytest.raises(Unreachable, match="no line with TLS"),
    ):
        ask(Target("t", cloud.url.replace("http:", "https:")))


def test_a_file_without_certificates(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.write_text("nothing")
    with pytest.raises(BadTarget, match="holds no certificates"):
        Line(Target("t", "https://h/client/api", verify=file))


def test_a_proxy_is_gone_through() -> None:
    with stranger(200, ANSWER, KIND) as proxy:
        way = proxy.url.removesuffix("/client/api").replace("//", "//me:p%40ss@")
        assert ask(Target("t", "http://cloud.invalid/client/api", proxy=way)).status == 200
    (headers,) = proxy.headers
    assert headers["Host"] == "cloud.invalid"
    assert headers["Proxy-Authorization"] == f"Basic {b64encode(b'me:p@ss').decode()}"


def test_a_proxy_that_is_down_executes_nothing() -> None:
    way = closed_port().removesuffix("/client/api").replace("//", "//me:hidden-word@")
    line = Line(Target("t", "http://cloud.invalid/client/api", proxy=way))
    with pytest.raises(Unreachable, match="Connection refused") as no:
        HttpCloud(line).call("createVolume")
    assert "hidden-word" not in str(no.value)


def test_an_empty_document_is_an_answer_that_an_error_cut_short() -> None:
    with stranger(200, b"", "text/xml;charset=utf-8") as other:
        line = Line(Target("t", other.url))
        reply = HttpCloud(line, "k", "s").call("deleteProject")
        line.close()
    assert reply == Reply(200, {})
    assert len(other.requests) == 1


@pytest.mark.parametrize(("method", "status"), [("GET", 431), ("POST", 200)])
def test_one_request_may_name_its_http_method(method: str, status: int) -> None:
    with running_cloud("kvm") as served:
        line = Line(Target("t", served.endpoint, served.key, served.secret))
        cloud = HttpCloud(line, served.key, served.secret)
        long = {"name": f"by {method}", "userdata": "A" * 4100, "httpmethod": method}
        assert cloud.call("registerUserData", **long).status == status
        line.close()
