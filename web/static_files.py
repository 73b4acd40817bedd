"""Style sheet, script and pictures: read and compressed once at start, served from memory under names that change
with their content, so that browsers keep them for good.
"""

import gzip
import hashlib
import mimetypes
from pathlib import Path
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from api.errors import NotFound
from api.words import _

FOLDER = Path(__file__).parent / "static"
COMPRESSED = {"text/css", "text/javascript", "image/svg+xml"}


class File(NamedTuple):
    body: bytes
    packed: bytes | None
    kind: str


def _load() -> tuple[dict[str, File], dict[str, str]]:
    files: dict[str, File] = {}
    addresses: dict[str, str] = {}
    for path in sorted(FOLDER.rglob("*")):
        if not path.is_file():
            continue
        body = path.read_bytes()
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        kind = "text/javascript" if path.suffix == ".js" else kind
        name = f"{hashlib.sha256(body).hexdigest()[:12]}/{path.name}"
        files[name] = File(body, gzip.compress(body, 9, mtime=0) if kind in COMPRESSED else None, kind)
        addresses[path.name] = f"/static/{name}"
    return files, addresses


FILES, ADDRESSES = _load()


def address(name: str) -> str:
    """Where a static file is served: `app.css` -> `/static/3f…/app.css`. KeyError when it is not there."""
    return ADDRESSES[name]


async def serve(request: Request) -> Response:
    file = FILES.get(request.path_params["name"])
    if file is None:
        raise NotFound(_("There is nothing at this address. Check it, or go to the first page."))
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    if file.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(file.packed, headers={**headers, "Content-Encoding": "gzip"}, media_type=file.kind)
    return Response(file.body, headers=headers, media_type=file.kind)
