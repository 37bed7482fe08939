"""Several modules, lessons or slides made one: the contents of all kept, in their order."""

from collections.abc import Sequence
from uuid import UUID

from course import bodies, parts, quiz_aims
from course.edit import Edit
from course.errors import Invalid
from course.models.lesson import Bullets, Slide, SlideBody
from course.models.revision import Kind
from course.outline import read_slide
from course.tables import LessonRow, ModuleRow, SlideRow

_LONGEST_LESSON = 60
_LONGEST_TITLE = 110


def joined(titles: Sequence[str]) -> str:
    """A title for several parts made one; the first's where all together would be too long."""
    distinct = list(dict.fromkeys(titles))
    whole = " and ".join(distinct) if len(distinct) < 3 else f"{', '.join(distinct[:-1])} and {distinct[-1]}"
    return whole if len(whole) <= _LONGEST_TITLE else distinct[0]


async def merge_modules(edit: Edit, ids: Sequence[UUID], title: str | None) -> None:
    """The lessons of the others follow those of the first."""
    first, *others = [await edit.part(Kind.MODULE, one) for one in ids]
    for other in others:
        for kind, lesson in await parts.children(edit.session, Kind.MODULE, other.id):
            await edit.move(kind, lesson.id, first.id)
        await edit.delete(Kind.MODULE, other.id)
    titles = [row.title for row in (first, *others) if isinstance(row, ModuleRow)]
    await edit.update(Kind.MODULE, first.id, title=title or joined(titles))


async def merge_lessons(edit: Edit, ids: Sequence[UUID], title: str | None) -> None:
    """Slides, objectives and questions of the others follow those of the first; minutes add up."""
    rows = [await edit.part(Kind.LESSON, one) for one in ids]
    first, *others = [row for row in rows if isinstance(row, LessonRow)]
    if len({bool(await _slides(edit, row.id)) for row in (first, *others)}) > 1:
        raise Invalid("One of these lessons is written and another is only planned. Write both first, then merge them.")
    minutes = first.minutes + sum(row.minutes for row in others)
    sections = list(dict.fromkeys(section for row in (first, *others) for section in row.sections))
    async with quiz_aims.kept(edit, ids):
        for other in others:
            for kind, row in await parts.children(edit.session, Kind.LESSON, other.id):
                await edit.move(kind, row.id, first.id)
    for other in others:
        await edit.delete(Kind.LESSON, other.id)
    await edit.update(
        Kind.LESSON,
        first.id,
        title=title or joined([row.title for row in (first, *others)]),
        minutes=min(_LONGEST_LESSON, minutes),
        sections=sections,
    )


async def merge_slides(edit: Edit, ids: Sequence[UUID], title: str | None) -> None:
    """Points, narration and sources of the others follow those of the first."""
    slides = [read_slide(row) for row in [await edit.part(Kind.SLIDE, one) for one in ids] if isinstance(row, SlideRow)]
    first = slides[0]
    citations = {(one.passage, one.quote): one for slide in slides for one in slide.citations}
    await edit.update(
        Kind.SLIDE,
        first.id,
        title=title or joined([slide.title for slide in slides]),
        body=_together(slides).model_dump(mode="json"),
        narration=" ".join(slide.narration for slide in slides if slide.narration),
        citations=[one.model_dump(mode="json") for one in citations.values()],
    )
    for other in slides[1:]:
        await edit.delete(Kind.SLIDE, other.id)


def _together(slides: Sequence[Slide]) -> SlideBody:
    every = [text for slide in slides for text in bodies.texts(slide.body)]
    layouts = {slide.body.layout for slide in slides}
    if layouts == {"process"} or layouts == {"recap"}:
        return bodies.with_texts(slides[0].body, every)
    listed = [bodies.texts(bodies.laid_out(slide.body, "bullets", slide.title)) for slide in slides if every]
    points = [text for one in listed for text in one]
    return Bullets(layout="bullets", points=points) if points else slides[0].body


async def _slides(edit: Edit, lesson_id: UUID) -> list[parts.PartRow]:
    return [row for kind, row in await parts.children(edit.session, Kind.LESSON, lesson_id) if kind is Kind.SLIDE]
