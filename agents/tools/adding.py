"""Tools that add one part inside a lesson, in exact words."""

from typing import Annotated, Literal

from pydantic import Field

from agents.tools import places
from agents.tools.places import Place
from agents.tools.positions import beside_text, place_among, sibling
from agents.tools.telling import told, told_of_lesson
from agents.turn import Turn
from agents.workbench import tool
from course import bodies, spoken
from course.bodies import Layout
from course.errors import Invalid
from course.models.lesson import Bullets, QuizItemDraft, SlideDraft
from course.models.revision import Kind, Revision
from course.models.text import Line, OptionalLine, OptionalProse, Title
from course.sentences import split_sentences

_Where = Annotated[str, Field(description="“last”, “first”, “after 2”, “before 3” or a place like “2”")]
_Lesson = Annotated[str, Field(description="like “1.2”, or its title")]


@tool("Adding a {kind} to {into}")
async def insert_text(
    turn: Turn,
    kind: Literal["bullet", "sentence", "choice", "objective"],
    into: Annotated[
        str, Field(description="“slide 3 of 1.2” for a bullet or spoken sentence, “question 2 of 1.1”, or “lesson 1.2”")
    ],
    text: Line,
    position: _Where = "last",
) -> str:
    """Add a bullet or a spoken sentence to a slide, a wrong choice to a question, or an objective to a lesson."""
    holder = await places.one(turn, into)
    sentence = f"Added {'an' if kind == 'objective' else 'a'} {kind} to {holder.label}"
    if kind == "objective":
        return await told(turn, await _objective(turn, holder, text, position, sentence), sentence)
    return await told(turn, await _text(turn, holder, kind, text, position, sentence), sentence)


@tool("Adding the slide “{title}” to lesson {lesson}")
async def add_slide(
    turn: Turn,
    lesson: _Lesson,
    title: Title,
    points: Annotated[list[Line], Field(description="what it shows; may be empty")],
    narration: Annotated[OptionalProse, Field(description="what the voice says; may be empty")],
    layout: Annotated[
        Layout, Field(description="how the points are shown; bullets where nothing else fits better")
    ] = "bullets",
    position: _Where = "last",
) -> str:
    """Add a slide in exact words. To have it written from the sources, use rewrite_lesson with its scope."""
    found = await places.lesson_at(turn, lesson)
    if not found.drafted:
        raise Invalid(f"Lesson {found.number} is not written yet. Write it with draft_lessons first.")
    body = bodies.laid_out(Bullets(layout="bullets", points=points), layout, title) if points else None
    if body is None:
        body = bodies.laid_out(Bullets(layout="bullets", points=[title]), "statement", title)
    draft = SlideDraft(title=title, body=body, narration=narration, citations=[])
    sentence = f"Added the slide “{title}” to lesson {found.number}"
    after = await sibling(turn, found, Kind.SLIDE, position)
    revision = await turn.cases.slides.add(turn.actor, turn.outline.id, found.id, draft, sentence, after=after)
    return await told_of_lesson(turn, revision, sentence, found)


@tool("Adding a question to lesson {lesson}")
async def add_question(
    turn: Turn,
    lesson: _Lesson,
    question: Line,
    choices: Annotated[list[Line], Field(description="two to six, the right one among them")],
    answer: Annotated[int, Field(description="which of the choices is right, from 1")],
    explanation: OptionalLine = "",
    objective: Annotated[int, Field(description="which of the lesson's objectives it tests, from 1")] = 1,
    position: _Where = "last",
) -> str:
    """Add a quiz question in exact words. To have questions written from the lesson, use rewrite_lesson."""
    found = await places.lesson_at(turn, lesson)
    if not 1 <= answer <= len(choices) or not 1 <= objective <= max(1, len(found.objectives)):
        raise Invalid("The right answer and the objective are given by their numbers, from 1.")
    item = QuizItemDraft(
        question=question, choices=choices, answer=answer - 1, explanation=explanation, objective=objective - 1
    )
    sentence = f"Added a question to lesson {found.number}: “{question}”"
    after = await sibling(turn, found, Kind.QUIZ_ITEM, position)
    revision = await turn.cases.quizzes.add(turn.actor, turn.outline.id, found.id, item, sentence, after=after)
    return await told_of_lesson(turn, revision, sentence, found)


@tool("Laying out {slide} as {layout}")
async def change_layout(
    turn: Turn,
    slide: Annotated[str, Field(description="like “slide 3 of 1.2”")],
    layout: Layout,
    points: Annotated[
        list[Line] | None,
        Field(description="other texts to show; for a comparison twice “Heading: point; point”; null to keep"),
    ] = None,
) -> str:
    """Show a slide in another layout, or give it other points. Title and narration stay."""
    part = await places.one(turn, slide)
    if part.slide is None:
        raise Invalid("Name the slide, like “slide 3 of 1.2”.")
    body = bodies.laid_out(part.slide.body, layout, part.slide.title, points)
    sentence = f"Laid out {part.label} as {layout}"
    revision = await turn.cases.slides.change(
        turn.actor, turn.outline.id, {part.id: {"body": body}}, sentence, base=turn.base
    )
    return await told(turn, revision, sentence)


async def _objective(turn: Turn, holder: Place, text: str, position: str, sentence: str) -> Revision | None:
    lesson = holder.lesson or await turn.cases.authoring.lesson(turn.actor, turn.outline.id, holder.id)
    after = await sibling(turn, lesson, Kind.OBJECTIVE, position)
    return await turn.cases.quizzes.add_objective(turn.actor, turn.outline.id, lesson.id, text, sentence, after=after)


async def _text(turn: Turn, holder: Place, kind: str, text: str, position: str, sentence: str) -> Revision | None:
    actor, course_id, slide, item = turn.actor, turn.outline.id, holder.slide, holder.item
    if kind == "choice" and item is not None:
        at = place_among(position, len(item.choices), len(item.choices))
        words = [*item.choices[:at], text, *item.choices[at:]]
        answer = item.answer + (at <= item.answer)
        return await turn.cases.quizzes.change(
            actor, course_id, item.id, {"choices": words, "answer": answer}, sentence, base=turn.base
        )
    if slide is None or kind == "choice":
        raise Invalid(f"A {kind} goes into {'a question' if kind == 'choice' else 'a slide'}. Name which one.")
    if kind == "sentence":
        at = await beside_text(turn, holder.label, position, len(split_sentences(slide.narration)), "sentence")
        narration = spoken.inserted(slide.narration, at, text)
        return await turn.cases.slides.change(
            actor, course_id, {slide.id: {"narration": narration}}, sentence, base=turn.base
        )
    at = await beside_text(turn, holder.label, position, len(bodies.texts(slide.body)), "bullet")
    body = bodies.with_text(slide.body, at, text)
    return await turn.cases.slides.change(actor, course_id, {slide.id: {"body": body}}, sentence, base=turn.base)
