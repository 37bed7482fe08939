"""Chainlit's data layer on our tables: everything kept, nothing of anyone else's touched."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from chainlit.context import ChainlitContext, context_var
from chainlit.element import CustomElement, File
from chainlit.session import HTTPSession
from chainlit.types import Feedback, Pagination, ThreadFilter
from sqlalchemy import select

from chat_app.history import History
from course.database import Database
from course.errors import LecternError, NotAllowed, NotFound
from course.people import People
from course.tables import ElementRow, FeedbackRow, StepRow, ThreadRow

Speak = Callable[[UUID, str], None]


@pytest.fixture
def history(database: Database) -> History:
    """The data layer on this test's database."""
    return History(database, People(database))


@pytest.fixture
async def speak(history: History, ann: UUID, eve: UUID) -> Any:
    """Puts the code that follows into someone's chat session on a thread."""
    users = {ann: await history.get_user("ann@school.test"), eve: await history.get_user("eve@school.test")}

    def in_session(actor: UUID, thread_id: str) -> None:
        session = HTTPSession(id=str(uuid4()), client_type="webapp", thread_id=thread_id, user=users[actor])
        context_var.set(ChainlitContext(session))

    return in_session


def _step(thread_id: str, text: str = "Hello", **more: Any) -> Any:
    step = {"id": str(uuid4()), "threadId": thread_id, "name": "ann", "type": "user_message", "output": text}
    return step | {"createdAt": "2026-01-01T10:00:00Z", "input": "", "isError": False} | more


async def test_a_conversation_comes_back_as_it_was(history: History, ann: UUID, speak: Speak) -> None:
    """Steps in order with every key Chainlit sent, also ones we have no column for; cards with their props."""
    speak(ann, "t1")
    await history.update_thread("t1", name="First words", user_id=str(ann), metadata={"chat_profile": "Studio"})
    late = _step("t1", "Answer", type="assistant_message", createdAt="2026-01-01T10:00:05Z", parentId="run")
    await history.create_step(late)
    first = _step("t1", "Question\x00", modes={"a": "b"}, autoCollapse=True, somethingNew=[1, {"x": "y"}])
    await history.create_step(first)
    await history.create_element(
        CustomElement(id="c1", thread_id="t1", for_id=late["id"], name="RenderCard", props={"jobId": "j"}, url="#")
    )
    thread = await history.get_thread("t1")
    assert thread is not None
    assert (thread["userIdentifier"], thread["name"]) == ("ann@school.test", "First words")
    assert [step["output"] for step in thread["steps"]] == ["Question", "Answer"]
    kept: Any = thread["steps"][0]
    assert (kept["modes"], kept["autoCollapse"], kept["somethingNew"]) == ({"a": "b"}, True, [1, {"x": "y"}])
    card: Any = (thread["elements"] or [])[0]
    assert (card["name"], card["props"], card["forId"], card["display"]) == (
        "RenderCard",
        {"jobId": "j"},
        late["id"],
        "inline",
    )
    assert await history.get_element("t1", "c1") == card
    assert await history.get_element("t2", "c1") is None


async def test_writes_are_upserts_in_any_order(history: History, ann: UUID, speak: Speak) -> None:
    """An update that comes before its creation is kept; what comes last wins; a deleted step is gone."""
    speak(ann, "t1")
    step = _step("t1", "draft")
    await history.update_step(step)
    await history.create_step(step | {"output": "final", "createdAt": None})
    await history.update_thread("t1", user_id=str(ann))
    thread = await history.get_thread("t1")
    assert thread is not None
    assert [(one["output"], one["createdAt"]) for one in thread["steps"]] == [("final", "2026-01-01T10:00:00Z")]
    await history.delete_step(step["id"])
    thread = await history.get_thread("t1")
    assert thread is not None
    assert thread["steps"] == []


async def test_an_uploaded_file_is_remembered_by_name(history: History, ann: UUID, speak: Speak) -> None:
    """After a reload a document is a chip with its name, and names no file of a process that may be gone."""
    speak(ann, "t1")
    await history.create_element(
        File(
            id="f1",
            thread_id="t1",
            for_id="m",
            name="cells.md",
            path="kept/by/one/process",
            mime="text/markdown",
            chainlit_key="k",
        )
    )
    element: Any = await history.get_element("t1", "f1")
    assert (element["type"], element["name"], element["props"]["name"]) == ("custom", "Attachment", "cells.md")
    assert element["chainlitKey"] is None
    assert "kept/by" not in str(element)


