"""Wishes about the people of a course: who edits it, somebody invited, somebody removed, oneself leaving."""

import re

from local_cloud.openai_api.author.director.conversation import Conversation
from local_cloud.openai_api.author.director.tools import Wish

_EMAIL = re.compile(r"[^\s@<>()\[\],;:“”\"]+@[^\s@<>()\[\],;:“”\"]+\.[^\s@<>()\[\],;:“”\".!?]+(?:\.\w+)*")
_LIST = re.compile(
    r"\bwho (?:else )?(?:can|may|is able to|is allowed to) (?:edit|change|see|work on|access|open)\b|"
    r"\bwho (?:else )?(?:has|have) (?:access|rights)\b|\bwho (?:else )?(?:edits|works on|owns)\b|"
    r"\bwho(?:’|')?s? (?:are|is|was) (?:the |my |our )?(?:other )?"
    r"(?:co-?authors?|collaborators?|editors?|owner|invited|working on)\b|"
    r"\b(?:list|show)\b.*\b(?:co-?authors|collaborators|editors|people|members)\b|"
    r"^(?:the |my |our )?(?:co-?authors|collaborators|people)$",
    re.IGNORECASE,
)
_INVITE = re.compile(
    r"\b(?:invite|add|include|share|give|let|allow|grant|bring in|make|ask)\b|"
    r"\b(?:shall|should|may|can) (?:also )?edit\b",
    re.IGNORECASE,
)
_INVITE_NAME = re.compile(
    r"^invite\s+(?P<a>(?!me\b).+?)(?:\s+(?:to|into|as)\s.*)?$|"
    r"^(?:add|make)\s+(?P<b>[\w .’'-]+?)\s+(?:as |to be |a |an |the )*(?:co-?author|collaborator|editor)s?\b.*$",
    re.IGNORECASE,
)
_REMOVE = re.compile(
    r"\b(?:remove|delete|drop|uninvite|un-?invite|disinvite|kick out|throw out|exclude|revoke|withdraw|take away|"
    r"cancel the invitation|(?:no longer|not) (?:be able to )?(?:edit|access)|stop sharing)\b",
    re.IGNORECASE,
)
_REMOVE_NAME = re.compile(
    r"^(?:remove|drop|exclude|take|kick)\s+(?:the co-?author\s+)?(?P<a>[\w .’'-]+?)\s+(?:out\s+)?(?:from|of|off|as)\s+"
    r"(?:the |this |my |our |a |its )*(?:course(?:’s|'s)?\s*)?"
    r"(?:people|co-?authors?|collaborators?|editors?|members|team)$|"
    r"^(?:remove|drop|exclude)\s+the co-?author\s+(?P<b>.+)$|"
    r"^(?:un-?invite|disinvite|kick out)\s+(?P<c>.+)$|"
    r"^(?:revoke|withdraw|take away|end)\s+(?P<d>[\w .-]+?)(?:’s|'s)\s+(?:access|rights?|invitation)$|"
    r"^(?P<e>[\w.-]+(?: [\w.-]+)?) (?:should|shall|must|may|can) (?:not|no longer) (?:edit|change|access)\b.*$",
    re.IGNORECASE,
)
_ONLY_NAME = re.compile(r"^(?:[Rr]emove|[Dd]rop|[Ee]xclude)\s+(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?)$")
_LEAVE = re.compile(
    r"^(?:leave (?:this|the) course|remove me(?: from (?:this|the) course)?|take me off (?:this|the) course|"
    r"i (?:do not|don(?:’|')?t) want to (?:edit|work on|be (?:an? )?co-?author of) (?:this|the) course"
    r"(?: any ?more)?)$",
    re.IGNORECASE,
)
_ENDED = re.compile(r"(?:,?\s+please)?[\s.!?]+$|,?\s+please$", re.IGNORECASE)
# Addresses in a text to be written are its words.
_OTHERWISE = re.compile(
    r"\b(?:slide|lesson|narration|question|quiz|title|text|sentence|objective|replace|write)\b", re.IGNORECASE
)


def people(said: str, talk: Conversation) -> list[Wish]:
    """What is wanted of the course's people; nothing when the words are about something else."""
    said = _ENDED.sub("", said)
    if "\n" in said or len(said.split()) > 40 or not talk.outline.title:
        return []
    if _LEAVE.match(said):
        return [Wish("remove_coauthor", {"person": "me"})]
    emails = _EMAIL.findall(said)
    if emails and not _OTHERWISE.search(said):
        return _addressed(said, emails)
    if found := _REMOVE_NAME.match(said):
        return [Wish("remove_coauthor", {"person": next(one for one in found.groups() if one).strip()})]
    if (found := _ONLY_NAME.match(said)) and not _is_of_course(found["name"], talk):
        return [Wish("remove_coauthor", {"person": found["name"]})]
    if found := _INVITE_NAME.match(said):
        return [Wish("invite_coauthor", {"person": next(one for one in found.groups() if one).strip()})]
    return [Wish("list_people")] if _LIST.search(said) else []


def _addressed(said: str, emails: list[str]) -> list[Wish]:
    if _REMOVE.search(said):
        return [Wish("remove_coauthor", {"person": email}) for email in emails]
    return [Wish("invite_coauthor", {"person": email}) for email in emails] if _INVITE.search(said) else []


def _is_of_course(name: str, talk: Conversation) -> bool:
    """Whether a title of the course, or of a document, has that word."""
    titles = [one.title for one in talk.outline.modules] + [one.title for one in talk.outline.lessons]
    return any(name.casefold() in title.casefold() for title in [*titles, *talk.outline.documents])
