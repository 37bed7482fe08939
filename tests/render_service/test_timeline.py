"""When everything happens."""

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from render_service.narration import Span
from render_service.slides.deck import Picture
from render_service.sound import RATE
from render_service.timeline import FADE, FPS, page_turns, plan
from tests.render_service.voices import voice

_IMAGE = Image.new("RGB", (16, 16))


def test_pictures_and_sound_never_drift_apart() -> None:
    """However many slides: each begins within half a frame of its sound, and so does the film end."""
    voices = [voice("A sentence. " * (1 + number % 5)) for number in range(40)]
    timeline = plan(voices, [Picture(number, 1.0, _IMAGE) for number in range(40)])

    at = 0
    for slide, showing in zip(voices, timeline.showings, strict=True):
        assert abs(showing.start / FPS - at / RATE) <= 0.5 / FPS
        at += len(slide.samples)
    assert abs(timeline.frames / FPS - timeline.seconds) <= 0.5 / FPS
    assert sum(timeline.scene_lengths()) == timeline.frames
    assert timeline.slide_starts[7] == sum(len(slide.samples) for slide in voices[:7]) / RATE


def test_cues_are_where_the_words_are() -> None:
    """A cue's time is its sentence's span plus all that came before."""
    voices = [voice("First."), voice("Second. Third.")]
    cues = plan(voices, [Picture(0, 1.0, _IMAGE), Picture(1, 1.0, _IMAGE)]).cues
    assert [(cue.slide, cue.text) for cue in cues] == [(0, "First."), (1, "Second."), (1, "Third.")]
    assert cues[2].start == (len(voices[0].samples) + voices[1].spans[1].start) / RATE


@given(
    st.lists(st.floats(0.05, 1.0), min_size=1, max_size=8),
    st.lists(st.integers(RATE // 5, 20 * RATE), max_size=20),
)
def test_every_page_has_its_time(weights: list[float], lengths: list[int]) -> None:
    """Pages turn in order and each stays longer than its crossfade, whatever the sentences are."""
    shares = [weight / sum(weights) for weight in weights]
    spans, at = [], RATE // 2
    for length in lengths:
        spans.append(Span("…", at, at + length))
        at += length + RATE // 3
    total = max(at, 3 * RATE * len(shares))

    turns = page_turns(shares, spans, total)

    assert turns[0] == 0
    assert len(turns) == len(shares)
    for start, end in zip(turns, [*turns[1:], total], strict=True):
        assert end - start > 2 * FADE / FPS * RATE


def test_a_page_turns_between_sentences() -> None:
    """The page is not turned in the middle of a sentence when one begins near by."""
    spans = [Span("a", 12_000, 60_000), Span("b", 70_000, 130_000), Span("c", 140_000, 200_000)]
    assert page_turns([0.4, 0.6], spans, 240_000) == [0, 70_000]
