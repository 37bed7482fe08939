"""Whole journeys through the running product, in a real browser."""
