"""Wishes about videos: how far they are, what one takes, and to make it."""

import re

from local_cloud.openai_api.author.director.conversation import Conversation
from local_cloud.openai_api.author.director.outline import Outline, lessons_named
from local_cloud.openai_api.author.director.tools import Wish

_STATUS = re.compile(
    r"\b(?:status|how far|how(?:’s|'s| is| are) (?:the |my )?(?:videos?|render\w*)|progress|(?:is|"
    r"are) (?:the |my )?(?:videos?|renders?) (?:ready|done|finished)|when (?:is|will|"
    r"are)\b.*\b(?:ready|done|finished))\b",
    re.IGNORECASE,
)
_VIDEO = re.compile(
    r"\b(?:render|film|record)\b|\b(?:make|create|produce|generate|export|start|want|need|"
    r"get)\b.*\b(?:video|film|movie)s?\b|^video\b",
    re.IGNORECASE,
)
_ESTIMATE = re.compile(
    r"\b(?:estimate|how (?:much|long|expensive)|cost|price|what (?:would|will|does)\b.*\b(?:cost|take))\b",
    re.IGNORECASE,
)
_RESHAPES = re.compile(r"\b(?:merge|combine|join|split|swap|reorder)\b", re.IGNORECASE)


def asks_status(said: str) -> bool:
    """Whether the words ask how far something is."""
    return bool(_STATUS.search(said))


def videos(said: str, talk: Conversation) -> list[Wish]:
    """A wish for a video is first a wish for its estimate, unless that was just given."""
    if _STATUS.search(said) and not _ESTIMATE.search(said):
        return [Wish("render_status")]
    if not (_VIDEO.search(said) or (_ESTIMATE.search(said) and not _RESHAPES.search(said))):
        return []
    numbers = _lessons_for_video(said, talk)
    offered = [done.arguments.get("lesson") for done in talk.last_done if done.name == "estimate_render"]
    agreed = bool(_VIDEO.search(said)) and not _ESTIMATE.search(said)
    return [
        Wish("render_lesson" if agreed and number in offered else "estimate_render", {"lesson": number})
        for number in numbers
    ]


def _lessons_for_video(said: str, talk: Conversation) -> list[str]:
    outline = talk.outline
    named = lessons_named(said, outline)
    numbers = [one for name in named for one in (_in_module(name, outline) if name.startswith("module") else [name])]
    if numbers:
        return numbers
    if re.search(r"\b(?:all|every|everything|each|whole course|entire course)\b", said, re.IGNORECASE):
        return [one.number for one in outline.lessons if one.drafted]
    written = [one.number for one in outline.lessons if one.drafted]
    if talk.lesson_in_mind in written:
        return [talk.lesson_in_mind or ""]
    return written[:1] or [one.number for one in outline.lessons[:1]]


def _in_module(name: str, outline: Outline) -> list[str]:
    number = int(name.split()[1])
    return [one.number for module in outline.modules if module.number == number for one in module.lessons]
