"""What an instructor's brief says: subject, topics, audience, number of modules."""

import re
from dataclasses import dataclass

from local_cloud.openai_api.author.words import capitalised, clipped, words

NUMBERS = {
    name: number
    for number, name in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=1
    )
}
_MINUTE_WORDS = NUMBERS | {"fifteen": 15, "twenty": 20, "twenty-five": 25, "thirty": 30, "forty-five": 45, "sixty": 60}
MINUTES = re.compile(
    rf"\b(\d{{1,2}}|{'|'.join(sorted(_MINUTE_WORDS, key=len, reverse=True))}|an?)[\s-]*(?:min|mins|minutes?)\b",
    re.IGNORECASE,
)
_NUMBER = rf"(\d{{1,2}}|{'|'.join(NUMBERS)})"
_MODULES = re.compile(
    rf"\b{_NUMBER}[\s-]+(?:short |small |big )?(?:modules?|units?|parts?|chapters?|sections?)\b", re.IGNORECASE
)
_AUDIENCE = re.compile(
    r"\b(?:aimed at|intended for|suitable for|targeted at|for)\s+((?!(?:the|a|an|this|that|it|now|"
    r"me|us|example|each|every|about|\d+ minutes?)\b)"
    r"[^.,;:!?\n]+?|(?:a|the) (?:group|class|team|audience|beginner|general)[^.,;:!?\n]*?)"
    r"(?=\s+(?:on|about|out of|from|based on|using|with|that|which|would|will|who need|covering|in \w+ modules?|"
    r"of about)\b|[.,;:!?\n]|$)",
    re.IGNORECASE,
)
_TAUGHT = re.compile(
    r"\b(?:I|we) teach\s+((?:(?!\b(?:to|about|how|in|at)\b)[^.,;:!?\n])*?"
    r"(?:students|pupils|people|nurses|adults|learners|teachers))\b"
)
_REQUEST = re.compile(
    r"^(?:(?:hi|hello|hey)[,!. ]+)?(?:please\s+)?(?:(?:can|could|would) you\s+|i (?:want|need|"
    r"would like|’d like|'d like)(?: you)?(?: to)?\s+|let’s |let's |help me )?"
    r"(?:please\s+)?(?:(?:to )?(?:turn|make|create|build|write|design|develop|plan|outline|"
    r"prepare|draft|produce|generate|teach|have|do|get|start|convert|transform)\s+)?"
    r"(?:me\s+)?(?:(?:this|it|these|the attached|the|my|all)(?: (?:document|file|pdf|text|chapter|"
    r"slides|material|paper|one)s?)?\s+)?(?:in(?:to)\s+)?",
    re.IGNORECASE,
)
_COURSE_WORDS = re.compile(
    rf"^(?:an?\s+|the\s+)?(?:new\s+)?(?:(?:short|brief|small|beginners?(?:’|')?|introductory|"
    rf"advanced|intro|quick|complete|full|good|nice|great|simple|basic|introductory|online|"
    rf"interactive|\d+[\s-]minute|{_NUMBER}[\s-]+modules?|{_NUMBER}[\s-]+lessons?)[\s,]+)*"
    r"(?:mini-?|micro-?)?(?:course|training|class|lessons?|tutorial|module|workshop|outline|unit|"
    r"curriculum|programme|program)s?\b\s*"
    r"(?:outline\s*)?(?:on|about|in|of|for teaching|teaching|covering|around|titled|called|named|:|–|-)?\s*",
    re.IGNORECASE,
)
# What the studio adds below the person's own words.
_ADDED_LINES = re.compile(r"^(?:audience\s*:.*|make exactly \d+ modules\.)$", re.IGNORECASE | re.MULTILINE)
_TEACH = re.compile(r"^(?:please )?teach (.{3,60}?) (?:about|on|how to) (.{3,100}?)[.!]?$", re.IGNORECASE)
_TITLED = re.compile(r"(?:called|titled|entitled|named)\s+[\"“‘']([^\"”’']{3,120})[\"”’']", re.IGNORECASE)
_TOPICS = re.compile(
    r"(?:\b(?:cover(?:s|ing)?|includ(?:e|es|ing)|topics?(?: are)?|with (?:lessons|modules|"
    r"sections) on|about)\b\s*:?|:)\s+(.+)",
    re.IGNORECASE | re.DOTALL,
)
_SPLIT = re.compile(r"\s*(?:[;\n]|,\s*(?:and\s+)?|\s+and\s+(?=[^,]+$))\s*")
_LANGUAGES = {
    "de": "der die das und ist nicht ein eine für mit wird den",
    "fr": "le la les des est une dans pour avec sur qui du",
    "es": "el los las una para con por que del es como",
    "it": "il gli una che per con della sono di nel",
    "nl": "het een van voor met zijn wordt niet dat de",
}


