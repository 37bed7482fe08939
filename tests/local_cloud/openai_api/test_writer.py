"""Lessons are written from their passages, and changed no further than asked."""

import json
from typing import Any

import pytest

from course.models.lesson import Bullets, LessonDraft, ReviewDraft
from course.sentences import split_sentences
from local_cloud.openai_api.author.lessons import lesson
from local_cloud.openai_api.author.material import Material
from local_cloud.openai_api.author.prose import paragraphs, plain, spoken
from local_cloud.openai_api.author.prose import sentences as sentences_of
from local_cloud.openai_api.author.reviewer import review
from local_cloud.openai_api.author.writer import slide as made_of
from tests.local_cloud.openai_api import soil

OBJECTIVES = [
    "Describe how particle size changes the way soil holds water",
    "Explain what decomposers do",
    "Define humus",
]
ALL = (2, 3, 4, 5)


def written(minutes: int = 4, sections: tuple[int, ...] = ALL, extra: str = "") -> LessonDraft:
    """A lesson on the handbook."""
    order = soil.lesson_block("Good Soil", OBJECTIVES, minutes)
    return LessonDraft.model_validate_json(lesson(f"{order}\n{soil.passages_block(*sections)}\n{extra}"))


def changed(before: LessonDraft, instruction: str) -> LessonDraft:
    """The lesson after an instruction."""
    extra = f"<current>\n{before.model_dump_json()}\n</current>\n<instruction>{instruction}</instruction>"
    return written(extra=extra)


@pytest.fixture(scope="module")
def draft() -> LessonDraft:
    """One lesson for the module."""
    return written()


def test_a_lesson_opens_teaches_and_recaps(draft: LessonDraft) -> None:
    """Title first, recap last, in between slides whose titles all differ."""
    layouts = [slide.body.layout for slide in draft.slides]
    assert layouts[0] == "title"
    assert layouts[-1] == "recap"
    assert len(layouts) >= 5
    titles = [slide.title for slide in draft.slides]
    assert len(set(titles)) == len(titles)
    assert draft.objectives == OBJECTIVES


def test_everything_said_is_said_by_the_passages(draft: LessonDraft) -> None:
    """But for the frame and questions: every narrated sentence stands in the material."""
    running = [paragraph for text in soil.passages(*ALL).values() for paragraph in paragraphs(text)]
    source = {spoken(one) for text in running for one in split_sentences(text)}
    source |= {one.split(", ", 1)[1] for one in source if one.startswith(("However, ", "For example, "))}
    folded = {one.casefold() for one in source}
    framed = (
        "This lesson is about",
        "By the end,",
        "Let’s",
        "Now let’s",
        "The next topic",
        "That brings us",
        "We come to",
    )
    for slide in draft.slides[:-1]:
        for sentence in split_sentences(slide.narration):
            assert sentence.startswith(framed) or sentence.endswith("?") or sentence.casefold() in folded, sentence


def test_quotes_stand_in_the_passages_they_cite(draft: LessonDraft) -> None:
    """Every slide with facts cites each passage it says something of, in exact words, 30 at most."""
    passages = soil.passages(*ALL)
    for slide in draft.slides[1:]:
        assert slide.citations
        assert len({citation.passage for citation in slide.citations}) == len(slide.citations)
        for citation in slide.citations:
            assert citation.quote in passages[citation.passage]
            assert len(citation.quote.split()) <= 30


def test_nothing_is_said_twice(draft: LessonDraft) -> None:
    """No sentence is on two slides; only the recap says things again."""
    said = [one for slide in draft.slides[:-1] for one in split_sentences(slide.narration)]
    assert len(said) == len(set(said))


def test_narration_can_be_read_aloud(draft: LessonDraft) -> None:
    """No markup, no figure references, and no sentence that leans on one left out."""
    for slide in draft.slides:
        assert not any(mark in slide.narration for mark in ("*", "_", "#", "Figure", "shown in", "(", "http"))
        first = split_sentences(slide.narration)[-1 if slide.body.layout == "title" else 0]
        assert not first.startswith(("This process", "It ", "They ", "These "))


