"""Pages in local files, for portals that are declared so: a front page of theirs is a `file:` address."""

import json
import mimetypes
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from newsduck.fetch import answers
from newsduck.fetch.ask import Failure
from newsduck.items import Page, Target
from newsduck.portals import Portal


def is_file(url: str) -> bool:
    """Whether an address is a local file's."""
    return url[:5].lower() == "file:"


def read_file(target: Target, portal: Portal, *, max_bytes: int) -> Page:
    """The page in a file; `FILE.json` beside it may tell its `url`, `content_type` and `fetched_at`.

    Raises Failure where the file is outside of the folders of the portal's front pages, or no page.
    """
    path = _path(target.url)
    folders = [_path(front).parent for front in portal.front_pages if is_file(front)]
    if not any(path.is_relative_to(folder) for folder in folders):
        raise Failure("unsafe-address", "the portal's front pages do not open this folder")
    try:
        body, told = _content(path, max_bytes), _told(path)
        fetched_at = _moment(told.get("fetched_at"), path)
    except OSError as error:
        raise Failure("http-error", f"{path}: {error.strerror}") from error
    kind = str(told.get("content_type") or mimetypes.guess_type(path.name)[0] or "text/html")
    reason = answers.not_html(kind) or answers.not_html_inside(kind, body)
    if reason is not None:
        raise Failure("not-html", reason)
    return Page(
        portal=target.portal,
        url=target.url,
        final_url=str(told.get("url") or target.url),
        status=200,
        headers=(("Content-Type", kind),),
        body=body,
        fetched_at=fetched_at,
    )


def _path(url: str) -> Path:
    """The file itself, whatever links lead to it. Raises Failure where it is not ours, or no name."""
    try:
        parts = urlsplit(url)
        path = Path(unquote(parts.path)).resolve()
    except (ValueError, RuntimeError) as error:  # a null byte; links in a circle
        raise Failure("unsafe-address", f"not a valid address: {error}") from error
    if parts.netloc.lower() not in {"", "localhost"}:
        raise Failure("unsafe-address", f"the file is on {parts.netloc}")
    return path


def _content(path: Path, max_bytes: int) -> bytes:
    if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe would wait for its writer
        raise Failure("http-error", f"{path}: no regular file")
    with path.open("rb") as file:
        body = file.read(max_bytes + 1)
    if len(body) > max_bytes:
        raise Failure("too-large", f"more than {max_bytes} bytes")
    return body


def _told(path: Path) -> dict[str, Any]:
    beside = path.with_name(path.name + ".json")
    if not beside.is_file():
        return {}
    try:
        told = json.loads(beside.read_bytes())
    except ValueError as error:
        raise Failure("quarantined", f"{beside} is not JSON: {error}") from error
    if not isinstance(told, dict):
        raise Failure("quarantined", f"{beside} is no JSON object")
    return told


def _moment(text: object, path: Path) -> datetime:
    """When the page was fetched; by the file's own time where nobody says it."""
    if text is None:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError as error:
        raise Failure("quarantined", f"{path.name}.json: fetched_at {text!r} is no time") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
