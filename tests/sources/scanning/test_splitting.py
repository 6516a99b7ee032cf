"""Collections behind addresses: a server on loopback gives the bytes, and they are parted as a file's would be."""

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile import Server, answer, path
from made_archives import EVERY, LINES, PAGE, as_zip
from made_warcs import response, warcinfo

COPYDESK = str(Path(sys.executable).with_name("copydesk"))
WARC = b"".join(gzip.compress(response(f"https://example.org/{number}", PAGE)) for number in range(3))
FILES = {
    "/rows.jsonl": LINES,
    "/rows.jsonl.gz": EVERY["rows.jsonl.gz"],
    "/array": json.dumps([{"text": f"row {number}"} for number in range(4)]).encode(),
    "/rows.parquet": EVERY["rows.parquet"],
    "/crawl.warc.gz": gzip.compress(warcinfo()) + WARC,
    "/all.zip": as_zip({"a.txt": b"first", "b/rows.csv": EVERY["rows.csv"]}),
    "/page.html": PAGE,
    "/damaged.parquet": EVERY["rows.parquet"][:-20] + bytes(20),
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    def handle(connection: object, request: bytes) -> None:
        name = path(request)
        if name == "/cut.jsonl":
            content = answer(LINES[:-12], length=len(LINES))
        elif name in FILES:
            content = answer(FILES[name])
        else:
            content = answer(b'{"text": "no"}\n{"text": "no"}\n', status="404 Not Found")
        connection.sendall(content)  # type: ignore[attr-defined]

    with Server(handle) as serving:
        yield serving


def run(*words: str) -> tuple[int, list[list[object]], str]:
    """The exit status, (ordinal, text) of the pages, and what is said."""
    done = subprocess.run([COPYDESK, *words], capture_output=True, text=True, check=False)
    pages = [json.loads(line) for line in done.stdout.splitlines()]
    return done.returncode, [[page["ordinal"], page["text"]] for page in pages], done.stderr


@pytest.mark.parametrize("name", ["/rows.jsonl", "/rows.jsonl.gz", "/array", "/rows.parquet"])
def test_a_collection_is_parted_into_its_pages(server: Server, name: str) -> None:
    wanted = [[number, f"row {number}"] for number in range(4)]
    assert run("show", "--json", server.url + name) == (0, wanted, "")


def test_pages_of_a_crawl_behind_an_address_are_chosen_by_ordinal(server: Server) -> None:
    status, pages, said = run("show", "--json", "--at", "1-2", server.url + "/crawl.warc.gz")
    assert (status, [ordinal for ordinal, _ in pages]) == (0, [1, 2])
    assert "1 record that is no page of text skipped" in said
    status, pages, _ = run("show", "--json", server.url + "/crawl.warc.gz#2")
    assert (status, [ordinal for ordinal, _ in pages]) == (0, [2])


def test_members_of_an_archive_behind_an_address_are_pages(server: Server) -> None:
    _, pages, _ = run("show", "--json", server.url + "/all.zip")
    assert [text for _, text in pages] == ["first", *(f"row {number}" for number in range(4))]


def test_a_page_stays_one_page_whatever_its_fragment(server: Server) -> None:
    _, pages, _ = run("show", "--json", server.url + "/page.html#3")
    assert [ordinal for ordinal, _ in pages] == [0]


def test_what_did_not_come_is_told_with_what_to_do(server: Server) -> None:
    status, pages, said = run("show", "--json", server.url + "/cut.jsonl")
    assert (status, [text for _, text in pages][:3]) == (1, ["row 0", "row 1", "row 2"])
    assert [ordinal for ordinal, _ in pages] == [0, 1, 2, 3, 4]
    assert f"save it as a file (curl -LO {server.url}/cut.jsonl) and open that" in said


@pytest.mark.parametrize("command", ["show", "list"])
def test_an_error_page_of_a_server_is_no_collection_and_nothing_that_was_asked_for(
    server: Server, command: str
) -> None:
    done = subprocess.run([COPYDESK, command, "--json", server.url + "/gone.jsonl"], capture_output=True, check=False)
    assert (done.returncode, done.stdout.count(b"\n")) == (3, 1)
    assert b"the server answered 404 Not Found" in done.stderr


def test_a_collection_that_cannot_be_read_says_why(server: Server) -> None:
    status, pages, said = run("show", "--json", server.url + "/damaged.parquet")
    assert (status, pages) == (3, [[0, ""]])
    assert "parquet" in said.lower()
    assert "fault" not in said
