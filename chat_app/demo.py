"""What the log-in page says on a machine of one's own."""

from typing import Any

from fastapi import APIRouter

from chat_app.wiring import parts

router = APIRouter(prefix="/api")

_ACCOUNTS = (
    ("Instructor", "instructor@lectern.local", "makes courses"),
    ("Learner", "learner@lectern.local", "takes them"),
    ("Operator", "operator@lectern.local", "watches the renders"),
)


@router.get("/demo")
async def demo() -> dict[str, Any]:
    """The demo accounts where `LECTERN_DEMO` is set, nothing elsewhere. Passwords are `make up`'s to print."""
    if not parts().settings.demo:
        return {"demo": False}
    accounts = [{"name": name, "email": email, "does": does} for name, email, does in _ACCOUNTS]
    return {"demo": True, "accounts": accounts}
