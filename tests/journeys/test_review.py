"""An instructor who wants to be asked: the switch, what is proposed, and what becomes of it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.person import PATIENCE, Person

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

Come = Callable[..., Person]


def test_propose_and_apply_a_part(person: Come, written: str) -> None:
    """Review on, two changes proposed, one applied: only that one is in the course, and one click takes it back."""
    one = person("instructor")
    one.open(written)
    lines = one.page.locator(".lx-panel .lx-lesson-line")
    before = lines.all_inner_texts()
    _ask_first(one, on=True)
    one.say("Rename lesson 1.1 to Springs and Sources, and rename lesson 2.1 to Down to the Sea")
    card = one.card("proposal")
    expect(card.locator(".lx-hunk")).to_have_count(2, timeout=PATIENCE)
    expect(card.locator("ins").first).to_contain_text("Springs")
    assert lines.all_inner_texts() == before
    card.get_by_role("checkbox").nth(1).uncheck()
    card.get_by_role("button", name="Apply selected (1)").click()
    expect(lines.first).to_contain_text("Springs and Sources", timeout=PATIENCE)
    assert lines.all_inner_texts()[1:] == before[1:]
    one.page.reload()
    expect(one.card("proposal").locator('.lx-hunk[data-applied="true"]')).to_have_count(1, timeout=PATIENCE)
    one.card("proposal").get_by_role("button", name="Undo").click()
    expect(lines.first).not_to_contain_text("Springs and Sources", timeout=PATIENCE)
    assert lines.all_inner_texts() == before
    one.say("no")
    expect(one.card("proposal")).to_have_attribute("data-state", "accepted", timeout=PATIENCE)
    _ask_first(one, on=False)
    one.say("Rename lesson 1.1 to Springs")
    expect(lines.first).to_contain_text("Springs", timeout=PATIENCE)
    one.say("undo")
    assert one.errors == []


def _ask_first(one: Person, *, on: bool) -> None:
    """Moves the switch; it stands where it was left."""
    one.page.locator("#chat-settings-open-modal").click()
    dialog = one.page.get_by_role("dialog")
    switch = dialog.get_by_role("switch")
    expect(dialog).to_contain_text("Ask me before changing anything")
    expect(switch).to_have_attribute("aria-checked", "false" if on else "true")
    switch.click()
    dialog.get_by_role("button", name=re.compile("confirm", re.IGNORECASE)).click()
    expect(dialog).to_have_count(0)
