"""A conversation read again: after a reload, on another machine, after a restart."""

from typing import Any, cast

from chainlit.chat_context import chat_contexts
from chainlit.types import ThreadDict

from chat_app import draft_card, export_card, panel, review_switch, turn
from chat_app.chainlit_calls import session
from chat_app.conversation import acting, profile_of
from chat_app.view.profiles import Profile
from chat_app.wiring import parts
from course.errors import LecternError


async def resume(thread: ThreadDict) -> None:
    """Shows the course again, and nothing as being under way that is not.

    Chainlit sends `thread` to the page after this and wipes what was said before: so it is changed in place.
    """
    if not turn.is_running(thread["id"]):
        elements = cast("list[dict[str, Any]]", thread["elements"] or [])
        draft_card.settle(elements)
        export_card.settle(elements)
    try:
        person = await acting()
        profile = profile_of(person)
        if profile is Profile.OPERATE:
            return
        kind = "learn" if profile is Profile.LEARN else "studio"
        conversation = await parts().conversations.open(person.id, thread["id"], kind)
    except LecternError:
        # The first message will say what is wrong.
        return
    if kind == "studio":
        await review_switch.show(on=conversation.review)
    if conversation.course_id is not None:
        await panel.put_back(thread, conversation.course_id, learn=profile is Profile.LEARN)


def forget_messages() -> None:
    """Frees what Chainlit remembers of the session at hand."""
    chat_contexts.pop(session().id, None)
