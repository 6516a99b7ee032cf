"""Servers on loopback that say exactly what a test wants, one handler for each connection."""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable
from types import TracebackType

from waiting import PATIENCE_S

Handler = Callable[[socket.socket, bytes], None]
"""Gets the connection and the header of the first request; the connection is closed when it returns."""


class Server:
    """Listens on a free port of 127.0.0.1 until the end of the `with` block; remembers what it was asked."""

    def __init__(self, handler: Handler, context: ssl.SSLContext | None = None) -> None:
        self._handler, self._context = handler, context
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listening.getsockname()[1]
        self.requests: list[bytes] = []
        self._is_ended = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """Its address, without a path."""
        return f"{'https' if self._context else 'http'}://127.0.0.1:{self.port}"

    def __enter__(self) -> "Server":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_ended.set()
        self._listening.shutdown(socket.SHUT_RDWR)  # closing alone would let `accept` take one more
        self._listening.close()

    def _accept(self) -> None:
        while not self._is_ended.is_set():
            try:
                connection, _address = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        # What the client does, such as to hang up, is not what is tested here.
        with contextlib.suppress(OSError), connection:
            connection.settimeout(PATIENCE_S)
            if self._context is not None:
                connection = self._context.wrap_socket(connection, server_side=True)
            with connection:
                if self._context is not None and connection.selected_alpn_protocol() == "h2":  # type: ignore[attr-defined]
                    self.requests.append(b"h2")
                    self._handler(connection, b"")
                    return
                request = head(connection)
                self.requests.append(request)
                self._handler(connection, request)


def head(connection: socket.socket) -> bytes:
    """Read a request up to the empty line."""
    found = b""
    while b"\r\n\r\n" not in found and (part := connection.recv(65536)):
        found += part
    return found


def path(request: bytes) -> str:
    """The path that is asked for."""
    return request.split(b" ", 2)[1].decode()


def answer(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """A whole answer; `length` is what it claims."""
    lines = [
        f"HTTP/1.1 {status}",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(body) if length is None else length}",
        "Connection: close",
        *headers,
    ]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def says(content: bytes) -> Handler:
    """Say these bytes and hang up."""
    return lambda connection, _request: connection.sendall(content)


def drips(start: bytes, part: bytes, every_s: float) -> Handler:
    """Say something, and then a little more again and again."""

    def handle(connection: socket.socket, _request: bytes) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(part)
            time.sleep(every_s)

    return handle


def floods(start: bytes, part: bytes) -> Handler:
    """Say something, and then the same thing for ever, as fast as it goes."""
    return drips(start, part * max(1, 65536 // len(part)), 0)
