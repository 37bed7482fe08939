"""Wishes about the course's documents: which there are, a newer one for an older, one removed or brought back."""

import re

from local_cloud.openai_api.author.director.conversation import Conversation
from local_cloud.openai_api.author.director.outline import lesson_named, module_numbers
from local_cloud.openai_api.author.director.tools import Wish

_NOUN = r"(?:documents?|docs?|sources?|files?|pdfs?|attachments?|uploads?|materials?|readings?|handbook|textbook)"
_REFERENCE = r"S\d{1,3}\b"
_FILE = r"[\w()-]+(?: [\w()-]+)*?\.(?:pdf|docx?|pptx?|md|txt|html?|epub|odt)\b"
_DOCUMENT = re.compile(rf"\b(?:{_NOUN}|{_REFERENCE}|{_FILE})", re.IGNORECASE)
_LIST = re.compile(
    rf"\b(?:what|which|how many|list|show(?: me)?|see|are there any)\b[^?]*\b{_NOUN}\b|"
    rf"^(?:the |my |our |all )*(?:documents|sources|files)$|"
    r"\b(?:what|which|any|list|show)\b.*\b(?:lessons?)\b.*\b(?:stale|outdated|out of date)\b|"
    r"^(?:is|are) (?:any|some)(?:thing| lessons?)? (?:stale|outdated|out of date)\b|\bwhat is (?:stale|outdated)\b|"
    r"\bwhat (?:did i attach|have i attached|is attached|was (?:this|it|the course) (?:written|made) from)\b",
    re.IGNORECASE,
)
# Of one lesson or slide the sources are shown with it.
_OF_A_PART = re.compile(
    r"\b(?:slide|lesson|module|quiz|question)s? (?:\d|one|two|three)|\bcit(?:e|es|ed)\b", re.IGNORECASE
)
_NEWER = re.compile(
    r"\b(?:new(?:er|est)?|latest|updated|revised|current|second|third|\d+(?:st|nd|rd|th)|corrected)\s+"
    r"(?:edition|version|copy|release|revision|file|document|pdf|chapter|syllabus|text)\b|"
    r"\b(?:this|it) (?:replaces|supersedes|updates|is (?:an? )?(?:update|replacement))\b",
    re.IGNORECASE,
)
_REPLACE = re.compile(
    r"^(?:replace|exchange|swap(?: out)?|update|supersede|substitute)\s+(?P<old>.+?)\s+"
    r"(?:with|by|for|to)\s+(?P<new>.+)$",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r"^use\s+(?P<new>.+?)\s+(?:instead of|in place of|rather than)\s+(?P<old>.+)$", re.IGNORECASE)
_TAKES = re.compile(
    r"^(?P<new>.+?)\s+(?:replaces|supersedes|takes the place of|is (?:the|an?) \w+ "
    r"(?:edition|version) of|is (?:an? )?(?:update|replacement) (?:of|for|to))\s+(?P<old>.+)$",
    re.IGNORECASE,
)
_EDITION_OF = re.compile(
    r"\b(?:edition|version|copy|release|revision|update) (?:of|for|to)\s+(?P<old>.+)$", re.IGNORECASE
)
_REMOVE = re.compile(
    r"^(?:remove|delete|drop|detach|take out|throw (?:out|away)|get rid of|forget|discard|un-?attach|"
    r"(?:do not|don(?:’|')t|stop|no longer) us(?:e|ing))\s+(?P<name>.+?)"
    r"(?:\s+(?:from (?:the|this) course|any ?more|as an? (?:source|document)|"
    r"from (?:the|its|my|our) (?:sources|documents)))?$",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"^(?:bring|put|get|take|have|give me|want)\s+(?:back\s+(?P<a>.+)|(?P<b>.+?)\s+back)$|"
    r"^(?:restore|re-?attach|recover|un-?remove|un-?delete)\s+(?P<c>.+)$|^use\s+(?P<d>.+?)\s+again$",
    re.IGNORECASE,
)
_THIS = re.compile(
    r"^(?:this|it|that|the|one|new|newer|attached|file|document|pdf|edition|version|\s|here)*$", re.IGNORECASE
)
_ARTICLE = re.compile(
    r"^(?:the|this|that|my|our|an?|old|older|previous|existing|document|source|file|called|named|\s)+\b", re.IGNORECASE
)
_STALE = re.compile(r"Stale until rewritten, because they cite what the documents no longer say: (.+)")
_OFFER = re.compile(r"Shall I rewrite the stale lessons? ([\d., ]+)\?$")
_ANEW = "Write it anew from the documents as they are now."
_ENDED = re.compile(r"[\s.!?]+$|,?\s+please[\s.!?]*$", re.IGNORECASE)
_OPENING = re.compile(
    r"^(?:here(?:’s|'s| is| comes)|i(?:’ve|'ve| have)? attached|attached is|this is|that(?:’s|'s| is))\s+",
    re.IGNORECASE,
)


