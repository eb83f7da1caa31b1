"""One address: asked politely, followed where it leads, tried again where that may help."""

from http import HTTPStatus

import httpx

from newsduck.fetch import answers, safety
from newsduck.fetch.ask import Failure
from newsduck.fetch.client import parsed
from newsduck.fetch.hearing import Answer
from newsduck.fetch.robots import rules_for
from newsduck.fetch.session import Session
from newsduck.fetch.trip import Heard, Trip

PASSING = {408, 429, 500, 502, 503, 504}
"""Answers that may be better next time."""


async def visit(trip: Trip) -> Heard:
    """The address's answer after redirects and retries. Raises Failure where there is none."""
    last: Heard | None = None
    for attempt in range(1, trip.session.limits.retries + 2):
        try:
            last = await _follow(trip)
        except Failure as failure:
            if last is not None:
                break
            if not failure.may_pass or not await trip.may_try_again(attempt):
                raise
            continue
        if last.answer.status not in PASSING or not await trip.may_try_again(attempt, last.answer):
            break
    if last is None:
        raise Failure("http-error", "no answer")
    return last


async def _follow(trip: Trip) -> Heard:
    """Ask an address and go where its redirects lead, as long as that is within the portal."""
    limit = trip.session.limits.max_redirects
    url = answers.without_fragment(trip.target.url)
    seen: set[str] = set()
    for _ in range(limit + 1):
        await _check(trip.session, url, is_redirect=bool(seen))
        seen.add(url)
        heard = await trip.ask(url, cap=trip.session.limits.max_bytes)
        answer, goal = heard.answer, _goal(heard.answer)
        if goal is None:
            return heard
        if goal in seen and answer.header("set-cookie") is None:
            raise Failure(
                "http-error", f"redirects in a circle to {goal}", status=answer.status, final_url=url
            )
        url = goal
    raise Failure("http-error", f"more than {limit} redirects", final_url=url)


def _goal(answer: Answer) -> str | None:
    """Where an answer sends its reader."""
    if answer.status in answers.REDIRECTS:
        location = answer.header("location")
        return answers.join(answer.url, location) if location else None
    return answers.refresh(answer.body, answer.url) if answer.status == HTTPStatus.OK else None


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
