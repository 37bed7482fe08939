"""The authority over HTTP, at the paths Google serves."""

import base64
import binascii
from typing import Annotated

import jwt
from fastapi import FastAPI, Form, Header, HTTPException
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from local_cloud.identity.authority import PRODUCT, Authority

_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"


class SignBlob(BaseModel):
    """IAM's request; `payload` is base64."""

    payload: str


def identity_app(authority: Authority) -> FastAPI:
    """Routes for keys, tokens and signatures."""
    app = FastAPI(title="Lectern's local identity", docs_url=None, redoc_url=None)

    @app.get("/healthz")
    def healthz() -> dict[str, bool]:
        return {"ok": True}

    @app.get("/oauth2/v1/certs")
    def certificates() -> dict[str, str]:
        return authority.certificates()

    @app.post("/token")
    def token(grant_type: Annotated[str, Form()], assertion: Annotated[str, Form()]) -> JSONResponse:
        if grant_type != _GRANT:
            return JSONResponse({"error": "unsupported_grant_type"}, 400)
        try:
            return JSONResponse(authority.exchange(assertion))
        except jwt.InvalidTokenError as error:
            return JSONResponse({"error": "invalid_grant", "error_description": str(error)}, 400)

    @app.post("/v1/projects/-/serviceAccounts/{email}:signBlob")
    def sign_blob(email: str, request: SignBlob, authorization: Annotated[str, Header()] = "") -> dict[str, str]:
        caller = _caller(authority, authorization)
        if email != PRODUCT or caller != email:
            raise HTTPException(403, f"{caller} may not sign as {email}")
        try:
            payload = base64.b64decode(request.payload, validate=True)
        except binascii.Error as error:
            raise HTTPException(400, "payload is not base64") from error
        key_id, signature = authority.sign_blob(payload)
        return {"keyId": key_id, "signedBlob": base64.b64encode(signature).decode()}

    return app


def _caller(authority: Authority, authorization: str) -> str:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer":
        raise HTTPException(401, "no bearer token")
    try:
        return authority.account_of(token)
    except jwt.InvalidTokenError as error:
        raise HTTPException(401, str(error)) from error
