"""What stands in the fields of the course panel: checked, and told in the sentence of its revision."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from course import parts
from course.bodies import Layout
from course.errors import Invalid
from course.models.lesson import Citation, SlideBody
from course.models.outline import Minutes
from course.models.revision import Kind
from course.models.text import Line, OptionalLine, OptionalProse, Title

_title: Final = TypeAdapter[Any](Title)
_line: Final = TypeAdapter[Any](Line)
_optional: Final = TypeAdapter[Any](OptionalLine)
_prose: Final = TypeAdapter[Any](OptionalProse)
_number: Final = TypeAdapter[Any](int)
_FIELDS: Final[dict[Kind, dict[str, TypeAdapter[Any]]]] = {
    Kind.COURSE: {"title": _title, "summary": _prose, "audience": _optional, "tone": _optional},
    Kind.MODULE: {"title": _title},
    Kind.LESSON: {"title": _title, "minutes": TypeAdapter(Minutes)},
    Kind.OBJECTIVE: {"text": _line},
    Kind.SLIDE: {
        "title": _title,
        "body": TypeAdapter(SlideBody),
        "narration": _prose,
        "layout": TypeAdapter(Layout),
    },
    Kind.QUIZ_ITEM: {
        "question": _line,
        "choices": TypeAdapter(list[Line]),
        "answer": _number,
        "explanation": _optional,
        "objective": _number,
    },
}
_NEW: Final[dict[Kind, dict[str, Any]]] = {
    Kind.MODULE: {},
    Kind.LESSON: {"minutes": 6, "sections": []},
    Kind.OBJECTIVE: {},
    Kind.SLIDE: {"narration": "", "citations": []},
    Kind.QUIZ_ITEM: {"explanation": "", "objective": 0},
}
"""What a new part has unless something else is said."""
_NEEDED: Final = {
    Kind.MODULE: ("title",),
    Kind.LESSON: ("title",),
    Kind.OBJECTIVE: ("text",),
    Kind.SLIDE: ("title", "body"),
    Kind.QUIZ_ITEM: ("question", "choices", "answer"),
}
_SAID: Final = {
    "body": "what is shown on",
    "text": "the words of",
    "answer": "the right answer of",
    "objective": "the objective tested by",
    "layout": "the layout of",
}
_objectives: Final = TypeAdapter(list[Line])
_citations: Final = TypeAdapter(list[Citation])


def checked(kind: Kind, words: Mapping[str, Any]) -> dict[str, Any]:
    """These words as columns of the part. Raises `Invalid` for a field it has not, or words it cannot hold."""
    if not words:
        raise Invalid("There is nothing to change in that.")
    return {name: _column(kind, name, value) for name, value in words.items()}


def whole(kind: Kind, words: Mapping[str, Any]) -> dict[str, Any]:
    """These words as all columns of a new part; a new lesson may come with its `objectives`."""
    if kind not in _NEW:
        raise Invalid("A new course is made by asking for it in the conversation.")
    given = dict(words)
    extra: dict[str, Any] = {}
    if kind is Kind.LESSON:
        extra["objectives"] = _read(_objectives, "objective", given.pop("objectives", []))
    if kind is Kind.SLIDE and "citations" in given:
        cited = _read(_citations, "source", given.pop("citations"))
        extra["citations"] = [one.model_dump(mode="json") for one in cited]
    for name in _NEEDED[kind]:
        if name not in given:
            raise Invalid(f"A new {parts.WORD[kind]} needs its {_called(name)}.")
    return _NEW[kind] | extra | checked(kind, given)


def changed(kind: Kind, where: str, new: Mapping[str, Any]) -> str:
    """The sentence for a change of a part that is called `where`."""
    if "title" in new and kind is not Kind.SLIDE:
        return f"Renamed {aside(where)} to “{new['title']}”"
    if "minutes" in new:
        return f"Set {aside(where)} to {new['minutes']} minutes"
    names = [_SAID.get(name, f"the {name} of") for name in new]
    what = names[0] if len(names) == 1 else f"{', '.join(name.removesuffix(' of') for name in names)} of"
    return f"Changed {what} {where}"


def added(kind: Kind, columns: Mapping[str, Any], where: str) -> str:
    """The sentence for a new part in what is called `where`."""
    name = columns.get("title") or columns.get("question") or columns.get("text") or ""
    return f"Added the {parts.WORD[kind]} “{name if len(name) <= 80 else name[:79].rstrip() + '…'}” to {where}"


def aside(where: str) -> str:
    """What a part is called, to be followed by more words: “lesson 1.2, “Lipids”,”."""
    return f"{where}," if where.endswith("”") else where


def _column(kind: Kind, name: str, value: Any) -> Any:
    fields = _FIELDS[kind]
    if name not in fields:
        raise Invalid(f"A {parts.WORD[kind]} has no {name} that could be set.")
    read = _read(fields[name], _called(name), value)
    return read.model_dump(mode="json") if name == "body" else read


def _read(adapter: TypeAdapter[Any], called: str, value: Any) -> Any:
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_context=False)
        # A slide is tried in every layout; our own rules are broken in the right one only.
        problem = next((one for one in problems if one["type"] == "value_error"), problems[0])
        why = problem["msg"].removeprefix("Value error, ") if problem["type"] == "value_error" else "is not readable"
        why = why if why.startswith("a ") else f"it {why}"
        raise Invalid(f"The {called} cannot be stored: {why}. Nothing was changed.") from error


def _called(name: str) -> str:
    return {"body": "text on the slide", "text": "words"}.get(name, name)
