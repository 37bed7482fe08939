"""Words in quotation marks set aside, so that nothing inside them is read as part of the sentence around them."""

import re
from dataclasses import dataclass

_QUOTED = re.compile(
    r"“(?P<curly>[^”]*)”|\"(?P<straight>[^\"]*)\"|«(?P<guillemets>[^»]*)»|„(?P<low>[^“”]*)[“”]|`(?P<ticks>[^`]*)`"
    r"|(?<!\w)‘(?P<single>[^\n]+?)’(?!\w)|(?<!\w)'(?=\S)(?P<plain>[^\n]+?)(?<=\S)'(?!\w)",
)
_FIRST = 0xE000
MARK = "[\ue000-\uf8ff]"
"""One character that stands for a quotation, as a regular expression."""


@dataclass(frozen=True)
class Masked:
    """A text in which each quotation is one private character; `quotes` have their marks still around them."""

    text: str
    quotes: tuple[str, ...]

    def plain(self, text: str) -> str:
        """A piece of the text with its quotations back, without their marks."""
        return re.sub(MARK, lambda match: self._quote(match.group())[1:-1].strip(), text)

    def quoted(self, text: str) -> list[str]:
        """The quotations that stand in a piece of the text, in order, without their marks."""
        return [self._quote(one)[1:-1].strip() for one in re.findall(MARK, text)]

    def as_said(self, text: str) -> str:
        """A piece of the text as it was written, marks and all."""
        return re.sub(MARK, lambda match: self._quote(match.group()), text)

    def again(self, text: str) -> "Masked":
        """A piece of the text, masked as it was."""
        return Masked(text, self.quotes)

    def _quote(self, mark: str) -> str:
        place = ord(mark) - _FIRST
        return self.quotes[place] if place < len(self.quotes) else mark


def masked(text: str) -> Masked:
    """The text with its quotations set aside; characters that look like our own marks are dropped."""
    quotes: list[str] = []

    def aside(match: re.Match[str]) -> str:
        quotes.append(match.group())
        return chr(_FIRST + len(quotes) - 1)

    return Masked(_QUOTED.sub(aside, re.sub(MARK, "", text)), tuple(quotes))
