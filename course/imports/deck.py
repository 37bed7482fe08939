"""A PowerPoint deck as a lesson: titles, points, columns and steps as slides, the speaker's notes as narration.

`python -m course.imports.deck` reads the deck on stdin in a process of its own, as it is a stranger's file.
"""

import io
import json
import sys
from collections.abc import Sequence
from typing import Any

from course.errors import UnreadableDocument
from course.imports.deck_shapes import Text, is_hidden, is_opening, pictures, texts, title_of
from course.models.lesson import Part, SlideDraft
from course.models.text import OptionalLine, Title, clean
from course.sentences import split_sentences
from course.sources.conversion import bound, name_of
from course.sources.kinds import Kind, kind_of

_MOST_SLIDES = 60
_LONGEST_LINE, _LONGEST_TITLE, _LONGEST_NARRATION = 600, 160, 30_000
_DAMAGED = "This deck cannot be read. Open it in PowerPoint, save it again as PPTX and attach that."


class Deck(Part):
    """What a deck says."""

    title: Title
    slides: list[SlideDraft]
    pictures: int
    """That were left out."""
    hidden: int
    """Slides that are never shown, left out."""
    beyond: int
    """Slides beyond as many as a lesson may have."""


class Answer(Part):
    """Of the child process."""

    deck: Deck | None = None
    refused: OptionalLine = ""


def read_deck(filename: str, data: bytes) -> Deck:
    """The deck's slides; `UnreadableDocument` when it is none, or has no words."""
    from pptx import Presentation

    if kind_of(data) is not Kind.PPTX:
        raise UnreadableDocument("This is no PowerPoint deck (PPTX). Attach the deck itself.")
    deck: Any = Presentation(io.BytesIO(data))
    shown = [slide for slide in deck.slides if not is_hidden(slide)]
    taken = [_slide(number, slide) for number, slide in enumerate(shown[:_MOST_SLIDES], start=1)]
    if not any(slide.narration or slide.title != f"Slide {n}" for n, slide in enumerate(taken, start=1)):
        raise UnreadableDocument("This deck has no text: its slides are pictures. Attach a deck with text or notes.")
    named = clean(deck.core_properties.title or "")
    first = taken[0].title if taken and is_opening(shown[0]) else ""
    return Deck(
        title=_cut(first or ("" if named in ("", "PowerPoint Presentation") else named) or name_of(filename)),
        slides=taken,
        pictures=sum(pictures(slide) for slide in shown),
        hidden=len(deck.slides) - len(shown),
        beyond=max(0, len(shown) - _MOST_SLIDES),
    )


def _slide(number: int, slide: Any) -> SlideDraft:
    found = texts(slide)
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    narration = clean((notes.text if notes else "").replace("\x0b", "\n"))
    return SlideDraft.model_validate(
        {
            "title": _cut(title_of(slide) or f"Slide {number}"),
            "body": _body(found, opening=is_opening(slide)),
            "narration": _shortened(narration),
            "citations": [],
        },
    )


def _body(found: Sequence[Text], *, opening: bool) -> dict[str, Any]:
    points = [line for text in found for line in _lines(text.lines)]
    if opening:
        return {"layout": "title", "subtitle": " · ".join(points)[:_LONGEST_LINE]}
    if columns := _columns(found):
        return {"layout": "comparison", "left": columns[0], "right": columns[1]}
    if found and all(text.numbered for text in found):
        return {"layout": "process", "steps": points}
    if len(points) == 1 and not found[0].bulleted:
        if points[0].endswith("?"):
            return {"layout": "question", "question": points[0]}
        return {"layout": "statement", "text": points[0]}
    return {"layout": "bullets", "points": points}


def _columns(found: Sequence[Text]) -> list[dict[str, Any]]:
    """Two columns beside each other, each with its heading: of its own shape, or its first line."""
    for at in range(len(found) - 1):
        left, right = found[at], found[at + 1]
        if not left.beside(right) or len(found) not in (2, 4):
            continue
        if len(found) == 4 and at == 0 and found[2].beside(found[3]):
            pairs = ((left, found[2]), (right, found[3]))
            return [{"heading": _cut_line(head), "points": _lines(body.lines)} for head, body in pairs]
        if len(found) == 2 and len(left.lines) > 1 and len(right.lines) > 1:
            lines = (_lines(left.lines), _lines(right.lines))
            return [{"heading": one[0], "points": one[1:]} for one in lines]
    return []


def _lines(lines: Sequence[str]) -> list[str]:
    """Each of at most as many characters as a line may have: longer ones by sentences."""
    kept: list[str] = []
    for line in lines:
        parts = [line] if len(line) <= _LONGEST_LINE else split_sentences(line)
        kept += [part[at : at + _LONGEST_LINE] for part in parts for at in range(0, len(part), _LONGEST_LINE)]
    return [line.strip() for line in kept if line.strip()]


def _cut_line(text: Text) -> str:
    return " ".join(text.lines)[:_LONGEST_LINE]


def _cut(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1].rstrip()}…"


def _shortened(narration: str) -> str:
    return narration if len(narration) <= _LONGEST_NARRATION else narration[:_LONGEST_NARRATION].rsplit(" ", 1)[0]


def main() -> None:
    """Reads the deck on stdin; the arguments are its name and the bytes of memory it may take."""
    bound(int(sys.argv[2]))
    try:
        answer = Answer(deck=read_deck(sys.argv[1], sys.stdin.buffer.read()))
    except UnreadableDocument as refusal:
        answer = Answer(refused=refusal.sentence)
    except Exception:  # noqa: BLE001 - a broken file breaks the reader in any way, and each means the same to its owner
        answer = Answer(refused=_DAMAGED)
    sys.stdout.buffer.write(json.dumps(answer.model_dump(mode="json")).encode())


if __name__ == "__main__":
    main()
