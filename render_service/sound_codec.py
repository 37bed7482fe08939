"""Sound as AAC, slide by slide, in packets that join as if the film had been encoded in one piece.

That holds because a slide's sound is a whole number of frames, silent in the first and the last (see
`narration.FRAME`): what an AAC packet needs of its neighbours is then the same silence either way.
"""

from typing import Final

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext

from render_service.narration import FRAME
from render_service.sound import RATE, Samples

BIT_RATE: Final = 64_000


def configure(encoder: AudioCodecContext) -> None:
    """The one set of encoder settings: AAC-LC, mono."""
    encoder.sample_rate = RATE
    encoder.layout = "mono"
    encoder.format = "fltp"
    encoder.bit_rate = BIT_RATE
    # A third of the default coder's time, and closer to the original at this rate.
    encoder.options = {"aac_coder": "fast"}


def encode_sound(samples: Samples) -> list[bytes]:
    """The first packet primes the decoder and belongs to the film's first slide only; then one a frame."""
    if len(samples) % FRAME or samples[:FRAME].any() or samples[-FRAME:].any():
        raise ValueError("a slide's sound is whole frames, silent in the first and the last")
    encoder = av.CodecContext.create("aac", "w")
    configure(encoder)
    encoder.flags |= av.codec.context.Flags.global_header
    packets = []
    for place in range(0, len(samples), FRAME):
        part = samples[place : place + FRAME].astype(np.float32)[np.newaxis] / 32768
        frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="mono")
        frame.sample_rate, frame.pts = RATE, place
        packets += encoder.encode(frame)
    packets += encoder.encode(None)
    if len(packets) != len(samples) // FRAME + 1:
        raise RuntimeError(f"AAC gave {len(packets)} packets for {len(samples) // FRAME} frames")
    return [bytes(packet) for packet in packets]
