"""One request and its answer: what is sent, over which connection, and why it failed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
from h2.exceptions import H2Error

from tui.core.problems import Reason, system_reason
from tui.core.values import dataclass
from tui.web import proxies, tls
from tui.web.connections import BrokenError, GuardedNetwork, InwardError, Meter
from tui.web.urls import Url

MAX_HEADERS = 1000
"""Header lines that are kept."""


class NoAnswerError(BrokenError):
    """There is no answer with a header; `head` is what came instead."""

    def __init__(self, reason: Reason, head: bytes) -> None:
        super().__init__(reason)
        self.head = head


@dataclass(frozen=True, slots=True)
class Answer:
    """A header that came, and the body that is still to come."""

    status: int
    reason: str
    version: str
    headers: tuple[tuple[str, str], ...]
    body: Iterable[bytes]
    """As it is transferred, without chunks; read it with `chunks`."""
    network: GuardedNetwork
    tls: tuple[tuple[str, str], ...]


@contextmanager
def ask(url: Url, headers: list[tuple[str, str]], network: GuardedNetwork, meter: Meter) -> Iterator[Answer]:
    """Send a GET request and hand out the answer; the connection is closed after use.

    Raises NoAnswerError if none comes, InwardError if the address may not be reached.
    """
    proxy = proxies.proxy_for(url)
    if proxy is not None:
        network.go_through(proxy.host, url.host)
    # Only those who ask over TLS pay for the list of authorities.
    context = tls.context() if url.scheme == "https" or (proxy and proxy.scheme == "https") else None
    with _pool(proxy, context, network) as pool:
        request = httpcore.Request(
            "GET",
            httpcore.URL(scheme=url.scheme, host=url.host, port=url.port, target=url.target),
            headers=[(name.encode("ascii"), value.encode("latin-1")) for name, value in headers],
        )
        try:
            response = pool.handle_request(request)
        except InwardError:
            raise
        except _FAILURES as error:
            raise NoAnswerError(_why(error, meter), bytes(network.head)) from error
        try:
            yield _answer(response, network)
        finally:
            response.close()


def _pool(proxy: proxies.Proxy | None, context: Any, network: GuardedNetwork) -> httpcore.ConnectionPool:
    if proxy is None:
        return httpcore.ConnectionPool(ssl_context=context, http2=True, network_backend=network)
    if proxy.scheme.startswith("socks5"):
        return httpcore.SOCKSProxy(proxy.address, proxy.auth, context, http2=True, network_backend=network)
    return httpcore.HTTPProxy(
        proxy.address, proxy.auth, ssl_context=context, proxy_ssl_context=context, http2=True, network_backend=network
    )


def _answer(response: httpcore.Response, network: GuardedNetwork) -> Answer:
    stream = response.extensions.get("network_stream")
    assert isinstance(response.stream, Iterable)  # noqa: S101 - the pool is no asynchronous one
    return Answer(
        response.status,
        _text(response.extensions.get("reason_phrase", b"")),
        _text(response.extensions.get("http_version", b"")),
        tuple((_text(name), _text(value)) for name, value in response.headers[:MAX_HEADERS]),
        response.stream,
        network,
        tls.facts(stream.get_extra_info("ssl_object") if stream is not None else None),
    )


def chunks(answer: Answer, meter: Meter, broken: list[Reason]) -> Iterator[bytes]:
    """Yield the body as it comes. Where it breaks off, it ends, and `broken` gets the reason."""
    try:
        yield from answer.body
    except _FAILURES as error:
        broken.append(_why(error, meter))


_FAILURES = (
    BrokenError,
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    H2Error,
    OSError,
)


def _why(error: Exception, meter: Meter) -> Reason:
    """Return why an exchange failed."""
    if isinstance(error, BrokenError):
        return error.reason
    if reason := tls.why(error):
        return reason
    if isinstance(error, httpcore.ConnectTimeout):
        return Reason("connect_timeout")
    if isinstance(error, httpcore.TimeoutException):
        return Reason("gave_up", {"seconds": meter.timeout_s})
    if isinstance(error, httpcore.ConnectError):
        return Reason("no_connection", {"why": _system(error)})
    if isinstance(error, httpcore.ProxyError):
        return Reason("proxy_refused", {"error": str(error)})
    if isinstance(error, httpcore.ProtocolError | H2Error):
        fault = str(error)
        if fault.startswith("peer closed connection") or "disconnected" in fault:
            return Reason("connection_ended")
        fault = fault.partition(": bytearray")[0].rstrip(".")  # h11 quotes what it can't read, at any length
        return Reason("http_broken", {"error": fault})
    return Reason("connection_broke", {"why": _system(error)})


def _system(error: BaseException) -> Reason:
    """What the system says about it."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OSError) and seen.strerror:
            return system_reason(seen)
        seen = seen.__cause__ or seen.__context__
    return Reason("verbatim", {"words": str(error) or type(error).__name__})


def _text(value: bytes) -> str:
    """Header bytes as text: UTF-8, as many servers send, else Latin-1, in which nothing is lost."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
