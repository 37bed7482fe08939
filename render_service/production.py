"""The whole of a lesson's film: pictures drawn, narration spoken, everything encoded as it comes, files written."""

import asyncio
import io
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PIL import Image

from course.models.rendering import RenderOrder, Stage
from render_service.assignment import CAPTIONS, POSTER, VIDEO, Production, Report
from render_service.captions import web_vtt
from render_service.narration import Voice, narrate
from render_service.sentences import sentences
from render_service.slides.deck import Picture, draw_deck
from render_service.sound_codec import encode_sound
from render_service.speech import Speaker
from render_service.timeline import Timeline, plan

if TYPE_CHECKING:
    from render_service.film import EncodedScene

_In = TypeVar("_In")
_Out = TypeVar("_Out")

# Shares of the work as measured with a voice on the same machine; a remote voice has the same order of size.
_DRAWN, _SPOKEN, _ENCODED = 0.03, 0.85, 0.97


@dataclass
class _Progress:
    """Counts work done; speech counts most, for it takes longest."""

    report: Report
    characters: int
    parts: int
    spoken: int = 0
    encoded: int = 0

    def heard(self, characters: int) -> None:
        self.spoken += characters
        self._tell()

    def part_done(self) -> None:
        self.encoded += 1
        self._tell()

    def _tell(self) -> None:
        speech = (_SPOKEN - _DRAWN) * self.spoken / max(1, self.characters)
        rest = (_ENCODED - _SPOKEN) * self.encoded / max(1, self.parts)
        self.report(Stage.SPEECH if self.spoken < self.characters else Stage.FILM, _DRAWN + speech + rest)


async def produce(order: RenderOrder, speaker: Speaker, folder: Path, report: Report) -> Production:
    """Writes the film, its captions and its poster into the folder.

    Raises what drawing and speaking raise: `Invalid` for a lesson that cannot become a film, `Unavailable`
    when trying again can help.
    """
    report(Stage.PICTURES, 0.0)
    pictures = draw_deck(order)
    report(Stage.PICTURES, _DRAWN)
    (folder / POSTER).write_bytes(_jpeg(pictures[0].image))
    characters = sum(len(sentence.text) for slide in order.slides for sentence in sentences(slide.narration))
    progress = _Progress(report, characters, 2 * len(pictures) + len(order.slides))
    with ThreadPoolExecutor(2, thread_name_prefix="encode") as pool:
        try:
            voices, encoded, sounds = await _make_parts(order, speaker, pictures, _Encoders(pool, progress), progress)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    timeline = plan(voices, pictures)
    _write(order, folder, timeline, encoded, sounds)
    report(Stage.FILM, 1.0)
    return Production(duration_seconds=timeline.seconds, cues=list(timeline.cues), speech_characters=characters)


class _Encoders:
    """Threads that encode while the voice speaks; each part done is counted."""

    def __init__(self, pool: ThreadPoolExecutor, progress: _Progress) -> None:
        self._pool = pool
        self._progress = progress

    def start(self, work: Callable[[_In], _Out], item: _In) -> asyncio.Task[_Out]:
        """The work on its way."""
        return asyncio.create_task(self._run(work, item))

    async def _run(self, work: Callable[[_In], _Out], item: _In) -> _Out:
        result = await asyncio.get_running_loop().run_in_executor(self._pool, work, item)
        self._progress.part_done()
        return result


async def _make_parts(
    order: RenderOrder, speaker: Speaker, pictures: list[Picture], encoders: _Encoders, progress: _Progress
) -> tuple[list[Voice], list["EncodedScene"], list[list[bytes]]]:
    """Pictures are encoded while the voice speaks, each slide's sound as soon as it is spoken."""
    scenes = asyncio.create_task(_encode_pictures(pictures, encoders))
    pages = [sum(picture.slide == slide for picture in pictures) for slide in range(len(order.slides))]
    voices: list[Voice] = []
    sounds: list[asyncio.Task[list[bytes]]] = []
    try:
        async for voice in narrate(order.slides, pages, speaker, progress.heard):
            voices.append(voice)
            sounds.append(encoders.start(encode_sound, voice.samples))
        return voices, await scenes, [await sound for sound in sounds]
    finally:
        for task in (scenes, *sounds):
            task.cancel()


async def _encode_pictures(pictures: list[Picture], encoders: _Encoders) -> list["EncodedScene"]:
    film, scenes = await asyncio.to_thread(_import_encoding)
    size = pictures[0].image.size
    chain = encoders.start(lambda size: film.still_chain(*size), size)
    encoded = [
        encoders.start(film.encode_scene, scene) for scene in scenes.scenes([picture.image for picture in pictures])
    ]
    await chain
    return [await scene for scene in encoded]


def _import_encoding() -> tuple[Any, Any]:
    """MoviePy and the codecs take most of a second to load, in which the voice can begin to speak."""
    from render_service import film, scenes

    return film, scenes


def _write(
    order: RenderOrder,
    folder: Path,
    timeline: Timeline,
    encoded: Sequence["EncodedScene"],
    sounds: Sequence[Sequence[bytes]],
) -> None:
    from render_service.film import Chapter, write_film

    (folder / CAPTIONS).write_text(web_vtt(timeline.cues, order.language), encoding="utf-8")
    ends = [*timeline.slide_starts[1:], timeline.seconds]
    write_film(
        folder / VIDEO,
        list(zip(encoded, timeline.scene_lengths(), strict=True)),
        sounds,
        size=(order.width, order.height),
        title=f"{order.lesson_number} {order.lesson_title}",
        chapters=[
            Chapter(slide.title, start, end)
            for slide, start, end in zip(order.slides, timeline.slide_starts, ends, strict=True)
        ],
    )


def _jpeg(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=88, optimize=True, progressive=True)
    return file.getvalue()
