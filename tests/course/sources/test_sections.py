"""Blocks to sections and passages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.sentences import count_words, split_sentences
from course.sources.document import Block
from course.sources.markdown import blocks_of_markdown
from course.sources.passages import passages_of
from course.sources.sections import outline

_SENTENCE = "The baker of the old town rises before the sun and lights the oven. "


def _outlined(text: str, *, markup: bool = True) -> tuple[str, list[tuple[int, str]]]:
    title, sections = outline(blocks_of_markdown(text, markup=markup), "File name")
    return title, [(section.level, section.title) for section in sections]


def test_levels_follow_depth_not_the_number_of_hashes() -> None:
    """A jump from level 2 to 5 is one step; an empty heading stays if something is beneath it, else goes."""
    text = "# Bread\n\n## Grain\n\n##### Rye\n\nDark.\n\n## Ovens\n\nHot.\n\n## Empty\n"
    assert _outlined(text) == ("Bread", [(1, "Bread"), (2, "Grain"), (3, "Rye"), (2, "Ovens")])


def test_text_before_the_first_heading_is_kept() -> None:
    """It becomes a section named like the document."""
    title, sections = outline(blocks_of_markdown("Preface.\n\n# One\n\nText.\n\n# Two\n\nText."), "File name")
    assert (title, sections[0].title, sections[0].text) == ("File name", "File name", "Preface.")


def test_chapters_of_plain_text_become_sections() -> None:
    """Lines like “Chapter 2” are headings in a text that has no others."""
    text = "\n\n".join(f"Chapter {number}: Of Bread\n\n{_SENTENCE * 30}" for number in (1, 2, 3))
    assert _outlined(text, markup=False)[1] == [(1, f"Chapter {number}: Of Bread") for number in (1, 2, 3)]


def test_numbered_headings_of_plain_text_nest() -> None:
    """“1.2 Rye” lies beneath “1 Grain”."""
    text = (
        f"1 Grain\n\n{_SENTENCE}\n\n1.1 Rye and wheat\n\n{_SENTENCE}\n\n{_SENTENCE}\n\n2 Leaven\n\n{_SENTENCE}\n\nEnd."
    )
    assert _outlined(text, markup=False)[1] == [(1, "1 Grain"), (2, "1.1 Rye and wheat"), (1, "2 Leaven")]


def test_text_without_headings_is_split_by_size() -> None:
    """Parts of some hundred words, each named by its first words, nothing lost."""
    paragraphs = [f"Paragraph {number} begins here with several plain words. {_SENTENCE * 8}" for number in range(30)]
    title, sections = outline(blocks_of_markdown("\n\n".join(paragraphs), markup=False), "File name")
    assert title == "File name"
    assert len(sections) == 5
    assert all(500 < section.words < 1000 for section in sections)
    assert sections[0].title == "Paragraph 0 begins here with several plain words"
    assert sum(section.words for section in sections) == count_words(" ".join(paragraphs))


def test_a_wall_of_text_is_split_too() -> None:
    """One paragraph of many thousand words is cut between sentences."""
    _, sections = outline([Block(_SENTENCE * 400)], "File name")
    assert len(sections) > 4
    assert all(section.text.endswith("oven.") for section in sections)


def test_a_section_too_long_for_one_is_cut_in_parts() -> None:
    """Beyond 1,500 words a section goes on as “(part 2)”."""
    body = "\n\n".join([_SENTENCE * 10] * 16)
    assert [title for _, title in _outlined(f"# A\n\n{body}\n\n# B\n\nText.")[1]] == [
        "A",
        "A (part 2)",
        "A (part 3)",
        "B",
    ]


def test_figures_are_left_out() -> None:
    """Captions, mentions in brackets and lines of a table of contents go; the sentence stays."""
    text = (
        "# A\n\nBread rises (see Figure 3.2) slowly.\n\n**Figure 3.2** A loaf.\n\nRye ......... 12\n\nFigures matter."
    )
    _, sections = outline(blocks_of_markdown(text), "File name")
    assert sections[0].text == "Bread rises slowly.\n\nFigures matter."


def test_passages_have_the_wanted_size() -> None:
    """All text of a section is in its passages once, 110 to 220 words each unless the section is shorter."""
    text = f"# A\n\n{_SENTENCE}\n\n# B\n\n" + "\n\n".join([_SENTENCE * 7] * 9)
    _, sections = outline(blocks_of_markdown(text), "File name")
    passages = list(passages_of(sections))
    assert [passage.section for passage in passages][:2] == [1, 2]
    assert all(110 <= count_words(passage.text) <= 220 for passage in passages[1:])
    assert " ".join(" ".join(passage.text for passage in passages[1:]).split()) == " ".join(sections[1].text.split())
    assert all(passage.text.endswith("oven.") for passage in passages)


def test_an_endless_sentence_and_a_language_without_spaces_are_cut() -> None:
    """No passage grows without bound, whatever the punctuation."""
    for text in ("word, " * 3000, "word " * 3000, "面包是人类最古老的食物之一" * 300, "x" * 20_000):
        _, sections = outline([Block(text)], "File name")
        passages = list(passages_of(sections))
        assert max(count_words(passage.text) for passage in passages) <= 310
        joined = "".join(passage.text for passage in passages)
        assert "".join(joined.split()) == "".join(text.split())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.text(min_size=1, max_size=200)), max_size=12))
def test_any_blocks_give_bounded_sections(blocks: list[tuple[int, str]]) -> None:
    """Whatever a converter finds, titles are bounded, no passage is empty and every passage has a section."""
    _, sections = outline([Block(text, level=level) for level, text in blocks], "File name")
    assert all(0 < len(section.title) <= 160 for section in sections)
    for passage in passages_of(sections):
        assert passage.text.strip()
        assert 1 <= passage.section <= len(sections)


@pytest.mark.parametrize("text", [".", ";:", "- ", "**"])
def test_a_text_of_signs_alone_has_a_title(text: str) -> None:
    """A section is never without a name, whatever its first line is."""
    _, sections = outline([Block(text)], "File name")
    assert all(section.title for section in sections)


POLICY = """1. Days and hours
1.1 Staff may work at home up to three days a week.
1.2 Overtime must be approved before it is worked.

