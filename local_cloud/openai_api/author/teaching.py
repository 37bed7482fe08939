"""Slides held against the objectives: each objective is shown and said somewhere, or asks for less, or goes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from local_cloud.openai_api.author import layouts
from local_cloud.openai_api.author.goals import ASPECTS, ENOUGH, covered, made_from, narrower, subject, wanted
from local_cloud.openai_api.author.material import Material
from local_cloud.openai_api.author.prose import Sentence
from local_cloud.openai_api.author.terms import define, lowered_first
from local_cloud.openai_api.author.titles import brief
from local_cloud.openai_api.author.topics import topics
from local_cloud.openai_api.author.words import capitalised, headline, listed, overlap, stems

_FEWEST = 2
_TRUE_TITLE = 0.7  # of a title's stems, which its slide has to say


@dataclass
class Content:
    """A slide that teaches; `named` says that its narration has to begin with its title,
    `words` are what it says besides its sentences."""

    title: str
    sentences: list[Sentence]
    body: dict[str, Any] = field(default_factory=dict)
    named: bool = False
    words: str = ""

    @property
    def shown(self) -> set[str]:
        """The stems of its title and body."""
        return set(stems(f"{self.title} {_text(self.body)}"))

    @property
    def said(self) -> set[str]:
        """The stems of what is said over it."""
        return {stem for sentence in self.sentences for stem in sentence.stems} | set(stems(self.words))


@dataclass(frozen=True)
class Taught:
    """The slides in order, and the objectives they reach."""

    slides: list[Content]
    objectives: list[str]

    @property
    def sentences(self) -> list[Sentence]:
        """Everything said on them."""
        return [sentence for one in self.slides for sentence in one.sentences]


def taught(slides: list[Content], objectives: list[str], material: Material, steps: Sequence[Content] = ()) -> Taught:
    """The slides with bodies and, where an objective needs it, another title; only objectives that are reached.

    `steps` are slides that are finished already, and count for the objectives as they are.
    """
    homes = [_home(objective, slides) for objective in objectives] if slides else []
    for place, one in enumerate(slides):
        needed = {stem for goal, home in zip(objectives, homes, strict=True) if home == place for stem in wanted(goal)}
        one.body = layouts.body(one.title, one.sentences, material, needed)
    kept: list[str] = []
    for objective in objectives:
        if (reached := _reached(objective, slides, kept, steps)) and reached not in kept:
            kept.append(reached)
    return Taught(slides, _enough(kept, objectives, slides, material))


def _home(objective: str, slides: list[Content]) -> int:
    """The slide that says most of it; its title counts as well."""
    about = wanted(objective)
    fits = [overlap(about, one.said) + 0.5 * overlap(about, set(stems(one.title))) for one in slides]
    return fits.index(max(fits))


def _reached(objective: str, slides: list[Content], kept: list[str], steps: Sequence[Content]) -> str:
    """The widest wording of the objective that the slides can be made to cover; empty when there is none."""
    if any(covered(objective, one.shown) and covered(objective, one.said) for one in steps):
        return objective
    known = {stem for one in slides for stem in one.said} | ASPECTS
    for wording in narrower(objective, known):
        if covered(wording, known) and _made_visible(wording, slides, kept) and _made_audible(wording, slides):
            return wording
    return ""


def _made_visible(objective: str, slides: list[Content], kept: list[str]) -> bool:
    """On some slide already, or by calling its best slide what the objective is about.

    A title that only repeats the objective would teach nothing: the slide has to say what it is called.
    """
    if any(covered(objective, one.shown) for one in slides):
        return True
    home = slides[_home(objective, slides)]
    title = brief(headline(capitalised(subject(objective))))
    if title.casefold() in {one.title.casefold() for one in slides} or _misleads(title, home):
        return False
    before, home.title = home.title, title
    if all(any(covered(goal, one.shown) for one in slides) for goal in [objective, *kept]):
        return True
    home.title = before
    return False


def _misleads(title: str, home: Content) -> bool:
    """Whether a slide does not say what it would be called."""
    named = set(stems(title)) - ASPECTS
    return not named or overlap(named, home.said) < _TRUE_TITLE


def _made_audible(objective: str, slides: list[Content]) -> bool:
    """By what is said on a slide, or with its title, which is then named first."""
    if any(covered(objective, one.said) for one in slides):
        return True
    home = slides[_home(objective, slides)]
    home.named = covered(objective, home.said | set(stems(home.title)))
    return home.named


def _enough(kept: list[str], given: list[str], slides: list[Content], material: Material) -> list[str]:
    """At least two, made of the slides' own titles, where what was given asks for what is not there."""
    for one in slides:
        objective = made_from(one.title, material.inside(one.title))
        fresh = objective and all(overlap(wanted(objective), wanted(other)) < ENOUGH for other in kept)
        if len(kept) < min(_FEWEST, len(given)) and fresh and covered(objective, one.said):
            kept = [*kept, objective]
    terms = list(dict.fromkeys(found.term for one in slides for said in one.sentences if (found := define(said))))
    if not kept and terms:
        kept = [f"Define {listed([lowered_first(term) for term in terms[:2]])}"]
    if not kept and (named := topics([said for one in slides for said in one.sentences], most=1)):
        kept = [f"Describe {material.inside(named[0])}"]
    return kept or given


def _text(body: dict[str, Any]) -> str:
    """All words of a body."""
    found: list[str] = []
    for value in body.values():
        found += [_text(value)] if isinstance(value, dict) else value if isinstance(value, list) else [str(value)]
    return " ".join(found)
