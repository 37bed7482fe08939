"""The course: what it is and what may be done to it."""
