"""Something a conversation must be told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from course.models.lesson import Part


class Notice(Part):
    """What happened, for one conversation. `kind` says how to read `payload`."""

    id: UUID
    thread_id: str
    user_id: UUID
    kind: str
    payload: dict[str, Any]
    created_at: datetime

    @property
    def step_id(self) -> str:
        """The id of the message it becomes: always the same, so that saying it again changes nothing."""
        return str(uuid5(self.id, "step"))

    def element_id(self, place: int) -> str:
        """The id of the message's element at that place, from 0."""
        return str(uuid5(self.id, f"element/{place}"))


@dataclass(frozen=True)
class Delivery:
    """A notice as it stands in its conversation: the columns of `steps` and `elements` rows."""

    notice: Notice
    step: dict[str, Any]
    elements: list[dict[str, Any]]
