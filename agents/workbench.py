"""Tools as plain functions, and the workbench that runs them for one turn without hanging on Stop."""

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_type_hints

import openai
from autogen_core import CancellationToken
from autogen_core.tools import TextResultContent, ToolResult, ToolSchema, Workbench
from pydantic import BaseModel, ValidationError, create_model

from agents.events import ToolEnded, ToolStarted
from agents.problems import explained
from agents.proposal_text import as_proposed
from agents.turn import Turn
from course.errors import LecternError

logger = logging.getLogger(__name__)

_BROKEN = (
    "This did not work because of a fault in Lectern itself; it has been noted. Tell the person so, and that nothing "
    "else was changed."
)
_STOPPED = "Stopped by the person. What was finished before is kept."
_LONGEST_LABEL = 90


@dataclass(frozen=True)
class AgentTool:
    """A function agents may call. Its schema is made once: making it takes longer than a turn's own work."""

    name: str
    label: str | Mapping[str, str]
    function: Callable[..., Awaitable[str]]
    arguments: type[BaseModel]
    schema: ToolSchema
    needs_course: bool


def tool(
    label: str | Mapping[str, str], *, needs_course: bool = True
) -> Callable[[Callable[..., Awaitable[str]]], AgentTool]:
    """Makes a tool of `async def name(turn, …) -> str`: its signature and docstring are what the model reads.

    `label` tells the person what happens, with arguments in braces; where a tool does several things, one for each
    value of its `action`.
    """

    def make(function: Callable[..., Awaitable[str]]) -> AgentTool:
        name = function.__name__
        arguments = _arguments(name, function)
        description = inspect.getdoc(function) or ""
        strict = openai.pydantic_function_tool(arguments, name=name, description=description)["function"]
        schema = ToolSchema(
            name=name,
            description=description,
            parameters=_bare(strict["parameters"]),
            strict=True,
        )
        return AgentTool(name, label, function, arguments, schema, needs_course)

    return make


class SafeWorkbench(Workbench):
    """The tools of one turn.

    AutoGen's own workbench hangs when a turn is cancelled while a tool runs, and tells the model whatever an
    exception says. This one stops the tool, and tells only sentences meant to be told.
    """

    component_type = "workbench"

    def __init__(self, tools: Sequence[AgentTool], turn: Turn) -> None:
        self._tools = {one.name: one for one in tools}
        self._turn = turn
        self._one_at_a_time = asyncio.Lock()

    async def list_tools(self) -> list[ToolSchema]:
        """What the model is offered now; without a course, only what leads to one."""
        return [one.schema for one in self._tools.values() if self._turn.now or not one.needs_course]

    async def call_tool(
        self,
        name: str,
        arguments: Mapping[str, Any] | None = None,
        cancellation_token: CancellationToken | None = None,
        call_id: str | None = None,
    ) -> ToolResult:
        """Runs a tool and shows it to the person; never raises but for being cancelled from outside."""
        used = self._tools[name]
        call_id = call_id or name
        try:
            given = used.arguments.model_validate(arguments or {})
        except ValidationError as error:
            return _result(name, f"These arguments cannot be used. {explained(error)}", failed=True)
        self._turn.emit(ToolStarted(call_id, name, _label(used, given), given.model_dump(exclude_none=True)))
        text, failed = await self._run(used, given, cancellation_token)
        self._turn.emit(ToolEnded(call_id, text, failed))
        return _result(name, text, failed=failed)

    async def _run(self, used: AgentTool, given: BaseModel, token: CancellationToken | None) -> tuple[str, bool]:
        work = asyncio.ensure_future(self._alone(used, given))
        if token is not None:
            token.link_future(work)
        try:
            return await work, False
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if token is not None and token.is_cancelled() and not (task and task.cancelling()):
                return _STOPPED, True
            raise
        except LecternError as problem:
            return problem.sentence, True
        except Exception:  # a fault of ours: the log has it, the model a sentence
            logger.exception("tool failed", extra={"tool": used.name})
            return _BROKEN, True

    async def _alone(self, used: AgentTool, given: BaseModel) -> str:
        # Some endpoints ignore that one call at a time was asked for.
        async with self._one_at_a_time:
            arguments = {name: getattr(given, name) for name in type(given).model_fields}
            return await as_proposed(self._turn, await used.function(self._turn, **arguments))

    async def start(self) -> None:
        """Nothing to start."""

    async def stop(self) -> None:
        """Nothing to stop."""

    async def reset(self) -> None:
        """Nothing to reset."""

    async def save_state(self) -> Mapping[str, Any]:
        """Tools keep no state."""
        return {}

    async def load_state(self, state: Mapping[str, Any]) -> None:
        """Tools keep no state."""


def _arguments(name: str, function: Callable[..., Awaitable[str]]) -> type[BaseModel]:
    hints = get_type_hints(function, include_extras=True)
    fields: dict[str, Any] = {
        parameter.name: (hints[parameter.name], ... if parameter.default is parameter.empty else parameter.default)
        for parameter in list(inspect.signature(function).parameters.values())[1:]
    }
    made: type[BaseModel] = create_model(f"{name}_arguments", **fields)
    return made


def _bare(schema: Any) -> Any:
    """Without titles, which say the names once more, and defaults, which several services refuse in strict schemas."""
    if isinstance(schema, list):
        return [_bare(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: value for key, value in schema.items() if key not in ("title", "default")}
    named = {
        key: {name: _bare(one) for name, one in kept[key].items()} for key in ("properties", "$defs") if key in kept
    }
    return {key: _bare(value) for key, value in kept.items()} | named


def _label(used: AgentTool, given: BaseModel) -> str:
    values = {name: _short(value) for name, value in given.model_dump().items()}
    label = used.label if isinstance(used.label, str) else used.label[values["action"]]
    return label.format_map(values)


def _short(value: object) -> str:
    text = " ".join((", ".join(map(str, value)) if isinstance(value, list) else str(value)).split())
    return text if len(text) <= _LONGEST_LABEL else f"{text[: _LONGEST_LABEL - 1]}…"


def _result(name: str, text: str, *, failed: bool) -> ToolResult:
    return ToolResult(name=name, result=[TextResultContent(content=text)], is_error=failed)
