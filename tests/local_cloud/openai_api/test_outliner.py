"""The outliner follows the material and the brief, and invents nothing."""

import pytest

from course.models.outline import OutlineDraft
from local_cloud.openai_api.author.brief import is_thin, read_brief
from local_cloud.openai_api.author.objectives import measurable
from local_cloud.openai_api.author.outliner import outline
from tests.local_cloud.openai_api import soil

COURSE = """Course: Living Soil (audience: gardeners, revision 4)
Module 1: Ground
  Lesson 1.1: Sand (6 min) [drafted]
    Objective: Explain sand
    Sections: S1.2
  Lesson 1.2: Clay (6 min) [planned]
    Objective: Explain clay
Module 2: Life
  Lesson 2.1: Bacteria (5 min) [planned]
    Objective: Define bacteria
    Objective: List bacteria
    Sections: S1.4, S1.5
  Lesson 2.2: Fungi (4 min) [planned]
Module 3: Compost
  Lesson 3.1: Heaps (6 min) [planned]
"""


def planned(brief: str, *, source: bool = True) -> OutlineDraft:
    """The outline for a brief."""
    message = f"<brief>\n{brief}\n</brief>\n{soil.source_block() if source else ''}"
    return OutlineDraft.model_validate_json(outline(message))


def changed(instruction: str) -> str:
    """The course after an instruction, as `Module: Lesson, Lesson | …`."""
    message = f"<brief>x</brief><course>\n{COURSE}</course><instruction>{instruction}</instruction>"
    draft = OutlineDraft.model_validate_json(outline(message))
    return " | ".join(f"{one.title}: {', '.join(lesson.title for lesson in one.lessons)}" for one in draft.modules)


def test_modules_follow_the_headings() -> None:
    """Each section is used once, in order, under a heading of the document; the brief names the audience."""
    draft = planned("Turn this into a three-module course for new gardeners.")
    assert draft.title == "Living Soil"
    assert draft.audience == "new gardeners"
    assert draft.language == "en"
    assert [module.title for module in draft.modules] == ["What Soil Is Made Of", "Life in the Soil", "Compost"]
    used = [section for module in draft.modules for lesson in module.lessons for section in lesson.sections]
    assert used == ["S1.2", "S1.3", "S1.4", "S1.5"]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_as_many_modules_as_asked_for(count: int) -> None:
    """The number of the brief, in figures or words."""
    assert len(planned(f"Make a course with {count} modules").modules) == count


def handbook(*words: int) -> str:
    """A source whose sections have so many words."""
    sections = "".join(
        f'<section id="S1.{place}" title="Rule {place}" level="2">{"Staff greet guests. " * (count // 3)}</section>'
        for place, count in enumerate(words, 1)
    )
    return f'<source id="S1" title="Handbook">{sections}</source>'


@pytest.mark.parametrize("words", [(54, 36, 45, 57, 45, 27), (30, 30, 30), (12, 600, 12, 600, 600), (60,) * 9])
def test_short_sections_are_kept_and_give_the_modules_asked_for(words: tuple[int, ...]) -> None:
    """However short, each section is in one lesson, in order, and there are as many modules as wished for."""
    message = f"<brief>Turn this into a three-module course</brief>{handbook(*words)}"
    draft = OutlineDraft.model_validate_json(outline(message))
    used = [section for module in draft.modules for lesson in module.lessons for section in lesson.sections]
    assert len(draft.modules) == 3
    assert used == [f"S1.{place}" for place in range(1, len(words) + 1)]


def test_scraps_of_a_divided_chapter_are_gathered() -> None:
    """Two chapters of many small sections make three modules of a few lessons, and every section is used."""
    text = "Staff greet guests. " * 40
    small = "".join(
        f'<section id="S1.{at}" title="Point {at}" level="{2 if at % 7 == 1 else 3}">{text}</section>'
        for at in range(1, 15)
    )
    source = f'<source id="S1" title="Handbook">{small}</source>'
    draft = OutlineDraft.model_validate_json(outline(f"<brief>Three modules</brief>{source}"))
    lessons = [lesson for module in draft.modules for lesson in module.lessons]
    assert len(draft.modules) == 3
    assert len(lessons) <= 9
    assert [section for lesson in lessons for section in lesson.sections] == [f"S1.{at}" for at in range(1, 15)]


def test_headings_allow_no_more_modules_than_they_are() -> None:
    """Two sections make two modules, although three were asked for."""
    draft = OutlineDraft.model_validate_json(outline(f"<brief>Three modules</brief>{handbook(30, 30)}"))
    assert [module.title for module in draft.modules] == ["Rule 1", "Rule 2"]


