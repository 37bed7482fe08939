"""Bringing a course in: files made by Lectern, and decks."""
