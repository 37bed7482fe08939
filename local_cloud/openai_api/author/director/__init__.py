"""The director: an instructor's plain words to tool calls, and tool results to a short, truthful answer."""