def documents(said: str, talk: Conversation) -> list[Wish]:
    """What is wanted of the course's documents; nothing when the words are about something else."""
    said = _ENDED.sub("", _ENDED.sub("", said))
    if "\n" in said or len(said.split()) > 40 or not talk.outline.title:
        return []
    return _replaced(said, talk) or _removed(said, talk) or _back(said, talk) or _listed(said)


def told(result: str) -> str:
    """The tool's report, and an offer to write anew what is stale."""
    found = _STALE.search(result)
    numbers = re.findall(r"(\d+\.\d+) “", found[1]) if found else []
    if not numbers:
        return result
    named = f"lesson {numbers[0]}" if len(numbers) == 1 else f"lessons {', '.join(numbers)}"
    return f"{result}\n\nShall I rewrite the stale {named}?"


def listed(result: str) -> str:
    """The documents as a list, and the offer."""
    lines = [f"- {line}" if re.match(r"S\d+: ", line) else f"\n{line}" for line in result.splitlines()]
    return told("\n".join(lines).strip())


def offered(talk: Conversation) -> list[Wish]:
    """What “yes” means after that offer."""
    found = _OFFER.search(talk.last_reply)
    numbers = re.findall(r"\d+\.\d+", found[1]) if found else []
    return [Wish("rewrite_lesson", {"lesson": number, "instruction": _ANEW, "scope": None}) for number in numbers]


def _listed(said: str) -> list[Wish]:
    return [Wish("list_sources")] if _LIST.search(said) and not _OF_A_PART.search(said) else []


def _replaced(said: str, talk: Conversation) -> list[Wish]:
    """The older and the newer one, as far as they are named."""
    attached = _has_attached(talk)
    bare = _OPENING.sub("", said)
    if len(talk.outline.documents) < 2:
        return []
    for pattern in (_REPLACE, _INSTEAD, _TAKES):
        if (found := pattern.match(said)) and (attached or _is_document(found["old"], talk)):
            return [_replacing(found["old"], found["new"])]
    if attached and _NEWER.search(bare) and not re.search(r"\bcourse\b", bare):
        older = _EDITION_OF.search(bare)
        return [_replacing(older["old"] if older else "", "")]
    return []


def _replacing(old: str, new: str) -> Wish:
    older, newer = _name(old), _name(new)
    return Wish("replace_source", {"document": older or None, "newer": newer or None})


def _removed(said: str, talk: Conversation) -> list[Wish]:
    found = _REMOVE.match(said)
    if found is None or not _is_document(found["name"], talk):
        return []
    return [Wish("remove_source", {"document": _name(found["name"]) or "the document"})]


def _back(said: str, talk: Conversation) -> list[Wish]:
    found = _BACK.match(said)
    if found is None:
        return []
    name = next(one for one in found.groups() if one)
    if not (_DOCUMENT.search(name) or _was_removed(name, talk)) or _is_part(name, talk):
        return []
    return [Wish("restore_source", {"document": _name(name) or "the document"})]


def _is_document(name: str, talk: Conversation) -> bool:
    """Whether it is called a document, or is the name of one and of no part of the course."""
    if re.search(rf"\b(?:{_REFERENCE}|{_FILE})", name, re.IGNORECASE):
        return True
    if _is_part(name, talk):
        return False
    if re.match(rf"(?:.*\s)?{_NOUN}$|(?:(?:the|my|our|that|this) )?{_NOUN}\b", name, re.IGNORECASE):
        return True
    plain = _plain(name)
    return bool(plain) and any(set(plain) <= set(_plain(one)) for one in talk.outline.documents)


def _is_part(name: str, talk: Conversation) -> bool:
    if re.search(r"\b(?:slide|lesson|module|question|objective|quiz)\b", name, re.IGNORECASE):
        return True
    titles = [one.title for one in talk.outline.modules] + [one.title for one in talk.outline.lessons]
    return any(_plain(name) == _plain(title) for title in titles) or bool(
        lesson_named(name, talk.outline) or module_numbers(name, talk.outline)
    )


def _was_removed(name: str, talk: Conversation) -> bool:
    """Whether a document of that name was removed or replaced in this conversation."""
    told = [
        one.text for one in talk.before if one.role == "tool" and re.match(r"Removed the document|S\d+, ", one.text)
    ]
    plain = set(_plain(name))
    return bool(plain) and any(plain <= set(_plain(text)) for text in told)


def _has_attached(talk: Conversation) -> bool:
    before = talk.before[-1] if talk.before else None
    return before is not None and before.role == "user" and "<attached" in before.text


def _name(words: str) -> str:
    """The document as it is to be looked up; empty when the words only point at it."""
    if found := re.search(rf"\b({_REFERENCE})", words, re.IGNORECASE):
        return found[1].upper()
    if _THIS.match(words):
        return ""
    bare = _ARTICLE.sub("", words.strip(" “”\"'‘’")).strip(" “”\"'‘’,")
    return re.sub(r"(?i)\s+(?:document|source|pdf|file)$", "", bare)


def _plain(text: str) -> list[str]:
    return [
        word
        for word in re.findall(r"\w+", text.casefold())
        if word not in ("the", "a", "an", "my", "our", "this", "old")
    ]
