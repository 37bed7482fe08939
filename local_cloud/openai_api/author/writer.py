"""The writer: passages to slides, narration and quiz."""

import json
import re
from dataclasses import dataclass
from typing import Any

from local_cloud.openai_api.author import layouts, narration
from local_cloud.openai_api.author.material import Material
from local_cloud.openai_api.author.parts import NAMELESS, Part, parts
from local_cloud.openai_api.author.points import READABLE, point
from local_cloud.openai_api.author.procedures import Procedure, procedures
from local_cloud.openai_api.author.procedures import slides as procedure_slides
from local_cloud.openai_api.author.prose import Sentence, spoken
from local_cloud.openai_api.author.quiz import quiz
from local_cloud.openai_api.author.terms import lowered_first
from local_cloud.openai_api.author.words import capitalised, clipped, is_statement, listed, lowered, topic_stems

WORDS_PER_MINUTE = 135
_FRAME_WORDS = 110  # of opening and recap together
_SHORT_FRAME = 60  # the same in a lesson of a minute or two
_LITTLE = 220  # words of material
_QUOTE = 30  # words
_CITED = 3
_STIRRING = re.compile(
    r"\b(?:most|every|all|essential|important|necessary|life|living|human|people|world|first|"
    r"discovered|known)\b"
)
_FIRST_LINK = "Let’s begin with {}."
_LINKS = (
    "Now let’s look at {}.",
    "Let’s turn to {}.",
    "The next topic is {}.",
    "That brings us to {}.",
    "We come to {} now.",
    "Let’s move on to {}.",
)
# “Monosaccharides, continued”, “Osmosis (2)”: written to tell two apart, and not to be said.
_UNSPOKEN = re.compile(r",? continued\b|\s*\((?:part )?\d+\)|\s*\bpart \d+$", re.IGNORECASE)


@dataclass(frozen=True)
class Order:
    """The lesson to write, as its block says."""

    title: str
    objectives: list[str]
    minutes: int
    audience: str

    @property
    def words(self) -> int:
        """Words of narration that fill its minutes."""
        return self.minutes * WORDS_PER_MINUTE


def read_order(text: str) -> Order:
    """The lesson's block: JSON, or lines like `Title: …`, `Minutes: 6`, and a list of objectives."""
    try:
        given = json.loads(text)
    except ValueError:
        given = _read_lines(text)
    if not isinstance(given, dict):
        given = {}
    minutes = re.search(r"\d+", str(given.get("minutes", "")))
    objectives = given.get("objectives") or []
    return Order(
        title=str(given.get("title") or "Lesson"),
        objectives=[str(one) for one in ([objectives] if isinstance(objectives, str) else objectives)],
        minutes=min(60, max(1, int(minutes[0]) if minutes else 6)),
        audience=str(given.get("audience") or ""),
    )


def _read_lines(text: str) -> dict[str, Any]:
    found: dict[str, Any] = {"objectives": []}
    for line in text.splitlines():
        item = re.match(r"\s*(?:[-*•]|\d+[.)])\s+(.+)", line)
        field = re.match(
            r"\s*<?(title|minutes|audience|objectives?|lesson)[^:>]*[:>]\s*(.*?)(?:</\w+>)?\s*$", line, re.IGNORECASE
        )
        if item:
            found["objectives"].append(item[1].strip())
        elif field and field[1].lower().startswith("objective"):
            found["objectives"] += [one.strip() for one in field[2].split(";") if one.strip()]
        elif field:
            found.setdefault("title" if field[1].lower() == "lesson" else field[1].lower(), field[2].strip())
    return found


