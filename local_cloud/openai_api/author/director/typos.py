"""Slips in words of command, mended where that is harmless: one letter wrong, missing, doubled or exchanged."""

import re

_COMMANDS = frozenset(
    [
        "rename",
        "retitle",
        "change",
        "replace",
        "remove",
        "delete",
        "move",
        "swap",
        "exchange",
        "merge",
        "combine",
        "split",
        "divide",
        "duplicate",
        "insert",
        "append",
        "include",
        "slide",
        "slides",
        "lesson",
        "lessons",
        "module",
        "modules",
        "bullet",
        "bullets",
        "sentence",
        "sentences",
        "question",
        "questions",
        "objective",
        "objectives",
        "narration",
        "title",
        "answer",
        "choice",
        "option",
        "quiz",
        "shorter",
        "simpler",
        "longer",
        "everywhere",
        "instead",
        "second",
        "third",
        "fourth",
        "fifth",
        "first",
        "before",
        "after",
        "correct",
        "right",
        "explanation",
        "subtitle",
    ]
)
# Words that are one letter away from a command and mean something of their own.
_KNOWN = frozenset(
    [
        "side",
        "sides",
        "slice",
        "sliced",
        "glide",
        "bullets",
        "pallet",
        "ballet",
        "less",
        "lesion",
        "nodule",
        "mobile",
        "love",
        "moves",
        "moved",
        "wove",
        "more",
        "mode",
        "merger",
        "verge",
        "spit",
        "split",
        "slit",
        "spilt",
        "swamp",
        "swab",
        "snap",
        "sway",
        "wrap",
        "answers",
        "answered",
        "choices",
        "options",
        "write",
        "tight",
        "light",
        "night",
        "might",
        "fight",
        "thirds",
        "fist",
        "fits",
        "forth",
        "worth",
        "birth",
        "thirst",
        "firsts",
        "offer",
        "afters",
        "insect",
        "insects",
        "inserts",
        "change",
        "charge",
        "chance",
        "changes",
        "chances",
        "titles",
        "tile",
        "tiles",
        "little",
        "quit",
        "quiz",
        "quite",
        "sentences",
        "narrations",
        "stride",
        "bride",
        "pride",
        "slime",
        "slid",
        "slider",
        "replaced",
        "replaces",
        "removed",
        "removes",
        "deleted",
        "moving",
        "object",
        "objective",
        "subjective",
        "reflect",
        "include",
        "includes",
        "included",
        "divided",
        "divides",
        "merges",
        "joined",
        "fright",
        "bright",
        "eight",
        "sight",
    ]
)
_WORD = re.compile(r"[A-Za-z]{4,}")


def mended(text: str) -> str:
    """The text with slips in words of command mended; other words stay as they are."""
    return _WORD.sub(lambda match: _mended(match.group()), text)


def _mended(word: str) -> str:
    plain = word.lower()
    if plain in _COMMANDS or plain in _KNOWN:
        return word
    near = [one for one in _COMMANDS if abs(len(one) - len(plain)) <= 1 and _is_near(plain, one)]
    return near[0] if len(near) == 1 else word


def _is_near(word: str, other: str) -> bool:
    """Whether one letter was left out, added or changed, or two neighbours exchanged; the first is right or swapped."""
    if word[0] != other[0] and word[:2] != other[1::-1]:
        return False
    start = next((at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    rest, target = word[start:], other[start:]
    return (
        rest[1:] == target[1:]
        or rest[1:] == target
        or rest == target[1:]
        or (rest[:2] == target[1::-1] and len(target) > 1 and rest[2:] == target[2:])
    )