def test_a_short_document_makes_one_module_of_short_lessons() -> None:
    """Without a wish; a lesson takes no longer than its text takes to say."""
    draft = OutlineDraft.model_validate_json(outline(f"<brief>Make a course</brief>{handbook(120, 120, 120)}"))
    assert [module.title for module in draft.modules] == ["Handbook"]
    assert [lesson.minutes for lesson in draft.modules[0].lessons] == [1, 1, 1]


def test_a_text_without_headings_is_named_by_its_terms() -> None:
    """A section that came with its first words for a heading gets a title."""
    text = (
        "**Nectar** is a sweet liquid. **Honey** is nectar without its water. Bees make honey from nectar all summer."
    )
    section = f'<section id="S1.1" title="Nectar is a sweet…" level="1">{text}</section>'
    source = f'<source id="S1" title="Bees">{section}</source>'
    (module,) = OutlineDraft.model_validate_json(outline(f"<brief>Make a course</brief>{source}")).modules
    assert [lesson.title for lesson in module.lessons] == ["Nectar and Honey"]


def test_lessons_leave_out_the_numbers_of_headings() -> None:
    """They have their own; a number that belongs to the name stays."""
    titles = ["1. Purpose", "2.1 Equipment", "10 Downing Street"]
    text = "Staff greet guests. " * 40
    sections = "".join(
        f'<section id="S1.{at}" title="{one}" level="1">{text}</section>' for at, one in enumerate(titles)
    )
    draft = OutlineDraft.model_validate_json(
        outline(f'<brief>Make a course</brief><source id="S1" title="T">{sections}</source>')
    )
    lessons = [lesson.title for module in draft.modules for lesson in module.lessons]
    assert lessons == ["Purpose", "Equipment", "10 Downing Street"]


def test_objectives_read_well_whatever_the_heading() -> None:
    """A question, a doing and a statement each make an objective of their own kind."""
    titles = {
        "What Is Light Energy?": "Explain what light energy is",
        "Finding the Hole": "Outline the steps of finding the hole",
        "Alleles Can Be Dominant": "Explain how alleles can be dominant",
        "X-Linked Traits": "Describe X-linked traits",
    }
    for title, expected in titles.items():
        text = "1. Pump.\n2. Listen.\n" + "Air leaves the tube. " * 6
        source = f'<source id="S1" title="T"><section id="S1.1" title="{title}" level="2">{text}</section></source>'
        draft = OutlineDraft.model_validate_json(outline(f"<brief>Make a course</brief>{source}"))
        assert draft.modules[0].lessons[0].objectives[0] == expected


def test_objectives_are_the_documents_own_and_measurable() -> None:
    """“By the end you will be able to” lists are taken; vague verbs become verbs that can be checked."""
    lesson = planned("Three modules please, about soil").modules[0].lessons[0]
    assert lesson.objectives == [
        "Explain the four parts of soil",
        "Describe how particle size changes the way soil holds water",
    ]
    assert measurable("Appreciate the value of compost") == "Explain the value of compost"
    assert measurable("Bananas are yellow") == ""


def test_without_a_source_only_what_the_brief_names() -> None:
    """Topics of the brief become lessons; no sections are claimed."""
    draft = planned("A course on hand hygiene for hospital staff: when to wash, how to wash, gloves", source=False)
    lessons = [lesson for module in draft.modules for lesson in module.lessons]
    assert draft.title == "Hand Hygiene"
    assert draft.audience == "hospital staff"
    assert [lesson.title for lesson in lessons] == ["When to wash", "How to wash", "Gloves"]
    assert all(lesson.sections == [] for lesson in lessons)


@pytest.mark.parametrize(
    ("brief", "subject", "audience", "modules"),
    [
        (
            "I need a 4 module course about fire safety in kitchens for restaurant staff",
            "Fire safety in kitchens",
            "restaurant staff",
            4,
        ),
        ("Photosynthesis", "Photosynthesis", "beginners", None),
        ("Teach first-year nurses about sepsis", "Sepsis", "first-year nurses", None),
        ("Please create a short course called “Tides for sailors”.", "Tides for sailors", "beginners", None),
        ("Could you build an outline on negotiation?", "Negotiation", "beginners", None),
        (
            "Make a short course for first-year students on how to read a scientific paper.",
            "How to read a scientific paper",
            "first-year students",
            None,
        ),
    ],
)
def test_briefs_are_understood_in_many_wordings(brief: str, subject: str, audience: str, modules: int | None) -> None:
    """Subject, audience and number of modules."""
    found = read_brief(brief)
    assert (found.subject, found.audience, found.modules) == (subject, audience, modules)


