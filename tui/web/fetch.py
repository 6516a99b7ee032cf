"""Fetches a page: follows redirects as far as is safe, and leaves the answer in a file with all that is known of it."""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO

from tui.core.files import private_file
from tui.core.model import Http
from tui.core.problems import Problem, Reason, Values, system_reason, unreadable
from tui.core.values import dataclass, replace
from tui.web import body, cache, freshness, headers, urls, warcfile
from tui.web.connections import BrokenError, InwardError, Meter, is_public
from tui.web.exchange import Answer, NoAnswerError, Session
from tui.web.job import CONNECT_S, Failed, FetchJob, FetchSettings, KeptAnswer
from tui.web.proxies import NoProxyError
from tui.web.urls import RefusedError, Url

MAX_REDIRECTS = 10
WIRE_BYTES = 16 * 1024 * 1024
"""Bytes that one page may cost, redirects and headers included."""
EVICTION_PAGES = 32
"""Pages after which the cache is measured again: looking at all its files takes a while."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_KEPT = frozenset({200, 203})
"""Statuses of answers that go into the cache."""
_SHOWN = 100
"""Code points of what a server says that go into a message."""
_Written = tuple[cache.Stored, bool]
"""What is known of a page that was written, and whether it may go into the cache."""


@dataclass(slots=True)
class _Route:
    """How far a fetch has come."""

    job: FetchJob
    start: Url
    url: Url
    meter: Meter
    hops: list[tuple[int, str]]
    inward: set[str]
    """Origins that are private and may be reached."""
    old: cache.Stored | None
    """The answer in the cache."""
    notes: list[Problem]
    report: body.Report
    session: Session


class Client:
    """Fetches for one user; threads may share it."""

    def __init__(self, settings: FetchSettings) -> None:
        self._settings = settings
        self._cache = cache.Cache(settings.cache, settings.cache_bytes, settings.headers)
        self._warc = warcfile.WarcFile(settings.warc) if settings.warc else None
        self._until_eviction = 0

    def fetch(self, job: FetchJob, report: body.Report, session: Session | None = None) -> KeptAnswer | Failed:
        """Fetch a page, or take it from the cache if that is fresh. Never raises for what a server does.

        Its connections are those of `session`; None: its own, which end with it.
        """
        if session is None:
            with Session() as session:
                return self.fetch(job, report, session)
        try:
            start = urls.parse(job.url)
        except RefusedError as error:
            return Failed(job.url, replace(error.problem, at_stage="fetch"))
        old, notes = self._cached(start, job.userinfo)
        if old is not None and not job.must_ask and old.fresh_until > time.time():
            return KeptAnswer(job.url, self._cache.path(start.text, job.userinfo), old.length, old.inward)
        meter = Meter(self._settings.timeout_s, CONNECT_S, WIRE_BYTES, job.asked)
        route = _Route(job, start, start, meter, [], set(job.inward), old, notes, report, session)
        try:
            return self._follow(route)
        except InwardError as error:
            failure = _failure(Reason("not_named", {"reason": error.reason}), route.url.text)
        except NoProxyError as error:
            failure = _failure(error.reason, route.url.text)
        except BrokenError as error:
            failure = _failure(Reason("no_answer", {"reason": error.reason}), route.url.text)
        except OSError as error:
            reason = Reason("answer_unwritable", {"why": system_reason(error)})
            failure = _failure(reason, error.filename or route.url.text)
        if old is None:
            return Failed(job.url, failure)
        stale = Problem("stale", failure.where, failure.values)
        return KeptAnswer(job.url, self._cache.path(start.text, job.userinfo), old.length, old.inward, stale)

    def _cached(self, url: Url, userinfo: str) -> tuple[cache.Stored | None, list[Problem]]:
        try:
            return self._cache.find(url.text, userinfo), []
        except cache.DroppedError as error:
            return None, [error.problem]

    def _follow(self, route: _Route) -> KeptAnswer | Failed:
        while True:
            is_first = not route.hops
            may_reach_inward = (route.job.is_typed and is_first) or route.url.origin in route.inward
            sent = headers.request(route.job, route.url, self._settings.headers, route.old if is_first else None)
            try:
                with route.session.ask(route.url, sent, route.meter, may_reach_inward) as answer:
                    if route.job.is_typed and is_first and not is_public(answer.address):
                        route.inward.add(route.url.origin)
                    target = self._target(route, answer)
                    if target is None:
                        return self._take(route, answer, sent)
                    self._archive(route, answer, sent, b"")
            except InwardError as error:
                if is_first:
                    raise
                return _refused_redirect(route, error)
            except NoAnswerError as error:
                if not error.head or error.head.startswith(b"\x00"):  # nothing, or frames of HTTP/2
                    raise
                return self._take_head(route, error)
            route.hops.append((answer.status, route.url.text))
            route.url = target

    def _target(self, route: _Route, answer: Answer) -> Url | None:
        """Where to go next; None: this answer is the page, with a note if it leads where we don't go."""
        if answer.status not in _REDIRECTS:
            return None
        leads_to = next((value for name, value in answer.headers if name.lower() == "location"), None)
        try:
            if leads_to is None:
                raise RefusedError(Reason("no_target"))
            if len(route.hops) >= MAX_REDIRECTS:
                raise RefusedError(Reason("many_redirects", {"most": MAX_REDIRECTS}))
            target = urls.join(route.url, leads_to)
            if target.text in (route.url.text, *(seen for _status, seen in route.hops)):
                raise RefusedError(Reason("redirect_circle"))
        except RefusedError as error:
            route.notes.append(Problem("redirect_refused", route.url.text, {"reason": error.problem}))
            return None
        return target

    def _take(self, route: _Route, answer: Answer, sent: list[tuple[str, str]]) -> KeptAnswer:
        """Keep the answer: it is the page, or says that the cached one still is."""
        if answer.status == 304 and route.old is not None:
            route.meter.mark("done")
            return self._confirm(route, route.old, answer)

        def write(stream: BinaryIO) -> _Written:
            # Sitemaps are often files that were packed before anybody asked for them.
            is_packed = route.url.target.partition("?")[0].endswith(".xml.gz")
            saved = body.save(answer, stream, route.meter, route.report, bool(self._settings.warc), is_packed)
            route.meter.mark("done")
            self._archive(route, answer, sent, b"".join(saved.coded))
            is_kept = not saved.cut and answer.status in _KEPT and freshness.may_keep(answer.headers)
            route.notes.extend(_problems(route.url.text, answer, saved))
            return self._stored(route, saved, _facts(answer, route.hops, route.meter, saved.length)), is_kept

        return self._keep(route, write)

    def _take_head(self, route: _Route, error: NoAnswerError) -> KeptAnswer:
        """Keep what came instead of a header, as a page of its own."""
        route.notes.append(Problem("no_header", route.url.text, {"reason": error.reason}))
        route.meter.mark("done")

        def write(stream: BinaryIO) -> _Written:
            stream.write(error.head)
            saved = body.Saved(len(error.head), cache.crc32(error.head))
            http = Http(0, (), "", "", tuple(route.hops), error.address, (), tuple(route.meter.moments.items()))
            http = replace(http, wire_bytes=route.meter.received, decoded_bytes=saved.length)
            return self._stored(route, saved, http), False

        return self._keep(route, write)

    def _stored(self, route: _Route, saved: body.Saved, http: Http) -> cache.Stored:
        now = time.time()
        return cache.Stored(
            url=route.url.text,
            fetched=datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds"),
            checked=now,
            fresh_until=now + freshness.lifetime_s(http.headers, now),
            http=http,
            length=saved.length,
            crc32=saved.crc32,
            problems=tuple(route.notes),
            inward=_inward(route),
        )

    def _confirm(self, route: _Route, old: cache.Stored, answer: Answer) -> KeptAnswer:
        """The server says that the cached page is still its page: take over the headers that it sends with that."""
        now = time.time()
        renewed = {name.lower() for name, _value in answer.headers}
        kept = [pair for pair in old.http.headers if pair[0].lower() not in renewed]
        merged = (*kept, *(pair for pair in answer.headers if pair[0].lower() != "content-length"))
        http = replace(old.http, headers=merged, timing_s=tuple(route.meter.moments.items()))
        fresh_until = now + freshness.lifetime_s(merged, now)
        stored = replace(old, checked=now, fresh_until=fresh_until, http=http, inward=_inward(route))

        def write(stream: BinaryIO) -> _Written:
            cache.copy_page(self._cache.path(route.start.text, route.job.userinfo), old.length, stream)
            return stored, True

        return self._keep(route, write)

    def _keep(self, route: _Route, write: Callable[[BinaryIO], _Written]) -> KeptAnswer:
        """Let a page be written, and put it where it belongs."""
        made = f"{self._settings.session}/{os.urandom(8).hex()}.page"  # tempfile would cost the first page 5 ms
        with private_file(Path(made), "xb") as stream:
            stored, may_cache = write(stream)
            cache.finish(stream, stored)
        problem = None
        if may_cache:
            try:
                return KeptAnswer(
                    route.job.url,
                    self._cache.put(route.start.text, route.job.userinfo, made),
                    stored.length,
                    stored.inward,
                )
            except OSError as error:
                problem = Problem("cache_unwritable", self._settings.cache, {"why": system_reason(error)})
        return KeptAnswer(route.job.url, made, stored.length, stored.inward, problem)

    def _archive(self, route: _Route, answer: Answer, sent: list[tuple[str, str]], coded: bytes) -> None:
        if self._warc:
            try:
                status = f"{answer.status} {answer.reason}"
                came = (status, answer.headers, answer.address, coded)
                self._warc.add(warcfile.records(route.url, sent, *came, time.time()))
            except (OSError, warcfile.NotOursError) as error:
                why = system_reason(error) if isinstance(error, OSError) else error.reason
                values: Values = {"why": why, "url": route.url.text}
                route.notes.append(Problem("warc_unwritable", self._settings.warc, values))

    def tidy(self) -> None:
        """Keep the cache within its bound; to be called after each page, when nobody waits."""
        self._until_eviction -= 1
        if self._until_eviction < 0:
            self._until_eviction = EVICTION_PAGES
            self._cache.evict()


