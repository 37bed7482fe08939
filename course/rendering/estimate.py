"""What a render will take, reckoned from the renders of late."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from course.models.rendering import Estimate, Film, JobState, RenderOrder
from course.prices import Prices
from course.rendering.orders import speech_characters, words
from course.tables import RenderJobRow

# What holds before anything was measured here: an unhurried voice; two cores and a local voice.
_WORDS_PER_MINUTE = 150.0
_RENDER_SECONDS_PER_FILM_SECOND = 0.3
_LATELY = 20


@dataclass(frozen=True)
class Pace:
    """How fast the voice speaks and the press works, and what stands in the queue."""

    words_per_minute: float = _WORDS_PER_MINUTE
    render_seconds_per_film_second: float = _RENDER_SECONDS_PER_FILM_SECOND
    words_ahead: int = 0
    presses: int = 1


def estimate(order: RenderOrder, pace: Pace, prices: Prices, *, already_rendered: bool) -> Estimate:
    """Minutes of video, price, and seconds until it can be watched; nothing to pay or wait for what is there."""
    seconds = words(order) / pace.words_per_minute * 60
    ahead = pace.words_ahead / pace.words_per_minute * 60 / pace.presses
    characters = speech_characters(order)
    usd = Decimal(0) if already_rendered else prices.cost(order.speech_model, characters)
    return Estimate(
        lesson_number=order.lesson_number,
        lesson_title=order.lesson_title,
        video_minutes=round(seconds / 60, 2),
        speech_characters=characters,
        cost_usd=None if usd is None else round(float(usd), 4),
        wait_seconds=0.0 if already_rendered else round((ahead + seconds) * pace.render_seconds_per_film_second, 1),
        already_rendered=already_rendered,
    )


async def measure_pace(session: AsyncSession, voice: str) -> Pace:
    """The pace of the last renders (the voice's own, for speaking), and the queue as it stands."""
    done = await _done_lately(session, voice)
    film_seconds = sum(film.duration_seconds for _, film, _ in done)
    spoken = sum(words(order) for order, _, _ in done)
    worked = sum(seconds for _, _, seconds in done)
    waiting = await session.scalars(
        select(RenderJobRow.order).where(RenderJobRow.state.in_([JobState.QUEUED, JobState.RUNNING])),
    )
    return Pace(
        words_per_minute=spoken / film_seconds * 60 if spoken and film_seconds else _WORDS_PER_MINUTE,
        render_seconds_per_film_second=worked / film_seconds if film_seconds else _RENDER_SECONDS_PER_FILM_SECOND,
        words_ahead=sum(words(RenderOrder.model_validate(order)) for order in waiting),
        presses=await _presses(session),
    )


async def _done_lately(session: AsyncSession, voice: str) -> list[tuple[RenderOrder, Film, float]]:
    job = RenderJobRow
    worked = func.extract("epoch", job.finished_at - job.started_at)
    rows = await session.execute(
        select(job.order, job.film, worked)
        .where(job.state == JobState.DONE, job.order["voice"].astext == voice)
        .order_by(job.finished_at.desc())
        .limit(_LATELY),
    )
    return [
        (RenderOrder.model_validate(order), Film.model_validate(film), float(seconds)) for order, film, seconds in rows
    ]


async def _presses(session: AsyncSession) -> int:
    running = await session.scalar(
        select(func.count()).where(RenderJobRow.state == JobState.RUNNING, RenderJobRow.lease_until >= func.now()),
    )
    return max(running or 0, 1)
