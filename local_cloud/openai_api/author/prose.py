"""From Markdown passages to clean sentences, each with the exact words it was taken from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from course.sentences import split_sentences
from local_cloud.openai_api.author.words import FUNCTION_WORDS, capitalised, stems, words

LONGEST = 45  # words; what is longer can be neither read on a slide nor followed by ear

# A box beside the text, up to the end of its passage: true, but about something else.
_SIDEBAR = re.compile(
    r"^\**(?:career|everyday|art|link|further reading|about the author|acknowledg)[\w ]{0,30}\**$", re.IGNORECASE
)
_CLAUSE_NUMBER = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+(?=[A-ZÀ-Þ])")
_LIST_ITEM = re.compile(r"^\s*(?:[*•·–-]|\d+[.)])\s+")
# Who speaks in an interview: “A: I have kept the light …”.
_SPEAKER = re.compile(r"^\**[A-Z]:\**\s+")
_BULLET = re.compile(r"^\s*[*•·–-]\s+(?=\S)")
_BULLET_WORDS = 6
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|\*|__|`)(?=\S)(.+?)(?<=\S)\1")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_PARENTHESIS = re.compile(r"\s+\([^()]*\)(?=[\s.,;:!?]|$)")
_ACRONYM = re.compile(r"\(([A-Za-z]?[A-Z]{2,6}s?)\)")
_FIGURE = re.compile(r"\b(?:Figures?|Fig\.|Tables?|Box|Boxes|Chapter|Appendix|Photo)\s*\(?\d", re.IGNORECASE)
# “as shown in.” – the reference was a link and is gone; the sentence points at nothing.
_GONE = re.compile(
    r"\b(?:shown|illustrated|seen|depicted|summari[sz]ed|described|listed|presented|outlined|pictured|represented|"
    r"diagrammed)\b[^.;]*?\b(?:in|by)(?: the)?(?=[.,;:)]|$)|\b(?:see|in|of|by|from) ?(?:the )?(?=,)|\bsee[.;:)]|"
    r"\b(?:graph|diagram|table|image|chart|map)s? (?:in|on) (?:shows?|illustrates?|depicts?|summari[sz]es?)\b|"
    r"\bsee (?:for|that)\b|^as (?:illustrat|show|depict)\w*\b|\b(?:shown|illustrated) in (?:for|to)\b",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"\b(?:(?:this|following|above|next) (?:image|photo|picture|animation|video)|"
    r"(?:the|this|following|above|next) (?:figure|diagram|table|illustration|example below)"
    r"|shown (?:here|below|above)|below|see above|next section|previous section|this (?:chapter|"
    r"section|module|book|course|text)"
    r"|earlier (?:chapter|section)s?|click|(?:visit|watch|view|explore|go to|check out|read) "
    r"(?:this|the)\b.*|website|web site|animations?|credit:|explore)\b",
    re.IGNORECASE,
)
# What a book says about itself: “We have discussed …”, “The process consists of the following steps.”
_ABOUT_ITSELF = re.compile(
    r"\bbefore (?:discussing|we)\b|\bwe (?:have|will|shall|now|can now|have now|are going to) ?"
    r"(?:discuss|explor|look|learn|see\b|seen|turn|begin|examin|cover|describ|return|focus|consider|introduc)\w*|"
    r"\bwe(?:’|')ve (?:discussed|seen|learned|covered|looked|described)\b|"
    r"\b(?:is|are|was|were|will be|been) (?:discussed|covered|explored|described|explained|addressed|introduced) "
    r"(?:above|below|earlier|later|in more|in greater|in detail|here|next|previously)\b|"
    r"\b(?:the|these) following\b[^:]*\.$|\bfollows\.$",
    re.IGNORECASE,
)
_DIRECTION = re.compile(
    r"^(?:to (?:better |fully |help )?(?:understand|see|learn|illustrate)|keep in mind|"
    r"visit|watch|view|explore|click|go to|see|look|recall|note|notice|remember|imagine|"
    r"suppose|consider|think|refer|"
    r"compare|read|answer|which of|using the|to learn more)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:however|further|alternatively|in fact|thus|therefore|hence|moreover|furthermore|additionally|in addition|"
    r"also|"
    r"finally|indeed|in turn|"
    r"consequently|as a result|for example|for instance|in other words|in general|generally|in "
    r"contrast|in comparison|"
    r"on the other hand|by contrast|similarly|likewise|meanwhile|first|second|third|next|then|"
    r"again|instead|nevertheless|"
    r"still|of course|interestingly|importantly|notably|ultimately|overall|rather|for this reason|"
    r"in this way|because of this|"
    r"as you(?:’|')ve learned|as you have learned|as mentioned(?: earlier| previously)?|as "
    r"noted(?: earlier)?|as (?:discussed|described|stated|explained|we saw|we have seen|you know|you saw)(?: above| "
    r"earlier| before| previously)?|in particular|"
    r"specifically|that is|on the contrary|at the same time|conversely|typically|in summary|in short)\s*,\s+",
    re.IGNORECASE,
)
# What another chapter taught is nothing that this lesson's listener remembers.
_REMEMBERED = re.compile(
    r"^(?:as|like) (?:(?:you|we)(?:(?:’|')ve| have)? (?:learned|seen|saw|know|read)|"
    r"(?:mentioned|discussed|described|noted|stated|explained))"
    r"(?: (?:above|earlier|before|previously|in [^,]{3,40}))?,\s|^(?:recall|remember) that\s",
    re.IGNORECASE,
)
_LEANING = re.compile(
    r"^(?:th(?:is|ese|ose|ey|eir|eirs)|that|it|its|he|his|him|she|her|such|both|another|others?|"
    r"the (?:other|former|latter|"
    r"two|three|four|first|second|third|last|latter|same|resulting|remaining|rest|above|process|"
    r"result|reaction|structure|answer)|each|either|neither|"
    r"here|there (?!(?:is|are|were|was)\b)|some of|one (?:of|has|is|was|can)|many of|most of|all of|but|and|so|or|"
    r"nor|yet|then|the reason|because|"
    r"instead|rather|never again|by then|since then|ever since|later|soon|afterwards?|"
    r"(?:in|at|by|on|of|for) (?:that|those)|in doing so|at the same time|during this|during these|in this|in these|in "
    r"such|in both|in each|of these|of this|of the|to do this|to do so|"
    r"from this|from these|with this|by this|by these|at this|at these|after this|for this|on "
    r"this|once this|when this|"
    r"if this|while this|unlike these|like these|under these|through this|through these|as this|"
    r"as it|as they|when it|when they|"
    r"if it|if they|once it|once they|even|again|else|while the|also)\b",
    re.IGNORECASE,
)
# “Carbohydrates also have other functions”: beside what was said before.
_ECHO = re.compile(r"^(?:[^\s,]+\s+){1,7}(?:also|then|other|another|too|instead|additional)\b", re.IGNORECASE)
# “Depending on the number of carbons, they may be …”: who?
_FOREIGN_SUBJECT = re.compile(
    r"^(?:in|at|on|depending|during|with|by|for|to|because of|combined|under|from|when|once|as|"
    r"if)\b[^,]{0,80}, (?:they|it|this|these)\b",
    re.IGNORECASE,
)
# “You may copy the work” is a rule; any other “you” is a chat.
_PERSONAL = re.compile(
    r"^(?!You (?:may|must|can|should|need|shall)\b).*\b(?:[Yy]ou|[Yy]ours?)\b|"
    r"\b(?:I|[Mm]y|we’ll|we'll|[Ll]et’s|[Ll]et's|us)\b"
)
_DEPENDENT_INSIDE = re.compile(
    r"\b(?:this|these|those) \w+\b|\b(?:\w+est|most \w+|first|last) of them\b|"
    r"\bthat time\b|\bsuch (?!as\b)\w+|\b(?:mentioned|described|discussed|noted) "
    r"(?:above|earlier|previously)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|can|could|may|might|must|will|would|should|do|does|did|"
    r"[a-z]{3,}(?:s|ed)|make|use|form|take|give|help|mean|need|occur|feed|hold|live|grow|eat|come|go|"
    r"keep|let|contain|provide|produce|allow|cause|carry|store|found|made|took|gave|came|went|saw|knew|led|"
    r"wrote|held|grew|became|began|built|said|meant|put|ran|left)\b"
)


@dataclass(frozen=True)
class Sentence:
    """`text` is clean and spoken as it stands; `quote` are the very words of the passage."""

    text: str
    quote: str
    passage: str
    section: str
    index: int = 0
    terms: tuple[str, ...] = ()
    opens_paragraph: bool = False
    stems: frozenset[str] = field(default=frozenset(), compare=False)

    @property
    def leans(self) -> bool:
        """Whether it makes sense only after the sentence before it."""
        return bool(_LEANING.match(self.text)) or self.text[:1].islower()

    @property
    def stands_alone(self) -> bool:
        """Whether it can be shown without any other."""
        opening = _LEADING.sub("", self.text)
        patterns = (_LEANING.match(opening), _ECHO.match(opening), _FOREIGN_SUBJECT.match(opening))
        return not (any(patterns) or _PERSONAL.search(self.text) or _DEPENDENT_INSIDE.search(self.text))

    @cached_property
    def length(self) -> int:
        """Its words."""
        return len(self.text.split())


def sentences(passage: str, section: str, markdown: str, start: int = 0, longest: int = LONGEST) -> list[Sentence]:
    """The true, complete sentences of a passage; captions, directions to the reader, lists and tables are left out.

    `index` counts what is left out too: a sentence that leaned on it has lost its support.
    """
    found: list[Sentence] = []
    index = start
    for paragraph in paragraphs(markdown):
        first = True
        for whole in split_sentences(_SPEAKER.sub("", paragraph)):
            quote = _CLAUSE_NUMBER.sub("", whole)
            text = _REMEMBERED.sub("", spoken(quote))
            text = capitalised(text)
            index += 1
            if is_sound(text, quote, longest):
                bold = tuple(plain(term).strip(" ,.;:") for term in _BOLD.findall(quote))
                sentence = Sentence(text, quote, passage, section, index, bold, first, frozenset(stems(text)))
                found.append(sentence)
            first = False
    return found


def paragraphs(markdown: str) -> Iterator[str]:
    """Running text only: no list items, table rows, headings or leftovers of pictures."""
    for chunk in re.split(r"\n\s*\n", markdown):
        lines = [line for line in chunk.split("\n") if line.strip()]
        if not lines or lines[0].lstrip().startswith(("|", "#", "!", "<")) or chunk.rstrip().endswith('")'):
            continue
        if _SIDEBAR.match(chunk.strip()):
            return
        yield from (item for line in lines if (item := _said_in_bullet(line)) and not lines[0].rstrip().endswith("?"))
        running = [line for line in lines if not _LIST_ITEM.match(line)]
        if len(running) > 1 and len(running[0].split()) <= 6 and not running[0].rstrip().endswith((".", "!", "?", ",")):
            # A heading of its own above the text.
            running, lines = running[1:], lines[1:]
        if len(running) == len(lines):
            yield " ".join(line.strip() for line in running)
        elif running and not running[-1].rstrip().endswith(":"):
            yield running[-1].strip()


def _said_in_bullet(line: str) -> str:
    """A bullet that is a sentence of its own; numbered lines may be choices of a question, or steps."""
    found = _BULLET.match(line)
    item = line[found.end() :].strip() if found else ""
    return item if item.endswith((".", "!")) and len(item.split()) >= _BULLET_WORDS else ""


def list_items(markdown: str) -> Iterator[tuple[str, list[str]]]:
    """Every list with the line that introduces it (or an empty string), in plain text."""
    before = ""
    items: list[str] = []
    for line in [*markdown.split("\n"), ""]:
        if _LIST_ITEM.match(line):
            items.append(plain(_LIST_ITEM.sub("", line)))
            continue
        if items:
            yield before, items
            before, items = "", []
        if line.strip():
            before = plain(line)
    if items:
        yield before, items


def plain(markdown: str) -> str:
    """Without emphasis, links and escapes."""
    text = _LINK.sub(r"\1", markdown)
    text = _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", text))
    return " ".join(re.sub(r"\\([\\'\"*_#.()\[\]-])", r"\1", text).split())


def spoken(markdown: str) -> str:
    """As it is read aloud: no markup, no asides in parentheses; “RNA” after its full name goes as well."""
    text = plain(markdown)
    text = _PARENTHESIS.sub("", text)
    text = re.sub(r"\s+([.,;:!?])", r"\1", text)
    return capitalised(_closed(text))


def without_leading(text: str) -> str:
    """Without “However,” and the like, which only make sense after another sentence."""
    stripped = _LEADING.sub("", text)
    return capitalised(stripped) if stripped != text else text


def is_sound(text: str, quote: str, longest: int = LONGEST) -> bool:
    """Whether it is a whole sentence about the subject that can be spoken."""
    count = len(text.split())
    if not 5 <= count <= longest or not text.rstrip('”"’)').endswith((".", "!")):
        return False
    if text[:1].islower() or re.search(
        r"[()\[\]{}|=<>\\_*`#]|https?:|[a-z]\.[A-Z]|[a-z][.,;:][\"”’]?\d|\d\*|″|\.\.\.", text
    ):
        return False
    if re.search(r"[*_]\d|\d[*_]\.?$|\)\S*[*_]|^[a-z]", quote) or text.count("“") != text.count("”"):
        return False
    if any(pattern.search(text) for pattern in (_FIGURE, _GONE, _POINTING, _ABOUT_ITSELF)) or _DIRECTION.match(text):
        return False
    # “… was proposed by S.J.”, cut after initials; “… energy. illustrates the …”, whose figure is gone.
    if re.search(r"(?:^|\s)(?:[A-Z]\.){2,}$|\b[a-z]{4,}\. [a-z]", text):
        return False
    letters = sum(letter.isalpha() for letter in text)
    return (
        letters > 0.7 * len(text.replace(" ", ""))
        and (count > 8 or bool(_VERB.search(text.partition(" ")[2])))
        and _reads(text)
    )


def _reads(text: str) -> bool:
    """Not a heading run into a sentence (“Registered DietitianObesity is …”), nor words that were split."""
    return not re.search(r"\b[A-Z][a-z]{3,}[A-Z][a-z]+\b", text) and sum(
        word.lower() in FUNCTION_WORDS for word in words(text)
    ) >= max(1, len(words(text)) // 8)


def _closed(text: str) -> str:
    """Quotation marks that lost their partner are dropped."""
    return text.replace('"', "") if text.count('"') % 2 else text


def keep_acronyms(markdown: str) -> str:
    """As shown on a slide: no asides, but “ribonucleic acid (RNA)” keeps its short name."""
    held = _ACRONYM.sub(r"⟦\1⟧", plain(markdown))
    return spoken(held).replace("⟦", "(").replace("⟧", ")")
