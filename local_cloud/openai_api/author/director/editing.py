"""Wishes that change one thing: rename, replace, remove, move, retime, add, rewrite."""

import re

from local_cloud.openai_api.author.brief import MINUTES, minutes_asked
from local_cloud.openai_api.author.director.outline import Outline, lesson_named, lessons_named, module_numbers
from local_cloud.openai_api.author.director.tools import Wish
from local_cloud.openai_api.author.words import capitalised

_QUOTE = "\"“”'‘’`*"
_RENAME = re.compile(
    r"\b(?:rename|retitle|re-title|change the (?:title|name) of|change|set the title of|call|"
    r"name)\s+(?P<what>.+?)"
    r"(?:\s+(?:title|name))?\s*(?:\bto\b|\bas\b|\binto\b|:|→|->)\s*(?P<title>.+)$",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"\b(?:call|name|title)\s+(?P<what>(?:the |this |my )?course|(?:the )?module \w+|(?:the "
    r")?lesson [\w.]+|it)\s+(?P<title>.+)$",
    re.IGNORECASE,
)
_SHOULD = re.compile(
    r"^(?P<what>(?:the |this |my )?course|(?:the )?module \w+|(?:the )?lesson [\d.]+) (?:should|"
    r"must) be (?:called|named|titled)\s+(?P<title>.+)$",
    re.IGNORECASE,
)
_REPLACE = (
    re.compile(
        r"\breplace\s+(?:(?:the )?(?:word|words|term|phrase|all|every|"
        r"each)\s+(?:of\s+)?)?(?P<find>.+?)\s+(?:with|by)\s+(?P<replace>.+)$",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:use|say|write)\s+(?P<replace>.+?)\s+(?:instead of|rather than)\s+(?P<find>.+)$", re.IGNORECASE),
    re.compile(
        r"\bchange\s+(?:the )?(?:word|words|term|phrase)s?\s+(?P<find>.+?)\s+(?:to|into)\s+(?P<replace>.+)$",
        re.IGNORECASE,
    ),
    re.compile(r"\bchange\s+(?P<find>[\"“].+?[\"”])\s+(?:to|into)\s+(?P<replace>.+)$", re.IGNORECASE),
)
_EVERYWHERE = re.compile(
    r"\s*,?\s+(?:everywhere|throughout(?: the (?:whole )?course)?|in (?:the (?:whole )?course|all "
    r"lessons|every lesson|lesson [\d.]+|\d+\.\d+))\s*$",
    re.IGNORECASE,
)
_REMOVE = re.compile(r"\b(?:remove|delete|drop|get rid of|throw out|cut|leave out)\b", re.IGNORECASE)
_MOVE = re.compile(
    r"\b(?:move|put|place|shift|bring)\b(?P<what>.+?)\b(?P<position>(?:right |just |directly "
    r")?(?:before|after|behind)\b.+|(?:in)?to\b.+|first\b|last\b|at the (?:beginning|start|top|"
    r"end)\b.*|up\b|down\b)",
    re.IGNORECASE,
)
_NOT_RETIMED = re.compile(
    r"\b(?:add|render|rename|retitle|call|replace|remove|delete|split|divide|merge|swap|slides?|quiz)\b", re.IGNORECASE
)
_BY_MINUTES = re.compile(r"\bminutes?\s+(more|less|longer|shorter|fewer)\b", re.IGNORECASE)
_ADD_MODULE = re.compile(
    r"\b(?:add|insert|include|append|create)\s+(?:an?\s+|another\s+|one more\s+)?(?:new\s+|"
    r"empty\s+)*module\b\s*(?:on|about|called|named|titled|for|covering|"
    r":)?\s*(?P<title>.+?)?(?:\s+(?:after|behind)\s+(?P<after>module\s+\w+|.+))?$",
    re.IGNORECASE,
)
_ADD_LESSON = re.compile(
    r"\b(?:add|insert|include|append|create)\s+(?:an?\s+|another\s+|one more\s+)?(?:new\s+|"
    r"short\s+|\w+[\s-]minute\s+)*lesson\b\s*(?:on|about|called|named|titled|for|covering|"
    r":)?\s*(?P<title>.+)$",
    re.IGNORECASE,
)
_INTO_MODULE = re.compile(
    r"\s*\b(?:to|in|into|at the end of|under|for)\s+(?:the\s+)?(?:module\s+[^,.]+|(?:first|second|"
    r"third|fourth|last)\s+module)\s*",
    re.IGNORECASE,
)
_STYLE = re.compile(
    r"\b(?:simpl\w+|eas(?:y|ier)|short(?:er|en)?|long(?:er)?|lengthen|brief\w*|concise|"
    r"condense\w*|expand|detail\w*|deeper|examples?|reword|rephrase|"
    r"rewrite|re-write|revise|improve|redo|clear(?:er)?|clarify|formal|informal|friendl\w+|"
    r"engaging|technical|jargon|plain(?:er)?|"
    r"quiz|questions?|narration|slides?|bullets?|points?|tone|intro(?:duction)?|recap|summary|less|more)\b",
    re.IGNORECASE,
)
_BY_PRONOUN = re.compile(r"\b(?:it|this|that|this lesson|that lesson|the lesson|this one)\b", re.IGNORECASE)


