"""The local identity, held to google-auth's own verifier and credentials."""

import base64
import json
import stat
import time
from collections.abc import Callable
from pathlib import Path

import google.auth.transport.requests
import httpx
import jwt
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from google.auth import exceptions
from google.oauth2 import id_token, service_account

from local_cloud.identity.authority import INVOKER, PRODUCT, Authority
from local_cloud.identity.keys import kept_key

AUDIENCE = "http://127.0.0.1:8012"


def verify(authority: Authority, token: str, audience: str = AUDIENCE) -> dict[str, object]:
    """What the render service does with a task's token."""
    request = google.auth.transport.requests.Request()
    return dict(id_token.verify_token(token, request, audience=audience, certs_url=authority.certs_url))


def test_google_auth_accepts_our_token(identity: Authority) -> None:
    """A token we mint says who called whom, to Google's verifier, over our certificates URL."""
    claims = verify(identity, identity.id_token(INVOKER, AUDIENCE))
    assert (claims["iss"], claims["email"], claims["email_verified"]) == (identity.issuer, INVOKER, True)


def _for_another(authority: Authority) -> str:
    return authority.id_token(INVOKER, "http://127.0.0.1:9999")


def _expired(authority: Authority) -> str:
    return authority.id_token(INVOKER, AUDIENCE, lifetime=-60)


def _tampered(authority: Authority) -> str:
    head, body, signature = authority.id_token(INVOKER, AUDIENCE).split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "==")) | {"email": "someone@else"}
    return ".".join((head, base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode(), signature))


def _of_another_key(authority: Authority) -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    claims = {"aud": AUDIENCE, "iat": int(time.time()), "exp": int(time.time()) + 60, "email": INVOKER}
    return jwt.encode(claims, key, algorithm="RS256", headers={"kid": next(iter(authority.certificates()))})


@pytest.mark.parametrize("forge", [_for_another, _expired, _tampered, _of_another_key])
def test_google_auth_refuses_a_wrong_token(identity: Authority, forge: Callable[[Authority], str]) -> None:
    """A token for another audience, too old, changed, or signed by another key opens nothing."""
    with pytest.raises((ValueError, exceptions.GoogleAuthError)):
        verify(identity, forge(identity))


def as_google(identity: Authority) -> dict[str, str]:
    """The file's account as one of Google's own universe, where a key is exchanged for a token."""
    account: dict[str, str] = json.loads(identity.credentials.read_text())
    return account | {"universe_domain": "googleapis.com"}


def test_service_account_file_gets_an_access_token(identity: Authority) -> None:
    """google-auth turns the file in the data folder into an access token that names the product's account."""
    credentials = service_account.Credentials.from_service_account_info(  # type: ignore[no-untyped-call]
        as_google(identity), scopes=["https://www.googleapis.com/auth/cloud-platform"]
    )
    credentials.refresh(google.auth.transport.requests.Request())
    assert identity.account_of(credentials.token) == PRODUCT


def test_service_account_file_gets_an_id_token(identity: Authority) -> None:
    """The same file gets an OIDC token for an audience of the caller's choice."""
    credentials = service_account.IDTokenCredentials.from_service_account_info(  # type: ignore[no-untyped-call]
        as_google(identity), target_audience=AUDIENCE
    )
    credentials.refresh(google.auth.transport.requests.Request())
    assert verify(identity, credentials.token)["email"] == PRODUCT


def test_sign_blob_signs_with_the_account_s_key(identity: Authority) -> None:
    """IAM's method returns a signature that the account's key in the file verifies."""
    answer = httpx.post(
        f"{identity.issuer}/v1/projects/-/serviceAccounts/{PRODUCT}:signBlob",
        json={"payload": base64.b64encode(b"to sign").decode()},
        headers={"Authorization": f"Bearer {identity.access_token(PRODUCT)}"},
    )
    about = json.loads(identity.credentials.read_text())
    assert answer.json()["keyId"] == about["private_key_id"]
    key = serialization.load_pem_private_key(about["private_key"].encode(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    signature = base64.b64decode(answer.json()["signedBlob"])
    key.public_key().verify(signature, b"to sign", padding.PKCS1v15(), hashes.SHA256())


@pytest.mark.parametrize(("account", "status"), [(None, 401), (INVOKER, 403)])
def test_sign_blob_needs_the_account_itself(identity: Authority, account: str | None, status: int) -> None:
    """Nobody signs without a token, nor with another account's."""
    headers = {"Authorization": f"Bearer {identity.access_token(account)}"} if account else {}
    url = f"{identity.issuer}/v1/projects/-/serviceAccounts/{PRODUCT}:signBlob"
    assert httpx.post(url, json={"payload": ""}, headers=headers).status_code == status


def test_a_claim_of_another_key_gets_no_token(identity: Authority) -> None:
    """The token endpoint refuses a claim that the product's key did not sign."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    claims = {"iss": PRODUCT, "aud": identity.token_url, "exp": int(time.time()) + 60}
    form = {
        "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer",
        "assertion": jwt.encode(claims, key, algorithm="RS256"),
    }
    answer = httpx.post(identity.token_url, data=form)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


def test_keys_are_kept_and_private(tmp_path: Path) -> None:
    """The second start has the same keys, and no other account can read them."""
    first, second = (Authority(tmp_path / "identity", "http://127.0.0.1:1") for _ in range(2))
    assert first.certificates().keys() == second.certificates().keys()
    assert (
        kept_key(tmp_path / "identity" / "product.pem").id
        == json.loads(first.credentials.read_text())["private_key_id"]
    )
    for file in (tmp_path / "identity").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
