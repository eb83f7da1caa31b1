"""What a run has to say of itself: plain data, and the words and tables made of it (pure)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from newsduck.items import Loaded, Outcome

READ = frozenset({"loaded", "unchanged", "not-modified", "empty"})
"""Dispositions of addresses that answered as they should."""

_ESCAPED = str.maketrans({"|": "\\|", "[": "\\[", "]": "\\]", "\n": " "})


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """One run, for its state message, its artifacts and the command line."""

    run_id: str
    status: str
    """`completed`, `failed` or `skipped`."""
    message: str
    started_at: datetime
    seconds: float
    rounds: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    """Disposition → addresses; their sum is the addresses attempted."""
    by_portal: tuple[dict[str, Any], ...] = ()
    """A row a portal: `portal`, its dispositions, `new`, `changed`, `copies`, `seconds`."""
    articles_new: int = 0
    articles_changed: int = 0
    copies: int = 0
    headlines_new: int = 0
    headlines_seen: int = 0
    failures: dict[str, str] = field(default_factory=dict)
    """Portal → why nothing of it could be read."""
    fields: tuple[dict[str, Any], ...] = ()
    """Of a replay: `field`, articles with it `before` and `after`, and those whose value `changed`."""
    alerts: tuple[str, ...] = ()
    """What ought to be looked at: portals that fell out of their usual range."""
    published: str = ""
    archive: str = ""

    @property
    def addresses(self) -> int:
        """How many addresses were attempted."""
        return sum(self.outcomes.values())


@dataclass(slots=True)
class Tally:
    """Counts that grow with each round."""

    rounds: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    loaded: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    failures: dict[str, str] = field(default_factory=dict)

    def took(self, portal: str, seconds: float) -> None:
        """Add the time that a portal's task took."""
        self.seconds[portal] += max(0.0, seconds)

    def merge(self, other: "Tally") -> None:
        """Count what another run counted."""
        self.rounds += other.rounds
        self.outcomes.update(other.outcomes)
        self.loaded.update(other.loaded)
        self.failures |= other.failures

    def add(self, loaded: Loaded) -> None:
        """Count what one load changed."""
        self.rounds += 1
        self.outcomes.update(loaded.outcomes)
        for name in ("articles_new", "articles_changed", "copies", "headlines_new", "headlines_seen"):
            self.loaded[name] += getattr(loaded, name)


def failed_portals(outcomes: Iterable[Outcome]) -> dict[str, str]:
    """Portals of which nothing could be read, and the first reason."""
    by_portal: dict[str, list[Outcome]] = {}
    for one in outcomes:
        by_portal.setdefault(one.portal, []).append(one)
    return {
        portal: reason_of(many[0])
        for portal, many in by_portal.items()
        if not any(one.disposition in READ for one in many)
    }


def reason_of(outcome: Outcome) -> str:
    """One address and what became of it, in words."""
    words = (outcome.disposition, str(outcome.status or ""), outcome.detail or "", f"({outcome.url})")
    return " ".join(word for word in words if word)


def counts_in_words(tally: Tally, *, portals: int, seconds: float) -> str:
    """The sentence that stands in the final state."""
    kinds = ", ".join(f"{count} {name}" for name, count in tally.outcomes.most_common()) or "none"
    got = tally.loaded
    text = (
        f"{portals} portals · {tally.outcomes.total()} addresses: {kinds} · "
        f"articles {got['articles_new']} new, {got['articles_changed']} changed, {got['copies']} copies · "
        f"headlines {got['headlines_new']} new · {seconds:.0f} s"
    )
    if tally.failures:
        text += " · FAILED " + "; ".join(f"{portal}: {why}" for portal, why in tally.failures.items())
    return text


def portal_rows(
    outcomes: Iterable[Sequence[Any]], articles: Iterable[Sequence[Any]], tally: Tally
) -> tuple[dict[str, Any], ...]:
    """The run's table: a row a portal, a column a disposition that occurred."""
    counted = [(str(portal), str(kind), int(count)) for portal, kind, count in outcomes]
    kinds = sorted({kind for _, kind, _ in counted})
    rows: dict[str, dict[str, Any]] = {}
    for portal, kind, count in sorted(counted):
        rows.setdefault(portal, {"portal": portal, "addresses": 0, **dict.fromkeys(kinds, 0)})
        rows[portal][kind] += count
        rows[portal]["addresses"] += count
    found = {portal: rest for portal, *rest in articles}
    for portal, row in rows.items():
        row.update(zip(("new", "changed", "copies"), found.get(portal, (0, 0, 0)), strict=True))
        row["seconds"] = round(tally.seconds.get(portal, 0.0), 1)
    return tuple(rows.values())


def summary(report: RunReport, *, headlines: Iterable[Mapping[str, Any]]) -> str:
    """The run in Markdown: counts, alerts, the ten newest headlines, and where the data is."""
    lines = [f"# ingest {report.started_at:%Y-%m-%d %H:%M %z}", "", report.message, ""]
    lines += [f"- **{alert}**" for alert in report.alerts]
    listed = [f"| {h['listed']} | {_link(h)} | {h['portal']} |" for h in headlines]
    if listed:
        lines += ["", "## Newest headlines", "", "| time | headline | portal |", "|---|---|---|", *listed]
    lines += ["", f"Data: `{report.published}` · pages: `{report.archive}` · run `{report.run_id}`"]
    return "\n".join(lines)


def _link(headline: Mapping[str, Any]) -> str:
    text = str(headline["text"]).translate(_ESCAPED)
    url = headline.get("url")
    return f"[{text}](<{url}>)" if url and str(url).startswith(("http://", "https://")) else text