2. Equipment
The company provides a laptop. Damage must be reported.

3. Ending
Either side may end it with notice."""


@pytest.mark.parametrize("markup", [True, False])
def test_numbered_titles_head_the_lines_below_them(markup: bool) -> None:
    """A policy as people type it has sections, and each clause a line of its own."""
    _, sections = outline(blocks_of_markdown(POLICY, markup=markup), "Policy")
    assert [section.title for section in sections] == ["1. Days and hours", "2. Equipment", "3. Ending"]
    assert sections[0].text.split("\n")[1] == "1.2 Overtime must be approved before it is worked."


@pytest.mark.parametrize(
    "text",
    [
        "1. Score the tomatoes\n2. Peel the tomatoes\n3. Add the oil",
        "1. Score the tomatoes with a knife and\nput them by.",
    ],
)
def test_other_numbers_are_no_titles(text: str) -> None:
    """A list stays one block, also where its items are wrapped, and so does a sentence with a number."""
    (block,) = blocks_of_markdown(text)
    assert "is\n" not in block.text


def test_a_short_text_without_headings_has_parts() -> None:
    """So that a course of it may have more than one lesson."""
    paragraphs = [Block("The river carried all the waste of the town into the sea. " * 10) for _ in range(6)]
    _, sections = outline(paragraphs, "Essay")
    assert len(sections) == 2


def test_sentences_end_where_they_end() -> None:
    """Abbreviations, initials and decimals do not end a sentence; quotes and brackets may stand at its end."""
    text = "Dr. J. Smith weighed 3.5 g (cf. Fig. 2). “It rose!” Then, e.g. at noon, he left. Why? 他走了。好的。"
    assert split_sentences(text) == [
        "Dr. J. Smith weighed 3.5 g (cf. Fig. 2).",
        "“It rose!”",
        "Then, e.g. at noon, he left.",
        "Why?",
        "他走了。",
        "好的。",
    ]
