"""Fetching as the rest of the program sees it: processes, the cache, who sees which header, gathering, WARC."""

import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import jsonschema
import pytest
from hostile import Handler, Server, answer, drips, path, says
from pty_screen import PtyScreen
from waiting import PATIENCE_S, wait_until
from warcio.archiveiterator import ArchiveIterator

from tui.choosing.choices import Fetching
from tui.core.errors import SourceError, UsageError
from tui.core.model import Http
from tui.core.problems import Reason, unreadable
from tui.processes.child import Cancelled
from tui.processes.fetch_client import FetchClient, LocalCopy
from tui.processes.network import Network
from tui.web import cache as store
from tui.web import freshness, headers, polite
from tui.web.exchange import Session
from tui.web.fetch import Client
from tui.web.job import Failed, FetchJob, FetchSettings
from tui.web.polite import gather

COPYDESK = str(Path(sys.executable).with_name("copydesk"))
PAGE = b"<!DOCTYPE html><title>Rain</title><h1>Rain</h1><p>It rained all day, and the harbour stayed empty."
Make = Callable[..., FetchClient]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Make clients that share a cache."""
    made: list[FetchClient] = []

    def one(is_offline: bool = False, **given: object) -> FetchClient:
        number = len(made)
        settings = {"cache_bytes": 10**7, "timeout_s": PATIENCE_S, "delay_s": 0.0, **given}
        client = FetchClient(
            FetchSettings(str(tmp_path / f"session{number}"), str(tmp_path / "cache"), **settings),  # type: ignore[arg-type]
            is_offline,
        )
        made.append(client)
        return client

    yield one
    for client in made:
        client.close()
    assert list(tmp_path.glob("session*")) == []


def content(found: LocalCopy) -> bytes:
    return Path(found.path).read_bytes()[: found.length]


def asked(server: Server) -> list[str]:
    return [path(request) for request in server.requests]


def test_a_page_is_fetched_once_and_then_comes_from_the_cache(make: Make) -> None:
    with Server(says(answer(PAGE))) as server:
        first = make()
        assert content(first.page(server.url + "/a", is_typed=True)) == PAGE
        assert first.page(server.url + "/a", is_typed=True).problem is None
        assert content(make().page(server.url + "/a#part", is_typed=True)) == PAGE
        assert len(server.requests) == 1
    assert content(make(is_offline=True).page(server.url + "/a", is_typed=True)) == PAGE
    with pytest.raises(SourceError, match="not in the cache; leave out --offline"):
        make(is_offline=True).page(server.url + "/b", is_typed=True)


def test_asking_again_sends_what_is_known_and_a_304_keeps_the_page(make: Make) -> None:
    def handle(connection: socket.socket, request: bytes) -> None:
        if b'If-None-Match: "v1"' in request:
            connection.sendall(b"HTTP/1.1 304 Not Modified\r\nX-New: yes\r\n\r\n")
        else:
            connection.sendall(answer(PAGE, 'ETag: "v1"', "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT"))

    with Server(handle) as server:
        before = make().page(server.url + "/", is_typed=True)
        kept = store.facts(before.path)
        found = make().page(server.url + "/", is_typed=True, must_ask=True)
        assert b"If-Modified-Since: Thu, 01 Jan 2026" in server.requests[1]
    facts = store.facts(found.path)
    assert content(found) == PAGE
    assert (facts.http.status, facts.fetched) == (200, kept.fetched)
    assert facts.checked > kept.checked
    assert ("X-New", "yes") in facts.http.headers


@pytest.mark.parametrize(
    ("header", "requests"),
    [
        ("Cache-Control: no-store", 2),
        ("Cache-Control: no-cache", 2),
        ("Cache-Control: max-age=60", 1),
        ("Expires: 0", 2),
        ("Vary: Accept, *", 2),
        ("Vary: Accept-Language", 1),
    ],
)
def test_the_server_says_what_may_be_used_again(make: Make, header: str, requests: int) -> None:
    with Server(says(answer(PAGE, header))) as server:
        for _ in range(2):
            assert content(make().page(server.url + "/", is_typed=True)) == PAGE
        assert len(server.requests) == requests


def test_what_came_for_one_user_is_not_shown_to_another(make: Make) -> None:
    def handle(connection: socket.socket, request: bytes) -> None:
        names = {b"YW5uOng=": "Ann", b"Ym9iOng=": "Bob"}
        name = next((names[key] for key in names if key in request), "nobody")
        connection.sendall(answer(b"<p>For " + name.encode(), "Cache-Control: private, max-age=600"))

    def shown(userinfo: str, is_offline: bool = False) -> bytes:
        client = make(is_offline)
        client.learn(server.url.replace("//", f"//{userinfo}"))
        return content(client.page(server.url + "/", is_typed=True))

    with Server(handle) as server:
        seen = [shown(userinfo) for userinfo in ("ann:x@", "", "bob:x@", "ann:x@", "")]
        assert seen == [b"<p>For Ann", b"<p>For nobody", b"<p>For Bob", b"<p>For Ann", b"<p>For nobody"]
        assert len(server.requests) == 3
    assert shown("bob:x@", is_offline=True) == b"<p>For Bob"


def test_an_error_page_and_a_cut_page_are_shown_and_not_kept(make: Make) -> None:
    for reply in (answer(PAGE, status="503 Busy"), answer(PAGE, length=999)):
        with Server(says(reply)) as server:
            for _ in range(2):
                assert content(make().page(server.url + "/", is_typed=True)) == PAGE
            assert len(server.requests) == 2


def test_a_page_whose_server_has_gone_is_shown_from_the_cache_and_says_so(make: Make) -> None:
    with Server(says(answer(PAGE, "Cache-Control: max-age=0"))) as server:
        make().page(server.url + "/", is_typed=True)
    found = make().page(server.url + "/", is_typed=True)
    assert content(found) == PAGE
    assert found.problem is not None
    assert (found.problem.code, "showing the cached page" in found.problem.message) == ("stale", True)


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 4000, None])
def test_a_damaged_cache_costs_one_line(make: Make, tmp_path: Path, damage: bytes | None) -> None:
    with Server(says(answer(PAGE))) as server:
        path = Path(make().page(server.url + "/", is_typed=True).path)
        whole = path.read_bytes()
        path.write_bytes(whole.replace(b"Rain", b"Snow", 1) if damage is None else damage)
        found = make().page(server.url + "/", is_typed=True)
        assert content(found) == PAGE
        assert found.problem is not None
        assert "the cached page is dropped and fetched again" in found.problem.message


def test_a_cache_that_cannot_be_written_costs_one_line(make: Make, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file is in its way", encoding="utf-8")
    with Server(says(answer(PAGE))) as server:
        found = make().page(server.url + "/", is_typed=True)
    assert content(found) == PAGE
    assert found.problem is not None
    assert found.problem.code == "cache_unwritable"


def test_what_was_used_least_recently_leaves_a_full_cache(tmp_path: Path) -> None:
    cache = store.Cache(str(tmp_path / "cache"), 2500)
    for number in range(4):
        made = tmp_path / "made"
        with made.open("wb") as stream:
            stream.write(bytes(600))
            facts = store.Stored(f"u{number}", "", 0, 0, Http(200), 600, store.crc32(bytes(600)))
            store.finish(stream, facts)
        os.utime(cache.put(f"u{number}", "", str(made)), (number, number))
    assert cache.find("u0", "") is not None  # looked at: now it is the newest
    cache.evict()
    assert [number for number in range(4) if cache.find(f"u{number}", "")] == [0, 3]


def test_giving_up_is_at_once_and_the_next_page_comes(make: Make) -> None:
    slow = drips(b"HTTP/1.1 200 OK\r\n\r\n", b"x", 0.05)
    with Server(slow) as server, Server(says(answer(PAGE))) as good:
        client = make(timeout_s=60 * PATIENCE_S)
        client.page(good.url + "/warm", is_typed=True)
        threading.Thread(target=give_up_when, args=(client, lambda: client.received > 0), daemon=True).start()
        with pytest.raises(Cancelled):
            client.page(server.url + "/", is_typed=True)
        assert content(client.page(good.url + "/", is_typed=True)) == PAGE


def give_up_when(client: FetchClient, is_so: Callable[[], bool]) -> None:
    wait_until(is_so)
    client.cancel()


def test_only_the_site_that_was_named_sees_the_users_headers_and_password(make: Make) -> None:
    with Server(says(answer(PAGE))) as other:

        def handle(connection: socket.socket, request: bytes) -> None:
            target = {"/away": f"http://127.0.0.1:{other.port}/", "/here": "/there"}.get(path(request))
            extra = [f"Location: {target}"] if target else []
            connection.sendall(answer(PAGE, *extra, status="302 Found" if target else "200 OK"))

        with Server(handle) as server:
            mine = (headers.parse("X-Mine: secret"), headers.parse("Accept-Language: zh"), headers.parse("Cookie: a=b"))
            client = make(headers=mine)
            client.learn(server.url.replace("//", "//ann:p%40ss@"))
            found = client.page(server.url + "/here", is_typed=True)
            assert all(b"Authorization: Basic YW5uOnBAc3M=" in request for request in server.requests)
            assert all(b"X-Mine: secret" in request for request in server.requests)
            assert "ann" not in json.dumps([store.facts(found.path).url, store.facts(found.path).http.redirects])
            requests = len(server.requests)
            (gathered,) = client.gather([server.url + "/more"])
            assert isinstance(gathered, LocalCopy)
            assert all(b"X-Mine: secret" in request for request in server.requests[requests:])
            client._inward.add(other.url)  # as if the user had named it before
            client.page(server.url + "/away", is_typed=True)
        (request,) = other.requests
        assert b"Accept-Language: zh" in request
        assert b"secret" not in request
        assert b"Authorization" not in request
        assert b"a=b" not in request


@pytest.mark.parametrize(
    "line", ["no colon", ": x", "A b: c", "A: b\nC: d", "Host: x", "Content-Length: 5", "A: \u4e00"]
)
def test_a_header_that_is_none_is_a_wrong_call(line: str) -> None:
    with pytest.raises(UsageError, match="--header"):
        headers.parse(line)


def test_proxies_of_the_environment_are_used_unless_the_host_is_exempt(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Server(says(answer(PAGE))) as proxy, Server(says(answer(b"direct"))) as server:
        monkeypatch.setenv("http_proxy", proxy.url.replace("//", "//u:p@"))
        monkeypatch.setenv("no_proxy", "example.org")
        assert content(make().page("http://proxied.invalid/x", is_typed=True)) == PAGE
        assert proxy.requests[0].startswith(b"GET http://proxied.invalid:80/x HTTP/1.1")
        assert b"Proxy-Authorization: Basic dTpw" in proxy.requests[0]
        client = make()
        for address in ("http://169.254.169.254/", "http://localhost/", "http://2130706433/", "http://x.internal/"):
            with pytest.raises(SourceError, match="not public"):
                client.page(address, is_typed=False)
        assert len(proxy.requests) == 1
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        assert content(make().page(server.url + "/", is_typed=True)) == b"direct"


def test_pages_are_gathered_in_order_politely_and_as_robots_txt_says(make: Make) -> None:
    def handle(connection: socket.socket, request: bytes) -> None:
        if path(request) == "/robots.txt":
            connection.sendall(answer(b"User-agent: *\nDisallow: /private\nCrawl-delay: 0.2"))
        else:
            connection.sendall(answer(PAGE))

    with Server(handle) as server:
        client = make()
        client.page(server.url + "/", is_typed=True)
        pages = [server.url + name for name in ("/1", "/private/2", "/3")]
        one, two, three = client.gather(pages)
        assert asked(server) == ["/", "/robots.txt", "/1", "/3"]
    assert isinstance(one, LocalCopy)
    assert isinstance(three, LocalCopy)
    assert "robots.txt disallows it" in str(two)


def test_a_site_without_readable_rules_is_left_alone(make: Make) -> None:
    with Server(says(answer(PAGE, status="500 Broken"))) as server:
        client = make()
        client.page(server.url + "/", is_typed=True)
        (error,) = client.gather([server.url + "/1"])
        assert "nothing is gathered there without its robots.txt (the server answered 500)" in str(error)
        assert asked(server) == ["/", "/robots.txt"]


def test_rules_that_came_in_part_forbid_everything(make: Make) -> None:
    with Server(says(answer(b"User-agent: *\nAllow: /\n", length=999))) as server:
        client = make()
        client.page(server.url + "/", is_typed=True)
        (error,) = client.gather([server.url + "/1"])
        assert "nothing is gathered there without its robots.txt" in str(error)
        assert "/1" not in asked(server)


class Counting(Client):
    """Fetches nothing, and counts how many hosts are asked at the same time."""

    def __init__(self) -> None:
        self.busy: set[str] = set()
        self.most = 0
        self.lock = threading.Lock()
        self.four = threading.Event()

    def fetch(self, job: FetchJob, report: Callable[[int], None], session: Session | None = None) -> Failed:
        """Take a moment."""
        host = job.url.split("/")[2]
        with self.lock:
            assert host not in self.busy, "one request at a time for each host"
            self.busy.add(host)
            self.most = max(self.most, len(self.busy))
            if self.most == 4:
                self.four.set()
        self.four.wait(PATIENCE_S)  # until four are asked at once
        time.sleep(0.02)  # a fifth, or one for the same host, would come now
        with self.lock:
            self.busy.discard(host)
        return Failed(job.url, unreadable(Reason("no_host")))


def test_at_most_four_hosts_are_asked_at_once_and_each_for_one_thing() -> None:
    client = Counting()
    jobs = [FetchJob(f"http://host{number % 9}.example/{number}", is_typed=False) for number in range(27)]
    assert [done.url for done in gather(client, jobs, 0)] == [job.url for job in jobs]
    assert client.most == 4


def test_a_busy_host_is_asked_again_when_it_says(make: Make) -> None:
    def handle(connection: socket.socket, request: bytes) -> None:
        if path(request) == "/robots.txt":
            connection.sendall(answer(b"", status="404 Not Found"))
        elif path(request) == "/busy" and asked(server).count("/busy") == 1:
            connection.sendall(answer(b"wait", "Retry-After: 1", status="429 Too Many Requests"))
        else:
            connection.sendall(answer(PAGE))

    with Server(handle) as server:
        client = make()
        client.page(server.url + "/", is_typed=True)
        (found,) = client.gather([server.url + "/busy"])
        assert isinstance(found, LocalCopy)
        assert content(found) == PAGE


@pytest.mark.parametrize(
    "said", ["99999999", "-5", "soon", "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT"]
)
def test_what_a_host_may_make_us_wait_is_bounded(said: str, tmp_path: Path) -> None:
    from tui.web.job import KeptAnswer
    from tui.web.polite import FIRST_WAIT_S, MAX_WAIT_S, _asked_to_wait

    made = tmp_path / "busy.page"
    with made.open("wb") as stream:
        http = Http(503, (("Retry-After", said),))
        store.finish(stream, store.Stored("u", "", 0, 0, http, 0, 0))
    wait_s = _asked_to_wait(KeptAnswer("u", str(made), 0), FIRST_WAIT_S)
    assert wait_s is not None
    assert FIRST_WAIT_S <= wait_s <= MAX_WAIT_S


def test_a_page_may_not_have_private_pages_gathered(make: Make) -> None:
    with Server(says(answer(PAGE))) as server:
        (error,) = make().gather([server.url + "/1"])
        assert "not public" in str(error)
        assert server.requests == []


def test_rules_are_read_up_to_a_bound_and_delays_are_bounded() -> None:
    assert polite.rules(200, b"User-agent: *\nCrawl-delay: 9999").delay_s == polite.MAX_DELAY_S
    assert polite.rules(200, b"User-agent: *\nCrawl-delay: -3").delay_s == 0
    assert polite.rules(200, b"User-agent: copydesk\nDisallow: /\n").allow("https://a.example/x") is False
    assert polite.rules(200, b"\x00\xff garbage \n" * 99).allow("https://a.example/x")
    assert polite.rules(429, b"").is_closed


def test_what_was_seen_is_kept_as_warc_without_secrets(make: Make, tmp_path: Path) -> None:
    packed = gzip.compress(PAGE)
    kept = tmp_path / "seen.warc.gz"

    def handle(connection: socket.socket, request: bytes) -> None:
        if path(request) == "/old":
            connection.sendall(answer(b"", "Location: /new", status="301 Moved"))
        else:
            body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
            connection.sendall(
                b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n" + body
            )

    with Server(handle) as server:
        make(warc=str(kept), headers=(("Cookie", "secret"),)).page(server.url + "/old", is_typed=True)
    with kept.open("rb") as stream:
        records = []
        for record in ArchiveIterator(stream):
            uri = record.rec_headers.get_header("WARC-Target-URI")
            records.append((record.rec_type, uri.removeprefix(server.url), record.content_stream().read()))
    assert [record[:2] for record in records] == [
        ("response", "/old"),
        ("request", "/old"),
        ("response", "/new"),
        ("request", "/new"),
    ]
    assert records[2][2] == PAGE
    assert b"secret" not in gzip.decompress(kept.read_bytes())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_a_full_disk_for_warc_costs_one_line_and_not_the_page(make: Make) -> None:
    with Server(says(answer(PAGE))) as server:
        found = make(warc="/dev/full").page(server.url + "/", is_typed=True)
    assert content(found) == PAGE
    (problem,) = store.facts(found.path).problems
    assert (problem.code, problem.message.partition(";")[0]) == (
        "warc_unwritable",
        "/dev/full: No space left on device",
    )


@pytest.mark.parametrize(
    ("sent", "seconds"),
    [
        ([], freshness.UNSAID_S),
        ([("Cache-Control", "max-age=999999999999999999999")], 2.0**31),
        ([("Cache-Control", "max-age=soon")], 0),
        ([("Expires", "Thu, 01 Jan 1970 00:01:40 GMT")], 60),
        ([("Date", "Thu, 01 Jan 1970 00:00:40 GMT"), ("Last-Modified", "Thu, 01 Jan 1970 00:00:00 GMT")], 300),
        ([("Last-Modified", "Fri, 31 Dec 1000 23:59:59 GMT")], freshness.HEURISTIC_MAX_S),
    ],
)
def test_how_long_an_answer_is_fresh(sent: list[tuple[str, str]], seconds: float) -> None:
    assert freshness.lifetime_s(sent, 40.0) == seconds


def show(*words: str, cache: Path) -> "subprocess.CompletedProcess[str]":
    env = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    return subprocess.run([COPYDESK, *words], capture_output=True, text=True, errors="replace", env=env, check=False)


def test_the_command_line_shows_pages_of_the_network(tmp_path: Path) -> None:
    page = "<!DOCTYPE html><title>Рейс</title><p>Паром не ходит третий день подряд, и рынок пуст.".encode("koi8-r")

    def handle(connection: socket.socket, request: bytes) -> None:
        reply = {
            "/": answer(page).replace(b"utf-8", b"koi8-r"),
            "/pdf": answer(b"%PDF-1.7\n%\xe2\xe3"),
            "/fragment": answer(b"It rained<br>all day"),
            "/nul": answer(b"<html><body>It rained" + bytes(99) + b" all day"),
            "/api": answer(b'{"title": "Rain", "text": "It rained all day in the harbour."}'),
            "/gone": answer(b"<h1>Gone</h1>", status="404 Not Found"),
        }
        connection.sendall(reply[path(request)])

    with Server(handle) as server:
        told = show("show", "--json", server.url + "/", cache=tmp_path)
        found = json.loads(told.stdout)
        jsonschema.validate(found, json.loads(show("show", "--schema", cache=tmp_path).stdout))
        assert (told.returncode, told.stderr) == (0, "")
        assert (found["title"], found["source"], found["url"]) == ("Рейс", server.url + "/", server.url + "/")
        assert found["charset"]["claims"][0] == {"by": "http", "charset": "koi8-r", "score": None}
        assert found["http"]["status"] == 200
        assert ["Content-Type", "text/html; charset=koi8-r"] in found["http"]["headers"]
        told = show("show", server.url + "/pdf", server.url + "/gone", server.url + "/fragment", cache=tmp_path)
        assert told.returncode == 1
        assert [line.partition(": ")[2] for line in told.stderr.splitlines()] == [
            "a PDF document (pdftotext makes text of it), 12 bytes, not text; `copydesk show --raw` prints its bytes",
            "the server answered 404 Not Found; this is its error page",
        ]
        assert "It rained\nall day" in told.stdout
        told = show("show", server.url + "/nul", cache=tmp_path)
        assert (told.returncode, "all day" in told.stdout) == (0, True)
        told = show("show", "--json", server.url + "/api", cache=tmp_path)
        assert (json.loads(told.stdout)["title"], json.loads(told.stdout)["charset"]["by"]) == ("Rain", "json")
        told = show("show", "--json", server.url.replace("//", "//ann:secret@") + "/gone", cache=tmp_path)
        assert "secret" not in told.stdout + told.stderr
        assert b"Authorization: Basic YW5uOnNlY3JldA==" in server.requests[-1]
        told = show("list", server.url + "/pdf", server.url + "/gone", cache=tmp_path)
        assert (told.returncode, told.stderr.count("\n")) == (3, 2)
        assert "a PDF document" in told.stdout
        kept = show("show", "--record", server.url + "/pdf", "--offline", cache=tmp_path)
        assert kept.stdout.startswith("%PDF-1.7\n")
    told = show("show", server.url + "/", "--offline", cache=tmp_path)
    assert (told.returncode, "Паром не ходит" in told.stdout) == (0, True)


FAILING: dict[str, tuple[Handler, str]] = {
    "nothing": (lambda _connection, _request: None, "the connection was closed too early"),
    "no answer": (says(b"\x00\x01\x02 no HTTP\r\n\r\n"), ""),
    "hangs": (lambda _connection, _request: time.sleep(PATIENCE_S), "given up after 3 s"),
    "leads inward": (says(answer(b"", "Location: http://10.9.8.7/", status="302 Found")), "is not public"),
}


@pytest.mark.parametrize("name", FAILING)
@pytest.mark.parametrize("words", [("show",), ("list",)])
def test_a_page_that_can_not_be_had_is_asked_for_once(tmp_path: Path, name: str, words: tuple[str, ...]) -> None:
    handler, said = FAILING[name]
    with Server(handler) as server:
        told = show(*words, server.url + "/page", "--timeout", "3", cache=tmp_path)
        assert asked(server) == ["/page"]
    assert (told.returncode, told.stderr.count("\n")) == (3, 1), told.stderr
    assert said in told.stderr


def test_a_page_that_can_not_be_had_is_asked_for_anew_when_the_user_says(tmp_path: Path) -> None:
    is_up = threading.Event()

    def handle(connection: socket.socket, _request: bytes) -> None:
        if is_up.is_set():
            connection.sendall(answer(PAGE))

    environment = {name: str(tmp_path) for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "TMPDIR")}
    (tmp_path / "other.html").write_text("<title>Other page</title><p>Nothing of the harbour here.")
    with Server(handle) as server:
        command = [COPYDESK, server.url + "/rows.jsonl", str(tmp_path / "other.html"), "--timeout", "3600"]
        with PtyScreen(command, env=environment) as screen:
            screen.wait_for("Other page")
            screen.wait_for("! http://127.0.0.1")
            assert asked(server) == ["/rows.jsonl"]
            screen.send("J")
            screen.wait_for("Nothing of the harbour")
            screen.send("K")
            screen.wait_for("! http://127.0.0.1")
            assert asked(server) == ["/rows.jsonl"]
            is_up.set()
            screen.send("R")
            screen.wait_for("stayed empty")
            assert asked(server) == ["/rows.jsonl"] * 2
            screen.send("Q")
            assert screen.end() == 0


def test_what_is_given_up_has_not_failed(make: Make) -> None:
    is_up = threading.Event()

    def handle(connection: socket.socket, _request: bytes) -> None:
        if is_up.wait(PATIENCE_S):
            connection.sendall(answer(PAGE))

    with Server(handle) as server:
        client = make()

        def give_up() -> None:
            wait_until(lambda: server.requests)
            client.cancel()

        threading.Thread(target=give_up).start()
        with pytest.raises(Cancelled):
            client.page(server.url + "/", is_typed=True)
        is_up.set()
        assert content(client.page(server.url + "/", is_typed=True)) == PAGE


def test_why_a_page_can_not_be_had_is_known_to_all_who_ask_for_it(make: Make) -> None:
    with Server(says(b"")) as server:
        client, said = make(), set()
        for must_ask in (False, False, True, False):
            with pytest.raises(SourceError) as failure:
                client.page(server.url + "/", is_typed=True, must_ask=must_ask)
            said.add(str(failure.value))
        assert (asked(server), len(said)) == (["/", "/"], 1)
        # That a page may not name it says nothing about the user.
        other = make()
        with pytest.raises(SourceError, match="not public"):
            other.page(server.url + "/", is_typed=False)
        with pytest.raises(SourceError):
            other.page(server.url + "/", is_typed=True)
        assert len(server.requests) == 3


def test_links_are_resolved_against_where_the_page_came_from(tmp_path: Path) -> None:
    items = "".join(
        f"<li><a href='{link}'>The ferry stays in the harbour for day {link}</a>"
        for link in ("1", "/2", "//x.example/3")
    )

    def handle(connection: socket.socket, request: bytes) -> None:
        base = "<base href='/b/'>" if path(request) == "/based" else ""
        page = f"<!DOCTYPE html><title>Index</title>{base}<h2>Latest</h2><ul>{items}</ul>"
        extra = ["Location: /deep/index"] if path(request) == "/" else []
        connection.sendall(answer(page.encode(), *extra, status="302 Found" if extra else "200 OK"))

    with Server(handle) as server:
        told = show("show", "--json", server.url + "/", server.url + "/based", cache=tmp_path)
        redirected, based = (json.loads(line) for line in told.stdout.splitlines())
        rest = [server.url + "/2", "http://x.example/3"]
        assert [item["url"] for item in redirected["headlines"]] == [server.url + "/deep/1", *rest]
        assert [item["url"] for item in based["headlines"]] == [server.url + "/b/1", *rest]


SITEMAP = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>http://x.example/1</loc><lastmod>2021-12-07</lastmod></url><url><loc>http://x.example/2</loc></url></urlset>"""
FEED = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour</title><item><title>The ferry stays</title>
<link>/a/1</link><pubDate>Mon, 06 Dec 2021 10:00:00 GMT</pubDate></item><item><title>The bridge opens</title>
<link>/a/2</link></item></channel></rss>"""


def test_feeds_and_packed_sitemaps_are_lists_of_headlines(tmp_path: Path) -> None:
    replies = {"/feed": answer(FEED), "/sitemap.xml.gz": answer(gzip.compress(SITEMAP))}
    with Server(lambda connection, request: connection.sendall(replies[path(request)])) as server:
        told = show("show", "--json", server.url + "/feed", server.url + "/sitemap.xml.gz", cache=tmp_path)
        feed, first, second, sitemap = map(json.loads, told.stdout.splitlines())
        entries = [server.url + "/a/1", server.url + "/a/2"]
        assert (told.stderr, [item["url"] for item in feed["headlines"]]) == ("", entries)
        assert [(page["ordinal"], page["url"]) for page in (first, second)] == [*enumerate(entries, 1)]
        assert [item["url"] for item in sitemap["headlines"]] == ["http://x.example/1", "http://x.example/2"]


def test_wrong_calls_name_what_is_wrong(tmp_path: Path) -> None:
    for words, said in (
        (["--header", "x"], "--header 'x': not a header; write 'Name: value'"),
        (["--warc", "/nowhere/x.warc"], "--warc /nowhere/x.warc: No such file or directory"),
        (["--timeout", "0"], "--timeout"),
    ):
        told = show("show", "http://127.0.0.1:9/", *words, cache=tmp_path)
        assert told.returncode == 2
        assert said in told.stderr
        assert told.stderr.count("\n") == 1


def test_a_slow_page_is_given_up_when_the_user_says(tmp_path: Path) -> None:
    handler: Handler = drips(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE, b"x", 0.05)
    with Server(handler) as server:
        told = show("show", server.url + "/", "--timeout", "3", cache=tmp_path)
    assert told.returncode == 1
    assert "given up after 3 s" in told.stderr
    assert "the harbour stayed empty" in told.stdout


def test_an_interrupt_ends_at_once_and_leaves_nothing_behind(tmp_path: Path) -> None:
    env = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "TMPDIR": str(tmp_path)}
    with Server(drips(b"HTTP/1.1 200 OK\r\n\r\n", b"x", 0.05)) as server:
        command = [COPYDESK, "show", server.url + "/", "--timeout", "3600"]
        process = subprocess.Popen(command, env=env, stderr=subprocess.PIPE)
        wait_until(lambda: server.requests)
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_S) == 130
        assert process.stderr is not None
        with process.stderr as errors:
            assert errors.read() == b""
    assert list(tmp_path.glob("copydesk-*")) == []


def test_who_reads_files_pays_nothing_for_the_network() -> None:
    code = (
        "import sys, tui.commands.table, tui.app.browse, tui.processes.pages, tui.loader; "
        "print(sorted({'httpcore', 'ssl', 'socket', 'tui.processes.fetch_client', 'tui.web.cache'} & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-P", "-S", "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert told.stdout == "[]\n", told.stderr


def test_who_has_asked_for_nothing_waits_for_nothing(make: Make) -> None:
    client = make()
    assert (client.received, client.gathered) == (0, (0, 0))
    network = Network(Fetching())
    with closing(network):
        assert network.client.gathered == (0, 0)
        assert network.progress() is None
