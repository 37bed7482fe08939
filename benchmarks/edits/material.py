"""A course made by code: the same words every time, every lesson of the same shape, each about its own subject."""

from course.models.lesson import LessonDraft
from course.models.outline import OutlineDraft

LESSONS_A_MODULE = 5
SLIDES = 7
# fmt: off
_SUBJECTS = [
    "Membranes", "Ribosomes", "Vacuoles", "Chloroplasts", "Lysosomes", "Enzymes", "Hormones", "Antibodies",
    "Neurons", "Muscles", "Kidneys", "Lungs", "Feathers", "Scales", "Roots", "Stems",
    "Leaves", "Petals", "Seeds", "Spores", "Algae", "Mosses", "Ferns", "Conifers",
    "Grasses", "Beetles", "Spiders", "Snails", "Corals", "Sponges", "Sharks", "Salmon",
    "Frogs", "Lizards", "Parrots", "Penguins", "Bats", "Dolphins", "Wolves", "Humans",
]
# fmt: on


# Said on slides and in the document alike, so that questions can be asked about them.
_TOLD = (
    "The shell of {0} hardens when the weather turns cold and dry, and they carry water inside.",
    "Energy enters {0} as sugar, and they carry it away as heat and motion.",
    "A signal between the core and the shell tells {0} when to stop, and they carry it quickly.",
)


def subject(place: int) -> str:
    """What lesson number `place`, from 0, is about."""
    name = _SUBJECTS[place % len(_SUBJECTS)]
    return name if place < len(_SUBJECTS) else f"{name} {place // len(_SUBJECTS) + 1}"


def outline(lessons: int) -> OutlineDraft:
    """An outline of that many lessons, five to a module; each rests on its own section of `document`."""
    plans = [
        {
            "title": subject(place),
            "objectives": objectives(subject(place)),
            "minutes": 6,
            "sections": [f"S1.{place + 2}"] if place < len(_SUBJECTS) else [],
        }
        for place in range(lessons)
    ]
    modules = [
        {"title": f"Part {start // LESSONS_A_MODULE + 1}", "lessons": plans[start : start + LESSONS_A_MODULE]}
        for start in range(0, lessons, LESSONS_A_MODULE)
    ]
    head = {"title": "Living things", "summary": "From cells to whales.", "audience": "first-year students"}
    return OutlineDraft.model_validate(head | {"language": "en", "modules": modules})


def objectives(name: str) -> list[str]:
    """Three of them."""
    return [f"Describe the parts of {name}.", f"Explain how {name} work.", f"Compare {name} with machines."]


def lesson(number: int) -> LessonDraft:
    """Seven slides of four sentences each, and three questions, about subject number `number` from 0."""
    name = subject(number)
    lower = name.lower()
    shown = [
        (f"Why {lower} matter", {"layout": "title", "subtitle": f"A first look at {lower}"}),
        (f"Parts of {lower}", _points(f"The core of {lower}", f"The shell of {lower}", "The signal between them")),
        (f"Work of {lower}", _points("They take in energy", "They spend it slowly", "They give off heat", "They rest")),
        (
            f"Meaning of {lower}",
            {"layout": "definition", "term": name, "meaning": "A part that keeps a living thing alive"},
        ),
        (f"Growth of {lower}", {"layout": "process", "steps": ["Begin small", "Divide often", "Stop in time"]}),
        (f"Mistakes about {lower}", _points("They are not simple", "They are not alone", "They do not last")),
        ("Recap", {"layout": "recap", "points": [f"{name} matter", f"{name} grow", f"{name} work"]}),
    ]
    slides = [
        {
            "title": title,
            "body": body,
            "narration": " ".join(_sentences(title, lower, place)),
            "citations": [{"passage": f"P1.{number % len(_SUBJECTS) + 2}", "quote": ""}],
        }
        for place, (title, body) in enumerate(shown, start=1)
    ]
    quiz = [
        _question(f"Where is the core of {lower} found?", ["Inside", "Outside", "Above", "Nowhere"], 0, 0),
        _question(f"What do {lower} spend slowly?", ["Water", "Energy", "Salt", "Light"], 1, 1),
        _question(f"How do {lower} begin to grow?", ["Large", "Round", "Small", "Cold"], 2, 2),
    ]
    return LessonDraft.model_validate({"objectives": objectives(name), "slides": slides, "quiz": quiz})


def document(lessons: int) -> str:
    """A text with a section for each lesson: more than its slides say, with an example in each."""
    parts = ["# Living things\n\nAll of life in one book."]
    for place in range(min(lessons, len(_SUBJECTS))):
        name = subject(place)
        lower = name.lower()
        parts.append(
            f"## {name}\n\n{name} keep a living thing alive by trading matter with the world around them. "
            f"For example, {lower} of a healthy animal renew their core every few days without any pause. "
            + "".join(f"{one.format(lower)} " for one in _TOLD)
            + f"Scientists study {lower} with microscopes that were first built in Delft."
        )
    return "\n\n".join(parts)


def _sentences(title: str, lower: str, place: int) -> list[str]:
    # The first is long on purpose: something a writer asked for simpler words can shorten.
    said = (
        _TOLD[place % len(_TOLD)].format(lower)
        if place in (2, 3, 5)
        else f"Many {lower} carry energy from place to place."
    )
    return [
        (
            f"On this slide about {title.lower()} we look closely at how {lower} behave in the mitochondria of a cell, "
            f"because step {place} of this story depends on them and on nothing else."
        ),
        said,
        "Basically they follow simple rules.",
        f"Remember what you have heard of {lower} here.",
    ]


def _points(*points: str) -> dict[str, object]:
    return {"layout": "bullets", "points": list(points)}


def _question(question: str, choices: list[str], answer: int, objective: int) -> dict[str, object]:
    explanation = f"It was said on slide {objective + 2}."
    values = {"question": question, "choices": choices, "answer": answer, "explanation": explanation}
    return values | {"objective": objective}
