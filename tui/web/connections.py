"""Connections that keep to a deadline and a byte budget, and reach only where they may: the public network."""

import contextlib
import queue
import socket
import threading
import time
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from ssl import SSLContext
from typing import Any

import httpcore

from tui.core.errors import ReasonedError
from tui.core.problems import Reason, system_reason

HEAD_BYTES = 64 * 1024
"""Bytes at the start of an answer that are kept, to be shown if no header can be made of them."""
_NAT64 = IPv6Network("64:ff9b::/96")
_COMPATIBLE = IPv6Network("::/96")


def is_public(address: str) -> bool:
    """Say whether an address can be reached from everywhere; an IPv4 address inside an IPv6 one counts as itself.

    Private, loopback, link-local, shared (CGNAT), documentation, multicast and reserved addresses are not public, as in
    the IANA special-purpose registries that `ipaddress` follows. What is no address isn't public.

    >>> [is_public(a) for a in ("1.1.1.1", "10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::a9fe:a9fe", "fec0::1")]
    [True, False, False, False, False]
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _embedded(found) if isinstance(found, IPv6Address) else None
    if inner is not None:
        return is_public(str(inner))
    if isinstance(found, IPv6Address) and found.is_site_local:  # fec0::/10 of RFC 3879, which the registries don't list
        return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def _embedded(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one leads to: mapped, compatible, NAT64, 6to4 or Teredo."""
    if address in _NAT64 or (address in _COMPATIBLE and int(address) > 1):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


_RESOLVER = {socket.EAI_NONAME: "EAI_NONAME", socket.EAI_AGAIN: "EAI_AGAIN"}
RESOLVE_FLAGS = socket.AI_ADDRCONFIG if hasattr(socket, "AI_ADDRCONFIG") else 0


class BrokenError(ReasonedError):
    """The exchange ended before its time."""


class InwardError(BrokenError):
    """The address isn't public, and whoever named it may only name public ones."""


class Meter:
    """What one fetch may still cost, and what it has cost, over all its connections."""

    def __init__(self, timeout_s: float, connect_s: float, cap_bytes: int, asked: float = 0.0) -> None:
        """`asked`: when somebody began to wait, on the system's monotonic clock; 0: now."""
        self._started = time.monotonic()
        self._ends = (asked or self._started) + timeout_s
        self.timeout_s, self._connect_s = timeout_s, connect_s
        self._cap_bytes = cap_bytes
        self.received = 0
        """Bytes that came, after TLS."""
        self.moments: dict[str, float] = {}
        """Seconds since the start at which something was first so."""

    def left_s(self) -> float:
        """Seconds that are left. Raises BrokenError if none are."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise BrokenError(Reason("gave_up", {"seconds": self.timeout_s}))
        return left

    def connect_s(self) -> float:
        """Seconds that one connection may take to be made. Raises BrokenError if none are left."""
        return min(self.left_s(), self._connect_s)

    def count(self, size: int) -> None:
        """Take note of bytes that came. Raises BrokenError if they are too many."""
        self.mark("first byte")
        self.received += size
        if self.received > self._cap_bytes:
            raise BrokenError(Reason("cut_off", {"most": self._cap_bytes / 1024 / 1024}))

    def mark(self, what: str) -> None:
        """Take note that something is so by now."""
        self.moments.setdefault(what, round(time.monotonic() - self._started, 6))


class Wire:
    """What came of one exchange, after TLS."""

    def __init__(self) -> None:
        self.head = bytearray()
        """The first HEAD_BYTES."""
        self.tail = b""
        """The last few bytes."""
        self.received = 0
        self.body_bytes = 0
        """Of the body, without chunks."""
        self.is_done = False
        """The body has come to its end."""

    def take(self, part: bytes) -> None:
        """Take note of bytes that came."""
        if len(self.head) < HEAD_BYTES:
            self.head += part[: HEAD_BYTES - len(self.head)]
        self.tail = (self.tail + part[-4:])[-4:]
        self.received += len(part)

    def surplus(self) -> int | None:
        """Bytes behind a body of HTTP/1 that has no chunks; None if that can't be told."""
        end = self.head.find(b"\r\n\r\n")
        if end < 0 or self.head[9:10] == b"1":  # a status of 1xx comes before the answer itself
            return None
        return self.received - (end + 4) - self.body_bytes


