"""Course files in lines: headings, and what stands below each, with the numbers of their lines."""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NoReturn

from course.errors import UnreadableDocument

_HEADING = re.compile(r"(#{1,6}) +(.*)")
_CHOICE = re.compile(r"[-*] \[([ xX])\] (.*)")
_POINT = re.compile(r"[-*] (.*)")
_STEP = re.compile(r"\d+[.)] (.*)")
_SOURCE = re.compile(r'Source (?P<ref>"(?:[^"\\]|\\.)*"|[\w.]+):(?: (?P<quote>.*))?')
_VALUE = re.compile(r"(?P<name>[A-Z][a-z]+):(?: +(?P<value>.*))?")
_REFERENCE = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[^",\s]+)\s*(?:,|$)')


@dataclass
class Block:
    """A heading and what stands below it until the next."""

    line: int
    level: int
    heading: str
    values: dict[str, str] = field(default_factory=dict)
    points: dict[str, list[str]] = field(default_factory=dict)
    """Bullets and numbered steps, by the value they follow (`Left`, `Right`); else under an empty name."""
    choices: list[tuple[bool, str]] = field(default_factory=list)
    sources: list[tuple[str, str]] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)

    @property
    def prose(self) -> str:
        """The quoted lines together."""
        return "\n".join(self.quoted)

    def only(self, *names: str, points: Collection[str] = (), quoted: bool = False, sources: bool = False) -> None:
        """Nothing else may stand here: what nobody reads would be lost without a word."""
        for name in self.values:
            if name not in names:
                unreadable(self.line, f"“{name}:” has no place below this heading.")
        if set(self.points) - set(points):
            unreadable(self.line, "bullets have no place where they stand below this heading.")
        if self.quoted and not quoted:
            unreadable(self.line, "lines with > have no place below this heading.")
        if self.sources and not sources:
            unreadable(self.line, "sources have no place below this heading.")


def unreadable(line: int, reason: str) -> NoReturn:
    """Ends reading: says where and why."""
    raise UnreadableDocument(f"Line {line} of this file cannot be read: {reason} Mend it there and attach it again.")


def read_head(lines: list[str]) -> tuple[dict[str, str], int]:
    """The values between the two `---` at the top, and how many lines they take."""
    head: dict[str, str] = {}
    for number, line in enumerate(lines[1:], start=2):
        if line.strip() == "---":
            return head, number
        name, colon, value = line.partition(":")
        if not colon:
            unreadable(number, "I expected a name, a colon and a value, or --- to end the head of the file.")
        head[name.strip()] = value.strip()
    unreadable(len(lines), "the head of the file has no end; it takes a line with --- only.")


def blocks(lines: list[str], start: int) -> Iterator[Block]:
    """The blocks of the file after its head."""
    block: Block | None = None
    group = ""
    for number, line in enumerate(lines[start:], start=start + 1):
        if heading := _HEADING.fullmatch(line):
            if block:
                yield block
            block, group = Block(number, len(heading[1]), heading[2].strip()), ""
        elif line.strip():
            if block is None:
                unreadable(number, "I expected the title of the course, like “# Title”.")
            group = _take(block, group, number, line)
    if block:
        yield block


def references(text: str, line: int) -> list[str]:
    """`S1.1, S1.2` as a list; one of unusual signs stands in quotation marks."""
    found, place = [], 0
    while place < len(text):
        match = _REFERENCE.match(text, place)
        if match is None:
            unreadable(line, "I expected references separated by commas, like S1.1, S1.2.")
        found.append(_unquoted(match[1]))
        place = match.end()
    return found


def _take(block: Block, group: str, number: int, line: str) -> str:
    """Puts a line where it belongs; returns the value that bullets after it belong to."""
    if line.startswith(">"):
        block.quoted.append(line[2:] if line.startswith("> ") else line[1:])
    elif choice := _CHOICE.fullmatch(line):
        block.choices.append((choice[1] != " ", choice[2]))
        # It may be a bullet of these very signs, where no choice is expected.
        block.points.setdefault(group, []).append(line[2:])
    elif point := _POINT.fullmatch(line) or _STEP.fullmatch(line):
        block.points.setdefault(group, []).append(point[1])
    elif source := _SOURCE.fullmatch(line):
        block.sources.append((_unquoted(source["ref"]), source["quote"] or ""))
    elif value := _VALUE.fullmatch(line):
        if value["name"] in block.values:
            unreadable(number, f"{value['name']} is given twice here.")
        block.values[value["name"]] = value["value"] or ""
        return value["name"] if value["name"] in ("Left", "Right") else group
    else:
        unreadable(number, f"“{_short(line)}” begins with no mark I know. Narration begins with >, points with -.")
    return group


def _unquoted(reference: str) -> str:
    return str(json.loads(reference)) if reference.startswith('"') else reference


def _short(line: str) -> str:
    return line if len(line) <= 60 else f"{line[:59]}…"
