"""Tagged blocks in a message: `<brief>…</brief>`, `<passage id="P1.2" section="S1.1">…</passage>`."""

import re
from dataclasses import dataclass
from html import unescape

_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


@dataclass(frozen=True)
class Block:
    """A tag's attributes and what it encloses."""

    attributes: dict[str, str]
    text: str

    def __getitem__(self, name: str) -> str:
        """An attribute, or an empty string."""
        return self.attributes.get(name, "")


def blocks(text: str, tag: str) -> list[Block]:
    """Every block of that tag, in order."""
    found = re.finditer(rf"<{tag}(\s[^<>]*)?>(.*?)</{tag}>", text, re.DOTALL)
    return [Block(_attributes(match[1] or ""), match[2].strip()) for match in found]


def block(text: str, tag: str) -> str:
    """What the last block of that tag encloses, or an empty string."""
    found = blocks(text, tag)
    return found[-1].text if found else ""


def without_blocks(text: str) -> str:
    """The words outside all tags."""
    return re.sub(r"<([\w-]+)(\s[^<>]*)?>.*?</\1>", "", text, flags=re.DOTALL).strip()


def _attributes(text: str) -> dict[str, str]:
    return {match[1]: unescape(match[2] or match[3] or "") for match in _ATTRIBUTE.finditer(text)}
