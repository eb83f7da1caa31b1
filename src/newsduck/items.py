"""The values that flow from stage to stage: frozen, plain, picklable, and known to everybody.

Times are aware datetimes. An absent value is `None` (or an empty tuple), never a placeholder text.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Disposition = Literal[
    "loaded",  # parsed, and something of it is new
    "unchanged",  # read, and nothing of it is new
    "not-modified",  # the server said 304
    "empty",  # read, and neither an article nor a headline was on it
    "off-scope",  # led to a place outside the portal
    "robots",  # forbidden by robots.txt
    "http-error",  # an answer of 4xx or 5xx, or none at all
    "timeout",  # over the address's or the portal's time
    "too-large",  # over the size cap, on the wire or unpacked
    "unsafe-address",  # a private or otherwise special address, a forbidden scheme, credentials
    "not-html",  # pictures, archives, office files …
    "undecodable",  # bytes that no charset explains
    "quarantined",  # we could not read it: kept in the archive for us to look at
]
Precision = Literal["second", "minute", "day"]
TargetKind = Literal["front", "article", "page"]
Truncation = Literal["length", "time", "disconnect", "unspecified"]  # the words of WARC 1.1, 5.13


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address to be read in a round, with what its last answer told us."""

    portal: str
    url: str
    kind: TargetKind = "article"
    """`front`: a front page; `article`: a story; `page`: a further page of a paged story."""
    first_page: str | None = None
    """For `page`: the address of the story's first page, to which its text belongs."""
    etag: str | None = None
    last_modified: str | None = None
    body_digest: str | None = None
    """`sha1:BASE32` of the last body, so that the same bytes are not parsed again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What was served at an address: bytes, never text."""

    portal: str
    url: str
    """The address that was asked for."""
    final_url: str
    """The address that answered, after redirects."""
    status: int
    headers: tuple[tuple[str, str], ...]
    """As served, in order, names as written."""
    body: bytes
    """Unpacked: no content or transfer encoding is left."""
    fetched_at: datetime
    elapsed_ms: int = 0
    request_headers: tuple[tuple[str, str], ...] = ()
    """As sent, for the archive's request record."""
    is_repeat: bool = False
    """The last visit brought the very same bytes: the archive only refers to them."""
    truncated: Truncation | None = None
    """The body was cut: evidence of what came, and nothing to parse."""

    def header(self, name: str) -> str | None:
        """The first header of that name, whatever its case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRef:
    """Where a page lies in the archive folder: what tasks hand to each other instead of bytes."""

    portal: str
    url: str
    archive_file: str
    archive_offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one address in one round: exactly one each."""

    portal: str
    url: str
    disposition: Disposition
    """As far as is known; a later stage may replace `loaded` by what it found."""
    fetched_at: datetime
    kind: TargetKind = "article"
    final_url: str | None = None
    status: int | None = None
    bytes: int | None = None
    charset: str | None = None
    elapsed_ms: int | None = None
    archive_file: str | None = None
    archive_offset: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_digest: str | None = None
    detail: str | None = None
    """The reason in words, where the disposition alone does not say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An address after fetching: its outcome, and the page where one is to be parsed."""

    target: Target
    outcome: Outcome
    ref: PageRef | None = None
    """None: nothing to parse (no page, or the very bytes of last time)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A story as one page tells it. schema.org terms: headline, datePublished, author, editor, isBasedOn."""

    title: str
    """The story's own heading, without site suffix."""
    body: str = ""
    """One line a paragraph, without captions, bylines, editor lines and recommendations."""
    published_at: datetime | None = None
    published_raw: str | None = None
    """The very characters on the page that `published_at` was read from."""
    published_precision: Precision | None = None
    published_rule: str | None = None
    """Where the time was found (`displayed`, `meta`, `json-ld`, …) and how its year was known."""
    source: str | None = None
    """来源/稿源: the medium the story is credited to, as printed."""
    authors: tuple[str, ...] = ()
    """作者/记者/通讯员: names only."""
    editors: tuple[str, ...] = ()
    """责编/责任编辑/编辑: names only."""
    keywords: tuple[str, ...] = ()
    channel: str | None = None
    """频道/栏目: the breadcrumb's path, joined by ` > `."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """An entry of a headline list."""

    text: str
    url: str | None = None
    """Absolute; None where the list has no links."""
    published_at: datetime | None = None
    published_raw: str | None = None
    section: str | None = None
    """The heading of the block that the list stands in."""
    rank: int = 1
    """Place within the section, from 1."""
    is_truncated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedPage:
    """What a reader finds on a page: no article or one, and any number of headlines."""

    portal: str
    url: str
    final_url: str
    fetched_at: datetime
    article: Article | None = None
    headlines: tuple[Headline, ...] = ()
    next_page: str | None = None
    """The address of 下一页, where the story goes on."""
    charset: str | None = None
    problems: tuple[str, ...] = ()
    """What was odd, in words; never a part of a field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """The fingerprint of one article's text."""

    article_id: int
    text_key: int
    """64-bit key of the folded text: equal for equal texts."""
    bands: tuple[int, ...] = ()
    """64-bit keys; two texts that share one are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One article in the light of what copies need: its place in time and its text."""

    article_id: int
    portal: str
    url: str
    title: str
    body: str
    first_seen_at: datetime
    published_at: datetime | None = None
    published_precision: Precision | None = None
    source: str | None = None
    copy_of: int | None = None
    copy_rule: str | None = None
    copy_similarity: float | None = None
    story_id: int | None = None
    """None: not judged yet."""
    nearest: int | None = None
    """The text by which it was recognised: `copy_of` itself, or another copy of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The mark of one article: whose copy it is, and why we say so."""

    article_id: int
    story_id: int
    copy_of: int | None = None
    """The earliest article of the story; None for that one itself."""
    copy_rule: str | None = None
    copy_similarity: float | None = None
    """Share of the shorter text's 5-grams that stand in the longer, against `nearest`."""
    nearest: int | None = None
    """The earliest article that it was compared with and is alike: `copy_of`, or another copy of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run: what started it, when, and how it ended."""

    run_id: str
    started_at: datetime
    trigger: str = "manual"
    """`schedule`, `manual`, `replay`, `sample` …"""
    flow_run_id: str | None = None
    code_version: str = ""
    finished_at: datetime | None = None
    status: str = "running"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What one load changed, and what it found that ought to be read next."""

    new_addresses: tuple[Target, ...] = ()
    articles_new: int = 0
    articles_changed: int = 0
    copies: int = 0
    headlines_new: int = 0
    headlines_seen: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    """Disposition → addresses, in this round."""
