"""The one place that makes a model client; what each role uses of it is counted here."""

import asyncio
import logging
import warnings
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal
from uuid import UUID

import openai
from autogen_core import CancellationToken
from autogen_core.models import ChatCompletionClient, CreateResult, LLMMessage, ModelInfo, RequestUsage
from autogen_core.models import ModelCapabilities as _Capabilities
from autogen_core.tools import Tool, ToolSchema
from autogen_ext.models.openai import BaseOpenAIChatCompletionClient
from pydantic import BaseModel

from agents.model_errors import require_whole, translated
from agents.openai_client import QuickOpenAI
from agents.wire import wired
from course.usage import Usage

logger = logging.getLogger(__name__)

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


@dataclass
class Account:
    """On whose behalf a model is used; the course may become known in the middle of a turn."""

    user_id: UUID
    course_id: UUID | None = None
    lesson_id: UUID | None = None


class Model:
    """The model endpoint: one pool of connections for all roles and turns.

    What each answer took is recorded in the background; a failure of that never fails the answer.
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
    ) -> None:
        self.name = model
        self._client = BaseOpenAIChatCompletionClient(
            QuickOpenAI(
                base_url=base_url,
                # The client wants a key even where the endpoint asks for none.
                api_key=api_key or "none",
                timeout=timeout_seconds,
                max_retries=retries,
            ),
            create_args={"model": model},
            model_info=_INFO,
            include_name_in_message=False,
        )
        self._usage = usage
        self._recording: set[asyncio.Task[None]] = set()

    def as_role(self, role: str, account: Account, schema: type[BaseModel] | None = None) -> "RoleClient":
        """The client as one role uses it; with `schema` it answers in JSON of that schema and no other way."""
        return RoleClient(self._client, schema, lambda usage: self._count(role, account, usage))

    async def close(self) -> None:
        """Closes the connections, after what is still to be recorded."""
        await asyncio.gather(*self._recording)
        await self._client.close()

    def _count(self, role: str, account: Account, used: RequestUsage) -> None:
        if self._usage is None or not (used.prompt_tokens or used.completion_tokens):
            return
        task = asyncio.create_task(self._recorded(self._usage, role, account, used))
        self._recording.add(task)
        task.add_done_callback(self._recording.discard)

    async def _recorded(self, usage: Usage, role: str, account: Account, used: RequestUsage) -> None:
        try:
            await usage.record(
                role,
                self.name,
                used.prompt_tokens,
                used.completion_tokens,
                course_id=account.course_id,
                lesson_id=account.lesson_id,
                user_id=account.user_id,
            )
        except Exception:  # what was used must not fail the work it was used for
            logger.exception("usage was not recorded", extra={"role": role})


class RoleClient(ChatCompletionClient):
    """AutoGen's client for one role of one turn: errors as ours, tokens counted, one tool call at a time.

    One at a time, because two changes asked for at once would be made on an outline the model has not seen.
    """

    component_type = "model"

    def __init__(
        self,
        client: BaseOpenAIChatCompletionClient,
        schema: type[BaseModel] | None,
        count: Callable[[RequestUsage], None],
    ) -> None:
        self._client = client
        self._format = {"response_format": _response_format(schema)} if schema else {}
        self._count = count

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
        """One whole answer. Raises `ModelUnavailable`."""
        with translated():
            result = await self._client.create(
                [],
                json_output=json_output,
                extra_create_args={"extra_body": self._body(messages, tools, tool_choice), **extra_create_args},
                cancellation_token=cancellation_token,
            )
        self._count(result.usage)
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
        """An answer as it is written, then the whole of it. Raises `ModelUnavailable`, also in the middle."""
        with translated():
            async for piece in self._client.create_stream(
                [],
                json_output=json_output,
                extra_create_args={"extra_body": self._body(messages, tools, tool_choice), **extra_create_args},
                cancellation_token=cancellation_token,
                # Not set for the client: OpenAI refuses it for answers that are not streamed.
                include_usage=True,
            ):
                if isinstance(piece, CreateResult):
                    self._count(piece.usage)
                    require_whole(piece)
                yield piece

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
