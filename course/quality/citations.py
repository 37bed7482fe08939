"""Citations: each statement rests on passages that its slide quotes.

A sentence of narration, or a line of a slide's body, counts as cited when its slide quotes at least one passage
word for word and at least 60 % of the stems of the sentence's words that carry meaning stand in the slide's
quoted passages. Questions need no citation, nor do sentences that only say what the lesson says of itself.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from course.models.lesson import Slide
from course.models.quality import Check, Finding, Tally
from course.models.revision import Kind
from course.quality.examined import Examined, clipped, lines
from course.quality.words import share

SUPPORTED = 0.6
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " "})
_QUESTION = re.compile(r"[?？][\"”’')\]]*$")


@dataclass(frozen=True)
class Claim:
    """A sentence that needs a citation. `quoted` says whether its slide quotes any passage, `support` how much of
    the sentence those passages say, from 0 to 1."""

    slide: Slide
    number: int
    text: str
    spoken: bool
    quoted: bool
    support: float

    @property
    def cited(self) -> bool:
        """Whether it counts as cited."""
        return self.quoted and self.support >= SUPPORTED


def claims(examined: Examined) -> list[Claim]:
    """Every sentence that needs a citation, slide by slide."""
    return [claim for number, slide in examined.slides() for claim in _claims(examined, number, slide)]


def tally(examined: Examined) -> Tally:
    """Claims cited, of all claims; none are counted for a course without sources."""
    found = claims(examined) if examined.sourced else []
    return Tally(good=sum(claim.cited for claim in found), of=len(found))


def findings(examined: Examined) -> list[Finding]:
    """For each slide what it says without a source, and citations that lead nowhere."""
    if not examined.sourced:
        return []
    uncited = (claim for claim in claims(examined) if not claim.cited)
    found = [_unsupported(examined, list(group)) for _, group in groupby(uncited, key=lambda claim: claim.number)]
    return found + [one for number, slide in examined.slides() for one in _dangling(examined, number, slide)]


def stands_in(quote: str, passage: str) -> bool:
    """Whether these words stand in the passage; white space, markup, kinds of quotation marks and case aside."""
    return bool(plain(quote)) and plain(quote) in plain(passage)


@lru_cache(maxsize=8_192)
def plain(text: str) -> str:
    """The text for comparing word for word."""
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    return re.sub(r"\s+", " ", re.sub(r"[*_`]", "", text)).strip().casefold()


def _claims(examined: Examined, number: int, slide: Slide) -> list[Claim]:
    passages = [
        examined.passages[one.passage].text
        for one in slide.citations
        if one.passage in examined.passages and stands_in(one.quote, examined.passages[one.passage].text)
    ]
    said = frozenset[str]().union(*(examined.words.topic(text) for text in passages))
    texts = [(text, True) for text in examined.sentences[number - 1]] + [(line, False) for line in lines(slide.body)]
    return [
        Claim(slide, number, text, spoken, bool(passages), share(examined.words.topic(text), said))
        for text, spoken in texts
        if not _QUESTION.search(text.rstrip()) and not examined.words.topic(text) <= examined.frame
    ]


def _unsupported(examined: Examined, group: list[Claim]) -> Finding:
    first = group[0]
    more = f" and {len(group) - 1} more" if len(group) > 1 else ""
    sentence = (
        f"Slide {first.number} says what the passages it cites do not: {clipped(first.text)}{more}."
        if first.quoted
        else f"Slide {first.number} quotes no source for {clipped(first.text)}{more}."
    )
    remedy = f"In {examined.name}, rewrite slide {first.number} from its sources, without {clipped(first.text)}."
    return examined.finding(Check.CITATIONS, "problem", sentence, remedy, kind=Kind.SLIDE, part_id=first.slide.id)


def _dangling(examined: Examined, number: int, slide: Slide) -> list[Finding]:
    """Citations whose passage or quote is not there."""
    found = []
    for one in slide.citations:
        passage = examined.passages.get(one.passage)
        if passage is not None and (not one.quote or stands_in(one.quote, passage.text)):
            continue
        what = f"cites {one.passage}, which is not there any more"
        if passage is not None:
            what = f"quotes {clipped(one.quote, 60)} from {one.passage}, which does not say it"
        remedy = f"In {examined.name}, rewrite slide {number} from the sources there are now."
        found.append(
            examined.finding(
                Check.CITATIONS, "problem", f"Slide {number} {what}.", remedy, kind=Kind.SLIDE, part_id=slide.id
            )
        )
    return found
