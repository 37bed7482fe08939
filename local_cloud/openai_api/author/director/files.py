"""Wishes about files: the course to take away in some form, a saved course or a deck to bring in."""

import re

from local_cloud.openai_api.author.director.conversation import Conversation
from local_cloud.openai_api.author.director.outline import Outline, lesson_named, module_numbers
from local_cloud.openai_api.author.director.tools import Wish

_FORMATS = (
    ("scorm", r"\bscorm\b"),
    ("cartridge", r"\bcartridge\b|\bimscc\b|\bfor (?:canvas|moodle|blackboard|brightspace|sakai|schoology)\b"),
    ("handout", r"\bpdf\b|\bhand-?outs?\b|\bprint(?:able|out|ed)?\b|\bon paper\b"),
    ("slides", r"\bpower\s?points?\b|\bpptx?\b|\bkeynote\b|\bslide ?decks?\b|\bdeck\b|\bpresentation\b"),
    ("markdown", r"\bmark\s?down\b|\bmd\b|\bback-?up\b|\bas (?:plain )?text\b|\btext file\b"),
    ("videos", r"\bvideos?\b|\bmp4s?\b"),
)
_TAKE = re.compile(
    r"\b(?:export|download|save|back ?up|print|zip|pack(?:age)?|take (?:away|it away|the course away|out))\b|"
    r"\b(?:give|send|get|hand|show) (?:me|us)\b|\b(?:can|could|may) (?:i|we) (?:have|get)\b|\bi(?:’d| would|'d) like\b|"
    r"\b(?:i|we) (?:need|want)\b|\b(?:make|create|produce|generate|build|prepare)\b|^(?:an?|the)?\s*\w*\s*(?:as|in)\b",
    re.IGNORECASE,
)
# Videos are made too, which is another wish: only these words take them away.
_TAKE_VIDEOS = re.compile(
    r"\b(?:export|download|save|zip|archive|package)\b|\b(?:give|send|get) (?:me|us) (?:all|the)\b", re.IGNORECASE
)
_EXPORT = re.compile(r"\b(?:export|download|take (?:it|the course) away)\b", re.IGNORECASE)
_BRING = re.compile(r"\b(?:import|add|insert|include|use|bring in|put in|attach|upload|load|open)\b", re.IGNORECASE)
_DECK = re.compile(
    r"\b(?:decks?|power\s?points?|pptx|presentation|slide ?show|(?:these|this|my|those) slides)\b", re.IGNORECASE
)
_AS_LESSON = re.compile(r"\b(?:as|into|to be|like) (?:an?|the|one|another|new|\s)*\s*lesson\b", re.IGNORECASE)
_SAVED = re.compile(
    r"\b(?:import|restore|load|bring (?:in|back))\b.*\b(?:course|markdown|backup|file|export)\b", re.IGNORECASE
)
_NEW = re.compile(
    r"\b(?:course|training|curriculum|workshop)\b.*\b(?:from|out of|about|on)\b|\binto\b.*\bcourse\b", re.IGNORECASE
)
_FORMS = (
    "As what? I can make a **PowerPoint** file, a **PDF handout**, **Markdown** to edit and import again, a zip of the "
    "**videos**, a **SCORM** package or a **Common Cartridge**."
)
_FILE = re.compile(r"[\w() -]+\.(?:pptx|md)\b", re.IGNORECASE)


def brought_in(said: str, talk: Conversation) -> list[Wish]:
    """“Import this course”, “add this deck as a lesson in module 2”."""
    if "a course saved by Lectern" in _attached(talk) or (_SAVED.search(said) and not _DECK.search(said)):
        return [Wish("import_course")]
    if not (_BRING.search(said) or _AS_LESSON.search(said)) or not _DECK.search(said):
        return []
    if not _AS_LESSON.search(said) and not re.search(r"\bimport\b|\b(?:to|in|into|after)\b.*\d", said, re.IGNORECASE):
        return []
    return [Wish("import_deck", {"document": _document(said), "place": _place(said, talk.outline)})]


def taken_away(said: str, talk: Conversation) -> list[Wish]:
    """“Export the course as PowerPoint”, “a handout of module 2”, “download all videos”."""
    if not talk.outline.modules or _NEW.search(said) or not (_TAKE.search(said) or _is_bare(said)):
        return []
    found = [name for name, words in _FORMATS if re.search(words, said, re.IGNORECASE)]
    if "videos" in found and (len(found) > 1 or not _TAKE_VIDEOS.search(said)):
        # “A SCORM package with the videos” is one file.
        found.remove("videos")
    return [Wish("export_course", {"format": form, "what": what}) for form in found for what in _parts(said, talk)]


def in_what_form(said: str, talk: Conversation) -> str:
    """The question to ask when the course is to be taken away without a word on the form; else nothing."""
    return _FORMS if talk.outline.modules and _EXPORT.search(said) and not taken_away(said, talk) else ""


def _is_bare(said: str) -> bool:
    """“PDF of lesson 1.2, please”: no verb at all, the form in front."""
    return any(re.match(rf"(?:the |an? )?(?:{words})", said, re.IGNORECASE) for _, words in _FORMATS[:5])


def _parts(said: str, talk: Conversation) -> list[str]:
    if lesson := lesson_named(said, talk.outline):
        return [lesson if lesson.startswith("lesson") else f"lesson {lesson}"]
    if modules := module_numbers(said, talk.outline):
        return [f"module {number}" for number in modules]
    if re.search(r"\b(?:this|that) lesson\b", said, re.IGNORECASE) and talk.lesson_in_mind:
        return [f"lesson {talk.lesson_in_mind}"]
    return ["course"]


def _place(said: str, outline: Outline) -> str | None:
    lesson = lesson_named(said, outline)
    if lesson and re.search(r"\b(?:after|behind|below)\b", said, re.IGNORECASE):
        return f"after lesson {lesson.removeprefix('lesson ')}"
    modules = module_numbers(said, outline)
    return f"module {modules[0]}" if modules else None


def _document(said: str) -> str | None:
    if number := re.search(r"\bS(\d{1,3})\b", said):
        return f"S{number[1]}"
    file = _FILE.search(said)
    return file[0].strip().split(" ")[-1] if file else None


def _attached(talk: Conversation) -> str:
    """What came with the message."""
    before = talk.before[-1] if talk.before else None
    return before.text if before is not None and before.role == "user" and "<attached" in before.text else ""
