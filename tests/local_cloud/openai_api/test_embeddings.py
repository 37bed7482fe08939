"""Embeddings through OpenAI's client, and the encoder against its own fp32 graph."""

from pathlib import Path

import httpx
import numpy as np
import openai
import pytest

from local_cloud.openai_api import minilm
from local_cloud.openai_api.embedder import Embedder
from local_cloud.openai_api.onnx_session import OnnxSession

TEXTS = [
    "A cell membrane is made of lipids and proteins.",
    "Phospholipids form the plasma membrane of every cell.",
    "The stock market fell sharply today.",
    "How do plants make sugar?",
    "Photosynthesis turns light, water and carbon dioxide into glucose and oxygen. " * 6,
]


@pytest.fixture(scope="module")
def vectors(client: openai.OpenAI) -> np.ndarray:
    """The texts' vectors as the official client decodes them (it asks for base64)."""
    answer = client.embeddings.create(model="all-minilm-l6-v2", input=TEXTS)
    return np.array([item.embedding for item in answer.data])


@pytest.fixture(scope="module")
def client(server: str) -> openai.OpenAI:
    """One client for the module."""
    return openai.OpenAI(base_url=f"{server}/v1", api_key="any", max_retries=0)


def test_vectors_are_unit_length_and_384_wide(vectors: np.ndarray) -> None:
    """As every MiniLM vector is."""
    assert vectors.shape == (len(TEXTS), 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


def test_related_texts_are_near(vectors: np.ndarray) -> None:
    """Membranes are near membranes and far from the stock market."""
    near, far = vectors[0] @ vectors[1], vectors[0] @ vectors[2]
    assert near > 0.5
    assert far < 0.2


def test_floats_and_base64_say_the_same(client: openai.OpenAI, vectors: np.ndarray) -> None:
    """Both encodings carry the same numbers."""
    answer = client.embeddings.create(model="m", input=TEXTS, encoding_format="float")
    assert np.allclose([item.embedding for item in answer.data], vectors, atol=1e-6)


def test_one_text_alone_is_embedded_as_in_a_batch(client: openai.OpenAI, vectors: np.ndarray) -> None:
    """Neither the batch nor its order changes a text's vector noticeably."""
    answer = client.embeddings.create(model="m", input=TEXTS[3])
    assert float(np.dot(answer.data[0].embedding, vectors[3])) > 0.99
    assert answer.usage.prompt_tokens == 8


@pytest.mark.parametrize("wrong", [[], "", ["fine", ""]])
def test_empty_input_is_refused(client: openai.OpenAI, wrong: str | list[str]) -> None:
    """With OpenAI's status and a sentence."""
    with pytest.raises(openai.BadRequestError, match="empty"):
        client.embeddings.create(model="m", input=wrong)


def test_another_width_is_refused(server: str) -> None:
    """A model of 384 dimensions does not pretend to have 1,536."""
    answer = httpx.post(f"{server}/v1/embeddings", json={"model": "m", "input": "a", "dimensions": 1536})
    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == "dimensions"


def test_int8_agrees_with_fp32(tmp_path: Path) -> None:
    """Quantised and plain graphs give nearly the same vectors: cosine at least 0.99."""
    quantised = Embedder(tmp_path, threads=2)
    plain = Embedder(tmp_path, threads=2)
    quantised.embed(["load"])
    plain.embed(["load"])
    plain._session = OnnxSession(minilm.build_graph(minilm.read_weights()))
    cosines = np.sum(quantised.embed(TEXTS)[0] * plain.embed(TEXTS)[0], axis=1)
    assert cosines.min() >= 0.99
