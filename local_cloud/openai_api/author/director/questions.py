"""Questions and small talk told apart from briefs: what is asked or said in passing is no course."""

import re

_COPY = re.compile(r"\s*\(\d{1,3}\)\s*$")
_LEADING = re.compile(
    r"^(?:(?:ok(?:ay)?|so|well|hi|hello|hey|please|and|but|thanks|thank you)\b[\s,.!]*)+", re.IGNORECASE
)
_ASKS = re.compile(
    r"^(?:what|who|whom|whose|how|why|where|when|which|can|could|may|might|shall|should|would|will|"
    r"do|does|did|is|are|am|was|were|have|has|tell me)(?:’s|'s)?\b|\?[\s.!]*$",
    re.IGNORECASE,
)
_TOPIC = re.compile(r"^how to\b[^?]*$", re.IGNORECASE)
_SMALL_TALK = re.compile(
    r"^(?:(?:hi|hello|hey|hiya|greetings|good (?:morning|day|afternoon|evening|night)|bye|goodbye|see you|cheers|"
    r"thanks|thank you|thx|many|a lot|so much|very|much|well done|good job|nice|great|cool|wow|lol|haha|welcome|"
    r"nice to meet you|there|everyone|everybody|lectern|again|all|team|you|are|the best|test|testing|"
    r"help(?: me)?|please|i (?:need|want) help|i have (?:a|one) question)[\s,.!👋🙂]*)+$",
    re.IGNORECASE,
)
_MAKES = (
    r"turn|convert|transform|make|create|build|design|develop|plan|outline|prepare|generate|write|draft|set up|"
    r"put together|teach"
)
_THING = r"(?:courses?|training|curriculum|workshop|programme?|tutorial|class|lessons?|modules?|outline)\b"
# “Can you make a course on bees?” – but neither “How do I make a course?” nor “Can you make courses?”.
_REQUEST = re.compile(
    rf"^(?:how|what) about (?:an?|another|the)\b.*\b{_THING}|"
    r"^(?:(?:can|could|would|will) (?:you|we)|(?:may|can|could) i (?:have|get)|is it possible to|"
    r"do you think you (?:can|could)|why (?:not|don(?:’|')t (?:you|we)))\b"
    rf".*?\b(?:{_MAKES}|making|have|get)\b.*?\b(?:an?|this|these|it|the|another|one|me|us|my|our)\b"
    rf".*\b(?:{_THING}|into\b)",
    re.IGNORECASE | re.DOTALL,
)
_TELLS = re.compile(
    rf"\b(?:{_MAKES}|need|want|would like|(?:’|')d like)\b.*\b(?:{_THING}|into\b)|\bteach\b", re.IGNORECASE | re.DOTALL
)


def bare(said: str, *, greeted: bool = False) -> str:
    """The words without the “ (2)” of a repeated message, and without greetings unless `greeted`."""
    trimmed = _COPY.sub("", said.strip())
    return trimmed if greeted else _LEADING.sub("", trimmed) or trimmed


def is_small_talk(said: str) -> bool:
    """A greeting, thanks or praise and nothing else."""
    return bool(_SMALL_TALK.match(_COPY.sub("", said.strip())))


def is_question(said: str) -> bool:
    """Whether it asks something; “how to read a paper” names a topic."""
    words = bare(said)
    return bool(_ASKS.search(words)) and not _TOPIC.match(words)


def asks_for_course(said: str) -> bool:
    """Whether a question is really a request for a course, or stands beside one."""
    sentences = re.split(r"(?<=[.!?])\s+|\n+", bare(said))
    return any(_REQUEST.match(one) or (not is_question(one) and _TELLS.search(one)) for one in sentences)
