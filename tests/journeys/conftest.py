"""The running product and a browser; both are skipped together where there is no browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from benchmarks.product import Product
from tests.journeys.person import Person

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--autoplay-policy=no-user-gesture-required",
]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser is. Without one the journeys are skipped, unless they are required."""
    path = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        reason = "no browser: install Debian's `chromium` to run the browser journeys"
        if os.environ.get("LECTERN_BROWSER_TESTS") == "required":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


# For one module at a time: while it is open, Playwright keeps an event loop in the main thread, and no other can run.
@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Headless Chromium, as Debian packs it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def product(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The whole product on an empty data folder, for all journeys."""
    with Product(tmp_path_factory.mktemp("product") / "data").running() as product:
        yield product


@pytest.fixture(scope="session")
def cookies() -> dict[str, list[Any]]:
    """Of those who have signed in, by role: each role does so once."""
    return {}


@pytest.fixture
def person(
    browser: Browser, product: Product, cookies: dict[str, list[Any]], request: pytest.FixtureRequest
) -> Iterator[Callable[..., Person]]:
    """Call it for a person with a browser of their own: `person("instructor")`, or `person(None)` signed out."""
    people: list[Person] = []

    def come(role: str | None, **options: Any) -> Person:
        one = Person(browser, product, **options)
        people.append(one)
        if role in cookies:
            one.return_with(cookies[role])
        elif role:
            one.sign_in(role)
            cookies[role] = one.context.cookies()
        return one

    yield come
    for number, one in enumerate(people):
        # Kept beside the product's log: what was on the page is the first thing to look at when a journey fails.
        if not one.page.is_closed():
            one.page.screenshot(path=product.folder.parent / f"{request.node.name[:60]}-{number}.png")
        one.close()


@pytest.fixture(scope="module")
def written(browser: Browser, product: Product, chapter: Path) -> str:
    """The address of an instructor's conversation with a course of written lessons; nobody has it open."""
    one = Person(browser, product)
    one.sign_in("instructor")
    one.write_course(chapter)
    address = one.page.url
    one.close()
    assert one.errors == []
    return address


@pytest.fixture(scope="session")
def chapter() -> Path:
    """A short chapter to teach."""
    return Path(__file__).with_name("rivers.md")
