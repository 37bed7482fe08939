"""What stops the local cloud from starting, said in one sentence."""

from course.errors import LecternError


class CannotStart(LecternError):
    """A part cannot start on this machine as it is; the sentence says what to change."""
