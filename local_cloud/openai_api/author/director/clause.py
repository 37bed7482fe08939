"""One wish as it was said: its words, the parts it names, and what was spoken of before."""

import re
from dataclasses import dataclass
from functools import cached_property

from course.addresses import Address, Mention, Noun, Which, addresses, mentions, told
from course.quotes import MARK, Masked
from local_cloud.openai_api.author.director.conversation import Conversation
from local_cloud.openai_api.author.director.outline import Outline, lesson_named

_PREPOSITION = re.compile(r",?\s+(?:in|of|on|from|for|at|within|inside)\s+(?:the\s+|its\s+)?$", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:it|this|that|this one|that one)\b", re.IGNORECASE)
_LOOSE = re.compile(r"[\s,.;:]+$")


@dataclass(frozen=True)
class Clause:
    """A wish, its quotations masked, with the course and what was spoken of."""

    said: Masked
    talk: Conversation

    @property
    def text(self) -> str:
        """The words, each quotation one private character."""
        return self.said.text

    @property
    def outline(self) -> Outline:
        """The course as the director is told it."""
        return self.talk.outline

    @cached_property
    def named(self) -> list[Mention]:
        """The parts it names."""
        return mentions(self.said)

    def plain(self, text: str) -> str:
        """A piece of it as the person wrote it, without the marks of quotations."""
        return self.said.plain(text)

    def value(self, text: str) -> str:
        """Words that are to stand in the course: a quotation alone if there is one, else all, without loose ends."""
        quotes = self.said.quoted(text)
        if quotes and len(re.sub(MARK, "", text).split()) <= 3:
            return quotes[-1]
        return self.plain(text).strip().strip(",;:").strip()

    def places(self, *texts: str) -> list[str]:
        """The innermost parts that pieces of it name, as tools take them, completed by what was spoken of."""
        return [told(one) for one in self.ways(*texts)]

    def ways(self, *texts: str) -> list[Address]:
        """The same as addresses; a title without “lesson” before it, and “it”, are understood too."""
        text = " , ".join(texts)
        named = mentions(self.said.again(text))
        if not any(one.noun in (Noun.MODULE, Noun.LESSON) and not one.which[0].open for one in named):
            named = sorted([*named, *self._titles(text, named)], key=lambda one: one.start)
        told_apart = {one.noun for one in named if not one.which[0].open}
        named = [one for one in named if not (one.which[0].open and one.noun in told_apart)]
        found = [self._completed(one) for one in addresses(named)]
        mind = self.talk.part_in_mind or self._lesson_in_mind()
        return found or ([mind] if mind and _PRONOUN.search(text) else [])

    def _titles(self, text: str, named: list[Mention]) -> list[Mention]:
        """Lessons and modules whose titles stand in it, outside of what is named already."""
        parts = [(one.title, Noun.LESSON, Which(words=one.number)) for one in self.outline.lessons]
        parts += [(one.title, Noun.MODULE, Which(one.number)) for one in self.outline.modules]
        found: list[Mention] = []
        plain = text.lower()
        # Only of titles that stand there somehow: making a pattern of each takes long in a large course.
        parts = [part for part in parts if len(part[0]) > 3 and part[0].lower() in plain]
        for title, noun, which in sorted(parts, key=lambda part: -len(part[0])):
            if match := re.search(rf"(?<!\w){re.escape(title)}(?!\w)", text, re.IGNORECASE):
                taken = any(match.start() < one.end and one.start < match.end() for one in [*named, *found])
                found += [] if taken else [Mention(noun, (which,), match.start(), match.end())]
        return found

    def _lesson_in_mind(self) -> Address:
        number = self.talk.lesson_in_mind
        return ((Noun.LESSON, Which(words=number)),) if number else ()

    def without_tail(self, text: str) -> tuple[str, str]:
        """An unquoted value, and the “in lesson 1.2” that was said behind it."""
        end = len(_LOOSE.sub("", text))
        start = end
        for one in reversed(mentions(self.said.again(text))):
            before = _PREPOSITION.search(text[: one.start])
            if one.end < start - 1 or before is None:
                break
            start = before.start()
        return (text[:start], text[start:]) if start > 0 else (text, "")

    def _completed(self, way: Address) -> Address:
        """With the lesson, slide or question that was spoken of, where the words leave it open."""
        leaf, which = way[-1]
        if leaf.depth < 3:
            return way
        way = tuple(step for step in way if not (step[1].open and step[0].depth in (1, 2)))
        mind = dict(self.talk.part_in_mind)
        holder = _HOLDER.get(leaf)
        if which.words and not _says_lesson(way) and self.talk.part_spoken_of:
            # Where was said in this same message: “on slide 6 of 1.2, delete the sentence that …”.
            outer = [step for step in self.talk.part_spoken_of if step[0].depth < leaf.depth]
            return (*[step for step in outer if step[0].depth < 3 or step[0] is holder], *way)
        if leaf.depth == 3 and which.open and leaf in mind and not _says_lesson(way):
            return (*_lesson_step(mind), (leaf, mind[leaf]))
        held = any(noun is holder and not one.open for noun, one in way)
        if holder in mind and holder is not None and not held and not which.words and not _says_lesson(way):
            return (*_lesson_step(mind), (holder, mind[holder]), way[-1])
        if _says_lesson(way) or (which.words and leaf is not Noun.SLIDE):
            return way
        inner = dict(way).get(holder, Which()) if holder else which
        if inner.words and leaf is not Noun.SLIDE:
            return way
        number = self._lesson_number()
        return ((Noun.LESSON, Which(words=number)), *way) if number else way

    def _lesson_number(self) -> str | None:
        found = lesson_named(re.sub(MARK, " ", self.text), self.outline) or self.talk.lesson_in_mind
        return found if found is None or re.fullmatch(r"\d+\.\d+", found) else None


_HOLDER = {
    Noun.SENTENCE: Noun.SLIDE,
    Noun.POINT: Noun.SLIDE,
    Noun.NARRATION: Noun.SLIDE,
    Noun.SUBTITLE: Noun.SLIDE,
    Noun.TEXT: Noun.SLIDE,
    Noun.TERM: Noun.SLIDE,
    Noun.CHOICE: Noun.QUESTION,
    Noun.EXPLANATION: Noun.QUESTION,
    Noun.ANSWER: Noun.QUESTION,
}


def _says_lesson(way: Address) -> bool:
    return any(noun in (Noun.LESSON, Noun.MODULE) for noun, _ in way)


def _lesson_step(mind: dict[Noun, Which]) -> tuple[tuple[Noun, Which], ...]:
    return ((Noun.LESSON, mind[Noun.LESSON]),) if Noun.LESSON in mind else ()
