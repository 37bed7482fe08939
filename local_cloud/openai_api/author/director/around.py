"""Wishes about what is around a course: its documents, its people, and its life; and how their results are told."""

from collections.abc import Callable

from local_cloud.openai_api.author.director import sources
from local_cloud.openai_api.author.director.conversation import Conversation, Done
from local_cloud.openai_api.author.director.tools import Wish


def around(said: str, talk: Conversation) -> list[Wish]:
    """What is wanted, or was just agreed to; nothing when the words are about the course's content."""
    return sources.documents(said, talk)


TELL: dict[str, Callable[[Done, Conversation], str]] = {
    "list_sources": lambda done, _: sources.listed(done.result),
    "replace_source": lambda done, _: sources.told(done.result),
    "remove_source": lambda done, _: sources.told(done.result),
}
