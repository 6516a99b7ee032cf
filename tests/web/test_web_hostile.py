"""What servers may do to a fetch: each attack costs one page, ends, and says what happened; what came is kept."""

import gzip
import random
import re
import socket
import struct
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import brotli
import pytest
import zstandard
from hostile import Handler, Server, answer, drips, floods, head, says
from waiting import PATIENCE_S

from tui.web import cache
from tui.web.fetch import Client
from tui.web.job import Failed, FetchJob, FetchSettings, KeptAnswer

PAGE = b"<title>Rain</title><p>It rained all day, and the harbour stayed empty." * 4
SHORT_S = 2
"""Seconds for one page in tests of what happens when they are over; in all others there are more than enough."""
CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
OPEN_ENDED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


@dataclass
class Result:
    """What a fetch came to."""

    page: bytes
    """The page; empty: none."""
    said: str
    """Codes and messages of all problems, or why it failed."""
    status: int


@pytest.fixture
def make(tmp_path: Path) -> Callable[[float], Client]:
    """Make a client that has so many seconds for a page."""
    (tmp_path / "session").mkdir()
    return lambda timeout_s: Client(
        FetchSettings(str(tmp_path / "session"), str(tmp_path / "cache"), 10**8, timeout_s=timeout_s)
    )


@pytest.fixture
def client(make: Callable[[float], Client]) -> Client:
    return make(PATIENCE_S)


def fetch(client: Client, url: str, is_typed: bool = True, inward: frozenset[str] = frozenset()) -> Result:
    """Fetch, and look at what is kept."""
    found = client.fetch(FetchJob(url, is_typed, inward), lambda _received: None)
    if isinstance(found, Failed):
        return Result(b"", found.problem.message, 0)
    facts = cache.facts(found.path)
    page = Path(found.path).read_bytes()[: facts.length]
    assert cache.crc32(page) == facts.crc32
    problems = [*facts.problems, *([found.problem] if found.problem else [])]
    return Result(page, "\n".join(f"{p.code}: {p.message}" for p in problems), facts.http.status)


def chunk(content: bytes, extension: bytes = b"") -> bytes:
    return b"%x%s\r\n%s\r\n" % (len(content), extension, content)


def reset(connection: socket.socket, _request: bytes) -> None:
    """Say half a page and break the connection off."""
    connection.sendall(answer(PAGE, length=len(PAGE) * 2))
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def silence(connection: socket.socket, _request: bytes) -> None:
    connection.recv(1)


def half_then_silence(connection: socket.socket, _request: bytes) -> None:
    connection.sendall(answer(PAGE, length=len(PAGE) * 2))
    connection.recv(1)


NOISE = random.Random(0).randbytes(3000)

