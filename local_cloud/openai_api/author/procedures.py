"""Numbered instructions in the passages, as slides that show the steps and say them in order."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from local_cloud.openai_api.author.layouts import first_words
from local_cloud.openai_api.author.points import READABLE, phrase
from local_cloud.openai_api.author.prose import spoken
from local_cloud.openai_api.author.terms import lowered_first
from local_cloud.openai_api.author.titles import brief
from local_cloud.openai_api.author.verbs import COMMON
from local_cloud.openai_api.author.words import capitalised

STEP_BY_STEP = "step by step"
_STEP = re.compile(r"^[ \t]*\d{1,2}[.)][ \t]+(?P<text>\S.*?)[ \t]*$", re.MULTILINE)
_FEWEST = 3
_MOST_AT_ONCE = 6
_LONGEST = 30  # words of a step
_INSTRUCTING_TEXT = """
add allow answer apply arrange ask attach bake beat begin bend blend boil break breathe bring brush build calculate
call carry change check chill choose chop clean clear click close collect combine compare complete connect contact
cool copy count cover create crush cut decide define describe dig dip disconnect drain draw drill drink dry empty
enter estimate explain fill find fit fold follow give go grate greet hand hang heap heat hide hold hook identify
inform insert inspect install join keep knead knock label lay layer lead leave let lift list listen lock log look
loosen lower make mark measure mix mount move name note notify offer open order pack paint park pass pay peel pick
place plan plant play plug point pour prepare press print pull pump push put raise read record refill release remove
repeat replace report reset restart return review ring rinse roll rub run sand save score screw scrub season secure
select send separate serve set shake sharpen shave show shut sift sign simmer sit slice slide soak sort speak split
spread sprinkle squeeze stand start stir stop store stretch strip stuff submit sweep swipe switch take talk tap tear
tell test thank tie tighten tip touch trim try turn twist type unlock unplug untie use wait walk warm wash watch water
wear weigh whip whisk wind wipe wrap write
"""
_INSTRUCTING = frozenset(_INSTRUCTING_TEXT.split())


@dataclass(frozen=True)
class Procedure:
    """Steps of one passage; `quotes` are the words they were taken from."""

    heading: str
    passage: str
    steps: tuple[str, ...]
    quotes: tuple[str, ...]

    @property
    def words(self) -> int:
        """Words it takes to say the steps."""
        return sum(len(step.split()) + 1 for step in self.steps)


def procedures(passages: dict[str, str], headings: dict[str, str]) -> list[Procedure]:
    """The lists that tell what to do; choices of a question and other numbered lists are none."""
    found = []
    for passage, text in passages.items():
        quotes = [match["text"] for match in _STEP.finditer(text)]
        steps = [spoken(quote).rstrip(".") for quote in quotes]
        if len(steps) >= _FEWEST and all(map(_is_brief, steps)) and _mostly_instruct(steps):
            found.append(Procedure(headings.get(passage, ""), passage, tuple(steps), tuple(quotes)))
    return found


def _is_brief(step: str) -> bool:
    return "?" not in step and 2 <= len(step.split()) <= _LONGEST


def _mostly_instruct(steps: list[str]) -> bool:
    """No list of verbs is whole: up to half of the steps may begin with words not known to instruct."""
    first = [step.split(" ", 1)[0].lower().strip(",") for step in steps]
    known = sum(word in _INSTRUCTING or word in COMMON for word in first)
    return 2 * known >= len(steps)


def slides(procedure: Procedure) -> Iterator[dict[str, Any]]:
    """One for up to six steps; more are shared out evenly."""
    count = -(-len(procedure.steps) // _MOST_AT_ONCE)
    cuts = [round(len(procedure.steps) * place / count) for place in range(count + 1)]
    for start, end in itertools.pairwise(cuts):
        name = STEP_BY_STEP.capitalize() if count == 1 else f"Steps {start + 1} to {end}"
        whole = f"{procedure.heading}: {name[:1].lower()}{name[1:]}" if procedure.heading else name
        yield {
            "title": brief(whole),
            "body": {"layout": "process", "steps": [shown_step(step) for step in procedure.steps[start:end]]},
            "narration": _narrated(procedure.steps[start:end], first=start == 0, last=end == len(procedure.steps)),
            "citations": [{"passage": procedure.passage, "quote": procedure.quotes[start][:590]}],
        }


def shown_step(step: str) -> str:
    """Short enough to be read while it is said in full."""
    return capitalised(phrase(step, READABLE, loosely=True) or first_words(step, READABLE))


def _narrated(steps: tuple[str, ...], *, first: bool, last: bool) -> str:
    links = ["Then", "Next", "After that"]
    said = []
    for place, step in enumerate(steps):
        link = "First" if first and place == 0 else links[place % len(links)]
        if last and place == len(steps) - 1:
            link = "Finally"
        said.append(f"{link}, {lowered_first(step)}.")
    return " ".join(said)
