"""Markdown to blocks."""

from course.sources.document import Block
from course.sources.markdown import blocks_of_markdown


def test_headings_in_both_styles_and_none_in_code() -> None:
    """Hash and underlined headings are found; a hash inside a code fence is code."""
    text = "Bread\n=====\n\nSome text.\n\nGrain\n---\n\n```python\n# not a heading\n\nx = 1\n```\n### Rye ###\nDark."
    assert blocks_of_markdown(text) == [
        Block("Bread", level=1),
        Block("Some text."),
        Block("Grain", level=2),
        Block("# not a heading\n\nx = 1"),
        Block("Rye", level=3),
        Block("Dark."),
    ]


def test_lists_and_tables_keep_their_lines() -> None:
    """Items and rows stay apart; a wrapped item and a wrapped paragraph are put together."""
    text = "One line\nand the next.\n\n* first\n  goes on\n+ second\n1. third\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    assert [block.text for block in blocks_of_markdown(text)] == [
        "One line and the next.",
        "- first goes on\n- second\n1. third",
        "| a | b |\n| 1 | 2 |",
    ]


def test_markup_falls_away_except_terms() -> None:
    """Links become their words, pictures vanish with their titles, bold terms stay marked."""
    text = (
        "A [baker](https://example.org/a_(b) 'x') uses **wild yeast**, *not* `salt`; 2*3*4 and snake_case stay.\n"
        '![a loaf](loaf.png "A loaf\n\nof rye.") Mendel\\\'s <b>peas</b> __rise__.\n<!-- hidden\n\nnote -->'
    )
    joined = " ".join(block.text for block in blocks_of_markdown(text.replace(" 'x'", "")))
    assert joined == ("A baker uses **wild yeast**, not salt; 2*3*4 and snake_case stay. Mendel's peas **rise**.")


def test_front_matter_is_not_text() -> None:
    """What stands between dashes at the very top is about the document, not of it."""
    assert blocks_of_markdown("---\ntitle: Bread\n---\nText.") == [Block("Text.")]


def test_plain_text_has_no_headings() -> None:
    """In plain text a hash is a hash."""
    assert blocks_of_markdown("# 1 in the charts\n\n*Really*", markup=False) == [
        Block("# 1 in the charts"),
        Block("*Really*"),
    ]
