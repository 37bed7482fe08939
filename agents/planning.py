"""The outliner at work: from a brief and the documents to an outline, or from one outline to the next."""

from agents.material import block, outline_text, source_blocks
from agents.model import Model
from agents.roles import ask
from agents.turn import Turn
from course.models.outline import LessonLine, LessonPlan, ModulePlan, Outline, OutlineDraft

# About 15,000 tokens of documents: all headings, and of the texts as much as that leaves.
_SOURCE_BUDGET = 60_000


class Planning:
    """Plans outlines; storing them is the caller's."""

    def __init__(self, model: Model) -> None:
        self._model = model

    async def plan(self, turn: Turn, brief: str, instruction: str = "") -> OutlineDraft:
        """An outline for the brief; with `instruction`, the present outline changed by it.

        Raises `ModelUnavailable` when the model gives none that can be used.
        """
        outline = turn.now if turn.now and turn.now.modules else None
        parts = [block("brief", brief)]
        if outline:
            parts.append(f"<course>\n{outline_text(outline, full=True)}\n</course>")
        if instruction:
            parts.append(block("instruction", instruction))
        sections = []
        if turn.sources and turn.account.course_id:
            sections = list(await turn.cases.sources.sections(turn.actor, turn.account.course_id))
            parts.append(source_blocks(turn.sources, sections, _SOURCE_BUDGET))
        draft = await ask(self._model, "outliner", turn.account, OutlineDraft, "\n\n".join(parts))
        return _completed(draft, outline if instruction else None, {section.ref for section in sections})


def _completed(draft: OutlineDraft, before: Outline | None, refs: set[str]) -> OutlineDraft:
    """Without sections that do not exist; lessons that stay keep what the answer left out of their plan."""
    known = {lesson.title.casefold(): lesson for lesson in before.lessons} if before else {}
    modules = [
        ModulePlan(
            title=module.title,
            lessons=[_lesson(plan, known.get(plan.title.casefold()), refs) for plan in module.lessons],
        )
        for module in draft.modules
    ]
    return draft.model_copy(update={"modules": modules})


def _lesson(plan: LessonPlan, before: LessonLine | None, refs: set[str]) -> LessonPlan:
    sections = [ref.strip() for ref in plan.sections if ref.strip() in refs]
    return plan.model_copy(
        update={
            "sections": sections or (list(before.sections) if before else []),
            "objectives": list(plan.objectives) or (list(before.objectives) if before else []),
        }
    )
