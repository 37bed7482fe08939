"""Which proposed changes belong together, and which cannot be applied without others."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from course.dependents import parent_in
from course.models.proposal import Hunk, ProposedChange
from course.models.revision import Kind

_PLACE = frozenset({"rank", "module_id", "lesson_id"})


def hunks(changes: Sequence[ProposedChange]) -> list[Hunk]:
    """The hunks of a proposal, numbered in the order of its changes.

    A new or removed part is one with all in it; parts that are put elsewhere from one place to another are one; so are
    a lesson's objectives that come, go or move with the questions that test them by number.
    """
    groups = _Groups(len(changes))
    _join_trees(changes, groups)
    _join_moves(changes, groups)
    _join_aims(changes, groups)
    while loop := _loop(_needs(changes, groups)):
        groups.join(*loop)
    needs = _needs(changes, groups)
    number = {root: at for at, root in enumerate(groups.roots(), start=1)}
    label = _labels([(number[root], changes[root].edit) for root in groups.roots()])
    return [
        Hunk(
            number=number[root],
            label=label[number[root]],
            told=changes[root].told,
            changes=[changes[at] for at in groups.members(root)],
            needs=sorted(number[one] for one in needs[root]),
            revision=changes[root].revision,
        )
        for root in groups.roots()
    ]


def _labels(edits: Sequence[tuple[int, int]]) -> dict[int, str]:
    """The number people see of each hunk, given the edit it comes of."""
    order = sorted({edit for _, edit in edits})
    if len(order) < 2:
        return {number: str(number) for number, _ in edits}
    labels: dict[int, str] = {}
    for at, edit in enumerate(order, start=1):
        those = [number for number, one in edits if one == edit]
        labels |= {number: f"{at}.{place}" if len(those) > 1 else str(at) for place, number in enumerate(those, 1)}
    return labels


def moves_only(change: ProposedChange) -> bool:
    """Whether it only puts a part elsewhere."""
    return change.before is not None and change.after is not None and set(change.after) <= _PLACE


class _Groups:
    """Indices in groups; each group is known by its first."""

    def __init__(self, count: int) -> None:
        self._first = list(range(count))

    def root(self, at: int) -> int:
        while self._first[at] != at:
            at = self._first[at]
        return at

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.root(one), self.root(other)))
        self._first[high] = low

    def roots(self) -> list[int]:
        return [at for at, first in enumerate(self._first) if at == first]

    def members(self, root: int) -> list[int]:
        return [at for at in range(len(self._first)) if self.root(at) == root]


def _from(change: ProposedChange) -> UUID | None:
    """What the part stands in before the change."""
    return parent_in(change.kind, change.before) or change.parent


def _to(change: ProposedChange) -> UUID | None:
    """What it stands in afterwards."""
    return parent_in(change.kind, change.after) or (None if change.after is None else change.parent)


def _join_trees(changes: Sequence[ProposedChange], groups: _Groups) -> None:
    added = {change.id: at for at, change in enumerate(changes) if change.before is None}
    removed = {change.id: at for at, change in enumerate(changes) if change.after is None}
    for at, change in enumerate(changes):
        above = added.get(_to(change) or change.id) if change.before is None else None
        if change.after is None:
            above = removed.get(_from(change) or change.id)
        if above is not None:
            groups.join(at, above)


def _join_moves(changes: Sequence[ProposedChange], groups: _Groups) -> None:
    first: dict[tuple[Kind, UUID | None, UUID | None], int] = {}
    for at, change in enumerate(changes):
        if moves_only(change):
            groups.join(at, first.setdefault((change.kind, _from(change), _to(change)), at))


def _join_aims(changes: Sequence[ProposedChange], groups: _Groups) -> None:
    """Questions name their objective by its number in the lesson."""
    objectives: dict[UUID | None, list[int]] = defaultdict(list)
    questions: dict[UUID | None, list[int]] = defaultdict(list)
    for at, change in enumerate(changes):
        lesson = _to(change) or _from(change)
        if change.kind is Kind.OBJECTIVE and (change.before is None or "rank" in (change.after or {"rank": ""})):
            objectives[lesson].append(at)
        if change.kind is Kind.QUIZ_ITEM and "objective" in (change.after or {}):
            questions[lesson].append(at)
    for lesson, those in objectives.items():
        together = those + questions[lesson] if questions[lesson] else []
        for one in together[1:]:
            groups.join(together[0], one)


def _needs(changes: Sequence[ProposedChange], groups: _Groups) -> dict[int, set[int]]:
    """For each group those it rests on: what it is put into must be there, what it removes must be empty by then."""
    added = {change.id: at for at, change in enumerate(changes) if change.before is None}
    removed = {change.id: at for at, change in enumerate(changes) if change.after is None}
    needs: dict[int, set[int]] = {root: set() for root in groups.roots()}
    for at, change in enumerate(changes):
        into, out_of = _to(change), _from(change)
        if into in added and change.id != into:
            needs[groups.root(at)].add(groups.root(added[into]))
        if out_of in removed and change.id != out_of:
            needs[groups.root(removed[out_of])].add(groups.root(at))
    return {root: those - {root} for root, those in needs.items()}


def _loop(needs: dict[int, set[int]]) -> tuple[int, int] | None:
    """Two groups that need each other, by whatever way; they can only be applied together."""
    for start, those in needs.items():
        reached, waiting = set(those), list(those)
        while waiting:
            here = waiting.pop()
            if start in needs[here]:
                return start, here
            waiting += needs[here] - reached
            reached |= needs[here]
    return None
