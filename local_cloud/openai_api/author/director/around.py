"""Wishes about what is around a course: its documents, its people, and its life; and how their results are told."""

import re
from collections.abc import Callable

from local_cloud.openai_api.author.director import sources
from local_cloud.openai_api.author.director.conversation import Conversation, Done
from local_cloud.openai_api.author.director.courses import courses
from local_cloud.openai_api.author.director.people import people
from local_cloud.openai_api.author.director.tools import Wish


def around(said: str, talk: Conversation) -> list[Wish]:
    """What is wanted of these; nothing when the words are about the course's content."""
    return courses(said, talk) or people(said, talk) or sources.documents(said, talk)


def _people(done: Done, _: Conversation) -> str:
    return "\n".join(f"- {line}" for line in done.result.splitlines())


def _courses(done: Done, _: Conversation) -> str:
    if not re.match(r"1\. ", done.result):
        return done.result
    if done.name == "list_archived":
        return f"In the archive:\n\n{done.result.strip()}\n\nSay “unarchive” and a title to have one back."
    return f"Your courses:\n\n{done.result.strip()}\n\nSay “open 1” to go on with one of them."


TELL: dict[str, Callable[[Done, Conversation], str]] = {
    "list_sources": lambda done, _: sources.listed(done.result),
    "replace_source": lambda done, _: sources.told(done.result),
    "remove_source": lambda done, _: sources.told(done.result),
    "list_people": _people,
    "list_courses": _courses,
    "list_archived": _courses,
}
