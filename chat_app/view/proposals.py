"""A proposal as its card shows it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from chat_app.view.changes import row_json
from course.models.comparison import ChangedPart
from course.models.proposal import Hunk, Proposal


def proposal_json(proposal: Proposal, parts: Sequence[ChangedPart]) -> dict[str, Any]:
    """Each hunk with its parts; `revisions` are what was applied of it, each with its undo."""
    by_id = {part.id: part for part in parts}
    hunks = [_hunk(one, by_id) for one in proposal.hunks]
    return {
        "courseId": str(proposal.course_id),
        "id": str(proposal.id),
        "sentence": proposal.sentence,
        "author": proposal.author,
        "state": proposal.state.value,
        "hunks": hunks,
        "revisions": sorted({one.revision for one in proposal.hunks if one.revision is not None}),
    }


def _hunk(hunk: Hunk, by_id: Mapping[UUID, ChangedPart]) -> dict[str, Any]:
    return {
        "number": hunk.number,
        "label": hunk.label,
        "told": hunk.told,
        "needs": hunk.needs,
        "revision": hunk.revision,
        "obstacle": hunk.obstacle,
        "rows": [row_json(by_id[change.id]) for change in hunk.changes if change.id in by_id],
    }