def test_points_are_short_and_self_contained(draft: LessonDraft) -> None:
    """At most 12 words, no full stop, no pronoun for a subject."""
    points = [point for slide in draft.slides if isinstance(slide.body, Bullets) for point in slide.body.points]
    assert len(points) >= 4
    for point in points:
        assert len(point.split()) <= 12
        assert not point.endswith(".")
        assert not point.startswith(("This ", "These ", "It ", "They ", "However"))


def test_what_tells_titles_apart_is_not_spoken() -> None:
    """“Continued” and “(2)” are for the eye; slides are led over to in different words."""
    order = soil.lesson_block("Good Soil, continued", OBJECTIVES, 6)
    spoken_words = [
        slide.narration for slide in LessonDraft.model_validate_json(lesson(order + soil.passages_block(*ALL))).slides
    ]
    assert "continued" not in " ".join(spoken_words)
    content = soil.passages(3)["P1.3"]
    sentences = sentences_of("P1.3", "S", content)
    for number, title in enumerate(["Grains of Rock, continued", "Grains of Rock (2)"]):
        assert made_of(title, sentences, Material([]), number)["narration"].startswith("Sand is")
    links = {
        made_of("Grains of Rock", sentences, Material([]), number)["narration"].split(" Sand is")[0]
        for number in range(6)
    }
    assert len(links) == 6
    assert all(link.count("grains of rock") == 1 for link in links)


def test_of_a_double_title_the_new_half_is_said() -> None:
    """“Soil: Grains of Rock” is led over to as grains of rock; a question is asked."""
    sentences = sentences_of("P1.3", "S", soil.passages(3)["P1.3"])
    said = made_of("Soil: Grains of Rock", sentences, Material([]), 0)["narration"]
    assert said.startswith("Let’s begin with grains of rock. Sand is")
    assert made_of("What Is Rock?", sentences, Material([]), 1)["narration"].startswith("What Is Rock? Sand is")


def test_pronouns_head_no_column() -> None:
    """“The model …, but it …” is no comparison."""
    text = "The model has changed somewhat over time, but it still explains the structure of good soil best."
    body = made_of("Models", sentences_of("P1.1", "S", text), Material([]), 0)["body"]
    assert body["layout"] == "statement"


def test_each_objective_gets_a_slide(draft: LessonDraft) -> None:
    """What it is about is spoken of."""
    narration = " ".join(slide.narration for slide in draft.slides[1:-1]).casefold()
    assert all(word in narration for word in ("clay", "decomposers are organisms", "humus"))


def test_the_length_follows_the_minutes() -> None:
    """About 130 words a minute as far as there is material."""
    short = sum(len(slide.narration.split()) for slide in written(2).slides)
    long = sum(len(slide.narration.split()) for slide in written(4).slides)
    assert 150 <= short <= 350
    assert long > short


def test_quiz_items_have_one_right_answer_that_was_heard(draft: LessonDraft) -> None:
    """The explanation is narrated, holds the answer and none of the other choices."""
    assert len(draft.quiz) >= 2
    narration = " ".join(slide.narration for slide in draft.slides)
    for item in draft.quiz:
        right, explanation = item.choices[item.answer].casefold(), item.explanation.casefold()
        assert item.explanation in narration
        assert right.rstrip("s") in explanation
        wrong = [other.casefold().rstrip("s") for other in item.choices if other.casefold() != right]
        assert not any(other in explanation for other in wrong)
        assert right.rstrip("s") not in item.question.casefold()


def test_the_same_request_gives_the_same_lesson(draft: LessonDraft) -> None:
    """The author is deterministic."""
    assert written() == draft


def test_without_passages_nothing_is_made_up() -> None:
    """Only a frame of the plan's own words: a title and a question for each objective."""
    bare = LessonDraft.model_validate_json(lesson(soil.lesson_block("Bees", ["Explain how bees dance"])))
    assert [slide.body.layout for slide in bare.slides] == ["title", "question"]
    assert bare.slides[1].narration == "Before we go on, think for a moment: how would you explain how bees dance?"
    assert bare.quiz == []


