"""The press draws pictures on request: for the chat alone, beside a film, and never too much at once."""

import asyncio
import os
from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest
from PIL import Image

from course.errors import Busy
from course.models.picture import PictureOrder
from course.models.rendering import JobState
from course.press import Press
from course.rendering.picture_shelf import PictureShelf
from course.rendering.sheets import order_sheets
from course.storage import Storage
from local_cloud.identity.authority import PRODUCT, Authority
from render_service.pictures import MOST_BYTES, Pictures, web_picture
from tests.fixtures.press import INVOKER, Service
from tests.render_service.conftest import Desk, short_order
from tests.render_service.lessons import order
from tests.render_service.test_job import LONG


async def _asked(service: Service, token: str, content: bytes) -> int:
    async with httpx.AsyncClient() as client:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        return (await client.post(f"{service.url}/pictures", content=content, headers=headers)).status_code


async def test_only_the_chat_may_ask(start_service: Callable[..., Service], identity: Authority) -> None:
    """The queue's own token opens the other door only; what is no order is refused."""
    service = start_service()
    wish = PictureOrder(course_id=uuid4(), sheets=order_sheets(short_order())).model_dump_json().encode()
    chat = identity.id_token(PRODUCT, service.url)
    assert await _asked(service, identity.id_token(INVOKER, service.url), wish) == 403
    assert await _asked(service, identity.id_token(PRODUCT, "http://elsewhere"), wish) == 401
    assert await _asked(service, "nonsense", wish) == 401
    assert await _asked(service, chat, b"{}") == 422
    assert await _asked(service, chat, wish) == 200


async def test_pictures_come_while_a_film_is_made(
    start_service: Callable[..., Service], desk: Desk, identity: Authority
) -> None:
    """The film neither holds them up nor is it given up for them."""
    service = start_service()
    job_id = await desk.put(short_order(LONG))
    task = asyncio.create_task(service.deliver(job_id, identity.id_token(INVOKER, service.url)))
    async with asyncio.timeout(60):
        while (await desk.look(job_id)).state != JobState.RUNNING:  # noqa: ASYNC110 - another process makes it so
            await asyncio.sleep(0.05)
    press = Press(service.url, credentials=identity.credentials)
    drawn = await press.draw(uuid4(), order_sheets(order()))
    assert (await desk.look(job_id)).state == JobState.RUNNING
    assert [len(picture.pages) for picture in drawn] == [1] * len(order().slides)
    service.process.terminate()
    await task
    await press.close()


async def test_more_than_it_can_draw_is_sent_back(object_store: Storage) -> None:
    """Orders beyond the bound are refused at once, and taken again when the others are done."""
    pictures = Pictures(PictureShelf(object_store))
    wish = PictureOrder(course_id=uuid4(), sheets=order_sheets(order()))
    answers = await asyncio.gather(*(pictures.check(wish) for _ in range(10)), return_exceptions=True)
    assert any(isinstance(answer, Busy) for answer in answers)
    assert sum(isinstance(answer, list) for answer in answers) == 6
    assert len(await pictures.check(wish)) == len(wish.sheets)
    pictures.stop()


@pytest.mark.parametrize("content", ["noise", "flat"])
def test_a_picture_for_the_web_is_small(content: str) -> None:
    """Lossless where that is small, and never large, whatever the picture."""
    size = (1280, 720)
    image = Image.frombytes("RGB", size, os.urandom(size[0] * size[1] * 3)) if content == "noise" else None
    assert len(web_picture((image or Image.new("RGB", size, (9, 9, 9))).reduce(2).resize(size))) <= MOST_BYTES
