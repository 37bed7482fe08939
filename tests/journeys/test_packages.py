"""A SCORM package as learners meet it: in a frame of a platform that keeps what the lesson tells it."""

import io
import subprocess
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import pytest
import uvicorn
from playwright.sync_api import Browser, Frame, Page, expect
from starlette.staticfiles import StaticFiles

from course.exports.archive import write_archive
from course.exports.scorm import scorm_entries
from course.models.rendering import Film
from local_cloud.ports import free_port
from tests.fixtures.courses import cells_course

pytestmark = pytest.mark.browser

# A platform as SCORM 1.2 has it; what a lesson stores outlives the page, as in a platform's database.
_PLATFORM = """<!DOCTYPE html><title>Platform</title><script>
const kept = JSON.parse(localStorage.getItem(location.search) || '{"cmi.core.lesson_status": "not attempted"}')
const faults = []
let running = false
const save = () => localStorage.setItem(location.search, JSON.stringify(kept))
window.API = {
  LMSInitialize: () => { if (running) faults.push("initialised twice"); running = true; return "true" },
  LMSFinish: () => { if (!running) faults.push("finished twice"); running = false; save(); return "true" },
  LMSGetValue: (name) => {
    if (!running) faults.push("read " + name + " outside of a session")
    if (name === "cmi.interactions._count")
      return String(new Set(Object.keys(kept).flatMap((one) => one.match(/interactions\\.(\\d+)/)?.[1] ?? [])).size)
    return kept[name] ?? ""
  },
  LMSSetValue: (name, value) => {
    if (!running) faults.push("wrote " + name + " outside of a session")
    if (typeof value !== "string") faults.push(name + " is no string")
    if (name === "cmi.suspend_data" && value.length > 4096) faults.push("suspend data are too long")
    kept[name] = value
    return "true"
  },
  LMSCommit: () => { save(); return "true" },
  LMSGetLastError: () => "0",
}
window.kept = kept
window.faults = faults
</script><iframe name="sco" src="LESSON" width="900" height="700"></iframe>"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The package unpacked: lesson 1.1 with a film of six seconds, the others without."""
    folder = tmp_path_factory.mktemp("package")
    film = folder / "film.mp4"
    picture = ["-f", "lavfi", "-i", "testsrc=duration=6:size=320x180:rate=10", "-pix_fmt", "yuv420p"]
    encode = [imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", *picture, "-movflags", "+faststart", str(film)]
    subprocess.run(encode, check=True)
    course = cells_course()
    stored = Film(
        video="v",
        video_generation=1,
        captions="c",
        poster="p",
        duration_seconds=6,
        size_bytes=film.stat().st_size,
        cues=[],
    )
    objects = {"v": film.read_bytes(), "c": b"WEBVTT\n\n00:00.000 --> 00:05.000\nHello\n", "p": b""}
    out = io.BytesIO()
    entries = scorm_entries(course, {course.lessons[0].id: stored})
    write_archive(out, entries, lambda name: io.BytesIO(objects[name]), threading.Event(), lambda _: None)
    zipfile.ZipFile(out).extractall(folder)
    for number in ("1.1", "1.2"):
        Path(folder, f"{number}.html").write_text(_PLATFORM.replace("LESSON", f"lessons/{number}/index.html"))
    port = free_port()
    # Answers in ranges, as platforms do: without them no film can be entered in its middle.
    server = uvicorn.Server(uvicorn.Config(StaticFiles(directory=folder), port=port, log_config=None, ws="none"))
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    serving.join()


def _sco(page: Page) -> Frame:
    frame = page.frame("sco")
    assert frame is not None
    return frame


def _kept(page: Page) -> dict[str, Any]:
    assert page.evaluate("faults") == []
    return dict(page.evaluate("kept"))


def test_a_lesson_plays_and_is_marked(browser: Browser, site: str) -> None:
    """The film plays with captions; answers are marked; platform gets status, best score and each answer."""
    with browser.new_page() as page:
        page.goto(f"{site}/1.1.html?marked")
        sco = _sco(page)
        film = sco.locator("video")
        film.evaluate("film => { film.muted = true; return film.play() }")
        page.wait_for_function("() => frames[0].document.querySelector('video').currentTime > 0.5")
        assert film.evaluate("film => film.textTracks[0].mode") == "showing"
        assert _kept(page)["cmi.core.lesson_status"] == "incomplete"
        sco.get_by_label("A single one").check()
        sco.get_by_label("Active transport").check()
        sco.get_by_role("button", name="Check my answers").click()
        expect(sco.get_by_text("1 of 2 right (50 %).")).to_be_visible()
        expect(sco.get_by_text("Lipids stand tail to tail.")).to_be_visible()
        told = _kept(page)
        assert (told["cmi.core.lesson_status"], told["cmi.core.score.raw"]) == ("failed", "50")
        sco.get_by_label("A double one").check()
        sco.get_by_role("button", name="Check my answers").click()
        expect(sco.get_by_text("2 of 2 right (100 %). Well done.")).to_be_visible()
        told = _kept(page)
        assert (told["cmi.core.lesson_status"], told["cmi.core.score.raw"]) == ("passed", "100")
        assert (told["cmi.interactions.0.result"], told["cmi.interactions.2.result"]) == ("wrong", "correct")
        assert told["cmi.interactions.0.student_response"] == "b"
        page.goto("about:blank")


def test_a_lesson_goes_on_where_it_was_left(browser: Browser, site: str) -> None:
    """Place in the film and answers given are there again, the time spent is told, and the visit is suspended."""
    with browser.new_page() as page:
        page.goto(f"{site}/1.1.html?left")
        sco = _sco(page)
        sco.get_by_label("Diffusion").check()
        sco.locator("video").evaluate("film => { film.currentTime = 3.5 }")
        page.wait_for_function("() => frames[0].document.querySelector('video').currentTime === 3.5")
        page.goto(f"{site}/1.1.html?left")
        told = _kept(page)
        assert (told["cmi.core.exit"], told["cmi.core.lesson_location"]) == ("suspend", "3")
        assert told["cmi.core.session_time"].startswith("0000:00:0")
        page.wait_for_function("() => frames[0].document.querySelector('video').currentTime > 3")
        expect(_sco(page).get_by_label("Diffusion")).to_be_checked()


def test_a_lesson_without_a_film_is_read(browser: Browser, site: str) -> None:
    """What it says stands on the page, and it works without a platform too."""
    with browser.new_page() as page:
        page.goto(f"{site}/lessons/1.2/index.html")
        expect(page.get_by_text("Runs down the gradient")).to_be_visible()
        expect(page.locator("video")).to_have_count(0)
        page.get_by_role("button", name="Check my answers").click()
        expect(page.get_by_text("0 of 2 right (0 %).")).to_be_visible()
