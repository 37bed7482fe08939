"""The Stop button. Chainlit's own handler adds a message of its own words and cancels only the last task."""

from typing import Any

from chainlit.session import WebsocketSession


def take_over(sockets: Any) -> None:
    """Puts our handler in the place of Chainlit's."""
    sockets.on("stop", stop)


async def stop(socket_id: str) -> None:
    """Cancels the turn; the turn itself keeps what it wrote and says that it was stopped."""
    session = WebsocketSession.get(socket_id)
    if session and session.current_task:
        session.current_task.cancel()