def renamed(clause: str, outline: Outline, in_mind: str | None) -> Wish | None:
    """“Rename module 2 to …”, “call the course …”."""
    if re.search(r"\b(?:word|term|phrase|slide|audience|tone|language)s?\b", clause, re.IGNORECASE):
        return None
    match = _CALL.search(clause) or _SHOULD.search(clause) or _RENAME.search(clause)
    if match is None:
        return None
    title = match["title"].strip().strip(_QUOTE).rstrip(".").strip().strip(_QUOTE)
    target = named_target(match["what"], outline) or (
        f"lesson {in_mind}" if in_mind and _BY_PRONOUN.search(match["what"]) else None
    )
    return Wish("rename", {"target": target, "title": title}) if target and title else None


def named_target(text: str, outline: Outline) -> str | None:
    """The part a text names, in the words tools take: `course`, `module 2`, `lesson 1.2`."""
    lesson = lesson_named(text, outline)
    if lesson is not None:
        return lesson if lesson.startswith("lesson") else f"lesson {lesson}"
    if numbers := module_numbers(text, outline):
        return f"module {numbers[0]}"
    if re.search(r"\b(?:course|title)\b", text, re.IGNORECASE):
        return "course"
    named = [one for one in outline.modules if re.search(rf"\b{re.escape(one.title)}\b", text, re.IGNORECASE)]
    return f"module {named[0].number}" if named else None


def replaced(clause: str, outline: Outline, _: str | None) -> Wish | None:
    """“Replace X by Y in lesson 1.2”."""
    for pattern in _REPLACE:
        if match := pattern.search(clause.rstrip(".")):
            lesson = (
                lesson_named(clause, outline) if re.search(r"\blesson\b|\bin \d+\.\d+", clause, re.IGNORECASE) else None
            )
            find, replace = (
                _EVERYWHERE.sub("", match[one]).strip().strip(_QUOTE).strip() for one in ("find", "replace")
            )
            if re.search(r"\bslide \d", find, re.IGNORECASE):
                return None
            return Wish("replace_text", {"find": find, "replace": replace, "lesson": lesson, "where": lesson})
    return None


def removed(clause: str, outline: Outline, in_mind: str | None) -> list[Wish]:
    """“Remove lesson 2.3 and module 4”; parts of a lesson are rewritten instead."""
    if not _REMOVE.search(clause) or re.search(
        r"\b(?:slide|bullet|point|question|quiz|example|sentence)s?\b", clause, re.IGNORECASE
    ):
        return []
    targets = lessons_named(clause, outline)
    if not targets and in_mind and _BY_PRONOUN.search(clause):
        targets = [in_mind]
    if not targets and (target := named_target(clause, outline)) and target != "course":
        targets = [target]
    named = [one if one.startswith(("module", "lesson")) else f"lesson {one}" for one in targets]
    return [Wish("remove", {"target": one}) for one in named]


