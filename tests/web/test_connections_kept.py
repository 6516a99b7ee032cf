"""Connections that serve several requests: one for all pages of a host, none where an answer might be taken for another."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import Server, head, path
from waiting import PATIENCE_S

from tui.web import cache
from tui.web.connections import is_public
from tui.web.fetch import Client
from tui.web.job import FetchJob, FetchSettings, KeptAnswer
from tui.web.polite import gather

PAGES = ("/1", "/2", "/3")


def page(request: bytes) -> bytes:
    return b"<p>This is page %s." % path(request).encode()


def sized(request: bytes) -> bytes:
    body = page(request)
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


def chunked(request: bytes) -> bytes:
    body = page(request)
    return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


class Site:
    """Answers as many requests on a connection as come, and counts connections."""

    def __init__(self, say: Callable[[bytes], bytes], times: int = 99) -> None:
        """`times`: requests after which it hangs up without a word."""
        self._say, self._times = say, times
        self.connections = 0

    def __call__(self, connection: socket.socket, request: bytes) -> None:
        self.connections += 1
        for _time in range(self._times):
            if not request:
                return
            connection.sendall(self._say(request))
            request = head(connection) if self._times > 1 else b""


def gathered(site: Site, folder: Path) -> list[bytes]:
    """Gather the pages; returns what came for each."""
    (folder / "session").mkdir()
    client = Client(FetchSettings(str(folder / "session"), str(folder / "cache"), 10**8, timeout_s=PATIENCE_S))
    found = []
    with Server(site) as server:
        inward = frozenset({server.url})
        for answer in gather(client, [FetchJob(server.url + name, False, inward) for name in PAGES], 0.0):
            assert isinstance(answer, KeptAnswer), answer
            assert not [problem for problem in cache.facts(answer.path).problems if problem.code == "cut"]
            found.append(Path(answer.path).read_bytes()[: answer.length])
    return found


WHOLE = [b"<p>This is page %s." % name.encode() for name in PAGES]


@pytest.mark.parametrize("say", [sized, chunked])
def test_pages_of_one_host_share_a_connection(say: Callable[[bytes], bytes], tmp_path: Path) -> None:
    site = Site(say)
    assert gathered(site, tmp_path) == WHOLE
    assert site.connections == 1


def test_a_server_may_hang_up_after_each_answer(tmp_path: Path) -> None:
    site = Site(sized, times=1)
    assert gathered(site, tmp_path) == WHOLE
    assert site.connections == 4  # robots.txt has one of its own


@pytest.mark.parametrize("say", [sized, chunked])
@pytest.mark.parametrize("surplus", [b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfake", b"x"])
def test_what_comes_behind_an_answer_is_not_the_next_one(
    say: Callable[[bytes], bytes], surplus: bytes, tmp_path: Path
) -> None:
    site = Site(lambda request: say(request) + surplus)
    assert gathered(site, tmp_path) == WHOLE
    assert site.connections == 4


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("fec0::1", False),
        ("feff:ffff::1", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("2606:4700::1111", True),
        ("172.15.255.255", True),
        ("172.16.0.0", False),
    ],
)
def test_what_counts_as_the_public_network(address: str, expected: bool) -> None:
    assert is_public(address) == expected
