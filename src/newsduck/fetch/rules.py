"""What a robots.txt allows, by RFC 9309 (pure)."""

from dataclasses import dataclass

from protego import Protego


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What one host says; `unknown` tells why nothing is allowed where robots.txt could not be read."""

    parsed: Protego | None = None
    unknown: str | None = None

    def allows(self, url: str, agent: str) -> bool:
        """Whether we may ask this address."""
        if self.unknown is not None:
            return False
        return self.parsed is None or bool(self.parsed.can_fetch(url, agent))

    def crawl_delay(self, agent: str) -> float | None:
        """Seconds between requests that the host asks for; the slower of Crawl-delay and Request-rate."""
        if self.parsed is None:
            return None
        delay, rate = self.parsed.crawl_delay(agent), self.parsed.request_rate(agent)
        asked = [float(delay)] if delay is not None else []
        if rate is not None and rate.requests:
            asked.append(rate.seconds / rate.requests)
        return max(asked, default=None)


ALLOW_ALL = Rules()


def rules_of(status: int, body: bytes) -> Rules:
    """Rules from an answer: 2xx is read, 4xx allows all, 5xx (and 429, which is no refusal) forbid all."""
    if 200 <= status < 300:  # noqa: PLR2004 - classes of HTTP status codes
        return Rules(parsed=Protego.parse(body.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")))
    if status >= 500 or status == 429:  # noqa: PLR2004
        return Rules(unknown=f"robots.txt answered {status}")
    return ALLOW_ALL
