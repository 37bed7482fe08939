"""What goes wrong, and what the person is told: Stop, bad files, a model in trouble, two tabs, a power cut."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Route, expect

from benchmarks.product import Product
from tests.journeys.person import PATIENCE, Person

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

Come = Callable[..., Person]


@pytest.fixture
def faults(product: Product) -> Iterator[Callable[..., None]]:
    """Makes the model server misbehave until the test ends: `faults(kind="status", status=429)`."""
    address = f"{product.models}/faults"

    def strike(**rule: object) -> None:
        httpx.post(address, json={"path": "chat/completions"} | rule).raise_for_status()

    yield strike
    httpx.delete(address).raise_for_status()


def test_stop_stops_and_the_next_message_works(person: Come, faults: Callable[..., None], product: Product) -> None:
    """While the model does not answer, Stop ends the turn within two seconds; what is said next is answered."""
    one = person("instructor")
    faults(kind="delay", seconds=60)
    one.say("Thank you!", wait=False)
    one.page.wait_for_timeout(1500)
    pressed = time.monotonic()
    one.page.click("#stop-button")
    expect(one.page.locator("#stop-button")).to_have_count(0)
    assert time.monotonic() - pressed < 2.0
    httpx.delete(f"{product.models}/faults").raise_for_status()
    one.say("What can you do?")
    one.sees("built-in author")


@pytest.mark.parametrize("status", [429, 500])
def test_a_model_in_trouble_gets_a_sentence(
    person: Come, faults: Callable[..., None], product: Product, status: int
) -> None:
    """A refused or broken model is told in a sentence; when it is back, one click sends the message again."""
    one = person("instructor")
    faults(kind="status", status=status)
    one.say("What can you do?")
    again = one.page.locator('[data-card="try-again"]')
    expect(again).to_be_visible(timeout=PATIENCE)
    assert "Traceback" not in one.page.inner_text("body")
    assert "Error" not in one.page.inner_text("body")
    httpx.delete(f"{product.models}/faults").raise_for_status()
    again.get_by_role("button").click()
    one.sees("built-in author")
    assert one.errors == []


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.pdf", b"", "empty"),
        ("broken.pdf", b"%PDF-1.7\nthis is no page\n", "broken"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(200), "picture"),
        ("notes.docx", b"PK\x03\x04" + bytes(500), "notes.docx"),
    ],
)
def test_a_bad_file_gets_a_sentence(person: Come, tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    """A file that cannot be read is named, with what to do, and the conversation goes on."""
    file = tmp_path / name
    file.write_bytes(content)
    one = person("instructor")
    one.page.set_input_files("#upload-button-input", str(file))
    one.page.wait_for_timeout(1000)
    one.say("Turn this into a course.")
    one.sees(sentence)
    text = one.page.inner_text("body")
    assert "Traceback" not in text
    one.say("Thank you!")


def test_a_message_waits_for_its_document(person: Come, chapter: Path) -> None:
    """Enter pressed while the document is still on its way: the message goes with it, not without it."""
    one = person("instructor")

    def slow(route: Route) -> None:
        one.page.wait_for_timeout(1500)
        route.continue_()

    one.page.route("**/project/file**", slow)
    one.page.set_input_files("#upload-button-input", str(chapter))
    one.composer.click()
    one.page.keyboard.insert_text("Turn this into a three-module course for first-year students.")
    one.page.keyboard.press("Enter")
    expect(one.page.locator(".lx-outline .lx-module")).to_have_count(3, timeout=PATIENCE)


# The last one: what it cuts is the product of all journeys.
def test_everything_is_found_after_a_power_cut(person: Come, product: Product, chapter: Path) -> None:
    """Kill every process at once; the next start finds the conversation, the course and the account."""
    one = person("instructor")
    one.attach(chapter)
    one.say("Turn this into a three-module course for first-year students.")
    expect(one.page.locator(".lx-outline .lx-module")).to_have_count(3, timeout=PATIENCE)
    address = one.page.url
    product.kill()
    product.start()
    one.page.goto(address)
    expect(one.page.locator(".lx-outline .lx-module")).to_have_count(3, timeout=PATIENCE)
    one.say("Rename module 1 to After the Cut")
    expect(one.page.locator(".lx-outline")).to_contain_text("After the Cut")
    back = person(None)
    back.sign_in("instructor")
