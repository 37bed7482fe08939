"""The yardstick: one AutoGen assistant in Chainlit, as their own examples have it; no database, no log-in."""

import os

import chainlit as cl
from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.messages import ModelClientStreamingChunkEvent
from autogen_core.models import ModelInfo
from autogen_ext.models.openai import OpenAIChatCompletionClient

_MODEL = ModelInfo(
    vision=False,
    function_calling=True,
    json_output=True,
    structured_output=True,
    family="unknown",
    multiple_system_messages=True,
)


@cl.on_chat_start
async def start() -> None:
    """One assistant a conversation."""
    client = OpenAIChatCompletionClient(
        model=os.environ["LECTERN_CHAT_MODEL"],
        base_url=os.environ["OPENAI_BASE_URL"],
        api_key=os.environ["OPENAI_API_KEY"],
        model_info=_MODEL,
    )
    assistant = AssistantAgent(
        "assistant", client, system_message="# Director\nYou help a teacher.", model_client_stream=True
    )
    cl.user_session.set("assistant", assistant)


@cl.on_message
async def answer(message: cl.Message) -> None:
    """Streams the reply."""
    assistant: AssistantAgent = cl.user_session.get("assistant")
    reply = cl.Message("")
    async for event in assistant.run_stream(task=message.content):
        if isinstance(event, ModelClientStreamingChunkEvent):
            await reply.stream_token(event.content)
    await reply.update()
