"""How long a course takes to write, beside the usual way to have agents write it."""
