"""Speaking time against the minutes planned, at the pace lessons are written for."""

from course.models.quality import Check, Finding
from course.quality.examined import Examined
from course.sentences import count_words

WORDS_PER_MINUTE = 130
_NOTED, _WRONG = 1 / 3, 0.6


def minutes_spoken(examined: Examined) -> float:
    """Minutes the narration takes."""
    return _words(examined) / WORDS_PER_MINUTE


def findings(examined: Examined) -> list[Finding]:
    """A lesson much longer or shorter than planned; slides without a word said over them."""
    return [*_off(examined), *_silent(examined)]


def _off(examined: Examined) -> list[Finding]:
    planned, spoken = examined.lesson.minutes, minutes_spoken(examined)
    away = abs(spoken - planned) / planned
    if away <= _NOTED:
        return []
    longer = spoken > planned
    sentence = f"The narration takes about {spoken:.1f} minutes; {planned} were planned."
    minutes = "1 minute" if planned == 1 else f"{planned} minutes"
    remedy = f"Make {examined.name} {'shorter' if longer else 'longer'}, about {minutes}."
    return [examined.finding(Check.TIME, "problem" if away > _WRONG else "hint", sentence, remedy)]


def _silent(examined: Examined) -> list[Finding]:
    silent = [number for number, slide in examined.slides() if not slide.narration.strip()]
    if not silent:
        return []
    which = ", ".join(map(str, silent))
    sentence = f"Nothing is said over slide {which}." if len(silent) == 1 else f"Nothing is said over slides {which}."
    remedy = f"In {examined.name}, write narration for slide {silent[0]}."
    return [examined.finding(Check.TIME, "problem", sentence, remedy)]


def _words(examined: Examined) -> int:
    return sum(count_words(slide.narration) for slide in examined.lesson.slides)
