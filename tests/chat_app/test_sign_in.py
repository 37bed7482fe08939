"""The door: passwords, patience, roles, and what a page without a log-in may see."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from chat_app import door
from chat_app.client_address import ClientAddress
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


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, ["1.1.1.1"], "127.0.0.1"),
        (1, ["9.9.9.9"], "9.9.9.9"),
        (1, ["1.1.1.1, 9.9.9.9"], "9.9.9.9"),
        (1, ["1.1.1.1", "2001:db8::9"], "2001:db8::9"),
        (2, ["1.1.1.1, 9.9.9.9, 35.0.0.1"], "9.9.9.9"),
        (2, ["35.0.0.1"], "127.0.0.1"),
        (1, [], "127.0.0.1"),
        (1, [""], "127.0.0.1"),
    ],
)
async def test_only_what_proxies_tell_of_an_address_counts(proxies: int, forwarded: list[str], address: str) -> None:
    """The entry of our own front end is the address; what a client writes before it changes nothing."""
    seen: list[tuple[str, str]] = []

    async def app(scope: dict[str, Any], receive: object, send: Any) -> None:
        seen.append((scope["client"][0], scope["scheme"]))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    headers = [("x-forwarded-proto", "https"), *(("x-forwarded-for", line) for line in forwarded)]
    transport = httpx.ASGITransport(ClientAddress(app, proxies=proxies))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport) as http:
        await http.get("http://lectern.test/login", headers=headers)
    assert seen == [(address, "https" if proxies else "http")]


async def test_another_address_in_the_header_gives_no_further_tries(chat: Chat) -> None:
    """Forty wrong passwords from one address close the door to it, whatever it writes into X-Forwarded-For."""
    app = FastAPI()
    app.include_router(door.router)
    transport = httpx.ASGITransport(ClientAddress(app, proxies=1))
    async with httpx.AsyncClient(transport=transport, base_url="http://lectern.test") as http:

        async def attempt(number: int, address: str) -> int:
            form = {"username": f"nobody{number}@school.test", "password": "x"}
            told = {"X-Forwarded-For": f"10.0.0.{number}, {address}"}
            return (await http.post("/login", data=form, headers=told)).status_code

        answers = [await attempt(number, "203.0.113.7") for number in range(41)]
        assert answers == [401] * 40 + [429]
        assert await attempt(41, "203.0.113.8") == 401


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
