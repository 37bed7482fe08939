"""Markdown to blocks: headings, paragraphs, lists and tables; pictures and links fall away, bold terms stay."""

import re
from collections.abc import Iterator

from course.sources.document import Block

_ATX = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-{2,})\s*$")
_RULE = re.compile(r"^ {0,3}([-*_])(\s*\1){2,}\s*$")
_ITEM = re.compile(r"^\s*([-*+•‣▪]|\d{1,3}[.)])\s+")
# “2.1 Staff may ask for …”: a clause of a policy or contract.
_CLAUSE = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+(?=[A-ZÀ-Þ“])")
# “3. Days and hours”, with its text on the lines right below.
_NUMBERED_TITLE = re.compile(r"^\d{1,2}\.?\s+[^\W\d_](?:[^\s.,;:!?]*\s){0,7}[^\s.,;:!?]+$")
_BELOW_TITLE = re.compile(r"^(?!\d{1,3}[.)]\s)[\dA-ZÀ-Þ“\"‘]")
_ROW = re.compile(r"^\s*\|.*\|\s*$")
_FRONT = re.compile(r"\A---\n(.*?)\n(?:---|\.\.\.)\n", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_IMAGE = re.compile(r"!\[[^\]]*\]\([^()]*(?:\([^()]*\)[^()]*)*\)(?:\{[^}\n]*\})?|!\[[^\]]*\]\[[^\]]*\]")
_LINK = re.compile(r"\[([^\]\[]+)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)|\[([^\]\[]+)\]\[[^\]]*\]")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]]+\]:\s+\S+.*$", re.MULTILINE)
_TAG = re.compile(r"</?(?:[a-zA-Z][\w-]*)(?:\s[^<>]*)?/?>")
_AUTOLINK = re.compile(r"<(https?://[^>\s]+)>")
_STRONG = re.compile(r"__(?=\S)(.+?)(?<=\S)__")
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?!\*)|(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])"
)
_CODE = re.compile(r"`+([^`\n]+)`+")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def blocks_of_markdown(text: str, *, markup: bool = True) -> list[Block]:
    """The blocks of a Markdown text; with `markup` off, of a plain one, in which nothing is a heading."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n\n")
    if markup:
        text = _DEFINITION.sub("", _IMAGE.sub("", _COMMENT.sub("", _FRONT.sub("", text))))
    return [block for block in _blocks(text.split("\n"), markup=markup) if block.text]


def plain_inline(text: str) -> str:
    """One line of Markdown without links, tags and emphasis, except `**bold**`, which marks terms."""
    text = _AUTOLINK.sub(r"\1", text)
    text = _LINK.sub(lambda found: found[1] or found[2], text)
    text = _STRONG.sub(r"**\1**", _CODE.sub(r"\1", _TAG.sub("", text)))
    text = _EMPHASIS.sub(lambda found: found[1] or found[2], text)
    return _ESCAPE.sub(r"\1", text).strip()


def plain_heading(text: str) -> str:
    """A heading without any markup."""
    return " ".join(plain_inline(text).replace("**", "").split())


def _blocks(lines: list[str], *, markup: bool) -> Iterator[Block]:
    """Code between fences is a block of its own, as it stands."""
    plain: list[str] = []
    code: list[str] = []
    fence = ""
    for line in lines:
        mark = _FENCE.match(line) if markup else None
        if fence and mark and mark[1].startswith(fence):
            yield Block("\n".join(code))
            code, fence = [], ""
        elif fence:
            code.append(line.rstrip())
        elif mark:
            yield from _prose(plain, markup=markup)
            plain, fence = [], mark[1][:3]
        else:
            plain.append(line)
    yield from _prose(plain, markup=markup)
    if code:
        yield Block("\n".join(code))


def _prose(lines: list[str], *, markup: bool) -> Iterator[Block]:
    paragraph: list[str] = []
    for line in lines:
        heading = _heading(line, paragraph) if markup else None
        if heading:
            yield from _paragraph(paragraph if _ATX.match(line) else paragraph[:-1], markup=markup)
            yield heading
            paragraph = []
        elif not line.strip() or (markup and _RULE.match(line)):
            yield from _paragraph(paragraph, markup=markup)
            paragraph = []
        else:
            paragraph.append(line)
    yield from _paragraph(paragraph, markup=markup)


def _heading(line: str, before: list[str]) -> Block | None:
    if atx := _ATX.match(line):
        return Block(plain_heading(atx[2]), level=len(atx[1]))
    underlined = _UNDERLINE.match(line)
    if underlined and len(before) == 1 and not _ITEM.match(before[-1]) and not _ROW.match(before[-1]):
        return Block(plain_heading(before[-1]), level=1 if underlined[1][0] == "=" else 2)
    return None


def _is_clause(line: str, before: str) -> bool:
    return bool(_CLAUSE.match(line)) and before.endswith((".", ":", ";", "!", "?"))


def _paragraph(lines: list[str], *, markup: bool) -> Iterator[Block]:
    """Lines that belong together; items of lists and rows of tables keep a line of their own."""
    if len(lines) > 1 and _NUMBERED_TITLE.match(lines[0]) and _BELOW_TITLE.match(lines[1]):
        yield Block(plain_heading(lines[0]) if markup else lines[0].strip())
        lines = lines[1:]
    joined: list[str] = []
    for line in lines:
        text = plain_inline(line.lstrip("> ") if line.startswith(">") else line) if markup else line.strip()
        if not text or set(text) <= set("|-: "):
            continue
        item = _ITEM.match(line)
        if item:
            text = text[len(item[0].strip()) :].strip() if text.startswith(item[0].strip()) else text
            mark = item[1] if item[1][0].isdigit() else "-"
            joined.append(f"{mark} {text}")
        elif _ROW.match(line) or not joined or joined[-1].endswith("|") or _is_clause(line, joined[-1]):
            joined.append(text)
        else:
            joined[-1] = f"{joined[-1]} {text}"
    if joined:
        yield Block("\n".join(joined))
