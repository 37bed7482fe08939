"""A person at the page: signs in, attaches, writes, reads and watches."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from benchmarks.product import Product

PATIENCE = 60_000
"""Milliseconds to wait for what the product does in seconds: the machine is shared."""


class Person:
    """One browser profile, signed in or not; `page` is its open tab."""

    def __init__(self, browser: Browser, product: Product, **options: Any) -> None:
        self.product = product
        self.context: BrowserContext = browser.new_context(base_url=product.address, **options)
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def sign_in(self, role: str) -> None:
        """As one of the demo accounts; ends at the composer of a new conversation."""
        self.page.goto("/login")
        self.page.fill("#email", f"{role}@lectern.local")
        self.page.fill("#password", self.product.accounts[role])
        self.page.keyboard.press("Enter")
        self._settle()

    def return_with(self, cookies: list[Any]) -> None:
        """As one who signed in before; ends at the composer of a new conversation."""
        self.context.add_cookies(cookies)
        self.page.goto("/")
        self._settle()

    def open(self, address: str) -> None:
        """An earlier conversation that has a course; ends when both are on the page."""
        self.page.goto(address)
        expect(self.page.locator(".lx-outline .lx-module").first).to_be_visible(timeout=PATIENCE)
        self._settle()

    def _settle(self) -> None:
        expect(self.composer).to_be_visible()
        # What is attached before the socket is open is refused; nobody is that fast.
        self.page.wait_for_timeout(1000)

    @property
    def composer(self) -> Locator:
        """Where one writes."""
        return self.page.locator("#chat-input")

    @property
    def conversation(self) -> Locator:
        """All that is shown outside the side bars."""
        return self.page.locator("main, #root").first

    def attach(self, *files: Path) -> None:
        """Puts files beside the next message."""
        for file in files:
            with self.page.expect_response(re.compile("/project/file")):
                self.page.set_input_files("#upload-button-input", str(file))
        expect(self.page.locator("#attachments")).to_contain_text(files[-1].name[:12])

    def say(self, text: str, *, wait: bool = True) -> None:
        """Sends a message; waits until the turn has ended unless told otherwise."""
        self.composer.click()
        self.page.keyboard.insert_text(text)
        expect(self.page.locator("#chat-submit")).to_be_enabled()
        self.page.click("#chat-submit")
        if wait:
            self.wait()

    def card(self, name: str) -> Locator:
        """The last card of that kind in the conversation."""
        return self.page.locator(f'[data-card="{name}"]').last

    def write_course(self, document: Path) -> None:
        """From a document to written lessons, in two messages."""
        self.attach(document)
        self.say("Turn this into a three-module course for first-year students.")
        expect(self.page.locator(".lx-outline .lx-module")).to_have_count(3, timeout=PATIENCE)
        self.say("Looks good, write the lessons.")
        expect(self.card("draft")).to_have_attribute("data-over", "true", timeout=PATIENCE)

    def wait(self) -> None:
        """Until nothing runs: the stop button gives way to the send button."""
        self.page.wait_for_timeout(300)
        expect(self.page.locator("#stop-button")).to_have_count(0, timeout=PATIENCE)

    def sees(self, text: str) -> None:
        """Somewhere on the page, soon."""
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=PATIENCE)

    def does_not_see(self, text: str) -> None:
        """Nowhere on the page."""
        expect(self.page.get_by_text(text)).to_have_count(0)

    def close(self) -> None:
        """Closes the browser window."""
        self.context.close()
