"""Calls fitted to the tools on offer: only what is offered, with arguments its schema takes."""

import json
from dataclasses import dataclass, field
from typing import Any

from local_cloud.openai_api.author.director.deeds import as_called
from local_cloud.openai_api.completion import Call
from local_cloud.openai_api.wire import Function


@dataclass(frozen=True)
class Wish:
    """What is to be done and what with: a tool, or one of its actions by a name of its own."""

    tool: str
    arguments: dict[str, Any] = field(default_factory=dict)


def fitted(wish: Wish, offered: list[Function]) -> Call | None:
    """The call, or None when the tool is not on offer or needs what was not said."""
    name, given = as_called(wish.tool, wish.arguments)
    function = next((one for one in offered if one.name == name), None)
    if function is None:
        return None
    properties: dict[str, Any] = function.parameters.get("properties", {})
    required = function.parameters.get("required", [])
    arguments: dict[str, Any] = {}
    for name, schema in properties.items():
        value = given.get(name)
        if value is not None:
            arguments[name] = _coerced(value, schema)
        elif "default" in schema:
            arguments[name] = schema["default"]
        elif _nullable(schema):
            arguments[name] = None
        elif name in required:
            return None
    return Call(function.name, json.dumps(arguments, ensure_ascii=False))


def forced(offered: list[Function], said: str) -> Call | None:
    """A call because one must be made: the person's own words in every text that is required."""
    if not offered:
        return None
    function = offered[0]
    properties = function.parameters.get("properties", {})
    arguments = {name: _filled(schema, said) for name, schema in properties.items()}
    return Call(function.name, json.dumps(arguments, ensure_ascii=False))


def _types(schema: dict[str, Any]) -> list[str]:
    kinds = schema.get("type", [])
    own = [kinds] if isinstance(kinds, str) else list(kinds)
    return own + [kind for other in schema.get("anyOf", []) for kind in _types(other)]


def _nullable(schema: dict[str, Any]) -> bool:
    return "null" in _types(schema)


def _coerced(value: Any, schema: dict[str, Any]) -> Any:
    types = _types(schema)
    if "array" in types and not isinstance(value, list):
        return [value]
    if "string" in types and isinstance(value, list):
        return ", ".join(map(str, value))
    if "string" in types and isinstance(value, int):
        return str(value)
    return value


def _filled(schema: dict[str, Any], said: str) -> Any:
    if "default" in schema:
        return schema["default"]
    if schema.get("enum"):
        return schema["enum"][0]
    types = _types(schema)
    if "null" in types:
        return None
    kind = types[0] if types else "string"
    return {"integer": 1, "number": 1.0, "boolean": False, "array": [said], "object": {}}.get(kind, said)
