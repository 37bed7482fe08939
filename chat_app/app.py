"""Chainlit's hooks. Loaded by Chainlit by its path, once; each hook hands on at once."""

import warnings
from typing import Any

import chainlit as cl
from chainlit.data.base import BaseDataLayer
from chainlit.types import ThreadDict

from chat_app import actions, conversation, panel, resuming, review
from chat_app.data_layer import history
from chat_app.view.profiles import profiles
from chat_app.wiring import parts

# Chainlit asks for each session's profile where it cannot await the answer, and drops it.
warnings.filterwarnings("ignore", message="coroutine 'offer_profiles' was never awaited")


@cl.data_layer
def data_layer() -> BaseDataLayer:
    """Conversations are kept in our tables."""
    return history()


@cl.password_auth_callback
async def sign_in(email: str, password: str) -> cl.User | None:
    """Tells Chainlit that there are passwords; the route before its own (`chat_app.door`) takes them."""
    return await parts().sign_in.with_password(email, password)


if parts().settings.google_sign_in_id and parts().settings.google_sign_in_secret:

    @cl.oauth_callback
    async def sign_in_with_google(
        provider: str, _token: str, profile: dict[str, str], _user: cl.User, _id_token: str | None = None
    ) -> cl.User | None:
        """Google's account, where its settings are present."""
        return await parts().sign_in.with_google(profile) if provider == "google" else None


@cl.set_chat_profiles
async def offer_profiles(user: cl.User | None, language: str | None) -> list[cl.ChatProfile]:  # noqa: ARG001 - Chainlit's
    """What the person may open, by their role now."""
    person = await parts().people.by_email(user.identifier) if user else None
    return profiles(person.role, coauthor=person.coauthor) if person else []


@cl.on_chat_start
async def begin() -> None:
    """A new conversation."""
    await review.begin()


@cl.on_settings_update
async def settings_changed(settings: dict[str, Any]) -> None:
    """The switches beside the composer."""
    await review.switched(settings)


@cl.on_chat_resume
async def resume(thread: ThreadDict) -> None:
    """The conversation read again."""
    await resuming.resume(thread)


@cl.on_message
async def answer(message: cl.Message) -> None:
    """A message of the person's."""
    await conversation.answer(message)


@cl.on_chat_end
async def forget() -> None:
    """Chainlit keeps every message of a session in memory until the process ends; ours are in the database."""
    resuming.forget_messages()


@cl.on_window_message
async def page_says(message: Any) -> None:
    """The page's own buttons."""
    if message == {"lectern": "open-course"}:
        await panel.reopen()


for name, act in actions.ACTIONS.items():
    cl.action_callback(name)(act)
