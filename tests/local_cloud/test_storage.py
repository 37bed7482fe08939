"""The object store: Google's own client, its guarantees, and files that stay."""

import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.api_core.client_options import ClientOptions
from google.api_core.exceptions import PreconditionFailed
from google.auth.credentials import AnonymousCredentials
from google.cloud.storage import Client
from google.oauth2 import service_account

from local_cloud.errors import CannotStart
from local_cloud.ports import free_port
from local_cloud.storage import Storage


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Storage]:
    """A store of the test's own, which it may kill."""
    server = Storage(tmp_path / "data", free_port())
    server.start(tmp_path / "log")
    yield server
    server.stop()


def _client(server: Storage) -> Client:
    options = ClientOptions(api_endpoint=server.endpoint)
    nobody = AnonymousCredentials()  # type: ignore[no-untyped-call]  # google-auth is half typed
    return Client(project="lectern", credentials=nobody, client_options=options)


def test_objects_outlive_a_killed_server(server: Storage, tmp_path: Path) -> None:
    """After kill -9 the object, its type and its generation are as they were, and it is still written once."""
    blob = _client(server).bucket("lectern").blob("films/one.mp4")
    blob.upload_from_string(b"film", content_type="video/mp4", if_generation_match=0)
    assert server._child is not None
    server._child.kill()
    server._child.wait()
    server.start(tmp_path / "log")
    found = _client(server).bucket("lectern").get_blob("films/one.mp4")
    assert (found.generation, found.content_type, found.size) == (blob.generation, "video/mp4", 4)
    with pytest.raises(PreconditionFailed):
        _client(server).bucket("lectern").blob("films/one.mp4").upload_from_string(b"two", if_generation_match=0)


def test_a_signed_url_plays_from_the_middle(storage_server: Storage, bucket: str) -> None:
    """A browser on another port reads a range of an object through a signed URL."""
    blob = _client(storage_server).bucket(bucket).blob("films/one.mp4")
    blob.upload_from_string(bytes(range(200)), content_type="video/mp4")
    url = blob.generate_signed_url(
        version="v4",
        expiration=timedelta(minutes=5),
        api_access_endpoint=storage_server.endpoint,
        credentials=_throw_away_account(),
    )
    headers = {"Range": "bytes=100-109", "Origin": "http://127.0.0.1:8010"}
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:  # noqa: S310
        assert answer.status == 206
        assert answer.headers["Content-Range"] == "bytes 100-109/200"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.read() == bytes(range(100, 110))


def test_a_taken_port_is_reported_in_a_sentence(storage_server: Storage, tmp_path: Path) -> None:
    """A store that cannot listen says so in one sentence."""
    port = int(storage_server.endpoint.rpartition(":")[2])
    second = Storage(tmp_path / "data", port)
    with pytest.raises(CannotStart, match="is in use"):
        second.start(tmp_path / "log")


def _throw_away_account() -> service_account.Credentials:
    key = rsa.generate_private_key(65537, 2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    about = {"client_email": "a@b.c", "private_key": key.decode(), "token_uri": "http://127.0.0.1:1/token"}
    account = service_account.Credentials.from_service_account_info(about)  # type: ignore[no-untyped-call]  # as above
    assert isinstance(account, service_account.Credentials)
    return account
