"""The one place that makes a model client; what each role uses of it is counted here."""

import warnings
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import openai
from autogen_core import CancellationToken
from autogen_core.models import ChatCompletionClient, CreateResult, LLMMessage, ModelInfo, RequestUsage
from autogen_core.models import ModelCapabilities as _Capabilities
from autogen_core.tools import Tool, ToolSchema
from autogen_ext.models.openai import BaseOpenAIChatCompletionClient
from pydantic import BaseModel

from agents.metering import Account, Ledger
from agents.model_errors import require_whole, translated
from agents.openai_client import QuickOpenAI
from agents.pace import LONGEST_WAIT, Pace
from agents.wire import wired
from course.budget import Budgets
from course.prices import bundled
from course.usage import Usage

__all__ = ["Account", "Model", "RoleClient"]

# AutoGen compares the name we ask for with a list of its own of dated names; the answer is right all the same.
warnings.filterwarnings("ignore", message="Resolved model mismatch")

_INFO = ModelInfo(
    vision=False,
    function_calling=True,
    json_output=True,
    structured_output=True,
    family="unknown",
    multiple_system_messages=False,
)


class Model:
    """The model endpoint: one pool of connections for all roles and turns.

    With `budgets`, no call begins that could pass its course's budget. What each answer took is recorded in the
    background; a failure of that never fails the answer.
    """

    def __init__(
        self,
        *,
        model: str,
        base_url: str,
        api_key: str,
        timeout_seconds: float = 120.0,
        retries: int = 3,
        usage: Usage | None = None,
        budgets: Budgets | None = None,
    ) -> None:
        self.name = model
        self.prices = usage.prices if usage else bundled()
        pace = Pace()
        self._client = BaseOpenAIChatCompletionClient(
            QuickOpenAI(
                base_url=base_url,
                # The client wants a key even where the endpoint asks for none.
                api_key=api_key or "none",
                timeout=timeout_seconds,
                max_retries=retries,
                http_client=openai.DefaultAsyncHttpxClient(
                    event_hooks={"request": [pace.ready], "response": [pace.heard]}
                ),
            ),
            create_args={"model": model},
            model_info=_INFO,
            include_name_in_message=False,
        )
        longest = (timeout_seconds + LONGEST_WAIT) * (retries + 1)
        self._ledger = Ledger(model, usage, budgets, longest_seconds=longest)

    def as_role(self, role: str, account: Account, schema: type[BaseModel] | None = None) -> "RoleClient":
        """The client as one role uses it; with `schema` it answers in JSON of that schema and no other way."""
        return RoleClient(self._client, schema, self._ledger, role, account)

    async def close(self) -> None:
        """Closes the connections, after what is still to be recorded."""
        await self._ledger.close()
        await self._client.close()


@dataclass
class _Call:
    """A request, and what came of it so far."""

    body: dict[str, Any]
    characters: int = 0
    result: CreateResult | None = None


