"""Finished films in the bucket: one for each order, however often it is made."""

import asyncio
import hashlib
from pathlib import Path

from pydantic import ValidationError

from course.errors import NotFound
from course.models.rendering import Film
from course.storage import Storage
from render_service.assignment import CAPTIONS, POSTER, VIDEO, Production

_READ = 1 << 20


class FilmShelf:
    """Files are named for the order and their content; a card for each order says which of them is its film.

    The card is written last and never again: a film stands on the shelf wholly or not at all, and of two
    workers at the same order the second takes the first one's film.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def find(self, key: str) -> Film | None:
        """The order's film, if it was made before. Raises `StorageUnavailable`."""
        try:
            film = Film.model_validate_json(await self._storage.download(_card(key)))
        except NotFound:
            return None
        except ValidationError:
            film = None
        if film and await self._storage.exists(film.video):
            return film
        # A card without its film is worse than none: it would keep the new one off the shelf.
        await self._storage.delete(_card(key))
        return None

    async def put(self, key: str, folder: Path, production: Production) -> Film:
        """Stores the folder's files and returns the order's film: this one, or one that was there first."""
        video = folder / VIDEO
        name = f"videos/{key}/{await asyncio.to_thread(_digest, video)}"
        generation, _, _ = await asyncio.gather(
            self._storage.upload(video, f"{name}.mp4", "video/mp4"),
            self._storage.upload(folder / CAPTIONS, f"{name}.vtt", "text/vtt; charset=utf-8"),
            self._storage.upload(folder / POSTER, f"{name}.jpg", "image/jpeg"),
        )
        film = Film(
            video=f"{name}.mp4",
            video_generation=generation,
            captions=f"{name}.vtt",
            poster=f"{name}.jpg",
            duration_seconds=production.duration_seconds,
            size_bytes=video.stat().st_size,
            cues=production.cues,
        )
        await self._storage.upload(film.model_dump_json().encode(), _card(key), "application/json")
        return Film.model_validate_json(await self._storage.download(_card(key)))


def _card(key: str) -> str:
    return f"videos/{key}/film.json"


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while part := content.read(_READ):
            digest.update(part)
    return digest.hexdigest()[:16]
