"""All tables. Rows never leave `course/`: use cases answer with the types of `course.models`."""

from course.tables.base import Base
from course.tables.conversations import (
    ConversationRow,
    ElementRow,
    FeedbackRow,
    NoticeRow,
    RenderRequestRow,
    StepRow,
    ThreadRow,
)
from course.tables.courses import (
    CourseRow,
    DraftFailureRow,
    EditionRow,
    EnrollmentRow,
    InvitationRow,
    LessonRow,
    MemberRow,
    ModuleRow,
    ObjectiveRow,
    QuizItemRow,
    RevisionRow,
    SlideRow,
)
from course.tables.exports import ExportRow
from course.tables.people import UserRow
from course.tables.proposals import ProposalRow
from course.tables.rendering import OutboxRow, RenderJobRow
from course.tables.sources import PassageRow, SectionRow, SourceRow
from course.tables.usage import HoldRow, UsageRow

__all__ = [
    "Base",
    "ConversationRow",
    "CourseRow",
    "DraftFailureRow",
    "EditionRow",
    "ElementRow",
    "EnrollmentRow",
    "ExportRow",
    "FeedbackRow",
    "HoldRow",
    "InvitationRow",
    "LessonRow",
    "MemberRow",
    "ModuleRow",
    "NoticeRow",
    "ObjectiveRow",
    "OutboxRow",
    "PassageRow",
    "ProposalRow",
    "QuizItemRow",
    "RenderJobRow",
    "RenderRequestRow",
    "RevisionRow",
    "SectionRow",
    "SlideRow",
    "SourceRow",
    "StepRow",
    "ThreadRow",
    "UsageRow",
    "UserRow",
]