def _inward(route: _Route) -> str:
    return route.start.origin if route.start.origin in route.inward else ""


def _refused_redirect(route: _Route, error: InwardError) -> Failed:
    status, asked = route.hops[-1]
    values: Values = {"status": status, "target": route.url.text, "reason": error.reason}
    return Failed(route.job.url, _failure(Reason("redirects_inward", values), asked))


def _failure(reason: Reason, where: str) -> Problem:
    return unreadable(reason, where, "fetch")


def _facts(answer: Answer, redirects: list[tuple[int, str]], meter: Meter, decoded_bytes: int) -> Http:
    """The facts of an exchange that is done."""
    return Http(
        answer.status,
        answer.headers,
        _phrase(answer),
        answer.version,
        tuple(redirects),
        answer.address,
        answer.tls,
        tuple(meter.moments.items()),
        meter.received,
        decoded_bytes,
    )


def _problems(url: str, answer: Answer, saved: body.Saved) -> list[Problem]:
    """Everything that keeps the page from being what was asked for."""
    found = []
    phrase = f"{answer.status} {_phrase(answer)}".strip()[:_SHOWN]
    if answer.status >= 400 or answer.status < 200:
        found.append(Problem("http_status", url, {"reason": Reason("says_instead", {"status": phrase})}))
    elif answer.status == 206:
        part = (freshness.header(answer.headers, "Content-Range") or "")[:_SHOWN] or Reason("unsaid_part")
        found.append(Problem("cut", url, {"reason": Reason("part_sent", {"part": part})}))
    elif answer.status in (204, 205, 304):
        found.append(Problem("http_status", url, {"reason": Reason("says_without_page", {"status": phrase})}))
    if saved.cut:
        values: Values = {"cause": _announced(answer, saved.cut), "count": saved.length}
        reason = Reason("first_bytes_came" if saved.length else "nothing_came", values)
        found.append(Problem("cut", url, {"reason": reason}, byte=saved.length))
    if saved.note:
        found.append(Problem("odd_answer", url, {"reason": saved.note}))
    return found


def _announced(answer: Answer, cause: Reason) -> Reason:
    """Why a page was cut, with how long it was said to be."""
    length = freshness.header(answer.headers, "Content-Length")
    if length is None or not length.isdecimal() or freshness.header(answer.headers, "Content-Encoding"):
        return cause
    return Reason("announced", {"cause": cause, "count": int(length)}) if len(length) < 16 else cause


def _phrase(answer: Answer) -> str:
    if answer.reason:
        return answer.reason
    try:
        return HTTPStatus(answer.status).phrase  # HTTP/2 sends the number only
    except ValueError:
        return ""
