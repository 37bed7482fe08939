"""Objectives that can be measured: they begin with a verb of Bloom's taxonomy.

The verbs follow the revised taxonomy (Anderson and Krathwohl, 2001) as course designers list them. Only English
verbs are known; objectives in other languages are not judged.
"""

import re

from course.models.quality import Check, Finding
from course.models.revision import Kind
from course.quality.examined import Examined, clipped

_VERBS_TEXT = """
analyze analyse annotate apply appraise argue arrange assemble assess attribute break build calculate carry categorize
categorise characterize characterise check choose cite classify combine compare compile complete compose compute
conclude connect construct contrast convert correct count create critique debate decide deduce defend define
demonstrate derive describe design detect determine develop diagram differentiate discriminate discuss distinguish
divide draft draw edit employ estimate evaluate examine execute explain extend extract find formulate generalize
generalise generate give group hypothesize hypothesise identify illustrate implement indicate infer inspect integrate
interpret invent judge justify label list locate make manipulate map match measure model modify monitor name operate
order organize organise outline paraphrase perform plan plot point practice practise predict prepare present
prioritize prioritise produce propose prove quote rank rate read rearrange recall recite recognize recognise recommend
reconstruct record relate repeat rephrase report represent reproduce restate retell revise rewrite select separate
sequence show sketch solve sort specify state subdivide suggest summarize summarise support tabulate tell test trace
transform translate turn use validate verify visualize visualise weigh write answer
"""
VERBS = frozenset(_VERBS_TEXT.split())
_VAGUE_TEXT = """
understand know learn appreciate grasp comprehend explore study realize realise be become familiarize familiarise gain
get see have think feel believe
"""
_VAGUE = frozenset(_VAGUE_TEXT.split())
_LEADING = re.compile(
    r"^(?:\s*(?:(?:to|and|or|then|how|briefly|correctly|be able to|the learner (?:can|will))\b|,))*\s*", re.IGNORECASE
)
_WORD = re.compile(r"[\w'’-]+")


def findings(examined: Examined) -> list[Finding]:
    """Objectives that begin with no verb one can observe."""
    if examined.words.language != "en":
        return []
    found = []
    for number, objective in enumerate(examined.lesson.objectives, start=1):
        verb = _first_word(objective)
        if verb in VERBS:
            continue
        why = f"nobody can see whether someone can “{verb}”" if verb in _VAGUE else "it does not begin with a verb"
        if verb not in _VAGUE:
            why = f"“{verb}” is no verb that tells what the learner does"
        sentence = f"Objective {number}, {clipped(objective)}, cannot be measured: {why}."
        remedy = f"Rewrite the objectives of {examined.name} so that each begins with a verb one can observe."
        found.append(examined.finding(Check.VERBS, "problem", sentence, remedy, kind=Kind.OBJECTIVE))
    return found


def without_verbs(objective: str) -> str:
    """What an objective is about: “Explain and compare osmosis” is about “osmosis”."""
    rest = objective
    while (word := _first_word(rest)) in VERBS | _VAGUE:
        rest = _LEADING.sub("", rest)[len(word) :]
    return rest


def _first_word(text: str) -> str:
    found = _WORD.match(_LEADING.sub("", text))
    return found[0].casefold() if found else ""
