"""Objects in the bucket: stored once, read back, linked to for a while, and an outage told in seconds."""

import asyncio
import gc
import hashlib
import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any
from urllib.parse import parse_qsl, quote, urlsplit

import google.auth.credentials
import google.auth.transport.requests
import httpx
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from google.cloud.storage import _signing

from course.errors import NotFound, StorageUnavailable
from course.storage import Storage
from local_cloud.identity.authority import PRODUCT, Authority
from local_cloud.ports import free_port
from local_cloud.storage import Storage as StorageServer

_VIDEO = bytes(range(256)) * 40


@pytest.fixture
async def store(storage_server: StorageServer, bucket: str, identity: Authority) -> AsyncIterator[Storage]:
    """The product's client with the service account's key, on an empty bucket."""
    store = Storage(bucket, endpoint=storage_server.endpoint, credentials=identity.credentials)
    yield store
    store.close()


async def test_what_is_stored_is_read_back(store: Storage, tmp_path: Path) -> None:
    """Bytes and files come back as they were, and are gone when deleted; deleting twice is fine."""
    file = tmp_path / "film.mp4"
    file.write_bytes(_VIDEO)
    assert await store.upload(file, "videos/ä b.mp4", "video/mp4") > 0
    assert await store.upload(b"WEBVTT", "videos/k.vtt", "text/vtt") > 0
    assert await store.download("videos/ä b.mp4") == _VIDEO
    assert await store.exists("videos/k.vtt")
    for _ in range(2):
        await store.delete("videos/k.vtt")
    assert not await store.exists("videos/k.vtt")


async def test_second_upload_changes_nothing_and_gives_the_first_generation(store: Storage) -> None:
    """Two workers that finish the same film store it once, also at the same moment."""
    generations = await asyncio.gather(*(store.upload(b"%d" % n, "videos/k.mp4", "video/mp4") for n in range(4)))
    assert len(set(generations)) == 1
    kept = await store.download("videos/k.mp4")
    assert await store.upload(b"later", "videos/k.mp4", "video/mp4") == generations[0]
    assert await store.download("videos/k.mp4") == kept


async def test_missing_object_is_not_found(store: Storage) -> None:
    """Reading what is not there is told as such, not as an outage."""
    with pytest.raises(NotFound, match="not in the store"):
        await store.download("videos/none.mp4")


async def test_signed_link_plays_and_seeks(store: Storage) -> None:
    """Anyone with the link reads the object, in ranges too, with its own type and cache rule."""
    await store.upload(_VIDEO, "videos/k.mp4", "video/mp4")
    link = await store.signed_url("videos/k.mp4")
    async with httpx.AsyncClient() as browser:
        whole = await browser.get(link)
        part = await browser.get(link, headers={"Range": "bytes=100-199"})
    assert (whole.status_code, whole.content, whole.headers["content-type"]) == (200, _VIDEO, "video/mp4")
    assert "immutable" in whole.headers["cache-control"]
    assert (part.status_code, part.content) == (206, _VIDEO[100:200])


