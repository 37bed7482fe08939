"""Each statement is held against the passages its slide quotes."""

from typing import Any

import pytest

from course.models.quality import Check, Tally
from course.quality import citations
from tests.course.quality.examples import examined, with_slide


def _uncited(**changed: Any) -> list[str]:
    return [claim.text for claim in citations.claims(examined(**changed)) if not claim.cited]


def test_a_lesson_written_from_its_passages_is_cited() -> None:
    """Every claim of narration and slides counts; the question of the opening needs no citation."""
    tally = citations.tally(examined())
    assert tally.good == tally.of == 7
    assert citations.findings(examined()) == []


def test_what_the_passage_does_not_say_is_found() -> None:
    """A sentence whose words the quoted passage lacks is uncited, and the finding quotes it."""
    foreign = "Mushrooms photograph volcanoes at night."
    slides = with_slide(1, narration=f"Around every cell lies its plasma membrane. {foreign}")
    assert _uncited(slides=slides) == [foreign]
    (finding,) = citations.findings(examined(slides=slides))
    assert (finding.check, finding.severity) == (Check.CITATIONS, "problem")
    assert finding.part_id == slides[1]["id"]
    assert foreign[:30] in finding.sentence
    assert finding.remedy.startswith("In lesson 1.2, rewrite slide 2 from its sources,")


@pytest.mark.parametrize(
    "citation",
    [
        {"passage": "P1.1", "quote": "The plasma membrane encloses each cell."},
        {"passage": "P1.1", "quote": ""},
        {"passage": "P9.9", "quote": "The plasma membrane surrounds every cell."},
    ],
)
def test_a_slide_without_a_true_quote_cites_nothing(citation: dict[str, str]) -> None:
    """Other words than the passage's, none at all, or a passage that is not there: all of the slide is uncited."""
    slides = with_slide(1, citations=[citation])
    said = ["Around every cell lies its plasma membrane.", "The plasma membrane surrounds every cell"]
    assert _uncited(slides=slides) == said


def test_markup_and_kinds_of_quotation_marks_do_not_count() -> None:
    """`**plasma membrane**` in the passage is `plasma membrane` in the quote."""
    assert citations.stands_in("a “plasma membrane”  of\nfat", 'Around it is a "**plasma membrane**" of fat.')
    assert not citations.stands_in("", "Anything")


def test_sentences_about_the_lesson_itself_need_no_citation() -> None:
    """What only says the lesson's own titles, objectives and audience is exempt; more than that is not."""
    frame = "By the end of this lesson, first-year students will be able to define osmosis."
    slides = with_slide(0, narration=f"{frame} Mushrooms glow.")
    assert _uncited(slides=slides) == ["Mushrooms glow."]


def test_without_sources_there_is_nothing_to_cite() -> None:
    """A course made from a brief alone has no claims to count and no findings."""
    bare = examined(sourced=False)
    assert citations.tally(bare) == Tally(good=0, of=0)
    assert citations.findings(bare) == []


def test_a_citation_that_leads_nowhere_is_a_finding() -> None:
    """A passage that is gone is named, also beside one that stands."""
    kept = {"passage": "P1.1", "quote": "The plasma membrane surrounds every cell."}
    slides = with_slide(1, citations=[kept, {"passage": "P7.1", "quote": "gone"}])
    (finding,) = citations.findings(examined(slides=slides))
    assert "P7.1" in finding.sentence
