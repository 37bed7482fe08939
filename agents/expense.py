"""What writing lessons will take, reckoned from those written before."""

from dataclasses import dataclass
from decimal import Decimal

from agents.metering import Bill
from course.money import about
from course.prices import Prices

# Of one lesson, before any was written: writer, reviewer and every other repair, with prompts and passages.
_TOKENS_IN = 24_000.0
_TOKENS_OUT = 4_500.0
_SECONDS = 40.0
# How much the last lesson counts against those before.
_WEIGHT = 0.3


@dataclass(frozen=True)
class Expense:
    """What writing some lessons will take; `usd` is None when the model's price is not known."""

    seconds: float
    usd: Decimal | None

    def __str__(self) -> str:
        time_needed = f"about {round(self.seconds / 60)} minutes" if self.seconds >= 90 else "about a minute"
        return f"{time_needed}, {about(self.usd)} for the model"


def lasting(seconds: float) -> str:
    """A time that has passed, like “40 seconds” or “3 minutes”."""
    if seconds < 90:
        return f"{max(1, round(seconds))} seconds"
    return f"{round(seconds / 60)} minutes"


class Reckoning:
    """Learns what a lesson takes."""

    def __init__(self, model: str, prices: Prices) -> None:
        self._model = model
        self._prices = prices
        self._seconds, self._tokens_in, self._tokens_out = _SECONDS, _TOKENS_IN, _TOKENS_OUT

    def learn(self, seconds: float, bill: Bill) -> None:
        """One more lesson was written."""
        self._seconds += (seconds - self._seconds) * _WEIGHT
        if bill.tokens_in:
            self._tokens_in += (bill.tokens_in - self._tokens_in) * _WEIGHT
            self._tokens_out += (bill.tokens_out - self._tokens_out) * _WEIGHT

    def expense(self, lessons: int, at_once: int) -> Expense:
        """Of so many lessons."""
        rounds = -(-lessons // at_once)
        tokens = round(self._tokens_in * lessons), round(self._tokens_out * lessons)
        return Expense(rounds * self._seconds, self._prices.cost(self._model, *tokens))
