"""Amounts of money in words."""

from decimal import Decimal

UNKNOWN = "price not known"
_CENT = 0.01


def dollars(usd: Decimal | float | None) -> str:
    """Like “$1.25”; what is less than a cent is said to be; None is a price that is not known."""
    if usd is None:
        return UNKNOWN
    if not usd:
        return "$0"
    if usd < _CENT:
        return "less than $0.01"
    return f"${usd:,.2f}"


def about(usd: Decimal | float | None) -> str:
    """An estimate: “about $1.25”, “no cost”, “at a price not known”."""
    if usd is None:
        return "at a price that is not known"
    return f"at about {dollars(usd)}" if usd >= _CENT else f"at {dollars(usd)}" if usd else "at no cost"
