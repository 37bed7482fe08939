"""The words a finding offers are understood: sent in the chat, they set the tool to work that mends it."""

import json
from dataclasses import replace
from typing import Any

import pytest

from agents.tools import TOOLS
from course.models.quality import Check, Finding
from course.quality import terms
from course.quality.report import lesson_report
from local_cloud.openai_api.author.desk import answer
from local_cloud.openai_api.wire import ChatRequest
from tests.course.quality.examples import SLIDES, examined, question, with_slide
from tests.local_cloud.openai_api.conversing import COURSE, SOURCE

_OFFERED = [{"type": "function", "function": dict(tool.schema)} for tool in TOOLS]
_SAID = "Osmosis lets *water* through the big cold membranes."
_READ = ["Phospholipids with tails arrange in layers", "Roots of plants drink cold fresh water"]


def _words(count: int) -> str:
    return " ".join(["word"] * count)


def _bullets(*points: str) -> dict[str, Any]:
    return {"layout": "bullets", "points": list(points)}


_SPOILT: list[dict[str, Any]] = [
    {"slides": with_slide(1, narration="Mushrooms glow at night.", title=_words(9), body=_bullets(*[_words(13)] * 7))},
    {
        "slides": with_slide(
            1, body={"layout": "statement", "text": _words(26)}, citations=[{"passage": "P7.1", "quote": ""}]
        )
    },
    {"slides": with_slide(1, body={"layout": "definition", "term": _words(9), "meaning": _words(26)}, narration="")},
    {"objectives": ["Understand osmosis", "Explain volcanoes"], "quiz": []},
    {"objectives": [], "minutes": 10},
    {"slides": with_slide(1, narration=f"Cells {_words(500)}."), "minutes": 2},
    {"slides": with_slide(1, narration=f"{_SAID} {_SAID}")},
    {"slides": with_slide(1, body=_bullets(*_READ), narration=". ".join([*_READ, ""]))},
    {"slides": [SLIDES[1]], "quiz": [question("Is osmosis called so?", "Osmosis", "Heat osmosis", "Because light")]},
    {"quiz": [question("What moves ions against their gradient?", "Volcanic ash", "Active transport", "Digestion")]},
]


def _findings() -> list[Finding]:
    """One of each kind that the spoilt lessons show."""
    found: dict[tuple[Check, str], Finding] = {}
    for values in _SPOILT:
        one = examined(**values)
        one = replace(one, drawing={one.lesson.slides[-1].id: ["Slide 4 takes 2 pictures."]})
        findings = lesson_report(one).findings + terms.findings(one, terms.defined([one.lesson]), 0)
        for finding in findings:
            found.setdefault((finding.check, " ".join(finding.sentence.split()[-3:])), finding)
    return list(found.values())


def test_every_check_is_among_them() -> None:
    """Or what follows would prove little. Sources are looked at for a whole course only."""
    assert {finding.check for finding in _findings()} == set(Check) - {Check.SOURCES}


@pytest.mark.parametrize("finding", _findings(), ids=lambda finding: f"{finding.check.value}: {finding.sentence[-40:]}")
def test_the_remedy_sets_a_tool_to_work(finding: Finding) -> None:
    """The built-in author rewrites that part of that lesson; a real model understands more, not less."""
    prompt = f"<course>\n{COURSE}\n</course>\n<sources>\n{SOURCE}\n</sources>"
    messages = [{"role": "system", "content": prompt}, {"role": "user", "content": finding.remedy}]
    asked = ChatRequest.model_validate({"model": "m", "messages": messages, "tools": _OFFERED})
    calls = [(call.name, json.loads(call.arguments)) for call in answer(asked).calls]
    assert [name for name, _ in calls] == ["rewrite_lesson"], finding.remedy
    assert calls[0][1]["lesson"] == "1.2"
