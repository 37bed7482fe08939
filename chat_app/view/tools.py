"""What an agent's tool was asked and what it answered, for a person who opens the step."""

from collections.abc import Mapping
from typing import Any

_LONGEST = 4_000


def asked(arguments: Mapping[str, Any]) -> str:
    """The arguments as a short list; nothing for those left empty."""
    lines = [
        f"- **{name.replace('_', ' ').capitalize()}:** {_value(value)}"
        for name, value in arguments.items()
        if value not in (None, "", [], {})
    ]
    return "\n".join(lines)


def answered(result: str) -> str:
    """What the agent was told, as text and never as markup of ours."""
    text = result.strip()
    return text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + "\n\n…"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(_value(one) for one in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_value(one)}" for key, one in value.items())
    return " ".join(str(value).split())
