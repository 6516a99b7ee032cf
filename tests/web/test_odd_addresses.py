"""Addresses, redirects and proxies that nobody can reach cost a line each, and are no fault of the program's."""

from pathlib import Path

import pytest
from called import Answer, call
from hostile import Server, says

from tui.web.urls import parse

LONG = "x" * 64


@pytest.fixture
def page(tmp_path: Path) -> str:
    """A local page, so that there is something beside what fails."""
    path = tmp_path / "page.html"
    path.write_text("<p>Text of one page.")
    return str(path)


def show(tmp_path: Path, *arguments: str, **env: str) -> Answer:
    return call(
        "show", "--timeout", "5", *arguments, cwd=tmp_path, env={"XDG_CACHE_HOME": str(tmp_path / "cache"), **env}
    )


@pytest.mark.parametrize(
    "host", ["a..b", ".a", f"{LONG}.example", f"a.{LONG}", "-a.example", "a." * 130 + "b", "..", "a b"]
)
def test_a_host_that_can_not_be_a_name_is_one_line(host: str, tmp_path: Path) -> None:
    answer = show(tmp_path, f"http://{host}/")
    assert (answer.status, answer.out.strip()) == (3, b"")
    assert answer.line.endswith(": not a host name; check the address")


def test_labels_of_63_letters_and_a_dot_at_the_end_are_names() -> None:
    assert parse(f"http://{'x' * 63}.example./").host == f"{'x' * 63}.example."


@pytest.mark.parametrize("target", ["http://a..b/", f"http://{LONG}/", "http://[::1/", "http://a:99999/"])
def test_a_redirect_to_such_a_host_is_not_followed(target: str, tmp_path: Path) -> None:
    answer = f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 5\r\n\r\nmoved"
    with Server(says(answer.encode())) as server:
        shown = show(tmp_path, server.url)
    assert shown.status == 1
    assert "the redirect is not followed" in shown.line
    assert shown.out == b"moved\n"


@pytest.mark.parametrize(
    "proxy",
    [
        "nonsense://x\x1b[31m",
        "nonsense://x",
        "http://:bad",
        "http://",
        "http://a..b:80",
        "http://h:99999",
        "http://[::1",
        "ftp://x",
    ],
)
def test_a_proxy_that_is_none_is_one_line_that_names_the_variable(proxy: str, tmp_path: Path) -> None:
    answer = show(tmp_path, "http://example.org/", http_proxy=proxy)
    said = "the environment variable http_proxy is not an http, https or socks5 address; fix or unset it"
    assert (answer.status, answer.line) == (3, f"http://example.org/: {said}")


def test_a_proxy_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    answer = show(tmp_path, "http://example.org/", http_proxy="http://名:密@127.0.0.1:1")
    assert (answer.status, answer.line.partition(": ")[0]) == (3, "http://example.org/")


@pytest.mark.parametrize(
    "address",
    ["http://", "http:///x", "http://[", "http://[::1%25eth0]/", "http://1.2.3.4.5.6:0/", "http://\u2488com/", "http://a:b:c/",
     "http://127.0.0.1:1/\udcff", "http://xn--a/", "https://\u0130.example/", "http://" + "a" * 9000, "http://a%00b/"],
)  # fmt: skip
def test_other_odd_addresses_are_one_line_each(address: str, tmp_path: Path, page: str) -> None:
    answer = show(tmp_path, address, page)
    assert answer.status == 1
    assert b"Text of one page." in answer.out
    assert answer.line
