"""Wishes about money: what it has cost, and what it may cost."""

import re

from local_cloud.openai_api.author.director.conversation import Conversation
from local_cloud.openai_api.author.director.outline import lessons_named
from local_cloud.openai_api.author.director.tools import Wish

_AMOUNT = r"(?:us)?\$\s*(\d[\d,]*(?:\.\d+)?)|(\d[\d,]*(?:\.\d+)?)\s*(?:\$|dollars?\b|usd\b|bucks\b)"
_BUDGET = re.compile(
    r"\b(?:budget|spending limit|cost limit|spend(?:ing)? (?:any )?more than|spend at most|spend up to|cap the cost)\b",
    re.IGNORECASE,
)
_NO_BUDGET = re.compile(
    r"^(?:no|without(?: a)?|remove|drop|lift|delete|clear|forget|take away)\s+(?:the|its|this|my|any)?\s*"
    r"(?:budget|spending limit)|\b(?:no|without) (?:a )?(?:budget|spending limit) (?:any ?more|from now on)\b|"
    r"\bspend (?:as much as|whatever|what) (?:you|it|is)\b",
    re.IGNORECASE,
)
# Of the past, or of now: what something will cost is an estimate.
_SPENT = re.compile(
    r"\b(?:what|how much|how expensive)\b.*\b(?:has|have|did|was|were|is|are)\b.*\b(?:cost|costs|spent|spend|paid|"
    r"expensive|used up|left|so far)\b|"
    r"\bhow much\b.*\b(?:spent|paid|left (?:of|in) the budget|so far)\b|\bhow much was\b|"
    r"^(?:(?:show|list|tell|give) (?:me )?)?(?:the |my )?(?:costs?|spending|expenses|bill|money)"
    r"(?: (?:of|for|so far|report|overview).*)?$|"
    r"\b(?:costs?|spending|money) so far\b|\bwhat(?:’|')?s? (?:is )?left of the budget\b|\bhow much budget\b|"
    r"\bhow much (?:money )?(?:is|do (?:i|we) have) left\b",
    re.IGNORECASE,
)
_VIDEO = re.compile(r"\b(?:videos?|render\w*|film)\b", re.IGNORECASE)
_HERE = re.compile(r"\b(?:this lesson|the lesson|that lesson)\b", re.IGNORECASE)


def asks_money(said: str) -> bool:
    """Whether the words are about a budget or about what was spent."""
    return bool(_BUDGET.search(said) or _NO_BUDGET.search(said) or _SPENT.search(said))


def money(said: str, talk: Conversation) -> list[Wish]:
    """A budget set or lifted, or the costs of the part that was named, else of the course."""
    if not talk.outline.title:
        return []
    said = said.rstrip(" .!?")
    if _NO_BUDGET.search(said):
        return [Wish("lift_budget")]
    amount = re.search(_AMOUNT, said, re.IGNORECASE) or re.search(r"\b(\d[\d,]*(?:\.\d+)?)()$", said)
    if _BUDGET.search(said) and amount:
        return [Wish("set_budget", {"usd": float((amount[1] or amount[2]).replace(",", ""))})]
    if _BUDGET.search(said) or (_SPENT.search(said) and not _is_estimate(said)):
        return [Wish("course_cost", {"part": _part(said, talk)})]
    return []


def cost_offered(result: str) -> str:
    """What writing lessons takes, as a question, when a tool says that the person has not been told; else nothing."""
    takes, asked, _ = result.partition(" The person has not been told that yet")
    return f"{takes} Shall I write the lessons?" if asked else ""


def _is_estimate(said: str) -> bool:
    """What a video costs that is not made yet is estimated, not added up."""
    return bool(_VIDEO.search(said)) and not re.search(
        r"\b(?:has|have|did|was|were|spent|so far)\b", said, re.IGNORECASE
    )


def _part(said: str, talk: Conversation) -> str:
    if named := lessons_named(said, talk.outline):
        return named[0] if named[0].startswith("module") else f"lesson {named[0]}"
    if talk.lesson_in_mind and _HERE.search(said):
        return f"lesson {talk.lesson_in_mind}"
    return "course"