async def test_signed_link_expires_and_its_signature_says_so(store: Storage, identity: Authority) -> None:
    """The link carries its end, and the account's key signed it (Google checks; the local store does not)."""
    link = await store.signed_url("videos/k.mp4", minutes=90, download_as="Lesson 1.1 “Zellen”.mp4")
    query = dict(parse_qsl(urlsplit(link).query))
    made = datetime.strptime(query["X-Goog-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    assert abs(datetime.now(UTC) - made) < timedelta(minutes=1)
    assert query["X-Goog-Expires"] == "5400"
    assert "Lesson%201.1" in query["response-content-disposition"]
    assert _signed_by(identity, link)
    assert not _signed_by(identity, link.replace("X-Goog-Expires=5400", "X-Goog-Expires=9999"))
    assert not _signed_by(identity, link.replace("k.mp4", "other.mp4"))


async def test_link_is_kept_for_half_its_life(storage_server: StorageServer, bucket: str, identity: Authority) -> None:
    """Signing may cost a call to Google, so a link is made once; a new one long before the old one ends."""
    clock = [1_000.0]
    store = Storage(bucket, endpoint=storage_server.endpoint, credentials=identity.credentials, clock=lambda: clock[0])
    first = await store.signed_url("videos/k.mp4", minutes=60)
    await asyncio.sleep(1.1)  # another second, another signature
    clock[0] += 29 * 60
    assert await store.signed_url("videos/k.mp4", minutes=60) == first
    clock[0] += 2 * 60
    assert await store.signed_url("videos/k.mp4", minutes=60) != first
    store.close()


class _Keyless(google.auth.credentials.Credentials):
    """What a process on Cloud Run has: an account and a token for it, and no private key."""

    def __init__(self, authority: Authority) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # google-auth is half typed
        self.service_account_email = "default"
        self._authority = authority

    def refresh(self, request: Any) -> None:  # noqa: ARG002  # its base asks for it
        self.token = self._authority.access_token(PRODUCT)
        self.expiry = datetime.now(UTC).replace(tzinfo=None) + timedelta(hours=1)
        self.service_account_email = PRODUCT


async def test_link_is_signed_without_a_private_key(
    storage_server: StorageServer, bucket: str, identity: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a key IAM signs in the account's name; the link works and bears the account's signature."""
    monkeypatch.setattr(_signing, "requests", SimpleNamespace(Request=lambda: _to(identity.issuer)))
    store = Storage(bucket, endpoint=storage_server.endpoint, credentials=_Keyless(identity))
    await store.upload(_VIDEO, "videos/k.mp4", "video/mp4")
    link = await store.signed_url("videos/k.mp4")
    assert _signed_by(identity, link)
    async with httpx.AsyncClient() as browser:
        assert (await browser.get(link)).content == _VIDEO
    store.close()


async def test_outage_shows_within_seconds_and_passes(identity: Authority, tmp_path: Path) -> None:
    """A store that is away is told as something that may pass; when it is back everything works, links before."""
    server = StorageServer(tmp_path / "data", free_port())
    server.start(tmp_path / "log")  # the bucket is made
    server.stop()
    store = Storage("lectern", endpoint=server.endpoint, credentials=identity.credentials)
    async with asyncio.timeout(5):
        with pytest.raises(StorageUnavailable) as caught:
            await store.ping()
    assert caught.value.retryable
    assert await store.signed_url("videos/k.mp4")
    storing = asyncio.create_task(store.upload(_VIDEO, "videos/k.mp4", "video/mp4"))
    await asyncio.sleep(0.5)
    server.start(tmp_path / "log")
    try:
        assert await storing > 0, "an upload waits some seconds for a store that is starting"
        await store.ping()
        assert await store.download("videos/k.mp4") == _VIDEO
    finally:
        server.stop()
        store.close()


async def test_missing_bucket_is_told_to_the_operator(storage_server: StorageServer, identity: Authority) -> None:
    """A bucket nobody made is an outage whose sentence names it."""
    store = Storage("no-such-bucket", endpoint=storage_server.endpoint, credentials=identity.credentials)
    with pytest.raises(StorageUnavailable, match="bucket"):
        await store.upload(b"x", "x", "text/plain")
    with pytest.raises(StorageUnavailable):
        await store.ping()
    store.close()


async def test_credentials_of_another_cloud_ask_google_nothing(
    storage_server: StorageServer, bucket: str, identity: Authority, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """An account that says it is not of Google's cloud works without a call to Google, as on a closed network."""
    account = json.loads(identity.credentials.read_text()) | {"universe_domain": "lectern.local"}
    file = tmp_path / "account.json"
    file.write_text(json.dumps(account))
    store = Storage(bucket, endpoint=storage_server.endpoint, credentials=file)
    with caplog.at_level("DEBUG", "urllib3.connectionpool"):
        await store.upload(_VIDEO, "videos/k.mp4", "video/mp4")
        assert await store.download("videos/k.mp4") == _VIDEO
        await asyncio.sleep(0.2)  # google-auth looks things up beside the call
    assert "127.0.0.1" in caplog.text
    assert "googleapis.com" not in caplog.text
    store.close()


async def test_missing_credentials_are_an_outage(storage_server: StorageServer, tmp_path: Path) -> None:
    """A credentials file that is not there gives the sentence, not a traceback of the vendor's."""
    store = Storage("x", endpoint=storage_server.endpoint, credentials=tmp_path / "none.json")
    with pytest.raises(StorageUnavailable):
        await store.ping()
    store.close()


def _to(url: str) -> Any:
    """The transport with Google's IAM address replaced by the local identity's."""
    transport: Any = google.auth.transport.requests.Request()

    def request(**call: Any) -> Any:
        return transport(**call | {"url": call["url"].replace("https://iamcredentials.googleapis.com", url)})

    return request


def _signed_by(authority: Authority, link: str) -> bool:
    """Whether the account's key signed this link, by the rules of Cloud Storage's V4 signatures."""
    parts = urlsplit(link)
    query = dict(parse_qsl(parts.query))
    signature = bytes.fromhex(query.pop("X-Goog-Signature"))
    pairs = "&".join(f"{quote(name, safe='-_.~')}={quote(query[name], safe='-_.~')}" for name in sorted(query))
    request = f"GET\n{parts.path}\n{pairs}\nhost:{parts.netloc}\n\nhost\nUNSIGNED-PAYLOAD"
    scope = query["X-Goog-Credential"].partition("/")[2]
    digest = hashlib.sha256(request.encode()).hexdigest()
    message = f"GOOG4-RSA-SHA256\n{query['X-Goog-Date']}\n{scope}\n{digest}"
    key = serialization.load_pem_private_key(_private_key(authority), password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    try:
        key.public_key().verify(signature, message.encode(), padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True


def _private_key(authority: Authority) -> bytes:
    key: str = json.loads(authority.credentials.read_text())["private_key"]
    return key.encode()


async def test_a_stream_is_stored_as_it_comes(store: Storage) -> None:
    """What is written in pieces, also from other objects, is one object; if writing fails there is none."""
    await store.upload(_VIDEO * 900, "videos/long.mp4", "video/mp4")

    def twice(out: IO[bytes], open_object: Callable[[str], IO[bytes]]) -> None:
        for _ in range(2):
            with open_object("videos/long.mp4") as source:
                while piece := source.read(1 << 20):
                    out.write(piece)

    def half(out: IO[bytes], open_object: Callable[[str], IO[bytes]]) -> None:
        twice(out, open_object)
        raise ValueError("enough")

    with pytest.raises(ValueError, match="enough"):
        await store.upload_stream(half, "exports/twice.mp4", "video/mp4")
    gc.collect()
    assert not await store.exists("exports/twice.mp4")
    generation, size = await store.upload_stream(twice, "exports/twice.mp4", "video/mp4")
    assert (generation > 0, size) == (True, 2 * 900 * len(_VIDEO))
    assert await store.download("exports/twice.mp4") == _VIDEO * 1_800
