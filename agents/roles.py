"""The agents that answer in one piece: set up by role, asked, and asked once more when the answer cannot be used."""

import json
import re
from typing import TypeVar

from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.messages import TextMessage
from pydantic import BaseModel, ValidationError

from agents.material import block
from agents.model import Account, Model
from agents.model_errors import ModelNonsense
from agents.problems import explained
from agents.prompts import prompt

_Answer = TypeVar("_Answer", bound=BaseModel)
_OBJECT = re.compile(r"\{.*\}", re.DOTALL)


async def ask(model: Model, role: str, account: Account, schema: type[_Answer], material: str) -> _Answer:
    """What the role answers to the material, in that schema.

    An answer that cannot be used is sent back once with what is wrong with it; then `ModelNonsense` is raised.
    """
    agent = AssistantAgent(role, model.as_role(role, account, schema), system_message=prompt(role))
    try:
        return _parsed(schema, await _told(agent, material))
    except ValidationError as error:
        problem = f"{explained(error)}\nAnswer again with the whole JSON, and nothing else."
    try:
        return _parsed(schema, await _told(agent, block("problem", problem)))
    except ValidationError as error:
        raise ModelNonsense("The model's answer could not be used, even at the second try. Try again.") from error


async def _told(agent: AssistantAgent, material: str) -> str:
    result = await agent.run(task=material, output_task_messages=False)
    message = result.messages[-1]
    return message.content if isinstance(message, TextMessage) else ""


def _parsed(schema: type[_Answer], text: str) -> _Answer:
    """Also from within a Markdown fence, as models without structured output like to answer."""
    try:
        json.loads(text)
    except ValueError:
        found = _OBJECT.search(text)
        text = found.group() if found else text
    return schema.model_validate_json(text)
