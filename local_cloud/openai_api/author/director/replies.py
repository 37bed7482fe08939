"""What the director says: from what tools reported, and when there is nothing to do."""

import re
from collections.abc import Callable

from course.sentences import split_sentences
from local_cloud.openai_api.author.brief import is_thin
from local_cloud.openai_api.author.director import files, review
from local_cloud.openai_api.author.director.around import TELL
from local_cloud.openai_api.author.director.conversation import Conversation, Done
from local_cloud.openai_api.author.director.money import cost_offered
from local_cloud.openai_api.author.director.outline import Outline, read_outline
from local_cloud.openai_api.author.director.proposals import answers_no, answers_yes
from local_cloud.openai_api.author.director.quality import reported
from local_cloud.openai_api.author.director.questions import asks_for_course, bare, is_question, is_small_talk
from local_cloud.openai_api.author.director.unchanged import unchanged
from local_cloud.openai_api.author.words import clipped

INTRODUCTION = (
    "I am Lectern’s built-in author: I build courses from your own documents, without a language model. "
    "To connect one, set `OPENAI_API_KEY` and start Lectern again."
)
ABILITIES = (
    "I can plan a course from a document or a brief, write its lessons, change them (“make "
    "lesson 1.2 simpler”, "
    "“merge modules 2 and 3”, “rename module 1 to …”), undo, make videos (“render lesson 1.1”) and publish."
)
_OFFER = re.compile(r"Shall I make the video of lesson [\d.]+\?")
_TOOL_NAME = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")
_UNDO_HINT = " Say *undo* to take it back."
_SUCCESS = re.compile(
    r"^(?:Planned|Changed|This removed|Wrote|Rewrote|Replaced|Renamed|Swapped|Merged|Split|Duplicated|Laid out|"
    r"Added|Removed|Moved|Set|"
    r"Opened|Published|Undid|Took back|Undo)\b"
)


def closing(talk: Conversation) -> str:
    """After tools: what was done, in the tools' own figures, and what comes next."""
    told = list(dict.fromkeys(one for done in talk.done if (one := _told(done, talk))))
    if sum(_OFFER.search(one) is not None for one in told) > 1:
        told = [_OFFER.sub("", one).strip() for one in told] + ["Shall I make these videos?"]
    text = "\n\n".join(told)
    if asked := review.asking(told, talk):
        return asked
    # Several changes, one hint.
    return text.replace(_UNDO_HINT, "", text.count(_UNDO_HINT) - 1) if _UNDO_HINT in text else text


def _told(done: Done, talk: Conversation) -> str:
    tell = _TELL.get(done.name)
    if not done.result.strip():
        return "That is done."
    if (would := review.proposed(done)) is not None:
        return review.as_proposed(_for_people(tell(would, talk) if tell else would.result))
    return _for_people(tell(done, talk) if tell else done.result.strip())


def _for_people(text: str) -> str:
    """Without the sentences in which a tool tells the model about other tools."""
    if not _TOOL_NAME.search(text):
        return text
    advice = "To make another course, start a new conversation." if "new conversation" in text else ""
    kept = [sentence for sentence in split_sentences(text) if not _TOOL_NAME.search(sentence)]
    return " ".join([*kept, advice]).strip() or "That cannot be done now."


def _planned(done: Done, _: Conversation) -> str:
    match = re.search(r"^(Planned|Changed) “(.+?)”: (.+?)\.$", done.result, re.MULTILINE)
    if match is None:
        return done.result.split("\n\n")[0]
    lost = done.result.split("\n\n")[0] + "\n\n" if done.result.startswith("This removed") else ""
    outline = read_outline(done.result)
    takes = re.search(r"Writing the (.+?) takes (.+?)\.$", done.result, re.MULTILINE)
    verb = "Here is a plan" if match[1] == "Planned" else "The outline is changed"
    names = "\n".join(f"- **{module.title}** ({_lessons(len(module.lessons))})" for module in outline.modules[:12])
    text = f"{lost}{verb}: **{match[2]}**, {match[3]}.\n\n{names}"
    if takes is None:
        return text
    return (
        f"{text}\n\nTell me what to change, for example “merge modules 1 and 2”. "
        f"Shall I write the {takes[1].replace('planned ', '').removeprefix('1 ')}? It takes {takes[2]}."
        if outline.planned
        else text
    )


