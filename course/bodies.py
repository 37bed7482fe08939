"""What stands on a slide, as texts one can count, change and lay out another way."""

from collections.abc import Callable
from typing import Literal, get_args

from course.errors import Invalid
from course.models.lesson import (
    Bullets,
    Column,
    Comparison,
    Definition,
    Process,
    Question,
    Recap,
    SlideBody,
    Statement,
    TitleSlide,
)

Layout = Literal["title", "bullets", "statement", "definition", "comparison", "process", "question", "recap"]
LAYOUTS: tuple[Layout, ...] = get_args(Layout)


def texts(body: SlideBody) -> list[str]:
    """The texts in reading order: points or steps, both sides of a comparison, or the one text there is."""
    match body:
        case Bullets(points=points) | Recap(points=points):
            return list(points)
        case Process(steps=steps):
            return list(steps)
        case Comparison(left=left, right=right):
            return [*left.points, *right.points]
        case Statement(text=text):
            return [text]
        case Question(question=question):
            return [question]
        case Definition(meaning=meaning):
            return [meaning]
        case TitleSlide(subtitle=subtitle):
            return [subtitle] if subtitle else []


def with_texts(body: SlideBody, new: list[str]) -> SlideBody:
    """The same layout with other texts. Raises `Invalid` where the layout has no room for them."""
    match body:
        case Bullets() | Recap():
            return body.model_copy(update={"points": _some(new)})
        case Process():
            return body.model_copy(update={"steps": _some(new)})
        case Comparison(left=left):
            cut = len(left.points)
            return _compared(body, new[:cut], new[cut:])
        case Statement():
            return body.model_copy(update={"text": _one(new)})
        case Question():
            return body.model_copy(update={"question": _one(new)})
        case Definition():
            return body.model_copy(update={"meaning": _one(new)})
        case TitleSlide():
            return body.model_copy(update={"subtitle": _one(new) if new else ""})


def without(body: SlideBody, places: set[int]) -> SlideBody:
    """Without the texts at those places, from 0."""
    now = texts(body)
    kept = [text for place, text in enumerate(now) if place not in places]
    if isinstance(body, Comparison):
        cut = len([place for place in range(len(body.left.points)) if place not in places])
        return _compared(body, kept[:cut], kept[cut:])
    if isinstance(body, Statement | Question | Definition):
        raise Invalid("Without that text the slide would be empty. Remove the slide, or give it another layout.")
    return with_texts(body, kept)


def with_text(body: SlideBody, place: int, text: str) -> SlideBody:
    """With one text more, so that it stands at that place, from 0."""
    now = texts(body)
    if isinstance(body, Comparison):
        left = len(body.left.points)
        points = [*now[:place], text, *now[place:]]
        cut = left + 1 if place <= left and place < len(now) else left
        return _compared(body, points[:cut], points[cut:])
    if not isinstance(body, Bullets | Recap | Process):
        raise Invalid(f"A {body.layout} slide has no list to add to. Ask for it as bullets first.")
    return with_texts(body, [*now[:place], text, *now[place:]])


def laid_out(body: SlideBody, layout: Layout, title: str, new: list[str] | None = None) -> SlideBody:
    """The slide's texts (or `new` ones) in that layout. Raises `Invalid` when they do not fit it."""
    if layout == body.layout:
        return body if new is None else with_texts(body, new)
    given = _told(body) if new is None else new
    if layout == "title":
        return TitleSlide(layout="title", subtitle=_sentence(given))
    return _MAKE[layout](_some(given), title)


def _told(body: SlideBody) -> list[str]:
    """The texts, with the headings and terms that another layout has no place for."""
    match body:
        case Comparison(left=left, right=right):
            return [f"{side.heading}: {'; '.join(side.points)}" for side in (left, right)]
        case Definition(term=term, meaning=meaning):
            return [f"{term}: {meaning}"]
    return texts(body)


def _definition(given: list[str], title: str) -> Definition:
    term, colon, meaning = given[0].partition(": ")
    if len(given) == 2 and not colon:
        return Definition(layout="definition", term=given[0], meaning=given[1])
    if len(given) == 1 and colon:
        return Definition(layout="definition", term=term, meaning=meaning)
    return Definition(layout="definition", term=title, meaning=_sentence(given))


def _comparison(given: list[str], _: str) -> Comparison:
    """From “Heading: a; b” twice, or from an even list whose halves begin with their headings."""
    sides = [text.partition(": ") for text in given]
    if len(sides) == 2 and all(colon for _, colon, _ in sides):
        left, right = (
            Column(heading=heading, points=[one.strip() for one in points.split(";") if one.strip()])
            for heading, _, points in sides
        )
    elif len(given) >= 4 and len(given) % 2 == 0:
        half = len(given) // 2
        left = Column(heading=given[0], points=given[1:half])
        right = Column(heading=given[half], points=given[half + 1 :])
    else:
        raise Invalid("A comparison needs two sides. Give each as “Heading: point; point”.")
    return Comparison(layout="comparison", left=left, right=right)


def _compared(body: Comparison, left: list[str], right: list[str]) -> Comparison:
    sides = {"left": (body.left, left), "right": (body.right, right)}
    return body.model_copy(
        update={name: side.model_copy(update={"points": _some(points)}) for name, (side, points) in sides.items()}
    )


def _some(given: list[str]) -> list[str]:
    if not given:
        raise Invalid("Nothing would be left on the slide. Remove the slide, or give it other points.")
    return given


def _one(given: list[str]) -> str:
    if len(given) != 1:
        raise Invalid("That slide shows one text. Ask for it as bullets to show more.")
    return given[0]


def _sentence(given: list[str]) -> str:
    if len(given) <= 1:
        return "".join(given)
    return " ".join(text if text[-1:] in ".!?…" else f"{text}." for text in given)


_MAKE: dict[Layout, Callable[[list[str], str], SlideBody]] = {
    "bullets": lambda given, _: Bullets(layout="bullets", points=given),
    "recap": lambda given, _: Recap(layout="recap", points=given),
    "process": lambda given, _: Process(layout="process", steps=given),
    "statement": lambda given, _: Statement(layout="statement", text=_sentence(given)),
    "question": lambda given, _: Question(layout="question", question=_sentence(given)),
    "definition": _definition,
    "comparison": _comparison,
}
