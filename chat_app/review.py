"""Review mode as a setting of a studio conversation, kept with it."""

from typing import Any

import chainlit as cl

from chat_app import review_switch
from chat_app.chainlit_calls import send, session
from chat_app.conversation import acting, profile_of
from chat_app.view import cards
from chat_app.view.profiles import Profile
from chat_app.wiring import parts
from course.errors import LecternError


async def begin() -> None:
    """Offers the switch in a new conversation, if it is one in the studio."""
    try:
        profile = profile_of(await acting())
    except LecternError:
        # The first message will say what is wrong.
        return
    if profile is Profile.STUDIO:
        await review_switch.show(on=False)


async def switched(settings: dict[str, Any]) -> None:
    """The person moved the switch."""
    try:
        person = await acting()
        on = bool(settings.get(review_switch.REVIEW))
        await parts().conversations.set_review(person.id, session().thread_id, on=on)
    except LecternError as error:
        await send(cl.Message(error.sentence, author=cards.AUTHOR))
