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


@pytest.fixture
def person(browser: Browser, product: Product, request: pytest.FixtureRequest) -> Iterator[Callable[..., Person]]:
    """Call it for a person with a browser of their own: `person("instructor")`, or `person(None)` signed out."""
    people: list[Person] = []

    def come(role: str | None, **options: Any) -> Person:
        one = Person(browser, product, **options)
        people.append(one)
        if role:
            one.sign_in(role)
        return one

    yield come
    for number, one in enumerate(people):
        # Kept beside the product's log: what was on the page is the first thing to look at when a journey fails.
        if not one.page.is_closed():
            one.page.screenshot(path=product.folder.parent / f"{request.node.name[:60]}-{number}.png")
        one.close()


@pytest.fixture
def chapter() -> Path:
    """A short chapter to teach."""
    return Path(__file__).with_name("rivers.md")
