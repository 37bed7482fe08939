"""An outline changed as a teacher asks: merge, split, move, remove, rename, add, regroup, retime."""

import copy
import itertools
import re
from collections.abc import Callable

from local_cloud.openai_api.author.brief import Brief, minutes_asked, modules_asked
from local_cloud.openai_api.author.outline_parts import Part, Places
from local_cloud.openai_api.author.titles import joint, series, summary
from local_cloud.openai_api.author.words import capitalised, clipped

_CLAUSE = re.compile(
    r"\s*(?:[;.\n]\s+|,?\s+(?:and then|then)\s+|,?\s+and\s+(?=(?:add|remove|delete|drop|merge|"
    r"combine|split|move|rename|make|put|swap|insert)\b))\s*",
    re.IGNORECASE,
)


def changed(course: Part, instruction: str, brief: Brief) -> Part:
    """The whole outline after the instruction; what it does not concern stays letter by letter."""
    planned = copy.deepcopy(course)
    before = Places(planned["modules"])
    for clause in _CLAUSE.split(instruction.strip()):
        if clause:
            _apply(planned, clause.strip(" .!"), before)
    planned["modules"] = [module for module in planned["modules"] if module["lessons"]]
    asked = re.search(
        r"\b(?:audience(?: is| to|:)?|aimed at|(?:suitable|make (?:it|this|the course)) "
        r"for)\s+([^.,;]{3,80})",
        instruction,
    )
    audience = asked[1].strip() if asked else course["audience"]
    return {
        "title": planned["title"],
        "summary": summary(planned["title"], audience or "beginners", planned["modules"] or course["modules"]),
        "audience": audience or "beginners",
        "language": brief.language,
        "modules": planned["modules"] or course["modules"],
    }


def _apply(course: Part, clause: str, before: Places) -> None:
    for pattern, change in _CHANGES:
        if re.search(pattern, clause, re.IGNORECASE):
            change(course, clause, before)
            return
    if (count := modules_asked(clause)) is not None:
        _regroup(course, count)
    elif match := re.search(r"\b(fewer|less|more) modules\b", clause, re.IGNORECASE):
        _regroup(course, len(course["modules"]) + (1 if match[1].lower() == "more" else -1))


def _merge(course: Part, clause: str, before: Places) -> None:
    parts = before.named(clause)
    if len(parts) < 2:
        if (count := modules_asked(clause)) is not None:
            _regroup(course, count)
        return
    first, *others = parts
    if "lessons" in first:
        title = _new_title(clause) or joint([part["title"] for part in parts])
        first["lessons"] += [lesson for other in others for lesson in other.get("lessons", [])]
        course["modules"] = [one for one in course["modules"] if not _among(one, others)]
    else:
        title = _new_title(clause) or series([part["title"] for part in parts])
        first["objectives"] = list(dict.fromkeys(goal for part in parts for goal in part["objectives"]))[:6]
        first["sections"] = list(dict.fromkeys(section for part in parts for section in part["sections"]))
        first["minutes"] = min(15, sum(part["minutes"] for part in parts))
        _without(course, others)
    first["title"] = clipped(title, 150)


def _split(course: Part, clause: str, before: Places) -> None:
    for part in before.named(clause):
        if "lessons" in part and len(part["lessons"]) > 1:
            _split_module(course, part)
        elif "lessons" not in part:
            _split_lesson(course, part)


