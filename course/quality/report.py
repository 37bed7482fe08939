"""All checks together: the report of a lesson, and of a course."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from course.models.outline import Course
from course.models.quality import CourseReport, Finding, LessonReport, Tally
from course.models.source import Passage
from course.quality import (
    bloom,
    citations,
    limits,
    narration,
    objectives,
    pace,
    quiz,
    reading,
    repetition,
    signs,
    sources,
    terms,
)
from course.quality.examined import Examined
from course.quality.sources import SectionUse

# In the order in which a teacher would mend them.
_CHECKS = (objectives, bloom, citations, limits, quiz, signs, repetition, pace, narration, reading)
_NOTHING = Tally(good=0, of=0)


def course_report(course: Course, lessons: Sequence[LessonReport], sections: Sequence[SectionUse]) -> CourseReport:
    """The course's figures and findings; `lessons` are its lessons' reports without what only the course shows."""
    unexplained = _terms(course)
    return CourseReport(
        course_id=course.id,
        title=course.title,
        revision=course.revision,
        sentences_cited=_sum(one.sentences_cited for one in lessons),
        objectives_covered=_sum(one.objectives_covered for one in lessons),
        slides_within_limits=_sum(one.slides_within_limits for one in lessons),
        quiz_valid=_sum(one.quiz_valid for one in lessons),
        sections_used=sources.tally(course, sections),
        lessons=[_with(one, unexplained.get(one.lesson_id, [])) for one in lessons],
        findings=sources.findings(course, sections),
    )


def examined(
    course: Course,
    passages: Mapping[str, Passage],
    *,
    sourced: bool,
    drawing: Mapping[UUID, list[str]] | None = None,
) -> list[Examined]:
    """Every lesson, ready to be looked at; see `Examined` for what is given."""
    lessons = course.lessons
    return [
        Examined(
            lesson=lesson,
            course_title=course.title,
            audience=course.audience,
            language=course.language,
            passages=passages,
            sourced=sourced,
            before=lessons[place - 1].title if place else None,
            after=lessons[place + 1].title if place + 1 < len(lessons) else None,
            drawing=drawing,
        )
        for place, lesson in enumerate(lessons)
    ]


def lesson_report(one: Examined) -> LessonReport:
    """The lesson's figures and findings by itself; for one that is only planned, none."""
    lesson = one.lesson
    written = lesson.drafted
    return LessonReport(
        lesson_id=lesson.id,
        lesson_number=lesson.number,
        title=lesson.title,
        revision=lesson.revision,
        drafted=written,
        pictures_checked=one.drawing is not None,
        words=lesson.words,
        minutes_planned=lesson.minutes,
        minutes_spoken=round(pace.minutes_spoken(one), 1),
        reading=reading.level(one),
        sentences_cited=citations.tally(one) if written else _NOTHING,
        objectives_covered=objectives.tally(one) if written else _NOTHING,
        slides_within_limits=limits.tally(one) if written else _NOTHING,
        quiz_valid=quiz.tally(one) if written else _NOTHING,
        findings=[finding for check in _CHECKS for finding in check.findings(one)] if written else [],
    )


def _terms(course: Course) -> dict[UUID, list[Finding]]:
    """Terms used too early, by lesson: they depend on what other lessons explain."""
    known = terms.defined(course.lessons)
    lessons = examined(course, {}, sourced=False)
    return {one.lesson.id: terms.findings(one, known, place) for place, one in enumerate(lessons)}


def _with(report: LessonReport, more: list[Finding]) -> LessonReport:
    return report.model_copy(update={"findings": [*report.findings, *more]}) if more else report


def _sum(tallies: Iterable[Tally]) -> Tally:
    found = list(tallies)
    return Tally(good=sum(one.good for one in found), of=sum(one.of for one in found))
