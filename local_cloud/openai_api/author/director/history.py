"""Wishes about what was done: undo it, bring it again, go back, and what changed."""

import re

from local_cloud.openai_api.author.director.conversation import Conversation
from local_cloud.openai_api.author.director.going_back import gone_back
from local_cloud.openai_api.author.director.looking_back import asks_what_was_done, looked_back
from local_cloud.openai_api.author.director.tools import Wish
from local_cloud.openai_api.author.director.when import CHANGES, COUNT, COUNTS, counted, revision_in

_UNDO = re.compile(
    r"^(?:undo|un-do|revert|reverse|roll(?:ed)?[\s-]?back|take (?:that|it|this|them|these|those|the|what|my|back)\b|"
    r"cancel (?:that|the last|my last|this) change|step back|get rid of (?:the|my|that) last change)\b"
    r"(?!.*\b(?:order of|slides? in reverse)\b)",
    re.IGNORECASE,
)
_REDO = re.compile(
    r"^(?:re-?do(?: (?:it|that|this|them|the (?:last )?(?:undo|undone \w+|change)|what (?:you|i|we) (?:just )?undid))?"
    r"|re-?apply(?: (?:it|that|the (?:last )?change))?|undo (?:the|that|your|my|this) undo(?:ing)?"
    r"|(?:restore|bring back|get back) what (?:you|i|we) (?:just )?(?:undid|took back)"
    r"|(?:do|apply|make) (?:it|that|the change) again)(?: again| please)?[.!]*$",
    re.IGNORECASE,
)
_PUT_BACK = re.compile(
    r"^(?:(?:put|bring|get|give me|have) (?:it|that|this|them|those) back|(?:restore|recover) (?:it|that|this|"
    r"them|those))"
    r"(?: again| please| in)?[.!]*$",
    re.IGNORECASE,
)
_LATER_TOO = re.compile(
    r"\b(?:and|with|including|plus|together with)\b.*\b(?:built|build|builds|depend\w*|later|after (?:it|that)|"
    r"follow\w*|"
    r"rest|on (?:it|top))\b|\b(?:those|these|them|all of (?:them|those)|the others|the later ones?)\b.*\btoo\b|"
    r"\bas well\b",
    re.IGNORECASE,
)
_KEEP_LATER = re.compile(
    r"\bwhat(?:ever)? (?:can be|is|you can)\b|\bas (?:far|much) as\b|\bin part\b|\bpartly\b|\bonly (?:what|"
    r"the parts)\b|"
    r"\b(?:but|and) (?:keep|leave)\b|\bwhat nobody touched\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(rf"\b(?:the |my |your |our )?(?:last |previous )?({COUNT}) (?:last )?{CHANGES}\b", re.IGNORECASE)
_COMMAND = re.compile(
    r"^(?:undo|revert|reverse|take back|roll back)\s+(?:the|my|your|that|what|when|all)?\s*(?:last\s+)?"
    rf"(?:{CHANGES}\b)?\s*(?:to|of|in|where|when|that|i|you|we)?\s*",
    re.IGNORECASE,
)
_FILLERS = re.compile(
    r"\b(?:it|that|this|them|please|again|back|changes?|last|one|thing|edit|now|just|for me|did)\b", re.IGNORECASE
)
_REFUSED = re.compile(r"Revision (\d+), .*cannot be undone by itself")
_LONGEST_ANSWER = 12


def asks_history(said: str) -> bool:
    """Whether the words are about what was done, not about what a course should be."""
    return bool(_UNDO.match(said) or _REDO.match(said) or asks_what_was_done(said))


def histories(said: str, talk: Conversation) -> list[Wish]:
    """Undo, redo, going back and looking back, as wishes; empty when the words ask for none of them."""
    words = said.strip().rstrip(".!")
    return (
        _redone(words, talk) or gone_back(words) or _undone(words, talk) or _answered(words, talk) or looked_back(words)
    )


def _redone(words: str, talk: Conversation) -> list[Wish]:
    if _REDO.match(words):
        return [Wish("redo")]
    if _PUT_BACK.match(words):
        done = [one.name for one in talk.last_done]
        # What was just removed is put back by an undo, what was just undone by a redo.
        return [Wish("undo" if done and done[-1] not in ("undo", "go_back") else "redo")]
    return []


def _undone(words: str, talk: Conversation) -> list[Wish]:
    if not _UNDO.match(words):
        return []
    several = _SEVERAL.search(words)
    if several and (revision_in(words) is None or several[1].lower() in COUNTS):
        return [Wish("undo", {"changes": counted(several[1])})]
    if re.search(r"\btwice\b", words, re.IGNORECASE):
        return [Wish("undo", {"changes": 2})]
    number = revision_in(words) or (_refused(talk) if _reach(words) else None)
    if number is not None:
        return [Wish("undo", {"revision": number} | _reach(words))]
    about = _COMMAND.sub("", words).strip()
    telling = about != words and re.search(r"\w{3}", _FILLERS.sub("", about))
    return [Wish("undo", {"about": about} if telling else {})]


def _answered(words: str, talk: Conversation) -> list[Wish]:
    """“Those too”, “only what can be undone”, after an undo was refused because of later changes."""
    number = _refused(talk)
    if number is None or not _reach(words) or len(words.split()) > _LONGEST_ANSWER:
        return []
    return [Wish("undo", {"revision": number} | _reach(words))]


def _refused(talk: Conversation) -> int | None:
    refusals = (_REFUSED.match(done.result) for done in talk.last_done)
    return next((int(match[1]) for match in refusals if match), None)


def _reach(words: str) -> dict[str, object]:
    if _KEEP_LATER.search(words):
        return {"later": "keep_them"}
    return {"later": "undo_them_too"} if _LATER_TOO.search(words) else {}
