"""Pictures as H.264: each distinct one encoded once, stillness as a chain of "nothing changed" packets.

Every call opens its own encoder with the same settings, so packets of different calls share one header
and can follow each other in any film of that size: they are pure functions of their pictures.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise, repeat
from typing import Any, Final

import av
import numpy as np
from av.video.codeccontext import VideoCodecContext
from numpy.typing import NDArray

from render_service.timeline import FPS

Pixels = NDArray[np.uint8]
"""Height × width × RGB."""

KEYFRAME_SECONDS: Final = 5
CHAIN: Final = KEYFRAME_SECONDS * FPS - 1
"""Frames a still may be held before its picture is sent again, so that seeking is quick."""

STILL_QUALITY: Final = 18
PASSING_QUALITY: Final = 23
"""For pictures seen for a twenty-fifth of a second."""

_BT709 = 1
_LIMITED_RANGE = 1
_PARAMETERS = (
    "keyint=infinite:scenecut=0:bframes=0:rc-lookahead=0:mbtree=0:force-cfr=1:ref=1:weightp=0:threads=1:stitchable=1"
)
_SEI, _SPS, _PPS, _DELIMITER = 6, 7, 8, 9


def configure(encoder: VideoCodecContext, width: int, height: int, quality: int = STILL_QUALITY) -> None:
    """The one set of encoder settings: High profile 4:2:0, BT.709, one reference, no delay.

    `quality` is x264's rate factor; "stitchable" keeps it out of the header.
    """
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuv420p"
    encoder.framerate = Fraction(FPS)
    encoder.time_base = Fraction(1, FPS)
    encoder.color_range = _LIMITED_RANGE
    encoder.colorspace = encoder.color_primaries = encoder.color_trc = _BT709
    encoder.options = {
        "preset": "veryfast",
        "tune": "stillimage",
        "crf": str(quality),
        "profile": "high",
        "x264-params": _PARAMETERS,
    }


def encode_still(picture: Pixels) -> list[bytes]:
    """The picture as one keyframe."""
    return _encode([picture], STILL_QUALITY)


def encode_motion(pictures: Iterable[Pixels]) -> list[bytes]:
    """One packet a picture, the first a keyframe, each next one a change of the one before."""
    return _encode(pictures, PASSING_QUALITY)


@lru_cache(maxsize=4)
def still_chain(width: int, height: int) -> Sequence[bytes]:
    """`CHAIN` packets of "as before": they may follow any single keyframe of that size."""
    grey = np.full((height, width, 3), 128, np.uint8)
    return tuple(_encode(repeat(grey, CHAIN + 1), STILL_QUALITY)[1:])


def _encode(pictures: Iterable[Pixels], quality: int) -> list[bytes]:
    encoder = av.CodecContext.create("libx264", "w")
    packets, count = [], 0
    for picture in pictures:
        if not count:
            configure(encoder, picture.shape[1], picture.shape[0], quality)
            encoder.flags |= av.codec.context.Flags.global_header
        frame = _frame(picture)
        frame.pts, frame.time_base = count, encoder.time_base
        packets += encoder.encode(frame)
        count += 1
    packets += encoder.encode(None)
    if len(packets) != count:
        raise RuntimeError(f"x264 gave {len(packets)} packets for {count} pictures")
    return [_slices(bytes(packet)) for packet in packets]


def _frame(picture: Pixels) -> Any:
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
    return frame.reformat(format="yuv420p", dst_colorspace="ITU709", interpolation="BICUBIC")


def _slices(packet: bytes) -> bytes:
    """Only what draws the picture: the header is the film's, and x264's own notes are not needed."""
    starts = list(_start_codes(packet))
    units = [packet[a:b] for a, b in pairwise([*starts, len(packet)])]
    drop = {_SEI, _SPS, _PPS, _DELIMITER}
    return b"".join(unit for unit in units if unit[unit.index(1) + 1] & 0x1F not in drop)


def _start_codes(packet: bytes) -> Iterable[int]:
    place = packet.find(b"\x00\x00\x01")
    while place >= 0:
        yield place - 1 if place and packet[place - 1] == 0 else place
        place = packet.find(b"\x00\x00\x01", place + 3)
