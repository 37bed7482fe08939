"""The videos of a course in one archive: each with its captions, its first picture and what is said in it."""

from course.exports.archive import Entry
from course.exports.excerpt import file_stem
from course.exports.packages import CurrentFilms, transcript
from course.models.outline import Course


def video_entries(course: Course, films: CurrentFilms) -> list[Entry]:
    """Four files for each lesson that has a film, named like `1.1 Title.mp4`."""
    entries: list[Entry] = []
    for lesson in course.lessons:
        film = films.get(lesson.id)
        if film is None:
            continue
        stem = file_stem(f"{lesson.number} {lesson.title}")
        entries += [
            Entry(f"{stem}.mp4", object_name=film.video, size=film.size_bytes),
            Entry(f"{stem}.vtt", object_name=film.captions),
            Entry(f"{stem}.jpg", object_name=film.poster),
            Entry(f"{stem}.txt", transcript(lesson).encode()),
        ]
    return entries
