"""Renders on the real Postgres and queue."""
