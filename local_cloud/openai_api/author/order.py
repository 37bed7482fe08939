"""The lesson to write, as the writer is asked for it."""

import json
import re
from dataclasses import dataclass
from typing import Any

WORDS_PER_MINUTE = 135
_FIELD = re.compile(
    r"\s*<?(title|minutes|audience|objectives?|lesson|previous lesson|next lesson|course)[^:>]*[:>]\s*(.*?)"
    r"(?:</\w+>)?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Order:
    """A lesson's plan; `previous` and `next` are the titles of its neighbours, where told."""

    title: str
    objectives: list[str]
    minutes: int
    audience: str
    previous: str = ""
    next: str = ""

    @property
    def words(self) -> int:
        """Words of narration that fill its minutes."""
        return self.minutes * WORDS_PER_MINUTE


def read_order(text: str) -> Order:
    """The lesson's block: JSON, or lines like `Title: …`, `Minutes: 6`, and a list of objectives."""
    try:
        given = json.loads(text)
    except ValueError:
        given = _read_lines(text)
    if not isinstance(given, dict):
        given = {}
    minutes = re.search(r"\d+", str(given.get("minutes", "")))
    objectives = given.get("objectives") or []
    return Order(
        title=str(given.get("title") or "Lesson"),
        objectives=[str(one) for one in ([objectives] if isinstance(objectives, str) else objectives)],
        minutes=min(60, max(1, int(minutes[0]) if minutes else 6)),
        audience=str(given.get("audience") or ""),
        previous=_named(given.get("previous lesson")),
        next=_named(given.get("next lesson")),
    )


def _named(given: Any) -> str:
    """A neighbour's title without its number; “none” is none."""
    title = re.sub(r"^(?:lesson\s+)?\d+\.\d+[:.,]?\s+", "", str(given or "").strip(), flags=re.IGNORECASE)
    title = title.strip('“”" ')
    return "" if re.fullmatch(r"(?:none|-|–|—|n/a)?\.?", title, re.IGNORECASE) else title


def _read_lines(text: str) -> dict[str, Any]:
    found: dict[str, Any] = {"objectives": []}
    for line in text.splitlines():
        item = re.match(r"\s*(?:[-*•]|\d+[.)])\s+(.+)", line)
        field = _FIELD.match(line)
        if item:
            found["objectives"].append(item[1].strip())
        elif field and field[1].lower().startswith("objective"):
            found["objectives"] += [one.strip() for one in field[2].split(";") if one.strip()]
        elif field:
            name = "title" if field[1].lower() == "lesson" else field[1].lower()
            found.setdefault(name, field[2].strip())
    return found
