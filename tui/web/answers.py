"""What there is to say about an answer: the facts for the metadata, and what is wrong with it."""

from http import HTTPStatus

from tui.model import Http, Problem
from tui.web.body import Saved
from tui.web.exchange import Answer
from tui.web.freshness import header
from tui.web.network import Meter

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
        answer.network.address,
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
        said = f"{url}: the server says {phrase}; what is shown is its message"
        found.append(Problem("fetch", "http_status", said))
    elif answer.status == 206:
        part = (header(answer.headers, "Content-Range") or "without saying which")[:SHOWN]
        found.append(Problem("fetch", "cut", f"{url}: the server sent only a part ({part}); ask again with R"))
    elif answer.status in (204, 205, 304):
        found.append(Problem("fetch", "http_status", f"{url}: the server says {phrase} and sends no page; try later"))
    if saved.cut:
        amount = f"only the first {saved.length:,} bytes" if saved.length else "nothing"
        said = f"{url}: {amount} of the page came: {saved.cut}{_announced(answer)}; R tries again"
        found.append(Problem("fetch", "cut", said, byte=saved.length))
    if saved.note:
        found.append(Problem("fetch", "odd_answer", f"{url}: {saved.note}; ask its maintainers"))
    return found


def _announced(answer: Answer) -> str:
    length = header(answer.headers, "Content-Length")
    if length is None or not length.isdecimal() or header(answer.headers, "Content-Encoding"):
        return ""
    return f" ({int(length):,} were announced)" if len(length) < 16 else ""


def _phrase(answer: Answer) -> str:
    if answer.reason:
        return answer.reason
    try:
        return HTTPStatus(answer.status).phrase  # HTTP/2 sends the number only
    except ValueError:
        return ""
