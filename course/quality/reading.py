"""How hard the narration is to follow: Flesch–Kincaid for English, LIX for other languages that space their words.

Flesch–Kincaid grade level: 0.39 · words per sentence + 11.8 · syllables per word − 15.59 (Kincaid, Fishburne, Rogers
and Chissom, 1975, Research Branch Report 8-75). LIX: words per sentence + share in per cent of words of more than six
letters (Björnsson, 1968, Läsbarhet). Syllables of English words are counted by their groups of vowels.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from course.models.quality import Check, Finding, ReadingLevel
from course.models.revision import Kind
from course.quality.examined import Examined, clipped
from course.sentences import count_words

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my", "bo"})
_VOWELS = re.compile(r"[aeiouy]+")
# Two vowels that are two syllables: bacteria, radio, area, actual.
_HIATUS = re.compile(r"[^cstgx]i[ao]|eo(?!u)|[aeiou]\w*ea$|[^qg]ua")
_LONG = 6
_HARDEST_YEAR = 16.0
_HARDEST_LIX = 60.0
_BREATHLESS = 35
_LIX_WORDS = ((30.0, "very easy"), (40.0, "easy"), (50.0, "of medium difficulty"), (60.0, "hard"))


def level(examined: Examined) -> ReadingLevel | None:
    """The level of all narration together; None where no formula fits or nothing is said."""
    sentences = [_WORD.findall(text) for text in _sentences(examined)]
    words = [word for sentence in sentences for word in sentence]
    if not words or examined.words.language in _UNSPACED:
        return None
    length = len(words) / len([sentence for sentence in sentences if sentence])
    if examined.words.language == "en":
        grade = 0.39 * length + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
        return ReadingLevel(
            formula="Flesch–Kincaid", value=round(grade, 1), words=f"school year {max(1, round(grade))}"
        )
    lix = length + 100 * sum(len(word) > _LONG for word in words) / len(words)
    words_for = next((said for most, said in _LIX_WORDS if lix < most), "very hard")
    return ReadingLevel(formula="LIX", value=round(lix, 1), words=words_for)


def findings(examined: Examined) -> list[Finding]:
    """A hint when the whole is harder than adults like to hear, or a sentence too long to be heard once."""
    found = []
    measured = level(examined)
    hardest = _HARDEST_YEAR if measured and measured.formula == "Flesch–Kincaid" else _HARDEST_LIX
    if measured and measured.value > hardest:
        sentence = f"The narration is very hard to follow ({measured.formula} {measured.value}, {measured.words})."
        found.append(examined.finding(Check.READING, "hint", sentence, f"Make {examined.name} simpler."))
    return [*found, *_breathless(examined)]


def _breathless(examined: Examined) -> Iterator[Finding]:
    for number, slide in examined.slides():
        longest = max(examined.sentences[number - 1], key=count_words, default="")
        if (count := count_words(longest)) > _BREATHLESS:
            sentence = (
                f"A sentence of {count} words on slide {number} is too long to follow by ear: {clipped(longest)}."
            )
            remedy = f"In {examined.name}, reword the narration of slide {number} with shorter sentences."
            yield examined.finding(Check.READING, "hint", sentence, remedy, kind=Kind.SLIDE, part_id=slide.id)


@lru_cache(maxsize=60_000)
def syllables(word: str) -> int:
    """Of an English word, by rule of thumb: groups of vowels, without a silent e."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    if re.search(r"[^aeiouyl]e$|[aeiouy]le$", plain):
        plain = plain[:-1]
    elif re.search(r"[^aeiouydt]ed$|[^aeiouysxzcgh]es$", plain):
        plain = plain[:-2]
    groups = len(_VOWELS.findall(plain)) + len(_HIATUS.findall(plain))
    return max(1, groups)


def _sentences(examined: Examined) -> list[str]:
    return [text for sentences in examined.sentences for text in sentences]
