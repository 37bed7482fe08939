"""Captions."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from course.models.rendering import Cue
from render_service.captions import LINE, LINES, captions, web_vtt

_TEXTS = st.lists(st.text(alphabet="abcdefg,;. é<&", min_size=1, max_size=60), min_size=1, max_size=30).map(
    lambda words: " ".join(" ".join(words).split())
)


def _cues(texts: list[str]) -> list[Cue]:
    at, cues = 0.4, []
    for number, text in enumerate(texts):
        end = at + 0.06 * len(text) + 0.2
        cues.append(Cue(slide=number, start=at, end=end, text=text))
        at = end + 0.3
    return cues


@given(st.lists(_TEXTS.filter(bool), min_size=1, max_size=6))
def test_captions_are_readable_and_in_time(texts: list[str]) -> None:
    """At most two lines of 42 characters, in order, never two at once, all words there, within their sentence."""
    cues = _cues(texts)
    made = captions(cues)

    for caption in made:
        assert 1 <= len(caption.lines) <= LINES
        assert all(0 < len(line) <= LINE for line in caption.lines)
        assert caption.start < caption.end
    for one, following in pairwise(made):
        assert one.end <= following.start
    said = "".join("".join(caption.lines) for caption in made).replace(" ", "")
    assert said == "".join(texts).replace(" ", "")
    assert made[0].start == cues[0].start
    assert {cue.start for cue in cues} <= {caption.start for caption in made}


def test_two_lines_are_about_equally_long() -> None:
    """No line of one word under a full one."""
    (caption,) = captions(_cues(["The quick brown fox jumps over the lazy dog again."]))
    assert min(map(len, caption.lines)) > 18


def test_the_file_is_web_vtt() -> None:
    """Header, language, times and escaped text as the format wants them."""
    file = web_vtt([Cue(slide=0, start=1.5, end=3723.25, text="Is 1 < 2 & 3?")], "de")
    assert file.startswith("WEBVTT\nKind: captions\nLanguage: de\n\n")
    assert "00:00:01.500 --> 01:02:03.850" in file
    assert "Is 1 &lt; 2 &amp; 3?" in file
    assert re.search(r"\n\n1\n", file)
