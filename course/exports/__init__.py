"""Taking a course away: one file for each format, from the course to its bytes."""
