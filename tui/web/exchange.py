"""Requests and their answers over httpx, one after another: connections kept for a host, proxies, and why one failed."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Self, cast

import httpcore
from h2.exceptions import H2Error

from tui.core.problems import Reason, system_reason
from tui.core.values import dataclass
from tui.web import proxies, tls
from tui.web.connections import BrokenError, GuardedNetwork, InwardError, Meter, Wire
from tui.web.urls import Url

# The command line of httpx would bring Rich and Pygments along, which takes longer than all the rest of it.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
import httpx  # noqa: E402

MAX_HEADERS = 1000
"""Header lines that are kept."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A header that came, and the body that is still to come."""

    status: int
    reason: str
    version: str
    headers: tuple[tuple[str, str], ...]
    body: Iterable[bytes]
    """As it is transferred, without chunks; read it with `chunks`."""
    wire: Wire
    address: str
    """The IP address that answered, the proxy's if there is one."""
    tls: tuple[tuple[str, str], ...]


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
_NOT_FOR_HTTPX = frozenset({b"location", b"set-cookie"})
"""Headers that httpx would act on: it builds the next request from any answer, and remembers cookies."""


class NoAnswerError(BrokenError):
    """There is no answer with a header; `head` is what came instead, from this IP address (empty: none was reached)."""

    def __init__(self, reason: Reason, head: bytes, address: str) -> None:
        super().__init__(reason)
        self.head, self.address = head, address


