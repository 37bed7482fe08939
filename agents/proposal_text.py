"""A proposal in words: what tools tell of changes that are not made yet."""

from collections.abc import Mapping
from uuid import UUID

from agents.turn import Turn
from course.models.comparison import ChangedPart
from course.models.proposal import Hunk, Proposal

PROPOSED = "Proposed, not done: nothing is changed until the person applies it. If they do:"
_MOST_LINES = 30
_LONGEST = 80


async def as_proposed(turn: Turn, result: str) -> str:
    """What a tool said it did; when that was only proposed, said so, with the proposal's changes by number."""
    proposal_id = turn.take_proposal()
    if proposal_id is None or turn.account.course_id is None:
        return result
    proposal = await turn.stored.proposals.show(turn.actor, turn.account.course_id, proposal_id)
    return f"{PROPOSED}\n{result}\n\nThe proposal's changes, by number:\n{await changes_text(turn, proposal)}"


async def changes_text(turn: Turn, proposal: Proposal) -> str:
    """A line for each hunk."""
    changes = [change for hunk in proposal.hunks for change in hunk.changes]
    parts = await turn.stored.comparing.compare(turn.actor, proposal.course_id, changes)
    by_id = {part.id: part for part in parts}
    lines = [f"{hunk.label}. {_hunk(hunk, by_id)}" for hunk in proposal.hunks]
    more = len(lines) - _MOST_LINES
    return "\n".join(lines[:_MOST_LINES] + ([f"and {more} more"] if more > 0 else []))


def _hunk(hunk: Hunk, by_id: Mapping[UUID, ChangedPart]) -> str:
    told = [_part(by_id[change.id]) for change in hunk.changes if change.id in by_id]
    state = " (applied)" if hunk.revision is not None else f" ({hunk.obstacle})" if hunk.obstacle else ""
    return "; ".join(told) + state


def _part(part: ChangedPart) -> str:
    title = part.title if len(part.title) <= _LONGEST else f"{part.title[: _LONGEST - 1].rstrip()}…"
    named = f"{part.where}, “{title}”" if title else part.where
    if part.how == "changed":
        fields = [field.name.lower() for field in part.fields]
        return f"{named}: {', '.join([*fields, *([part.moved] if part.moved else [])])}"
    return f"{named}: {part.moved or part.how}"