async def test_nobody_writes_into_anothers_conversation(
    history: History, database: Database, ann: UUID, eve: UUID, speak: Speak
) -> None:
    """Not by its id, not by the id of a step or card in it, not by renaming it their own."""
    speak(ann, "t1")
    await history.update_thread("t1", user_id=str(ann), name="Ann's")
    step = _step("t1", "Ann's words")
    await history.create_step(step)
    await history.create_element(
        CustomElement(id="c1", thread_id="t1", for_id=step["id"], name="X", props={"of": "ann"}, url="#")
    )

    speak(eve, "t2")
    await history.update_thread("t2", user_id=str(eve), name="Eve's")
    attempts: list[Callable[[], Awaitable[None]]] = [
        lambda: history.create_step(_step("t1", "Eve was here")),
        lambda: history.create_step(step | {"threadId": "t2", "output": "taken over"}),
        lambda: history.update_step(step | {"output": "changed"}),
        lambda: history.create_element(
            CustomElement(id="c1", thread_id="t2", for_id="m", name="X", props={"of": "eve"}, url="#")
        ),
        lambda: history.create_element(CustomElement(id="c9", thread_id="t1", for_id="m", name="X", props={}, url="#")),
        lambda: history.delete_element("c1", "t1"),
        lambda: history.update_thread("t1", user_id=str(eve)),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowed):
            await attempt()
    await history.delete_element("c1", "t2")
    await history.delete_step(step["id"])
    # A socket that claims a thread of Ann's: Chainlit refuses it, and so do we.
    speak(eve, "t1")
    with pytest.raises(NotAllowed):
        await history.create_step(_step("t1", "Eve was here"))
    async with database.transaction() as session:
        assert [row.output for row in await session.scalars(select(StepRow))] == ["Ann's words"]
        assert [row.props for row in await session.scalars(select(ElementRow))] == [{"of": "ann"}]
    assert await history.get_thread_author("t1") == "ann@school.test"


async def test_one_bad_message_fails_alone(history: History, database: Database, ann: UUID, speak: Speak) -> None:
    """Messages of many conversations are written together; one that cannot be stored takes no other with it."""
    one = _step("t0", "First")

    async def say(number: int) -> None:
        speak(ann, f"t{number}")
        # The last claims the id of the first, in the same statement.
        await history.create_step(
            one if number == 0 else _step(f"t{number}", id=one["id"] if number == 19 else str(number))
        )

    results = await asyncio.gather(*(asyncio.create_task(say(number)) for number in range(20)), return_exceptions=True)
    assert [type(result) for result in results] == [type(None)] * 19 + [NotAllowed]
    async with database.transaction() as session:
        threads = set(await session.scalars(select(StepRow.thread_id)))
    assert threads == {f"t{number}" for number in range(19)}


async def test_the_list_is_paged_by_last_use_and_loads_no_steps(
    history: History, ann: UUID, eve: UUID, speak: Speak
) -> None:
    """Every conversation once, the last used first, only one's own; a message brings its conversation to the top."""
    for number in range(7):
        speak(ann, f"t{number}")
        await history.update_thread(f"t{number}", user_id=str(ann), name=f"Talk {number}")
        await history.create_step(_step(f"t{number}"))
    speak(eve, "e")
    await history.update_thread("e", user_id=str(eve), name="Eve's")
    speak(ann, "t2")
    await history.create_step(_step("t2", "again"))

    seen: list[str] = []
    cursor = None
    while True:
        page = await history.list_threads(Pagination(first=3, cursor=cursor), ThreadFilter(userId=str(ann)))
        seen += [thread["id"] for thread in page.data]
        assert all(thread["steps"] == [] for thread in page.data)
        if not page.pageInfo.hasNextPage:
            break
        cursor = page.pageInfo.endCursor
    assert seen == ["t2", "t6", "t5", "t4", "t3", "t1", "t0"]
    with pytest.raises(LecternError):
        await history.list_threads(Pagination(first=3), ThreadFilter())
    with pytest.raises(LecternError):
        await history.list_threads(Pagination(first=3, cursor="nonsense"), ThreadFilter(userId=str(ann)))


