"""What the author does, as the studio's tools call it: several deeds are one tool with an `action`."""

from typing import Any

_TOOLS: dict[str, tuple[str, str]] = {
    "list_sources": ("sources", "list"),
    "replace_source": ("sources", "replace"),
    "remove_source": ("sources", "remove"),
    "restore_source": ("sources", "restore"),
    "list_people": ("people", "list"),
    "invite_coauthor": ("people", "invite"),
    "remove_coauthor": ("people", "remove"),
    "list_courses": ("courses", "list"),
    "list_archived": ("courses", "list_archived"),
    "open_course": ("courses", "open"),
    "duplicate_course": ("courses", "duplicate"),
    "archive_course": ("courses", "archive"),
    "restore_course": ("courses", "restore"),
    "delete_course": ("courses", "delete"),
    "import_course": ("import_file", "course"),
    "import_deck": ("import_file", "deck"),
    "review_on": ("review", "on"),
    "review_off": ("review", "off"),
    "apply_proposal": ("review", "apply"),
    "decline_proposal": ("review", "decline"),
    "course_cost": ("spending", "so_far"),
    "set_budget": ("spending", "set_budget"),
    "lift_budget": ("spending", "no_budget"),
    "course_history": ("history", "steps"),
    "what_changed": ("history", "summary"),
}
_DEEDS = {called: deed for deed, called in _TOOLS.items()}


def as_called(deed: str, arguments: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The tool that does it, and its arguments."""
    if deed not in _TOOLS:
        return deed, arguments
    tool, action = _TOOLS[deed]
    return tool, {"action": action, **arguments}


def as_meant(tool: str, arguments: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The deed that a call asked for, and what of."""
    deed = _DEEDS.get((tool, str(arguments.get("action"))))
    if deed is None:
        return tool, arguments
    return deed, {name: value for name, value in arguments.items() if name != "action"}
