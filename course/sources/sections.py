"""Blocks to sections: by headings, else by chapters, else by size."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from course.models.text import clean
from course.sentences import count_words, split_sentences
from course.sources.document import Block

TITLE_LENGTH = 160
_SPLIT_ABOVE = 1500
_PART = 700
_SHORT_PART = 350  # of a text without headings that is too short for several whole parts
_FEW_WORDS = 1200

_FIGURE = r"(?:Figures?|Figs?\.?|Abb(?:ildung|\.)|Photo|Image)\s*\d+(?:[.–-]\d+)*[a-z]?"
_CAPTION = re.compile(rf"^\**{_FIGURE}\**\s*[.:|–—-]?", re.IGNORECASE)
_MENTION = re.compile(
    rf"\s*[(\[](?:see\s+|as in\s+|siehe\s+)?{_FIGURE}(?:\s*(?:,|and|und|&)\s*{_FIGURE})*[)\]]", re.IGNORECASE
)
_LEADER = re.compile(r"(?:\.\s?){4,}\s*\d+\s*$")
_CHAPTER = re.compile(
    r"^(?:chapter|part|unit|lesson|module|lecture|week|day|kapitel|teil|chapitre|cap[ií]tulo)\s+(?:\d+|[ivxlc]+|one|two|"
    r"three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b.{0,120}$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+[^\W\d_].{2,78}[^.,;:!?]$")


@dataclass(frozen=True)
class OutlinedSection:
    """A section with its paragraphs, its depth (from 1) and the titles above it."""

    title: str
    level: int
    path: tuple[str, ...]
    paragraphs: list[Block] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of it, paragraphs apart."""
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def words(self) -> int:
        """Words of its text."""
        return sum(count_words(paragraph.text) for paragraph in self.paragraphs)


def outline(blocks: list[Block], fallback_title: str) -> tuple[str, list[OutlinedSection]]:
    """The document's title and its sections in order. `fallback_title` is for a document that names none itself."""
    blocks = [tidy for block in blocks if (tidy := _tidy(block)).text and not _is_noise(tidy)]
    title = _title(blocks)
    if not _has_structure(blocks):
        body = [block for block in blocks if block.level == 0 or block.text != title]
        blocks = _chapters(body)
        if not any(block.level for block in blocks):
            return title or fallback_title, list(_by_size(blocks))
    sections = list(_by_heading(blocks, title or fallback_title))
    return title or fallback_title, [part for section in _kept(sections) for part in _parts(section)]


def shortened(text: str, most: int = TITLE_LENGTH) -> str:
    """A title of at most so many characters, cut between words."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _tidy(block: Block) -> Block:
    text = clean(block.text.encode("utf-8", "ignore").decode("utf-8"))
    return replace(block, text=text if block.level else _MENTION.sub("", text))


def _is_noise(block: Block) -> bool:
    """Captions of pictures that are gone, lines of a table of contents, and what is left of an image's title."""
    if block.level:
        return False
    caption = _CAPTION.match(block.text) and count_words(block.text) <= 60
    remains = block.text.endswith('")') and block.text.count('"') % 2 == 1
    return bool(caption or remains or _LEADER.search(block.text))


def _title(blocks: list[Block]) -> str:
    headings = [block for block in blocks if block.level]
    if not headings:
        return ""
    top = min(heading.level for heading in headings)
    tops = [heading for heading in headings if heading.level == top]
    return shortened(tops[0].text) if len(tops) == 1 and tops[0] is headings[0] else ""


def _has_structure(blocks: list[Block]) -> bool:
    headings = sum(1 for block in blocks if block.level)
    words = sum(count_words(block.text) for block in blocks)
    return headings > 1 or (headings == 1 and words < _FEW_WORDS)


