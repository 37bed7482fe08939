"""Objectives a learner can be measured by: the source's own where it states them, else from its headings and terms."""

import re

from local_cloud.openai_api.author.goals import NAMES_NOTHING
from local_cloud.openai_api.author.headings import Heading
from local_cloud.openai_api.author.prose import list_items, paragraphs, plain, sentences
from local_cloud.openai_api.author.terms import define
from local_cloud.openai_api.author.words import (
    capitalised,
    clipped,
    is_statement,
    listed,
    overlap,
    stems,
    topic_stems,
    within,
)

_MOST = 4
_WORTH_A_GOAL = 20  # words of a section
_STATED = re.compile(
    r"\b(?:able to|objectives?|you will|learn(?:ing)? (?:outcomes?|goals?)|you(?:’|')ll|students? "
    r"(?:will|can|should))\b",
    re.IGNORECASE,
)
_VERBS_TEXT = """
analyze analyse apply appraise argue arrange assess build calculate categorize choose cite classify
compare compute conclude construct contrast create critique debate define demonstrate derive
describe design determine develop diagram differentiate discuss distinguish draw estimate evaluate
examine explain formulate give identify illustrate infer interpret judge justify label list locate
match measure name order organize outline plan perform predict prepare prove rank recall recognize
recognise record relate report restate sketch solve sort state summarize summarise test trace
translate use write
"""
_VERBS = frozenset(_VERBS_TEXT.split())
# What cannot be measured, and the nearest verb that can.
_WEAK = {
    "understand": "Explain",
    "know": "State",
    "learn": "Describe",
    "appreciate": "Explain",
    "see": "Describe",
    "grasp": "Explain",
    "comprehend": "Explain",
    "explore": "Describe",
    "study": "Describe",
    "become": "Describe",
    "realize": "Explain",
    "be": "Describe",
    "familiarize": "Describe",
    "gain": "Describe",
    "get": "Describe",
}
_DOING = re.compile(r"\w{3,}ing (?:the|an?|it|your|up|out|in|off)\b", re.IGNORECASE)
_STEPS = re.compile(r"^\s*\d+[.)]\s", re.MULTILINE)
_OBJECT = re.compile(r"(?:the|an?|your|its)\b", re.IGNORECASE)


def shared(chapter: Heading, pieces: list[list[Heading]]) -> list[list[str]]:
    """Two to four for each lesson of a chapter: every stated objective goes to the lesson that reaches it best."""
    # Running text only: the list of objectives itself names everything.
    said = [{one for leaf in piece for text in paragraphs(leaf.text) for one in stems(text)} for piece in pieces]
    goals: list[list[str]] = [[] for _ in pieces]
    for goal in stated(chapter):
        fits = [_fit(goal, present, piece) for present, piece in zip(said, pieces, strict=True)]
        place = fits.index(max(fits))
        if len(goals[place]) < _MOST:
            goals[place].append(goal)
    return [_filled(own, chapter, piece) for own, piece in zip(goals, pieces, strict=True)]


def _filled(goals: list[str], chapter: Heading, piece: list[Heading]) -> list[str]:
    enough = max(2, min(_MOST, len(piece))) if chapter.gathers else 2
    for goal in _made(chapter, piece):
        if len(goals) >= enough:
            break
        if goal not in goals and all(overlap(topic_stems(goal), topic_stems(other)) < 0.7 for other in goals):
            goals = [*goals, goal]
    return [clipped(goal, 240) for goal in goals]


def _fit(goal: str, present: set[str], piece: list[Heading]) -> float:
    wanted = topic_stems(goal)
    titles = {stem for leaf in piece for stem in topic_stems(leaf.title)}
    return overlap(wanted, present) + 0.7 * overlap(wanted, titles)


def stated(chapter: Heading) -> list[str]:
    """The objectives the chapter lists itself, each with a verb that can be measured."""
    found: list[str] = []
    for leaf in chapter.leaves:
        for introduction, items in list_items(leaf.text):
            if _STATED.search(introduction):
                found += [measurable(item) for item in items]
    return [goal for goal in dict.fromkeys(found) if goal]


def measurable(goal: str) -> str:
    """With a verb of Bloom's at the beginning, or empty when there is none to be found."""
    text = re.sub(r"^(?:to|how to|be able to)\s+", "", plain(goal).strip(" .;"), flags=re.IGNORECASE)
    first, _, rest = text.partition(" ")
    verb = first.lower()
    if verb in _VERBS:
        return capitalised(text)
    if verb in _WEAK and rest:
        rest = re.sub(
            r"^(?:familiar with|aware of|an? understanding of|to know|how to)\s+", "", rest, flags=re.IGNORECASE
        )
        return f"{_WEAK[verb]} {rest}"
    return ""


def _made(chapter: Heading, piece: list[Heading]) -> list[str]:
    """From headings and defined terms, which is all that is known."""
    goals: list[str] = []
    terms = [found.term for leaf in piece for one in sentences("", "", leaf.text) if (found := define(one))]
    if terms:
        named = [within(term, _said(chapter)) for term in dict.fromkeys(terms)]
        goals.append(f"Define {listed(named[:3])}")
    within_chapter = [leaf for leaf in piece if leaf.level >= chapter.level and leaf.own_words >= _WORTH_A_GOAL]
    goals += [_on(leaf) for leaf in within_chapter if leaf is not chapter or len(piece) == 1]
    if NAMES_NOTHING.search(chapter.title):
        return [goal for goal in goals if goal] or [f"Summarize the main points of {within(chapter.title, '')}"]
    about = within(chapter.title, _said(chapter))
    goals.append(_on(chapter))
    if not _DOING.match(about):
        goals += [f"Explain {about}", f"Summarize the main points of {about}"]
    return [goal for goal in goals if goal]


def _on(heading: Heading) -> str:
    """What can be done after a section, as its heading puts it; empty when it has only its first words."""
    title = heading.title.rstrip("?.! ")
    about = within(title, _said(heading))
    first, _, rest = about.partition(" ")
    if title.endswith("…") or NAMES_NOTHING.search(title):
        return ""
    if asked := re.match(r"(what|who|where|when|why|how) (is|are|was|were) (.+)$", about, re.IGNORECASE):
        return f"Explain {asked[1]} {asked[3]} {asked[2]}"
    if re.match(r"(?:what|who|where|when|why|how|which) (?:do|does|did|can|should|will)\b", about):
        return f"Answer the question “{capitalised(title)}?”"
    if first in ("what", "who", "where", "when", "why", "how", "which"):
        return f"Explain {about}"
    if first in ("understanding", "introducing", "exploring") and rest:
        return f"Explain {rest}"
    if _DOING.match(about):
        return f"Outline the steps of {about}" if _STEPS.search(heading.text) else f"Describe the process of {about}"
    if is_statement(about):
        return f"Explain how {about}"
    return capitalised(about) if first in _VERBS and _OBJECT.match(rest) else f"Describe {about}"


def _said(heading: Heading) -> str:
    return " ".join(leaf.text for leaf in heading.leaves)
