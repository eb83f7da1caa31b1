"""One address: asked politely, followed where it leads, tried again where that may help."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from time import monotonic

import httpx

from newsduck.fetch import answers, pace, safety
from newsduck.fetch.ask import Answer, Budget, Failure, Wish, ask, host_of
from newsduck.fetch.client import parsed
from newsduck.fetch.robots import rules_for
from newsduck.fetch.session import Session
from newsduck.items import Page, Target

PASSING = {408, 429, 500, 502, 503, 504}
"""Answers that may be better next time."""
TIRED = {429, 503}
"""Answers by which a host asks for rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """The last answer of an address, and the seconds that asking took."""

    answer: Answer
    seconds: float


async def visit(session: Session, target: Target) -> Visit:
    """The address's answer after redirects and retries. Raises Failure where there is none."""
    budget = Budget(session.limits.timeout)
    last: Answer | None = None
    for attempt in range(1, session.limits.retries + 2):
        is_last = attempt > session.limits.retries
        try:
            last = await _follow(session, target, budget)
        except Failure as failure:
            if last is not None:
                break
            if is_last or not failure.may_pass or not await _pause(session, attempt):
                raise
            continue
        if is_last or last.status not in PASSING or not await _rest(session, last, attempt):
            break
    if last is None:
        raise Failure("http-error", "no answer")
    return Visit(answer=last, seconds=budget.spent)


async def _pause(session: Session, attempt: int) -> bool:
    """Wait before the next try; False where the portal's deadline comes first."""
    seconds = pace.backoff(attempt, session.limits.retry_wait)
    if monotonic() + seconds > session.deadline:
        return False
    await asyncio.sleep(seconds)
    return True


async def _rest(session: Session, answer: Answer, attempt: int) -> bool:
    """Let a host that answered with an error rest; False where another try would come too late."""
    if answer.status not in TIRED:
        return await _pause(session, attempt)
    wanted = pace.retry_after(answer.header("retry-after"), session.clock())
    seconds = session.pace.rest(host_of(answer.url), answer.status, wanted)
    return seconds <= session.limits.max_rest and monotonic() + seconds < session.deadline


async def _follow(session: Session, target: Target, budget: Budget) -> Answer:
    """Ask an address and go where its redirects lead, as long as that is within the portal."""
    url = answers.without_fragment(target.url)
    seen: set[str] = set()
    for _ in range(session.limits.max_redirects + 1):
        await _check(session, url, is_redirect=bool(seen))
        seen.add(url)
        wish = Wish(url=url, headers=_conditions(target), cap=session.limits.max_bytes)
        answer = await ask(session.client, wish, pace=session.pace, budget=budget)
        goal = _goal(answer)
        if goal is None:
            return answer
        if goal in seen and answer.header("set-cookie") is None:
            raise Failure(
                "http-error", f"redirects in a circle to {goal}", status=answer.status, final_url=url
            )
        _keep_hop(session, target, answer)
        url = goal
    raise Failure("http-error", f"more than {session.limits.max_redirects} redirects", final_url=url)


def _conditions(target: Target) -> dict[str, str]:
    """What makes a request conditional (RFC 9110, 13.1)."""
    said = {"If-None-Match": target.etag, "If-Modified-Since": target.last_modified}
    return {name: value for name, value in said.items() if value and value.isprintable() and value.isascii()}


def _goal(answer: Answer) -> str | None:
    """Where an answer sends its reader."""
    if answer.status in answers.REDIRECTS:
        location = answer.header("location")
        return answers.join(answer.url, location) if location else None
    return answers.refresh(answer.body, answer.url) if answer.status == HTTPStatus.OK else None


def _keep_hop(session: Session, target: Target, answer: Answer) -> None:
    """Redirects are evidence as well."""
    session.keep(page_of(target, answer, at=session.clock()))


def page_of(target: Target, answer: Answer, *, at: datetime, elapsed_ms: int = 0) -> Page:
    """An answer as a page."""
    is_same = answers.without_fragment(target.url) == answer.url
    return Page(
        portal=target.portal,
        url=target.url,
        final_url=target.url if is_same else answer.url,
        status=answer.status,
        headers=answer.headers,
        body=answer.body,
        fetched_at=at,
        elapsed_ms=elapsed_ms,
        request_headers=answer.request_headers,
    )


async def _check(session: Session, url: str, *, is_redirect: bool) -> None:
    """Raises Failure where an address must not be asked: unsafe, off scope, or forbidden by robots.txt."""
    reason = safety.refusal(url, allow_private=session.portal.allow_private_addresses)
    reason = reason or _spelling(session, url)
    if reason is not None:
        raise Failure("unsafe-address", reason, final_url=url)
    if is_redirect and not session.portal.in_scope(url):
        raise Failure("off-scope", f"it leads to {url}", final_url=url)
    if session.limits.respect_robots:
        rules = await rules_for(session, url)
        if not rules.allows(url, session.agent):
            raise Failure("robots", rules.unknown or "robots.txt forbids it", final_url=url)


def _spelling(session: Session, url: str) -> str | None:
    """A refusal of what is really sent: httpx may read an address in another way than we do."""
    try:
        sent = parsed(url)
    except (httpx.InvalidURL, ValueError) as error:
        return f"not a valid address: {error}"
    return safety.refusal(str(sent), allow_private=session.portal.allow_private_addresses)
