"""From a found headline to its page and back: nothing is fetched before one says y, and ESC stops it."""

import socket
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hostile import Server, answer, path
from pty_screen import PtyScreen
from screen_fake import FakeClient
from shown import shown
from waiting import until

from tui.core.model import Document, Headline, Http, Options, Ref, Rows
from tui.view.pagetext.facts import describe, duration
from tui.view.state.prompts import Typing

COPYDESK = str(Path(sys.executable).with_name("copydesk"))
FIRST = "https://example.org/a/first.html"


class Linked(FakeClient):
    """Pages of an address whose found headlines have addresses, good and bad."""

    def open(self, ref: Ref, options: Options) -> Document:
        """As in `Client`."""
        document = super().open(ref, options)
        urls = ["first.html", "javascript:alert(1)"]
        found = [replace(item, url=url) for item, url in zip(document.headlines, urls, strict=True)]
        return replace(document, ref=ref, headlines=Rows(Headline, found), url="https://example.org/a/")


def one() -> Iterator[Ref]:
    return iter([Ref("https://example.org/a/", 0, "web")])


async def test_only_y_follows_a_headline_and_backspace_comes_back() -> None:
    client = Linked()
    async with shown(client, one) as screen:
        await screen.press("tab", "tab", "j", "j", "enter")
        assert f"fetch? y/n  {FIRST}" in screen.status
        await screen.press("n")
        assert len(screen.reader.browsing.shelf) == len(client.opened) == 1
        await screen.press("enter", "j")  # any other key is what it always is
        assert len(screen.reader.browsing.shelf) == 1
        await screen.press("y")
        assert len(screen.reader.browsing.shelf) == 1
        await screen.press("k", "enter", "y")
        assert screen.reader.browsing.shelf[1] == Ref(FIRST, 0, "web", via="https://example.org/a/")
        assert (screen.reader.browsing.open_index, screen.reader.panes.active_name) == (1, "body")
        await screen.press("backspace")
        assert (screen.reader.browsing.open_index, screen.reader.panes.headlines.cursor) == (0, 2)
        await screen.press("enter", "y")
        assert (screen.reader.browsing.open_index, len(screen.reader.browsing.shelf)) == (1, 2)  # it is there already
        await screen.press("backspace", "backspace")
        assert "no page to go back to" in screen.status


async def test_a_link_that_leads_nowhere_safe_is_not_offered() -> None:
    async with shown(Linked(), one) as screen:
        await screen.press("tab", "tab", "j", "j", "j", "enter")
        assert "only http and https are fetched" in screen.status
        assert len(screen.reader.browsing.shelf) == 1


async def test_reading_a_page_again_asks_its_server() -> None:
    client = Linked()
    async with shown(client, one) as screen:
        await screen.press("R")
        assert client.renewed == [Ref("https://example.org/a/", 0, "web")]


async def test_escape_stops_what_is_being_fetched_and_the_status_line_says_how_far_it_is() -> None:
    client = Linked()
    client.gates = {0: threading.Event()}
    client.received = 123_456
    async with shown(client, one) as screen:
        await until(lambda: "fetching https://example.org/a/ 123 kB… (ESC stops)" in screen.status)
        await screen.press("escape")
        await screen.settle()
        assert client.cancelled == 1
        assert "stopped" in screen.status


async def test_the_status_line_says_how_much_is_gathered() -> None:
    client = Linked()
    client.gathered = (12, 50)
    async with shown(client, one) as screen:
        await screen.press("j")
        assert "gathering: 12 of 50 pages… (Ctrl-C stops)" in screen.status


def test_y_answers_a_question_once_and_a_prompt_takes_it_else() -> None:
    said: list[str] = []
    typing = Typing()
    typing.confirm(lambda: said.append("yes"), lambda: said.append("no"))
    assert typing.takes("y", "y")
    assert not typing.takes("y", "y")
    typing.confirm(lambda: said.append("yes"), lambda: said.append("no"))
    assert typing.takes("escape", None)
    assert said == ["yes", "no"]


