"""The tool for review mode: asking before changes, and what becomes of a proposal."""

from typing import Annotated, Literal

from pydantic import Field

from agents.events import ReviewSwitched
from agents.material import outline_text
from agents.proposal_text import changes_text
from agents.turn import Turn
from agents.workbench import tool
from course.models.proposal import Decision, Proposal, State

_Numbers = list[int] | None


@tool(
    {
        "on": "Switching review of changes on",
        "off": "Switching review of changes off",
        "apply": "Applying what was proposed",
        "decline": "Declining what was proposed",
    },
    needs_course=False,
)
async def review(
    turn: Turn,
    action: Annotated[
        Literal["on", "off", "apply", "decline"],
        Field(
            description="on: from now on changes are proposed for the person to approve; off: they are made at once; "
            "apply: what waits in this conversation, or some of its changes; decline: put it away"
        ),
    ],
    changes: Annotated[
        _Numbers, Field(description="numbers of the changes to apply, -1 for the last; null for all")
    ] = None,
    leave_out: Annotated[
        _Numbers, Field(description="numbers to leave out, as in “all but the second”; null for none")
    ] = None,
) -> str:
    """Ask before changes, or stop asking; and do what the person answers. Apply and decline only when they say so."""
    if action in ("on", "off"):
        return await _switch(turn, on=action == "on")
    return await (_apply(turn, changes, leave_out) if action == "apply" else _decline(turn))


async def _switch(turn: Turn, *, on: bool) -> str:
    await turn.cases.conversations.set_review(turn.actor, turn.thread_id, on=on)
    turn.emit(ReviewSwitched(on))
    if on:
        turn.review(on=True)
        return "From now on changes are proposed first; nothing is changed until it is applied."
    # Not for this turn: agents cannot free themselves from asking.
    return "From the next message on changes are made at once; each can be undone."


async def _apply(turn: Turn, changes: _Numbers, leave_out: _Numbers) -> str:
    waiting = await _waiting(turn)
    chosen = _chosen(waiting, changes, leave_out)
    done = await turn.stored.proposals.apply(turn.actor, waiting.course_id, waiting.id, chosen)
    await turn.changed(done.revision)
    return await _told(turn, done)


async def _decline(turn: Turn) -> str:
    waiting = await _waiting(turn)
    declined = await turn.stored.proposals.decline(turn.actor, waiting.course_id, waiting.id)
    applied = [one for one in declined.hunks if one.revision is not None]
    if not applied:
        return f"Declined: {waiting.sentence}. Nothing was changed by it."
    parts = await changes_text(turn, declined.model_copy(update={"hunks": applied}))
    return f"The rest is left as it was. What was applied stays:\n{parts}"


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
