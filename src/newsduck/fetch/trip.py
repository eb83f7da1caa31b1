"""One address on its way: each answer is kept as it comes, whole or cut, before anything is made of it."""

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from time import monotonic

from newsduck.fetch import answers, outcomes, pace
from newsduck.fetch.ask import Budget, Failure, ask, host_of
from newsduck.fetch.hearing import Answer, Hearing, Wish
from newsduck.fetch.session import Session
from newsduck.items import Page, PageRef, Target

TIRED = {429, 503}
"""Answers by which a host asks for rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """An answer, as a page, and where it is kept."""

    answer: Answer
    page: Page
    ref: PageRef


class Trip:
    """All that is asked for one address, redirects and retries too: its time, and what was kept of it."""

    def __init__(self, session: Session, target: Target) -> None:
        self.session = session
        self.target = target
        self.ref: PageRef | None = None
        """The last that was kept."""
        self._budget = Budget(session.limits.timeout)

    async def ask(self, url: str, *, cap: int, any_type: bool = False) -> Heard:
        """Ask once, and keep whatever comes. Raises Failure where that is no whole answer."""
        limits, headers = self.session.limits, _conditions(self.target)
        wish = Wish(url=url, headers=headers, cap=cap, cut_cap=limits.max_cut_bytes, any_type=any_type)
        hearing = Hearing(wish)
        try:
            answer = await ask(self.session.client, hearing, pace=self.session.pace, budget=self._budget)
        except Failure as failure:
            self._keep_part(failure.answer)
            raise
        except asyncio.CancelledError:  # the portal's deadline
            self._keep_part(hearing.so_far("time"))
            raise
        return self._keep(answer)

    async def may_try_again(self, attempt: int, answer: Answer | None = None) -> bool:
        """Whether another try may follow, after a pause; a host that wants rest gets it in any case."""
        limits, is_last = self.session.limits, attempt > self.session.limits.retries
        if answer is not None and answer.status in TIRED:
            wanted = pace.retry_after(answer.header("retry-after"), datetime.now(UTC))
            seconds = self.session.pace.rest(host_of(answer.url), answer.status, wanted)
            return not is_last and seconds <= limits.max_rest and self._is_in_time(seconds)
        seconds = pace.backoff(attempt, limits.retry_wait)
        if is_last or not self._is_in_time(seconds):
            return False
        await asyncio.sleep(seconds)
        return True

    def _is_in_time(self, seconds: float) -> bool:
        return monotonic() + seconds < self.session.deadline

    def _keep_part(self, answer: Answer | None) -> None:
        if answer is not None:
            self._keep(answer)

    def _keep(self, answer: Answer) -> Heard:
        elapsed = round(self._budget.spent * 1000)
        page = _page(self.target, answer, at=self.session.clock(), elapsed_ms=elapsed)
        page = replace(page, is_repeat=outcomes.is_repeat(self.target, page))
        self.ref = self.session.keep(page)
        return Heard(answer=answer, page=page, ref=self.ref)


def _conditions(target: Target) -> dict[str, str]:
    """What makes a request conditional (RFC 9110, 13.1)."""
    said = {"If-None-Match": target.etag, "If-Modified-Since": target.last_modified}
    return {name: value for name, value in said.items() if value and value.isprintable() and value.isascii()}


def _page(target: Target, answer: Answer, *, at: datetime, elapsed_ms: int) -> Page:
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
        truncated=answer.truncated,
    )
