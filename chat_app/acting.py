"""Who asks: the person behind Chainlit's log-in cookie, as the database knows them now."""

from typing import Annotated

from chainlit.auth import get_token_from_cookies
from chainlit.auth.jwt import decode_jwt
from fastapi import Depends, HTTPException, Request
from jwt import InvalidTokenError

from chat_app.wiring import parts
from course.models.people import Person


async def acting_person(request: Request) -> Person:
    """Answers 401 without a valid cookie of an account that is still open."""
    token = get_token_from_cookies(request.cookies)
    try:
        user = decode_jwt(token) if token else None
    except InvalidTokenError:
        user = None
    person = await parts().people.by_email(user.identifier) if user else None
    if person is None:
        raise HTTPException(401, "Sign in first, then try again.")
    return person


Acting = Annotated[Person, Depends(acting_person)]
