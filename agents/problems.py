"""What pydantic found wrong with a model's output, told so that the model can mend it."""

from pydantic import ValidationError

_MOST = 8


def explained(error: ValidationError) -> str:
    """Each problem on a line: where it is and what is wrong, without echoing the value."""
    problems = error.errors(include_url=False, include_input=False, include_context=False)
    lines = [f"- {_place(problem['loc'])}: {problem['msg']}" for problem in problems[:_MOST]]
    if len(problems) > _MOST:
        lines.append(f"- and {len(problems) - _MOST} more of the kind")
    return "\n".join(lines)


def _place(loc: tuple[int | str, ...]) -> str:
    return ".".join(str(step) for step in loc) or "the whole"
