"""The one `History` of this process."""

from functools import lru_cache

from chat_app.history import History
from chat_app.wiring import Parts, parts


def history() -> History:
    """Conversations, kept in the process's database."""
    return _of(parts())


@lru_cache(maxsize=1)
def _of(made: Parts) -> History:
    return History(made.database, made.people)
