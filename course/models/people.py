"""Who acts."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from course.models.lesson import Part


class Role(StrEnum):
    """What a person is in Lectern; each includes learning."""

    LEARNER = "learner"
    INSTRUCTOR = "instructor"
    OPERATOR = "operator"


class Person(Part):
    """A user. Rights are checked against the database for `id`; `role` here is for display.

    `coauthor` says whether they were made a co-author of any course, and so may open the studio in any role.
    """

    id: UUID
    email: str
    name: str
    role: Role
    coauthor: bool = False


class Standing(StrEnum):
    """How somebody belongs to a course."""

    OWNER = "owner"
    COAUTHOR = "coauthor"
    INVITED = "invited"


class CoursePerson(Part):
    """Someone who edits a course, or was asked to: then the name is empty, for they have no account yet."""

    email: str
    name: str
    standing: Standing
    since: datetime