def _drafted(done: Done, talk: Conversation) -> str:
    result = done.result.strip()
    if offer := cost_offered(result):
        return offer
    first = next((one for one in re.findall(r"\d+\.\d+", result.split("Not written")[0])), None)
    if not result.startswith("Wrote") or first is None:
        return result
    if not talk.outline.documents:
        result += (
            "\n\nI had no document to write from, so these are frames only. Attach one and say “rewrite lesson 1.1”."
        )
    return f"{result}\n\nHave a look at them beside the chat. Shall I find out what the video of lesson {first} takes?"


def _changed(done: Done, _: Conversation) -> str:
    text = re.split(r"\n\n(?:The outline now|In lesson [\d.]+ now)", done.result)[0].strip()
    if _SUCCESS.match(text) and "Undo" not in text:
        return f"{text}{_UNDO_HINT}"
    return text


def _rewritten(done: Done, talk: Conversation) -> str:
    return unchanged(done) or _changed(done, talk)


def _added(done: Done, talk: Conversation) -> str:
    text = _changed(done, talk)
    return f"{text} Shall I write the lesson?" if _SUCCESS.match(text) else text


def _undone(done: Done, _: Conversation) -> str:
    text = done.result.split("\n\nThe outline now")[0].strip()
    if text.startswith("Took back"):
        return f"{text} Say *redo* to have it again."
    return f"{text}{_UNDO_HINT}" if text.startswith("Went back") else text


def _applied(done: Done, _: Conversation) -> str:
    text = review.applied(done)
    return f"{text}{_UNDO_HINT}" if text.startswith("Applied") and "Shall I" not in text else text


def _estimated(done: Done, _: Conversation) -> str:
    text = re.sub(r"\s*Ask the person .*$", "", done.result.strip())
    lesson = done.arguments.get("lesson", "")
    if "made already" in text:
        return f"{text} Shall I show the video of lesson {lesson}?"
    return f"{text}\n\nShall I make the video of lesson {lesson}?" if "characters" in text else text


def _shown(done: Done, _: Conversation) -> str:
    """The slides' titles and points; the whole lesson stands beside the chat."""
    head = re.match(r"Lesson ([\d.]+): (.+?) \((\d+) min, ([\d,]+) words", done.result)
    slides = re.findall(r"^Slide (\d+): (.+?)(?: \[\w+\])?$", done.result, re.MULTILINE)
    if head is None or not slides:
        return clipped(done.result.replace("\n", " "), 600)
    quiz = len(re.findall(r"^Quiz \d+:", done.result, re.MULTILINE))
    listed = "\n".join(f"{number}. {title}" for number, title in slides)
    return (
        f"**Lesson {head[1]}: {head[2]}** has {len(slides)} slides, {head[4]} words of narration and "
        f"{quiz} quiz questions:\n\n{listed}\n\nAll of it stands beside the chat."
    )


def _history(done: Done, _: Conversation) -> str:
    lines = [line for line in done.result.splitlines() if line.strip()]
    return (
        "The latest changes:\n\n" + "\n".join(f"- {line}" for line in lines)
        if lines[0].startswith("Revision")
        else done.result
    )


def _opened(done: Done, _: Conversation) -> str:
    outline = read_outline(done.result)
    if not done.result.startswith("Opened"):
        return done.result
    state = (
        f"{len(outline.modules)} modules and {_lessons(len(outline.lessons))}"
        if outline.modules
        else "nothing planned yet"
    )
    return f"Opened **{outline.title}**: {state}. What shall we change?"


def _imported(done: Done, _: Conversation) -> str:
    text = done.result.split("\n\n")[0]
    return f"{text} {_next_step(read_outline(done.result))}" if text.startswith("Imported") else text


def _status(done: Done, _: Conversation) -> str:
    lines = done.result.strip().splitlines()
    return "\n".join(f"- {line}" for line in lines) if len(lines) > 1 else done.result


_TELL: dict[str, Callable[[Done, Conversation], str]] = {
    "outline_course": _planned,
    "revise_outline": _planned,
    "draft_lessons": _drafted,
    "rewrite_lesson": _rewritten,
    "replace_text": _changed,
    "rename": _changed,
    "add_module": _changed,
    "add_lesson": _added,
    "remove": _changed,
    "move": _changed,
    "set_minutes": _changed,
    "arrange": _changed,
    "change_text": _changed,
    "insert_text": _changed,
    "add_slide": _changed,
    "change_layout": _changed,
    "add_question": _changed,
    "describe_course": _changed,
    "undo": _undone,
    "redo": _undone,
    "go_back": _undone,
    "estimate_render": _estimated,
    "show_lesson": _shown,
    "course_history": _history,
    "apply_proposal": _applied,
    "open_course": _opened,
    "import_course": _imported,
    "import_deck": _changed,
    "render_status": _status,
    "check_quality": lambda done, _: reported(done.result),
    **TELL,
}


