"""Qdrant: one collection for all courses, on a server or in a folder.

The client blocks (embedded mode computes in this process), so every call runs on threads of its own;
embedded, on one only, because the folder's database belongs to the thread that opened it.
"""

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from course.errors import Invalid, Unavailable

DENSE = "meaning"
SPARSE = "words"

_KEYWORDS = ("kind", "source_id", "lesson_id")
_TIMEOUT_SECONDS = 10
_SERVER_THREADS = 8
_T = TypeVar("_T")


class Collection:
    """The collection for one embedding model: vectors of different models never meet."""

    def __init__(self, model: str, *, url: str | None, api_key: str | None, folder: Path | None) -> None:
        """Raises `Invalid` unless it is either a server's `url` or a `folder`."""
        if (url is None) == (folder is None):
            raise Invalid(
                "The search index is a Qdrant server (LECTERN_QDRANT_URL) or a folder (LECTERN_QDRANT_FOLDER): "
                "set one of the two, not both, and start again."
            )
        self._model = model
        self._url = url
        self._api_key = api_key
        self._folder = folder
        self._client: Any = None
        self._threads = ThreadPoolExecutor(_SERVER_THREADS if url else 1, thread_name_prefix="qdrant")
        self._opening = asyncio.Lock()
        self._name = ""

    async def open(self, width: int) -> None:
        """Connects, and makes the collection where there is none yet. Cheap when it is open."""
        async with self._opening:
            if not self._name:
                name = f"lectern__{re.sub(r'[^a-z0-9]+', '_', self._model.lower()).strip('_')}_{width}"
                await self._run(lambda: self._ensure(name, width))
                self._name = name

    async def call(self, method: str, **arguments: Any) -> Any:
        """Calls a method of the client on the collection. Raises `Unavailable`."""
        return await self._run(lambda: getattr(self._client, method)(collection_name=self._name, **arguments))

    async def ping(self) -> None:
        """Raises `Unavailable` when Qdrant does not answer."""
        await self._run(lambda: self._connected().get_collections())

    async def close(self) -> None:
        """Closes the client and gives the folder back."""
        if self._client is not None:
            await self._run(self._client.close)
            self._client, self._name = None, ""
        self._threads.shutdown(wait=False)

    async def _run(self, work: Callable[[], _T]) -> _T:
        def guarded() -> _T:
            from qdrant_client.http.exceptions import ApiException

            try:
                return work()
            except (ApiException, OSError) as error:
                raise Unavailable("The search index cannot be reached just now. Try again in a minute.") from error

        return await asyncio.get_running_loop().run_in_executor(self._threads, guarded)

    def _connected(self) -> Any:
        if self._client is None:
            from qdrant_client import QdrantClient

            if self._url:
                self._client = QdrantClient(
                    url=self._url,
                    api_key=self._api_key,
                    timeout=_TIMEOUT_SECONDS,
                    check_compatibility=False,
                )
            else:
                self._client = self._embedded()
        return self._client

    def _embedded(self) -> Any:
        from qdrant_client import QdrantClient

        try:
            return QdrantClient(path=str(self._folder))
        except RuntimeError as error:
            raise Unavailable(
                "The search index is in use by another process. Run one chat process on a folder, or a Qdrant server.",
            ) from error

    def _ensure(self, name: str, width: int) -> None:
        from qdrant_client import models

        client = self._connected()
        if client.collection_exists(name):
            return
        client.create_collection(
            name,
            vectors_config={DENSE: models.VectorParams(size=width, distance=models.Distance.COSINE)},
            sparse_vectors_config={SPARSE: models.SparseVectorParams(modifier=models.Modifier.IDF)},
            # A graph for each course, none over all: searches never leave one.
            hnsw_config=models.HnswConfigDiff(payload_m=16, m=0),
        )
        if self._url:  # embedded mode has no payload indexes
            self._index_payload(client, name)

    @staticmethod
    def _index_payload(client: Any, name: str) -> None:
        from qdrant_client import models

        tenant = models.KeywordIndexParams(type=models.KeywordIndexType.KEYWORD, is_tenant=True)
        client.create_payload_index(name, "course_id", tenant)
        for field in _KEYWORDS:
            client.create_payload_index(name, field, models.PayloadSchemaType.KEYWORD)
        client.create_payload_index(name, "revision", models.PayloadSchemaType.INTEGER)
