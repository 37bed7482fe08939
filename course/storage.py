"""Cloud Storage: videos, captions, posters and documents, and links to them that expire."""

import asyncio
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import IO, Any, TypeVar
from urllib.parse import quote

import google.auth
import google.auth.credentials
import requests
from google.api_core.exceptions import GoogleAPIError, PreconditionFailed
from google.api_core.exceptions import NotFound as ObjectNotFound
from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import Request
from google.cloud.storage import Client
from google.cloud.storage.exceptions import DataCorruption, InvalidResponse
from google.cloud.storage.retry import DEFAULT_RETRY

from course.errors import NotFound, StorageUnavailable

# Objects are named for their content and never change, so a browser may keep what it was allowed to see.
IMMUTABLE = "private, max-age=31536000, immutable"
_SCOPE = "https://www.googleapis.com/auth/cloud-platform"
_VENDOR_ERRORS = (GoogleAPIError, GoogleAuthError, InvalidResponse, DataCorruption, requests.RequestException)
_THREADS = 8
# Seconds to connect and between two reads; and how long one operation is tried again. An outage shows in seconds.
_TIMEOUT = (3.0, 30.0)
_RETRY = DEFAULT_RETRY.with_timeout(10.0).with_delay(initial=0.3, maximum=3.0, multiplier=2.0)
_SIGNING_SECONDS = 15.0
_KEPT_URLS = 2_000

# Of a stream, sent or read at a time; a multiple of 256 KiB.
_PIECE = 2 << 20

StreamWriter = Callable[[IO[bytes], Callable[[str], IO[bytes]]], None]
_T = TypeVar("_T")


