"""The course panel as a place to work: typed where it stands, arranged by hand, and nothing of others overwritten."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.person import PATIENCE, Person

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

Come = Callable[..., Person]


def narration_of(one: Person) -> Locator:
    """The narration of the first slide of lesson 1.1, which is opened."""
    one.page.locator(".lx-lesson-line").first.click()
    return one.page.locator('.lx-slide [data-field="narration"]').first


def type_into(one: Person, text: Locator, words: str) -> None:
    """Clicks the text and writes at its end."""
    text.click()
    expect(text.locator("textarea")).to_be_focused()
    one.page.keyboard.press("Control+End")
    one.page.keyboard.type(words)


def test_two_edit_the_same_words_in_place(person: Come, written: str) -> None:
    """Who saves second is shown both versions, keeps what was typed also over a reload, and decides; Undo is there."""
    one, other = person("instructor"), person("instructor")
    one.open(written)
    other.open(written)
    mine, theirs = narration_of(one), narration_of(other)
    before = mine.inner_text()
    type_into(one, mine, " Mine.")
    type_into(other, theirs, " Theirs.")
    other.page.keyboard.press("Control+Enter")
    expect(other.page.locator(".lx-told")).to_contain_text("Changed the narration of slide 1 of lesson 1.1")
    # The change arrives, and what is being typed stays.
    expect(mine.locator("textarea")).to_have_value(f"{before} Mine.")
    one.page.reload()
    mine = narration_of(one)
    expect(mine.locator("textarea")).to_have_value(f"{before} Mine.", timeout=PATIENCE)
    mine.locator("textarea").focus()
    one.page.keyboard.press("Control+Enter")
    clash = one.page.locator(".lx-clash")
    expect(clash).to_contain_text(f"{before} Theirs.")
    clash.get_by_role("button", name="Keep mine").click()
    expect(theirs).to_have_text(f"{before} Mine.", timeout=PATIENCE)
    one.page.locator(".lx-told").get_by_role("button", name="Undo").click()
    expect(theirs).to_have_text(f"{before} Theirs.", timeout=PATIENCE)
    assert one.errors + other.errors == []


def test_lessons_are_moved_by_keyboard_and_mouse(person: Come, written: str) -> None:
    """Up and down keep the keyboard on their button; a lesson stands where it was dropped; Undo puts it back."""
    one = person("instructor")
    one.open(written)
    lines, rows = one.page.locator(".lx-lesson-line"), one.page.locator(".lx-lesson-row")
    order, last = lines.all_text_contents(), lines.last.locator(".lx-grow").inner_text()
    rows.first.get_by_role("button", name="Move lesson 1.1 down").focus()
    one.page.keyboard.press("Enter")
    told = one.page.locator(".lx-told")
    expect(told).to_contain_text("Moved lesson 1.1", timeout=PATIENCE)
    expect(lines).not_to_have_text(order)
    focused = one.page.evaluate("() => document.activeElement.getAttribute('aria-label')")
    assert focused.endswith(" down"), focused
    told.get_by_role("button", name="Undo").click()
    expect(lines).to_have_text(order, timeout=PATIENCE)
    told.get_by_role("button", name="Close").click()
    _drag(one, rows.last, rows.first)
    expect(lines.first).to_contain_text(last, timeout=PATIENCE)
    one.page.get_by_role("tab", name="History").click()
    one.page.locator(".lx-step").first.get_by_role("button", name="Undo").click()
    one.page.get_by_role("tab", name="Lessons").click()
    expect(lines).to_have_text(order, timeout=PATIENCE)
    assert one.errors == []


def _drag(one: Person, row: Locator, onto: Locator) -> None:
    """By the row's grip to the upper half of another row; a browser wants to see the way."""
    row.hover()
    grip, there = row.locator(".lx-grip").bounding_box(), onto.bounding_box()
    assert grip is not None
    assert there is not None
    mouse = one.page.mouse
    mouse.move(grip["x"] + 8, grip["y"] + 8)
    mouse.down()
    mouse.move(grip["x"] + 8, grip["y"] - 20, steps=4)
    mouse.move(there["x"] + 90, there["y"] + 6, steps=6)
    mouse.move(there["x"] + 90, there["y"] + 4, steps=2)
    mouse.up()