@pytest.mark.parametrize(
    ("brief", "audience"),
    [
        ("Please make a cooking course for beginners out of these recipes", "beginners"),
        (
            "I teach first-year nursing students. Could you build a course out of this chapter?",
            "first-year nursing students",
        ),
        ("I teach biology to nurses. Make a course for nurses of the first year", "nurses of the first year"),
        ("My evening class for retired people would enjoy this. Two modules.", "retired people"),
    ],
)
def test_the_audience_is_who_it_is_and_no_more(brief: str, audience: str) -> None:
    """What is said around the people is not said of them, wherever in the brief they stand."""
    assert read_brief(brief).audience == audience


def test_a_course_is_titled_like_a_title() -> None:
    """Capitals where a title has them; acronyms and small words as they are."""
    brief = "Make a short course for first-year students on how to read a scientific paper about DNA."
    assert planned(brief, source=False).title == "How to Read a Scientific Paper about DNA"


def test_a_thin_brief_is_known() -> None:
    """Words that name no subject are no brief."""
    assert all(is_thin(one) for one in ("hi", "make a course", "Turn this into a course", "ok"))
    assert not any(is_thin(one) for one in ("Photosynthesis", "make a course on bees"))


@pytest.mark.parametrize(
    ("instruction", "expected"),
    [
        ("merge modules 2 and 3", "Ground: Sand, Clay | Life and Compost: Bacteria, Fungi, Heaps"),
        ("merge modules 1 and 2 and call it “Soil”", "Soil: Sand, Clay, Bacteria, Fungi | Compost: Heaps"),
        ("swap modules 1 and 3", "Compost: Heaps | Life: Bacteria, Fungi | Ground: Sand, Clay"),
        ("move lesson 1.2 to module 3", "Ground: Sand | Life: Bacteria, Fungi | Compost: Heaps, Clay"),
        ("put module 3 first", "Compost: Heaps | Ground: Sand, Clay | Life: Bacteria, Fungi"),
        (
            "remove lesson 2.2 and add a lesson on worms to module 2",
            "Ground: Sand, Clay | Life: Bacteria, Worms | Compost: Heaps",
        ),
        ("make it two modules", "Ground: Sand, Clay | Life and Compost: Bacteria, Fungi, Heaps"),
        ("fewer modules", "Ground: Sand, Clay | Life and Compost: Bacteria, Fungi, Heaps"),
        ("split lesson 2.1", "Ground: Sand, Clay | Life: Bacteria, Bacteria, continued, Fungi | Compost: Heaps"),
        ("rename module 2 to Creatures", "Ground: Sand, Clay | Creatures: Bacteria, Fungi | Compost: Heaps"),
        (
            "add a module about rocks after module 1",
            "Ground: Sand, Clay | Rocks: Rocks | Life: Bacteria, Fungi | Compost: Heaps",
        ),
        ("paint it blue", "Ground: Sand, Clay | Life: Bacteria, Fungi | Compost: Heaps"),
    ],
)
def test_an_outline_is_changed_as_told_and_no_further(instruction: str, expected: str) -> None:
    """What the instruction does not concern keeps its title and place."""
    assert changed(instruction) == expected


def test_a_change_keeps_plans_letter_by_letter() -> None:
    """Objectives, minutes and sections of a lesson that moved are what they were."""
    message = f"<brief>x</brief><course>\n{COURSE}</course><instruction>swap modules 1 and 2</instruction>"
    lesson = OutlineDraft.model_validate_json(outline(message)).modules[0].lessons[0]
    assert lesson.objectives == ["Define bacteria", "List bacteria"]
    assert (lesson.minutes, lesson.sections) == (5, ["S1.4", "S1.5"])


def test_an_added_lesson_rests_on_the_sections_that_speak_of_it() -> None:
    """With the document at hand it gets its sections."""
    message = (
        f"<brief>x</brief><course>\n{COURSE}</course>"
        f"<instruction>add a lesson on particle size to module 1</instruction>{soil.source_block()}"
    )
    draft = OutlineDraft.model_validate_json(outline(message))
    assert draft.modules[0].lessons[-1].title == "Particle size"
    assert draft.modules[0].lessons[-1].sections == ["S1.3"]
