"""The whole of a lesson's film: pictures drawn, narration spoken, everything encoded as it comes, files written."""

import asyncio
import io
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from course.models.lesson import Part
from course.models.rendering import Cue, RenderOrder, Stage
from render_service.captions import web_vtt
from render_service.film import Chapter, EncodedScene, encode_scene, write_film
from render_service.narration import Voice, narrate
from render_service.picture_codec import still_chain
from render_service.scenes import scenes
from render_service.sentences import sentences
from render_service.slides.deck import Picture, draw_deck
from render_service.sound_codec import encode_sound
from render_service.speech import Speaker
from render_service.timeline import Timeline, plan

Report = Callable[[Stage, float], None]
"""Told what is being done and how much of all work is done, from 0 to 1; never goes back."""

VIDEO, CAPTIONS, POSTER = "video.mp4", "captions.vtt", "poster.jpg"

# Shares of the work as measured with a voice on the same machine; a remote voice has the same order of size.
_DRAWN, _SPOKEN, _ENCODED = 0.03, 0.85, 0.97


class Production(Part):
    """What was made, besides the three files in the folder."""

    duration_seconds: float
    cues: list[Cue]
    speech_characters: int


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

    def part_done(self, _: object = None) -> None:
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
    progress = _Progress(report, characters, 2 * len(pictures) - 1 + len(order.slides))
    with ThreadPoolExecutor(2, thread_name_prefix="encode") as pool:
        try:
            voices, encoded, sounds = await _make_parts(order, speaker, pictures, pool, progress)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    timeline = plan(voices, pictures)
    _write(order, folder, timeline, encoded, sounds)
    report(Stage.FILM, 1.0)
    return Production(duration_seconds=timeline.seconds, cues=list(timeline.cues), speech_characters=characters)


async def _make_parts(
    order: RenderOrder, speaker: Speaker, pictures: list[Picture], pool: ThreadPoolExecutor, progress: _Progress
) -> tuple[list[Voice], list[EncodedScene], list[list[bytes]]]:
    """Pictures are encoded while the voice speaks, each slide's sound as soon as it is spoken."""
    loop = asyncio.get_running_loop()

    def started(call: Future[object]) -> None:
        call.add_done_callback(lambda _: loop.call_soon_threadsafe(progress.part_done))

    pool.submit(still_chain, order.width, order.height)
    scene_calls = [pool.submit(encode_scene, scene) for scene in scenes([picture.image for picture in pictures])]
    pages = [sum(picture.slide == slide for picture in pictures) for slide in range(len(order.slides))]
    voices, sound_calls = [], []
    for call in scene_calls:
        started(call)  # type: ignore[arg-type]  # what it results in is no matter here
    async for voice in narrate(order.slides, pages, speaker, progress.heard):
        voices.append(voice)
        sound_calls.append(pool.submit(encode_sound, voice.samples))
        started(sound_calls[-1])  # type: ignore[arg-type]
    encoded = [await asyncio.wrap_future(call) for call in scene_calls]
    return voices, encoded, [await asyncio.wrap_future(call) for call in sound_calls]


def _write(
    order: RenderOrder,
    folder: Path,
    timeline: Timeline,
    encoded: Sequence[EncodedScene],
    sounds: Sequence[Sequence[bytes]],
) -> None:
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
