"""`python -m migrations [REVISION]`: brings the database of LECTERN_POSTGRES_URL to the newest schema (or that one)."""

import sys

from course.errors import LecternError
from migrations import upgrade


def main() -> int:
    """Returns the process's exit code."""
    try:
        upgrade(revision=sys.argv[1] if len(sys.argv) > 1 else "head")
    except LecternError as error:
        sys.stderr.write(f"{error.sentence}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
