"""How a lesson ends: what it came to, once more and in few words, and what comes next."""

from typing import Any

from local_cloud.openai_api.author.citing import citations
from local_cloud.openai_api.author.layouts import LETTERS, shown, weight
from local_cloud.openai_api.author.material import Material
from local_cloud.openai_api.author.opening import spoken_title
from local_cloud.openai_api.author.order import Order
from local_cloud.openai_api.author.parts import NAMELESS
from local_cloud.openai_api.author.procedures import STEP_BY_STEP
from local_cloud.openai_api.author.prose import Sentence
from local_cloud.openai_api.author.titles import brief
from local_cloud.openai_api.author.words import listed

_MOST = 5
_FEW_SLIDES = 3
_LONGEST_NAME = 6  # words


def recap(
    order: Order, slides: list[dict[str, Any]], said: list[list[Sentence]], material: Material, *, quiz: bool
) -> dict[str, Any]:
    """The best short point of each slide, which the eye reads; the voice names the topics and the weightiest point."""
    best = [pair for group in said for pair in _best(group, material, max(1, _FEW_SLIDES // len(said)))]
    kept: list[tuple[str, Sentence]] = []
    for pair in sorted(best, key=lambda pair: -weight(pair[0], pair[1], material)):
        if len(kept) < _MOST and sum(len(text) for text, _ in [*kept, pair]) <= LETTERS:
            kept.append(pair)
    kept.sort(key=lambda pair: pair[1].index)
    points = list(dict.fromkeys(text for text, _ in kept)) or [brief(one["title"], 12) for one in slides][:_MOST]
    return {
        "title": "Recap",
        "body": {"layout": "recap", "points": points},
        "narration": " ".join([_gathered(slides, material), *_above_all(kept, material), *_ahead(order, quiz=quiz)]),
        "citations": citations([one for _, one in kept], material),
    }


def _best(sentences: list[Sentence], material: Material, most: int) -> list[tuple[str, Sentence]]:
    """The weightiest of a slide that can be short."""
    short = [(text, one) for one in sentences if (text := shown(one))]
    return sorted(short, key=lambda pair: -weight(pair[0], pair[1], material))[:most]


def _gathered(slides: list[dict[str, Any]], material: Material) -> str:
    told = [one["title"] for one in slides if one["title"] != NAMELESS and not one["title"].endswith("?")]
    names = [material.inside(spoken_title(title)) for title in told]
    names = list(
        dict.fromkeys(name for name in names if len(name.split()) <= 6 and " and " not in name and name != STEP_BY_STEP)
    )[:4]
    return f"Let’s recap. We looked at {listed(names)}." if names else "Let’s recap."


def _above_all(kept: list[tuple[str, Sentence]], material: Material) -> list[str]:
    ranked = sorted(kept, key=lambda pair: -weight(pair[0], pair[1], material))
    plain = [text for text, _ in ranked if ": " not in text]
    return [f"If you keep one thing in mind, let it be this: {plain[0]}."] if plain else []


def _ahead(order: Order, *, quiz: bool) -> list[str]:
    ahead = ["Can you answer the quiz now?"] if quiz else []
    if order.next:
        ahead.append(f"And what comes next? The next lesson: “{order.next}”.")
    return ahead
