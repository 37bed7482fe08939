"""How much of a lesson a rewrite may touch: whatever the writer changes outside of it is thrown away."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from course import spoken
from course.models.lesson import LessonDraft, SlideDraft
from course.sentences import split_sentences

Part = Literal["lesson", "slide", "narration", "sentence", "new slide", "quiz", "objectives"]


@dataclass(frozen=True)
class Scope:
    """What alone may change. `slide` and `sentence` count from 0; a new slide comes to stand at `slide`."""

    part: Part = "lesson"
    slide: int = 0
    sentence: int = 0

    @property
    def order(self) -> str:
        """The scope as a sentence for the writer; the whole lesson needs none."""
        return {
            "lesson": "",
            "slide": f"Change only slide {self.slide + 1}; leave every other part word for word.",
            "narration": f"Change only the narration of slide {self.slide + 1}; leave all else word for word.",
            "sentence": f"Change only sentence {self.sentence + 1} of the narration of slide {self.slide + 1}; leave "
            "all else word for word.",
            "new slide": f"Add one new slide as slide {self.slide + 1}; leave every other part word for word.",
            "quiz": "Change only the quiz; leave objectives and slides word for word.",
            "objectives": "Change only the objectives; leave slides and quiz word for word.",
        }[self.part]


WHOLE = Scope()
"""The whole lesson, but for its title and its objectives."""


def within(scope: Scope, before: LessonDraft, after: LessonDraft) -> LessonDraft:
    """The lesson as it was, with what `after` changes inside the scope."""
    return _KEEP[scope.part](scope, before, after)


def sourced(before: LessonDraft, after: LessonDraft, offered: set[str]) -> LessonDraft:
    """With the citations that were lost only because their passages (not among those `offered`) were not at hand."""
    known = {slide.title: slide.citations for slide in before.slides}
    slides = []
    for slide in after.slides:
        lost = [one for one in known.get(slide.title, []) if one.passage not in offered and one not in slide.citations]
        slides.append(slide.model_copy(update={"citations": [*lost, *slide.citations]}) if lost else slide)
    return after.model_copy(update={"slides": slides})


def _lesson(_: Scope, before: LessonDraft, after: LessonDraft) -> LessonDraft:
    """Objectives are the teacher's own; questions stay aimed at them."""
    if not before.objectives:
        return after
    last = len(before.objectives) - 1
    quiz = [item.model_copy(update={"objective": max(0, min(item.objective, last))}) for item in after.quiz]
    return after.model_copy(update={"objectives": before.objectives, "quiz": quiz})


def _slide(scope: Scope, before: LessonDraft, after: LessonDraft) -> LessonDraft:
    changed = _counterpart(scope.slide, before, after)
    return before if changed is None else _with_slide(before, scope.slide, changed)


def _narration(scope: Scope, before: LessonDraft, after: LessonDraft) -> LessonDraft:
    changed = _counterpart(scope.slide, before, after)
    if changed is None:
        return before
    kept = before.slides[scope.slide]
    said = kept.model_copy(update={"narration": changed.narration, "citations": changed.citations})
    return _with_slide(before, scope.slide, said)


def _sentence(scope: Scope, before: LessonDraft, after: LessonDraft) -> LessonDraft:
    changed = _counterpart(scope.slide, before, after)
    kept = before.slides[scope.slide]
    if changed is None or changed.narration == kept.narration:
        return before
    old, new = split_sentences(kept.narration), split_sentences(changed.narration)
    behind = len(old) - scope.sentence - 1
    # What stands between the sentences before and those behind is the new one, be it one sentence or two.
    replacement = " ".join(new[scope.sentence : max(scope.sentence, len(new) - behind)])
    if replacement:
        narration = spoken.replaced(kept.narration, scope.sentence, replacement)
    else:
        narration = spoken.removed(kept.narration, {scope.sentence})
    return _with_slide(before, scope.slide, kept.model_copy(update={"narration": narration}))


def _new_slide(scope: Scope, before: LessonDraft, after: LessonDraft) -> LessonDraft:
    titles = {slide.title.casefold() for slide in before.slides}
    said = {slide.narration for slide in before.slides}
    fresh = [slide for slide in after.slides if slide.narration not in said and slide.title.casefold() not in titles]
    fresh = fresh or [slide for slide in after.slides if slide.narration not in said]
    if not fresh or len(after.slides) <= len(before.slides):
        return before
    slides = [*before.slides[: scope.slide], fresh[0], *before.slides[scope.slide :]]
    return before.model_copy(update={"slides": slides})


def _quiz(_: Scope, before: LessonDraft, after: LessonDraft) -> LessonDraft:
    goals = range(max(1, len(before.objectives)))
    return before.model_copy(update={"quiz": [item for item in after.quiz if item.objective in goals]})


def _objectives(_: Scope, before: LessonDraft, after: LessonDraft) -> LessonDraft:
    fits = all(item.objective < len(after.objectives) for item in before.quiz)
    return before.model_copy(update={"objectives": after.objectives}) if fits else before


def _counterpart(place: int, before: LessonDraft, after: LessonDraft) -> SlideDraft | None:
    """The slide of `after` that stands for one of `before`, though others came or went around it."""
    if len(after.slides) == len(before.slides):
        return after.slides[place]
    same = [slide for slide in after.slides if slide.title == before.slides[place].title]
    if same:
        return same[0]
    fresh = [slide for slide in after.slides if slide not in before.slides]
    return fresh[0] if fresh else None


def _with_slide(before: LessonDraft, place: int, slide: SlideDraft) -> LessonDraft:
    slides = [slide if at == place else one for at, one in enumerate(before.slides)]
    return before.model_copy(update={"slides": slides})


_KEEP: dict[Part, Callable[[Scope, LessonDraft, LessonDraft], LessonDraft]] = {
    "lesson": _lesson,
    "slide": _slide,
    "narration": _narration,
    "sentence": _sentence,
    "new slide": _new_slide,
    "quiz": _quiz,
    "objectives": _objectives,
}
