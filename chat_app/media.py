"""Videos, captions and posters: each view checked, then a link that expires."""

from uuid import UUID

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from chat_app.acting import Acting
from chat_app.wiring import parts
from course.errors import NotFound
from course.models.rendering import Film, RenderJob

router = APIRouter(prefix="/media")

# Longer than a lesson: a player asks the same address again for every jump.
_MINUTES = 60


@router.get("/{job_id}")
async def video(job_id: UUID, person: Acting, download: bool = False) -> Response:
    """The film; with `?download=1` as a file to keep."""
    job, film = await _film(person.id, job_id)
    name = f"{job.lesson_number} {job.lesson_title}.mp4".replace("/", "-") if download else None
    return _redirect(await parts().storage.signed_url(film.video, minutes=_MINUTES, download_as=name))


@router.get("/{job_id}/captions.vtt")
async def captions(job_id: UUID, person: Acting) -> Response:
    """The captions, served from here: a browser takes them from the page's own origin only."""
    _, film = await _film(person.id, job_id)
    text = await parts().storage.download(film.captions)
    return Response(text, media_type="text/vtt", headers={"Cache-Control": "private, max-age=3600"})


@router.get("/{job_id}/poster")
async def poster(job_id: UUID, person: Acting) -> Response:
    """The first picture."""
    _, film = await _film(person.id, job_id)
    return _redirect(await parts().storage.signed_url(film.poster, minutes=_MINUTES))


async def _film(actor: UUID, job_id: UUID) -> tuple[RenderJob, Film]:
    job = await parts().renders.film(actor, job_id)
    if job.film is None:
        raise NotFound("This video is not there yet.")
    return job, job.film


def _redirect(url: str) -> Response:
    return RedirectResponse(url, 302, headers={"Cache-Control": "private, no-store"})
