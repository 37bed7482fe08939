"""Wishes about asking first: review mode on and off, and what becomes of a proposal."""

import re

from local_cloud.openai_api.author.brief import NUMBERS
from local_cloud.openai_api.author.director.conversation import Conversation, Done
from local_cloud.openai_api.author.director.infinitives import as_intended
from local_cloud.openai_api.author.director.proposals import answers_no, answers_yes
from local_cloud.openai_api.author.director.tools import Wish

MARK = "Proposed, not done"
_LISTING = "The proposal's changes, by number:"
_RESTS = "The rest waits:"
_HINT = re.compile(r"\s*(?:Undo (?:takes|brings) (?:it|them) back\.|Say \*undo\* [^.]*\.|Shall I [^?]*\?.*)", re.DOTALL)
_PROPOSED = "I propose, with nothing changed yet: "
_ASK = "Shall I apply it?"
_CHOICE = " You can also choose among the changes on the card, or say “apply the first two” or “no”."
_MODE = r"(?:review|approval|suggestion|proposal)s?(?: mode)?"
_CHANGE = r"(?:chang|edit|touch|alter|mak|do|apply|updat|modif)\w*"
_LEAVE = r"(?:ask\w*|approv\w*|permission|(?:I|me) (?:say|agree|allow|see\w*|look\w*)|my ok)"
_ON = (
    rf"\b(?:ask|check with|consult) (?:me|us)\b[^.]*\bbefore\b[^.]*\b{_CHANGE}|\bask before\b[^.]*\b{_CHANGE}",
    r"\b(?:ask|asking)(?: me| us)? (?:first|before (?:you|each|every|any))\b",
    rf"\b(?:turn|switch|put|set)\b[^.]*\b{_MODE}[^.]*\bon\b|\b(?:turn|switch) on\b[^.]*\b{_MODE}",
    rf"\b(?:enter|enable|start|use|activate|go into)\b[^.]*\b{_MODE}(?<=mode)|^{_MODE}(?: on)?$",
    r"\b(?:propose|suggest)\b[^.]*\b(?:changes|edits|everything)\b[^.]*\b(?:first|before|only|instead|from now on)\b",
    r"\b(?:only|just) (?:propose|suggest)\b",
    rf"\b(?:don(?:’|')?t|do not|never) {_CHANGE}\b[^.]*\b(?:without|before|until|unless)\b[^.]*\b{_LEAVE}",
    r"^(?:approve|confirm) (?:every|each) (?:single )?(?:change|edit)$",
)
_OFF = (
    (
        r"\b(?:stop|quit|no need to|need not|don(?:’|')?t|do not|never|no more|(?:have|need) to) (?:keep )?"
        r"(?:ask(?:ing)?|propos\w+|suggesting|check(?:ing)? with me)(?: me)?(?: (?:first|any ?more|again|"
        r"(?:every|each) time|for (?:my )?(?:approval|permission)|before .*|all the time|now|from now on|changes))*"
        r"(?:\s*[,–-]?\s*(?:and )?(?:please )?just (?:do|make|change|apply) "
        r"(?:it|them|things|everything|(?:the |your )?changes))?$"
    ),
    rf"\b(?:turn|switch|put|set)\b[^.]*\b{_MODE}[^.]*\boff\b|\b(?:turn|switch) off\b[^.]*\b{_MODE}",
    rf"\b(?:leave|end|exit|disable|stop|deactivate|quit)\b[^.]*\b{_MODE}(?<=mode)|^{_MODE} off$",
    r"\b(?:make|apply|do) (?:the |all |your |my )*changes (?:directly|at once|immediately|right away|without asking)",
    r"\bchange (?:things|everything) (?:directly|at once|right away|without asking)",
)
# What follows is what a part is to say.
_WORDING = re.compile(r"(?:rename|retitle|title|call|add|insert|replace|write|say)\b", re.IGNORECASE)
_APPLY = re.compile(
    r"^(?:(?:yes|ok(?:ay)?|good|great|fine|perfect|please|now|then|do)[\s,.!]+)*"
    r"(?:apply|accept|approve|adopt|take over|confirm)\b(?!.*\bagain\b)(?P<what>.*)$",
    re.IGNORECASE,
)
_PART_OF_IT = re.compile(
    r"^(?:yes|ok(?:ay)?|sure|fine|good)?[\s,.]*(?:but\s+)?(?:(?:only|just|all but|all except|everything (?:but|except)|"
    r"take|use|keep|not|without|leave out|skip)\b.+|(?:the |numbers? |changes? )*(?:first|second|third|fourth|fifth|"
    r"last|\d+)\b(?: \w+)?(?:(?:,| and|,? or) .{1,12})*)$",
    re.IGNORECASE,
)
_DECLINE = re.compile(
    r"^(?:(?:no|please|ok(?:ay)?)[\s,.!]+)*(?:reject|decline|discard|dismiss|refuse|throw (?:it|that|them|this) away|"
    r"forget (?:it|that|them|this)|drop (?:it|that|this|the proposal)|"
    r"i (?:don(?:’|')?t|do not) (?:want|like) (?:it|that|this|them))\b",
    re.IGNORECASE,
)
_ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "last": -1}
_OUT = re.compile(
    r"\b(?:all|everything|every one) (?:but|except|save)|\b(?:not|without|leave out|skip|except|but not)\b",
    re.IGNORECASE,
)
_PART = re.compile(r"\b(?:slide|question|objective|lesson|module)s?\s+[\d.]*\d\b", re.IGNORECASE)


