"""How long an answer may be used without asking again, as RFC 9111 says for a cache of one's own."""

import re
from collections.abc import Iterable, Sequence

HEURISTIC_SHARE = 0.1
"""Part of a page's age for which it is taken to stay as it is (RFC 9111, 4.2.2)."""
HEURISTIC_MAX_S = 24 * 3600.0
UNSAID_S = 300.0
"""Seconds for which an answer is used that says nothing about its age: one reads it, goes back, reads it again."""
_DIRECTIVE = re.compile(r"([a-z-]+)(?:\s*=\s*\"?([^\",]*)\"?)?", re.IGNORECASE)


def header(headers: Iterable[tuple[str, str]], name: str) -> str | None:
    """The value of a header, several joined by commas; None if it wasn't sent."""
    values = [value for key, value in headers if key.lower() == name.lower()]
    return ", ".join(values) if values else None


def may_keep(headers: Sequence[tuple[str, str]]) -> bool:
    """Say whether the answer may be written to the cache. `Vary: *` fits no request but the one it answers (RFC 9111, 4.1).

    >>> may_keep([("Cache-Control", "private, No-Store")]), may_keep([("Vary", "Accept, *")]), may_keep([])
    (False, False, True)
    """
    varies = (header(headers, "Vary") or "").split(",")
    return "no-store" not in _directives(headers) and "*" not in map(str.strip, varies)


def lifetime_s(headers: Iterable[tuple[str, str]], now: float) -> float:
    """Seconds for which the answer need not be asked for again.

    >>> lifetime_s([("Cache-Control", "max-age=60"), ("Age", "20")], 0), lifetime_s([("Cache-Control", "no-cache")], 0)
    (40.0, 0.0)
    """
    headers = list(headers)
    directives = _directives(headers)
    age = _number(header(headers, "Age"))
    if "no-cache" in directives or "no-cache" in (header(headers, "Pragma") or ""):
        return 0.0
    if "max-age" in directives:
        return max(0.0, _number(directives["max-age"]) - age)
    date = seconds(header(headers, "Date")) or now
    if (value := header(headers, "Expires")) is not None:
        expires = seconds(value)  # `0` and other nonsense mean that it has expired
        return 0.0 if expires is None else max(0.0, expires - date - age)
    modified = seconds(header(headers, "Last-Modified"))
    if modified is None:
        return UNSAID_S
    return max(UNSAID_S, min((date - modified) * HEURISTIC_SHARE, HEURISTIC_MAX_S))


def seconds(value: str | None) -> float | None:
    """An HTTP date as seconds since 1970; None for what is no date.

    >>> seconds("Thu, 01 Jan 1970 00:01:00 GMT"), seconds("soon")
    (60.0, None)
    """
    if not value:
        return None
    from datetime import UTC  # few answers need dates, and these cost 4 ms
    from email.utils import parsedate_to_datetime

    try:
        found = parsedate_to_datetime(value)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _directives(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    value = header(headers, "Cache-Control") or ""
    return {name.lower(): argument for name, argument in _DIRECTIVE.findall(value)}


def _number(value: str | None) -> float:
    """A number of seconds; 0 for what is none. Two to the 31st is for ever (RFC 9111, 1.2.2)."""
    value = (value or "").strip()
    return min(float(value), 2.0**31) if value.isascii() and value.isdecimal() else 0.0
