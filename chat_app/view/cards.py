"""The cards of the conversation. Their props carry ids: what they show, they fetch, as whoever looks."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID, uuid5

import chainlit as cl

from agents.events import CitedPassage
from course.models.rendering import Estimate
from course.models.revision import Span

AUTHOR = "Lectern"
_PANELS = UUID("6d0f7c9e-2f0b-4d6e-9d1b-0c7a5f1e8b21")


def card(name: str, props: dict[str, Any], *, card_id: str | None = None) -> cl.CustomElement:
    """A card drawn by `public/elements/{name}.jsx`."""
    # With an address of its own Chainlit does not write the props to a file at every update.
    made = cl.CustomElement(name=name, props=props, display="inline", url="#")
    if card_id:
        made.id = card_id
    return made


def panel(thread_id: str, course_id: UUID, *, learn: bool) -> cl.CustomElement:
    """The course beside the conversation; one a conversation. Its name is the panel's title too."""
    made = card(
        "Course",
        {"courseId": str(course_id), "view": "learn" if learn else "studio"},
        card_id=str(uuid5(_PANELS, thread_id)),
    )
    made.display = "side"
    return made


def render_offer(course_id: UUID, estimate: Estimate) -> cl.CustomElement:
    """Yes or not now to a render. The figures are what was promised; the rest is looked up."""
    return card("RenderOffer", {"courseId": str(course_id)} | estimate.model_dump(mode="json"))


def render_card(job_id: UUID) -> cl.CustomElement:
    """How far a render is."""
    return card("RenderCard", {"jobId": str(job_id)})


def change_card(course_id: UUID, numbers: Sequence[int]) -> cl.CustomElement:
    """What a turn changed, each with its undo."""
    return card("ChangeCard", {"courseId": str(course_id), "numbers": list(numbers)})


def proposal_card(course_id: UUID, proposal_id: UUID) -> cl.CustomElement:
    """What a turn in review mode would change, to apply or decline."""
    return card("ProposalCard", {"courseId": str(course_id), "proposalId": str(proposal_id)})


def span_card(span: Span) -> cl.CustomElement:
    """What changed from one revision to another, by everybody or one author, each part once."""
    place = {"after": span.after, "until": span.until, "author": span.author}
    return card("ChangeCard", {"courseId": str(span.course_id), "numbers": [], "span": place})


def citations(course_id: UUID | None, passages: Sequence[CitedPassage]) -> cl.CustomElement:
    """What an answer rests on, each opening the lesson at that slide."""
    return card(
        "Citations",
        {
            "courseId": str(course_id) if course_id else None,
            "passages": [asdict(passage) | {"lesson_id": str(passage.lesson_id)} for passage in passages],
        },
    )


def course_list() -> cl.CustomElement:
    """The published courses, to enrol in and open."""
    return card("CourseList", {})


def try_again(text: str) -> cl.CustomElement:
    """Says the same once more."""
    return card("TryAgain", {"text": text})
