"""Which later changes built on earlier ones, so that those cannot be taken back without them."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from course import parts
from course.models.revision import Change, Kind, Revision


class Footprint:
    """What a set of changes rests on and leaves behind."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self._columns: dict[UUID, set[str]] = {}
        self._whole: set[UUID] = set()
        """Parts that were added or removed: whatever is done to one of them later builds on that."""
        self._parents: set[UUID] = set()
        """Parts that must be there when the changes are taken back."""
        self.add(changes)

    def add(self, changes: Iterable[Change]) -> None:
        """These belong to the set as well."""
        for change in changes:
            if change.before is None or change.after is None:
                self._whole.add(change.id)
            else:
                self._columns.setdefault(change.id, set()).update(change.after)
            if parent := parent_in(change.kind, change.before):
                self._parents.add(parent)

    def meets(self, change: Change) -> bool:
        """Whether that later change built on the set."""
        if change.id in self._whole or parent_in(change.kind, change.after) in self._whole:
            return True
        if change.before is not None and change.after is not None:
            return not self._columns.get(change.id, set()).isdisjoint(change.after)
        return change.id in self._columns or (change.after is None and change.id in self._parents)


def parent_in(kind: Kind, values: dict[str, object] | None) -> UUID | None:
    """The parent that these columns name, if they do."""
    column = parts.PARENT[kind][0] if kind in parts.PARENT else ""
    value = (values or {}).get(column)
    return UUID(str(value)) if value else None


def built_on(changes: Sequence[Change], later: Iterable[Revision]) -> list[Revision]:
    """Those of the later revisions (oldest first) that built on the changes, or on one that did."""
    footprint = Footprint(changes)
    found = []
    for revision in later:
        if any(footprint.meets(change) for change in revision.changes):
            footprint.add(revision.changes)
            found.append(revision)
    return found
