"""The course beside the conversation: opened, and told when the course changed."""

from uuid import UUID

from chainlit.session import BaseSession, WebsocketSession
from chainlit.types import ThreadDict

from chat_app.chainlit_calls import emit, recall, remember, session
from chat_app.view.cards import panel

_COURSE = "course_id"
_LEARN = "course_view_learn"


def course_at_hand(live: BaseSession) -> UUID | None:
    """The course a live session shows."""
    known = recall(live, _COURSE)
    return UUID(known) if known else None


async def show(course_id: UUID, *, learn: bool, unfold: bool | None = None) -> None:
    """Makes the course the one at hand, and unfolds the panel: not by itself on a phone, where it covers the chat."""
    live = session()
    if not isinstance(live, WebsocketSession):
        return
    remember(_COURSE, str(course_id))
    remember(_LEARN, learn)
    await announce(live, course_id)
    if unfold or (unfold is None and not _is_phone(live)):
        await _unfold(course_id, learn=learn)


async def put_back(thread: ThreadDict, course_id: UUID, *, learn: bool) -> None:
    """The same for a conversation read again: the page takes its cards, and the panel, from `thread`."""
    await show(course_id, learn=learn, unfold=False)
    live = session()
    if isinstance(live, WebsocketSession) and not _is_phone(live):
        thread["elements"] = [*(thread["elements"] or []), panel(thread["id"], course_id, learn=learn).to_dict()]


async def reopen() -> None:
    """Unfolds the panel of the course at hand, if there is one."""
    course_id = course_at_hand(session())
    if course_id:
        await _unfold(course_id, learn=bool(recall(session(), _LEARN)))


async def announce(live: WebsocketSession, course_id: UUID) -> None:
    """Tells a page that its course may have changed; its panel and cards then look."""
    await emit(live, "window_message", {"lectern": "course", "id": str(course_id)})


async def _unfold(course_id: UUID, *, learn: bool) -> None:
    """Chainlit opens what has the display “side” whenever it is sent, and closes it when there is none."""
    live = session()
    await panel(live.thread_id, course_id, learn=learn).send(for_id="", persist=False)


def _is_phone(live: WebsocketSession) -> bool:
    return "Mobi" in str((live.environ or {}).get("HTTP_USER_AGENT", ""))
