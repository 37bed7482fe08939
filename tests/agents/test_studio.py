"""A turn of the studio, from words to events, with a model that is scripted."""

import asyncio
from uuid import UUID

from agents.events import CourseChanged, CourseOpened, Failed, Reply, Token, ToolEnded, ToolStarted
from agents.studio import Attached, Studio
from agents.turn import UseCases
from course.database import Database
from course.models.revision import Kind
from course.tables import UsageRow
from tests.agents.conversing import about, every, only, said
from tests.agents.scripted_model import Both, Say, ScriptedModel, Use, Wait


async def test_words_stream_and_are_repeated_whole(studio: Studio, scripted: ScriptedModel, ann: UUID) -> None:
    """A reply comes as tokens, then once as a whole."""
    scripted.script = [Say("Tell me what it is about.")]
    events = await said(studio, ann, "t1", "Hello")
    assert "".join(event.text for event in every(events, Token)) == "Tell me what it is about."
    assert events[-1] == Reply("Tell me what it is about.")


async def test_a_tool_changes_the_course_and_says_so(
    studio: Studio, scripted: ScriptedModel, cases: UseCases, ann: UUID, cells: UUID
) -> None:
    """A tool is a step with words a teacher knows, its change an event, its result the model's to read."""
    await about(cases, ann, "t1", cells)
    scripted.script = [
        Use("rename", {"target": "lesson 1.2", "title": "Pumps"}, first="One moment."),
        Say("Lesson 1.2 is now Pumps."),
    ]
    events = await said(studio, ann, "t1", "Call lesson 1.2 Pumps")
    started, ended = only(events, ToolStarted), only(events, ToolEnded)
    assert started.label == "Renaming lesson 1.2"
    assert ended.id == started.id
    assert not ended.failed
    assert only(events, CourseChanged).revision.sentence == "Renamed lesson 1.2, “Proteins” to “Pumps”"
    assert events[-1] == Reply("One moment.\n\nLesson 1.2 is now Pumps.")
    outline = await cases.authoring.outline(ann, cells)
    assert [lesson.title for lesson in outline.lessons] == ["Lipids", "Pumps", "Diffusion"]
    assert "Renamed lesson 1.2" in scripted.requests[1]["messages"][-1]["content"]


async def test_two_calls_at_once_mean_the_outline_that_was_seen(
    studio: Studio, scripted: ScriptedModel, cases: UseCases, ann: UUID, cells: UUID
) -> None:
    """After 1.1 is removed, “1.2” of the same breath is still the lesson that was 1.2."""
    await about(cases, ann, "t1", cells)
    uses = Use("remove", {"target": "1.1"}), Use("rename", {"target": "1.2", "title": "Pumps"})
    scripted.script = [Both(uses), Say("Both done.")]
    events = await said(studio, ann, "t1", "Remove 1.1 and call 1.2 Pumps")
    assert [event.failed for event in every(events, ToolEnded)] == [False, False]
    outline = await cases.authoring.outline(ann, cells)
    assert [lesson.title for lesson in outline.lessons] == ["Pumps", "Diffusion"]


async def test_a_part_changed_by_a_colleague_is_not_overwritten(
    studio: Studio, scripted: ScriptedModel, cases: UseCases, ann: UUID, cells: UUID
) -> None:
    """What someone changed after the director looked is refused, and the director is told so."""
    await about(cases, ann, "t1", cells)
    lesson = (await cases.authoring.outline(ann, cells)).lessons[1]
    scripted.script = [Wait(0.6, Use("rename", {"target": "1.2", "title": "Pumps"})), Say("Someone was faster.")]
    turn = asyncio.create_task(said(studio, ann, "t1", "Call 1.2 Pumps"))
    await asyncio.sleep(0.3)
    await cases.authoring.rename(ann, cells, Kind.LESSON, lesson.id, "Receptors", "By a colleague")
    ended = only(await turn, ToolEnded)
    assert ended.failed
    assert "changed the title of lesson 1.2" in ended.result
    assert (await cases.authoring.outline(ann, cells)).lessons[1].title == "Receptors"


