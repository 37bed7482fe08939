"""A draft's citations held against the passages it was written from: code checks, whatever the model says."""

import re
import unicodedata
from collections.abc import Iterable

from course.models.lesson import Citation, LessonDraft, SlideDraft
from course.models.source import Passage

_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " "})


def checked(draft: LessonDraft, passages: Iterable[Passage]) -> LessonDraft:
    """Without citations of passages that were not given; a quote that does not stand in its passage is emptied."""
    texts = {passage.ref: _plain(passage.text) for passage in passages}
    slides = [_slide(slide, texts) for slide in draft.slides]
    return draft.model_copy(update={"slides": slides})


def _slide(slide: SlideDraft, texts: dict[str, str]) -> SlideDraft:
    kept: dict[tuple[str, str], Citation] = {}
    for citation in slide.citations:
        text = texts.get(citation.passage)
        if text is None:
            continue
        quote = citation.quote if citation.quote and _plain(citation.quote) in text else ""
        kept.setdefault((citation.passage, quote), Citation(passage=citation.passage, quote=quote))
    quoted = {passage for passage, quote in kept if quote}
    # A bare reference says nothing beside a quote from the same passage.
    citations = [one for (passage, quote), one in kept.items() if quote or passage not in quoted]
    return slide.model_copy(update={"citations": citations})


def _plain(text: str) -> str:
    """For comparing: white space, typographic quotes, emphasis marks and case do not count."""
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    return re.sub(r"\s+", " ", text.replace("*", "").replace("_", "")).strip().casefold()
