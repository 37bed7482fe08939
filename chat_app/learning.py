"""A learner's message: about the course at hand, or the choice of one."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from uuid import UUID

import chainlit as cl

from agents.events import Event, Failed
from chat_app import held_question, panel
from chat_app.chainlit_calls import send
from chat_app.view import cards
from chat_app.wiring import parts
from course.errors import LecternError
from course.models.people import Person

_CHOOSE = "Choose a course below and open it. Then ask me anything about it: I answer from the course, and say where."
_CHOOSE_FIRST = "Choose a course below and open it. Then I answer your question from it, and say where."
_NONE = "No course is published yet. Once an instructor publishes one, it appears here."


async def events(person: Person, thread_id: str, question: str) -> AsyncGenerator[Event, None]:
    """The tutor's turn; or the list of courses, as long as none is open in this conversation."""
    conversation = await parts().conversations.open(person.id, thread_id, "learn")
    if conversation.course_id is None:
        await offer_courses(person, held=held_question.hold(question))
        return
    try:
        await parts().learning.edition(person.id, conversation.course_id)
    except LecternError as error:
        yield Failed(error.sentence, retryable=False)
        await offer_courses(person, held=held_question.hold(question))
        return
    turn = parts().tutor.turn(person.id, thread_id, conversation.course_id, question)
    async with aclosing(turn) as answer:
        async for event in answer:
            yield event


async def offer_courses(person: Person, *, held: bool = False) -> None:
    """Shows what there is to learn; `held` says that there is a question to answer then."""
    courses = await parts().learning.courses(person.id)
    elements = [cards.course_list()] if courses else []
    choose = _CHOOSE_FIRST if held else _CHOOSE
    await send(cl.Message(choose if courses else _NONE, author=cards.AUTHOR, elements=elements))


async def open_course(person: Person, thread_id: str, course_id: UUID) -> str:
    """Enrols the person if need be and makes the conversation about the course; returns its title.

    A question they asked before is answered then.
    """
    made = parts()
    await made.learning.enroll(person.id, course_id)
    course = await made.learning.edition(person.id, course_id)
    await made.conversations.open(person.id, thread_id, "learn")
    await made.conversations.set_course(person.id, thread_id, course_id)
    await panel.show(course_id, learn=True, unfold=True)
    text = f"You are in **{course.title}**. Watch its lessons on the side, and ask me whatever you want to understand."
    await send(cl.Message(text, author=cards.AUTHOR))
    if question := held_question.release():
        held_question.answer(question, course_id, made.tutor.turn(person.id, thread_id, course_id, question))
    return course.title
