"""Bringing the parts below a parent into a wanted order, touching only those that must move."""

from typing import Any
from uuid import UUID

from course.edit import START, Edit
from course.models.revision import Kind


class Arrangement:
    """Puts parts below a parent one after another; a part that already stands right is left alone."""

    def __init__(self, edit: Edit, kind: Kind, parent_id: UUID, order: list[UUID]) -> None:
        self._edit = edit
        self._kind = kind
        self._parent = parent_id
        self._order = order
        self._place = 0

    async def keep(self, part_id: UUID, **columns: Any) -> UUID:
        """The next part is this one, with these columns."""
        await self._edit.update(self._kind, part_id, **columns)
        if self._order[self._place : self._place + 1] != [part_id]:
            await self._edit.move(self._kind, part_id, self._parent, after=self._before())
            if part_id in self._order:
                self._order.remove(part_id)
            self._order.insert(self._place, part_id)
        self._place += 1
        return part_id

    async def add(self, **columns: Any) -> UUID:
        """The next part is a new one."""
        part_id = await self._edit.insert(self._kind, self._parent, after=self._before(), **columns)
        self._order.insert(self._place, part_id)
        self._place += 1
        return part_id

    def _before(self) -> UUID:
        return self._order[self._place - 1] if self._place else START
