"""A chat process that does one turn: `python -m tests.agents.drafting_process ACTOR THREAD MESSAGE`, to be killed."""

import asyncio
import sys
from uuid import UUID

from chat_app.wiring import build
from course.settings import Settings


async def main(actor: str, thread: str, message: str) -> None:
    """The turn, with all parts made from the environment."""
    parts = build(Settings())
    async for _ in parts.studio.turn(UUID(actor), thread, message):
        pass


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
