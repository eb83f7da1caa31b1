"""Portals: which sites are read, and how. One TOML file each; add yours beside these or in `portals_dir`."""

import re
import tomllib
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from newsduck.checked import PageAddress, Pattern, Selector, Zone
from newsduck.errors import UsageError
from newsduck.settings import FetchLimits

BUILT_IN = Path(__file__).parent


class Rule(BaseModel):
    """CSS selectors that override the general reading of a page; an absent one leaves it alone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    match: Pattern | None = Field(default=None, description="Only for addresses that this finds.")
    valid_until: date | None = Field(default=None, description="Last day of a layout that is gone.")
    title: Selector | None = None
    published_at: Selector | None = None
    source: Selector | None = None
    authors: Selector | None = None
    editors: Selector | None = None
    keywords: Selector | None = None
    channel: Selector | None = None
    body: Selector | None = None
    headlines: Selector | None = Field(default=None, description="Each element it selects is one list entry.")
    remove: tuple[Selector, ...] = Field(default=(), description="Taken out before anything is read.")
    no_article: bool = Field(default=False, description="A list page: it never yields an article.")


class Portal(BaseModel):
    """A site to be read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    name: str
    timezone: Zone = "Asia/Shanghai"
    front_pages: tuple[PageAddress, ...] = Field(min_length=1)
    article_urls: tuple[Pattern, ...] = ()
    ignore_urls: tuple[Pattern, ...] = ()
    same_hosts: dict[str, str] = Field(
        default={}, description="Hosts that serve the same stories: `m.site.cn` = `www.site.cn`."
    )
    article_id: Pattern | None = Field(
        default=None, description="A regex whose group 1 is the story's id wherever it is printed."
    )
    max_pages: int = Field(default=200, ge=1)
    enabled: bool = True
    allow_private_addresses: bool = False
    fetch: dict[str, Any] = Field(default={}, description="Overrides of the fetch limits.")
    rules: tuple[Rule, ...] = ()

    @model_validator(mode="after")
    def _known_limits(self) -> "Portal":
        FetchLimits(**self.fetch)
        return self

    def limits(self, defaults: FetchLimits) -> FetchLimits:
        """The installation's fetch limits with this portal's own on top."""
        return FetchLimits(**(defaults.model_dump() | self.fetch))

    @cached_property
    def sites(self) -> frozenset[str]:
        """The host names of the front pages, without `www.`: they and all below them are in scope."""
        hosts = ((urlsplit(url).hostname or "") for url in self.front_pages)
        return frozenset(host.removeprefix("www.") for host in hosts if host)

    def in_scope(self, url: str) -> bool:
        """Whether an address belongs to this portal: a story pattern, or one of its sites."""
        if any(re.search(pattern, url) for pattern in self.article_urls):
            return True
        host = urlsplit(url).hostname or ""
        return any(host == site or host.endswith("." + site) for site in self.sites)

    def is_story(self, url: str) -> bool:
        """Whether a linked address is worth reading as a story."""
        if url in self.front_pages or any(re.search(pattern, url) for pattern in self.ignore_urls):
            return False
        if self.article_urls:
            return any(re.search(pattern, url) for pattern in self.article_urls)
        return self.in_scope(url)


def _line_of(text: str, loc: tuple[int | str, ...]) -> int:
    """The line on which a key stands; 1 where it is missing."""
    keys = [str(part) for part in loc if isinstance(part, str)]
    for key in reversed(keys):
        for number, line in enumerate(text.splitlines(), 1):
            if re.match(rf"\s*(\[+\s*)?{re.escape(key)}\b", line):
                return number
    return 1


def load_portal(path: Path) -> Portal:
    """One portal from its file.

    Raises UsageError naming file, line and key of each fault.
    """
    try:
        text = path.read_text("utf-8")
        portal = Portal(**tomllib.loads(text))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not valid TOML: {error}.") from error
    except ValidationError as error:
        faults = "\n".join(
            f"{path}:{_line_of(text, e['loc'])}: {'.'.join(map(str, e['loc'])) or 'portal'}: {e['msg']}"
            for e in error.errors()
        )
        raise UsageError(f"{faults}\nSee docs/add-a-portal.md for the keys a portal may have.") from error
    if portal.id != path.stem:
        raise UsageError(f"{path}:{_line_of(text, ('id',))}: id {portal.id!r} must equal the file's name.")
    return portal


def load_portals(portals_dir: Path | None = None) -> dict[str, Portal]:
    """All portals by id, sorted; a file in `portals_dir` overrides the built-in one of its name."""
    if portals_dir is not None and not portals_dir.is_dir():
        raise UsageError(f"portals_dir {portals_dir} is not a folder; make it, or leave the setting out.")
    files = {path.stem: path for path in BUILT_IN.glob("*.toml")}
    if portals_dir is not None:
        files |= {path.stem: path for path in portals_dir.glob("*.toml")}
    return {stem: load_portal(files[stem]) for stem in sorted(files)}


def choose_portals(portals: dict[str, Portal], ids: Iterable[str] = ()) -> list[Portal]:
    """The portals of these ids, or all enabled ones where none is named."""
    wanted = list(dict.fromkeys(ids))
    unknown = [name for name in wanted if name not in portals]
    if unknown:
        raise UsageError(f"no portal {', '.join(unknown)}; there are: {', '.join(portals) or 'none'}.")
    return [portals[name] for name in wanted] or [p for p in portals.values() if p.enabled]
