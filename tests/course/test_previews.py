"""Pictures of slides: drawn by the press once, known by their content, and missed without harm."""

import http.server
import io
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from uuid import UUID, uuid4

import pytest
from PIL import Image

from course.authoring import Authoring
from course.database import Database
from course.errors import NotFound, Unavailable
from course.lessons import Lessons
from course.models.picture import PictureProblem
from course.press import Press
from course.previews import Previews
from course.rendering.orders import render_order
from course.rendering.picture_shelf import PictureShelf
from course.rendering.sheets import order_sheets
from course.storage import Storage
from local_cloud.identity.authority import Authority
from local_cloud.ports import free_port
from render_service.slides.sheet import draw_sheet
from tests.fixtures.course import lesson_draft
from tests.fixtures.press import Service


@pytest.fixture
async def preview(
    database: Database, object_store: Storage, identity: Authority
) -> AsyncIterator[Callable[[str], Previews]]:
    """Previews of a chat that has just started and knows the press at an address."""
    presses: list[Press] = []

    def make(url: str) -> Previews:
        presses.append(Press(url, credentials=identity.credentials))
        return Previews(database, PictureShelf(object_store), presses[-1])

    yield make
    for press in presses:
        await press.close()


@pytest.fixture
async def written(authoring: Authoring, lessons: Lessons, cells: UUID, ann: UUID) -> UUID:
    """Lesson 1.1 of Ann's course, with three slides."""
    lesson = (await authoring.outline(ann, cells)).lessons[0]
    await lessons.write(ann, cells, lesson.id, lesson_draft("Lipids", "Tails", "Heads"), "Wrote lesson 1.1")
    return lesson.id


def _nowhere() -> str:
    return f"http://127.0.0.1:{free_port()}"


async def test_a_lesson_is_drawn_once_and_as_its_film(
    start_service: Callable[..., Service],
    preview: Callable[[str], Previews],
    object_store: Storage,
    authoring: Authoring,
    lessons: Lessons,
    cells: UUID,
    written: UUID,
    ann: UUID,
) -> None:
    """The very pictures of the film, in the bucket; found again without a press; after an edit only the new drawn."""
    service = start_service()
    drawn = await preview(service.url).pictures(ann, cells, written)
    assert drawn.trouble is None
    pictures = [slide.picture for slide in drawn.slides]
    lesson = await authoring.lesson(ann, cells, written)
    assert [slide.slide_id for slide in drawn.slides] == [slide.id for slide in lesson.slides]
    order = render_order(await authoring.outline(ann, cells), lesson, speech_model="m", voice="v")
    for picture, sheet in zip(pictures, order_sheets(order), strict=True):
        assert picture is not None
        assert picture.findings == []
        content = await object_store.download(picture.pages[0].name)
        assert len(content) <= 60_000
        assert Image.open(io.BytesIO(content)).convert("RGB").tobytes() == draw_sheet(sheet).pages[0].image.tobytes()

    assert await preview(_nowhere()).pictures(ann, cells, written) == drawn
    await lessons.write(ann, cells, written, lesson_draft("Lipids", "Tails and more", "Heads"), "Changed a slide")
    alone = await preview(_nowhere()).pictures(ann, cells, written)
    assert [slide.picture for slide in alone.slides] == [pictures[0], None, pictures[2]]
    assert alone.trouble is not None
    mended = await preview(service.url).pictures(ann, cells, written)
    assert mended.slides[0].picture == pictures[0]
    assert mended.slides[1].picture is not None
    assert mended.slides[1].picture != pictures[1]


async def test_findings_are_asked_for_without_drawing(
    start_service: Callable[..., Service],
    preview: Callable[[str], Previews],
    lessons: Lessons,
    cells: UUID,
    written: UUID,
    ann: UUID,
) -> None:
    """A whole course's at once; what is known needs no press; without one, what is not known is said to be missing."""
    service = start_service()
    long = "A point that goes on and on until nobody can read it any more on a slide like this. " * 7
    draft = lesson_draft("Lipids", long[:150])
    body = draft.slides[1].body.model_copy(update={"points": [long[:500]] * 6})
    slides = [draft.slides[0], draft.slides[1].model_copy(update={"body": body})]
    await lessons.write(ann, cells, written, draft.model_copy(update={"slides": slides}), "Made it too long")
    previews = preview(service.url)
    found = await previews.findings(ann, cells)
    good, bad = found.values()
    assert good == []
    assert {finding.kind for finding in bad} == {PictureProblem.OVERFLOW}

    service.process.kill()
    assert await previews.findings(ann, cells, written) == found
    with pytest.raises(Unavailable):
        await preview(service.url).findings(ann, cells)


