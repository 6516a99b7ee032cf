"""What there is to say about an answer: the facts for the metadata, and what is wrong with it."""

from http import HTTPStatus

from tui.core.model import Http
from tui.core.problems import Problem, Reason, Values
from tui.web.body import Saved
from tui.web.connections import Meter
from tui.web.exchange import Answer
from tui.web.freshness import header

SHOWN = 100
"""Code points of what a server says that go into a message."""


def http(answer: Answer, redirects: list[tuple[int, str]], meter: Meter, decoded_bytes: int) -> Http:
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


def problems(url: str, answer: Answer, saved: Saved) -> list[Problem]:
    """Everything that keeps the page from being what was asked for."""
    found = []
    phrase = f"{answer.status} {_phrase(answer)}".strip()[:SHOWN]
    if answer.status >= 400 or answer.status < 200:
        found.append(Problem("http_status", url, {"reason": Reason("says_instead", {"status": phrase})}))
    elif answer.status == 206:
        part = (header(answer.headers, "Content-Range") or "")[:SHOWN] or Reason("unsaid_part")
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
    length = header(answer.headers, "Content-Length")
    if length is None or not length.isdecimal() or header(answer.headers, "Content-Encoding"):
        return cause
    return Reason("announced", {"cause": cause, "count": int(length)}) if len(length) < 16 else cause


def _phrase(answer: Answer) -> str:
    if answer.reason:
        return answer.reason
    try:
        return HTTPStatus(answer.status).phrase  # HTTP/2 sends the number only
    except ValueError:
        return ""
