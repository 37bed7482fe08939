"""Changes as a teacher reads them: which part, where it stands, and each thing it says before and after."""

from typing import Literal
from uuid import UUID

from course.models.lesson import Part
from course.models.revision import Kind


class Field(Part):
    """One thing a part says. `before` is null for a new part, `after` for a removed one; empty when it said nothing."""

    name: str
    before: str | None
    after: str | None


class ChangedPart(Part):
    """A part that changed, named by where it stands now, or stood last. `moved` says from where to where.

    `below` are parts that came or went with it.
    """

    kind: Kind
    id: UUID
    where: str
    title: str
    how: Literal["added", "removed", "changed", "moved"]
    moved: str
    fields: list[Field]
    below: list["ChangedPart"]
