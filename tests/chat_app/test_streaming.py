"""A reply while it is written, on Chainlit's own message: `content` is what was shown of it so far."""

import asyncio
import time

import chainlit as cl
import pytest
from chainlit.context import init_http_context

from chat_app.streaming import Streaming

_LONG_ENOUGH = 0.5


@pytest.fixture
async def streaming() -> Streaming:
    """Of an empty message."""
    init_http_context()
    return Streaming(cl.Message(""))


async def _shown(streaming: Streaming, text: str) -> None:
    end = time.monotonic() + _LONG_ENOUGH
    while streaming.message.content != text and time.monotonic() < end:  # noqa: ASYNC110  # a message has no event
        await asyncio.sleep(0.005)
    assert streaming.message.content == text


async def test_the_first_word_is_shown_at_once_and_what_follows_quickly_together(streaming: Streaming) -> None:
    """Nobody waits for the first word; later ones wait a moment, and come although nothing follows them."""
    await streaming.add("The")
    assert streaming.message.content == "The"
    await streaming.add(" cell")
    await streaming.add(" divides")
    assert streaming.message.content == "The"
    await _shown(streaming, "The cell divides")


async def test_a_slow_writer_is_followed_word_by_word(streaming: Streaming) -> None:
    """A word that comes long after the last is shown when it comes."""
    await streaming.add("The")
    await asyncio.sleep(0.06)
    await streaming.add(" cell")
    assert streaming.message.content == "The cell"


async def test_the_end_has_every_word_once(streaming: Streaming) -> None:
    """What was still waiting is in the message that is kept, and is not shown a second time afterwards."""
    for word in ("The", " cell", " divides"):
        await streaming.add(word)
    assert streaming.end().content == "The cell divides"
    await asyncio.sleep(0.08)
    assert streaming.end().content == "The cell divides"
