"""What models cost: the table that comes with Lectern, and an operator's own."""

from decimal import Decimal
from pathlib import Path

import pytest

from course.errors import Invalid
from course.money import about, dollars
from course.prices import Prices, bundled


@pytest.mark.parametrize(
    ("model", "units", "usd"),
    [
        ("gpt-4o-mini", (1_000_000, 1_000_000), "0.75"),
        ("gpt-4o-mini-2024-07-18", (1_000_000, 0), "0.15"),
        ("gpt-4o-2024-08-06", (1_000_000, 0), "2.50"),
        ("gpt-4o-mini-tts", (1_000, 0), "0.0167"),
        ("text-embedding-3-small", (1_000_000, 0), "0.02"),
        ("built-in-author", (10**9, 10**9), "0"),
        ("piper-joe", (10**9, 0), "0"),
    ],
)
def test_prices(model: str, units: tuple[int, int], usd: str) -> None:
    """Dated versions cost what their model does; the local models nothing."""
    assert bundled().cost(model, *units) == Decimal(usd)


def test_only_what_costs_nothing_is_free() -> None:
    """A model whose price is not known is not taken for a free one."""
    assert [bundled().is_free(one) for one in ("built-in-author", "gpt-4o", "house-model")] == [True, False, False]


def test_an_unknown_price_is_unknown_and_said_once(caplog: pytest.LogCaptureFixture) -> None:
    """A model we have no price for costs nobody knows what, and the log says so instead of hiding it."""
    assert bundled().cost("house-model-of-this-test", 10, 10) is None
    assert bundled().cost("house-model-of-this-test", 10, 10) is None
    assert caplog.text.count("house-model-of-this-test") == 1


def test_an_operators_own_table(tmp_path: Path) -> None:
    """Another file brings other models, prices and date."""
    file = tmp_path / "prices.toml"
    file.write_text('as_of = 2027-01-31\n[models]\n"house-1" = { input = 1.5, output = 2 }\n')
    prices = Prices.read(file)
    assert prices.as_of.isoformat() == "2027-01-31"
    assert prices.cost("house-1", 1_000_000, 500_000) == Decimal("2.5")
    assert prices.cost("gpt-4o", 1) is None


@pytest.mark.parametrize(
    "text",
    ["", "as_of = 2027-01-31", "as_of = 5\n[models]\n", "as_of = 2027-01-31\n[models]\na = { input = -1 }", "\0"],
)
def test_a_bad_table_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    """A file that is no table of prices says what is wrong and what to mend."""
    file = tmp_path / "prices.toml"
    file.write_text(text)
    with pytest.raises(Invalid, match=r"^The prices in prices.toml cannot be used: .+ LECTERN_PRICES names\.$"):
        Prices.read(file)


def test_a_missing_table_is_refused_in_a_sentence(tmp_path: Path) -> None:
    """So does a file that is not there."""
    with pytest.raises(Invalid, match="cannot be used"):
        Prices.read(tmp_path / "nowhere.toml")


@pytest.mark.parametrize(
    ("usd", "said", "estimated"),
    [
        (None, "price not known", "at a price that is not known"),
        (Decimal(0), "$0", "at no cost"),
        (Decimal("0.0042"), "less than $0.01", "at less than $0.01"),
        (1.256, "$1.26", "at about $1.26"),
        (Decimal(1234), "$1,234.00", "at about $1,234.00"),
    ],
)
def test_amounts_in_words(usd: Decimal | float | None, said: str, estimated: str) -> None:
    """Unknown is not zero, and less than a cent is not zero either."""
    assert (dollars(usd), about(usd)) == (said, estimated)
