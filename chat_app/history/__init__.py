"""Chainlit's data layer on our own tables: conversations that outlive the socket, each its author's alone."""

from chat_app.history.layer import History

__all__ = ["History"]
