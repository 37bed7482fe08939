"""Money in conversations: told before, kept within the budget, told after; and never a dead end."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from agents.budget_words import BudgetWish, budget_wish
from agents.events import DraftProgress, DraftState, Failed, Reply, ToolEnded
from agents.model import Model
from agents.studio import Studio
from agents.turn import UseCases
from course.models.lesson import LessonDraft
from course.prices import Price, Prices
from course.turns import Turns
from course.usage import Usage
from tests.agents.conversing import about, every, only, said
from tests.agents.drafts import sound
from tests.agents.scripted_model import Say, ScriptedModel, Use
from tests.fixtures.course import outline_draft

_ACCEPTED = {"verdict": "accept", "findings": []}
_ALL = Use("draft_lessons", {"lessons": ["all"]})


@pytest.fixture
async def priced(
    scripted: ScriptedModel, new_model: Callable[..., Model], cases: UseCases, turns: Turns, ann: UUID, cells: UUID
) -> Studio:
    """A studio whose model has a price, in a conversation about the course; its writer writes sound lessons."""
    await about(cases, ann, "t1", cells)
    scripted.structured = {"LessonDraft": [sound("Good")], "ReviewDraft": [_ACCEPTED]}
    return Studio(new_model(scripted.base_url, model="gpt-4o"), cases, turns)


async def test_what_costs_much_is_asked_about_first(
    priced: Studio, scripted: ScriptedModel, cases: UseCases, ann: UUID, cells: UUID
) -> None:
    """Writing dearer than the threshold begins only when its cost was told in an earlier turn."""
    scripted.script = [_ALL, Say("It costs $0.31. Shall I?"), _ALL, Say("Done.")]
    first = await said(priced, ann, "t1", "Write it all")
    assert only(first, ToolEnded).failed
    assert "Writing the 3 lessons takes about a minute, at about $0.32" in only(first, ToolEnded).result
    assert not every(first, DraftProgress)
    second = await said(priced, ann, "t1", "Yes")
    assert "Wrote 3 of 3 lessons" in only(second, ToolEnded).result
    assert "and cost less than $0.01." in only(second, ToolEnded).result
    ended = [event for event in every(second, DraftProgress) if event.state is DraftState.DONE]
    # Two calls each of 11 tokens in and 7 out.
    assert [event.usd for event in ended] == [2 * (11 * Decimal("2.5") + 7 * 10) / 1_000_000] * 3


async def test_the_outline_tells_the_cost_and_yes_is_enough(
    priced: Studio, scripted: ScriptedModel, cases: UseCases, ann: UUID
) -> None:
    """What was told with the outline needs no second question."""
    scripted.structured["OutlineDraft"] = [outline_draft("Cells", A=["One", "Two", "Three"]).model_dump()]
    scripted.script = [Use("outline_course", {"brief": "Cells"}), Say("Shall I?"), _ALL, Say("Done.")]
    planned = only(await said(priced, ann, "t1", "A course on cells"), ToolEnded)
    assert "Writing the 3 planned lessons takes about a minute, at about $0.32 for the model." in planned.result
    assert "Wrote 3 of 3" in only(await said(priced, ann, "t1", "Yes"), ToolEnded).result


async def test_lessons_the_budget_cannot_pay_are_not_begun(
    priced: Studio, scripted: ScriptedModel, cases: UseCases, ann: UUID, cells: UUID
) -> None:
    """The refusal says what is spent, what it would take and how to go on; nothing is written or asked for."""
    await cases.budgets.set(ann, cells, Decimal("0.20"))
    scripted.script = [_ALL, Say("The budget is too small.")]
    ended = only(await said(priced, ann, "t1", "Write it all"), ToolEnded)
    assert "less than $0.01 of $0.20 is spent or set aside, and writing the 3 lessons may take $0.3" in ended.result
    assert "Say “set the budget to $1” to go on, or “no budget”." in ended.result
    assert not [one for one in scripted.requests if "response_format" in one]


async def test_parallel_lessons_cannot_pass_the_budget(
    priced: Studio, scripted: ScriptedModel, cases: UseCases, ann: UUID, cells: UUID
) -> None:
    """Where the budget holds money for one call at a time, lessons are written one after the other, and all of them."""
    reckoning = priced._drafting._reckoning
    reckoning._tokens_in, reckoning._tokens_out = 20.0, 10.0
    await cases.budgets.set(ann, cells, Decimal("0.13"))
    scripted.script = [_ALL, Say("Done.")]
    events = await said(priced, ann, "t1", "Write it all")
    assert [event.state for event in every(events, DraftProgress)].count(DraftState.DONE) == 3
    budget = await cases.budgets.standing(ann, cells)
    assert budget is not None
    assert (budget.spent_usd < 0.13, budget.held_usd) == (True, 0.0)
    bounds = [one.get("max_completion_tokens") for one in scripted.requests]
    assert bounds[:2] == [2_000, 8_000]


async def test_a_used_up_budget_is_no_dead_end(
    priced: Studio, scripted: ScriptedModel, cases: UseCases, ann: UUID, cells: UUID
) -> None:
    """Not even the director is asked then; the words of the refusal raise the budget without any model."""
    await cases.budgets.set(ann, cells, Decimal(0))
    failed = only(await said(priced, ann, "t1", "Hello"), Failed)
    assert "Say “set the budget to $1” to go on" in failed.sentence
    assert not failed.retryable
    reply = only(await said(priced, ann, "t1", "Set the budget to $1"), Reply)
    assert reply.text.startswith("Set the budget of this course to $1.00. Of its budget of $1.00, $0 is used")
    assert scripted.requests == []
    scripted.script = [Say("Good day.")]
    assert only(await said(priced, ann, "t1", "Hello"), Reply).text == "Good day."
    reply = only(await said(priced, ann, "t1", "No budget, please."), Reply)
    assert "no budget any more" in reply.text


async def test_the_director_tells_costs_and_sets_budgets(
    priced: Studio, scripted: ScriptedModel, cases: UseCases, ann: UUID, cells: UUID
) -> None:
    """Of the course and of a lesson, with what is left."""
    lesson = (await cases.authoring.outline(ann, cells)).lessons[0]
    await cases.usage.record("writer", "gpt-4o", 400_000, course_id=cells, lesson_id=lesson.id)
    await cases.usage.record("speech", "tts-1", 10_000, course_id=cells, lesson_id=lesson.id)
    scripted.script = [
        Use("spending", {"action": "set_budget", "part": None, "usd": 5}),
        Use("spending", {"action": "so_far", "part": "course", "usd": None}),
        Use("spending", {"action": "so_far", "part": "1.1", "usd": None}),
        Use("spending", {"action": "so_far", "part": "module 2", "usd": None}),
        Say("So much."),
    ]
    set_to, course, one, two = [ended.result for ended in every(await said(priced, ann, "t1", "?"), ToolEnded)]
    assert set_to.startswith("Set the budget of this course to $5.00.")
    assert course.startswith("The course has cost $1.15 so far: writing $1.00, voices of videos $0.15")
    assert "The dearest lessons: 1.1 ($1.15)." in course
    assert "Of its budget of $5.00, $1.1" in course
    assert one.startswith("Lesson 1.1, “Lipids”, has cost $1.15 so far") or "has cost $1.15 so far" in one
    assert "Nothing was spent on" in two


async def test_an_answer_the_service_does_not_count_is_estimated(
    scripted: ScriptedModel, new_model: Callable[..., Model], cases: UseCases, turns: Turns, ann: UUID, cells: UUID
) -> None:
    """A stream that breaks off before its count is on the bill all the same."""
    await about(cases, ann, "t1", cells)
    model = new_model(scripted.base_url, model="gpt-4o")
    scripted.script = [Say("It begins well but then", end=False)]
    only(await said(Studio(model, cases, turns), ann, "t1", "Hello"), Failed)
    await model._ledger.close()
    (use,) = (await cases.usage.spending(ann, cells)).by_purpose
    assert (use.purpose, use.output_units) == ("director", len("It begins well but then") // 4 + 1)
    assert use.input_units > 500


@pytest.mark.parametrize(
    ("words", "usd"),
    [
        ("set the budget to $5", "5"),
        ("Set the budget to 12.50 dollars.", "12.50"),
        ("raise the budget to 1,000", "1000"),
        ("budget: $3", "3"),
        ("please set the budget of this course to $8", "8"),
        ("don't spend more than $5 on this course", "5"),
        ("Don’t spend more than 20 dollars", "20"),
    ],
)
def test_words_that_set_the_budget(words: str, usd: str) -> None:
    """An amount, said in the ways people say it."""
    assert budget_wish(words) == BudgetWish(Decimal(usd))


@pytest.mark.parametrize("words", ["no budget", "No budget please!", "remove the budget", "drop the spending limit"])
def test_words_that_lift_the_budget(words: str) -> None:
    """No limit from now on."""
    assert budget_wish(words) == BudgetWish(None)


@pytest.mark.parametrize(
    "words",
    [
        "what is the budget?",
        "a course on how to set the budget of a school",
        "set the budget to $5 and write lesson 1.2",
        "no",
        "no budget airlines in lesson 1.2",
        "set the minutes to 5",
        "",
    ],
)
def test_other_words_are_the_directors(words: str) -> None:
    """What says anything else besides is left to the director."""
    assert budget_wish(words) is None


async def test_a_rewrite_says_what_it_cost(
    priced: Studio, scripted: ScriptedModel, new_model: Callable[..., Model], cases: UseCases, ann: UUID, cells: UUID
) -> None:
    """Like a lesson that was written, when it is a cent or more; the hold is given back."""
    lesson = (await cases.authoring.outline(ann, cells)).lessons[0]
    await cases.lessons.write(ann, cells, lesson.id, LessonDraft.model_validate(sound("Before")), "Wrote it")
    scripted.structured["LessonDraft"] = [sound("After")]
    # At such a price the 36 tokens of two calls are a few cents.
    dear = Prices(date(2026, 11, 22), {"gpt-4o": Price(input=Decimal(1_000), output=Decimal(1_000))})
    priced._model._ledger._usage = Usage(priced._cases.usage._database, dear)
    scripted.script = [Use("rewrite_lesson", {"lesson": "1.1", "instruction": "call it After"}), Say("Done.")]
    ended = only(await said(priced, ann, "t1", "Rewrite 1.1"), ToolEnded)
    assert " changed. It cost $0.04. Undo takes it back." in ended.result
