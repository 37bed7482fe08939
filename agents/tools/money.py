"""The tool for what a course costs, and what it may cost."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from agents.tools import targets
from agents.turn import Turn
from agents.workbench import tool
from course.errors import Invalid
from course.models.revision import Kind
from course.models.usage import Budget, CourseSpending, Spending
from course.money import dollars

_PURPOSES = {
    "director": "talking",
    "outliner": "planning",
    "writer": "writing",
    "reviewer": "reviewing",
    "tutor": "answering learners",
    "embedding": "making texts searchable",
    "speech": "voices of videos",
    "render": "making videos",
}


@tool(
    {
        "so_far": "Adding up what it has cost",
        "set_budget": "Setting the budget",
        "no_budget": "Lifting the budget",
    }
)
async def spending(
    turn: Turn,
    action: Annotated[
        Literal["so_far", "set_budget", "no_budget"],
        Field(
            description="so_far: what a part has cost, for what, and what is left of the budget; set_budget: what the "
            "course may cost in all, work that would pass it is refused; no_budget: no limit any more"
        ),
    ],
    part: Annotated[
        str | None, Field(description="so_far of what: “1.2” or “module 2”; null for all of the course")
    ] = None,
    usd: Annotated[
        float | None,
        Field(description="set_budget: US dollars in all, with what is spent already; null otherwise"),
    ] = None,
) -> str:
    """Say what the course has cost, or set what it may cost."""
    if action == "so_far":
        return await _so_far(turn, part or "course")
    if action == "set_budget" and usd is None:
        raise Invalid("Say how many dollars the course may cost in all.")
    limit = None if usd is None or action == "no_budget" else Decimal(str(round(usd, 2)))
    return told(await turn.cases.budgets.set(turn.actor, turn.outline.id, limit))


async def _so_far(turn: Turn, part: str) -> str:
    found = targets.target(turn.outline, part)
    spent = await turn.cases.usage.spending(turn.actor, turn.outline.id)
    if found.kind is Kind.COURSE:
        return _course(spent)
    lessons = {one.id for one in targets.lessons(turn.outline, [part])}
    its = [one for one in spent.lessons if one.lesson_id in lessons]
    if not its:
        return f"Nothing was spent on {found.label} yet. {_budget(spent.budget)}".strip()
    uses = [use for one in its for use in one.by_purpose]
    lines = [f"{found.label[:1].upper()}{found.label[1:]} has cost {_total(uses)} so far: {_parts(uses)}."]
    if len(its) > 1:
        lines += [f"- lesson {one.number}, “{one.title}”: {_total(one.by_purpose)}" for one in its]
    return "\n".join([*lines, _budget(spent.budget)]).strip()


def told(budget: Budget | None) -> str:
    """What a course may cost from now on."""
    if budget is None:
        return "This course has no budget any more: nothing stops at an amount."
    return f"Set the budget of this course to {dollars(budget.limit_usd)}. {_budget(budget)}"


def _course(spent: CourseSpending) -> str:
    if not spent.by_purpose:
        return f"Nothing was spent on this course yet. {_budget(spent.budget)}".strip()
    lines = [f"The course has cost {_total(spent.by_purpose)} so far: {_parts(spent.by_purpose)}."]
    dear = sorted((one for one in spent.lessons if one.cost_usd), key=lambda one: -one.cost_usd)[:3]
    if dear:
        names = ", ".join(f"{one.number or one.title} ({dollars(one.cost_usd)})" for one in dear)
        lines.append(f"The dearest lessons: {names}.")
    lines.append(f"Prices are those of {spent.prices_as_of:%-d %B %Y}.")
    return "\n".join([*lines, _budget(spent.budget)]).strip()


def _total(uses: list[Spending]) -> str:
    known = sum(one.cost_usd or 0 for one in uses)
    unknown = sorted({one.model for one in uses if one.cost_usd is None})
    if not unknown:
        return dollars(known)
    return f"{dollars(known)} and what {', '.join(unknown)} took, whose price is not known"


def _parts(uses: list[Spending]) -> str:
    """Like “writing $0.41, voices of videos $0.20”; what costs nothing comes with its tokens left out."""
    sums: dict[str, float] = {}
    for one in uses:
        name = _PURPOSES.get(one.purpose, one.purpose)
        sums[name] = sums.get(name, 0.0) + (one.cost_usd or 0.0)
    priced = {name: usd for name, usd in sums.items() if usd}
    return ", ".join(f"{name} {dollars(usd)}" for name, usd in (priced or sums).items())


def _budget(budget: Budget | None) -> str:
    if budget is None:
        return ""
    held = f" ({dollars(budget.held_usd)} of it set aside for work under way)" if budget.held_usd else ""
    taken = budget.spent_usd + budget.held_usd
    return (
        f"Of its budget of {dollars(budget.limit_usd)}, {dollars(taken)} is used{held} and "
        f"{dollars(budget.left_usd)} left."
    )