def without_tools(talk: Conversation) -> str:
    """When nothing was to be done: an answer from the outline, a question, or plainly that it was not understood."""
    said = bare(talk.said).lower().strip(" .!?")
    if answers_no(talk.said):
        return _declined(talk)
    if is_small_talk(talk.said) and re.search(r"\b(?:thanks|thank you|thx|cheers)\b", talk.said, re.IGNORECASE):
        return f"You are welcome. {_next_step(talk.outline)}"
    if is_small_talk(talk.said) and not answers_yes(talk.said) and "help" not in said:
        return f"Hello. {_next_step(talk.outline)}"
    if answers_yes(talk.said):
        return f"Good. {_next_step(talk.outline)}"
    if counted := files.in_what_form(talk.said, talk) or _counted(said, talk.outline):
        return counted
    if re.search(
        r"\b(?:help|what (?:else )?(?:can|could) (?:you|i)|what do (?:you|i) do|who are you|who made you|what are you|"
        r"how (?:can|do|does|should) (?:i|you|we|this|it|one)|are you (?:an? |real|human)|what is (?:this|lectern)|"
        r"can (?:you|i) (?:make|create|build|write|plan)|what should i)\b",
        said,
    ):
        return f"{ABILITIES} {_next_step(talk.outline)}"
    if not talk.outline.modules and (is_thin(talk.said) and (asks_for_course(talk.said) or not is_question(talk.said))):
        return _opening(talk.outline)
    if re.search(r"\b(?:what(?:’s|'s| is)? next|what now|next step)\b", said):
        return _next_step(talk.outline)
    if re.search(r"\bslide \d|\bquiz\b|\bnarration\b|\b(?:it|this|that)\b.*\b(?:simpler|shorter|longer)\b", said):
        return "Which lesson do you mean? Say it with its number, like “in lesson 1.2”."
    quoted = clipped(" ".join(talk.said.split()), 80)
    asking = "" if talk.outline.modules else "To start a course, say “Make a course about …”. "
    return (
        f"I did not understand “{quoted}”. As the built-in author I know plain requests only. {ABILITIES} {asking}"
        "For more than that, connect a real model: set `OPENAI_API_KEY`."
    )


def _declined(talk: Conversation) -> str:
    """What was offered is left; what the turn before did without asking can only be taken back."""
    changed = any(
        _SUCCESS.match(one.result) and _TELL.get(one.name) in (_changed, _rewritten) for one in talk.last_done
    )
    if changed and "?" not in talk.last_reply:
        return "It is done already. Say *undo* to take it back, or tell me what you would like instead."
    return "All right, I leave it as it is. Tell me what you would like instead."


def _opening(outline: Outline) -> str:
    if outline.documents:
        return f"You attached **{outline.documents[-1]}**. Who is the course for, and how many modules should it have?"
    return "What should the course be about? Attach a document, or name the topic and who it is for."


def _next_step(outline: Outline) -> str:
    if not outline.modules:
        return _opening(outline)
    if outline.planned:
        count = len(outline.planned)
        waiting = "the lesson that is" if count == 1 else f"the {count} lessons that are"
        return f"Next, I can write {waiting} planned. Shall I write the lessons?"
    return f"All lessons are written. Shall I find out what the video of lesson {outline.lessons[0].number} takes?"


def _counted(said: str, outline: Outline) -> str:
    """Questions about the course's size and shape, answered from the outline."""
    if not outline.modules:
        return ""
    asks = re.search(
        r"\bhow many\b|\bhow long\b|\bwhat is the outline\b|\boverview\b|\boutline\b|"
        r"\bshow (?:me )?the (?:course|plan)\b|\bwhat(?:’s|'s| is) in (?:the|this) course\b",
        said,
    )
    if asks is None or re.search(r"\b(?:change|make|add|remove)\b", said):
        return ""
    minutes = sum(one.minutes for one in outline.lessons)
    names = "\n".join(f"- **{one.title}** ({_lessons(len(one.lessons))})" for one in outline.modules)
    written = len(outline.lessons) - len(outline.planned)
    return (
        f"**{outline.title}** has {len(outline.modules)} modules and "
        f"{_lessons(len(outline.lessons))}, {minutes} minutes; "
        f"{written} {'is' if written == 1 else 'are'} written.\n\n{names}"
    )


def _lessons(count: int) -> str:
    return "1 lesson" if count == 1 else f"{count} lessons"
