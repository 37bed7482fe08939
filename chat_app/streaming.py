"""A reply on the screen while it is being written: what comes faster than one can see is shown together."""

import asyncio

import chainlit as cl

# Twenty-five times a second. Each piece sent costs as much as the rest of its way from the model.
_PAUSE_SECONDS = 0.04


class Streaming:
    """Of one message. The first piece is shown at once, no piece waits longer than the pause."""

    def __init__(self, message: cl.Message) -> None:
        self.message = message
        self._waiting = ""
        self._next = 0.0
        self._later: asyncio.Task[None] | None = None

    async def add(self, text: str) -> None:
        """Shows it, now or with what follows."""
        self._waiting += text
        pause = self._next - asyncio.get_running_loop().time()
        if pause <= 0:
            await self._show()
        elif self._later is None:
            self._later = asyncio.create_task(self._show_after(pause))

    def end(self) -> cl.Message:
        """The message with all its text; the last piece is not shown apart, for the whole is about to be sent."""
        self._stop_waiting()
        self.message.content += self._waiting
        self._waiting = ""
        return self.message

    async def _show_after(self, pause: float) -> None:
        await asyncio.sleep(pause)
        self._later = None
        await self._show()

    async def _show(self) -> None:
        self._stop_waiting()
        text, self._waiting = self._waiting, ""
        self._next = asyncio.get_running_loop().time() + _PAUSE_SECONDS
        # Chainlit keeps and sends it before it waits for anything: pieces cannot overtake one another.
        await self.message.stream_token(text)

    def _stop_waiting(self) -> None:
        later, self._later = self._later, None
        if later is not None:
            later.cancel()
