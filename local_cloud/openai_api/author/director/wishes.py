"""What a person wants, read from their plain words; each wish is a tool to use."""

import dataclasses
import re

from course.addresses import Address, Noun, Which
from course.quotes import Masked, masked
from local_cloud.openai_api.author.brief import is_thin, modules_asked, read_brief
from local_cloud.openai_api.author.director import editing, files, review
from local_cloud.openai_api.author.director.around import around
from local_cloud.openai_api.author.director.clauses import clauses, is_setting
from local_cloud.openai_api.author.director.conversation import Conversation, part_named
from local_cloud.openai_api.author.director.describing import described
from local_cloud.openai_api.author.director.exact import exact
from local_cloud.openai_api.author.director.history import asks_history, histories
from local_cloud.openai_api.author.director.money import asks_money, money
from local_cloud.openai_api.author.director.outline import lesson_named, lessons_named, module_numbers
from local_cloud.openai_api.author.director.proposals import answers_no, answers_yes, asked_for_brief, proposed
from local_cloud.openai_api.author.director.quality import checks
from local_cloud.openai_api.author.director.questions import asks_for_course, bare, is_question, is_small_talk
from local_cloud.openai_api.author.director.replacing import wherever
from local_cloud.openai_api.author.director.rewriting import rewritten
from local_cloud.openai_api.author.director.structure import called
from local_cloud.openai_api.author.director.tools import Wish
from local_cloud.openai_api.author.director.videos import asks_status, videos
from local_cloud.openai_api.author.tags import without_blocks

