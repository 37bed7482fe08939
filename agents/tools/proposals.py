"""The tool for review mode: asking before changes, and what becomes of a proposal."""

from typing import Annotated, Literal

from pydantic import Field

from agents.events import ReviewSwitched
from agents.material import outline_text
from agents.proposal_text import changes_text
from agents.turn import Turn
from agents.workbench import tool
from course.errors import Invalid
from course.models.proposal import Decision, Proposal, State

_Numbers = list[int | str] | None


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
        _Numbers, Field(description="numbers of the changes to apply, like 2 or “2.1”, -1 for the last; null for all")
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
    left_out = {number for one in leave_out or [] for number in _numbers(waiting, one)}
    wanted = (
        [number for one in changes for number in _numbers(waiting, one)]
        if changes
        else [one.number for one in waiting.open_hunks]
    )
    return [one for one in wanted if one not in left_out]


def _numbers(waiting: Proposal, said: int | str) -> list[int]:
    """The hunks of a number as people see it: “2” is all of 2.1, 2.2, …, and -1 the last."""
    first = list(dict.fromkeys(int(one.label.partition(".")[0]) for one in waiting.hunks))
    label = str(len(first) + 1 + said if isinstance(said, int) and said < 0 else said)
    found = [one.number for one in waiting.hunks if one.label == label or one.label.startswith(f"{label}.")]
    if not found:
        raise Invalid(f"There is no change {label} in this proposal.")
    return found


async def _told(turn: Turn, done: Decision) -> str:
    refused = [
        f"Change {done.proposal.hunks[number - 1].label} could not be applied: {why}"
        for number, why in sorted(done.refused.items())
    ]
    if done.revision is None:
        return "\n".join(["Nothing was applied.", *refused])
    labels = {one.number: one.label for one in done.proposal.hunks}
    of = f" {_listed([labels[one] for one in done.applied])}" if len(labels) > 1 else ""
    lines = [f"Applied{of}: {done.revision.sentence}.", *refused]
    if done.proposal.state is State.OPEN:
        lines.append(f"The rest waits:\n{await changes_text(turn, done.proposal)}")
    return "\n".join([*lines, "", f"The outline now:\n{outline_text(turn.now)}"])


def _listed(labels: list[str]) -> str:
    return " and ".join([", ".join(labels[:-1]), labels[-1]] if len(labels) > 1 else labels)
