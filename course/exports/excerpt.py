"""The part of a course that is taken away, and what its file is called."""

import re
from uuid import UUID

from course.errors import NotFound
from course.models.export import Format
from course.models.lesson import Lesson
from course.models.outline import Course

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_LONGEST = 80


def excerpt(course: Course, part_id: UUID | None) -> Course:
    """The course with one module or one lesson only; numbers stay as they are in the whole."""
    if part_id is None or part_id == course.id:
        return course
    for module in course.modules:
        if module.id == part_id:
            return course.model_copy(update={"modules": [module]})
        for lesson in module.lessons:
            if lesson.id == part_id:
                return course.model_copy(update={"modules": [module.model_copy(update={"lessons": [lesson]})]})
    raise NotFound("That part of the course is not there any more. Look at the outline and try again.")


def written(course: Course) -> Course:
    """Without the lessons that are only planned, and without modules that have no other."""
    modules = [
        module.model_copy(update={"lessons": [lesson for lesson in module.lessons if lesson.drafted]})
        for module in course.modules
    ]
    return course.model_copy(update={"modules": [module for module in modules if module.lessons]})


def planned(course: Course) -> list[Lesson]:
    """The lessons that are not written yet."""
    return [lesson for lesson in course.lessons if not lesson.drafted]


def filename(course: Course, part_id: UUID | None, form: Format) -> str:
    """A name for the file: the course, its part if it is one, the kind."""
    name = course.title
    for module in course.modules:
        if module.id == part_id:
            name = f"{course.title} - module {module.number}"
        for lesson in module.lessons:
            if lesson.id == part_id:
                name = f"{lesson.number} {lesson.title}"
    suffix = {Format.VIDEOS: " videos", Format.SCORM: " SCORM", Format.HANDOUT: " handout"}.get(form, "")
    return f"{file_stem(name)}{suffix}{form.extension}"


def file_stem(title: str) -> str:
    """A title as a file may be called on every system."""
    stem = " ".join(_FORBIDDEN.sub(" ", title).split())[:_LONGEST].strip(" .")
    return stem or "Course"
