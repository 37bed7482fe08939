"""Lessons into videos: asked for in a conversation, queued, made by the press, told to whoever waits."""
