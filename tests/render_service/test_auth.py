"""Who may start a render."""

import http.server
import threading
from collections.abc import Iterator

import httpx
import pytest

from course.errors import Unavailable
from local_cloud.identity.authority import Authority
from local_cloud.ports import free_port
from render_service.auth import CallerAuthority, NoToken, WrongAccount

AUDIENCE = "http://127.0.0.1:8012"
INVOKER = "tasks@lectern.local"


def _authority(identity: Authority, certs_url: str | None = None, invoker: str = INVOKER) -> CallerAuthority:
    return CallerAuthority(
        audience=AUDIENCE, issuer=identity.issuer, caller=invoker, certs_url=certs_url or identity.certs_url
    )


@pytest.fixture
def certs(identity: Authority) -> Iterator[tuple[str, list[str]]]:
    """The identity's certificates served by a server that counts who asks."""
    asked: list[str] = []
    content = httpx.get(identity.certs_url).content

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/certs", asked
    server.shutdown()
    server.server_close()


async def test_the_queues_token_is_accepted(identity: Authority) -> None:
    """The very token the queue attaches opens the door."""
    await _authority(identity).check(f"Bearer {identity.id_token(INVOKER, AUDIENCE)}")


async def test_certificates_are_not_fetched_for_every_task(identity: Authority, certs: tuple[str, list[str]]) -> None:
    """Good and bad tokens alike: one fetch."""
    url, asked = certs
    authority = _authority(identity, url)
    for _ in range(3):
        await authority.check(f"Bearer {identity.id_token(INVOKER, AUDIENCE)}")
        with pytest.raises(NoToken):
            await authority.check("Bearer a.b.c")
    assert len(asked) == 1


@pytest.mark.parametrize("header", [None, "", "Basic dXNlcjpwYXNz", "Bearer", "Bearer  ", "Bearer nonsense"])
async def test_without_a_token_nothing_is_done(identity: Authority, header: str | None) -> None:
    """No header, another scheme, or something that is no token."""
    with pytest.raises(NoToken):
        await _authority(identity).check(header)


async def test_a_token_for_another_service_is_refused(identity: Authority) -> None:
    """The audience must be this service."""
    with pytest.raises(NoToken):
        await _authority(identity).check(f"Bearer {identity.id_token(INVOKER, 'http://elsewhere')}")


async def test_a_tampered_token_is_refused(identity: Authority) -> None:
    """One changed letter of the signature breaks it."""
    token = identity.id_token(INVOKER, AUDIENCE)
    place = len(token) - 20
    changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
    with pytest.raises(NoToken):
        await _authority(identity).check(f"Bearer {changed}")


async def test_another_account_is_refused(identity: Authority) -> None:
    """A good token of somebody else is not the queue's."""
    with pytest.raises(WrongAccount):
        await _authority(identity).check(f"Bearer {identity.id_token('someone@lectern.local', AUDIENCE)}")


async def test_another_issuer_is_refused(identity: Authority) -> None:
    """Even when its keys are the same."""
    authority = CallerAuthority(
        audience=AUDIENCE, issuer="https://accounts.google.com", caller=INVOKER, certs_url=identity.certs_url
    )
    with pytest.raises(NoToken):
        await authority.check(f"Bearer {identity.id_token(INVOKER, AUDIENCE)}")


async def test_an_unreachable_issuer_is_a_passing_trouble(identity: Authority) -> None:
    """The task is not lost: it comes again."""
    authority = _authority(identity, f"http://127.0.0.1:{free_port()}/certs")
    with pytest.raises(Unavailable):
        await authority.check(f"Bearer {identity.id_token(INVOKER, AUDIENCE)}")
