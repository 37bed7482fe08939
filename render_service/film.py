"""The film: encoded scenes and sounds put together as MP4 without encoding anything again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import merge
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import av
from av.packet import Packet

from render_service import picture_codec, sound_codec
from render_service.narration import FRAME
from render_service.picture_codec import CHAIN, encode_motion, encode_still, still_chain
from render_service.scenes import Scene
from render_service.sound import RATE
from render_service.timeline import FPS

if TYPE_CHECKING:  # a name of its stubs only
    from av.container.core import Chapter as AvChapter

FRAME_UNIT: Final = Fraction(1, FPS)
SAMPLE_UNIT: Final = Fraction(1, RATE)


@dataclass(frozen=True)
class EncodedScene:
    """A scene's packets: one keyframe to be `held`, or a packet a frame."""

    packets: tuple[bytes, ...]
    held: bool


@dataclass(frozen=True)
class Chapter:
    """A slide's place in the film, as players show it."""

    title: str
    start: float
    end: float


def encode_scene(scene: Scene) -> EncodedScene:
    """Only what differs is encoded; safe to call from several threads."""
    packets = encode_still(next(scene.pictures())) if scene.still else encode_motion(scene.pictures())
    return EncodedScene(tuple(packets), held=scene.still)


def write_film(
    path: Path,
    scenes: Sequence[tuple[EncodedScene, int]],
    sounds: Sequence[Sequence[bytes]],
    *,
    size: tuple[int, int],
    title: str,
    chapters: Sequence[Chapter],
) -> None:
    """Writes MP4 that starts to play before it is loaded: constant 25 frames a second, H.264 and AAC.

    `scenes` come with their frames; `sounds` are the slides' packets as `encode_sound` made them.
    """
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as file:
        file.metadata["title"] = title
        pictures = file.add_stream("libx264", rate=FPS)
        picture_codec.configure(pictures.codec_context, *size)
        sound = file.add_stream("aac", rate=RATE)
        sound_codec.configure(sound.codec_context)
        file.set_chapters([_chapter(number, chapter) for number, chapter in enumerate(chapters)])
        file.start_encoding()
        # In order of time, so that a player reading along finds both.
        timed = merge(_picture_packets(scenes, size), _sound_packets(sounds), key=lambda packet: packet.seconds)
        for packet in timed:
            file.mux_one(packet.bound_to(pictures if packet.unit == FRAME_UNIT else sound))


@dataclass(frozen=True)
class _Timed:
    """Encoded content and its time, in its track's unit."""

    content: bytes
    at: int
    length: int
    unit: Fraction
    key: bool

    @property
    def seconds(self) -> Fraction:
        return self.at * self.unit

    def bound_to(self, stream: av.VideoStream | av.AudioStream) -> "Packet[Any]":
        packet: Packet[Any] = Packet(self.content)
        packet.time_base = self.unit
        packet.pts = packet.dts = self.at
        packet.duration = self.length
        packet.is_keyframe = self.key
        packet.stream = stream
        return packet


def _picture_packets(scenes: Iterable[tuple[EncodedScene, int]], size: tuple[int, int]) -> Iterator[_Timed]:
    chain = still_chain(*size)
    frames = (frame for scene, length in scenes for frame in _frames(scene, length, chain))
    for at, (content, key) in enumerate(frames):
        yield _Timed(content, at, 1, FRAME_UNIT, key)


def _frames(scene: EncodedScene, length: int, chain: Sequence[bytes]) -> Iterator[tuple[bytes, bool]]:
    """A packet for every frame of the scene, and whether it is a keyframe."""
    for place in range(length):
        if not scene.held:
            yield scene.packets[place], place == 0
        elif place % (CHAIN + 1) == 0:
            yield scene.packets[0], True
        else:
            yield chain[place % (CHAIN + 1) - 1], False


def _sound_packets(sounds: Sequence[Sequence[bytes]]) -> Iterator[_Timed]:
    # The first slide's first packet primes the decoder, before time zero; the others' are left out.
    packets = (packet for place, sound in enumerate(sounds) for packet in sound[min(place, 1) :])
    for place, content in enumerate(packets):
        yield _Timed(content, (place - 1) * FRAME, FRAME, SAMPLE_UNIT, key=True)


def _chapter(number: int, chapter: Chapter) -> "AvChapter":
    return {
        "id": number,
        "start": round(chapter.start * 1000),
        "end": round(chapter.end * 1000),
        "time_base": Fraction(1, 1000),
        "metadata": {"title": chapter.title},
    }