async def test_pictures_are_for_those_who_edit_the_course(
    preview: Callable[[str], Previews],
    object_store: Storage,
    authoring: Authoring,
    cells: UUID,
    written: UUID,
    ann: UUID,
    eve: UUID,
    lee: UUID,
) -> None:
    """Nobody else sees any, not even an editor of another course who knows a picture's name."""
    previews, key = preview(_nowhere()), "ab" * 32
    await PictureShelf(object_store).put(cells, key, [b"picture"], [])
    assert (await previews.page(ann, cells, key, 0)).generation > 0
    others = await authoring.create(eve)
    for actor, course_id, place in ((eve, cells, 0), (lee, cells, 0), (eve, others, 0), (ann, cells, 1)):
        with pytest.raises(NotFound):
            await previews.page(actor, course_id, key, place)
    for actor in (eve, lee):
        with pytest.raises(NotFound):
            await previews.pictures(actor, cells, written)
        with pytest.raises(NotFound):
            await previews.findings(actor, cells)


async def test_a_courses_pictures_go_with_it(object_store: Storage) -> None:
    """All of them, and no other course's."""
    shelf, (gone, kept), keys = PictureShelf(object_store), (uuid4(), uuid4()), [f"{n:064x}" for n in range(3)]
    for course_id in (gone, kept):
        for key in keys:
            await shelf.put(course_id, key, [b"one", b"two"], [])
    await shelf.clear(gone)
    afresh = PictureShelf(object_store)
    assert [await store.find(gone, key) for store in (shelf, afresh) for key in keys] == [None] * 6
    found = [await afresh.find(kept, key) for key in keys]
    assert [len(picture.pages) for picture in found if picture] == [2, 2, 2]
    assert await object_store.delete_folder(f"pictures/{gone}/") == 0


class _Moody(http.server.BaseHTTPRequestHandler):
    """Answers with the statuses it is given, one after the other, then well."""

    statuses: list[int]
    tokens: list[str]

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.tokens.append(self.headers["Authorization"])
        status = self.statuses.pop(0) if self.statuses else 200
        self.send_response(status)
        self.send_header("Retry-After", "1")
        self.end_headers()
        self.wfile.write(b"[[]]" if status == 200 else b"")

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def moody() -> Iterator[Callable[..., str]]:
    """Starts a press that answers with these statuses first; returns its address."""
    servers: list[http.server.ThreadingHTTPServer] = []

    def start(*statuses: int) -> str:
        _Moody.statuses, _Moody.tokens = list(statuses), []
        servers.append(http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Moody))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


async def test_a_busy_press_is_asked_again_and_a_refusal_is_not(moody: Callable[..., str], identity: Authority) -> None:
    """503 is passing trouble; 403 is not, and asking again would not help. One token serves several calls.

    One that is away is not tried anew by everybody who asks.
    """
    from tests.render_service.test_findings import sheet

    one = [sheet({"layout": "statement", "text": "Cells"})]
    busy = Press(moody(503), credentials=identity.credentials)
    assert await busy.check(uuid4(), one) == [[]]
    assert await busy.check(uuid4(), one) == [[]]
    assert len(_Moody.tokens) == 3
    assert len(set(_Moody.tokens)) == 1
    refusing = Press(moody(403, 403), credentials=identity.credentials)
    with pytest.raises(Unavailable, match="operator"):
        await refusing.check(uuid4(), one)
    assert len(_Moody.tokens) == 1
    away = Press(_nowhere(), credentials=identity.credentials)
    started = time.monotonic()
    with pytest.raises(Unavailable):
        await away.check(uuid4(), one)
    assert time.monotonic() - started < 5
    started = time.monotonic()
    with pytest.raises(Unavailable):
        await away.check(uuid4(), one)
    assert time.monotonic() - started < 0.2
    for press in (busy, refusing, away):
        await press.close()