def test_one_slide_changes_and_the_others_stay(draft: LessonDraft) -> None:
    """Removing, retitling and enriching a slide leaves every other word alone."""
    removed = changed(draft, "remove slide 3")
    assert list(removed.slides) == [slide for place, slide in enumerate(draft.slides) if place != 2]
    renamed = changed(draft, "rename slide 2 to “Grains”")
    assert renamed.slides[1].title == "Grains"
    assert renamed.slides[1].narration == draft.slides[1].narration
    assert renamed.slides[2:] == draft.slides[2:]


def test_simpler_and_shorter_say_less() -> None:
    """Long sentences go first; what stays was there before."""
    before = written()
    for instruction in ("make it simpler", "make lesson 1.1 shorter"):
        after = changed(before, instruction)
        assert sum(len(one.narration) for one in after.slides) < sum(len(one.narration) for one in before.slides)
        assert [one.title for one in after.slides] == [one.title for one in before.slides]


def test_an_instruction_not_understood_changes_nothing(draft: LessonDraft) -> None:
    """A teacher's lesson is not rewritten on a guess; asked to, it is written anew."""
    assert changed(draft, "add a summary table") == draft
    shorter = changed(draft, "make it shorter")
    assert changed(shorter, "rewrite lesson 1.1") != shorter


def test_an_example_is_added_from_the_passages() -> None:
    """A sentence of the material that gives one, on the slide it fits."""
    before = written(2)
    place = next(i for i, one in enumerate(before.slides) if "Decomposers are" in one.narration)
    assert "meadow" not in before.slides[place].narration
    after = changed(before, f"add an example to slide {place + 1}")
    assert "meadow with many earthworms" in after.slides[place].narration
    assert after.slides[:place] == before.slides[:place]


def test_a_slide_is_added_on_what_the_passages_say() -> None:
    """From sentences not said yet, cited; a subject they do not know adds nothing."""
    before = written(2, sections=(2, 3))
    extra = f"<current>{before.model_dump_json()}</current><instruction>add a slide about earthworms</instruction>"
    order = soil.lesson_block("Good Soil", OBJECTIVES, 2)
    after = LessonDraft.model_validate_json(lesson(f"{order}{soil.passages_block(*ALL)}{extra}"))
    (added,) = [slide for slide in after.slides if slide not in before.slides]
    assert added.title == "Earthworms"
    assert added.citations[0].passage == "P1.4"
    assert changed(before, "add a slide about dragons") == before


def reviewed(draft: dict[str, Any]) -> ReviewDraft:
    """The review of a draft."""
    order = soil.lesson_block("Good Soil", OBJECTIVES, 4)
    message = f"{order}\n<draft>\n{json.dumps(draft)}\n</draft>\n{soil.passages_block(*ALL)}"
    return ReviewDraft.model_validate_json(review(message))


def test_the_reviewer_accepts_a_sound_lesson(draft: LessonDraft) -> None:
    """What the author writes keeps the rubric."""
    assert reviewed(draft.model_dump(mode="json")) == ReviewDraft(verdict="accept", findings=[])


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [
        ("narration", "", "no narration"),
        ("narration", "Soil is **rich** in life and water.", "cannot be spoken"),
        ("narration", "Soil is 4711 years old, as everybody knows.", "4711"),
        ("citations", [], "cites no passage"),
        ("citations", [{"passage": "P9.9", "quote": ""}], "P9.9"),
        ("citations", [{"passage": "P1.2", "quote": "words that are not there"}], "does not stand"),
    ],
)
def test_the_reviewer_finds_what_is_wrong(draft: LessonDraft, field: str, value: Any, complaint: str) -> None:
    """One thing spoiled on slide 2 is named with its slide."""
    spoiled = draft.model_dump(mode="json")
    spoiled["slides"][1][field] = value
    found = reviewed(spoiled)
    assert found.verdict == "repair"
    assert any("Slide 2" in one and complaint in one for one in found.findings)


def test_plain_text_is_what_markdown_shows() -> None:
    """Emphasis, links and escapes go; words stay."""
    assert plain(r"**Mendel\'s** [peas](http://x.example) are *green*") == "Mendel's peas are green"
