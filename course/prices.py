"""What models cost: a table with a date, read from `prices.toml` or from the file an operator names."""

import logging
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from pydantic import Field, ValidationError

from course.errors import Invalid
from course.models.lesson import Part

_BUNDLED = Path(__file__).with_name("prices.toml")
_MILLION = Decimal(1_000_000)
_log = logging.getLogger(__name__)


class Price(Part):
    """US dollars per million units: tokens, or characters for speech."""

    input: Decimal = Field(ge=0)
    output: Decimal = Field(default=Decimal(0), ge=0)


class _Table(Part):
    """The file."""

    as_of: date
    models: dict[str, Price]


@dataclass(frozen=True)
class Prices:
    """What each model costs, as known on the day `as_of`."""

    as_of: date
    models: Mapping[str, Price]

    @classmethod
    def read(cls, path: Path | None = None) -> "Prices":
        """The prices in that file; None is the one that comes with Lectern. Raises `Invalid`."""
        file = path or _BUNDLED
        try:
            table = _Table.model_validate(tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
            raise Invalid(
                f"The prices in {file.name} cannot be used: {_first_line(error)}. Mend the file LECTERN_PRICES names."
            ) from error
        return cls(table.as_of, table.models)

    def cost(self, model: str, input_units: int, output_units: int = 0) -> Decimal | None:
        """US dollars for that much of a model; None when its price is not known, which the log says once."""
        price = self._price(model)
        if price is None:
            _say_unknown(model)
            return None
        return (price.input * input_units + price.output * output_units) / _MILLION

    def is_free(self, model: str) -> bool:
        """Whether the model is known to cost nothing."""
        price = self._price(model)
        return price is not None and not price.input and not price.output

    def _price(self, model: str) -> Price | None:
        """Also of a dated version: `gpt-4o-mini-2024-07-18` costs what `gpt-4o-mini` does."""
        if model in self.models:
            return self.models[model]
        names = [name for name in self.models if model.startswith(f"{name}-2")]
        return self.models[max(names, key=len)] if names else None


@cache
def bundled() -> Prices:
    """The prices that come with Lectern."""
    return Prices.read()


@cache
def _say_unknown(model: str) -> None:
    _log.warning("The price of model %s is not known: what it costs is counted as unknown", model)


def _first_line(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return str(error).splitlines()[0] if str(error) else type(error).__name__
