"""What the press's own drawing code says of a course's slides."""

from uuid import UUID

from course.models.outline import Course
from course.rendering.sheets import lesson_sheets
from render_service.slides.sheet import check


def drawn(course: Course) -> dict[UUID, list[str]]:
    """For each slide with something wrong in its picture the sentences that say so."""
    found: dict[UUID, list[str]] = {}
    for module in course.modules:
        for lesson in module.lessons:
            for slide, sheet in zip(lesson.slides, lesson_sheets(module.title, lesson), strict=True):
                if sentences := [one.sentence for one in check(sheet)]:
                    found[slide.id] = sentences
    return found
