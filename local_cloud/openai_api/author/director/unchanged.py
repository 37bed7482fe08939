"""Why a lesson that was to be changed is as it was."""

import re

from local_cloud.openai_api.author.director.conversation import Done
from local_cloud.openai_api.author.revision import understands
from local_cloud.openai_api.author.words import clipped

_REWRITES = (
    "As the built-in author I can make a lesson simpler, shorter or longer, and add an example, a slide or quiz "
    "questions from its sources; for other wishes connect a model with `OPENAI_API_KEY`."
)


def unchanged(done: Done) -> str:
    """A wish the built-in author cannot fulfil, or nothing left to fulfil it with; empty when something changed."""
    lesson = re.match(r"Lesson ([\d.]+) is as it was\b", done.result)
    if lesson is None:
        return ""
    instruction = str(done.arguments.get("instruction", ""))
    wish = f"“{clipped(' '.join(instruction.split()), 80)}”"
    if understands(instruction):
        return f"Lesson {lesson[1]} is as it was: for {wish} I found nothing more in the lesson and its sources."
    return f"Lesson {lesson[1]} is as it was: {wish} is more than I can do. {_REWRITES}"
