"""The operator's desk in words: what waits, what runs, what failed."""

from chat_app.wiring import parts
from course.models.people import Person
from course.models.rendering import JobState, RenderJob
from course.rendering.desk import Desk

_STAGES = {
    "waiting": "waiting",
    "speech": "speaking",
    "pictures": "drawing slides",
    "film": "making the film",
    "upload": "storing",
    "finished": "finished",
}


async def report(person: Person) -> str:
    """The state of the press, for operators."""
    desk: Desk = parts().desk
    now = await desk.look(person.id)
    today = f"**{now.done_today}** done and **{now.failed_today}** failed in the last 24 hours"
    lines = [f"**{now.queued}** waiting · **{now.running}** running · {today}."]
    if now.unsent:
        lines.append(f"{now.unsent} tasks are not yet handed to the queue.")
    if now.under_way:
        lines += ["", "| Lesson | State | Progress | Attempt |", "|---|---|---|---|"]
        lines += [_row(job) for job in now.under_way]
    if now.failures:
        lines += ["", "**Failed last**", ""]
        lines += [
            f"- {job.lesson_number} {_cell(job.lesson_title)}: {job.error or 'no reason noted'}" for job in now.failures
        ]
    if not now.under_way and not now.failures:
        lines += ["", "Nothing is under way and nothing failed lately."]
    return "\n".join(lines)


def _row(job: RenderJob) -> str:
    state = _STAGES[job.stage.value] if job.state is JobState.RUNNING else job.state.value
    return f"| {job.lesson_number} {_cell(job.lesson_title)} | {state} | {job.progress:.0%} | {job.attempt} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
