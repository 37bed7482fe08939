"""Which words of a text carry meaning, and their stems, in the language of the course.

English has a list of words that carry none. For other languages Snowball stems and words of fewer than four
letters count as carrying none; scripts written without spaces are compared by pairs of characters.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f\uf900-\ufaff]")
_SHORT = 3

_FUNCTION_TEXT = """
a about above across actually after again against all almost alone along already also although always am among an and
another any anyone anything are aren't around as at away back be became because become becomes been before behind
being below between beyond both but by call called calls came can can't cannot come comes could couldn't did didn't do
does doesn't doing done don't down during each either else enough even ever every everyone everything except few for
form former forms from further gave get gets give given gives go goes going gone had has have haven't having he he's
hence her here here's hers him his how however i i'm if in indeed instead into is isn't it it's its itself just keep
kind kinds known last later least less let let's lets like likely little ll lot made mainly make makes making many may
maybe me mean means might more moreover most mostly much must my namely near nearly need needs neither never new no
none nor not nothing now of off often on once one ones only onto or other others otherwise our out over own part parts
per perhaps put quite rather re really same say says seem seems seen several shall she should since so some someone
something sometimes soon still such take taken takes than that that's the their theirs them then there there's
therefore these they they're thing things this those though three through throughout thus to together too took toward
towards two type types under unless unlike until up upon us use used uses using usually various ve very via was wasn't
way ways we we'll we're we've well went were weren't what what's whatever when where whereas whether which while who
whole whom whose why will with within without won't would yes yet you you'll you're you've your yours
"""
# A voice's words about the lesson itself, not about its subject.
_SIGNPOSTS_TEXT = """
able answer ask begin beginning begins bring brings chapter consider course end ends example examples explain final
finally first focus follow following follows gather hear heard help idea imagine instance introduce introduced
introduction key learn learned lesson lessons listen look looked looking main module move moving next note notice
point points question questions recall recap remember saw second see section show shown shows slide slides start
starting starts step steps sum summarise summarize summary talk tell think third today together topic topics try turn
understand want watch word words
"""
_EMPTY = frozenset(_FUNCTION_TEXT.split()) | frozenset(_SIGNPOSTS_TEXT.split())
_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi",
    "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian",
    "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip


class Words:
    """The words of one language; ask `words_of` for it."""

    def __init__(self, language: str) -> None:
        self.language = language
        stem = _stemmer(language)
        self._stem: Callable[[str], str] = lru_cache(maxsize=60_000)(stem)
        self.topic: Callable[[str], frozenset[str]] = lru_cache(maxsize=8_192)(self._topic)
        """The different stems of a text's words that carry meaning."""

    def _topic(self, text: str) -> frozenset[str]:
        found: list[str] = []
        for word in plain_words(text):
            if _UNSPACED.search(word):
                found += [word[at : at + 2] for at in range(max(1, len(word) - 1))]
            elif self._carries(word):
                found.append(self._stem(word.removesuffix("'s")))
        return frozenset(found)

    def _carries(self, word: str) -> bool:
        if self.language == "en":
            return word.removesuffix("'s") not in _EMPTY and (len(word) > 1 or word.isdecimal())
        return len(word) > _SHORT or word.isdecimal()


@lru_cache(maxsize=32)
def words_of(language: str) -> Words:
    """The words of a language, by its BCP 47 tag."""
    return Words(re.split(r"[-_]", language.strip().lower())[0] or "en")


def plain_words(text: str) -> list[str]:
    """The words in small letters, without markup, in order; a hyphen parts two words."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).replace("’", "'").replace("*", "").casefold())


def share(wanted: Iterable[str], present: frozenset[str]) -> float:
    """The share of the different `wanted` that is present; 1 when nothing is wanted."""
    unique = frozenset(wanted)
    return len(unique & present) / len(unique) if unique else 1.0


def _stemmer(language: str) -> Callable[[str], str]:
    import snowballstemmer

    if (algorithm := _STEMMERS.get(language)) is None:
        return str
    stem: Callable[[str], str] = snowballstemmer.stemmer(algorithm).stemWord
    return stem
