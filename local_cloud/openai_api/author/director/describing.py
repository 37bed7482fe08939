"""Wishes about the course as a whole: for whom it is, how it sounds, its language and its summary."""

import re

from course.quotes import masked
from local_cloud.openai_api.author.director.tools import Wish

_TONES = (
    r"warm\w*|formal|informal|friendl\w+|playful|serious|casual|professional|lively|livelier|neutral|humorous|"
    r"funny|academic|"
    r"conversational|encouraging|direct|calm|enthusiastic|personal|plain|simple|upbeat|light-hearted|strict|scientific"
)
_DESCRIBE = (
    (
        "audience",
        re.compile(
            r"^for ((?!modules?\b|lessons?\b|slides?\b|the\b|this\b)[\w’ -]+?)(?: please)?(?:[,.;!]|$)|"
            r"\b(?:audience|target group|learners|students)\b.*?\b(?:is|are|to|should be|be|:)\s+(.+)$|"
            r"\b(?:it(?:’s|'s| "
            r"is)|this is|the course is|make (?:it|the course)|(?:aim|gear|target) (?:it|the course)) "
            r"(?:meant |intended |aimed )?(?:for|at|to|towards)\s+(.+)$|"
            r"\bthe course (?:should be|is) (?:meant |intended |aimed )?(?:for|at)\s+(.+)$",
            re.IGNORECASE,
        ),
    ),
    (
        "tone",
        re.compile(
            rf"\b(?:tone|voice|style)\b.*?\b(?:to|be|is|:)\s+(.+)$|"
            rf"\bmake (?:the (?:tone|voice|style)(?: of the (?:whole )?course)?|the (?:whole )?course|"
            rf"it) (?:sound |feel |a (?:bit|little) )?"
            rf"((?:more |less |a (?:bit|little) (?:more )?)?(?:{_TONES})\b.*)$|"
            rf"\b(?:the course|it|everything) should (?:sound|be|feel) ((?:more |less )?(?:{_TONES})\b.*)$|"
            rf"\b(?:use|adopt|take|write in|switch to) an? ((?:more |less )?(?:{_TONES})(?: and \w+)?) (?:tone|"
            rf"voice|style)\b|"
            rf"\b(?:i want|i would like|give it|give the course) an? ((?:more |"
            rf"less )?(?:{_TONES})(?: and \w+)?) (?:tone|voice|style)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "summary",
        re.compile(
            r"\b(?:course )?(?:summary|description)(?: of the course)?\b.*?\b(?:to(?: (?:say|read))?|be|is|"
            r"says?|:)\s*:?\s*(.+)$",
            re.IGNORECASE,
        ),
    ),
)
_LANGUAGES = {
    "english": "en",
    "german": "de",
    "french": "fr",
    "spanish": "es",
    "italian": "it",
    "dutch": "nl",
    "portuguese": "pt",
    "polish": "pl",
    "swedish": "sv",
    "danish": "da",
    "turkish": "tr",
}
_LANGUAGE = re.compile(
    rf"\b(?:language\b.*|in(?:to)? |be |course .*)\b(?P<language>{'|'.join(_LANGUAGES)})\b", re.IGNORECASE
)
_OF_A_PART = re.compile(r"\d\.\d|\bslides?\b|\bquestions?\b|\bnarration\b|\blesson \d|\bmodule \d")


def described(said: str) -> list[Wish]:
    """Audience, tone, language and summary of the whole course."""
    whole = masked(said.rstrip(".!"))
    if _OF_A_PART.search(whole.text):
        return []
    given: dict[str, str] = {}
    for name, pattern in _DESCRIBE:
        if match := pattern.search(whole.text):
            words = next(one for one in match.groups() if one)
            plain = re.sub(r",? please$", "", whole.plain(words)).strip(" .")
            given[name] = (whole.quoted(words) or [plain])[0]
    if re.search(
        r"\blanguage\b|\b(?:translate|switch|change|set|write|make)\b.*\b(?:course|it)\b|\bcourse (?:should|"
        r"must) be in\b",
        whole.text,
        re.IGNORECASE,
    ) and (match := _LANGUAGE.search(whole.text)):
        given["language"] = _LANGUAGES[match["language"].lower()]
    return [Wish("describe_course", given)] if given else []
