"""Which objective each quiz item tests, kept right while objectives move, come and go.

An item holds its objective's index: whatever changes the order of objectives runs inside `kept`.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

from course import parts
from course.edit import Edit
from course.models.revision import Kind
from course.tables import ObjectiveRow, QuizItemRow


@asynccontextmanager
async def kept(edit: Edit, lesson_ids: Sequence[UUID]) -> AsyncIterator[None]:
    """Quiz items of these lessons test the same objectives after the block as before it.

    Objectives and items may move from one of the lessons to another. An item whose objective is not in its lesson
    any more is given the one its words resemble most.
    """
    aims: dict[UUID, UUID] = {}
    for lesson_id in lesson_ids:
        objectives, items = await _parts(edit, lesson_id)
        aims |= {item.id: objectives[item.objective].id for item in items if 0 <= item.objective < len(objectives)}
    yield
    for lesson_id in dict.fromkeys(lesson_ids):
        await _aim(edit, lesson_id, aims)


async def _aim(edit: Edit, lesson_id: UUID, aims: dict[UUID, UUID]) -> None:
    objectives, items = await _parts(edit, lesson_id)
    places = {row.id: place for place, row in enumerate(objectives)}
    for item in items:
        if objectives and item.id in aims:
            place = places.get(aims[item.id])
            await edit.update(Kind.QUIZ_ITEM, item.id, objective=_nearest(item, objectives) if place is None else place)


async def _parts(edit: Edit, lesson_id: UUID) -> tuple[list[ObjectiveRow], list[QuizItemRow]]:
    below = [row for _, row in await parts.children(edit.session, Kind.LESSON, lesson_id)]
    return (
        [row for row in below if isinstance(row, ObjectiveRow)],
        [row for row in below if isinstance(row, QuizItemRow)],
    )


def _nearest(item: QuizItemRow, objectives: list[ObjectiveRow]) -> int:
    said = words(f"{item.question} {' '.join(item.choices)} {item.explanation}")
    shared = [len(words(objective.text) & said) for objective in objectives]
    return shared.index(max(shared))


def words(text: str) -> set[str]:
    """The longer words of a text by their first letters, to tell how near two texts are."""
    return {word.strip(".,;:!?“”\"'()").casefold()[:6] for word in text.split() if len(word) > 3}
