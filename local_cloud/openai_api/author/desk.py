"""Where a request comes in: who is being asked, and with what."""

from local_cloud.openai_api.completion import Reply
from local_cloud.openai_api.problems import Problem
from local_cloud.openai_api.wire import ChatRequest


def answer(asked: ChatRequest) -> Reply:
    """The author's reply, decided from the request only."""
    if asked.schema_name is not None:
        raise Problem(400, f"The built-in author cannot write “{asked.schema_name}”.", "response_format")
    return Reply("I am Lectern's built-in author. Set OPENAI_API_KEY to connect a real model.")
