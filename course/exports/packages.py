"""What packages for learning platforms have in common: a folder for each lesson, with its film if it has one."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from uuid import UUID

from course.exports.archive import Entry
from course.models.lesson import Lesson
from course.models.outline import Course
from course.models.rendering import Film

CurrentFilms = Mapping[UUID, Film]


@dataclass(frozen=True)
class Resource:
    """What a manifest says of a lesson's folder: its page, and every file that belongs to it."""

    identifier: str
    lesson: Lesson
    page: str
    files: list[str]


def film_entries(folder: str, film: Film) -> list[Entry]:
    """The film's files in a lesson's folder."""
    return [
        Entry(f"{folder}/video.mp4", object_name=film.video, size=film.size_bytes),
        Entry(f"{folder}/captions.vtt", object_name=film.captions),
        Entry(f"{folder}/poster.jpg", object_name=film.poster),
    ]


def transcript(lesson: Lesson) -> str:
    """What is spoken, slide by slide, as plain text."""
    parts = [f"{lesson.number} {lesson.title}"]
    parts += [f"{slide.title}\n{slide.narration}" for slide in lesson.slides if slide.narration]
    return "\n\n".join(parts) + "\n"


def shared(*names: str) -> list[Entry]:
    """Files all lessons use."""
    folder = resources.files("course.exports").joinpath("player")
    return [Entry(f"shared/{name}", folder.joinpath(name).read_bytes()) for name in names]


def identifier(course: Course, *parts: str) -> str:
    """A name for a manifest: unique, and such as XML allows."""
    return "-".join(["lectern", course.id.hex, *(part.replace(".", "-") for part in parts)])