async def test_a_lesson_moved_by_a_colleague_is_still_the_one_meant(
    studio: Studio, scripted: ScriptedModel, cases: UseCases, ann: UUID, cells: UUID
) -> None:
    """“Lesson 2.1” is what stood there when the director looked, not what has moved there since."""
    await about(cases, ann, "t1", cells)
    outline = await cases.authoring.outline(ann, cells)
    scripted.script = [Wait(0.6, Use("remove", {"target": "lesson 2.1"})), Say("Done.")]
    turn = asyncio.create_task(said(studio, ann, "t1", "Remove 2.1"))
    await asyncio.sleep(0.3)
    first, home = outline.lessons[0], outline.modules[1]
    start = UUID(int=0)
    await cases.authoring.move(ann, cells, Kind.LESSON, first.id, home.id, "Moved", after=start)
    await turn
    titles = [lesson.title for lesson in (await cases.authoring.outline(ann, cells)).lessons]
    assert titles == ["Proteins", "Lipids"]


async def test_the_prompt_shows_the_course_as_it_is(
    studio: Studio, scripted: ScriptedModel, cases: UseCases, ann: UUID, cells: UUID
) -> None:
    """Each turn the director sees the outline as it is now, and is offered the tools that fit."""
    scripted.script = [Say("Hello."), Say("I see.")]
    await said(studio, ann, "t1", "Hello")
    await cases.conversations.set_course(ann, "t1", cells)
    await said(studio, ann, "t1", "And now?")
    before, after = scripted.requests
    assert "<course>\nnone\n</course>" in before["messages"][0]["content"]
    offered = {tool["function"]["name"] for tool in before["tools"]}
    assert {"outline_course", "courses"} <= offered
    assert not {"rename", "draft_lessons", "undo", "render_lesson"} & offered
    assert "  Lesson 1.2: Proteins (6 min) [planned]" in after["messages"][0]["content"]
    assert "render_lesson" in [tool["function"]["name"] for tool in after["tools"]]
    assert all(tool["function"]["strict"] for tool in after["tools"])


async def test_the_conversation_is_remembered_after_a_restart(
    studio: Studio, scripted: ScriptedModel, cases: UseCases, ann: UUID, cells: UUID
) -> None:
    """What was said and done comes back from the database, tool calls with their results."""
    await about(cases, ann, "t1", cells)
    scripted.script = [Use("show_lesson", {"lesson": "1.1"}), Say("It is about lipids."), Say("Yes.")]
    await said(studio, ann, "t1", "What is in 1.1?")
    again = Studio(studio._model, cases, studio._turns)
    await said(again, ann, "t1", "Really?")
    roles = [message["role"] for message in scripted.requests[-1]["messages"]]
    assert roles == ["system", "user", "assistant", "tool", "assistant", "user"]
    assert scripted.requests[-1]["messages"][4]["content"] == "It is about lipids."


async def test_another_person_never_enters_a_conversation(
    studio: Studio, scripted: ScriptedModel, cases: UseCases, ann: UUID, eve: UUID, cells: UUID
) -> None:
    """Someone else's conversation does not exist for Eve, and the model is not asked."""
    await about(cases, ann, "t1", cells)
    assert await said(studio, eve, "t1", "Show me") == [
        Failed("There is no such conversation. Start a new one.", retryable=False),
    ]
    assert scripted.requests == []


async def test_tools_act_under_the_persons_own_rights(
    studio: Studio, scripted: ScriptedModel, cases: UseCases, ann: UUID, eve: UUID, cells: UUID
) -> None:
    """Eve's director cannot open Ann's course, whatever it is told to call."""
    scripted.script = [Use("courses", {"action": "open", "course": "Cells"}), Say("There is none.")]
    events = await said(studio, eve, "t2", "Open Cells")
    assert only(events, ToolEnded).failed
    assert not every(events, CourseOpened)


async def test_a_learner_has_no_studio(studio: Studio, scripted: ScriptedModel, lee: UUID) -> None:
    """A learner is told whom to ask, and no model is used."""
    failed = only(await said(studio, lee, "t3", "Make a course"), Failed)
    assert "for instructors" in failed.sentence
    assert not failed.retryable
    assert scripted.requests == []


async def test_two_tabs_do_not_talk_at_once(studio: Studio, scripted: ScriptedModel, ann: UUID) -> None:
    """While one message is being answered, a second one in the same conversation is told to wait."""
    scripted.script = [Say("one two three four five six", pause=0.2), Say("After.")]
    first = asyncio.create_task(said(studio, ann, "t1", "First"))
    await asyncio.sleep(0.3)
    refused = only(await said(studio, ann, "t1", "Second"), Failed)
    assert "another tab" in refused.sentence
    assert refused.retryable
    assert only(await first, Reply).text == "one two three four five six"
    assert only(await said(studio, ann, "t1", "Second"), Reply).text == "After."


