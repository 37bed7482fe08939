"""The chat: history, routes, turns and delivery, against real parts."""
