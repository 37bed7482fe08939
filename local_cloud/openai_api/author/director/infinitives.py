"""What tools report as done, said as what would be done."""

import re

_VERBS = {
    "Added": "add",
    "Changed": "change",
    "Duplicated": "duplicate",
    "Laid": "lay",
    "Merged": "merge",
    "Moved": "move",
    "Removed": "remove",
    "Renamed": "rename",
    "Replaced": "replace",
    "Rewrote": "rewrite",
    "Set": "set",
    "Split": "split",
    "Swapped": "swap",
}
_COUNTED = re.compile(r"\b(parts?) changed\b")


def as_intended(text: str) -> str:
    """“Rewrote lesson 1.2: 3 parts changed.” as “rewrite lesson 1.2: 3 parts would change.”"""
    first, space, rest = text.partition(" ")
    text = f"{_VERBS[first]}{space}{rest}" if first in _VERBS else text
    return _COUNTED.sub(r"\1 would change", text).replace("The outline is changed:", "change the outline:", 1)