class GuardedNetwork(httpcore.NetworkBackend):
    """Makes connections, and checks the very address that it connects to: names may change their answer.

    It serves one exchange at a time, whose meter and `wire` hold for every connection that it uses, old or new.
    """

    meter: Meter
    wire: Wire

    def begin(self, meter: Meter, may_reach_inward: bool) -> None:
        """Begin an exchange."""
        self.meter, self.wire = meter, Wire()
        self.is_new = False
        """A connection was asked for; else one is used that was kept."""
        self.address = ""
        """The IP address that the new connection leads to."""
        self._may_reach_inward = may_reach_inward
        self._proxy = ""

    def go_through(self, proxy_host: str, target_host: str) -> None:
        """Let the proxy that the user chose be reached, wherever it is; it will go to `target_host` for us.

        Raises InwardError if the target is plainly an address that may not be reached: the proxy resolves its name.
        """
        with contextlib.suppress(OSError):
            self._allowed(target_host, _addresses(target_host, 0, socket.AI_NUMERICHOST))
        is_local = target_host == "localhost" or target_host.endswith((".localhost", ".local", ".internal"))
        if is_local and not self._may_reach_inward:
            raise InwardError(Reason("not_public", {"host": target_host}))
        self._proxy = proxy_host

    def _allowed(self, host: str, found: list[str]) -> list[str]:
        is_free = self._may_reach_inward or host == self._proxy
        allowed = [address for address in found if is_free or is_public(address)]
        if not allowed:
            name = "not_public" if host == found[0] else "names_private"
            raise InwardError(Reason(name, {"host": host, "address": found[0]}))
        return allowed

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the meter knows better
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect within the meter's time. Raises InwardError for addresses that may not be reached."""
        self.is_new = True
        limit = time.monotonic() + self.meter.connect_s()
        allowed = self._allowed(host, resolve(host, port, self.meter.connect_s()))
        self.meter.mark("resolved")
        for number, address in enumerate(allowed):
            left = limit - time.monotonic()
            # One that never answers mustn't take the time of all others.
            share = left / (len(allowed) - number)
            if left <= 0:
                break
            try:
                stream = httpcore.SyncBackend().connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(allowed) - 1:
                    raise
                continue
            self.address = address
            self.meter.mark("connected")
            return _Metered(stream, self, address)
        raise httpcore.ConnectTimeout("no address answered")

    def sleep(self, seconds: float) -> None:
        """Wait between two tries."""
        time.sleep(min(seconds, self.meter.left_s()))


class _Metered(httpcore.NetworkStream):
    """A stream whose every step keeps to the meter of the exchange that uses it."""

    def __init__(self, inner: httpcore.NetworkStream, network: GuardedNetwork, address: str) -> None:
        self._inner, self._network, self._address = inner, network, address

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the meter knows better
        try:
            part = self._inner.read(max_bytes, self._network.meter.left_s())
        except httpcore.ReadTimeout:
            self._network.meter.left_s()
            raise
        self._network.wire.take(part)
        self._network.meter.count(len(part))
        return part

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - as above
        try:
            self._inner.write(buffer, self._network.meter.left_s())
        except httpcore.WriteTimeout:
            self._network.meter.left_s()
            raise

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - as above
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._network.meter.connect_s())
        self._network.meter.mark("encrypted")
        return _Metered(inner, self._network, self._address)

    def get_extra_info(self, info: str) -> Any:
        # The system forgets its peer once that is gone.
        return (self._address,) if info == "server_addr" else self._inner.get_extra_info(info)


def resolve(host: str, port: int, limit_s: float) -> list[str]:
    """Return the addresses of a host, in the system's order. Raises BrokenError if it has none, or none within the time."""
    with contextlib.suppress(OSError):  # 127.1 and 0x7f000001 are addresses too: the system knows all spellings at once
        return _addresses(host, port, socket.AI_NUMERICHOST)
    answers: queue.Queue[list[str] | OSError] = queue.Queue()

    def ask() -> None:
        try:
            answers.put(_addresses(host, port, RESOLVE_FLAGS))
        except OSError as error:
            answers.put(error)

    # The system's resolver has no deadline of its own.
    threading.Thread(target=ask, name="resolve", daemon=True).start()
    try:
        found = answers.get(timeout=limit_s)
    except queue.Empty:
        raise BrokenError(Reason("name_timeout", {"host": host, "seconds": limit_s})) from None
    if isinstance(found, OSError):
        raise BrokenError(Reason("unknown_name", {"host": host, "why": _resolver_reason(found)})) from found
    return found


def _resolver_reason(error: OSError) -> Reason:
    name = _RESOLVER.get(error.errno or 0) if isinstance(error, socket.gaierror) else None
    return Reason(name) if name else system_reason(error)


def _addresses(host: str, port: int, flags: int) -> list[str]:
    try:
        infos = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM, 0, flags)
    except UnicodeError as error:  # it encodes names by itself, and can't all of them
        raise OSError(str(error)) from error
    return list(dict.fromkeys(str(info[4][0]) for info in infos))
