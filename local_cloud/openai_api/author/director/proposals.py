"""What “yes” means: the thing proposed last, and nothing else."""

import re

from local_cloud.openai_api.author.director import sources
from local_cloud.openai_api.author.director.conversation import Conversation
from local_cloud.openai_api.author.director.questions import bare
from local_cloud.openai_api.author.director.tools import Wish

_YES = re.compile(
    r"^(?:(?:yes|yep|yeah|yup|yea|y|do|sure|ok(?:ay)?|alright|all right|fine|good|great|perfect|excellent|"
    r"absolutely|of course|certainly|definitely|"
    r"please do|please|do it|do that|do so|go|go ahead|go on|go for it|proceed|continue|start|"
    r"start it|approved?|i approve|i agree|agreed|"
    r"looks? (?:good|great|fine|right|perfect)(?: to me)?|sounds good|that(?:’s|'s| is) (?:good|"
    r"fine|great|right|ok(?:ay)?|perfect)|"
    r"it(?:’s|'s| is) (?:good|fine|great|ok(?:ay)?|perfect)|make it|render it|write (?:it|"
    r"them)(?: all)?|write (?:all )?the lessons|"
    r"draft (?:it|them|the lessons)|let(?:’|')s go|let(?:’|')s do it|i like it|love it|make "
    r"(?:the|that) video|start (?:writing|rendering)|"
    r"thanks|thank you|as (?:it is|planned|proposed)|the outline|with it|with that|now|then|and|"
    r"that|it|nice|very|👍)[\s,.!]*)+$",
    re.IGNORECASE,
)
_NO = re.compile(
    r"^(?:no|nope|nah|n|not (?:yet|now|today|really|sure)|i(?:’|')m not sure|hmm+|don(?:’|')t|do not|never mind|"
    r"nevermind|cancel|stop|leave it|wait|later|no thanks?|no thank you|maybe later|hold on)\b[\w\s,.!’']{0,40}$",
    re.IGNORECASE,
)
_ONLY_THANKS = re.compile(
    r"^(?:thanks|thank you|great|nice|perfect|good|ok(?:ay)?|very|and|,|\.|!|\s)+$", re.IGNORECASE
)
_NO_ANSWER = re.compile(r"^(?:(?:thanks|thank you|very|much|and|then|now)[\s,.!]*)+$", re.IGNORECASE)
# “Yes, write them” is no answer to “Shall I make the video?”, nor the other way about.
_WRITES = re.compile(r"\b(?:write|writing|draft)\b", re.IGNORECASE)
_RENDERS = re.compile(r"\b(?:render|rendering|video)\b", re.IGNORECASE)
_OFFERS_WRITING = re.compile(r"\b(?:write|draft|writing)\b[^.?]*\blessons?\b[^.?]*\?", re.IGNORECASE)
_OFFERS_VIDEO = re.compile(r"\b(?:make|render|start|produce)\b[^.?]*\bvideo\b[^.?]*\?|\brender\b[^?]*\?", re.IGNORECASE)
_OFFERS_ESTIMATE = re.compile(r"\b(?:what (?:its|the|a) video|takes?|estimate|cost)\b[^.?]*\?", re.IGNORECASE)
_PLANNING = frozenset(
    {"outline_course", "revise_outline", "add_module", "add_lesson", "move", "remove", "rename", "set_minutes"}
)


def answers_yes(said: str) -> bool:
    """Whether the words only agree."""
    words = bare(said, greeted=True)
    return len(words.split()) <= 12 and bool(_YES.match(words)) and not _NO_ANSWER.match(words)


def asked_for_brief(reply: str) -> bool:
    """Whether the assistant's last words asked what the course should be."""
    return bool(re.search(r"(?:Who is the course for|What should the course be about)\b[^?]*\?", reply))


def answers_no(said: str) -> bool:
    """Whether the words only decline."""
    words = bare(said, greeted=True)
    return len(words.split()) <= 8 and bool(_NO.match(words))


def proposed(talk: Conversation) -> list[Wish]:
    """What was offered last, as wishes; nothing when nothing was."""
    estimated = [done.arguments.get("lesson", "") for done in talk.last_done if done.name == "estimate_render"]
    if estimated and not _WRITES.search(talk.said):
        return [Wish("render_lesson", {"lesson": lesson}) for lesson in estimated if lesson]
    if anew := sources.offered(talk):
        return anew
    question = talk.last_reply.rsplit("\n", 1)[-1] if talk.last_reply else ""
    question = question if "?" in question else talk.last_reply[-400:]
    if _OFFERS_ESTIMATE.search(question) and talk.lesson_in_mind and "write" not in question.lower():
        return [Wish("estimate_render", {"lesson": _lesson_in(question) or talk.lesson_in_mind})]
    if _OFFERS_VIDEO.search(question) and (lesson := _lesson_in(question) or talk.lesson_in_mind):
        return [Wish("estimate_render", {"lesson": lesson})]
    if _RENDERS.search(talk.said):
        return []
    planned = any(done.name in _PLANNING for done in talk.last_done)
    if talk.outline.planned and (_OFFERS_WRITING.search(question) or (planned and not _ONLY_THANKS.match(talk.said))):
        return [Wish("draft_lessons", {"lessons": ["all"]})]
    return []


def _lesson_in(text: str) -> str | None:
    found = re.findall(r"(?<![\d.$])\d{1,2}\.\d{1,2}(?![\d.]*\d)", text)
    return found[-1] if found else None
