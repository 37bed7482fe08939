"""`python -m benchmarks.first_video --document FILE`: from attaching a document to a playing video of lesson 1.1.

Drives the page in headless Chromium as a teacher would: sign in, attach, one sentence, approve, render, yes; the clock
stops when the video has played half a second. The person's own thinking and typing is not in it.
"""

import argparse
import json
import shutil
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from benchmarks.product import Product

_PATIENCE = 300_000
_PLAY = """async () => {
    const video = document.querySelector('[data-card="video"] video');
    video.muted = true;
    await video.play();
    while (video.currentTime < 0.5) await new Promise(done => setTimeout(done, 20));
    return video.duration;
}"""


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--document", type=Path, required=True)
    document = parser.parse_args().document
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        Product(Path(folder) / "data").running() as product,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page(base_url=product.address)
        page.set_default_timeout(_PATIENCE)
        _sign_in(page, product)
        figures = _teach(page, document)
        browser.close()
    for name, value in figures.items():
        print(f"{name:28}{value:>8}")
    print(json.dumps(figures))


def _sign_in(page: Page, product: Product) -> None:
    page.goto("/login")
    page.fill("#email", "instructor@lectern.local")
    page.fill("#password", product.accounts["instructor"])
    page.keyboard.press("Enter")
    page.wait_for_selector("#chat-input")
    page.wait_for_timeout(1500)


def _teach(page: Page, document: Path) -> dict[str, float]:
    start = time.monotonic()
    with page.expect_response("**/project/file**"):
        page.set_input_files("#upload-button-input", str(document))
    figures = {"attached_s": _since(start)}
    _say(page, "Turn this into a three-module course for first-year students.")
    page.wait_for_selector(".lx-outline .lx-module")
    figures["outline_s"] = _since(start)
    _say(page, "Looks good, write the lessons.")
    expect(page.locator('[data-card="draft"]').last).to_have_attribute("data-over", "true", timeout=_PATIENCE)
    figures["lessons_s"] = _since(start)
    _say(page, "Render lesson 1.1")
    _say(page, "yes")
    page.wait_for_selector('[data-card="video"] video')
    figures["video_there_s"] = _since(start)
    length = page.evaluate(_PLAY)
    figures["playing_s"] = _since(start)
    figures["video_length_s"] = round(length, 1)
    return figures


def _say(page: Page, text: str) -> None:
    page.click("#chat-input")
    page.keyboard.insert_text(text)
    page.click("#chat-submit")
    page.wait_for_timeout(300)
    expect(page.locator("#stop-button")).to_have_count(0, timeout=_PATIENCE)


def _since(start: float) -> float:
    return round(time.monotonic() - start, 1)


if __name__ == "__main__":
    main()
