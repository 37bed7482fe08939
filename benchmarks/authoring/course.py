"""The course to write: twelve lessons, each from a section of one document of plain made-up facts."""

from itertools import product
from uuid import UUID

from chat_app.wiring import Parts
from course.models.outline import LessonPlan, ModulePlan, OutlineDraft

_METALS = (
    *("Copper", "Iron", "Silver", "Zinc", "Nickel", "Tin"),
    *("Lead", "Gold", "Cobalt", "Chromium", "Titanium", "Aluminium"),
)
_PARTS = ("The surface of {0}", "The core of a piece of {0}", "A thin wire of {0}", "A heated bar of {0}", "Pure {0}")
_DOINGS = (
    "conducts heat better than the alloys made from it",
    "forms a layer that protects what lies beneath",
    "becomes softer when it is warmed slowly",
    "breaks more easily after it was bent many times",
    "dissolves slowly in acids that contain oxygen",
    "is found together with sulfur in many ores",
    "reflects red light more strongly than blue light",
    "keeps its shape under the weight of a bridge",
)
MODULES = 3


async def make(parts: Parts, actor: UUID) -> UUID:
    """A new course of the actor's with the document attached and twelve lessons planned."""
    course_id = await parts.authoring.create(actor, "Metals", audience="first-year students", language="en")
    await parts.sources.attach(actor, course_id, "metals.md", _document().encode())
    refs = {one.title: one.ref for one in await parts.sources.sections(actor, course_id)}
    share = len(_METALS) // MODULES
    modules = [
        ModulePlan(title=f"Metals from {group[0]} on", lessons=[_lesson(name, refs[name]) for name in group])
        for group in (_METALS[start : start + share] for start in range(0, len(_METALS), share))
    ]
    draft = OutlineDraft(
        title="Metals", summary="Twelve metals.", audience="first-year students", language="en", modules=modules
    )
    await parts.authoring.plan(actor, course_id, draft, "Planned the course")
    return course_id


def _lesson(metal: str, section: str) -> LessonPlan:
    objectives = [f"Explain how {metal.lower()} conducts heat.", f"Describe where {metal.lower()} is found."]
    return LessonPlan(title=metal, objectives=objectives, minutes=6, sections=[section])


def _document() -> str:
    return "# Metals\n\n" + "\n\n".join(f"## {metal}\n\n{_text(metal)}" for metal in _METALS)


def _text(metal: str) -> str:
    name = metal.lower()
    sentences = [f"{part.format(name)} {doing}." for part, doing in product(_PARTS, _DOINGS)]
    return f"{metal} is a metal with properties that builders and artists have used for ages. " + " ".join(sentences)