def switched(said: str) -> list[Wish]:
    """“Ask me before you change anything”, “stop asking”."""
    words = said.strip(" .!")
    if _WORDING.match(words):
        return []
    for on, patterns in ((False, _OFF), (True, _ON)):
        if any(re.search(pattern, words, re.IGNORECASE) for pattern in patterns):
            return [Wish("review_on" if on else "review_off")]
    return []


def switched_only(said: str) -> list[Wish]:
    """The same, where nothing else is said: it is no brief of a course."""
    clauses = re.split(
        r"[.;!]\s|,? and (?=rename|make|remove|delete|move|add|rewrite|merge|split|swap|write)", said.strip(" .!")
    )
    return switched(said) if len(clauses) == 1 else []


def decided(talk: Conversation) -> list[Wish]:
    """What the words say of the proposal made last; nothing when they are about something else."""
    listing = _waiting(talk)
    words = talk.said.strip().rstrip(".!")
    if listing is None:
        if len(words.split()) <= 6 and (
            match := re.match(r"(?:please )?apply\b(?!.*\bagain\b)(?! to\b)(.*)$", words, re.IGNORECASE)
        ):
            return [Wish("apply_proposal", _chosen(match[1], ""))]
        named = re.search(r"\bproposals?\b|\bproposed\b|\bsuggest\w+\b", words, re.IGNORECASE)
        if named and _DECLINE.match(words):
            return [Wish("decline_proposal")]
        return (
            [Wish("apply_proposal")]
            if named and re.match(r"(?:please )?(?:apply|accept)\b", words, re.IGNORECASE)
            else []
        )
    if answers_yes(talk.said):
        return [Wish("apply_proposal")]
    if (answers_no(talk.said) and not declined_for_another(talk)) or _DECLINE.match(words):
        return [Wish("decline_proposal")]
    if match := _APPLY.match(words):
        return [Wish("apply_proposal", _chosen(match["what"], listing))]
    if len(words.split()) <= 10 and _PART_OF_IT.match(words) and (chosen := _chosen(words, listing)):
        return [Wish("apply_proposal", chosen)]
    return []


def declined_for_another(talk: Conversation) -> bool:
    """“No, make it longer”: what waits is put away before something else is proposed."""
    return _waiting(talk) is not None and bool(
        re.match(r"(?:no|nope|nah)\b\s*[,.;:!–-]", talk.said.strip(), re.IGNORECASE)
    )


def proposed(done: Done) -> Done | None:
    """What a tool would have said, had it not been only proposed; None when it was done."""
    if not done.result.startswith(MARK):
        return None
    result = done.result.partition("\n")[2].partition(_LISTING)[0].strip()
    return Done(done.name, done.arguments, result)


