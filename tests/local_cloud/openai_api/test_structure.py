"""Texts without headings, lists of sentences and long titles make lessons that can be followed."""

from course.models.lesson import LessonDraft
from course.models.outline import OutlineDraft
from course.quality.limits import excesses
from local_cloud.openai_api.author.lessons import lesson
from local_cloud.openai_api.author.outliner import outline
from local_cloud.openai_api.author.prose import sentences
from local_cloud.openai_api.author.shifts import cut
from local_cloud.openai_api.author.titles import brief
from local_cloud.openai_api.author.topics import title, topics
from tests.local_cloud.openai_api import soil

SHIPS = (
    "The cog was a broad ship with a flat bottom. The ship had a single mast and one square sail. The hull of the ship "
    "was built of oak planks. A crew of ten sailors could handle the ship in calm weather."
)
TAXES = (
    "The council raised taxes on beer and on land. Every citizen paid the taxes in autumn. The council spent the taxes "
    "on walls and on a hospital. A clerk of the council wrote all taxes into a book."
)


def test_a_text_is_cut_where_it_turns_to_something_else() -> None:
    """Not in the middle of the sentences on one thing, even when the halves are uneven."""
    said = sentences("P1.1", "S1.1", f"{SHIPS} The sail of the ship was made of wool.\n\n{TAXES}")
    first, second = cut(said, 2)
    assert first[-1].text == "The sail of the ship was made of wool."
    assert second[0].text.startswith("The council raised taxes")


def test_a_stretch_is_named_by_what_it_speaks_of() -> None:
    """And by what the rest of the text does not."""
    ships, taxes = sentences("P1.1", "S1.1", SHIPS), sentences("P1.2", "S1.1", TAXES)
    assert topics(ships, taxes)[0] == "Cog"
    assert "Taxes" in title(taxes, ships)
    assert title([], ships) == ""


def test_bullets_that_are_sentences_are_read() -> None:
    """A bullet without a full stop is no sentence, and numbered lines may be choices of a question."""
    text = (
        "You need:\n\n- 500 g flour\n- The flour must be dry and free of insects.\n\n1. The flour may be old and wet."
    )
    assert [one.text for one in sentences("P1.1", "S1.1", text)] == ["The flour must be dry and free of insects."]


def test_sections_that_came_with_their_first_words_get_names() -> None:
    """A lesson is never called by half a sentence."""
    parts = [SHIPS * 6, TAXES * 6]
    given = "".join(
        f'<section id="S1.{place}" title="{text[:30]}…" level="1">{text}</section>'
        for place, text in enumerate(parts, 1)
    )
    message = f'<brief>Make a course</brief><source id="S1" title="Notes">{given}</source>'
    draft = OutlineDraft.model_validate_json(outline(message))
    titles = [one.title for module in draft.modules for one in module.lessons]
    assert len(titles) == 2
    assert not any("…" in one for one in titles)
    assert "ship" in titles[0].casefold()
    assert "tax" in titles[1].casefold()


def test_titles_are_short_enough_to_be_read_at_a_glance() -> None:
    """At most eight words, cut between parts of a phrase."""
    long = "The many ways in which a council could raise its taxes from the citizens of a town"
    assert len(brief(long).split()) <= 8
    assert brief("The Laws of the Town: Equal Taxes and Free Trade for All") == "Equal Taxes and Free Trade for All"
    assert brief("Trade and Taxes") == "Trade and Taxes"


def test_a_lesson_keeps_the_limits_and_looks_both_ways() -> None:
    """Words on slides stay few; the lesson before is recalled and the next one named."""
    order = soil.lesson_block("Good Soil", ["Define humus", "Explain what decomposers do"], 4)
    order = order.replace("</lesson>", "Previous lesson: Rocks and Rain\nNext lesson: Compost at Home\n</lesson>")
    assert "Next lesson:" in order
    draft = LessonDraft.model_validate_json(lesson(f"{order}{soil.passages_block(2, 3, 4, 5)}"))
    assert [one for slide in draft.slides for one in excesses(slide)] == []
    assert "the last lesson, “Rocks and Rain”?" in draft.slides[0].narration
    assert "The next lesson: “Compost at Home”." in draft.slides[-1].narration
    assert {item.objective for item in draft.quiz} == set(range(len(draft.objectives)))
