"""What of a message was not understood while the rest was done: said plainly rather than passed over."""

import re

from local_cloud.openai_api.author.director.conversation import Conversation
from local_cloud.openai_api.author.director.tools import Wish
from local_cloud.openai_api.author.director.wishes import by_clause, wishes
from local_cloud.openai_api.author.words import clipped, listed

_ASKS = re.compile(
    r"(?:add|avoid|call|change|check|combine|correct|cut|delete|divide|drop|duplicate|emphasi[sz]e|exclude|explain|"
    r"export|fix|give|highlight|include|insert|keep|leave out|lengthen|make|mention|merge|move|omit|publish|put|"
    r"remove|rename|render|replace|rewrite|shorten|show|simplify|skip|split|swap|take out|translate|turn|use|write)\b",
    re.IGNORECASE,
)

_OF_LESSONS = frozenset({"rewrite_lesson", "set_minutes"})
_THEM_ALL = re.compile(
    r"\b(?:all|every|each)\b(?: \w+){0,2}? lessons?(?: (?:of|in) (?:the|this|my) course)?\b|\beverything\b|"
    r"\b(?:the|this|my|our) (?:whole |entire )?course\b|\bmodule \w+\b",
    re.IGNORECASE,
)


def still_to_do(rest: list[Wish], talk: Conversation) -> str:
    """What a turn had no more steps for, and the words to go on with; empty when all was done."""
    lessons = [wish.arguments["lesson"] for wish in rest if wish.tool in _OF_LESSONS]
    if not lessons or len(lessons) != len(rest):
        return f"That was as much as one turn can do: {len(rest)} more are left. Ask for them again." if rest else ""
    named = f"lesson {lessons[0]}" if len(lessons) == 1 else f"lessons {listed(lessons)}"
    again, count = _THEM_ALL.subn(named, talk.said.strip().rstrip(" .!"), count=1)
    how = f"To go on, say “{again}”." if count else "To go on, ask for these again."
    return f"That was as much as one turn can do; still as it was: {named}. {how}"


def left_over(talk: Conversation) -> str:
    """The requests among several that led to nothing, as a sentence; empty when there are none."""
    apart = by_clause(talk)
    meant = [wish for _, wished in apart for wish in wished]
    if not meant or any(wish not in meant for wish in wishes(talk)):
        return ""
    missed = [said.strip(" .!,;") for said, wished in apart if not wished and _ASKS.match(said)]
    if not missed:
        return ""
    told = " and ".join(f"“{clipped(one, 80)}”" for one in missed)
    return f"I did not understand {told}, so nothing was done about that."