def as_proposed(text: str) -> str:
    """What would be done, in words that do not say it was."""
    return _PROPOSED + as_intended(_HINT.sub("", text).strip())


def asking(told: list[str], talk: Conversation) -> str:
    """What is proposed, and the question whether to apply it; empty when nothing is."""
    proposals = [one.removeprefix(_PROPOSED) for one in told if one.startswith(_PROPOSED)]
    if not proposals:
        return ""
    # Numbered only where the card counts the same: two wishes about one part are one change there.
    listing = next((done.result.partition(_LISTING)[2] for done in reversed(talk.done) if _LISTING in done.result), "")
    alike = len(set(re.findall(r"^(\d+)[.\d]*\. ", listing, re.MULTILINE))) == len(proposals)
    whole = (
        proposals[0]
        if len(proposals) == 1
        else "\n"
        + "\n".join(
            f"{f'{number}.' if alike else '-'} {one[:1].upper()}{one[1:]}"
            for number, one in enumerate(proposals, start=1)
        )
    )
    several = any(re.search(r"\n(?:2|1\.2)\. ", done.result) for done in talk.done)
    others = [one for one in told if not one.startswith(_PROPOSED)]
    return "\n\n".join([*others, _PROPOSED + whole, _ASK + (_CHOICE if several else "")])


def applied(done: Done) -> str:
    """What was applied, and whether to apply the rest too."""
    text = done.result.split("\n\nThe outline now")[0].strip()
    if _RESTS not in text:
        return text
    return text.partition(_RESTS)[0].strip() + "\n\nThe rest waits on the card. Shall I apply it too?"


def _waiting(talk: Conversation) -> str | None:
    """The changes, a line each by number, of the proposal the turn before made or left; None when there is none."""
    for done in reversed(talk.last_done):
        if done.name == "decline_proposal":
            return None
        for mark, after in ((MARK, _LISTING), (_RESTS, _RESTS)):
            if mark in done.result:
                return done.result.partition(after)[2].split("\n\n")[0]
        if done.name == "apply_proposal":
            return None
    return None


def _chosen(words: str, listing: str) -> dict[str, object]:
    """Numbers of changes to apply or to leave out; nothing means all."""
    numbers = _by_part(words, listing) or _by_number(words)
    if not numbers:
        return {}
    return {"leave_out": numbers} if _OUT.search(words) else {"changes": numbers}


def _by_part(words: str, listing: str) -> list[int | str]:
    """“The change of slide 3”: those whose line names that part."""
    lines = re.findall(r"^(\d+(?:\.\d+)?)\. (.+)$", listing, re.MULTILINE)
    wanted = [re.sub(r"s(?=\s)", "", part.group().lower()) for part in _PART.finditer(words)]
    return [
        int(number) if number.isdigit() else number
        for number, line in lines
        if any(re.search(rf"\b{re.escape(part)}(?![.\d])", line.lower().split(", “")[0]) for part in wanted)
    ]


def _by_number(words: str) -> list[int | str]:
    parts = re.findall(r"(?<![\d.])\d{1,2}\.\d{1,2}(?![\d.]*\d)", words)
    said = re.sub(r"\d+\.\d+", " ", words.lower())
    count = rf"(\d+|{'|'.join(NUMBERS)})"
    if several := re.search(rf"\bfirst {count}\b", said):
        return list(range(1, _number(several[1]) + 1))
    if several := re.search(rf"\blast {count}\b", said):
        return [-place for place in range(_number(several[1]), 0, -1)]
    ranges = [(int(low), int(high)) for low, high in re.findall(r"\b(\d+)\s*(?:-|–|to|through)\s*(\d+)\b", said)]
    found: list[int | str] = [*parts]
    found += [one for low, high in ranges for one in range(low, min(high, low + 99) + 1)]
    found += [int(one) for one in re.findall(r"\b\d{1,3}\b", said)]
    found += [place for word, place in _ORDER.items() if re.search(rf"\b{word}\b", said)]
    return list(dict.fromkeys(found))


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word]
