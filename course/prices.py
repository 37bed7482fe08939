"""What models cost, as their makers' price pages said on `AS_OF`."""

import logging
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

AS_OF = date(2026, 11, 22)

_log = logging.getLogger(__name__)
_MILLION = Decimal(1_000_000)


@dataclass(frozen=True)
class Price:
    """US dollars per million units: tokens, or characters for speech."""

    input: Decimal
    output: Decimal = Decimal(0)


PRICES: dict[str, Price] = {
    # What `local_cloud` serves costs nothing.
    "built-in-author": Price(Decimal(0)),
    "piper-joe": Price(Decimal(0)),
    "all-minilm-l6-v2": Price(Decimal(0)),
    # Its milliseconds are recorded and not sold.
    "press": Price(Decimal(0)),
    # Chat, per million tokens in and out.
    "gpt-4o": Price(Decimal("2.50"), Decimal("10.00")),
    "gpt-4o-mini": Price(Decimal("0.15"), Decimal("0.60")),
    "gpt-4.1": Price(Decimal("2.00"), Decimal("8.00")),
    "gpt-4.1-mini": Price(Decimal("0.40"), Decimal("1.60")),
    "gpt-4.1-nano": Price(Decimal("0.10"), Decimal("0.40")),
    # Speech, per million characters. The mini voice is sold by the minute ($0.015, about 900 characters).
    "tts-1": Price(Decimal("15.00")),
    "tts-1-hd": Price(Decimal("30.00")),
    "gpt-4o-mini-tts": Price(Decimal("16.70")),
    # Embeddings, per million tokens.
    "text-embedding-3-small": Price(Decimal("0.02")),
    "text-embedding-3-large": Price(Decimal("0.13")),
}


def cost(model: str, input_units: int, output_units: int = 0) -> Decimal:
    """US dollars for that much of a model; 0 for one whose price is not known, which the log says once."""
    price = _price(model)
    if price is None:
        return Decimal(0)
    return (price.input * input_units + price.output * output_units) / _MILLION


@lru_cache(maxsize=256)
def _price(model: str) -> Price | None:
    """Also of a dated version: `gpt-4o-mini-2024-07-18` costs what `gpt-4o-mini` does."""
    names = [name for name in PRICES if model == name or model.startswith(f"{name}-2")]
    if not names:
        _log.warning("The price of model %s is not known: it is counted as 0", model)
        return None
    return PRICES[max(names, key=len)]