def moved(clause: str, outline: Outline, in_mind: str | None) -> Wish | None:
    """“Move lesson 1.2 to module 3”, “put module 3 first”."""
    match = _MOVE.search(clause.rstrip("."))
    if match is None:
        return None
    target = named_target(match["what"], outline) or (
        f"lesson {in_mind}" if in_mind and _BY_PRONOUN.search(match["what"]) else None
    )
    if target is None or target == "course":
        return None
    position = re.sub(
        r"^to (?:the )?(?=(?:beginning|start|top|end|first|last)\b)", "", match["position"].strip(), flags=re.IGNORECASE
    )
    position = re.sub(r"^to (?=module)", "into ", position, flags=re.IGNORECASE)
    position = re.sub(
        r"^(?:at the |the )?(?:beginning|start|top)$",
        "first",
        re.sub(r"^at the |^the ", "", position),
        flags=re.IGNORECASE,
    )
    return Wish("move", {"target": target, "position": re.sub(r"^(?:end|bottom)$", "last", position)})


def retimed(clause: str, outline: Outline, in_mind: str | None) -> list[Wish]:
    """“Lesson 1.2 should take 8 minutes”."""
    minutes = minutes_asked(clause)
    if minutes is None or _NOT_RETIMED.search(clause):
        return []
    if re.search(r"\b(?:all|every|each)\b.*\blessons?\b", clause, re.IGNORECASE):
        numbers = [one.number for one in outline.lessons]
    else:
        named = lessons_named(MINUTES.sub("", clause), outline)
        numbers = [
            one for name in named for one in ([name] if not name.startswith("module") else _inside(name, outline))
        ]
        if not numbers and in_mind and _BY_PRONOUN.search(clause):
            numbers = [in_mind]
    planned = {one.number: one.minutes for one in outline.lessons}
    more = _BY_MINUTES.search(clause)
    step = 0 if more is None else -minutes if more[1].lower() in ("less", "shorter", "fewer") else minutes
    return [
        Wish("set_minutes", {"lesson": number, "minutes": max(1, planned.get(number, 6) + step) if step else minutes})
        for number in numbers
    ]


def _inside(module: str, outline: Outline) -> list[str]:
    number = int(module.split()[1])
    return [one.number for one in next((m.lessons for m in outline.modules if m.number == number), [])]


def added(clause: str, outline: Outline) -> Wish | None:
    """“Add a lesson on X to module 2”, “add a module about Y after module 1”."""
    if match := _ADD_MODULE.search(clause.rstrip(".")):
        title = capitalised((match["title"] or "").strip().strip(_QUOTE))
        if not title:
            return None
        if outline.documents and outline.modules:
            # With documents at hand the outliner fills the module with lessons that rest on them.
            return Wish("revise_outline", {"instruction": clause})
        return Wish("add_module", {"title": title, "after": match["after"]})
    if match := _ADD_LESSON.search(clause.rstrip(".")):
        numbers = module_numbers(clause, outline)
        title = _INTO_MODULE.sub(" ", MINUTES.sub("", match["title"])).strip(" ,.").strip(_QUOTE).strip()
        if not title or not outline.modules:
            return None
        subject = capitalised(title)
        return Wish(
            "add_lesson",
            {
                "module": f"module {numbers[0] if numbers else outline.modules[-1].number}",
                "title": subject,
                "objectives": [f"Explain {title[:1].lower() + title[1:]}"],
                "minutes": minutes_asked(clause),
            },
        )
    return None


def rewritten(clause: str, outline: Outline, in_mind: str | None) -> list[Wish]:
    """“Make lesson 1.2 simpler”, “add an example to slide 4”: the words go to the writer as they are."""
    if not _STYLE.search(clause):
        return []
    named = lessons_named(clause, outline)
    numbers = [one for name in named for one in (_inside(name, outline) if name.startswith("module") else [name])]
    if not numbers and re.search(r"\b(?:all|every|each)\b.*\blessons?\b", clause, re.IGNORECASE):
        numbers = [one.number for one in outline.lessons if one.drafted]
    pointing = (
        len(clause.split()) <= 4
        or _BY_PRONOUN.search(clause)
        or re.search(r"\bslide\b|\bquiz\b", clause, re.IGNORECASE)
    )
    if not numbers and in_mind and pointing:
        numbers = [in_mind]
    return [Wish("rewrite_lesson", {"lesson": number, "instruction": clause}) for number in numbers]
