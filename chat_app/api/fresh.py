"""Answers that are sent once until they change: panels ask often."""

import hashlib
import json
from typing import Any

from fastapi import Request, Response


def fresh(request: Request, content: dict[str, Any]) -> Response:
    """The content with an ETag, or 304 when the page has it already."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)
