"""The present outline as the outliner is given it, and the parts of it that an instruction names."""

import re
from typing import Any

from local_cloud.openai_api.author.brief import NUMBERS

Part = dict[str, Any]

_ORDINALS = {
    name: number
    for number, name in enumerate(["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"], 1)
}
_REFERENCE = re.compile(
    r"\b(?:(?P<kind>modules?|lessons?)\s+(?P<numbers>(?:\d+(?:\.\d+)?|one|two|three|four|five|six|"
    r"seven|eight|last)(?:\s*(?:,|and|&|with|to|-|–)\s*(?:modules?\s+|"
    r"lessons?\s+)?(?:\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight)(?![\w.]*\s*min))*)"
    r"|(?P<ordinal>first|second|third|fourth|fifth|sixth|seventh|eighth|last|two last|last two|"
    r"first two)\s+(?P<what>modules?|lessons?)|(?P<bare>\d+\.\d+))",
    re.IGNORECASE,
)


def read_course(text: str) -> Part | None:
    """The outline as its block tells it, or None when there is none."""
    course: Part = {"title": "", "audience": "", "modules": []}
    for line in text.splitlines():
        _read_line(course, line.strip())
    lessons = [lesson for module in course["modules"] for lesson in module["lessons"]]
    return course if course["title"] and lessons else None


def _read_line(course: Part, line: str) -> None:
    modules = course["modules"]
    lessons = modules[-1]["lessons"] if modules else []
    if match := re.match(r"Course: (.+?)(?: \(audience: (.*?), revision \d+\))?$", line):
        course["title"], course["audience"] = match[1], match[2] or ""
    elif match := re.match(r"Module \d+: (.+)$", line):
        modules.append({"title": match[1], "lessons": []})
    elif (match := re.match(r"Lesson [\d.]+: (.+?) \((\d+) min\)", line)) and modules:
        lessons.append({"title": match[1], "objectives": [], "minutes": int(match[2]), "sections": []})
    elif line.startswith("Objective: ") and lessons:
        lessons[-1]["objectives"].append(line.removeprefix("Objective: "))
    elif line.startswith("Sections: ") and lessons:
        lessons[-1]["sections"] = [one.strip() for one in line.removeprefix("Sections: ").split(",")]


class Places:
    """Where things stood when the teacher spoke: numbers keep their meaning through several changes."""

    def __init__(self, modules: list[Part]) -> None:
        self.modules = list(modules)
        self.lessons = {
            f"{number}.{place}": lesson
            for number, module in enumerate(modules, 1)
            for place, lesson in enumerate(module["lessons"], 1)
        }

    def named(self, text: str) -> list[Part]:
        """The modules and lessons a text speaks of, in its order."""
        found: list[Part] = []
        for match in _REFERENCE.finditer(text):
            for one in self._numbers(match):
                part = self.lessons.get(one) if "." in one else self._module(one)
                if part is not None and not any(part is other for other in found):
                    found.append(part)
        return found

    def _module(self, number: str) -> Part | None:
        place = len(self.modules) if number == "last" else NUMBERS.get(number) or int(number)
        return self.modules[place - 1] if 1 <= place <= len(self.modules) else None

    def _numbers(self, match: re.Match[str]) -> list[str]:
        if match["bare"]:
            return [match["bare"]]
        if match["ordinal"]:
            ordinal = match["ordinal"].lower()
            if "two" in ordinal:
                ends = [1, 2] if "first" in ordinal else [len(self.modules) - 1, len(self.modules)]
                return [str(end) for end in ends]
            place = len(self.modules) if ordinal == "last" else _ORDINALS[ordinal]
            if match["what"].lower().startswith("lesson"):
                keys = list(self.lessons)
                return [keys[-1] if ordinal == "last" else keys[min(place, len(keys)) - 1]]
            return [str(place)]
        return re.findall(r"\d+\.\d+|\d+|last|" + "|".join(NUMBERS), match["numbers"].lower())
