"""Lessons a scripted writer may answer with: sound ones, in which no machine finds a problem."""

from typing import Any

from tests.fixtures.course import lesson_draft

_THINGS = [
    "oak",
    "pine",
    "reed",
    "moss",
    "fern",
    "palm",
    "lily",
    "rose",
    "vine",
    "corn",
    "rice",
    "wheat",
    "bean",
    "pear",
    "plum",
    "fig",
    "kelp",
    "leaf",
    "stem",
    "root",
]
_PLACES = ["river", "meadow", "valley", "garden", "harbour", "desert", "island", "forest", "village", "mountain"]
_DOINGS = [
    "carries water toward",
    "stores sugar beneath",
    "turns slowly toward",
    "holds the soil of",
    "gives shade to",
    "feeds",
]
_WORDS_A_SLIDE = 260


def sound(*titles: str) -> dict[str, Any]:
    """The JSON of a lesson with these slides, long enough for six minutes, each sentence said once."""
    draft = lesson_draft(*(titles or ("One",))).model_dump()
    sentences = (
        f"In one {place} a {thing} {doing} what grows near it."
        for thing in _THINGS
        for place in _PLACES
        for doing in _DOINGS
    )
    share = max(1, 3 // len(draft["slides"])) * _WORDS_A_SLIDE
    for place, slide in enumerate(draft["slides"]):
        slide["narration"] = f"{slide['title']}." if place else slide["narration"]
        slide["narration"] += "".join(f" {next(sentences)}" for _ in range(share // 10))
    return draft
