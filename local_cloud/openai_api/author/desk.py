"""Where a request comes in: who is being asked, and with what."""

from local_cloud.openai_api.author import tutor
from local_cloud.openai_api.author.director.turn import answer as direct
from local_cloud.openai_api.author.lessons import lesson
from local_cloud.openai_api.author.outliner import outline
from local_cloud.openai_api.author.reviewer import review
from local_cloud.openai_api.author.tags import blocks
from local_cloud.openai_api.completion import Reply
from local_cloud.openai_api.problems import Problem
from local_cloud.openai_api.wire import ChatRequest

_WRITERS = {"OutlineDraft": outline, "LessonDraft": lesson, "ReviewDraft": review}


def answer(asked: ChatRequest) -> Reply:
    """The author's reply, decided from the request only."""
    said = [message.text for message in asked.messages if message.role == "user"]
    if asked.schema_name is not None:
        return Reply(_structured(asked.schema_name, "\n".join(said)))
    if asked.response_format.type == "json_object":
        raise Problem(400, "The built-in author needs a schema: use response_format json_schema.", "response_format")
    if said and (blocks(said[-1], "question") or blocks(said[-1], "passage")):
        return Reply(tutor.answer(said[-1], said[:-1]))
    return direct(asked)


def _structured(name: str, material: str) -> str:
    """What the named schema asks for, as JSON."""
    if name not in _WRITERS:
        known = ", ".join(_WRITERS)
        raise Problem(400, f"The built-in author cannot write “{name}”; it knows {known}.", "response_format")
    return _WRITERS[name](material)
