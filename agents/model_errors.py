"""What went wrong with the model service, in a sentence for the person."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import openai
from autogen_core.models import CreateResult

from course.errors import LecternError, ModelUnavailable


class ModelRefused(ModelUnavailable):
    """The model service will not answer however often it is asked: a key, a name or a limit is wrong."""

    retryable = False


class ModelLimited(ModelUnavailable):
    """The model service wants fewer questions in a minute; later it will answer."""


class ModelNonsense(ModelUnavailable):
    """The model answered, and the answer cannot be used; the next question may fare better."""


@contextmanager
def translated() -> Iterator[None]:
    """Inside, whatever the model's client raises becomes `ModelUnavailable`; its own words go to the log."""
    try:
        yield
    except LecternError:
        raise
    except (openai.OpenAIError, httpx.HTTPError) as error:
        raise _translation(error) from error
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError) as error:
        # A far end that does not speak the protocol shows as any of these inside the client.
        raise ModelUnavailable("The model's answer could not be understood. Try again in a moment.") from error


def require_whole(result: CreateResult) -> None:
    """Raises `ModelUnavailable` for a stream that broke off: neither a reason to end nor a count of its tokens came."""
    if result.finish_reason == "unknown" and not result.usage.prompt_tokens:
        raise ModelUnavailable("The model's answer broke off in the middle. Try again.")


def _translation(error: Exception) -> ModelUnavailable:
    if isinstance(error, openai.RateLimitError):
        return _over_limit(error)
    if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
        return ModelRefused("The model service refused our key. Ask your operator to check OPENAI_API_KEY.")
    if isinstance(error, openai.NotFoundError):
        return ModelRefused("The model service does not know the model. Ask your operator to check its name.")
    if isinstance(error, openai.BadRequestError | openai.UnprocessableEntityError):
        return _bad_request(error)
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        return ModelUnavailable("The model took too long to answer. Try again in a moment.")
    if isinstance(error, openai.APIConnectionError):
        return ModelUnavailable("The model service cannot be reached just now. Try again in a moment.")
    if isinstance(error, openai.InternalServerError):
        return ModelUnavailable("The model service has trouble of its own just now. Try again in a moment.")
    if isinstance(error, httpx.HTTPError):
        return ModelUnavailable("The connection to the model broke off in the middle. Try again.")
    return ModelUnavailable("The model service did not answer properly. Try again in a moment.")


def _over_limit(error: openai.RateLimitError) -> ModelUnavailable:
    if error.code == "insufficient_quota":
        return ModelRefused("The account at the model service has no credit left. Ask your operator to top it up.")
    return ModelLimited("The model service is over its limit just now. Wait a minute, then try again.")


def _bad_request(error: openai.APIStatusError) -> ModelUnavailable:
    if error.code == "context_length_exceeded":
        return ModelRefused("That is more text than the model can read at once. Ask for a smaller part of it.")
    return ModelRefused("The model service did not accept the request. Ask your operator to look into the log.")