async def test_conversations_are_found_by_name_words_and_thumbs(history: History, ann: UUID, speak: Speak) -> None:
    """A search looks at names and at what was said, and takes percent signs as they are written."""
    for thread_id, name, said in (("a", "Cells", "osmosis"), ("b", "Budget", "100% sure"), ("c", "Other", "100 sure")):
        speak(ann, thread_id)
        await history.update_thread(thread_id, user_id=str(ann), name=name)
        step = _step(thread_id, said)
        await history.create_step(step)
    await history.rate(ann, step["id"], 1, None)

    async def found(**filters: Any) -> set[str]:
        page = await history.list_threads(Pagination(first=10), ThreadFilter(userId=str(ann), **filters))
        return {thread["id"] for thread in page.data}

    assert await found(search="cell") == {"a"}
    assert await found(search="OSMOSIS") == {"a"}
    assert await found(search="100%") == {"b"}
    assert await found(feedback=1) == {"c"}
    assert await found(feedback=0) == set()


async def test_a_deleted_conversation_is_gone_and_stays_gone(
    history: History, database: Database, ann: UUID, speak: Speak
) -> None:
    """All its rows go; what a closing socket writes about it afterwards does not bring it back."""
    speak(ann, "t1")
    await history.update_thread("t1", user_id=str(ann))
    step = _step("t1")
    await history.create_step(step)
    await history.create_element(CustomElement(id="c1", thread_id="t1", for_id=step["id"], name="X", props={}, url="#"))
    await history.rate(ann, step["id"], 0, "no")
    await history.delete_thread("t1")
    await history.update_thread("t1", metadata={"chat_profile": "Studio"})
    async with database.transaction() as session:
        for table in (ThreadRow, StepRow, ElementRow, FeedbackRow):
            assert list(await session.scalars(select(table))) == []
    assert await history.get_thread("t1") is None
    assert await history.get_thread_author("t1") == ""


async def test_only_ones_own_messages_are_rated(history: History, ann: UUID, eve: UUID, speak: Speak) -> None:
    """A thumb can be set, changed and taken back by the conversation's own person and by nobody else."""
    speak(ann, "t1")
    await history.update_thread("t1", user_id=str(ann))
    step = _step("t1")
    await history.create_step(step)
    feedback_id = await history.rate(ann, step["id"], 1, "good")
    assert await history.rate(ann, step["id"], 0, None) == feedback_id
    for attempt in (lambda: history.rate(eve, step["id"], 0, "mine"), lambda: history.unrate(eve, feedback_id)):
        with pytest.raises(NotFound):
            await attempt()
    with pytest.raises(NotAllowed):
        await history.upsert_feedback(Feedback(forId=step["id"], value=1))
    with pytest.raises(NotAllowed):
        await history.delete_feedback(feedback_id)
    thread = await history.get_thread("t1")
    assert thread is not None
    assert thread["steps"][0]["feedback"]["value"] == 0  # type: ignore[index]
    await history.unrate(ann, feedback_id)
    thread = await history.get_thread("t1")
    assert thread is not None
    assert "feedback" not in thread["steps"][0]


async def test_long_first_messages_make_short_names_and_sharing_stays_off(
    history: History, ann: UUID, speak: Speak
) -> None:
    """A conversation is named by the beginning of its first message; marking it shared has no effect."""
    speak(ann, "t1")
    await history.update_thread("t1", user_id=str(ann), name="word " * 5_000, metadata={"is_shared": True, "kept": 1})
    thread = await history.get_thread("t1")
    assert thread is not None
    assert len(thread["name"] or "") <= 81
    assert thread["metadata"] == {"kept": 1}


async def test_accounts_are_not_made_by_logging_in(history: History, ann: UUID) -> None:
    """Chainlit's `create_user` finds an account or makes none."""
    from chainlit.user import User

    known = await history.create_user(User(identifier="ann@school.test"))
    assert known is not None
    assert known.id == str(ann)
    assert await history.create_user(User(identifier="nobody@school.test")) is None
    assert await history.get_favorite_steps(str(ann)) == []
    assert await history.build_debug_url() == ""
    await history.close()
