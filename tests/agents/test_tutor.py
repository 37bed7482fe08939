"""A learner's question: answered from the course with its places, or truthfully not."""

from collections.abc import Callable
from decimal import Decimal
from uuid import UUID

import pytest

from agents.events import Cited, Event, Failed, Reply, Token
from agents.model import Model
from agents.turn import UseCases
from agents.tutor import Tutor
from course.database import Database
from course.learning import Learning
from course.library import Indexer, Library
from course.turns import Turns
from tests.agents.conversing import every, only
from tests.agents.scripted_model import Refuse, Say, ScriptedModel
from tests.fixtures.course import lesson_draft
from tests.fixtures.models import ModelServer

_NARRATION = "Diffusion moves molecules from where they are many to where they are few, without any energy of the cell."


@pytest.fixture
async def diffusion(cases: UseCases, database: Database, library: Library, ann: UUID, lee: UUID, cells: UUID) -> UUID:
    """Ann's course published with one lesson, indexed, and Lee enrolled in it."""
    lesson = (await cases.authoring.outline(ann, cells)).lessons[2]
    draft = lesson_draft("What diffusion is", narration=_NARRATION)
    await cases.lessons.write(ann, cells, lesson.id, draft, "Wrote it")
    await cases.publishing.publish(ann, cells)
    await Indexer(database, library).index_pending()
    await Learning(database, library).enroll(lee, cells)
    return cells


@pytest.fixture
def tutor(
    scripted: ScriptedModel,
    new_model: Callable[..., Model],
    cases: UseCases,
    database: Database,
    library: Library,
    turns: Turns,
) -> Tutor:
    """The tutor with the scripted model."""
    return Tutor(new_model(scripted.base_url), cases.conversations, Learning(database, library), turns)


async def _asked(tutor: Tutor, actor: UUID, course_id: UUID, question: str) -> list[Event]:
    return [event async for event in tutor.turn(actor, "learn", course_id, question)]


async def test_an_answer_says_where_it_rests(tutor: Tutor, scripted: ScriptedModel, lee: UUID, diffusion: UUID) -> None:
    """Cited sentences are shown as they come; others are dropped; then the places in the course follow."""
    scripted.script = [Say("Molecules spread out by diffusion [1]. I love it. It takes no energy [1].")]
    events = await _asked(tutor, lee, diffusion, "What does diffusion do to molecules?")
    text = "Molecules spread out by diffusion [1]. It takes no energy [1]."
    assert "".join(token.text for token in every(events, Token)) == text
    assert len(every(events, Token)) == 2
    assert only(events, Reply).text == text
    (passage,) = only(events, Cited).passages
    assert (passage.number, passage.lesson_number, passage.slide) == (1, "2.1", 1)
    assert (passage.lesson_title, passage.slide_title) == ("Diffusion", "What diffusion is")
    asked = scripted.requests[0]["messages"][-1]["content"]
    assert '<passage id="1" lesson="2.1" slide="1" title="What diffusion is">' in asked
    assert "<question>\nWhat does diffusion do to molecules?\n</question>" in asked
    assert scripted.requests[0]["messages"][0]["content"].startswith("# Tutor\n")
    assert "tools" not in scripted.requests[0]


async def test_what_is_not_covered_is_not_asked_of_the_model(
    tutor: Tutor, scripted: ScriptedModel, lee: UUID, diffusion: UUID
) -> None:
    """A foreign question gets the fixed sentence with the nearest lesson, without any model."""
    events = await _asked(tutor, lee, diffusion, "Who won the football world cup in 1998?")
    assert only(events, Reply).text == ("This course does not cover that. The nearest it has: lesson 2.1, “Diffusion”.")
    assert not every(events, Cited)
    assert scripted.requests == []


@pytest.mark.parametrize("answer", ["NOT COVERED", "I simply know that it is osmosis.", "It is osmosis [7]."])
async def test_what_the_model_cannot_ground_is_not_said(
    answer: str, tutor: Tutor, scripted: ScriptedModel, lee: UUID, diffusion: UUID
) -> None:
    """Not covered, uncited or wrongly cited: the learner gets the same truthful sentence."""
    scripted.script = [Say(answer)]
    events = await _asked(tutor, lee, diffusion, "What does diffusion do to molecules?")
    assert only(events, Reply).text.startswith("This course does not cover that.")
    assert not every(events, Cited)


async def test_a_follow_up_is_understood(tutor: Tutor, scripted: ScriptedModel, lee: UUID, diffusion: UUID) -> None:
    """“And why?” is looked up and asked together with the question before."""
    scripted.script = [Say("They spread out [1]."), Say("No energy is needed [1].")]
    await _asked(tutor, lee, diffusion, "What does diffusion do to molecules?")
    assert only(await _asked(tutor, lee, diffusion, "And why?"), Reply).text == "No energy is needed [1]."
    messages = scripted.requests[1]["messages"]
    assert [message["role"] for message in messages] == ["system", "user", "assistant", "user"]
    assert messages[2]["content"] == "They spread out [1]."


async def test_strangers_get_no_answer(tutor: Tutor, scripted: ScriptedModel, eve: UUID, diffusion: UUID) -> None:
    """Someone who is not enrolled learns nothing, not even that the course exists."""
    failed = only(await _asked(tutor, eve, diffusion, "What does diffusion do?"), Failed)
    assert failed.sentence.startswith("There is no such course.")
    assert scripted.requests == []


async def test_a_failing_model_is_a_sentence_here_too(
    tutor: Tutor, scripted: ScriptedModel, lee: UUID, diffusion: UUID
) -> None:
    """A fault is said, and the question can be asked again."""
    scripted.script = [Refuse(500), Say("They spread out [1].")]
    failed = only(await _asked(tutor, lee, diffusion, "What does diffusion do to molecules?"), Failed)
    assert failed.retryable
    events = await _asked(tutor, lee, diffusion, "What does diffusion do to molecules?")
    assert only(events, Reply).text == "They spread out [1]."


async def test_the_built_in_author_answers_too(
    model_server: ModelServer,
    new_model: Callable[..., Model],
    cases: UseCases,
    database: Database,
    library: Library,
    turns: Turns,
    lee: UUID,
    diffusion: UUID,
) -> None:
    """Without any key a learner gets an extracted, cited answer."""
    tutor = Tutor(new_model(model_server.base_url), cases.conversations, Learning(database, library), turns)
    events = await _asked(tutor, lee, diffusion, "What does diffusion move?")
    assert "molecules" in only(events, Reply).text
    assert only(events, Cited).passages[0].lesson_number == "2.1"


async def test_a_used_up_budget_is_not_told_to_learners(
    scripted: ScriptedModel,
    new_model: Callable[..., Model],
    cases: UseCases,
    database: Database,
    library: Library,
    turns: Turns,
    ann: UUID,
    lee: UUID,
    diffusion: UUID,
) -> None:
    """The model is not asked, and the learner hears whom to ask, but nothing of money."""
    await cases.budgets.set(ann, diffusion, Decimal(0))
    model = new_model(scripted.base_url, model="gpt-4o")
    tutor = Tutor(model, cases.conversations, Learning(database, library), turns)
    failed = only(await _asked(tutor, lee, diffusion, "What does diffusion do to molecules?"), Failed)
    assert failed.sentence.endswith("Ask your teacher to open them again.")
    assert "$" not in failed.sentence
    assert scripted.requests == []
