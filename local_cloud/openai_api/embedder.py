"""Sentence embeddings by MiniLM: 384 dimensions, mean pooled, unit length."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from local_cloud.openai_api import minilm
from local_cloud.openai_api.onnx_session import OnnxSession, return_memory

MAX_TOKENS = 256  # the length the encoder was trained with; longer text is cut
_BATCH = 8  # larger batches fall out of the cache and are slower per passage

Vectors = npt.NDArray[np.float32]


class Embedder:
    """Loads on first use; safe to call from several threads at once."""

    def __init__(self, folder: Path, threads: int) -> None:
        self._folder = folder
        # A batch per core, one thread per batch: nothing waits inside a batch.
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="embed")
        self._loading = threading.Lock()
        self._session: OnnxSession | None = None
        self._tokenizer: Any = None

    def embed(self, texts: Sequence[str]) -> tuple[Vectors, int]:
        """One row per text, and the number of tokens read."""
        session = self._load()
        encoded = self._tokenizer.encode_batch(list(texts))
        vectors = np.zeros((len(texts), minilm.WIDTH), np.float32)

        def run(rows: list[int]) -> None:
            vectors[rows] = _encode(session, [encoded[row].ids for row in rows])

        list(self._pool.map(run, self._batches([len(one.ids) for one in encoded])))
        return_memory()
        return vectors, sum(len(one.ids) for one in encoded)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _load(self) -> OnnxSession:
        with self._loading:
            if self._session is not None:
                return self._session
            from tokenizers import Tokenizer

            self._tokenizer = Tokenizer.from_str(minilm.read_tokenizer())
            self._tokenizer.no_padding()
            self._tokenizer.enable_truncation(MAX_TOKENS)
            self._session = OnnxSession(minilm.graph_file(self._folder))
            return self._session

    @staticmethod
    def _batches(lengths: list[int]) -> list[list[int]]:
        """Rows of similar length together, the longest first, so little is padded and no core idles at the end."""
        order = sorted(range(len(lengths)), key=lambda row: -lengths[row])
        return [order[start : start + _BATCH] for start in range(0, len(order), _BATCH)]


def _encode(session: OnnxSession, sequences: list[list[int]]) -> Vectors:
    length = max(map(len, sequences))
    ids = np.zeros((len(sequences), length), np.int32)
    mask = np.zeros_like(ids)
    for row, sequence in enumerate(sequences):
        ids[row, : len(sequence)] = sequence
        mask[row, : len(sequence)] = 1
    hidden = session.run({"input_ids": ids, "attention_mask": mask})
    pooled = np.einsum("bld,bl->bd", hidden, mask.astype(np.float32))
    norms = np.linalg.norm(pooled, axis=1, keepdims=True)
    unit: Vectors = (pooled / np.maximum(norms, 1e-12)).astype(np.float32)
    return unit
