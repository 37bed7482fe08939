"""Tools for review mode: asking before changes, and what becomes of a proposal."""

from typing import Annotated

from pydantic import Field

from agents.events import ReviewSwitched
from agents.material import outline_text
from agents.proposal_text import changes_text
from agents.turn import Turn
from agents.workbench import tool
from course.models.proposal import Decision, Proposal, State

_Numbers = list[int] | None


@tool("Switching review of changes", needs_course=False)
async def set_review(
    turn: Turn,
    on: Annotated[bool, Field(description="true: propose changes and ask; false: make them at once")],
) -> str:
    """Say whether changes are proposed for the person to approve, or made at once, in this conversation from now on."""
    await turn.cases.conversations.set_review(turn.actor, turn.thread_id, on=on)
    turn.emit(ReviewSwitched(on))
    if on:
        turn.review(on=True)
        return "From now on changes are proposed first; the person applies or declines each."
    # Not for this turn: agents cannot free themselves from asking.
    return "From the next message on changes are made at once; each can be undone."


@tool("Applying what was proposed")
async def apply_proposal(
    turn: Turn,
    changes: Annotated[
        _Numbers,
        Field(description="the numbers of the proposal's changes to apply, -1 for the last; null for all"),
    ] = None,
    leave_out: Annotated[
        _Numbers, Field(description="numbers to leave out, as in “all but the second”; null for none")
    ] = None,
) -> str:
    """Apply the proposal that waits in this conversation, or some of its changes. Only when the person says so."""
    waiting = await _waiting(turn)
    chosen = _chosen(waiting, changes, leave_out)
    done = await turn.stored.proposals.apply(turn.actor, waiting.course_id, waiting.id, chosen)
    await turn.changed(done.revision)
    return await _told(turn, done)


@tool("Declining what was proposed")
async def decline_proposal(turn: Turn) -> str:
    """Put away the proposal that waits in this conversation, when the person does not want it."""
    waiting = await _waiting(turn)
    await turn.stored.proposals.decline(turn.actor, waiting.course_id, waiting.id)
    return f"Declined: {waiting.sentence}. Nothing was changed by it."


async def _waiting(turn: Turn) -> Proposal:
    """What this turn itself proposed nobody has seen yet: agents cannot decide it."""
    return await turn.stored.proposals.waiting(turn.actor, turn.thread_id, besides=turn.proposed)


def _chosen(waiting: Proposal, changes: _Numbers, leave_out: _Numbers) -> list[int] | None:
    """Numbers from the end are counted among all changes, as the person sees them."""
    if not changes and not leave_out:
        return None
    count = len(waiting.hunks)
    left_out = {_number(one, count) for one in leave_out or []}
    wanted = [_number(one, count) for one in changes] if changes else [one.number for one in waiting.open_hunks]
    return [one for one in wanted if one not in left_out]


def _number(said: int, count: int) -> int:
    return said if said > 0 else count + 1 + said


async def _told(turn: Turn, done: Decision) -> str:
    refused = [f"Change {number} could not be applied: {why}" for number, why in sorted(done.refused.items())]
    if done.revision is None:
        return "\n".join(["Nothing was applied.", *refused])
    of = f" {_listed(done.applied)} of {len(done.proposal.hunks)}" if len(done.proposal.hunks) > 1 else ""
    lines = [f"Applied{of}: {done.revision.sentence}.", *refused]
    if done.proposal.state is State.OPEN:
        lines.append(f"The rest waits:\n{await changes_text(turn, done.proposal)}")
    return "\n".join([*lines, "", f"The outline now:\n{outline_text(turn.now)}"])


def _listed(numbers: list[int]) -> str:
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{numbers[0]} to {numbers[-1]}"
    return " and ".join(str(one) for one in numbers)