HTTP = Http(
    200,
    (("Content-Type", "text/html"), *(("Set-Cookie", "a") for _ in range(200))),
    "OK",
    "HTTP/2",
    ((301, "http://example.org/"),),
    "192.0.2.1",
    (("version", "TLSv1.3"), ("issuer", "Harbour CA")),
    (("connected", 0.01), ("done", 0.25)),
    500,
    2000,
    7300.0,
)


def test_the_metadata_says_how_a_page_came() -> None:
    _said, known = describe(replace(Document.unread(Ref("https://example.org/", 0, "web")), http=HTTP))
    rows = {(entry.label, entry.value, entry.note) for entry in known}
    assert {
        ("HTTP", "200 OK", "HTTP/2"),
        ("redirect", "http://example.org/", "301"),
        ("age", "2 h", "R asks the server"),
        ("address", "192.0.2.1", ""),
        ("received", "500 bytes", "2,000 unpacked"),
        ("seconds", "connected 0.010, done 0.250", ""),
        ("TLS", "TLSv1.3", "issuer Harbour CA"),
        ("content-type", "text/html", ""),
        ("", "and 101 more headers", ""),
    } <= rows
    assert duration(100) == "2 min"


PAGE = "<!DOCTYPE html><title>{0}</title><h1>{0}</h1><h2>最新</h2><ul>{1}</ul><p>縣城圖書館自下週起延長開放時間，每晚開到十點。</p>"
ITEMS = "".join(f"<li><a href='/{number}'>縣城圖書館延長開放第{number}天，市民反應熱烈</a></li>" for number in range(9))


@pytest.fixture
def site() -> Iterator[Server]:
    """An index page, and articles."""

    def handle(connection: socket.socket, request: bytes) -> None:
        name = path(request)
        if name == "/slow":
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>slowly")
            connection.recv(1)
        elif name == "/robots.txt":
            connection.sendall(answer(b"", status="404 Not Found"))
        else:
            connection.sendall(answer(PAGE.format("首頁" if name == "/" else f"文章{name}", ITEMS).encode()))

    with Server(handle) as server:
        yield server


def asked(site: Server) -> list[str]:
    return [path(request) for request in site.requests]


def test_on_a_terminal_one_goes_from_an_address_to_an_article_and_back(site: Server, tmp_path: Path) -> None:
    with PtyScreen([COPYDESK, site.url + "/"], env={"XDG_CACHE_HOME": str(tmp_path)}) as screen:
        screen.wait_for("縣城圖書館延長開放第3天")
        assert asked(site) == ["/"]
        screen.send("jj\r")
        screen.wait_for(f"fetch? y/n  {site.url}/0")
        assert asked(site) == ["/"]
        screen.send("y")
        screen.wait_for("文章/0")
        assert asked(site) == ["/", "/0"]
        screen.send("\x7f")
        screen.wait_for("1 of 2")
        screen.send("R")
        screen.until(lambda: asked(site) == ["/", "/0", "/"], "the third request")
        screen.send("Q")
        assert screen.end() == 0


def test_on_a_terminal_escape_stops_a_slow_page(site: Server, tmp_path: Path) -> None:
    with PtyScreen([COPYDESK, site.url + "/slow"], env={"XDG_CACHE_HOME": str(tmp_path)}) as screen:
        screen.wait_for("ESC stops")
        screen.send("\x1b")
        screen.wait_for("stopped")
        screen.send("Q")
        assert screen.end() == 0


def test_on_a_terminal_the_articles_of_an_index_are_gathered(site: Server, tmp_path: Path) -> None:
    argv = [COPYDESK, site.url + "/", "--depth", "1", "--limit", "4", "--delay", "0.05"]
    with PtyScreen(argv, env={"XDG_CACHE_HOME": str(tmp_path)}) as screen:
        screen.wait_for("1 of 4 ")
        screen.send("GJ")
        screen.wait_for("文章/2")
        assert asked(site) == ["/", "/robots.txt", "/0", "/1", "/2"]
        screen.send("Q")
        assert screen.end() == 0