_POLITE = re.compile(
    r"^(?:(?:ok(?:ay)?|yes|great|good|nice|perfect|thanks|thank you|well|now|so|hi|hello|hey|"
    r"please|also|and|but|actually|oh|oops|sorry|wait|(?:al)?right)\b[,.!]*\s+)*"
    r"(?:(?:can|could|would|will) you\s+(?:please\s+)?|i(?:’d|'d| would) like (?:you )?to\s+|i "
    r"want (?:you )?to\s+|please\s+|let(?:’|')?s\s+|just\s+)*",
    re.IGNORECASE,
)
_CREATE = re.compile(
    r"\b(?:turn|convert|transform|make|create|build|design|develop|plan|outline|prepare|generate|"
    r"start|write|teach|need|want)\b"
    r".*\b(?:courses?|training|curriculum|modules?|workshop|programme?|lessons|outline|tutorial|"
    r"into)\b|\bcourse (?:on|about|for|in)\b|\bteach\b|\boutline (?:it|this)\b",
    re.IGNORECASE | re.DOTALL,
)
_LIST = re.compile(
    r"\b(?:list|show|see|what are|which are|what|which)\b.*\b(?:my|our|all|the other|"
    r"other)?\s*courses\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"^(?:open|switch to|go to|load|continue with|work on)\s+(?:the\s+|"
    r"my\s+)?(?:course\s+)?(?:number\s+|on\s+|about\s+)?[\"“‘']?(.+?)[\"”’']?(?:\s+course)?[.!]?$",
    re.IGNORECASE,
)
_PUBLISH = re.compile(
    r"\b(?:publish|go live|release (?:it|the course)|make (?:it|the course) (?:public|available|"
    r"visible|live)|share (?:it|the course) with (?:my |the )?(?:learners|students))\b",
    re.IGNORECASE,
)
_DRAFT = re.compile(
    r"(?:re)?(?:write|draft|compose|author|fill(?: in)?|finish|continue|start)\b.*"
    r"(?:\blessons?\b|\bmodules?\b|\ball\b|\bthem\b|\beverything\b|\brest\b|\bit\b|\bcontent\b|\bslides\b|\d+\.\d+)"
    r"|(?:write|draft|start writing|start drafting|continue|go on)$"
    r"|(?:generate|create|make|do)\s+(?:(?:all|the|every|each|these|those|my|remaining|rest|other|missing|"
    r"planned|of)\s+)*"
    r"(?:lessons?\b(?!.*\b(?:simpl|short|long|easier|more|less)\w*)|content\b|slides\b)",
    re.IGNORECASE,
)
_SHOW = re.compile(
    r"\b(?:show|read|display|view|see|look at|preview|what does|what(?:’s|'s| is) in|tell me (?:what|more about|about)|"
    r"summari[sz]e)\b",
    re.IGNORECASE,
)
_RESHAPE = re.compile(
    r"\b(?:merge|combine|join|split|divide|swap|exchange|reorder|re-order|rearrange|regroup|"
    r"restructure|reorgani[sz]e|reverse|fewer|condense)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:,?\s*(?:please|thanks|thank you|if you can|for me))*[\s.!?]*$", re.IGNORECASE)
_FITTED = re.compile(
    r"\b(?:short(?:er|en)?|brief(?:er)?|condense|trim|cut|concise|long(?:er)|lengthen|expand)\b", re.IGNORECASE
)
# Said of the past, the verbs of change are names: “undo the move of slide 3”.
_BACKWARDS = re.compile(
    r"(?:please )?(?:undo|redo|revert|restore|go back|return to|roll|take\b.*\bback\b|reverse (?:that|this|"
    r"it)\b|put (?:it|that|them) back|"
    r"bring back|what|who|when|show|list)\b",
    re.IGNORECASE,
)


def wishes(talk: Conversation) -> list[Wish]:
    """Everything the person's last words ask for, in order; empty when they ask for nothing that can be done."""
    said = _POLITE.sub("", talk.said).strip()
    if about_review := review.switched_only(said) or review.decided(talk):
        return about_review
    if review.declined_for_another(talk):
        return [Wish("decline_proposal"), *_instead(talk)]
    if answers_yes(talk.said) and (offered := proposed(talk)):
        return offered
    if about_money := money(said, talk):
        return about_money
    if about_surroundings := around(said, talk):
        return about_surroundings
    if answers_no(talk.said):
        return _instead(talk)
    if about_files := files.brought_in(said, talk) or files.taken_away(said, talk):
        return about_files
    if _wants_course(talk, said):
        return [_planning(talk)]
    found = _by_clauses(talk) or _clause_wishes(masked(talk.said), talk)
    return _distinct(found)


def _instead(talk: Conversation) -> list[Wish]:
    """What is wanted after “no, …”; nothing when it only declines."""
    rest = re.sub(r"^(?:no|nope|nah)\s*[,.;:!–-]+\s*(?:but\s+|please\s+)?", "", talk.said.strip(), flags=re.IGNORECASE)
    if rest == talk.said.strip() or answers_no(rest) or not talk.outline.modules:
        return []
    return _distinct(_by_clauses(dataclasses.replace(talk, said=rest)))


def _planning(talk: Conversation) -> Wish:
    """The brief in the person's own words; an answer to our question together with what was said before it."""
    spoken = [without_blocks(one.text) for one in talk.before if one.role == "user"]
    earlier = spoken if asked_for_brief(talk.last_reply) else []
    told = [one for one in earlier if not is_thin(one) and not _is_talk(one)]
    words = "\n".join([*told, talk.said])
    brief = read_brief(words)
    audience = None if brief.audience == "beginners" else brief.audience
    return Wish("outline_course", {"brief": words, "modules": brief.modules, "audience": audience})


def _is_talk(said: str) -> bool:
    """A greeting, or a question that does not ask for a course."""
    return is_small_talk(said) or (is_question(said) and not asks_for_course(said))


def _by_clauses(talk: Conversation) -> list[Wish]:
    whole = masked(talk.said)
    found = wherever(whole, talk) if talk.outline.modules else []
    return found or [wish for _, wished in by_clause(talk) for wish in wished]


def by_clause(talk: Conversation) -> list[tuple[str, list[Wish]]]:
    """Each clause with what it asks for; “it” in one of them is the part named in the one before."""
    whole = masked(talk.said)
    found: list[tuple[str, list[Wish]]] = []
    for text in clauses(whole.text):
        clause = whole.again(text)
        spoken = clause.as_said(text)
        before = found[-1][1] if found else []
        if (title := called(clause)) and before and before[-1].tool == "arrange":
            before[-1] = Wish("arrange", before[-1].arguments | {"title": title})
            continue
        if not is_setting(clause):
            found.append((_POLITE.sub("", spoken).strip(), _clause_wishes(clause, talk)))
        if lesson := lesson_named(spoken, talk.outline):
            talk = dataclasses.replace(talk, spoken_of=lesson)
        if part := part_named(spoken):
            talk = dataclasses.replace(talk, part_spoken_of=_with_lesson(part, talk))
    return found


def _with_lesson(part: Address, talk: Conversation) -> Address:
    """A slide named without its lesson is of the lesson spoken of."""
    if part[0][0].depth < 3 or talk.lesson_in_mind is None:
        return part
    return ((Noun.LESSON, Which(words=talk.lesson_in_mind)), *part)


def _wants_course(talk: Conversation, said: str) -> bool:
    """A new course: with nothing planned nearly anything is a brief, else it has to say so."""
    if not talk.outline.modules:
        if _LIST.search(said) or asks_history(said) or asks_status(said) or asks_money(said) or _OPEN.match(said):
            return False
        if not talk.said or _is_talk(talk.said):
            return False
        if asked_for_brief(talk.last_reply):
            return True
        if talk.outline.documents:
            return bool(_CREATE.search(said)) or len(said.split()) > 2 or not is_thin(bare(talk.said))
        return not is_thin(bare(talk.said))
    if any(lesson.drafted for lesson in talk.outline.lessons):
        return bool(re.search(r"\b(?:new|another|different) course\b", said, re.IGNORECASE))
    again = re.search(
        r"\b(?:new outline|start (?:over|again|fresh)|from scratch|another outline|plan it again|redo "
        r"the outline)\b",
        said,
        re.IGNORECASE,
    )
    into = re.search(
        r"\b(?:turn|convert|transform|make)\b.*\binto\b.*\bcourse\b|\b(?:make|create|build) (?:me "
        r")?an? .*\bcourse\b",
        said,
        re.IGNORECASE,
    )
    return bool(again or into)


def _clause_wishes(clause: Masked, talk: Conversation) -> list[Wish]:
    words = _POLITE.sub("", clause.text).strip()
    if not words:
        return []
    said = clause.as_said(words)
    if reviewing := review.switched(words):
        return reviewing
    if _BACKWARDS.match(words) and (found := histories(said, talk)):
        return found
    # “What needs to be improved?” names no text to change.
    if is_question(said) and (found := checks(said, talk)):
        return found
    # Behind a colon the person's own sentence stands, with its full stop.
    if found := exact(clause.again(words if ": " in words else _TAIL.sub("", words)), talk):
        return found
    return (
        histories(said, talk)
        or _whole_course(said, talk)
        or checks(said, talk)
        or videos(said, talk)
        or _edits(said, talk)
        or _writing(said, talk)
    )


def _whole_course(said: str, talk: Conversation) -> list[Wish]:
    for pattern, tool in (
        (_PUBLISH, "publish_course"),
        (_LIST, "list_courses"),
    ):
        if pattern.search(said):
            return [Wish(tool)]
    if (match := _OPEN.match(said)) and not lesson_named(said, talk.outline) and not module_numbers(said, talk.outline):
        return [Wish("open_course", {"course": match[1]})]
    return []


def _edits(said: str, talk: Conversation) -> list[Wish]:
    outline, in_mind = talk.outline, talk.lesson_in_mind
    if not outline.modules:
        return []
    if found := editing.retimed(said, outline, in_mind):
        return _rewritten_to_fit(said, found, talk) or found
    if _RESHAPE.search(said) and not re.search(r"\bslides?\b", said, re.IGNORECASE):
        return [Wish("revise_outline", {"instruction": said})]
    if wish := editing.added(said, outline):
        return [wish]
    if modules_asked(said) and not module_numbers(said, outline):
        return [*described(said), Wish("revise_outline", {"instruction": said})]
    return described(said)


def _rewritten_to_fit(said: str, found: list[Wish], talk: Conversation) -> list[Wish]:
    """“Shorter, five minutes”: a written lesson is given other words, not only another length on paper."""
    written = {one.number for one in talk.outline.lessons if one.drafted}
    if not _FITTED.search(said) or not all(wish.arguments["lesson"] in written for wish in found):
        return []
    return [Wish("rewrite_lesson", {**wish.arguments, "instruction": said, "scope": None}) for wish in found]


def _writing(said: str, talk: Conversation) -> list[Wish]:
    """Writing what is planned, changing what is written, or reading it."""
    outline = talk.outline
    if not outline.modules:
        return []
    named = lessons_named(said, outline)
    written = {one.number for one in outline.lessons if one.drafted}
    if (
        _SHOW.search(said)
        and (named or talk.lesson_in_mind)
        and not re.search(r"\bsimpl|\bshorter|\badd\b", said, re.IGNORECASE)
    ):
        lesson = named[0] if named else talk.lesson_in_mind
        return [Wish("show_lesson", {"lesson": lesson})] if lesson and not lesson.startswith("module") else []
    anew = re.match(r"(?:re-?write|redo)\b", said, re.IGNORECASE) or not _DRAFT.match(said) or _styled(said)
    if anew and (found := rewritten(said, talk)):
        return found
    if _DRAFT.match(said) and not (set(named) & written and len(named) == 1):
        return [Wish("draft_lessons", {"lessons": named or ["all"]})]
    return rewritten(said, talk)


def _styled(said: str) -> bool:
    return bool(
        re.search(
            r"\b(?:simpl\w+|easier|shorter|longer|more|less|clearer|examples?|friendl\w+|quiz|question)\b",
            said,
            re.IGNORECASE,
        )
    )


def _distinct(found: list[Wish]) -> list[Wish]:
    kept: list[Wish] = []
    for wish in found:
        if wish not in kept:
            kept.append(wish)
    return kept
