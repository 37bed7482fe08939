"""The door: passwords, patience, roles, and what a page without a log-in may see."""

import httpx
import pytest

from chat_app.edge import Edge
from course.models.people import Person
from tests.chat_app.conftest import PASSWORD, Chat
from tests.chat_app.page import page_of


async def test_a_wrong_password_is_refused_and_many_are_slowed_down(chat: Chat, instructor: Person) -> None:
    """Eight wrong passwords close an account's door for a while, to the right one too; other accounts stay open."""
    async with httpx.AsyncClient(base_url=chat.url) as http:
        wrong = {"username": instructor.email, "password": "wrong password"}
        answers = [(await http.post("/login", data=wrong)).status_code for _ in range(9)]
        right = await http.post("/login", data=wrong | {"password": PASSWORD})
    assert answers == [401] * 8 + [429]
    assert (right.status_code, right.json()["detail"]) == (429, "toomany")


async def test_the_cookie_is_the_accounts_and_ends_with_it(chat: Chat, instructor: Person) -> None:
    """`/user` names the person with their role of now; a closed account's cookie opens none of our routes."""
    from course.tables import UserRow

    async with page_of(chat, instructor) as page:
        user = (await page.http.get("/user")).json()
        assert (user["identifier"], user["metadata"]["role"]) == (instructor.email, "instructor")
        async with chat.parts.database.transaction() as session:
            row = await session.get(UserRow, instructor.id)
            row.disabled_at = row.created_at
        assert (await page.http.get("/api/courses")).status_code == 401


@pytest.mark.parametrize(("path"), ["/api/courses", "/media/6c9a1d3e-35a9-4b4e-9b6f-0d0f4ad3d0aa"])
async def test_nothing_is_shown_without_signing_in(chat: Chat, path: str) -> None:
    """Without a cookie, and with a forged one, our routes answer 401 with a sentence."""
    async with httpx.AsyncClient(base_url=chat.url) as http:
        for cookies in ({}, {"access_token": "forged.by.me"}):
            answer = await http.get(path, cookies=cookies)
            assert (answer.status_code, answer.json()["error"]) == (401, "Sign in first, then try again.")


async def test_profiles_follow_the_role(chat: Chat, instructor: Person, learner: Person) -> None:
    """A learner is offered Learn alone and no documents; an instructor the studio first."""

    async def offered(person: Person, profile: str) -> tuple[list[str], bool]:
        async with page_of(chat, person) as page:
            settings = (await page.http.get(f"/project/settings?chat_profile={profile}")).json()
        upload = settings["features"]["spontaneous_file_upload"]["enabled"]
        return [one["name"] for one in settings["chatProfiles"]], upload

    assert await offered(learner, "Learn") == (["Learn"], False)
    assert await offered(instructor, "Studio") == (["Studio", "Learn"], True)


async def test_the_page_is_ours_and_asks_nobody_else(chat: Chat) -> None:
    """The page carries our name and styles, and no address outside of it; nor Chainlit's name in what it says."""
    async with httpx.AsyncClient(base_url=chat.url) as http:
        page = (await http.get("/login")).text
        words = (await http.get("/project/translations?language=fr-FR")).text
        assert (await http.get("/api/demo")).json() == {"demo": False}
    assert "<title>Lectern</title>" in page
    assert "/public/lectern.css" in page
    assert "https://" not in page
    assert "Sign in to Lectern" in words
    assert "chainlit" not in words.lower()


async def test_cookies_are_for_https_where_the_chat_is() -> None:
    """Behind an HTTPS address every cookie is marked Secure; Chainlit alone would not."""

    async def app(scope: object, receive: object, send: object) -> None:
        headers = [(b"set-cookie", b"access_token=1; HttpOnly"), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})  # type: ignore[operator]
        await send({"type": "http.response.body", "body": b""})  # type: ignore[operator]

    async with httpx.AsyncClient(transport=httpx.ASGITransport(Edge(app, secure=True))) as http:
        answer = await http.get("https://lectern.test/login")
    assert answer.headers["set-cookie"] == "access_token=1; HttpOnly; Secure"
    assert answer.headers["x-frame-options"] == "DENY"