def draft(order: Order, material: Material, around: Material | None = None) -> dict[str, Any]:
    """The lesson; without material only what the plan itself says, because nothing may be invented.

    `around` is what else was given: nothing of it is said, but wrong choices of the quiz may come from it.
    """
    objectives = order.objectives or [f"Explain {order.title}"]
    wanted = max(len(objectives), min(9, round(order.minutes * 1.1)), 2)
    chosen = parts(material, order.title, objectives, wanted)
    steps = procedures(material.passages, material.headings)
    if not chosen and not steps:
        return {"objectives": objectives, "slides": _unwritten(order, objectives), "quiz": []}
    available = sum(sentence.length for sentence in material.sentences)
    room = order.words - sum(procedure.words for procedure in steps)
    # Of little material hardly anything is left out, and none of it is spent on an opening.
    short = available <= _LITTLE and available + _SHORT_FRAME <= room * 1.5
    hook = None if short else _hook(order, material)
    frame = _SHORT_FRAME - order.words // 4 if short else _FRAME_WORDS
    share = max(40, (room - frame) // max(1, len(chosen)))
    slides, said = _content(chosen, material, share, [hook] if hook else [])
    opening = _opening(order, objectives, hook, material)
    heard = [one for group in said for one in group]
    return {
        "objectives": objectives,
        "slides": [opening, *_with_steps(slides, steps), _recap(slides or [opening], material, said)],
        "quiz": quiz(heard, around or material, objectives, max(4, min(5, len(objectives) + 1))),
    }


def _with_steps(slides: list[dict[str, Any]], steps: list[Procedure]) -> list[dict[str, Any]]:
    """The steps of a passage come before what else is said from it."""
    placed = list(slides)
    for procedure in steps:
        citing = (
            at for at, one in enumerate(placed) if procedure.passage in {cited["passage"] for cited in one["citations"]}
        )
        at = next(citing, len(placed))
        placed[at:at] = procedure_slides(procedure)
    return placed


def _content(
    chosen: list[Part], material: Material, share: int, used: list[Sentence]
) -> tuple[list[dict[str, Any]], list[list[Sentence]]]:
    """A slide for each part, and what each says; time one part does not need goes to the next."""
    slides: list[dict[str, Any]] = []
    said: list[list[Sentence]] = []
    spare = 0
    for number, part in enumerate(chosen):
        before = used + [one for group in said for one in group]
        sentences = narration.chosen(part.sentences, material, share + min(spare, share), before)
        if not sentences:
            continue
        spare = max(0, spare + share - sum(sentence.length for sentence in sentences))
        slides.append(slide(part.title, sentences, material, number))
        said.append(sentences)
    return slides, said


def slide(title: str, sentences: list[Sentence], material: Material, number: int) -> dict[str, Any]:
    """One slide: what it shows, what it says, and where that comes from."""
    return {
        "title": title,
        "body": layouts.body(title, sentences, material),
        "narration": _linked(title, narration.said(sentences), number, material),
        "citations": citations(sentences, material),
    }


def _linked(title: str, words: str, number: int, material: Material) -> str:
    """The slide's subject is named first, unless its first sentence does so or it goes on with the one before."""
    name = _spoken_title(title)
    said_at_once = topic_stems(name) <= topic_stems(" ".join(words.split()[:8]))
    # A long heading is a sentence rather than a name.
    if title == NAMELESS or said_at_once or len(name.split()) > 6 or _UNSPOKEN.search(title) or is_statement(name):
        return words
    if title.endswith("?"):
        return f"{capitalised(name)}? {words}"
    link = _FIRST_LINK if number == 0 else _LINKS[(number - 1) % len(_LINKS)]
    return f"{link.format(material.inside(name))} {words}"


def _spoken_title(title: str) -> str:
    """As it is said: without what only tells two slides apart, and of “A: B” what is new."""
    whole = _UNSPOKEN.sub("", spoken(title)).rstrip(".?! ")
    return whole.rpartition(": ")[2] or whole


def citations(sentences: list[Sentence], material: Material) -> list[dict[str, str]]:
    """Every passage used, each with its weightiest words as they stand there."""
    best: dict[str, Sentence] = {}
    for sentence in sentences:
        held = best.get(sentence.passage)
        if held is None or material.score(sentence) > material.score(held):
            best[sentence.passage] = sentence
    ranked = sorted(best.items(), key=lambda pair: -material.score(pair[1]))[:_CITED]
    return [{"passage": passage, "quote": _quoted(one.quote)} for passage, one in ranked]


def _quoted(quote: str) -> str:
    """Its first words as they stand in the passage; white space keeps its kind."""
    match = re.match(rf"(?:\S+\s+){{0,{_QUOTE - 1}}}\S+", quote.strip())
    return match[0][:590] if match else quote[:590]


def _opening(order: Order, objectives: list[str], hook: Sentence | None, material: Material) -> dict[str, Any]:
    """Why it matters, what it is about, and what comes of it."""
    goals = listed([lowered_first(spoken(one).rstrip(".")) for one in objectives[:3]])
    subtitle = f"For {order.audience}" if order.audience and len(order.audience) < 80 else ""
    words = (
        f"This lesson is about {material.inside(_spoken_title(order.title))}. By the end, you will be able to {goals}."
    )
    return {
        "title": order.title,
        "body": {"layout": "title", "subtitle": subtitle},
        "narration": f"{narration.said([hook])} {words}" if hook else words,
        "citations": citations([hook], material) if hook else [],
    }


def _hook(order: Order, material: Material) -> Sentence | None:
    """A sentence early in the material that says why the subject matters."""
    early = [one for one in material.sentences[: max(12, len(material.sentences) // 4)] if one.stands_alone]
    about = topic_stems(" ".join([order.title, *order.objectives]))
    fitting = [one for one in early if one.stems & about and one.length <= 28 and not material.defines(one)]
    best = max(fitting, key=lambda one: (len(_STIRRING.findall(one.text)), -one.index), default=None)
    return best if best is not None and _STIRRING.search(best.text) else None


def _recap(slides: list[dict[str, Any]], material: Material, said: list[list[Sentence]]) -> dict[str, Any]:
    """The best short point of each slide, once more; of few slides the best two or three."""
    best: list[tuple[str, Sentence]] = []
    for sentences in said:
        short = [(text, one) for one in sentences if (text := point(one))]
        ranked = sorted(short, key=lambda pair: (len(pair[0].split()) > READABLE, -material.score(pair[1])))
        best += sorted(ranked[: max(1, 3 // len(said))], key=lambda pair: pair[1].index)
    points = [text for text, _ in best][:5] or [content["title"] for content in slides][:5]
    used = [one for _, one in best][:5]
    return {
        "title": "Recap",
        "body": {"layout": "recap", "points": points},
        "narration": "Let’s recap. " + " ".join(f"{text}." for text in points),
        "citations": citations(used, material),
    }


def _unwritten(order: Order, objectives: list[str]) -> list[dict[str, Any]]:
    """An opening and a question for each objective: a frame to fill once there is a source."""
    opening = {
        "title": order.title,
        "body": {"layout": "title", "subtitle": f"For {order.audience}"[:200] if order.audience else ""},
        "narration": f"This lesson is about {lowered(_spoken_title(order.title))}. "
        f"By the end, you should be able to "
        f"{listed([lowered_first(one.rstrip('.')) for one in objectives])}.",
        "citations": [],
    }
    questions = [
        {
            "title": clipped(objective.rstrip("."), 100),
            "body": {"layout": "question", "question": f"How would you {lowered_first(objective.rstrip('.'))}?"},
            "narration": f"Before we go on, think for a moment: how would you {lowered_first(objective.rstrip('.'))}?",
            "citations": [],
        }
        for objective in objectives
    ]
    return [opening, *questions]
