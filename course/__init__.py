"""What a course is and what may be done to it."""