def _chapters(blocks: list[Block]) -> list[Block]:
    """Short paragraphs that look like headings made into them, if there are several."""
    for pattern in (_CHAPTER, _NUMBERED):
        found = [block for block in blocks if pattern.match(block.text)]
        if len(found) > 1 and len(found) <= len(blocks) / 2:
            return [replace(block, level=_depth(block.text)) if block in found else block for block in blocks]
    shouted = [block for block in blocks if _is_shouted(block.text)]
    if len(shouted) > 1 and len(shouted) <= len(blocks) / 2:
        return [replace(block, text=block.text.title(), level=1) if block in shouted else block for block in blocks]
    return blocks


def _depth(text: str) -> int:
    numbered = _NUMBERED.match(text)
    return numbered[1].count(".") + 1 if numbered else 1


def _is_shouted(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return "\n" not in text and len(letters) > 3 and len(text) <= 80 and text.upper() == text and text[-1] not in ".,;"


def _by_heading(blocks: list[Block], title: str) -> Iterator[OutlinedSection]:
    """Levels become depths: a jump from level 2 to 5 is one step down."""
    above: list[tuple[int, str]] = []
    current = OutlinedSection(title=title, level=1, path=(title,))
    for block in blocks:
        if not block.level:
            current.paragraphs.append(block)
            continue
        yield current
        above = [*(one for one in above if one[0] < block.level), (block.level, shortened(block.text))]
        path = tuple(name for _, name in above)
        current = OutlinedSection(title=path[-1], level=len(path), path=path)
    yield current


def _kept(sections: list[OutlinedSection]) -> list[OutlinedSection]:
    """Without headings that have neither text nor anything beneath them."""
    below = [*(section.level for section in sections[1:]), 0]
    kept = [one for one, next_level in zip(sections, below, strict=True) if one.paragraphs or next_level > one.level]
    # The first stands for what comes before any heading: an empty one is nobody's.
    return kept[1:] if kept and kept[0] is sections[0] and not sections[0].paragraphs else kept


def _parts(section: OutlinedSection) -> Iterator[OutlinedSection]:
    """Itself, or if it is too long to be one thing, in parts of about 700 words."""
    if section.words <= _SPLIT_ABOVE:
        yield section
        return
    for number, group in enumerate(_groups(section.paragraphs), 1):
        title = section.title if number == 1 else f"{shortened(section.title, 140)} (part {number})"
        yield replace(section, title=title, paragraphs=group)


def _by_size(paragraphs: list[Block]) -> Iterator[OutlinedSection]:
    words = sum(count_words(paragraph.text) for paragraph in paragraphs)
    for group in _groups(paragraphs, _PART if words > 3 * _PART else _SHORT_PART):
        title = _first_words(group[0].text)
        yield OutlinedSection(title=title, level=1, path=(title,), paragraphs=group)


def _groups(paragraphs: list[Block], part: int = _PART) -> Iterator[list[Block]]:
    whole = [piece for paragraph in paragraphs for piece in _pieces(paragraph)]
    total = sum(count_words(piece.text) for piece in whole)
    target = total / max(1, round(total / part))
    group: list[Block] = []
    words = 0.0
    for piece in whole:
        size = count_words(piece.text)
        if group and words + size / 2 > target:
            yield group
            group, words = [], words - target
        group.append(piece)
        words += size
    if group:
        yield group


def _pieces(paragraph: Block) -> Iterator[Block]:
    """A paragraph longer than a part, cut at sentence borders."""
    if count_words(paragraph.text) <= _PART:
        yield paragraph
        return
    piece: list[str] = []
    for sentence in split_sentences(paragraph.text):
        piece.append(sentence)
        if count_words(" ".join(piece)) > _PART / 4:
            yield replace(paragraph, text=" ".join(piece))
            piece = []
    if piece:
        yield replace(paragraph, text=" ".join(piece))


def _first_words(text: str) -> str:
    sentence = split_sentences(text)[0].lstrip("-•* ").replace("**", "")
    words = sentence.split()
    # A line of nothing but signs is its own name.
    named = " ".join(words[:8]).rstrip(".,;:") or text.strip()
    return shortened(named + ("…" if len(words) > 8 else ""), 80)
