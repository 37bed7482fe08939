"""A finished film, as a player reads it."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from moviepy import CompositeVideoClip, ImageClip
from numpy.typing import NDArray

from render_service.film import Chapter, encode_scene, write_film
from render_service.narration import Voice
from render_service.picture_codec import KEYFRAME_SECONDS
from render_service.scenes import crossfade, scenes
from render_service.slides.deck import Picture, draw_deck
from render_service.sound import RATE
from render_service.sound_codec import encode_sound
from render_service.timeline import FADE, FPS, Timeline, plan
from tests.render_service.lessons import EVERY_LAYOUT, order
from tests.render_service.voices import voice


@dataclass(frozen=True)
class Made:
    """A film and what it was made of."""

    path: Path
    pictures: list[Picture]
    voices: list[Voice]
    timeline: Timeline


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A film of five slides, hummed: the second for longer than two keyframes are apart."""
    slides = EVERY_LAYOUT[:5]
    wanted = order(slides)
    pictures = draw_deck(wanted)
    voices = [voice(slide["narration"], last=n == 4, pitch=120 + 30 * n) for n, slide in enumerate(slides)]
    voices[1] = voice(slides[1]["narration"] * 2)
    timeline = plan(voices, pictures)
    encoded = [encode_scene(scene) for scene in scenes([picture.image for picture in pictures])]
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    write_film(
        path,
        list(zip(encoded, timeline.scene_lengths(), strict=True)),
        [encode_sound(voice.samples) for voice in voices],
        size=(1280, 720),
        title="1.2 The Cell Membrane",
        chapters=[Chapter("One", 0.0, 5.0), Chapter("Two", 5.0, timeline.seconds)],
    )
    return Made(path, pictures, voices, timeline)


@pytest.fixture(scope="module")
def frames(made: Made) -> list[NDArray[np.uint8]]:
    """Every frame as a player shows it, in grey at half size."""
    with av.open(str(made.path)) as file:
        return [np.asarray(frame.reformat(640, 360, "gray").to_ndarray(), np.uint8) for frame in file.decode(video=0)]


def test_a_browser_can_play_it(made: Made) -> None:
    """H.264 High and AAC-LC in an MP4 whose index comes first; colours are tagged; frames come at a constant rate."""
    content = made.path.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")
    with av.open(str(made.path)) as file:
        picture, sound = file.streams.video[0], file.streams.audio[0]
        assert (picture.codec_context.name, picture.profile, picture.pix_fmt) == ("h264", "High", "yuv420p")
        assert (picture.width, picture.height, picture.average_rate) == (1280, 720, Fraction(FPS))
        assert (picture.codec_context.colorspace, picture.codec_context.color_range) == (1, 1)
        assert (sound.codec_context.name, sound.profile, sound.rate, sound.layout.name) == ("aac", "LC", RATE, "mono")
        assert file.metadata["title"] == "1.2 The Cell Membrane"
        assert [chapter["metadata"]["title"] for chapter in file.chapters()] == ["One", "Two"]
        times = [packet.pts or 0 for packet in file.demux(picture) if packet.size]
    assert len({after - before for before, after in pairwise(times)}) == 1


def test_pictures_and_sound_are_as_long_as_the_narration(made: Made) -> None:
    """Within 50 ms, both."""
    seconds = sum(len(voice.samples) for voice in made.voices) / RATE
    with av.open(str(made.path)) as file:
        picture, sound = file.streams.video[0], file.streams.audio[0]
        for stream in (picture, sound):
            assert stream.duration is not None
            assert stream.time_base is not None
            assert float(stream.duration * stream.time_base) == pytest.approx(seconds, abs=0.05)


def test_seeking_is_quick(made: Made) -> None:
    """A keyframe comes at least every five seconds."""
    with av.open(str(made.path)) as file:
        packets = [packet for packet in file.demux(video=0) if packet.size]
        keys = [place / FPS for place, packet in enumerate(packets) if packet.is_keyframe]
    gaps = [after - before for before, after in zip(keys, [*keys[1:], made.timeline.seconds], strict=True)]
    assert keys[0] == 0
    assert max(gaps) <= KEYFRAME_SECONDS + 0.001
    assert max(len(voice.samples) for voice in made.voices) > 2 * KEYFRAME_SECONDS * RATE


