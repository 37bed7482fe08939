"""The `settings` fixture: every address in it answers."""

import asyncpg
import grpc
import httpx

from course.settings import Settings


async def test_every_far_end_answers(settings: Settings) -> None:
    """Database, bucket, queue, keys and models are all there when a test asks for `settings`."""
    address = settings.postgres_url.get_secret_value().replace("+asyncpg", "")
    connection = await asyncpg.connect(address)
    assert await connection.fetchval("SELECT count(*) FROM courses") == 0
    await connection.close()
    bucket = f"{settings.storage_endpoint}/storage/v1/b/{settings.storage_bucket}"
    async with httpx.AsyncClient() as client:
        assert (await client.get(bucket)).json()["name"] == settings.storage_bucket
        assert (await client.get(settings.tasks_certs_url)).json()
        assert (await client.get(f"{settings.openai_base_url}/models")).json()["data"]
    async with grpc.aio.insecure_channel(settings.tasks_endpoint) as channel:
        await channel.channel_ready()
    assert settings.google_credentials is not None
    assert settings.google_credentials.exists()