def _split_module(course: Part, module: Part) -> None:
    half = -(-len(module["lessons"]) // 2)
    place = next(index for index, one in enumerate(course["modules"]) if one is module)
    second = {"lessons": module["lessons"][half:]}
    module["lessons"] = module["lessons"][:half]
    second["title"] = joint([lesson["title"] for lesson in second["lessons"]])
    module["title"] = joint([lesson["title"] for lesson in module["lessons"]])
    course["modules"].insert(place + 1, second)


def _split_lesson(course: Part, lesson: Part) -> None:
    module, place = _home(course, lesson)
    if module is None:
        return
    second = {
        "title": clipped(f"{lesson['title']}, continued", 150),
        "minutes": max(3, lesson["minutes"] // 2),
        "objectives": lesson["objectives"][-(-len(lesson["objectives"]) // 2) :] or lesson["objectives"],
        "sections": lesson["sections"][len(lesson["sections"]) // 2 :],
    }
    lesson["minutes"] = max(3, lesson["minutes"] - second["minutes"])
    if len(lesson["objectives"]) > 1:
        lesson["objectives"] = lesson["objectives"][: -(-len(lesson["objectives"]) // 2)]
    if len(lesson["sections"]) > 1:
        lesson["sections"] = lesson["sections"][: len(lesson["sections"]) // 2]
    module["lessons"].insert(place + 1, second)


def _remove(course: Part, clause: str, before: Places) -> None:
    parts = before.named(clause)
    course["modules"] = [module for module in course["modules"] if not _among(module, parts)]
    _without(course, parts)


def _move(course: Part, clause: str, before: Places) -> None:
    head, _, target = (
        re.split(r"\b(to|before|after|into|in front of|behind)\b", clause, maxsplit=1, flags=re.IGNORECASE)
        if (re.search(r"\b(?:to|before|after|into|in front of|behind)\b", clause, re.IGNORECASE))
        else (clause, "", "")
    )
    parts, goals = before.named(head), before.named(target)
    after = bool(re.search(r"\b(?:after|behind|end|last)\b", clause[len(head) :], re.IGNORECASE))
    for part in parts:
        if "lessons" in part:
            _move_module(course, part, goals[0] if goals else None, after=after)
        else:
            _move_lesson(course, part, goals[0] if goals else None, after=after)


def _move_module(course: Part, module: Part, goal: Part | None, *, after: bool) -> None:
    rest = [one for one in course["modules"] if one is not module]
    place = next((index for index, one in enumerate(rest) if one is goal), len(rest) - 1 if after else 0)
    rest.insert(place + after, module)
    course["modules"] = rest


def _move_lesson(course: Part, lesson: Part, goal: Part | None, *, after: bool) -> None:
    home, _ = _home(course, lesson)
    if home is None or goal is None:
        return
    home["lessons"] = [one for one in home["lessons"] if one is not lesson]
    if "lessons" in goal:
        goal["lessons"].append(lesson)
        return
    target, place = _home(course, goal)
    (target or home)["lessons"].insert(place + after, lesson)


def _swap(course: Part, clause: str, before: Places) -> None:
    parts = before.named(clause)
    if len(parts) == 2 and all("lessons" in part for part in parts):
        places = [next(i for i, one in enumerate(course["modules"]) if one is part) for part in parts]
        course["modules"][places[0]], course["modules"][places[1]] = parts[1], parts[0]
    elif len(parts) == 2:
        (one, first), (other, second) = (_home(course, part) for part in parts)
        if one is not None and other is not None:
            one["lessons"][first], other["lessons"][second] = parts[1], parts[0]


def _rename(course: Part, clause: str, before: Places) -> None:
    title = _new_title(clause)
    if not title:
        return
    parts = before.named(clause.split(title, maxsplit=1)[0])
    target = parts[0] if parts else course
    target["title"] = clipped(title, 150)


def _add(course: Part, clause: str, before: Places) -> None:
    match = re.search(
        r"\b(?:on|about|for|covering|called|titled|named|:)\s+[\"“‘']?(.+?)[\"”’']?(?:\s+(?:after|"
        r"before|to|in|into|at)\s+(?:the\s+)?(?:module|lesson|end|beginning|start|\d|first|last).*)?$",
        clause,
        re.IGNORECASE,
    )
    if match is None:
        return
    subject = capitalised(match[1].strip(' ."“”'))
    lesson = {
        "title": clipped(subject, 150),
        "objectives": [f"Explain {subject[:1].lower() + subject[1:]}"],
        "minutes": 6,
        "sections": [],
    }
    goals = before.named(clause[match.end(1) :])
    if re.search(r"\bmodule\b", clause[: match.start()], re.IGNORECASE):
        module = {"title": lesson["title"], "lessons": [lesson]}
        course["modules"].append(module)
        if goals or re.search(r"beginning|start|first", clause, re.IGNORECASE):
            _move_module(course, module, goals[0] if goals else None, after=" before " not in clause and bool(goals))
        return
    goal = goals[0] if goals else course["modules"][-1]
    home, place = (goal, len(goal["lessons"])) if "lessons" in goal else _home(course, goal)
    (home or course["modules"][-1])["lessons"].insert(place + ("lessons" not in goal), lesson)


def _retime(course: Part, clause: str, before: Places) -> None:
    minutes = minutes_asked(clause)
    parts = before.named(clause) or course["modules"]
    for lesson in [one for part in parts for one in part.get("lessons", [part])]:
        factor = 0.7 if re.search(r"short", clause, re.IGNORECASE) else 1.4
        lesson["minutes"] = minutes or max(2, min(20, round(lesson["minutes"] * factor)))


def _regroup(course: Part, count: int) -> None:
    """The same lessons in the same order, in another number of modules."""
    lessons = [lesson for module in course["modules"] for lesson in module["lessons"]]
    count = max(1, min(count, len(lessons)))
    if count == len(course["modules"]):
        return
    cuts = [round(len(lessons) * place / count) for place in range(count + 1)]
    groups = [lessons[start:end] for start, end in itertools.pairwise(cuts)]
    kept = {id(module["lessons"][0]): module["title"] for module in course["modules"] if module["lessons"]}
    course["modules"] = [{"title": _title_of(group, kept), "lessons": group} for group in groups]


def _title_of(group: list[Part], kept: dict[int, str]) -> str:
    titles = [kept[id(lesson)] for lesson in group if id(lesson) in kept]
    return joint(titles) if id(group[0]) in kept else joint([lesson["title"] for lesson in group])


def _reverse(course: Part, *_: object) -> None:
    course["modules"].reverse()


def _new_title(clause: str) -> str:
    """What comes after “to”, “as” or “called”, if it is a title."""
    match = re.search(
        r"\b(?:to|as|called|titled|named|into)\s+[\"“‘']?((?!module|lesson|one\b|the\b|\d).+?)[\"”’']?$",
        clause,
        re.IGNORECASE,
    )
    quoted = re.search(r"[\"“]([^\"”]+)[\"”]", clause)
    return quoted[1].strip() if quoted else match[1].strip() if match else ""


def _home(course: Part, lesson: Part) -> tuple[Part | None, int]:
    for module in course["modules"]:
        for place, one in enumerate(module["lessons"]):
            if one is lesson:
                return module, place
    return None, 0


def _among(part: Part, parts: list[Part]) -> bool:
    return any(part is other for other in parts)


def _without(course: Part, lessons: list[Part]) -> None:
    for module in course["modules"]:
        module["lessons"] = [lesson for lesson in module["lessons"] if not _among(lesson, lessons)]


_CHANGES: tuple[tuple[str, Callable[[Part, str, Places], None]], ...] = (
    (r"\b(?:swap|exchange|switch)\b", _swap),
    (r"\b(?:merge|combine|join|unite|fold|put .+ together)\b", _merge),
    (r"\b(?:split|divide|break up|break .+ in)\b", _split),
    (r"\b(?:rename|retitle|call)\b|\btitle\b.+\bto\b", _rename),
    (r"\b(?:remove|delete|drop|cut|leave out|get rid of|skip|without)\b", _remove),
    (r"\b(?:add|insert|include)\b|\bnew (?:module|lesson)\b", _add),
    (r"\breverse\b", _reverse),
    (r"\b(?:move|put|place|shift|bring)\b", _move),
    (r"\b(?:\w+[\s-]*min(?:ute)?s?\b|shorter|longer|shorten|lengthen)", _retime),
)