def test_each_slide_is_shown_sharp_while_it_is_spoken(made: Made, frames: list[NDArray[np.uint8]]) -> None:
    """From the end of its crossfade to its own end a slide's picture stands still, and is the picture drawn."""
    assert len(frames) == made.timeline.frames
    for showing in made.timeline.showings:
        wanted = np.asarray(made.pictures[showing.picture].image.resize((640, 360)).convert("L"), np.float64)
        still = frames[showing.start + (FADE if showing.start else 0) : showing.end]
        assert len(still) > FPS
        shown = [still[0], still[len(still) // 2], still[-1]]
        assert max(np.mean((picture - wanted) ** 2) for picture in shown) < 30
        assert all(np.array_equal(picture, still[0]) for picture in still[1:4])


def test_one_slide_dissolves_into_the_next(made: Made, frames: list[NDArray[np.uint8]]) -> None:
    """During a crossfade every frame is closer to the next slide than the one before it."""
    for showing in made.timeline.showings[1:]:
        target = frames[showing.start + FADE].astype(np.float64)
        fading = frames[showing.start - 1 : showing.start + FADE]
        away = [float(np.mean((frame - target) ** 2)) for frame in fading]
        assert away == sorted(away, reverse=True)
        assert away[-1] < away[0] / 20


def test_sounds_joined_are_the_sound_in_one_piece(made: Made, tmp_path: Path) -> None:
    """Slides encoded apart sound exactly as if encoded together: no click, no gap, no drift."""
    whole = np.concatenate([voice.samples for voice in made.voices])
    one_piece = tmp_path / "whole.mp4"
    still = encode_scene(scenes([made.pictures[0].image])[0])
    write_film(
        one_piece, [(still, made.timeline.frames)], [encode_sound(whole)], size=(1280, 720), title="", chapters=[]
    )
    joined, reference = _decoded(made.path), _decoded(one_piece)
    assert len(joined) == len(reference) == len(whole)
    starts = np.cumsum([len(voice.samples) for voice in made.voices])[:-1]
    for start in starts:
        around = slice(start - RATE // 10, start + RATE // 10)
        assert np.abs(joined[around] - reference[around]).max() < 0.01
    difference = joined - whole / 32768
    assert 10 * np.log10(np.mean((whole / 32768) ** 2) / np.mean(difference**2)) > 18
    assert np.abs(joined).max() < 1.0


def _decoded(path: Path) -> NDArray[np.float64]:
    with av.open(str(path)) as file:
        return np.concatenate([frame.to_ndarray().reshape(-1) for frame in file.decode(audio=0)]).astype(np.float64)


def test_nothing_is_encoded_twice(made: Made) -> None:
    """One picture for a still however long, ten for a crossfade: the work does not grow with the film."""
    found = scenes([picture.image for picture in made.pictures])
    encoded = [len(encode_scene(scene).packets) for scene in found]
    assert encoded == [1] + [FADE, 1] * (len(made.pictures) - 1)
    assert made.timeline.frames > 10 * sum(encoded)


def test_a_crossfade_is_what_moviepy_composes(made: Made) -> None:
    """MoviePy's own layers, with the same opacity, give the same picture at every moment."""
    before, after = made.pictures[0].image, made.pictures[1].image
    clip = crossfade(before, after)
    for number in range(FADE):
        x = (number + 1) / (FADE + 1)
        layers = [ImageClip(np.asarray(before)), ImageClip(np.asarray(after)).with_opacity(x * x * (3 - 2 * x))]
        composed = CompositeVideoClip([layer.with_duration(1) for layer in layers], use_bgclip=True).get_frame(0)
        error = np.mean((composed.astype(np.float64) - clip.get_frame(number / FPS)) ** 2)
        assert 10 * np.log10(255**2 / max(error, 1e-9)) > 38
