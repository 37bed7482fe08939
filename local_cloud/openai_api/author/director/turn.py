"""One step of a turn: the next tool calls, or the answer that ends it."""

import re

from local_cloud.openai_api.author.director.conversation import Conversation, read_conversation
from local_cloud.openai_api.author.director.left_over import left_over, still_to_do
from local_cloud.openai_api.author.director.replies import INTRODUCTION, closing, without_tools
from local_cloud.openai_api.author.director.tools import Wish, fitted, forced
from local_cloud.openai_api.author.director.wishes import wishes
from local_cloud.openai_api.completion import Call, Reply
from local_cloud.openai_api.wire import ChatRequest

_MOVING = frozenset({"remove", "move", "arrange", "add_module", "add_slide", "add_question", "revise_outline"})
_FIRST = frozenset({"review_on", "review_off", "decline_proposal"})
_WORDING = frozenset({"rename", "change_text", "insert_text", "change_layout", "replace_text", "set_minutes"})


def answer(asked: ChatRequest) -> Reply:
    """Tools are used one after the other as the person asked; then what came of it is told."""
    talk = read_conversation(asked)
    wanted = _lasting(wishes(talk), talk)[len(talk.done) :]
    calls = [call for wish in wanted if (call := fitted(wish, asked.offered))]
    if not calls and asked.must_call and not talk.done and (call := forced(asked.offered, talk.said)):
        calls = [call]
    if calls and not _failed(talk):
        return Reply(calls=tuple(calls) if asked.parallel_tool_calls else tuple(calls[:1]))
    return Reply(_said(talk, wanted, calls))


def _lasting(found: list[Wish], talk: Conversation) -> list[Wish]:
    """Where one change moves what a later one means, words come first, then parts are called by their titles."""
    if len(found) < 2 or not any(wish.tool in _MOVING for wish in found):
        return found
    found = _in_order(found)
    titles = {one.number: one.title for one in talk.outline.lessons}
    titles |= {f"lesson {one.number}": one.title for one in talk.outline.lessons}
    titles |= {f"module {one.number}": one.title for one in talk.outline.modules}
    said = [one.title for one in talk.outline.lessons] + [one.title for one in talk.outline.modules]
    renamed = {wish.arguments["target"] for wish in found if wish.tool == "rename"}
    once = {name: title for name, title in titles.items() if said.count(title) == 1 and name not in renamed}
    return [
        Wish(wish.tool, {name: _called(value, once) for name, value in wish.arguments.items()})
        if wish.tool not in ("rename", "replace_text", "change_text", "insert_text")
        else wish
        for wish in found
    ]


def _in_order(found: list[Wish]) -> list[Wish]:
    """All numbers mean what stood there when the person spoke: what moves things comes last, from the back."""
    first = [wish for wish in found if wish.tool in _FIRST]
    words = [wish for wish in found if wish.tool in _WORDING or wish.arguments.get("scope")]
    others = [wish for wish in found if wish not in words and wish not in first]
    if len(others) > 1 and all(wish.tool == "remove" for wish in others):
        others.sort(key=_place, reverse=True)
    return [*first, *words, *others]


def _place(wish: Wish) -> list[int]:
    """Where a part stands, outermost number first, to compare it with others."""
    return [int(one) for one in reversed(re.findall(r"\d+", wish.arguments["target"].replace(".", " of ")))]


def _called(value: object, titles: dict[str, str]) -> object:
    return titles.get(value, value) if isinstance(value, str) else value


def _failed(talk: Conversation) -> bool:
    """A turn that was stopped does not go on with the next tool."""
    return any(done.result.startswith("Stopped by the person") for done in talk.done)


def _said(talk: Conversation, wanted: list[Wish], calls: list[Call]) -> str:
    if talk.done:
        rest = [] if _failed(talk) else wanted
        text = "\n\n".join(part for part in (closing(talk), still_to_do(rest, talk), left_over(talk)) if part)
    elif wanted and not calls:
        text = "I cannot do that from here. " + without_tools(talk)
    else:
        text = without_tools(talk)
    return f"{INTRODUCTION}\n\n{text}" if talk.first_reply else text
