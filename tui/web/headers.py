"""The headers that go out with a request, and who may see which."""

import base64
import re

from tui import __version__
from tui.core.errors import UsageError
from tui.web import inflate
from tui.web.cache import Stored
from tui.web.freshness import header
from tui.web.job import FetchJob
from tui.web.urls import Url

USER_AGENT = f"copydesk/{__version__} (terminal browser for scraped pages)"
_ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.9, text/*;q=0.8, */*;q=0.5"
_HARMLESS = frozenset({"accept", "accept-language", "user-agent"})
"""Headers of the user's that hosts may see whom the user did not name."""
_OURS = frozenset({"host", "accept-encoding", "connection", "content-length", "transfer-encoding", "te", "upgrade"})
"""Headers that belong to the connection, and would break it."""
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*\Z")

HeaderList = list[tuple[str, str]]


def parse(line: str) -> tuple[str, str]:
    """Take a `Name: value` of the user's apart. Raises UsageError if it is none, or one that is not the user's to set."""
    name, colon, value = line.partition(":")
    name, value = name.strip(), value.strip()
    if not colon or not _NAME.match(name) or not _VALUE.match(value):
        raise UsageError(f"--header {line!r}: not a header; write 'Name: value'")
    if name.lower() in _OURS:
        raise UsageError(f"--header {name}: set by the connection itself; leave it out")
    return name, value


def request(job: FetchJob, url: Url, added: tuple[tuple[str, str], ...], old: Stored | None) -> HeaderList:
    """What is sent for `url`, which a job has led to; `old` is the answer in the cache, which may still hold.

    Other sites than those that the user named see neither the user's name and password nor the user's own headers,
    but for those that only say what is liked.
    """
    is_named = url.origin == job.named
    ours = {"Host": url.authority, "User-Agent": USER_AGENT, "Accept": _ACCEPT, "Accept-Encoding": inflate.ACCEPTED}
    if is_named and job.userinfo:
        ours["Authorization"] = "Basic " + base64.b64encode(job.userinfo.encode()).decode("ascii")
    if old is not None:
        ours |= _conditions(old)
    theirs = [(name, value) for name, value in added if is_named or name.lower() in _HARMLESS]
    replaced = {name.lower() for name, _value in theirs}
    return [(name, value) for name, value in ours.items() if name.lower() not in replaced] + theirs


def _conditions(old: Stored) -> dict[str, str]:
    pairs = (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified"))
    found = {ask: header(old.http.headers, name) for ask, name in pairs}
    return {ask: value for ask, value in found.items() if value and _VALUE.match(value)}
