"""Every error raised on purpose.

LecternError                 a sentence for the person, and whether trying again can help
├── NotFound                 no such thing, or not theirs to see (never told apart)
├── NotAllowed               theirs to see, not theirs to do
├── Invalid                  the request or the content cannot be accepted as it is
│   └── UnreadableDocument   a file that cannot be turned into text
├── OverBudget               it would cost more than the course's budget has left
├── Conflict                 the thing changed since it was read
│   └── BuiltOn              later changes built on what should be taken back
├── Busy                     someone else is on it now; try again later
└── Unavailable              an outside system did not do its part; a retry can help
    ├── ModelUnavailable
    ├── StorageUnavailable
    └── QueueUnavailable
"""

from collections.abc import Sequence


class LecternError(Exception):
    """Carries `sentence`: safe to show, says what to do next. Tracebacks go to the log, never to the person."""

    retryable = False

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotFound(LecternError):
    """No such thing for this person."""


class NotAllowed(LecternError):
    """The person may see it but not do this."""


class Invalid(LecternError):
    """The request or content cannot be accepted as it is."""


class UnreadableDocument(Invalid):
    """A file that cannot be turned into text."""


class OverBudget(LecternError):
    """It would cost more than is left of the course's budget."""


class Conflict(LecternError):
    """The thing changed since it was read; read it again."""


class BuiltOn(Conflict):
    """A change cannot be taken back by itself: `later` are the numbers of the revisions that built on it."""

    def __init__(self, sentence: str, number: int, later: Sequence[int]) -> None:
        super().__init__(sentence)
        self.number = number
        self.later = tuple(later)


class Busy(LecternError):
    """Held by someone else for the moment."""

    retryable = True


class Unavailable(LecternError):
    """An outside system did not do its part."""

    retryable = True


class ModelUnavailable(Unavailable):
    """The model endpoint is down, slow, rate-limited or answers nonsense."""


class StorageUnavailable(Unavailable):
    """The object store did not take or give an object."""


class QueueUnavailable(Unavailable):
    """The task queue did not take a task."""
