"""Who acts."""

from enum import StrEnum
from uuid import UUID

from course.models.lesson import Part


class Role(StrEnum):
    """What a person is in Lectern; each includes learning."""

    LEARNER = "learner"
    INSTRUCTOR = "instructor"
    OPERATOR = "operator"


class Person(Part):
    """A user. Rights are checked against the database for `id`; `role` here is for display."""

    id: UUID
    email: str
    name: str
    role: Role