class GuardedTransport(httpx.BaseTransport):
    """Carries requests over connections of the guarded network, and keeps those that may serve another one.

    A request has its `Url` among its extensions. The answer has all its headers there, under `headers`: httpx itself
    sees none of those that it would act on.
    """

    def __init__(self, network: GuardedNetwork) -> None:
        self._network = network
        self._pools: dict[tuple[str, proxies.Proxy | None], httpcore.ConnectionPool] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request. Raises NoAnswerError if no header comes, InwardError if the address may not be reached."""
        url: Url = request.extensions["url"]
        proxy = proxies.proxy_for(url)
        if proxy is not None:
            self._network.go_through(proxy.host, url.host)
        target = httpcore.URL(scheme=url.scheme, host=url.host, port=url.port, target=url.target)
        try:
            response = self._pool(url.scheme, proxy).handle_request(
                httpcore.Request(request.method, target, headers=request.headers.raw)
            )
        except InwardError:
            raise
        except _FAILURES as error:
            network = self._network
            reason = _why(error, network.meter.timeout_s)
            raise NoAnswerError(reason, bytes(network.wire.head), network.address) from error
        return httpx.Response(
            response.status,
            headers=[pair for pair in response.headers if pair[0].lower() not in _NOT_FOR_HTTPX],
            stream=_Body(response, self._network),
            extensions={**response.extensions, "headers": response.headers},
        )

    def _pool(self, scheme: str, proxy: proxies.Proxy | None) -> httpcore.ConnectionPool:
        pool = self._pools.get((scheme, proxy))
        if pool is None:
            pool = self._pools[scheme, proxy] = _pool(scheme, proxy, self._network)
        return pool

    def close(self) -> None:
        """Close all connections; the next request opens new ones."""
        for pool in self._pools.values():
            pool.close()
        self._pools.clear()


def _pool(scheme: str, proxy: proxies.Proxy | None, network: GuardedNetwork) -> httpcore.ConnectionPool:
    # Only those who ask over TLS pay for the list of authorities.
    context = tls.context() if "https" in (scheme, proxy and proxy.scheme) else None
    if proxy is None:
        return httpcore.ConnectionPool(ssl_context=context, http2=True, network_backend=network)
    if proxy.scheme.startswith("socks5"):
        return httpcore.SOCKSProxy(proxy.address, proxy.auth, context, http2=True, network_backend=network)
    return httpcore.HTTPProxy(
        proxy.address, proxy.auth, ssl_context=context, proxy_ssl_context=context, http2=True, network_backend=network
    )


class _Body(httpx.SyncByteStream):
    """A body without its chunks. Where it breaks off, BrokenError says why."""

    def __init__(self, response: httpcore.Response, network: GuardedNetwork) -> None:
        self._response, self._wire, self._timeout_s = response, network.wire, network.meter.timeout_s

    def __iter__(self) -> Iterator[bytes]:
        try:
            for part in cast("Iterable[bytes]", self._response.stream):  # the pool is no asynchronous one
                self._wire.body_bytes += len(part)
                yield part
        except _FAILURES as error:
            raise BrokenError(_why(error, self._timeout_s)) from error
        self._wire.is_done = True

    def close(self) -> None:
        self._response.close()


def is_reusable(wire: Wire, headers: Iterable[tuple[bytes, bytes]], version: bytes) -> bool:
    """Say whether all of an answer was read and nothing came behind it, so that what comes next is the next answer."""
    if not wire.is_done:
        return False
    if not version.startswith(b"HTTP/1"):
        return True
    is_chunked = any(name.lower() == b"transfer-encoding" for name, _value in headers)
    return wire.tail.endswith(b"\r\n\r\n") if is_chunked else wire.surplus() == 0


class Session:
    """Asks one server after another, one request at a time. Not for several threads at once."""

    def __init__(self) -> None:
        self._network = GuardedNetwork()
        self._transport = GuardedTransport(self._network)
        # Its time-outs reach no further than the network, which keeps to the meter.
        self._client = httpx.Client(transport=self._transport, follow_redirects=False, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    @contextmanager
    def ask(self, url: Url, headers: list[tuple[str, str]], meter: Meter, may_reach_inward: bool) -> Iterator[Answer]:
        """Send a GET request and hand out the answer, which must be read before the next one is asked for.

        Raises NoAnswerError if none comes, InwardError if the address may not be reached.
        """
        request = httpx.Request(
            "GET",
            url.text,
            headers=[(name.encode("ascii"), value.encode("latin-1")) for name, value in headers],
            extensions={"url": url},
        )
        response = self._sent(request, meter, may_reach_inward)
        wire = self._network.wire
        try:
            yield _answer(response, wire)
        finally:
            response.close()
            if not is_reusable(wire, response.extensions["headers"], response.extensions.get("http_version", b"")):
                self._transport.close()

    def _sent(self, request: httpx.Request, meter: Meter, may_reach_inward: bool) -> httpx.Response:
        self._network.begin(meter, may_reach_inward)
        try:
            return self._client.send(request, stream=True)
        except NoAnswerError as error:
            self._transport.close()
            if self._network.is_new or error.head:
                raise
        # The server had closed the connection that was kept for it, as it may at any time: it has not seen the request.
        self._network.begin(meter, may_reach_inward)
        return self._client.send(request, stream=True)


def _answer(response: httpx.Response, wire: Wire) -> Answer:
    stream: httpcore.NetworkStream = response.extensions["network_stream"]
    return Answer(
        response.status_code,
        _text(response.extensions.get("reason_phrase", b"")),
        _text(response.extensions.get("http_version", b"")),
        tuple((_text(name), _text(value)) for name, value in response.extensions["headers"][:MAX_HEADERS]),
        response.iter_raw(),
        wire,
        stream.get_extra_info("server_addr")[0],
        tls.facts(stream.get_extra_info("ssl_object")),
    )


def chunks(answer: Answer, broken: list[Reason]) -> Iterator[bytes]:
    """Yield the body as it comes. Where it breaks off, it ends, and `broken` gets the reason."""
    try:
        yield from answer.body
    except BrokenError as error:
        broken.append(error.reason)


def _text(value: bytes) -> str:
    """Header bytes as text: UTF-8, as many servers send, else Latin-1, in which nothing is lost."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _why(error: Exception, timeout_s: float) -> Reason:
    if isinstance(error, BrokenError):
        return error.reason
    if reason := tls.why(error):
        return reason
    if isinstance(error, httpcore.ConnectTimeout):
        return Reason("connect_timeout")
    if isinstance(error, httpcore.TimeoutException):
        return Reason("gave_up", {"seconds": timeout_s})
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
