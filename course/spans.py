"""Changes taken together: each part once, as it was before them all and as it is after them."""

from collections.abc import Iterable
from uuid import UUID

from course.models.revision import Change, Kind

_DEPTH = {kind: depth for depth, kind in enumerate(Kind)}
"""Parents come before what stands in them."""


def net(changes: Iterable[Change]) -> list[Change]:
    """What changes made one after another come to; what ends as it began is left out.

    They stand in an order in which they can be made: added parts with parents first, changed parts, removed parts
    with parents last. The opposite order takes them back.
    """
    merged: dict[tuple[Kind, UUID], Change] = {}
    for change in changes:
        key = (change.kind, change.id)
        merged[key] = _then(merged[key], change) if key in merged else change
    return sorted((real for one in merged.values() if (real := _real(one))), key=_order)


def _then(first: Change, second: Change) -> Change:
    before = None if first.before is None else (second.before or {}) | first.before
    after = None if second.after is None else (first.after or {}) | second.after
    return Change(kind=first.kind, id=first.id, before=before, after=after)


def _real(change: Change) -> Change | None:
    """Without the columns that stay the same; None when nothing is left."""
    before, after = change.before, change.after
    if before is None or after is None:
        return None if before is after else change
    differ = [name for name in after if name in before and before[name] != after[name]]
    if not differ:
        return None
    return change.model_copy(
        update={"before": {name: before[name] for name in differ}, "after": {name: after[name] for name in differ}}
    )


def _order(change: Change) -> tuple[int, int]:
    depth = _DEPTH[change.kind]
    if change.before is None:
        return 0, depth
    return (2, -depth) if change.after is None else (1, depth)
