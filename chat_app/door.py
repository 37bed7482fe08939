"""Logging in with a password. Stands before Chainlit's own route, which turns every trouble into a wrong password."""

from typing import Annotated

from chainlit.auth import create_jwt, set_auth_cookie
from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse
from fastapi.security import OAuth2PasswordRequestForm

from chat_app.wiring import parts
from course.errors import Busy, LecternError

router = APIRouter()


@router.post("/login")
async def log_in(request: Request, form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> JSONResponse:
    """Sets Chainlit's cookie. `detail` is a key of `.chainlit/wording.json`, which the log-in page shows."""
    address = request.client.host if request.client else ""
    try:
        user = await parts().sign_in.with_password(form.username, form.password, address=address)
    except Busy:
        return JSONResponse({"detail": "toomany"}, 429)
    except LecternError:
        return JSONResponse({"detail": "unavailable"}, 503)
    if user is None:
        return JSONResponse({"detail": "credentialssignin"}, 401)
    answer = JSONResponse({"success": True})
    set_auth_cookie(request, answer, create_jwt(user))
    return answer
