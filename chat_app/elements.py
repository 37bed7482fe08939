"""Cards made of several files. Chainlit fetches a card as one file, which can import nothing of ours."""

import hashlib
import re
from collections import defaultdict
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi import Path as InPath

from chat_app.chainlit_folder import SOURCE

router = APIRouter()

FOLDER = SOURCE / "public" / "elements"
_IMPORT = re.compile(r"^import \{([^}]*)\} from \"([^\"]+)\";?\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?:default )?(?=(?:async )?(?:function|const)\s+(\w+))", re.MULTILINE)

Name = Annotated[str, InPath(pattern=r"^[A-Za-z]+$")]


@router.get("/public/elements/{name}.jsx")
async def element(request: Request, name: Name) -> Response:
    """The card's file with those it imports by relative addresses, as one."""
    file = FOLDER / f"{name}.jsx"
    if not file.is_file():
        raise HTTPException(404, "There is no such card.")
    content = assembled(file)
    tag = f'"{hashlib.sha256(content.encode()).hexdigest()[:24]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="text/javascript", headers=headers)


def assembled(file: Path) -> str:
    """The file and what it imports of ours, each in a scope of its own; names from elsewhere are imported once.

    A card of one file stays as it is. Modules say `import { a, b } from "./file"` and `export function` or
    `export const`; nothing else of the module syntax is understood.
    """
    whole = _Whole()
    body = whole.module(file)
    if not whole.modules:
        return file.read_text("utf-8")
    imports = "".join(
        f'import {{ {", ".join(sorted(names))} }} from "{source}"\n' for source, names in sorted(whole.outside.items())
    )
    return f"{imports}{''.join(whole.modules.values())}{body}"


class _Whole:
    """Files put together, those that are needed first."""

    def __init__(self) -> None:
        self.outside: dict[str, set[str]] = defaultdict(set)
        self.modules: dict[Path, str] = {}

    def module(self, file: Path) -> str:
        """The file's text; what it imports is among the modules before it."""
        names: list[str] = []
        text = file.read_text("utf-8")
        for wanted, source in _IMPORT.findall(text):
            named = {one.strip() for one in wanted.split(",") if one.strip()}
            if not source.startswith("."):
                self.outside[source] |= named
                continue
            needed = (file.parent / f"{source}.jsx").resolve()
            if needed not in self.modules:
                self.modules[needed] = ""
                self.modules[needed] = self._scoped(needed)
            names.append(f"const {{ {', '.join(sorted(named))} }} = {_variable(needed)}\n")
        return "".join(names) + _IMPORT.sub("", text)

    def _scoped(self, file: Path) -> str:
        body = self.module(file)
        exported = ", ".join(_EXPORT.findall(body))
        self.modules.pop(file)  # it goes behind what it needs
        return f"const {_variable(file)} = (() => {{\n{_EXPORT.sub('', body)}\nreturn {{ {exported} }}\n}})()\n"


def _variable(file: Path) -> str:
    return f"${file.stem}"
