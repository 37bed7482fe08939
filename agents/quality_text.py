"""A quality report as plain text, for an agent to read and tell."""

from collections.abc import Sequence

from course.models.quality import CourseReport, Finding, LessonReport, Tally

_MOST = 12


def lesson_text(report: LessonReport) -> str:
    """One lesson: its figures, then what to mend, the problems first."""
    name = f"Lesson {report.lesson_number}, “{report.title}”"
    if not report.drafted:
        return f"{name} is not written yet; there is nothing to check."
    spoken = f"{report.words:,} words, about {report.minutes_spoken:.1f} of {report.minutes_planned} minutes"
    reading = f"; reading level {report.reading.words} ({report.reading.formula})" if report.reading else ""
    lines = [f"{name}: {_counted(report.findings)}.", f"{_figures([report])}; {spoken}{reading}."]
    return "\n".join([*lines, *_listed(report.findings)])


def lessons_text(name: str, lessons: Sequence[LessonReport]) -> str:
    """Several lessons together, like those of a module."""
    written = [one for one in lessons if one.drafted]
    if not written:
        return f"Nothing of {name} is written yet; there is nothing to check."
    findings = [finding for one in written for finding in one.findings]
    lines = [f"{name[:1].upper()}{name[1:]}: {_counted(findings)}.", f"{_figures(written)}."]
    lines += [
        f"Lesson {one.lesson_number}, “{one.title}”: {_counted(one.findings)}." for one in written if one.findings
    ]
    return "\n".join([*lines, *_listed(findings, named=True)])


def course_text(report: CourseReport) -> str:
    """The whole course: lessons together, and what its sources have that no lesson uses."""
    text = lessons_text("the course", report.lessons)
    used = report.sections_used
    if not used.of:
        return text
    own = [f"- {finding.sentence}" for finding in report.findings]
    return "\n".join([text, f"{used.good} of {used.of} sections of the sources are used.", *own[:_MOST]])


def _figures(lessons: Sequence[LessonReport]) -> str:
    cited = _sum([one.sentences_cited for one in lessons])
    parts = [f"{cited.share:.0%} of statements cited"] if cited.of else ["no sources to cite"]
    parts.append(_of(_sum([one.objectives_covered for one in lessons]), "objectives covered by slide, voice and quiz"))
    parts.append(_of(_sum([one.slides_within_limits for one in lessons]), "slides easy to read"))
    parts.append(_of(_sum([one.quiz_valid for one in lessons]), "quiz questions valid"))
    return ", ".join(parts)


def _of(tally: Tally, what: str) -> str:
    return f"{tally.good} of {tally.of} {what}"


def _sum(tallies: Sequence[Tally]) -> Tally:
    return Tally(good=sum(one.good for one in tallies), of=sum(one.of for one in tallies))


def _counted(findings: Sequence[Finding]) -> str:
    problems = sum(one.severity == "problem" for one in findings)
    hints = len(findings) - problems
    if not findings:
        return "nothing to mend"
    return f"{_plural(problems, 'problem')} and {_plural(hints, 'hint')}"


def _plural(count: int, word: str) -> str:
    return f"{count or 'no'} {word}{'' if count == 1 else 's'}"


def _listed(findings: Sequence[Finding], *, named: bool = False) -> list[str]:
    """The weightiest, each with the words that mend it after an arrow."""
    ordered = sorted(findings, key=lambda one: one.severity != "problem")
    lines = [_line(one, named=named) for one in ordered[:_MOST]]
    left = len(ordered) - len(lines)
    return [*lines, f"And {left} more; all of them stand in the course panel."] if left else lines


def _line(finding: Finding, *, named: bool) -> str:
    place = f"Lesson {finding.lesson_number}: " if named else ""
    mend = f" → *{finding.remedy.replace('*', '')}*" if finding.remedy else ""
    return f"- {place}{finding.sentence}{mend}"
