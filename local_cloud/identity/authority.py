"""Accounts of this machine's cloud and the tokens that prove them."""

import hashlib
import json
import time
from pathlib import Path
from typing import Any

import jwt

from local_cloud.identity.keys import kept_key, write_private

INVOKER = "tasks@lectern.local"  # whose token a task carries
PRODUCT = "lectern@lectern.local"  # whose key the product's processes hold
_LIFETIME_SECONDS = 3600
# google-auth addresses its claims to Google wherever it sends them.
_GOOGLE_TOKEN_URL = "https://oauth2.googleapis.com/token"  # noqa: S105  # an address


class Authority:
    """Two keys in a folder: the authority's own, which signs tokens, and the product account's."""

    def __init__(self, folder: Path, url: str, *, accounts: tuple[str, ...] = (INVOKER, PRODUCT)) -> None:
        """`url` is where its HTTP side is served: the tokens' issuer. Writes `service-account.json`, mode 0600."""
        self.issuer = url
        self.accounts = accounts
        self.token_url = f"{url}/token"
        self.certs_url = f"{url}/oauth2/v1/certs"
        self.credentials = folder / "service-account.json"
        self._own = kept_key(folder / "authority.pem")
        self._product = kept_key(folder / "product.pem")
        self._certificate = self._own.certificate_pem("lectern.local")
        write_private(self.credentials, json.dumps(self._service_account(), indent=2))

    def certificates(self) -> dict[str, str]:
        """Key id to X.509 PEM: what `google.oauth2.id_token` fetches to verify a token."""
        return {self._own.id: self._certificate}

    def id_token(self, email: str, audience: str, *, lifetime: int = _LIFETIME_SECONDS) -> str:
        """An OIDC token that says `email` is calling `audience`; valid for `lifetime` seconds from now."""
        claims = {"aud": audience, "azp": email, "email": email, "email_verified": True}
        return self._token(claims | {"sub": _number(email)}, lifetime)

    def access_token(self, email: str, scope: str = "") -> str:
        """A token for calling Google's APIs; ours is signed, so that `account_of` needs no memory."""
        return self._token({"aud": self.issuer, "sub": email, "scope": scope}, _LIFETIME_SECONDS)

    def account_of(self, access_token: str) -> str:
        """Whose access token it is; raises `jwt.InvalidTokenError` when it is not ours or has expired."""
        claims = jwt.decode(access_token, self._own.public_pem, algorithms=["RS256"], audience=self.issuer)
        return str(claims["sub"])

    def exchange(self, assertion: str) -> dict[str, Any]:
        """The JWT-bearer grant (RFC 7523): a claim signed with the product's key, for a token.

        With `target_audience` in the claim the answer is an id token, as Google's is.
        """
        addressed = [self.token_url, _GOOGLE_TOKEN_URL]
        claims = jwt.decode(assertion, self._product.public_pem, algorithms=["RS256"], audience=addressed)
        if claims.get("iss") != PRODUCT:
            raise jwt.InvalidIssuerError("the claim's issuer is not the account of this key")
        if "target_audience" in claims:
            return {"id_token": self.id_token(PRODUCT, str(claims["target_audience"]))}
        token = self.access_token(PRODUCT, str(claims.get("scope", "")))
        return {"access_token": token, "expires_in": _LIFETIME_SECONDS, "token_type": "Bearer"}

    def sign_blob(self, payload: bytes) -> tuple[str, bytes]:
        """Key id and signature of the product account, which its public key in `service-account.json` verifies."""
        return self._product.id, self._product.sign(payload)

    def _token(self, claims: dict[str, Any], lifetime: int) -> str:
        now = int(time.time())
        whole = claims | {"iss": self.issuer, "iat": now, "exp": now + lifetime}
        return jwt.encode(whole, self._own.private_pem, algorithm="RS256", headers={"kid": self._own.id})

    def _service_account(self) -> dict[str, str]:
        return {
            "type": "service_account",
            "project_id": "lectern",
            "private_key_id": self._product.id,
            "private_key": self._product.private_pem,
            "client_email": PRODUCT,
            "client_id": _number(PRODUCT),
            "token_uri": self.token_url,
            # Not Google's: google-auth would look the account up there at every start.
            "universe_domain": "lectern.local",
        }


def _number(email: str) -> str:
    """An account's number: Google's tokens name people and services by one."""
    return str(int(hashlib.sha256(email.encode()).hexdigest()[:16], 16))