async def test_what_the_model_used_is_recorded(
    studio: Studio, scripted: ScriptedModel, cases: UseCases, database: Database, ann: UUID, cells: UUID
) -> None:
    """Tokens are noted with their purpose, person and course."""
    await about(cases, ann, "t1", cells)
    scripted.script = [Say("Hello.")]
    await said(studio, ann, "t1", "Hello")
    await studio._model.close()
    async with database.transaction() as session:
        (row,) = await session.scalars(UsageRow.__table__.select().with_only_columns(UsageRow.id))
        used = await session.get_one(UsageRow, row)
    assert (used.purpose, used.input_units, used.output_units) == ("director", 11, 7)
    assert (used.user_id, used.course_id) == (ann, cells)


async def test_when_the_tools_run_out_the_person_hears_how_far_it_came(
    studio: Studio, scripted: ScriptedModel, cases: UseCases, ann: UUID, cells: UUID
) -> None:
    """After ten tool calls the director is made to speak instead of calling on."""
    await about(cases, ann, "t1", cells)
    scripted.script = [*[Use("history", {"action": "steps"})] * 10, Say("I looked ten times.")]
    events = await said(studio, ann, "t1", "Look")
    assert only(events, Reply).text == "I looked ten times."
    assert "tools" not in scripted.requests[-1]


async def test_a_document_starts_a_course(studio: Studio, scripted: ScriptedModel, cases: UseCases, ann: UUID) -> None:
    """An attached document is read, becomes a source of a new course, and the director is told of it."""
    scripted.script = [Say("I have read it.")]
    text = b"# Volcanoes\n\n" + b"Magma rises because it is lighter than the rock around it. " * 20
    events = await said(studio, ann, "t1", "Make a course", Attached("notes.md", text))
    assert only(events, ToolStarted).label == "Reading notes.md"
    course_id = only(events, CourseOpened).course_id
    (source,) = await cases.sources.list(ann, course_id)
    assert source.title == "Volcanoes"
    prompt, attached, message = scripted.requests[0]["messages"]
    assert "S1: Volcanoes (notes.md, 220 words)" in prompt["content"]
    assert attached["content"].startswith("<attached>\nS1: Volcanoes")
    assert message["content"] == "Make a course"


async def test_a_bad_file_does_not_hold_up_a_good_one(
    studio: Studio, scripted: ScriptedModel, cases: UseCases, ann: UUID
) -> None:
    """The person reads why one file was not used; the other is attached."""
    scripted.script = [Say("Shall I plan it?")]
    good = Attached("good.txt", b"Magma rises because it is lighter than rock. " * 40)
    events = await said(studio, ann, "t1", "Make a course", Attached("bad.pdf", b"%PDF-1.4 broken"), good)
    assert [event.failed for event in every(events, ToolEnded)] == [True, False]
    reply = only(events, Reply).text
    assert reply.startswith("I could not use **bad.pdf**: ")
    assert reply.endswith("\n\nShall I plan it?")


async def test_without_any_readable_file_no_course_is_made_up(
    studio: Studio, scripted: ScriptedModel, cases: UseCases, ann: UUID
) -> None:
    """If the only document cannot be read, the person is told why, and the model is not asked to guess."""
    events = await said(studio, ann, "t1", "Make a course of this", Attached("bad.pdf", b"%PDF-1.4 broken"))
    assert only(events, Reply).text.startswith("I could not use **bad.pdf**: ")
    assert scripted.requests == []
    assert await cases.authoring.courses(ann) == []


async def test_a_pasted_book_becomes_a_source(
    studio: Studio, scripted: ScriptedModel, cases: UseCases, ann: UUID
) -> None:
    """50,000 characters of text are kept as a document; the director reads the beginning and the end."""
    scripted.script = [Say("I will plan it.")]
    text = "Make a course of this.\n\n" + "Magma rises because it is lighter than rock. " * 1_200
    events = await said(studio, ann, "t1", text)
    (source,) = await cases.sources.list(ann, only(events, CourseOpened).course_id)
    assert source.words > 9_000
    assert "I saved it as a source" in only(events, Reply).text
    assert len(scripted.requests[0]["messages"][-1]["content"]) < 2_000


async def test_one_word_is_a_message(studio: Studio, scripted: ScriptedModel, ann: UUID) -> None:
    """A word of greeting reaches the director and is answered."""
    scripted.script = [Say("What shall the course be about?")]
    assert only(await said(studio, ann, "t1", "hi"), Reply).text == "What shall the course be about?"
