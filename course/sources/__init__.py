"""Documents: from a file to sections and passages of a course. Empty on purpose: the reading child imports little."""
