"""The narration's contract: hook, recall, core, example, forward look.

A lesson opens with a reason or a question, recalls what was learned before, teaches, gives an example, and closes by
looking ahead. It is told by the words that do so, in English only; that they are missing is a hint, because a good
teacher may do it in words not thought of here.
"""

import re

from course.models.lesson import Recap, Slide, TitleSlide
from course.models.quality import Check, Finding
from course.quality.examined import Examined

_SEEN = "(?:saw|seen|learned|met|heard)"


def _any(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE)


_HOOK = _any(
    "imagine|suppose|think (?:of|about)|picture (?:this|an?|the|yourself)|have you ever|ever wonder(?:ed)?",
    r"did you know|why|what if|matters?|important|essential|every (?:day|time|one)|surpris\w+|without",
    "depends? on|responsible for|all living|makes? (?:it )?possible|problem|mistake|can save|costs?",
)
_RECALL = _any(
    "remember|recall|earlier|previous(?:ly)?|last (?:time|lesson|module)|before this|so far|already|in lesson",
    rf"(?:you|we)(?:(?:’|')ve| have)? (?:{_SEEN}|looked at)|builds? on|as you know",
)
_EXAMPLE = _any(
    "for (?:example|instance)|such as|examples?|imagine|suppose|consider|think of|like (?:an?|the|your)",
    "including|take (?:an?|the)|case of|picture",
)
_FORWARD = _any(
    "next (?:lesson|time|module|we|you|comes?|up)|in the (?:next|coming|following)|coming (?:up|next)",
    "later (?:in|on|lessons?)|from here|will (?:build|come back|return|see|look|meet|turn|explore|learn)",
    "now you can|you can now|you are (?:now )?ready|go on to|look(?:ing)? ahead|what comes",
    "the lessons? (?:to come|ahead)|keep (?:this|these) in mind|quiz",
)
_OPENING = 2


def findings(examined: Examined) -> list[Finding]:
    """The parts of the contract that no words were found for."""
    if examined.words.language != "en":
        return []
    slides = examined.lesson.slides
    whole = " ".join(slide.narration for slide in slides)
    found = []
    if not _HOOK.search(opening := _opening(slides)) and "?" not in opening:
        found.append(("opens without a reason to listen", "opens with a reason why it matters"))
    if examined.before is not None and not _RECALL.search(whole):
        found.append(("does not recall what was learned before", "recalls at the start what the lesson before taught"))
    if not _core(slides):
        found.append(("has no slide between its opening and its recap", "has slides that teach its objectives"))
    if not _EXAMPLE.search(whole):
        found.append(("gives no example", "gives an example from the sources"))
    if examined.after is not None and not _FORWARD.search(slides[-1].narration):
        found.append(("ends without a look ahead", "ends with a sentence on what comes next"))
    return [
        examined.finding(
            Check.NARRATION, "hint", f"The narration {what}.", f"Rewrite {examined.name} so that it {remedy}."
        )
        for what, remedy in found
    ]


def _opening(slides: list[Slide]) -> str:
    return " ".join(slide.narration for slide in slides[:_OPENING])


def _core(slides: list[Slide]) -> list[Slide]:
    return [slide for slide in slides if not isinstance(slide.body, TitleSlide | Recap)]