class RoleClient(ChatCompletionClient):
    """AutoGen's client for one role of one turn: errors as ours, tokens counted, one tool call at a time.

    One at a time, because two changes asked for at once would be made on an outline the model has not seen.
    """

    component_type = "model"

    def __init__(
        self,
        client: BaseOpenAIChatCompletionClient,
        schema: type[BaseModel] | None,
        ledger: Ledger,
        role: str,
        account: Account,
    ) -> None:
        self._client = client
        self._format = {"response_format": _response_format(schema)} if schema else {}
        self._ledger = ledger
        self._role = role
        self._account = account

    async def create(
        self,
        messages: Sequence[LLMMessage],
        *,
        tools: Sequence[Tool | ToolSchema] = [],
        tool_choice: Tool | Literal["auto", "required", "none"] = "auto",
        json_output: bool | type[BaseModel] | None = None,
        extra_create_args: Mapping[str, Any] = {},
        cancellation_token: CancellationToken | None = None,
    ) -> CreateResult:
        """One whole answer. Raises `ModelUnavailable` and `OverBudget`."""
        async with self._call(self._body(messages, tools, tool_choice)) as call:
            with translated():
                result = await self._client.create(
                    [],
                    json_output=json_output,
                    extra_create_args={"extra_body": call.body, **extra_create_args},
                    cancellation_token=cancellation_token,
                )
            call.result = result
        return result

    async def create_stream(
        self,
        messages: Sequence[LLMMessage],
        *,
        tools: Sequence[Tool | ToolSchema] = [],
        tool_choice: Tool | Literal["auto", "required", "none"] = "auto",
        json_output: bool | type[BaseModel] | None = None,
        extra_create_args: Mapping[str, Any] = {},
        cancellation_token: CancellationToken | None = None,
    ) -> AsyncGenerator[str | CreateResult, None]:
        """An answer as it is written, then the whole of it.

        Raises `ModelUnavailable`, also in the middle, and `OverBudget`.
        """
        async with self._call(self._body(messages, tools, tool_choice)) as call:
            with translated():
                async for piece in self._client.create_stream(
                    [],
                    json_output=json_output,
                    extra_create_args={"extra_body": call.body, **extra_create_args},
                    cancellation_token=cancellation_token,
                    # Not set for the client: OpenAI refuses it for answers that are not streamed.
                    include_usage=True,
                ):
                    if isinstance(piece, CreateResult):
                        require_whole(piece)
                        call.result = piece
                    else:
                        call.characters += len(piece)
                    yield piece

    @asynccontextmanager
    async def _call(self, body: dict[str, Any]) -> AsyncIterator["_Call"]:
        """One call, allowed before and noted after, however it ends."""
        ledger, role, account = self._ledger, self._role, self._account
        allowance = await ledger.allow(role, account, body)
        if allowance.most_out is not None:
            body |= {"max_completion_tokens": allowance.most_out}
        call = _Call(body)
        try:
            yield call
        finally:
            if call.result is None:
                ledger.broke_off(role, account, allowance, call.characters)
            else:
                ledger.took(role, account, allowance, call.result)

    def _body(
        self, messages: Sequence[LLMMessage], tools: Sequence[Tool | ToolSchema], tool_choice: Tool | str
    ) -> dict[str, Any]:
        """The request as it goes over the wire.

        OpenAI's client walks through messages and the schemas of all tools if it is given them as arguments: ten
        milliseconds for the tools alone.
        """
        body = self._format | {"messages": wired(messages)}
        if not tools:
            return body
        return body | {
            "tools": [{"type": "function", "function": one if isinstance(one, dict) else one.schema} for one in tools],
            "tool_choice": tool_choice if isinstance(tool_choice, str) else _only(tool_choice),
            "parallel_tool_calls": False,
        }

    async def close(self) -> None:
        """Nothing: the connections belong to all roles."""

    def actual_usage(self) -> RequestUsage:
        """What all roles together used since the start."""
        return self._client.actual_usage()

    def total_usage(self) -> RequestUsage:
        """The same."""
        return self._client.total_usage()

    def count_tokens(self, messages: Sequence[LLMMessage], *, tools: Sequence[Tool | ToolSchema] = []) -> int:
        """An estimate, four characters a token: the exact count would need a download."""
        return sum(len(str(message.content)) for message in messages) // 4 + 50 * len(tools)

    def remaining_tokens(self, messages: Sequence[LLMMessage], *, tools: Sequence[Tool | ToolSchema] = []) -> int:
        """Of a context of 128,000, which is the least a current model has."""
        return 128_000 - self.count_tokens(messages, tools=tools)

    @property
    def capabilities(self) -> _Capabilities:
        """What the model can do."""
        return self._client.model_info

    @property
    def model_info(self) -> ModelInfo:
        """What the model can do."""
        return self._client.model_info


def _only(tool: Tool) -> dict[str, Any]:
    return {"type": "function", "function": {"name": tool.name}}


@cache
def _response_format(schema: type[BaseModel]) -> dict[str, Any]:
    """Strict structured output; the answer itself is parsed by us, so that a bad one can be repaired."""
    strict = openai.pydantic_function_tool(schema)["function"]
    return {
        "type": "json_schema",
        "json_schema": {"name": strict["name"], "schema": strict["parameters"], "strict": True},
    }
