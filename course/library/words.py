"""Texts as weighted words (BM25): stemmed, without stop words; Qdrant adds how rare each word is."""

from typing import Any

_AVERAGE_WORDS = 140.0
# How questions are put, not what they are about.
_FRAMING = (
    "what who which when where why how many much does do is are can tell explain describe define definition mean means "
    "meant meaning called term name list identify discuss compare difference differ following statement best true "
    "false example give cause occur happen happens function role purpose process work works important type kind use"
)


class Words:
    """BM25 vectors of documents and queries, and how much of a query a text says."""

    def __init__(self) -> None:
        from qdrant_edge import Bm25, Bm25Config

        self._bm25 = Bm25(Bm25Config(language="english", avg_len=_AVERAGE_WORDS))
        self._framing = set(self._bm25.embed_query(_FRAMING).indices)

    def of_document(self, text: str) -> Any:
        """The sparse vector to store."""
        return _sparse(self._bm25.embed_document(text))

    def of_query(self, text: str) -> Any:
        """The sparse vector to search with."""
        return _sparse(self._bm25.embed_query(text))

    def overlap(self, query: str, text: str) -> float:
        """The share of the query's words that the text says, from 0 to 1; how the question is put does not count."""
        asked = set(self._bm25.embed_query(query).indices)
        asked = asked - self._framing or asked
        said = set(self._bm25.embed_query(text).indices)
        return len(asked & said) / len(asked) if asked else 0.0


def _sparse(vector: Any) -> Any:
    from qdrant_client import models

    return models.SparseVector(indices=vector.indices, values=vector.values)
