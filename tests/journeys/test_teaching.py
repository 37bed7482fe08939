"""An instructor's whole way: from signing in to a video that waits, and what others see of it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.person import PATIENCE, Person

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

Come = Callable[..., Person]


def test_the_page_is_lecterns_own(person: Come) -> None:
    """Name, welcome and starters are ours, a wrong password gets a sentence, and no default of Chainlit's shows."""
    one = person(None)
    one.page.goto("/login")
    expect(one.page).to_have_title("Lectern")
    one.page.fill("#email", "instructor@lectern.local")
    one.page.fill("#password", "not the password")
    one.page.keyboard.press("Enter")
    expect(one.page.get_by_role("alert").first).to_be_visible()
    one.sign_in("instructor")
    one.sees("What shall we teach?")
    expect(one.page.locator("#starters button")).to_have_count(3)
    assert "chainlit" not in one.page.inner_text("body").lower()
    assert one.errors == []


def test_from_a_document_to_a_video(person: Come, chapter: Path) -> None:
    """Attach, approve, read, render, watch; reload, and open it elsewhere: everything is there."""
    one = person("instructor")
    one.write_course(chapter)
    _read_a_lesson(one)
    _render_and_watch(one)
    address = one.page.url
    one.page.reload()
    _has_everything(one.page)
    elsewhere = person("instructor")
    elsewhere.page.goto(address)
    _has_everything(elsewhere.page)
    assert one.errors == []
    assert elsewhere.errors == []


def _read_a_lesson(one: Person) -> None:
    """The panel shows objectives, slides with narration, a quiz, and the passage a slide rests on."""
    panel = one.page.locator(".lx-panel")
    panel.locator(".lx-lesson-line").first.click()
    expect(panel.get_by_text("After this lesson you can")).to_be_visible()
    expect(panel.locator(".lx-slide").first).to_be_visible()
    expect(panel.get_by_role("heading", name="Quiz")).to_be_visible()


def _render_and_watch(one: Person) -> None:
    one.say("Render lesson 1.1")
    expect(one.card("offer")).to_contain_text("Length")
    expect(one.card("offer")).to_contain_text("Ready in")
    one.say("yes")
    expect(one.card("render")).to_be_visible(timeout=PATIENCE)
    video = one.page.locator('[data-card="video"] video')
    expect(video).to_have_count(1, timeout=120_000)
    played = one.page.evaluate(
        """async () => {
            const video = document.querySelector('[data-card="video"] video');
            video.muted = true;
            await video.play();
            await new Promise(done => setTimeout(done, 1500));
            const played = video.currentTime;
            video.currentTime = video.duration / 2;
            await new Promise(done => video.addEventListener('seeked', done, {once: true}));
            const cues = video.textTracks[0].cues;
            return {played, duration: video.duration, sought: video.currentTime, width: video.videoWidth,
                    cues: cues ? cues.length : 0, poster: video.poster};
        }"""
    )
    assert played["played"] > 0.5
    assert played["duration"] > 20
    assert abs(played["sought"] - played["duration"] / 2) < 0.5
    assert played["width"] == 1280
    assert played["cues"] > 3
    poster = one.page.request.get(played["poster"])
    assert poster.ok
    assert poster.headers["content-type"].startswith("image/")


def _has_everything(page: Page) -> None:
    expect(page.locator('[data-card="video"] video')).to_have_count(1, timeout=PATIENCE)
    expect(page.get_by_text("Turn this into a three-module course").first).to_be_visible()
    expect(page.locator(".lx-outline .lx-module")).to_have_count(3, timeout=PATIENCE)


def test_the_video_waits_for_who_left(person: Come, written: str) -> None:
    """Close the browser while it renders; come back: the video is in the conversation, once."""
    one = person("instructor")
    one.open(written)
    one.say("Render lesson 2.1")
    one.card("offer").get_by_role("button", name="Yes, render it").click()
    expect(one.card("render")).to_be_visible(timeout=PATIENCE)
    one.page.close()
    back = person("instructor")
    back.page.goto(written)
    expect(back.page.locator('[data-card="video"] video')).to_have_count(1, timeout=120_000)
    back.page.reload()
    expect(back.page.locator('[data-card="video"] video')).to_have_count(1, timeout=PATIENCE)
    back.page.wait_for_timeout(1000)
    expect(back.page.locator('[data-card="video"] video')).to_have_count(1)


def test_a_change_shows_and_can_be_undone(person: Come, chapter: Path) -> None:
    """Words change the course beside the chat at once; one click takes the change back."""
    one = person("instructor")
    one.attach(chapter)
    one.say("Turn this into a three-module course for first-year students.")
    line = one.page.locator(".lx-lesson-line").first
    before = line.inner_text()
    one.say("Rename lesson 1.1 to Where Water Comes From")
    expect(line).to_contain_text("Where Water Comes From")
    one.card("change").get_by_role("button", name="Undo").click()
    expect(line).not_to_contain_text("Where Water Comes From", timeout=PATIENCE)
    assert line.inner_text() == before
    one.say("Render lesson 9.9")
    one.sees("9.9")


def test_the_learner_and_the_stranger(person: Come, written: str) -> None:
    """A learner finds the published course and gets cited answers, or a plain no; another person sees nothing of it."""
    one = person("instructor")
    one.open(written)
    one.say("Publish the course.")
    course_id = one.page.evaluate("() => window.lectern.open ? window.lectern.open.courseId : null")
    lee = person("learner")
    lee.say("Which courses can I take?")
    lee.card("courses").get_by_role("button", name=re.compile("Enrol|Open")).first.click()
    lee.page.wait_for_timeout(1000)
    lee.say("What is a tributary?")
    expect(lee.card("citations")).to_contain_text("Lesson", timeout=PATIENCE)
    lee.say("Who won the football world cup in 1998?")
    lee.sees("does not cover")

    other = person("operator")
    other.page.goto(written)
    other.page.wait_for_timeout(1500)
    other.does_not_see("Turn this into a three-module course")
    if course_id:
        assert other.page.request.get(f"/api/courses/{course_id}/outline").status in (403, 404)
