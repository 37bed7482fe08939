"""What buttons on cards do. Each is checked anew for who presses it: what a card carries comes from a browser."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import chainlit as cl

from chat_app import learning
from chat_app.chainlit_calls import send, session
from chat_app.conversation import acting
from chat_app.view import cards
from chat_app.wiring import parts
from course.errors import BuiltOn, Conflict, Invalid, LecternError
from course.logs import continue_trace
from course.models.people import Person
from course.revisions import Reach

Answer = dict[str, Any]


def _answering(act: Callable[[Person, dict[str, Any]], Awaitable[Answer]]) -> Callable[[cl.Action], Awaitable[Answer]]:
    """The card gets `{"ok": true, …}` or `{"ok": false, "sentence": …}` and shows it."""

    # Not `wraps`: Chainlit looks at the signature to know what to hand over.
    async def answer(action: cl.Action) -> Answer:
        try:
            with continue_trace(None):
                return {"ok": True} | await act(await acting(), dict(action.payload))
        except BuiltOn as error:
            return {"ok": False, "sentence": error.sentence, "later": list(error.later)}
        except LecternError as error:
            return {"ok": False, "sentence": error.sentence}
        except (KeyError, TypeError, ValueError):
            return {"ok": False, "sentence": Invalid("This button is out of date. Reload the page.").sentence}

    return answer


@_answering
async def undo(person: Person, payload: dict[str, Any]) -> Answer:
    """Takes a change back; `reach` says what becomes of later ones that built on it."""
    reach = Reach(payload.get("reach", Reach.EXACT))
    course_id, number = UUID(payload["courseId"]), int(payload["number"])
    revision = await parts().revisions.undo(person.id, course_id, number, reach=reach)
    return {"sentence": revision.sentence}


@_answering
async def render(person: Person, payload: dict[str, Any]) -> Answer:
    """Asks for a lesson's video, and shows how far it is. The estimate was for the lesson of that title."""
    course_id, number = UUID(payload["courseId"]), str(payload["lesson"])
    line = (await parts().authoring.outline(person.id, course_id)).lesson(number)
    if line is not None and line.title != payload["title"]:
        raise Conflict(f"Lesson {number} is another one now. Ask for its video again to see what it takes.")
    job = await parts().renders.request(person.id, course_id, number, session().thread_id)
    await send(cl.Message("", author=cards.AUTHOR, elements=[cards.render_card(job.id)]))
    return {"jobId": str(job.id)}


@_answering
async def cancel_render(person: Person, payload: dict[str, Any]) -> Answer:
    """Ends a render."""
    job = await parts().renders.cancel(person.id, UUID(payload["jobId"]))
    return {"state": job.state.value}


@_answering
async def open_course(person: Person, payload: dict[str, Any]) -> Answer:
    """Enrols in a course and opens it in this conversation."""
    return {"title": await learning.open_course(person, session().thread_id, UUID(payload["courseId"]))}


ACTIONS: dict[str, Callable[[cl.Action], Awaitable[Answer]]] = {
    "undo": undo,
    "render": render,
    "cancel_render": cancel_render,
    "open_course": open_course,
}
