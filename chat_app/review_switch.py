"""The switch beside the composer with which agents ask before they change anything."""

from typing import Any

import chainlit as cl
from chainlit.input_widget import InputWidget, Switch

REVIEW = "review"


async def show(*, on: bool) -> None:
    """Puts the switch where it stands, on the page at hand."""
    switches: list[InputWidget] = [
        Switch(
            id=REVIEW,
            label="Ask me before changing anything",
            description="Changes are proposed, with what stands there before and after; you apply all or some of them.",
            initial=on,
        )
    ]
    settings: Any = cl.ChatSettings(switches)
    await settings.send()