# What it does, what is kept of the page (b"" is nothing), and what is said about it.
ATTACKS: dict[str, tuple[Handler, bytes | None, str]] = {
    "nothing at all": (says(b""), b"", "hung up|closed too early"),
    "silence": (silence, b"", r"given up after 2 s"),
    "half a status line": (says(b"HTTP/1."), b"HTTP/1.", "no_header: .*closed too early"),
    "HTTP/0.9": (says(PAGE + b"\r\n\r\n"), PAGE + b"\r\n\r\n", "no_header: .*HTTP protocol"),
    "another protocol": (says(b"SSH-2.0-OpenSSH_9.2\r\n"), b"SSH-2.0-OpenSSH_9.2\r\n", "no_header"),
    "slow headers": (drips(b"HTTP/1.1 200 OK\r\n", b"X", 0.05), None, r"no_header: .*given up after 2 s"),
    "endless headers": (floods(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"), None, "no_header: .*HTTP protocol"),
    "one huge header": (floods(b"HTTP/1.1 200 OK\r\nX-A: ", b"b" * 999), None, "no_header: .*HTTP protocol"),
    "interim answers for ever": (floods(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"), None, "no_header: .*(16 MB|2 s)"),
    "slow interim answers": (drips(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.02), None, r"no_header: .*2 s"),
    "header without colon": (says(b"HTTP/1.1 200 OK\r\nnonsense\r\n\r\n" + PAGE), None, "no_header: .*HTTP protocol"),
    "NUL in a header": (says(b"HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n" + PAGE), None, "no_header: .*HTTP protocol"),
    "two lengths": (says(answer(PAGE, "Content-Length: 7")), None, "no_header: .*HTTP protocol"),
    "negative length": (says(answer(PAGE, length=-5)), None, "no_header: .*HTTP protocol"),
    "slow body": (drips(OPEN_ENDED + PAGE, b"x", 0.05), None, r"cut: .*given up after 2 s"),
    "endless body": (floods(OPEN_ENDED, PAGE), None, "cut: .*(16 MB|2 s)"),
    "body that stops": (half_then_silence, PAGE, r"cut: .*given up after 2 s \(560 were announced\)"),
    "body cut short": (says(answer(PAGE, length=len(PAGE) * 2)), PAGE, r"cut: .*too early \(560 were announced\)"),
    "body beyond its length": (says(answer(PAGE, length=71)), PAGE[:71], "odd_answer: .*209 bytes or more followed"),
    "reset": (reset, PAGE, "cut: .*was lost|cut: .*too early"),
    "chunks cut short": (says(CHUNKED + chunk(PAGE) + b"ff\r\nhalf"), PAGE + b"half", "cut: .*too early"),
    "chunks of garbage": (says(CHUNKED + chunk(PAGE) + b"zz\r\nrest"), PAGE, "cut: .*HTTP protocol"),
    "huge chunk": (says(CHUNKED + chunk(PAGE) + b"f" * 30 + b"\r\nrest"), None, "cut: "),
    "endless extension": (floods(CHUNKED + chunk(PAGE) + b"1;", b"a" * 999), PAGE, "cut: .*HTTP protocol"),
    "extensions for ever": (floods(CHUNKED, chunk(b"x", b";" + b"e" * 900)), None, "cut: .*(16 MB|2 s)"),
    "tiny chunks for ever": (floods(CHUNKED, chunk(b"x")), None, "cut: .*(16 MB|2 s)"),
    "truncated gzip": (says(answer(gzip.compress(NOISE)[:-900], "Content-Encoding: gzip")), None, "cut: .*truncated"),
    "truncated br": (says(answer(brotli.compress(NOISE)[:-900], "Content-Encoding: br")), None, "cut: .*truncated"),
    "truncated zstd": (
        says(answer(zstandard.compress(NOISE)[:-900], "Content-Encoding: zstd")),
        None,
        "cut: .*truncated",
    ),
    "broken gzip": (
        says(answer(gzip.compress(PAGE)[:20] + b"x" * 90, "Content-Encoding: gzip")),
        None,
        "cut: .*broken",
    ),
    "no gzip at all": (
        says(answer(PAGE, "Content-Encoding: gzip")),
        PAGE,
        "odd_answer: .*labelled gzip, but it is not",
    ),
    "unknown coding": (
        says(answer(PAGE, "Content-Encoding: rot13")),
        PAGE,
        "odd_answer: .*unknown Content-Encoding 'rot13'",
    ),
    "many codings": (
        says(answer(gzip.compress(PAGE), "Content-Encoding: " + "gzip, " * 99)),
        None,
        "odd_answer: .*99 times over",
    ),
    "redirect to itself": (says(answer(PAGE, "Location: /", status="302 Found")), PAGE, "redirect_refused: .*loop"),
    "redirect to nowhere": (says(answer(PAGE, status="302 Found")), PAGE, "redirect_refused: .*without a target"),
    "redirect to a file": (says(answer(PAGE, "Location: file:///etc/passwd", status="301 Moved")), PAGE, "only http"),
    "redirect to a script": (says(answer(PAGE, "Location: javascript:1", status="301 Moved")), PAGE, "only http"),
    "redirect to data": (says(answer(PAGE, "Location: data:text/html,x", status="301 Moved")), PAGE, "only http"),
    "redirect to ftp": (says(answer(PAGE, "Location: ftp://127.0.0.1/", status="301 Moved")), PAGE, "only http"),
    "redirect with a name": (says(answer(PAGE, "Location: http://a:b@127.0.0.1/", status="301 x")), PAGE, "user name"),
    "redirect to no port": (says(answer(PAGE, "Location: http://a:99999/", status="301 x")), PAGE, "not an address"),
    "redirect to an open bracket": (
        says(answer(PAGE, "Location: http://[::1", status="301 x")),
        PAGE,
        "not an address",
    ),
    "redirect to an endless address": (says(answer(PAGE, "Location: /" + "a" * 9000, status="301 x")), PAGE, "longer"),
    "no content": (says(b"HTTP/1.1 204 No Content\r\n\r\n"), b"", "http_status: .*204 No Content without a page"),
    "unasked 304": (says(b"HTTP/1.1 304 Not Modified\r\n\r\n"), b"", "http_status: .*304 Not Modified"),
    "unasked part": (
        says(answer(PAGE, "Content-Range: bytes 5-9/10", status="206 Partial")),
        PAGE,
        "cut: .*bytes 5-9/10",
    ),
    "impossible range": (says(answer(PAGE, status="416 Range")), PAGE, "http_status: .*416 Range"),
    "error page": (says(answer(PAGE, status="404 Not Found")), PAGE, "http_status: .*404 Not Found"),
    "odd status": (says(answer(PAGE, status="999 Request denied")), PAGE, "http_status: .*999 Request denied"),
    "switch of protocols": (
        says(b"HTTP/1.1 101 Switching Protocols\r\n\r\n\x81\x05hello"),
        None,
        "no_header: .*HTTP protocol",
    ),
    "cookies for ever": (floods(b"HTTP/1.1 200 OK\r\n", b"Set-Cookie: a=b\r\n"), None, "no_header: .*HTTP protocol"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_ends_and_says_so(make: Callable[[float], Client], name: str) -> None:
    handler, kept, said = ATTACKS[name]
    with Server(handler) as server:
        result = fetch(make(SHORT_S if f"{SHORT_S} s" in said else PATIENCE_S), server.url + "/")
    assert re.search(said, result.said, re.DOTALL), result
    assert result.said.count("\n") == 0, "one line is enough"
    if kept is not None:
        assert result.page == kept


BOMBS: dict[str, Callable[[], bytes]] = {
    "gzip": lambda: gzip.compress(bytes(64 << 20), 1),
    "deflate": lambda: zlib.compress(bytes(64 << 20), 1),
    "br": lambda: brotli.compress(bytes(64 << 20), quality=1),
    "zstd": lambda: zstandard.compress(bytes(64 << 20)),
    "gzip, gzip": lambda: gzip.compress(gzip.compress(bytes(64 << 20), 1)),
}


@pytest.mark.parametrize("coding", BOMBS)
def test_a_bomb_is_stopped_while_it_goes_off(client: Client, coding: str) -> None:
    bomb = BOMBS[coding]()
    with Server(says(answer(bomb, f"Content-Encoding: {coding}"))) as server:
        result = fetch(client, server.url + "/")
    assert "like a decompression bomb" in result.said
    assert len(result.page) < 16 << 20
    assert set(result.page) == {0}


def test_a_long_page_is_cut_where_the_bound_is(client: Client) -> None:
    # Repeats, but not so much that it is a bomb.
    page = b"".join(b"%d rows of the harbour's book of the year, " % number for number in range(2_000_000))
    with Server(says(answer(gzip.compress(page, 1), "Content-Encoding: gzip"))) as server:
        result = fetch(client, server.url + "/")
    assert "longer than 64 MB" in result.said
    assert result.page == page[: 64 << 20]


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "x-gzip", "gzip, br", "identity", "GZIP"])
def test_a_packed_page_is_unpacked(client: Client, coding: str) -> None:
    packed = PAGE
    for name in coding.lower().split(", "):
        pack = {"br": brotli.compress, "zstd": zstandard.compress, "deflate": zlib.compress, "identity": bytes}
        packed = pack.get(name, gzip.compress)(packed)
    with Server(says(answer(packed, f"Content-Encoding: {coding}"))) as server:
        result = fetch(client, server.url + "/")
    assert (result.page, result.said) == (PAGE, "")


def test_raw_deflate_and_gzip_in_members_are_understood(client: Client) -> None:
    raw = zlib.compressobj(wbits=-15)
    for coding, packed in (
        ("deflate", raw.compress(PAGE) + raw.flush()),
        ("gzip", gzip.compress(PAGE[:50]) + gzip.compress(PAGE[50:]) + bytes(9)),
        ("zstd", zstandard.compress(PAGE[:50]) + zstandard.compress(PAGE[50:])),
    ):
        with Server(says(answer(packed, f"Content-Encoding: {coding}"))) as server:
            result = fetch(client, server.url + "/")
        assert (result.page, result.said) == (PAGE, ""), coding


def test_redirects_are_followed_and_remembered_up_to_a_bound(client: Client) -> None:
    def handle(connection: socket.socket, request: bytes) -> None:
        number = int(request.split()[1][1:])
        headers = [f"Location: {number - 1}"] if number else []
        connection.sendall(answer(PAGE, *headers, status="302 Found" if number else "200 OK"))

    with Server(handle) as server:
        found = client.fetch(FetchJob(server.url + "/10", is_typed=True), lambda _received: None)
        assert isinstance(found, KeptAnswer)
        facts = cache.facts(found.path)
        assert facts.url == server.url + "/0"
        assert facts.http.redirects == tuple((302, f"{server.url}/{number}") for number in range(10, 0, -1))
        result = fetch(client, server.url + "/11")
    assert "more than 10 redirects" in result.said
    assert (result.page, result.status) == (PAGE, 302)


@pytest.mark.parametrize(
    ("location", "asked"),
    [("/straße?q=ü", b"/stra%C3%9Fe?q=%C3%BC"), ("/a b", b"/a%20b"), ("//127.0.0.1:{port}/x#y", b"/x")],
)
def test_odd_locations_are_understood(client: Client, location: str, asked: bytes) -> None:
    def handle(connection: socket.socket, request: bytes) -> None:
        if request.startswith(b"GET / "):
            header = f"Location: {location.format(port=server.port)}".encode().decode("latin-1")
            connection.sendall(answer(b"", header, status="302 Found"))
        else:
            connection.sendall(answer(PAGE))

    with Server(handle) as server:
        assert fetch(client, server.url + "/").page == PAGE
        assert server.requests[1].split()[1] == asked


def test_a_smuggled_header_in_a_location_is_no_header(client: Client) -> None:
    def handle(connection: socket.socket, request: bytes) -> None:
        is_first = request.startswith(b"GET / ")
        header = "Location: /a%0d%0aX-Evil:%20yes"
        connection.sendall(answer(b"", header, status="302 Found") if is_first else answer(PAGE))

    with Server(handle) as server:
        assert fetch(client, server.url + "/").page == PAGE
        assert b"X-Evil:" not in head_lines(server.requests[1])


def head_lines(request: bytes) -> list[bytes]:
    return [line.partition(b" ")[0] for line in request.split(b"\r\n")[1:]]


def test_a_page_of_another_host_is_not_followed_into_this_machine(client: Client) -> None:
    with Server(says(answer(PAGE))) as inner:
        for host in ("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "[::1]"):
            result = fetch(client, f"http://{host}:{inner.port}/", is_typed=False)
            assert "not public" in result.said or "not known" in result.said, host
        for address in (
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[64:ff9b::7f00:1]",
            "169.254.169.254",
            "[fe80::1%25lo]",
        ):
            result = fetch(client, f"http://{address}:{inner.port}/", is_typed=False)
            assert result.page == b"", address
        assert inner.requests == []
        assert fetch(client, inner.url + "/", is_typed=False, inward=frozenset({inner.url})).page == PAGE


def test_a_redirect_may_not_lead_to_another_private_host(client: Client) -> None:
    with Server(says(answer(PAGE))) as inner:
        for target in (inner.url, f"http://localhost:{inner.port}", f"http://2130706433:{inner.port}"):
            with Server(says(answer(PAGE, f"Location: {target}/", status="302 Found"))) as outer:
                result = fetch(client, outer.url + "/")
                assert "redirects (302) to" in result.said
                assert "not public; type that address if you trust it" in result.said
        assert inner.requests == []


def test_an_answer_of_the_resolver_that_changes_is_checked_at_the_connection(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.web import connections

    answers = iter([["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"]])
    monkeypatch.setattr(
        connections, "_addresses", lambda host, port, flags: next(answers) if not flags & 4 else no_name()
    )
    assert connections.resolve("rebinding.invalid", 80, 1) == ["93.184.216.34"]  # what a check would have seen
    with Server(says(answer(PAGE))) as inner:
        result = fetch(client, f"http://rebinding.invalid:{inner.port}/", is_typed=False)
    assert "rebinding.invalid is 127.0.0.1, an address that is not public" in result.said
    assert inner.requests == []


def no_name() -> list[str]:
    raise socket.gaierror(socket.EAI_NONAME, "no address")


def test_a_resolver_that_hangs_has_a_deadline(make: Callable[[float], Client], monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.web import connections

    is_over = threading.Event()

    def hang(_host: str, _port: int, flags: int) -> list[str]:
        if flags & socket.AI_NUMERICHOST:
            no_name()
        is_over.wait(PATIENCE_S)
        is_over.set()
        return []

    monkeypatch.setattr(connections, "_addresses", hang)
    result = fetch(make(0.1), "http://slow.invalid/")
    assert not is_over.is_set(), "it was waited for to the end"
    is_over.set()
    assert "was not resolved within" in result.said


def test_a_port_where_nobody_listens_and_an_unknown_name_cost_a_line(client: Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert "no connection (Connection refused)" in fetch(client, f"http://127.0.0.1:{port}/").said
    for address in ("http://", "http://[x]/", "http://a b/", "http://a:1:2/", "http://-/", "http://a/\x00", "ftp://a/"):
        assert "; " in fetch(client, address).said


def test_a_header_is_kept_as_it_came(client: Client) -> None:
    odd = "X-Odd: caf\xe9 \x85 ../../etc"
    with Server(says(answer(PAGE, odd, 'Content-Disposition: attachment; filename="../../evil"'))) as server:
        found = client.fetch(FetchJob(server.url + "/", is_typed=True), lambda _received: None)
    assert isinstance(found, KeptAnswer)
    headers = dict(cache.facts(found.path).http.headers)
    assert headers["X-Odd"] == "caf\xe9 \x85 ../../etc"
    assert "evil" not in found.path


@pytest.mark.parametrize("count", [1000, 1001])
def test_a_thousand_headers_are_kept(client: Client, count: int) -> None:
    lines = b"".join(b"X: %d\r\n" % number for number in range(count))
    with Server(says(b"HTTP/1.1 200 OK\r\n" + lines + b"\r\n" + PAGE)) as server:
        found = client.fetch(FetchJob(server.url + "/", is_typed=True), lambda _received: None)
    assert isinstance(found, KeptAnswer)
    assert cache.facts(found.path).http.headers[-1] == ("X", "999")


@pytest.mark.parametrize(("times", "is_undone"), [(4, True), (5, False)])
def test_a_page_may_be_packed_four_times_over(client: Client, times: int, is_undone: bool) -> None:
    packed = PAGE
    for _ in range(times):
        packed = gzip.compress(packed)
    with Server(says(answer(packed, "Content-Encoding: " + ", ".join(["gzip"] * times)))) as server:
        result = fetch(client, server.url + "/")
    assert (result.page == PAGE, "times over" in result.said) == (is_undone, not is_undone)


def test_an_address_that_refuses_is_not_the_last_one(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.web import connections

    monkeypatch.setattr(connections, "_addresses", lambda host, port, flags: ["127.0.0.9", "127.0.0.1"])
    with Server(says(answer(PAGE))) as server:
        assert fetch(client, f"http://two.invalid:{server.port}/").page == PAGE


def test_ipv6_addresses_and_international_names_are_understood(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.web import connections

    asked: list[bytes] = []
    try:
        listening = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this machine has no IPv6")
    port = listening.getsockname()[1]

    def serve() -> None:
        for _ in range(2):
            connection, _address = listening.accept()
            with connection:
                asked.append(head(connection))
                connection.sendall(answer(PAGE))

    with listening:
        threading.Thread(target=serve, daemon=True).start()
        assert fetch(client, f"http://[0:0::1]:{port}/").page == PAGE
        resolved: list[str] = []

        def resolve(host: str, port: int, flags: int) -> list[str]:
            resolved.append(host)
            return ["::1"]

        monkeypatch.setattr(connections, "_addresses", resolve)
        assert fetch(client, f"http://圖書館.example:{port}/縣城").page == PAGE
    assert f"Host: [::1]:{port}".encode() in asked[0]
    assert asked[1].startswith(b"GET /%E7%B8%A3%E5%9F%8E HTTP/1.1\r\nHost: xn--ldso38aj21b.example:")
    assert set(resolved) == {"xn--ldso38aj21b.example"}
