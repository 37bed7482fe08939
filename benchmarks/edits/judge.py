"""Whether an edit did exactly what was meant, and whether it touched anything else."""

from dataclasses import dataclass
from typing import Any

from benchmarks.edits.expected import applied, units, words
from benchmarks.edits.lists import Rewrite, Wanted
from benchmarks.edits.snapshot import Words, sentences


@dataclass(frozen=True)
class Verdict:
    """`exact`: changed exactly what was meant. `untouched`: nothing else was changed."""

    exact: bool
    untouched: bool


def judged(wanted: Wanted, before: Words, after: Words) -> Verdict:
    """The verdict on two snapshots."""
    if wanted.rewrite is not None:
        return _rewritten(wanted.rewrite, before, after)
    expected = applied(before, wanted.do)
    exact = expected == after
    return Verdict(exact, exact or units(before, after) <= _allowed(before, expected))


def _allowed(before: Words, expected: Words) -> set[tuple[str, ...]]:
    return units(before, expected)


def _rewritten(rewrite: Rewrite, before: Words, after: Words) -> Verdict:
    old, new = _lesson(before, rewrite.lesson), _lesson(after, rewrite.lesson)
    allowed = _may_change(rewrite, old)
    touched = units(before, after)
    added = {(kind, part["id"]) for kind in ("slides", "quiz") for part in new[kind] if part not in old[kind]}
    room = added if rewrite.scope in ("lesson", "quiz") or rewrite.scope.startswith("new") else set()
    gone = {("quiz", part["id"]) for part in old["quiz"]} if rewrite.scope in ("lesson", "quiz") else set()
    inside = touched <= allowed | room | gone
    return Verdict(inside and bool(touched) and _meant(rewrite, old, new), inside)


def _may_change(rewrite: Rewrite, lesson: Words) -> set[tuple[str, ...]]:
    scope, _, number = rewrite.scope.partition(" ")
    allowed: set[tuple[str, ...]] = {("lesson", lesson["id"], "minutes")} if rewrite.minutes else set()
    if scope == "lesson":
        allowed |= {("slides", slide["id"]) for slide in lesson["slides"]}
        return allowed | {("lesson", lesson["id"], "slides"), ("lesson", lesson["id"], "quiz")}
    if scope == "new":
        return {("lesson", lesson["id"], "slides")}
    if scope == "quiz":
        return {("lesson", lesson["id"], "quiz")}
    return {("slides", lesson["slides"][int(number.split()[0]) - 1]["id"])}


def _meant(rewrite: Rewrite, old: Words, new: Words) -> bool:
    """Fewer words or more, where they were meant; and inside a slide nothing but what was named."""
    if rewrite.minutes and new["minutes"] != rewrite.minutes:
        return False
    scope, _, number = rewrite.scope.partition(" ")
    if scope == "quiz":
        kept: bool = new["quiz"][: len(old["quiz"])] == old["quiz"]
        return kept and len(new["quiz"]) > len(old["quiz"])
    if scope == "new":
        at = int(number.split()[-1]) - 1
        return bool([one for place, one in enumerate(new["slides"]) if place != at] == old["slides"])
    if scope in ("narration", "sentence"):
        slide, *inner = (int(one) - 1 for one in number.split())
        was, now = old["slides"][slide], new["slides"][slide]
        if {**was, "narration": "", "citations": []} != {**now, "narration": "", "citations": []}:
            return False
        if inner and not _only_sentence(was["narration"], now["narration"], inner[0]):
            return False
    fewer = words(new) < words(old)
    return fewer if rewrite.direction == "fewer" else words(new) > words(old)


def _only_sentence(was: str, now: str, place: int) -> bool:
    before, after = sentences(was), sentences(now)
    behind = len(before) - place - 1
    return before[:place] == after[:place] and before[place + 1 :] == (after[-behind:] if behind else [])


def _lesson(course: Words, number: str) -> Any:
    module, _, place = number.partition(".")
    return course["modules"][int(module) - 1]["lessons"][int(place) - 1]
