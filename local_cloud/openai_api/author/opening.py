"""How a lesson begins: a reason to listen, what was learned before, and what will be learned."""

import re
from typing import Any

from local_cloud.openai_api.author import narration
from local_cloud.openai_api.author.citing import citations
from local_cloud.openai_api.author.material import Material
from local_cloud.openai_api.author.order import Order
from local_cloud.openai_api.author.prose import Sentence, spoken
from local_cloud.openai_api.author.terms import lowered_first
from local_cloud.openai_api.author.titles import brief
from local_cloud.openai_api.author.words import clipped, listed, lowered, topic_stems

_STIRRING = re.compile(
    r"\b(?:most|every|all|essential|important|necessary|life|living|human|people|world|first|"
    r"discovered|known)\b"
)
# “Monosaccharides, continued”, “Osmosis (2)”: written to tell two apart, and not to be said.
UNSPOKEN = re.compile(r",? continued\b|\s*\((?:part )?\d+\)|\s*\bpart \d+$", re.IGNORECASE)
_LONGEST_HOOK = 28  # words
_LONG_GOALS = 26  # words; more than one sentence can hold


def opening(
    order: Order, objectives: list[str], hook: Sentence | None, material: Material, *, short: bool
) -> dict[str, Any]:
    """Why it matters, what it is about, and what comes of it; `short` leaves out what a minute has no room for."""
    subject = material.inside(spoken_title(order.title))
    words = [f"This lesson is about {subject}.", *_goals(objectives)]
    if order.previous and not short:
        words.insert(0, f"Before we begin: what do you remember of the last lesson, “{order.previous}”?")
    if hook:
        words.insert(0, narration.said([hook]))
    elif not short:
        words.insert(0, _question(subject, material))
    return {
        "title": brief(order.title),
        "body": {"layout": "title", "subtitle": _subtitle(order)},
        "narration": " ".join(words),
        "citations": citations([hook], material) if hook else [],
    }


def hook(order: Order, material: Material) -> Sentence | None:
    """A sentence early in the material that says why the subject matters."""
    early = [one for one in material.sentences[: max(12, len(material.sentences) // 4)] if one.stands_alone]
    about = topic_stems(" ".join([order.title, *order.objectives]))
    fitting = [one for one in early if one.stems & about and one.length <= _LONGEST_HOOK and not material.defines(one)]
    best = max(fitting, key=lambda one: (len(_STIRRING.findall(one.text)), -one.index), default=None)
    return best if best is not None and _STIRRING.search(best.text) else None


def spoken_title(title: str) -> str:
    """As it is said: without what only tells two slides apart, and of “A: B” what is new."""
    whole = UNSPOKEN.sub("", spoken(title)).rstrip(".?! ")
    return whole.rpartition(": ")[2] or whole


def unwritten(order: Order, objectives: list[str]) -> list[dict[str, Any]]:
    """An opening and a question for each objective: a frame to fill once there is a source."""
    title = {
        "title": brief(order.title),
        "body": {"layout": "title", "subtitle": _subtitle(order)},
        "narration": f"This lesson is about {lowered(spoken_title(order.title))}. "
        f"By the end, you should be able to {listed([lowered_first(one.rstrip('.')) for one in objectives])}.",
        "citations": [],
    }
    questions = [
        {
            "title": brief(clipped(objective.rstrip("."), 100)),
            "body": {"layout": "question", "question": f"How would you {lowered_first(objective.rstrip('.'))}?"},
            "narration": f"Before we go on, think for a moment: how would you {lowered_first(objective.rstrip('.'))}?",
            "citations": [],
        }
        for objective in objectives
    ]
    return [title, *questions]


def _subtitle(order: Order) -> str:
    return f"For {order.audience}" if order.audience and len(order.audience) < 80 else ""


def _goals(objectives: list[str]) -> list[str]:
    """In one sentence, or each in its own where they are long."""
    goals = [lowered_first(spoken(one).rstrip(".")) for one in objectives]
    if sum(len(one.split()) for one in goals) <= _LONG_GOALS:
        return [f"By the end, you will be able to {listed(goals)}."]
    links = ["By the end, you will be able to {}.", "You will also be able to {}.", "Then you can {}."]
    return [links[min(place, 2)].format(goal) for place, goal in enumerate(goals[:3])]


def what_is(term: str) -> str:
    """The question for a term, which may be one thing or many."""
    many = re.search(r"[^sui]s$", term) is not None
    return f"What are {lowered_first(term)}?" if many else f"What does “{lowered_first(term)}” mean?"


def _question(subject: str, material: Material) -> str:
    """Something to think about, from what the lesson explains."""
    if material.definitions:
        return what_is(material.definitions[0].term)
    return f"What do you know about {subject} already?"
