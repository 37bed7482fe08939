"""What each role is told, one Markdown file a role, reviewed as prose."""

import re
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent
_PLACE = re.compile(r"\{\{(\w+)\}\}")


def prompt(role: str, **blocks: str) -> str:
    """The role's prompt, with each `{{name}}` in it replaced by that block."""
    # In one pass: what a block says is never taken for a place.
    return _PLACE.sub(lambda place: blocks[place[1]], _read(role))


@cache
def _read(role: str) -> str:
    return (_FOLDER / f"{role}.md").read_text(encoding="utf-8").strip()