class Storage:
    """One bucket. The vendor's client blocks, so every call runs on one of a few threads of its own."""

    def __init__(
        self,
        bucket: str,
        *,
        endpoint: str | None = None,
        public_endpoint: str | None = None,
        credentials: Path | google.auth.credentials.Credentials | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`endpoint` None is Google; `public_endpoint` is where browsers reach signed URLs (None: the same).

        `credentials` is a file, or None for the platform's own, which may have no private key.
        """
        self._bucket_name = bucket
        self._endpoint = endpoint
        self._public_endpoint = public_endpoint or endpoint
        self._given = credentials
        self._clock = clock
        self._credentials: google.auth.credentials.Credentials | None = None
        self._client: Any = None
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="storage")
        self._connecting = asyncio.Lock()
        self._urls: dict[tuple[str, int, str | None], tuple[str, float]] = {}

    async def upload(
        self,
        content: Path | bytes,
        name: str,
        content_type: str,
        *,
        cache_control: str = IMMUTABLE,
        download_as: str | None = None,
    ) -> int:
        """Stores the object unless it is there already; returns its generation either way.

        So a name must stand for its content: uploading other bytes under it changes nothing. `download_as` makes
        browsers save it under that name.
        """

        def call(bucket: Any) -> int:
            blob = bucket.blob(name)
            blob.cache_control = cache_control
            blob.content_disposition = _disposition(download_as)
            options = {
                "content_type": content_type,
                "if_generation_match": 0,
                "checksum": "crc32c",
                "timeout": _TIMEOUT,
                "retry": _RETRY,
            }
            try:
                if isinstance(content, bytes):
                    blob.upload_from_string(content, **options)
                else:
                    blob.upload_from_filename(str(content), **options)
            except PreconditionFailed:
                blob.reload(timeout=_TIMEOUT, retry=_RETRY)
            return int(blob.generation)

        return await self._run(call)

    async def upload_stream(
        self, write: StreamWriter, name: str, content_type: str, *, download_as: str | None = None
    ) -> tuple[int, int]:
        """Stores what `write` writes, as it comes: neither memory nor disk holds it whole. Its generation and size.

        `write` runs on a thread; it gets the stream to write to and a function that opens other objects to read.
        If it raises, nothing is stored. An object of that name stays as it is, as with `upload`.
        """

        def call(bucket: Any) -> tuple[int, int]:
            blob = bucket.blob(name)
            blob.cache_control = IMMUTABLE
            blob.content_disposition = _disposition(download_as)
            options = {"content_type": content_type, "if_generation_match": 0, "timeout": _TIMEOUT, "retry": _RETRY}
            stream = blob.open("wb", chunk_size=_PIECE, ignore_flush=True, **options)
            try:
                write(stream, lambda other: bucket.blob(other).open("rb", chunk_size=_PIECE, timeout=_TIMEOUT))
                stream.close()
            except PreconditionFailed:  # it is there already
                _abandon(stream)
            except BaseException:
                _abandon(stream)
                raise
            blob.reload(timeout=_TIMEOUT, retry=_RETRY)
            return int(blob.generation), int(blob.size)

        return await self._run(call)

    async def download(self, name: str) -> bytes:
        """The object's bytes. Raises `NotFound` when there is no such object."""
        try:
            return await self._run(
                lambda bucket: bytes(bucket.blob(name).download_as_bytes(timeout=_TIMEOUT, retry=_RETRY))
            )
        except _Missing as error:
            raise NotFound("This file is not in the store any more.") from error

    async def exists(self, name: str) -> bool:
        """Whether there is such an object."""
        return await self._run(lambda bucket: bool(bucket.blob(name).exists(timeout=_TIMEOUT, retry=_RETRY)))

    async def delete(self, name: str) -> None:
        """Removes the object; fine when there is none."""
        try:
            await self._run(lambda bucket: bucket.blob(name).delete(timeout=_TIMEOUT, retry=_RETRY))
        except _Missing:
            return

    async def delete_folder(self, folder: str) -> int:
        """Removes every object whose name begins so; `folder` ends with a slash. Returns how many there were."""
        if not folder.endswith("/"):
            raise ValueError("a folder's name ends with a slash")

        def names(bucket: Any) -> list[str]:
            found = bucket.client.list_blobs(bucket, prefix=folder, timeout=_TIMEOUT, retry=_RETRY)
            return [str(blob.name) for blob in found]

        found = await self._run(names)
        await asyncio.gather(*(self.delete(name) for name in found))
        return len(found)

    async def signed_url(self, name: str, *, minutes: int = 60, download_as: str | None = None) -> str:
        """A link anyone can read the object with, valid for at least half of `minutes` (at most 7 days) from now.

        `download_as` makes a browser save it under that name. Does not look whether the object exists.
        """
        key = (name, minutes, download_as)
        kept = self._urls.get(key)
        if kept and kept[1] > self._clock():
            return kept[0]
        try:
            async with asyncio.timeout(_SIGNING_SECONDS):
                url = await self._run(lambda bucket: self._sign(bucket.blob(name), minutes, download_as))
        except TimeoutError as error:
            raise StorageUnavailable("A link to the file could not be made just now. Try again in a minute.") from error
        self._keep(key, url, minutes)
        return url

    async def ping(self) -> None:
        """Raises `StorageUnavailable` when the bucket cannot be read."""
        await self._run(
            lambda bucket: list(bucket.client.list_blobs(bucket, max_results=1, timeout=(2.0, 4.0), retry=None))
        )

    def close(self) -> None:
        """Ends the threads; calls under way are not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        if self._client is not None:
            self._client.close()

    async def _run(self, call: Callable[[Any], _T]) -> _T:
        loop = asyncio.get_running_loop()
        with _as_ours():
            async with self._connecting:
                if self._client is None:
                    self._client = await loop.run_in_executor(self._threads, self._connect)
            return await loop.run_in_executor(self._threads, call, self._client.bucket(self._bucket_name))

    def _connect(self) -> Any:
        credentials = self._given
        if not isinstance(credentials, google.auth.credentials.Credentials):
            credentials = _load_credentials(credentials)
        self._credentials = credentials
        # Credentials of another cloud than Google's own say so; then nothing is looked up at Google.
        options = {"universe_domain": getattr(credentials, "universe_domain", None)}
        if self._endpoint:
            options["api_endpoint"] = self._endpoint
        # The project matters for making buckets only, which is not done here.
        return Client(project="unused", credentials=credentials, client_options=options)

    def _sign(self, blob: Any, minutes: int, download_as: str | None) -> str:
        return str(
            blob.generate_signed_url(
                version="v4",
                method="GET",
                expiration=timedelta(minutes=minutes),
                response_disposition=_disposition(download_as),
                api_access_endpoint=self._public_endpoint,
                **_signer(self._credentials),
            ),
        )

    def _keep(self, key: tuple[str, int, str | None], url: str, minutes: int) -> None:
        now = self._clock()
        if len(self._urls) >= _KEPT_URLS:
            self._urls = {key: kept for key, kept in self._urls.items() if kept[1] > now}
        if len(self._urls) < _KEPT_URLS:
            self._urls[key] = (url, now + minutes * 30)


def _disposition(download_as: str | None) -> str | None:
    return f"attachment; filename*=UTF-8''{quote(download_as, safe='')}" if download_as else None


def _abandon(stream: Any) -> None:
    """Ends an upload without an object."""
    try:
        stream.terminate()
    except _VENDOR_ERRORS:  # what is half sent is dropped by the store after a week
        pass
    finally:
        # A stream left open would finish its upload when it is collected as garbage.
        stream._buffer.close()  # noqa: SLF001 - `close` itself would store the half


class _Missing(StorageUnavailable):
    """404: the object; or, when storing, the bucket."""


@contextmanager
def _as_ours() -> Iterator[None]:
    """The vendor's errors end here."""
    try:
        yield
    except ObjectNotFound as error:
        raise _Missing("The file store has no place for this file. Ask your operator to check its bucket.") from error
    except _VENDOR_ERRORS as error:
        raise StorageUnavailable("The file store cannot be reached just now. Try again in a minute.") from error


def _load_credentials(file: Path | None) -> google.auth.credentials.Credentials:
    if file is None:
        credentials, _ = google.auth.default(scopes=[_SCOPE])
    else:
        load: Any = google.auth.load_credentials_from_file  # untyped in google-auth
        credentials, _ = load(str(file), scopes=[_SCOPE])
    return credentials


def _signer(credentials: Any) -> dict[str, Any]:
    """Who signs: the private key at hand, or else IAM in the account's name."""
    if isinstance(credentials, google.auth.credentials.Signing):
        return {"credentials": credentials}
    if not credentials.valid:
        credentials.refresh(Request())
    return {"service_account_email": credentials.service_account_email, "access_token": credentials.token}
