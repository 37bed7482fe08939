"""A wish to change the budget, understood without a model: when the budget is used up, no model may be asked."""

import re
from dataclasses import dataclass
from decimal import Decimal

_AMOUNT = r"(?:us)?\$\s*(?P<sign>\d[\d,]*(?:\.\d+)?)|(?P<word>\d[\d,]*(?:\.\d+)?)\s*(?:\$|dollars?|usd|bucks)"
_BARE = r"(?P<bare>\d[\d,]*(?:\.\d+)?)"
_POLITE = r"(?:(?:ok(?:ay)?|yes|please|now|then|so|can you|could you|i want to|let(?:’|')?s)[\s,]+)*"
_END = r"(?:,?\s*(?:please|thanks|thank you))?[\s.!]*$"
_SET = re.compile(
    rf"^{_POLITE}(?:(?:set|raise|lower|change|increase|reduce|put|make)\s+(?:the|its|this course(?:’|')?s|my)?\s*"
    rf"(?:new\s+)?(?:budget|limit)(?:\s+(?:of|for)\s+(?:this|the) course)?\s*(?:to|at|=|:)?|"
    rf"(?:new\s+)?budget\s*(?:is|of|to|=|:)?)\s*(?:{_AMOUNT}|{_BARE}){_END}",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    rf"^{_POLITE}(?:don(?:’|')?t|do not|never)\s+(?:ever\s+)?spend (?:any )?more than\s+(?:{_AMOUNT}|{_BARE})"
    rf"(?:\s+(?:in all|in total|altogether|on it|(?:on|for) (?:this|the|my) course))*{_END}",
    re.IGNORECASE,
)
_NONE = re.compile(
    rf"^{_POLITE}(?:no|remove|drop|lift|forget|delete|clear|without(?: a)?)\s+(?:the|its|this|my|any)?\s*"
    rf"(?:budget|spending limit)(?:\s+(?:limit|of this course|for this course))*{_END}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class BudgetWish:
    """What the course may cost in all; None is no limit."""

    usd: Decimal | None


def budget_wish(said: str) -> BudgetWish | None:
    """The wish, when the words say that and nothing else."""
    said = " ".join(said.split())
    if _NONE.match(said):
        return BudgetWish(None)
    if match := _SET.match(said) or _LIMIT.match(said):
        amount = match["sign"] or match["word"] or match["bare"]
        return BudgetWish(Decimal(amount.replace(",", "")))
    return None
