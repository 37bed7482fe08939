"""Wishes about the life of courses: a copy, the archive and back, the end."""

import re

from local_cloud.openai_api.author.director.conversation import Conversation
from local_cloud.openai_api.author.director.tools import Wish

_THIS = r"(?:this|the|my|our|the whole|this whole|the entire)\s+course|it all|everything"
_NAME = r"(?:(?:the|my|our)\s+)?(?:course\s+)?(?:called\s+|named\s+|on\s+)?[“\"‘']?(?P<name>.+?)[”\"’']?(?:\s+course)?"
_QUOTED = r"[“\"‘'](?P<name>[^”\"]+?)[”\"’']"
_FOR_GOOD = r"\s+(?:for good|forever|for ever|permanently|completely|entirely)"
_DELETE = r"(?:delete|erase|destroy|wipe out|get rid of)"
_DUPLICATE = r"(?:duplicate|copy|clone|make (?:me )?a (?:copy|duplicate) of|create a (?:copy|duplicate) of)"
_COURSE = (
    r"(?:(?:the|my|our)\s+)?course\s+(?!to\b|as\b|from\b|before\b)(?:called\s+|named\s+)?[“\"‘']?(?P<name>.+?)[”\"’']?"
)
_ARCHIVED = r"(?:archived?\b.*courses?|courses?\b.*\barchived?|(?:the|my) archive)"
_DEEDS: tuple[tuple[str, str], ...] = (
    ("list_archived", rf"(?:list|show|see|what is in|what(?:’|')s in|which courses are in|open)\b.*\b{_ARCHIVED}"),
    ("list_archived", r"(?:which|what) courses are archived"),
    ("delete_course", rf"(?:yes,?\s+)?{_DELETE}\s+(?:{_THIS})(?:{_FOR_GOOD})?"),
    ("delete_course", rf"(?:yes,?\s+)?{_DELETE}\s+{_NAME}{_FOR_GOOD}"),
    ("delete_course", rf"{_DELETE}\s+{_COURSE}"),
    ("duplicate_course", rf"{_DUPLICATE}\s+(?:(?:the|my|our)\s+)?course\s+(?:called\s+|named\s+)?{_QUOTED}"),
    ("duplicate_course", rf"{_DUPLICATE}\s+(?:{_THIS})(?:\s.*)?"),
    ("archive_course", rf"(?:archive|put away|hide|shelve)\s+(?:{_THIS}|it)(?:\s+from\s.*)?"),
    ("archive_course", rf"(?:archive|shelve)\s+{_NAME}"),
    ("restore_course", rf"(?:un-?archive|restore|reactivate|bring back|reopen)\s+(?:{_THIS}|it from the archive)"),
    ("restore_course", rf"(?:un-?archive|reactivate)\s+{_NAME}"),
    ("restore_course", rf"(?:restore|bring back|take|get)\s+{_NAME}\s+(?:from|out of) the archive"),
    ("restore_course", rf"(?:restore|bring back|reopen)\s+{_COURSE}"),
)
_PATTERNS = [(tool, re.compile(words, re.IGNORECASE)) for tool, words in _DEEDS]
_RESTORE = re.compile(r"(?:restore\s+(?P<a>.+)|bring back\s+(?P<b>.+)|bring\s+(?P<c>.+)\s+back)", re.IGNORECASE)
_SURE = re.compile(rf"{_FOR_GOOD}$", re.IGNORECASE)
_ENDED = re.compile(r"(?:,?\s+please)?[\s.!?]+$|,?\s+please$", re.IGNORECASE)
_PART = re.compile(
    r"\b(?:slides?|lessons?|modules?|questions?|objectives?|quiz|titles?|versions?|revision|budget|summary|audience|"
    r"tone|language|outline|proposal|documents?|sources?)\b",
    re.IGNORECASE,
)
_YES = re.compile(r"^(?:yes|yes,? (?:please|do it|go ahead|delete it)|do it|delete it)$", re.IGNORECASE)


def courses(said: str, talk: Conversation) -> list[Wish]:
    """What is to become of a course as a whole; nothing when the words are about its content."""
    said = _ENDED.sub("", said)
    if "\n" in said or len(said.split()) > 30:
        return []
    if _YES.match(said) and (asked := _asked_to_delete(talk)) is not None:
        # The tool asks for the title once more: a bare yes deletes nothing.
        return [Wish("delete_course", asked)]
    for tool, pattern in _PATTERNS:
        found = pattern.fullmatch(said)
        name = (found.groupdict().get("name") or "").strip() if found else ""
        # Only the words that confirm a deletion may hold any title.
        if found and (_SURE.search(said) or tool == "list_archived" or not _PART.search(name or said)):
            return [Wish(tool, {"course": name} if name else {})]
    if found := _RESTORE.fullmatch(said):
        name = next(one for one in found.groups() if one).strip("“”\"‘’'")
        return [Wish("restore_course", {"course": name})] if _was_archived(name, talk) else []
    return []


def _asked_to_delete(talk: Conversation) -> dict[str, object] | None:
    asked = [one for one in talk.last_done if one.name == "delete_course"]
    if not asked or "Nothing is deleted yet" not in asked[-1].result:
        return None
    return {"course": asked[-1].arguments.get("course")}


def _was_archived(name: str, talk: Conversation) -> bool:
    """Whether that course was archived, or listed as archived, in this conversation."""
    told = [one.text for one in talk.before if one.role == "tool" and one.text.startswith("Archived “")]
    return any(f"“{name.casefold()}”" in text.casefold() for text in told)
