"""The tool that makes a file of a course to take away."""

from typing import Annotated, Literal

from pydantic import Field

from agents.events import ExportMade, ExportProgress
from agents.tools import targets
from agents.turn import Turn
from agents.workbench import tool
from course.models.export import Format, MadeExport

_Kind = Literal["markdown", "handout", "slides", "videos", "scorm", "cartridge"]
_STEP = 0.02


@tool("Making a file of {what}: {format}")
async def export_course(
    turn: Turn,
    format: Annotated[  # noqa: A002 - the word a model expects
        _Kind,
        Field(
            description="markdown: text that can be edited and imported again; handout: PDF with slides and notes; "
            "slides: PowerPoint; videos: all videos with captions; scorm: SCORM 1.2 package; "
            "cartridge: IMS Common Cartridge for platforms like Canvas or Moodle"
        ),
    ],
    what: Annotated[str, Field(description="like “course”, “module 2”, “lesson 1.2”, or a title")] = "course",
) -> str:
    """Make a file of the course, or of one module or lesson, for the person to keep. It appears in the conversation."""
    target = targets.target(turn.outline, what)
    form = Format(format)
    shown = 0.0

    def tell(share: float) -> None:
        nonlocal shown
        if share - shown >= _STEP and share < 1:
            shown = share
            turn.emit(ExportProgress(f"{form.words} of {target.label}", share))

    made = await turn.cases.exports.make(turn.actor, turn.outline.id, form, target.id, tell=tell)
    turn.emit(ExportMade(made.export, made.notes))
    return _described(made)


def _described(made: MadeExport) -> str:
    size = made.export.size_bytes
    length = f"{size / 1e6:.1f} MB" if size >= 1e5 else f"{max(1, round(size / 1e3))} kB"
    return " ".join([f"The file “{made.export.filename}” ({length}) is ready to download.", *made.notes])
