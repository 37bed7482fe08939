"""How Chainlit's calls into the data layer are run: parked until the first message, and never failing in silence."""

import logging
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from chainlit.data.utils import queue_until_user_message

from course.errors import LecternError

logger = logging.getLogger(__name__)

_P = ParamSpec("_P")
_R = TypeVar("_R")


def logged(method: Callable[_P, Coroutine[Any, Any, _R]]) -> Callable[_P, Coroutine[Any, Any, _R]]:
    """Logs what goes wrong and raises it: nobody awaits the tasks Chainlit writes in."""

    @wraps(method)
    async def call(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return await method(*args, **kwargs)
        except LecternError as error:
            logger.warning("History refused %s: %s", method.__name__, error.sentence)
            raise
        except Exception:
            logger.exception("History failed in %s", method.__name__)
            raise

    return call


def parked(method: Callable[_P, Coroutine[Any, Any, _R]]) -> Callable[_P, Coroutine[Any, Any, _R]]:
    """`logged`, and held back until someone says something: a page that was only opened makes no conversation."""
    park: Any = queue_until_user_message  # untyped in Chainlit
    return cast("Callable[_P, Coroutine[Any, Any, _R]]", park()(logged(method)))
