"""The writer: passages to slides, narration and quiz."""

from typing import Any

from local_cloud.openai_api.author import layouts, narration
from local_cloud.openai_api.author.citing import citations
from local_cloud.openai_api.author.material import Material
from local_cloud.openai_api.author.opening import UNSPOKEN, hook, opening, spoken_title, unwritten
from local_cloud.openai_api.author.order import Order
from local_cloud.openai_api.author.parts import NAMELESS, Part, parts
from local_cloud.openai_api.author.procedures import Procedure, procedures
from local_cloud.openai_api.author.procedures import slides as procedure_slides
from local_cloud.openai_api.author.prose import Sentence
from local_cloud.openai_api.author.quiz import quiz
from local_cloud.openai_api.author.recap import recap
from local_cloud.openai_api.author.teaching import Content, taught
from local_cloud.openai_api.author.titles import LONGEST_WORDS, brief
from local_cloud.openai_api.author.verbs import is_sentence
from local_cloud.openai_api.author.words import capitalised, stems, topic_stems

_FRAME_WORDS = 110  # of opening and recap together
_SHORT_FRAME = 60  # the same in a lesson of a minute or two
_LITTLE = 220  # words of material
_LONGEST_NAME = 8  # words
_FIRST_LINK = "Let’s begin with {}."
_LINKS = (
    "Now let’s look at {}.",
    "Let’s turn to {}.",
    "The next topic is {}.",
    "That brings us to {}.",
    "We come to {} now.",
    "Let’s move on to {}.",
)


def draft(order: Order, material: Material, around: Material | None = None) -> dict[str, Any]:
    """The lesson; without material only what the plan itself says, because nothing may be invented.

    `around` is what else was given: nothing of it is said, but wrong choices of the quiz may come from it.
    """
    objectives = order.objectives or [f"Explain {order.title}"]
    wanted = max(len(objectives), min(9, round(order.minutes * 1.1)), 2)
    chosen = parts(material, order.title, objectives, wanted)
    steps = procedures(material.passages, material.headings)
    if not chosen and not steps:
        return {"objectives": objectives, "slides": unwritten(order, objectives), "quiz": []}
    available = sum(sentence.length for sentence in material.sentences)
    room = order.words - sum(procedure.words for procedure in steps)
    # Of little material hardly anything is left out, and none of it is spent on an opening.
    short = available <= _LITTLE and available + _SHORT_FRAME <= room * 1.5
    stirring = None if short else hook(order, material)
    frame = _SHORT_FRAME - order.words // 4 if short else _FRAME_WORDS
    share = max(40, (room - frame) // max(1, len(chosen)))
    said = _said(chosen, material, share, [stirring] if stirring else [])
    done = [
        Content(one["title"], [], one["body"], words=f"{one['title']} {one['narration']}")
        for procedure in steps
        for one in procedure_slides(procedure)
    ]
    core = taught(said, objectives, material, done)
    slides = [_slide(one, material, number, order.title) for number, one in enumerate(core.slides)]
    slides = _with_steps(slides, steps)
    most = max(4, min(6, len(core.objectives) + 2))
    items = quiz(core.sentences, around or material, core.objectives, most, steps)
    goals, items = _tested(core.objectives, items)
    return {
        "objectives": goals,
        "slides": [
            opening(order, goals, stirring, material, short=short),
            *slides,
            recap(order, slides or [], [one.sentences for one in core.slides], material, quiz=bool(items)),
        ],
        "quiz": items,
    }


def _tested(objectives: list[str], items: list[dict[str, Any]]) -> tuple[list[str], list[dict[str, Any]]]:
    """Without objectives that no item tests, as long as some are tested; what cannot be asked is no objective."""
    places = sorted({item["objective"] for item in items})
    if not places:
        return objectives, items
    renumbered = {place: number for number, place in enumerate(places)}
    return [objectives[place] for place in places], [
        {**item, "objective": renumbered[item["objective"]]} for item in items
    ]


def slide(title: str, sentences: list[Sentence], material: Material, number: int) -> dict[str, Any]:
    """One slide: what it shows, what it says, and where that comes from."""
    body = layouts.body(title, sentences, material)
    return _slide(Content(title, sentences, body), material, number)


def _slide(one: Content, material: Material, number: int, lesson: str = "") -> dict[str, Any]:
    said = narration.said(one.sentences)
    # The opening has just named it.
    same = bool(lesson) and set(stems(spoken_title(one.title))) == set(stems(spoken_title(lesson)))
    return {
        "title": one.title,
        "body": one.body,
        "narration": said if same else _linked(one.title, said, number, material, named=one.named),
        "citations": citations(one.sentences, material),
    }


def _said(chosen: list[Part], material: Material, share: int, used: list[Sentence]) -> list[Content]:
    """What is said of each part; time one part does not need goes to the next."""
    slides: list[Content] = []
    heard = list(used)
    spare = 0
    for part in chosen:
        sentences = narration.chosen(part.sentences, material, share + min(spare, share), heard)
        if sentences:
            spare = max(0, spare + share - sum(sentence.length for sentence in sentences))
            slides.append(Content(brief(part.title), sentences))
            heard += sentences
    examples = narration.example([part.sentences for part in chosen], material, heard)
    return _told_apart([_with_example(one, examples) for one in slides])


def _with_example(one: Content, example: list[Sentence]) -> Content:
    """The slide that speaks of the same section as the example gets it."""
    if not example or example[-1].section not in {sentence.section for sentence in one.sentences}:
        return one
    fresh = [sentence for sentence in example if sentence not in one.sentences]
    example.clear()
    return Content(one.title, sorted([*one.sentences, *fresh], key=lambda sentence: sentence.index))


def _told_apart(slides: list[Content]) -> list[Content]:
    """No two of the same title, which shortening may have made."""
    seen: dict[str, int] = {}
    for one in slides:
        seen[one.title] = seen.get(one.title, 0) + 1
        if seen[one.title] > 1:
            one.title = f"{brief(one.title, LONGEST_WORDS - 1)} ({seen[one.title]})"
    return slides


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


def _linked(title: str, words: str, number: int, material: Material, *, named: bool = False) -> str:
    """The slide's subject is named first, unless its first sentence does so or it goes on with the one before."""
    name = spoken_title(title)
    said_at_once = not named and topic_stems(name) <= topic_stems(" ".join(words.split()[:8]))
    # A heading that is a sentence can be said, but not led over to.
    if is_sentence(name):
        return f"{capitalised(name)}. {words}" if named else words
    if title == NAMELESS or said_at_once or len(name.split()) > _LONGEST_NAME or UNSPOKEN.search(title):
        return words
    if title.endswith("?"):
        return f"{capitalised(name)}? {words}"
    link = _FIRST_LINK if number == 0 else _LINKS[(number - 1) % len(_LINKS)]
    return f"{link.format(material.inside(name))} {words}"
