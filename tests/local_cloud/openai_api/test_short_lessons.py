"""Lessons of little material: their own sections, their steps, and a question where there is a term."""

import pytest

from course.models.lesson import LessonDraft
from local_cloud.openai_api.author.lessons import lesson
from local_cloud.openai_api.author.relevance import own
from local_cloud.openai_api.author.tags import Block
from tests.local_cloud.openai_api import soil


def short_lesson(title: str, *texts: tuple[str, str], minutes: int = 1) -> LessonDraft:
    """A lesson from passages given as heading and text."""
    given = "".join(
        f'<passage id="P1.{place}" section="Guide › {heading}">{text}</passage>'
        for place, (heading, text) in enumerate(texts, 1)
    )
    order = soil.lesson_block(title, [f"Describe {title}"], minutes)
    return LessonDraft.model_validate_json(lesson(f"{order}<passages>{given}</passages>"))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("A **complaint** is any expression of anger that needs an answer. Staff write it into the book.", "Complaint"),
        ("**Loam** is a mixture of sand, silt, and clay.", "Loam"),
        (
            "Staff write every **complaint** into the red book at the desk. The manager reads the book on Friday.",
            "Complaint",
        ),
    ],
)
def test_one_term_is_enough_for_a_question(text: str, answer: str) -> None:
    """However small the lesson, there is one item with one right answer, and it was heard."""
    written_lesson = short_lesson("Rules", ("Rules", text))
    (item,) = written_lesson.quiz
    assert item.choices[item.answer] == answer
    assert len(item.choices) >= 2
    assert item.explanation in " ".join(slide.narration for slide in written_lesson.slides)


def test_slides_leave_out_the_numbers_of_headings() -> None:
    """“2. Eligibility” is spoken of as eligibility."""
    text = "Staff may ask for it after six months. Roles that handle cash or documents are not eligible."
    draft = short_lesson("Rules", ("1. Purpose", "The rules apply to all staff of the bank."), ("2. Eligibility", text))
    assert not any("1." in part or "2." in part for slide in draft.slides for part in (slide.title, slide.narration))


def test_without_a_term_there_is_no_question() -> None:
    """None is better than one made up."""
    text = "Nobody may run here at night. Children must always be held by the hand near the water."
    assert short_lesson("Rules", ("Rules", text)).quiz == []


STEPS = (
    "1. Dry the tube and roughen it.\n2. Spread a *thin* layer of glue.\n3. Wait three minutes.\n4. Press the patch on."
)


def test_numbered_instructions_become_steps() -> None:
    """Shown and said in their order, with the words of the source."""
    fact = "Vulcanising fluid is a glue that joins the patch to the rubber of the tube."
    draft = short_lesson("Patching", ("Patching", f"{STEPS}\n\n{fact}"))
    first = draft.slides[1]
    assert first.body.model_dump() == {
        "layout": "process",
        "steps": [
            "Dry the tube and roughen it",
            "Spread a thin layer of glue",
            "Wait three minutes",
            "Press the patch on",
        ],
    }
    assert first.narration.startswith("First, dry the tube and roughen it. Next, spread a thin layer of glue.")
    assert first.narration.endswith("Finally, press the patch on.")
    assert first.citations[0].quote == "Dry the tube and roughen it."
    assert fact in draft.slides[2].narration


def test_one_unusual_verb_hides_no_instructions() -> None:
    """A recipe is taught step by step though nobody lists every verb a cook knows."""
    steps = ("Score the tomatoes", "Blanch them for a minute", "Add the oil", "Julienne the basil", "Stir the sauce")
    text = "\n".join(f"{number}. {step}." for number, step in enumerate(steps, 1))
    draft = short_lesson("Sauce", ("Sauce", f"{text}\n\nThe sauce keeps for four days."))
    assert draft.slides[1].body.layout == "process"
    assert "blanch them for a minute" in draft.slides[1].narration


def test_choices_of_a_question_are_no_steps() -> None:
    """A numbered list that does not tell what to do may be false, and is never said."""
    text = "1. Cells divide twice.\n2. Cells never divide.\n3. Cells divide once.\n\nMost skin cells divide once a day."
    draft = short_lesson("Cells", ("Cells", text))
    assert "never divide" not in draft.model_dump_json()


def test_a_short_lesson_keeps_to_its_own_sections() -> None:
    """Passages of other sections, which came to fill up, are not said; with all of them everything would be alike."""
    texts = [(one.title, one.text) for one in soil.SECTIONS[1:]]
    spoken_words = {
        title: " ".join(slide.narration for slide in short_lesson(title, *texts).slides)
        for title in ("Life in the Soil", "Compost")
    }
    assert "Humus stores water" in spoken_words["Compost"]
    assert "Earthworms" not in spoken_words["Compost"]
    assert "humus" not in spoken_words["Life in the Soil"].casefold()


@pytest.mark.parametrize(("title", "minutes"), [("Guide", 1), ("Loam", 10)])
def test_a_lesson_on_everything_keeps_everything(title: str, minutes: int) -> None:
    """The heading above all passages names none of them, and the longest lessons have more than fits."""
    given = [
        Block({"id": f"P1.{at}", "section": f"Guide › {one.title}"}, one.text * 9)
        for at, one in enumerate(soil.SECTIONS)
    ]
    assert own(given, title, ["Explain compost"], minutes) == given
