"""What is drawn apart. Its libraries are loaded there only: loading them here would hold up every conversation."""

from uuid import UUID

from course.models.outline import Course


def deck(course: Course) -> bytes:
    """The course as PowerPoint."""
    from course.exports.deck import course_deck

    return course_deck(course)


def handout(course: Course, pictures: dict[UUID, bytes]) -> tuple[bytes, str]:
    """The course as PDF, and the signs in it that cannot be printed."""
    from course.exports.handout import course_handout

    return course_handout(course, pictures)
