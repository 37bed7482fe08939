"""What courses and their sources say, found by meaning and by words; always within one course."""

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from course.embeddings import Embeddings
from course.library.collection import DENSE, SPARSE, Collection
from course.library.points import (
    Entry,
    PassageHit,
    SlideHit,
    entries_of_edition,
    entries_of_source,
    searchable,
)
from course.library.words import Words
from course.models.outline import Course
from course.models.source import Passage
from course.usage import Usage

_BATCH = 64
_DEPTH = 40
_MOST_SOURCES = 10_000


class Library:
    """The index over Qdrant. Indexing is idempotent; what did not change is not embedded again."""

    def __init__(
        self,
        embeddings: Embeddings,
        *,
        url: str | None = None,
        api_key: str | None = None,
        folder: Path | None = None,
        usage: Usage | None = None,
    ) -> None:
        """Qdrant is a server's `url`, or a `folder` that this process alone may open.

        What searching takes is noted in `usage`; what indexing takes is given back to the caller.
        """
        self.model = embeddings.model
        self._embeddings = embeddings
        self._collection = Collection(embeddings.model, url=url, api_key=api_key, folder=folder)
        self._words = Words()
        self._usage = usage

    async def search_slides(self, course_id: UUID, revision: int, query: str, *, limit: int = 8) -> list[SlideHit]:
        """The slides of that edition that fit the query, the best first; a slide at most once."""
        conditions = {"course_id": str(course_id), "kind": "slide", "revision": revision}
        hits: dict[UUID, SlideHit] = {}
        for found in await self._search(conditions, query, limit * 2):
            hit = SlideHit.model_validate(_fields(SlideHit, found))
            hits.setdefault(hit.slide_id, hit)
        return list(hits.values())[:limit]

    async def search_passages(self, course_id: UUID, query: str, *, limit: int = 8) -> list[PassageHit]:
        """The passages of the course's sources that fit the query, the best first."""
        conditions = {"course_id": str(course_id), "kind": "passage"}
        found = await self._search(conditions, query, limit)
        return [PassageHit.model_validate(_fields(PassageHit, one)) for one in found]

    async def index_edition(self, course: Course, revision: int) -> int:
        """Puts the slides of an edition into the index; returns the tokens embedded. Earlier editions stay."""
        return await self._index(list(entries_of_edition(course, revision)), {"course_id": str(course.id)})

    async def index_source(self, course_id: UUID, source_id: UUID, passages: Sequence[Passage]) -> int:
        """Puts the passages of a source into the index; returns the tokens embedded."""
        entries = list(entries_of_source(course_id, source_id, list(passages)))
        return await self._index(entries, {"course_id": str(course_id), "source_id": str(source_id)})

    async def remove_editions_before(self, course_id: UUID, revision: int) -> None:
        """Removes the slides of the course's earlier editions."""
        from qdrant_client import models

        earlier = models.FieldCondition(key="revision", range=models.Range(lt=revision))
        await self._delete({"course_id": str(course_id), "kind": "slide"}, [earlier])

    async def sources(self, course_id: UUID) -> set[UUID]:
        """The sources of the course of which there are passages."""
        await self._open()
        only = _filter({"course_id": str(course_id), "kind": "passage"})
        found = await self._collection.call(
            "facet", key="source_id", facet_filter=only, limit=_MOST_SOURCES, exact=True
        )
        return {UUID(hit.value) for hit in found.hits}

    async def remove_source(self, course_id: UUID, source_id: UUID) -> None:
        """Removes the passages of a source."""
        await self._delete({"course_id": str(course_id), "source_id": str(source_id)})

    async def remove_course(self, course_id: UUID) -> None:
        """Removes everything of a course."""
        await self._delete({"course_id": str(course_id)})

    async def count(self, course_id: UUID | None = None) -> int:
        """How many points there are, of one course or of all."""
        await self._open()
        conditions = {"course_id": str(course_id)} if course_id else {}
        counted = await self._collection.call("count", count_filter=_filter(conditions), exact=True)
        return int(counted.count)

    async def ping(self) -> None:
        """Raises `Unavailable` when Qdrant does not answer."""
        await self._collection.ping()

    async def close(self) -> None:
        """Gives the connection or the folder back."""
        await self._collection.close()

    async def _open(self) -> None:
        await self._collection.open(await self._embeddings.width())

    async def _search(self, conditions: dict[str, Any], query: str, limit: int) -> list[dict[str, Any]]:
        """Payload with score, cosine and overlap of the points that meet the conditions."""
        text = searchable(query)
        if not text:
            return []
        await self._open()
        embedded = await self._embeddings.embed([text])
        await self._charge(UUID(conditions["course_id"]), embedded.tokens)
        dense = embedded.vectors[0]
        answer = await self._collection.call("query_points", **self._fused(conditions, text, dense, limit))
        return [
            point.payload
            | {
                "score": point.score,
                "cosine": _cosine(point.vector[DENSE], dense),
                "overlap": self._words.overlap(text, _said(point.payload)),
            }
            for point in answer.points
        ]

    async def _charge(self, course_id: UUID, tokens: int) -> None:
        """Notes what a question took. Nothing is set aside for it: a thousand of them cost a tenth of a cent."""
        if self._usage is not None and tokens and not self._usage.prices.is_free(self.model):
            await self._usage.record("embedding", self.model, tokens, course_id=course_id)

    def _fused(self, conditions: dict[str, Any], text: str, dense: list[float], limit: int) -> dict[str, Any]:
        from qdrant_client import models

        # In each prefetch: an outer filter alone would fuse what other courses found.
        only = _filter(conditions)
        words = self._words.of_query(text)
        return {
            "prefetch": [
                models.Prefetch(query=dense, using=DENSE, filter=only, limit=_DEPTH),
                models.Prefetch(query=words, using=SPARSE, filter=only, limit=_DEPTH),
            ],
            "query": models.FusionQuery(fusion=models.Fusion.RRF),
            "query_filter": only,
            "limit": limit,
            "with_payload": True,
            "with_vectors": [DENSE],
        }

    async def _index(self, entries: list[Entry], conditions: dict[str, Any]) -> int:
        await self._open()
        known = await self._known(conditions)
        tokens = 0
        fresh = [entry for entry in entries if known.get(str(entry.id), ("", None))[0] != entry.digest]
        vectors = {digest: vector for digest, vector in known.values() if vector is not None}
        for start in range(0, len(fresh), _BATCH):
            tokens += await self._put(fresh[start : start + _BATCH], vectors)
        return tokens

    async def _known(self, conditions: dict[str, Any]) -> dict[str, tuple[str, list[float] | None]]:
        """Digest and vector of the points that are there, by id."""
        known: dict[str, tuple[str, list[float] | None]] = {}
        offset = None
        while True:
            points, offset = await self._collection.call(
                "scroll",
                scroll_filter=_filter(conditions),
                limit=256,
                offset=offset,
                with_payload=["digest"],
                with_vectors=[DENSE],
            )
            known |= {str(point.id): (point.payload.get("digest", ""), point.vector[DENSE]) for point in points}
            if offset is None:
                return known

    async def _put(self, entries: list[Entry], vectors: dict[str, list[float]]) -> int:
        """Writes a batch, embedding only texts that no point has yet."""
        from qdrant_client import models

        new = {entry.digest: entry.text for entry in entries if entry.digest not in vectors}
        embedded = await self._embeddings.embed(list(new.values()))
        vectors |= dict(zip(new, embedded.vectors, strict=True))
        points = [
            models.PointStruct(
                id=str(entry.id),
                vector={DENSE: vectors[entry.digest], SPARSE: self._words.of_document(entry.text)},
                payload=entry.payload | {"digest": entry.digest},
            )
            for entry in entries
        ]
        await self._collection.call("upsert", points=points, wait=True)
        return embedded.tokens

    async def _delete(self, conditions: dict[str, Any], further: Iterable[Any] = ()) -> None:
        from qdrant_client import models

        await self._open()
        selector = models.FilterSelector(filter=_filter(conditions, further))
        await self._collection.call("delete", points_selector=selector, wait=True)


def _cosine(stored: list[float], asked: list[float]) -> float:
    """Stored vectors have unit length."""
    return sum(one * other for one, other in zip(stored, asked, strict=True)) / (math.hypot(*asked) or 1.0)


def _said(payload: dict[str, Any]) -> str:
    headings = (payload.get("heading"), payload.get("lesson_title"), payload.get("slide_title"))
    return " ".join([*filter(None, headings), payload["text"]])


def _fields(hit: type[SlideHit | PassageHit], payload: dict[str, Any]) -> dict[str, Any]:
    return {name: payload[name] for name in hit.model_fields if name in payload}


def _match(field: str, value: str | int) -> Any:
    from qdrant_client import models

    return models.FieldCondition(key=field, match=models.MatchValue(value=value))


def _filter(conditions: dict[str, Any], further: Iterable[Any] = ()) -> Any:
    from qdrant_client import models

    return models.Filter(must=[*(_match(field, value) for field, value in conditions.items()), *further])
