"""Talking to the director in tests: a course, the studio's tools, and what is answered."""

import json
from typing import Any

from local_cloud.openai_api.author.desk import answer
from local_cloud.openai_api.author.director.deeds import as_called, as_meant
from local_cloud.openai_api.completion import Reply
from local_cloud.openai_api.wire import ChatRequest

COURSE = """Course: Living Soil (audience: gardeners, revision 4)
Module 1: Ground
  Lesson 1.1: Particle Size (6 min) [drafted]
  Lesson 1.2: Minerals: Sand and Clay (6 min) [drafted]
Module 2: Life
  Lesson 2.1: Decomposers (5 min) [planned]
  Lesson 2.2: Earthworms (5 min) [planned]
Module 3: Compost
  Lesson 3.1: Building a Heap (8 min) [planned]"""
SOURCE = "S1: Living Soil (soil.md, 500 words)"
TEXT: dict[str, Any] = {"type": "string"}
MAYBE: dict[str, Any] = {"anyOf": [{"type": "string"}, {"type": "null"}]}
NUMBER: dict[str, Any] = {"anyOf": [{"type": "integer"}, {"type": "null"}]}
NUMBERS: dict[str, Any] = {"anyOf": [{"type": "array", "items": {"type": "integer"}}, {"type": "null"}]}
LIST: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
TOOLS: dict[str, dict[str, Any]] = {
    "outline_course": {"brief": TEXT, "modules": NUMBER, "audience": MAYBE},
    "revise_outline": {"instruction": TEXT},
    "rename": {"target": TEXT, "title": TEXT},
    "add_module": {"title": TEXT, "after": MAYBE},
    "add_lesson": {"module": TEXT, "title": TEXT, "objectives": LIST, "minutes": NUMBER, "position": MAYBE},
    "remove": {"target": TEXT},
    "move": {"target": TEXT, "position": TEXT},
    "arrange": {"operation": TEXT, "target": TEXT, "after": NUMBER, "title": MAYBE},
    "change_text": {"target": TEXT, "text": TEXT},
    "insert_text": {"kind": TEXT, "into": TEXT, "text": TEXT, "position": TEXT},
    "add_slide": {
        "lesson": TEXT,
        "title": TEXT,
        "points": LIST,
        "narration": TEXT,
        "layout": TEXT,
        "position": TEXT,
    },
    "change_layout": {"slide": TEXT, "layout": TEXT, "points": MAYBE},
    "add_question": {
        "lesson": TEXT,
        "question": TEXT,
        "choices": LIST,
        "answer": {"type": "integer"},
        "explanation": TEXT,
        "objective": {"type": "integer"},
        "position": TEXT,
    },
    "set_minutes": {"lesson": TEXT, "minutes": {"type": "integer"}},
    "describe_course": {"audience": MAYBE, "tone": MAYBE, "language": MAYBE, "summary": MAYBE},
    "draft_lessons": {"lessons": LIST},
    "rewrite_lesson": {"lesson": TEXT, "instruction": TEXT, "scope": MAYBE, "minutes": NUMBER},
    "replace_text": {"find": TEXT, "replace": TEXT, "where": MAYBE, "only": MAYBE},
    "show_lesson": {"lesson": TEXT},
    "check_quality": {"part": TEXT},
    "estimate_render": {"lesson": TEXT},
    "render_lesson": {"lesson": TEXT},
    "render_status": {},
    "spending": {"action": TEXT, "part": MAYBE, "usd": {"anyOf": [{"type": "number"}, {"type": "null"}]}},
    "publish_course": {},
    "export_course": {"format": TEXT, "what": TEXT},
    "import_file": {"action": TEXT, "document": MAYBE, "place": MAYBE},
    "sources": {"action": TEXT, "document": MAYBE, "newer": MAYBE},
    "undo": {"revision": NUMBER, "changes": NUMBER, "about": MAYBE, "later": MAYBE},
    "redo": {},
    "go_back": {"revision": NUMBER, "moment": MAYBE, "before": MAYBE},
    "history": {"action": TEXT, "since": MAYBE, "author": MAYBE, "words": MAYBE},
    "review": {"action": TEXT, "changes": NUMBERS, "leave_out": NUMBERS},
    "courses": {"action": TEXT, "course": MAYBE},
    "people": {"action": TEXT, "person": MAYBE},
}


def offered() -> list[dict[str, Any]]:
    """The studio's tools, strict as OpenAI wants them."""
    return [
        {
            "type": "function",
            "function": {
                "name": name,
                "parameters": {"type": "object", "properties": properties, "required": list(properties)},
            },
        }
        for name, properties in TOOLS.items()
    ]


def reply(said: str, *, course: str = COURSE, sources: str = SOURCE, before: list[Any] | None = None) -> Reply:
    """What the director answers."""
    prompt = f"<course>\n{course}\n</course>\n<sources>\n{sources}\n</sources>"
    messages = [{"role": "system", "content": prompt}, *(before or []), {"role": "user", "content": said}]
    return answer(ChatRequest.model_validate({"model": "m", "messages": messages, "tools": offered()}))


def calls(said: str, **options: Any) -> list[tuple[str, dict[str, Any]]]:
    """What the calls alone are to do, without the arguments left null; actions of a tool by the author's own names."""
    made = [(call.name, json.loads(call.arguments)) for call in reply(said, **options).calls]
    assert all(set(arguments) == set(TOOLS[name]) for name, arguments in made)
    meant = [as_meant(name, arguments) for name, arguments in made]
    return [(name, {key: value for key, value in arguments.items() if value is not None}) for name, arguments in meant]


def used(name: str, result: str, *, call_id: str = "c1", **arguments: Any) -> list[Any]:
    """A tool call and its result, as messages."""
    tool, given = as_called(name, arguments)
    function = {"name": tool, "arguments": json.dumps(given)}
    call = {"id": call_id, "type": "function", "function": function}
    return [
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": call_id, "content": result},
    ]


def after(said: str, name: str, result: str, **arguments: Any) -> str:
    """What is said when the tool has reported."""
    prompt = f"<course>\n{COURSE}\n</course>\n<sources>\n{SOURCE}\n</sources>"
    talk = [{"role": "user", "content": "Hello"}, {"role": "assistant", "content": "Hello."}]
    messages = [{"role": "system", "content": prompt}, *talk, {"role": "user", "content": said}]
    messages += used(name, result, **arguments)
    return answer(ChatRequest.model_validate({"model": "m", "messages": messages, "tools": offered()})).text


PLANNED = [
    {"role": "user", "content": "Make a course"},
    {"role": "assistant", "content": "Here is a plan. Shall I write the 3 lessons? It takes about a minute."},
]
ESTIMATED = [
    {"role": "user", "content": "render lesson 1.1"},
    *used("estimate_render", "Lesson 1.1: about 3 minutes of video.", lesson="1.1"),
    {"role": "assistant", "content": "About 3 minutes. Shall I make the video of lesson 1.1?"},
]
WRITTEN = [
    {"role": "user", "content": "write them"},
    *used("draft_lessons", "Wrote 2 of 2 lessons: 1.1, 1.2.", lessons=["all"]),
    {"role": "assistant", "content": "Written. Shall I find out what the video of lesson 1.1 takes?"},
]
