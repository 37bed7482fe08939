"""What of a message was not understood while the rest was done: said plainly rather than passed over."""

import re

from local_cloud.openai_api.author.director.conversation import Conversation
from local_cloud.openai_api.author.director.wishes import by_clause, wishes
from local_cloud.openai_api.author.words import clipped

_ASKS = re.compile(
    r"(?:add|avoid|call|change|check|combine|correct|cut|delete|divide|drop|duplicate|emphasi[sz]e|exclude|explain|"
    r"export|fix|give|highlight|include|insert|keep|leave out|lengthen|make|mention|merge|move|omit|publish|put|"
    r"remove|rename|render|replace|rewrite|shorten|show|simplify|skip|split|swap|take out|translate|turn|use|write)\b",
    re.IGNORECASE,
)


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
