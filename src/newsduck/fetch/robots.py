"""robots.txt: read once a host and run, before anything else is asked there (RFC 9309)."""

import asyncio
from http import HTTPStatus
from itertools import count
from time import monotonic

from newsduck import log
from newsduck.fetch import answers, safety
from newsduck.fetch.ask import Failure, host_of
from newsduck.fetch.client import parsed
from newsduck.fetch.hearing import Answer
from newsduck.fetch.rules import Rules, rules_of
from newsduck.fetch.session import Session
from newsduck.fetch.trip import TIRED, Trip
from newsduck.items import Target

LIFETIME = 1_800.0
"""Seconds that rules are remembered: a run, all its rounds; RFC 9309 allows a day."""
MAX_REDIRECTS = 5
"""RFC 9309, 2.3.1.2: at least five, and to other hosts, too."""

_known: dict[tuple[str, str], tuple[float, Rules]] = {}
"""Of this process, by origin and agent: with the moment until which they hold."""


def remembered(origin: str, agent: str) -> Rules | None:
    """The rules of an origin, if they were read lately."""
    until, rules = _known.get((origin, agent), (0.0, None))
    return rules if monotonic() < until else None


def remember(origin: str, agent: str, rules: Rules) -> Rules:
    """Keep rules for the run; those that could not be read are asked for again next time."""
    if rules.unknown is None:
        _known[origin, agent] = (monotonic() + LIFETIME, rules)
    return rules


def forget() -> None:
    """Forget all rules, as if the process were new."""
    _known.clear()


async def rules_for(session: Session, url: str) -> Rules:
    """What the host of an address allows. Raises Failure where nobody answers: then nothing may be asked."""
    origin = f"{parsed(url).scheme}://{host_of(url)}"
    async with session.locks.setdefault(origin, asyncio.Lock()):
        rules = session.rules.get(origin) or remembered(origin, session.agent)
        if rules is None:
            rules = await _read(session, origin)
        session.rules[origin] = rules
    if isinstance(rules, Failure):
        raise rules
    session.pace.obey(host_of(url), rules.crawl_delay(session.agent))
    return remember(origin, session.agent, rules)


async def _read(session: Session, origin: str) -> Rules | Failure:
    try:
        answer = await _with_retries(session, f"{origin}/robots.txt")
    except Failure as failure:
        log.robots_unknown(origin, failure.detail)
        return Failure(failure.disposition, f"robots.txt could not be read: {failure.detail}")
    rules = rules_of(answer.status, answer.body)
    if rules.unknown:
        log.robots_unknown(origin, rules.unknown)
    return rules


async def _with_retries(session: Session, url: str) -> Answer:
    trip = Trip(session, Target(portal=session.portal.id, url=url))
    for attempt in count(1):
        try:
            answer = await _follow(trip)
        except Failure as failure:
            if not failure.may_pass or not await trip.may_try_again(attempt):
                raise
            continue
        is_told = answer.status < HTTPStatus.INTERNAL_SERVER_ERROR and answer.status not in TIRED
        if is_told or not await trip.may_try_again(attempt, answer):
            break
    return answer


async def _follow(trip: Trip) -> Answer:
    session, url = trip.session, trip.target.url
    for _ in range(MAX_REDIRECTS + 1):
        reason = safety.refusal(url, allow_private=session.portal.allow_private_addresses)
        if reason is not None:
            raise Failure("unsafe-address", reason)
        heard = await trip.ask(url, cap=session.limits.max_robots_bytes, any_type=True)
        answer, location = heard.answer, heard.answer.header("location")
        if answer.status not in answers.REDIRECTS or location is None:
            return answer
        url = answers.join(url, location)
    return answer
