"""Somebody's page: the routes over HTTP and Chainlit's own protocol over its socket, as a browser speaks them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx
import socketio

from course.models.people import Person
from tests.chat_app.conftest import PASSWORD, Chat

PATIENCE = 30.0


class Page:
    """A signed-in page; once connected it collects what the server shows it."""

    def __init__(self, chat: Chat, http: httpx.AsyncClient) -> None:
        self.http = http
        self.session_id = str(uuid4())
        self.shown: list[tuple[str, Any]] = []
        self._chat = chat
        self._socket = socketio.AsyncClient(reconnection=False)
        self._news = asyncio.Event()

    async def connect(self, *, thread_id: str = "", profile: str = "Studio", origin: str = "") -> None:
        """Opens the socket as the page does, on a conversation or for a new one."""
        self._socket.on("*", self._receive)
        cookies = "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())
        await self._socket.connect(
            self._chat.url,
            socketio_path="/ws/socket.io",
            transports=["websocket"],
            headers={"Cookie": cookies, "Origin": origin or self._chat.url},
            auth={
                "clientType": "webapp",
                "sessionId": self.session_id,
                "threadId": thread_id,
                "userEnv": "{}",
                "chatProfile": profile,
            },
        )
        await self._socket.emit("connection_successful")
        await self.until(lambda: self._is_greeted(resumes=bool(thread_id)))

    def _is_greeted(self, *, resumes: bool) -> bool:
        """An earlier conversation is there; a new one is when its switches are, after a second turn of the server's."""
        names = self.names()
        if not resumes:
            return names.count("task_end") > 1
        unknown = names.index("resume_thread_error") if "resume_thread_error" in names else len(names)
        return "resume_thread" in names or "task_end" in names[unknown:]

    async def disconnect(self) -> None:
        """Closes the socket."""
        await self._socket.disconnect()

    async def say(self, text: str, *files: str) -> None:
        """Sends a message and waits for the end of the turn."""
        self.shown.clear()
        await self.send(text, *files)
        await self.until(lambda: "task_end" in self.names())

    async def attach(self, name: str, data: bytes, media_type: str) -> str:
        """Uploads a file for the next message; returns its id."""
        answer = await self.http.post(
            f"/project/file?session_id={self.session_id}", files={"file": (name, data, media_type)}
        )
        return str(answer.raise_for_status().json()["id"])

    async def send(self, text: str, *files: str) -> None:
        """Sends a message with uploaded files."""
        message = {"id": str(uuid4()), "name": "me", "type": "user_message", "output": text, "createdAt": ""}
        references = [{"id": file} for file in files]
        await self._socket.emit("client_message", {"message": message, "fileReferences": references})

    async def stop(self) -> None:
        """Presses Stop."""
        await self._socket.emit("stop")

    async def act(self, name: str, **payload: Any) -> httpx.Response:
        """Presses a button of a card."""
        action = {"name": name, "payload": payload, "label": "", "tooltip": "", "id": str(uuid4())}
        return await self.http.post("/project/action", json={"sessionId": self.session_id, "action": action})

    async def until(self, seen: Callable[[], bool]) -> None:
        """Waits for something to be shown."""
        async with asyncio.timeout(PATIENCE):
            while not seen():
                self._news.clear()
                await self._news.wait()

    def names(self) -> list[str]:
        """The names of the events so far."""
        return [name for name, _ in self.shown]

    def of(self, name: str) -> list[Any]:
        """What events of that name carried."""
        return [data for event, data in self.shown if event == name]

    def cards(self, name: str) -> list[dict[str, Any]]:
        """The props of the cards of that name, as they were shown."""
        return [element["props"] for element in self.of("element") if element["name"] == name]

    def replies(self) -> list[str]:
        """What Lectern said, in its last wording."""
        said = {step["id"]: step for name, step in self.shown if name in ("new_message", "update_message")}
        return [step["output"] for step in said.values() if step["type"] == "assistant_message"]

    @property
    def thread_id(self) -> str:
        """The conversation's id, known from its first message on."""
        return str(self.of("first_interaction")[-1]["thread_id"])

    async def _receive(self, name: str, data: Any = None) -> None:
        self.shown.append((name, data))
        self._news.set()


@asynccontextmanager
async def page_of(chat: Chat, person: Person) -> AsyncIterator[Page]:
    """The person's page, signed in with their password."""
    async with httpx.AsyncClient(base_url=chat.url) as http:
        (await http.post("/login", data={"username": person.email, "password": PASSWORD})).raise_for_status()
        page = Page(chat, http)
        try:
            yield page
        finally:
            await page.disconnect()