@dataclass(frozen=True)
class Brief:
    """A brief as understood; what it does not say has a plain default."""

    subject: str
    topics: list[str]
    audience: str
    modules: int | None
    title: str
    language: str


def read_brief(text: str) -> Brief:
    """The brief as understood; at most the first 4,000 characters are read."""
    text = text.strip()[:4_000]
    titled = _TITLED.search(text)
    if titled:
        text = text.replace(titled[0], " ")
    taught = _TEACH.match(text)
    topics = _topics(_ADDED_LINES.sub("", text))
    subject = titled[1].strip() if titled else taught[2] if taught else _subject(text)
    return Brief(
        subject=capitalised(subject) or (topics[0] if topics else "Untitled course"),
        topics=topics,
        audience=taught[1] if taught else _audience(text),
        modules=modules_asked(text),
        title=titled[1].strip() if titled else "",
        language=_language(text),
    )


def modules_asked(text: str) -> int | None:
    """How many modules a text asks for."""
    match = _MODULES.search(text)
    if match is None:
        return None
    number = NUMBERS.get(match[1].lower()) or int(match[1])
    return number if 1 <= number <= 40 else None


def minutes_asked(text: str) -> int | None:
    """How many minutes a text speaks of, in figures or words; 1 to 60."""
    match = MINUTES.search(text)
    if match is None:
        return None
    said = match[1].lower()
    return max(1, min(60, 1 if said in ("a", "an") else _MINUTE_WORDS.get(said) or int(said)))


def is_thin(text: str) -> bool:
    """Whether a brief names no subject at all (“make a course”, “hi”)."""
    greetings = {
        "hi",
        "hello",
        "hey",
        "thanks",
        "thank",
        "please",
        "start",
        "begin",
        "help",
        "yes",
        "no",
        "ok",
        "okay",
        "test",
    }
    return not [word for word in words(_subject(text)) if len(word) > 2 and word.lower() not in greetings]


def _audience(text: str) -> str:
    stated = re.search(r"^\s*audience\s*:\s*(.+)$", text, re.IGNORECASE | re.MULTILINE)
    match = stated or _TAUGHT.search(text) or _AUDIENCE.search(_TOPICS.sub("", text)) or _AUDIENCE.search(text)
    return clipped(match[1].strip(), 120) if match else "beginners"


def _subject(text: str) -> str:
    """The first sentence without the request around it, the audience and the list of topics."""
    first = re.split(r"(?<=[.!?])\s|\n", text.strip(), maxsplit=1)[0].rstrip(".!? ")
    bare = _COURSE_WORDS.sub("", _REQUEST.sub("", first, count=1), count=1)
    bare = re.sub(r"^\s*(?:on|about)\s+", "", _AUDIENCE.sub("", bare), flags=re.IGNORECASE)
    bare = re.split(
        r"\s*:\s|,?\s+(?:covering|including|with (?:lessons|modules)|from (?:this|the|my)|based on|using)\b",
        bare,
        maxsplit=1,
    )[0]
    bare = re.sub(rf"\b(?:in|with|of)?\s*{_NUMBER}[\s-]+(?:modules?|lessons?|parts?)\b", "", bare, flags=re.IGNORECASE)
    bare = re.sub(r"\s*\b(?:please|thanks|thank you)\b\s*", " ", bare, flags=re.IGNORECASE).strip(" ,;:.-–")
    return clipped(capitalised(bare), 120)


def _topics(text: str) -> list[str]:
    """What the brief lists: bullets, or a series after a colon or “covering”."""
    bullets = re.findall(r"^\s*(?:[-*•]|\d+[.)])\s+(.+)$", text, re.MULTILINE)
    if len(bullets) > 1:
        return [capitalised(clipped(one.strip(" .;"), 90)) for one in bullets]
    match = _TOPICS.search(text)
    if match is None:
        return []
    series = re.split(r"(?<=[a-z])[.!?](?:\s|$)", match[1], maxsplit=1)[0]
    parts = [part.strip(" .;") for part in _SPLIT.split(_AUDIENCE.sub("", series))]
    named = [capitalised(clipped(part, 90)) for part in parts if 0 < len(part.split()) <= 12]
    return named if len(named) > 1 else []


def _language(text: str) -> str:
    said = set(re.findall(r"[^\W\d_]+", text.lower()))
    scores = {code: len(said & set(common.split())) for code, common in _LANGUAGES.items()}
    best = max(scores, key=lambda code: scores[code])
    english = len(said & {"the", "of", "and", "for", "into", "this", "a", "to", "on", "is", "about", "course"})
    return best if scores[best] > max(2, english) else "en"
