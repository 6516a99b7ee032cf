"""From what the user names to bytes: real files, folders, pipes and damage."""

import os
import socket
from pathlib import Path

import made_warcs
import pytest
from troubles import readable, trouble

from tui import sources
from tui.core.errors import SourceError
from tui.core.model import Item, Limits, Ref
from tui.core.page import RawPage
from tui.core.shelf import singly
from tui.processes.scans import InputCopy
from tui.sources import Tally
from tui.sources.scanning.targets import natural


def refs(*targets: object) -> list[Item]:
    """Scan, without the counts."""
    return list(sources.scan([str(target) for target in targets], Tally()))


def only(target: object) -> RawPage:
    """Read the single page of a target."""
    (ref,) = refs(target)
    return sources.read(ref, Limits())


def write(path: Path, content: bytes | str = "text") -> Path:
    """Make a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in, so that names are short."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_folder_is_read_in_natural_order_and_counted_through(here: Path) -> None:
    for name in ("f/page10.txt", "f/Page2.txt", "f/page1.txt", "f/b/deep.txt", "f/.hidden/x.txt", "f/.x.txt"):
        write(here / name)
    tally = Tally()
    found = list(sources.scan(["f"], tally))
    assert [ref.source for ref in found] == ["f/b/deep.txt", "f/page1.txt", "f/Page2.txt", "f/page10.txt"]
    assert [ref.ordinal for ref in found] == [0, 1, 2, 3]
    assert tally.hidden == 2
    assert tally.skipped().sentence() == ""


def test_each_named_file_counts_from_zero(here: Path) -> None:
    write(here / "a.txt")
    write(here / "b.jsonl", '{"text":"x"}\n{"text":"y"}\n')
    assert [(ref.source, ref.ordinal) for ref in refs("a.txt", "b.jsonl", "a.txt")] == [
        ("a.txt", 0),
        ("b.jsonl", 0),
        ("b.jsonl", 1),
        ("a.txt", 0),
    ]


def test_pipes_sockets_and_looping_links_are_counted_and_never_opened(here: Path) -> None:
    write(here / "f/page.txt")
    os.mkfifo(here / "f/pipe")  # opening it would wait for ever
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("f/socket")
    (here / "f/sub").mkdir()
    (here / "f/sub/up").symlink_to("..")
    (here / "f/self").symlink_to("self")
    write(here / "f/picture.bin", bytes(range(256)) * 8)
    tally = Tally()
    assert [ref.source for ref in sources.scan(["f"], tally)] == ["f/page.txt"]
    assert (tally.special, tally.loops, tally.unrecognised) == (2, 2, 1)
    assert tally.skipped().sentence() == "2 special files, 2 looping links, 1 unrecognised file"


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a second file system")
def test_other_file_systems_are_counted_and_not_walked(here: Path) -> None:
    write(here / "f/page.txt")
    (here / "f/processes").symlink_to("/proc")
    tally = Tally()
    assert [ref.source for ref in sources.scan(["f"], tally)] == ["f/page.txt"]
    assert tally.skipped().sentence() == "1 folder on another file system"


def test_a_named_pipe_is_refused(here: Path) -> None:
    os.mkfifo("pipe")
    (ref,) = refs("pipe")
    assert str(trouble(ref)) == "pipe: a pipe (FIFO), not a file; use `-` to read from a pipe"
    with pytest.raises(SourceError, match="a pipe"):
        sources.read(Ref("pipe", 0, "plain"), Limits())


def test_a_link_to_a_file_is_followed_and_a_dangling_one_says_so(here: Path) -> None:
    write(here / "page.txt", "linked")
    (here / "f").mkdir()
    (here / "f/a").symlink_to("../page.txt")
    (here / "f/b").symlink_to("../gone")
    good, bad = refs("f")
    assert sources.read(good, Limits()).payload == b"linked"
    assert str(trouble(bad)) == "f/b: a dangling symbolic link; fix or remove it"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_a_page_with_the_reason(here: Path) -> None:
    write(here / "f/secret.txt").chmod(0)
    write(here / "f/sub/x.txt").parent.chmod(0)
    try:
        assert [str(trouble(ref)).partition(";")[0] for ref in refs("f")] == [
            "f/secret.txt: permission denied",
            "f/sub: permission denied",
        ]
    finally:
        (here / "f/sub").chmod(0o700)


def test_a_missing_target_does_not_stop_its_neighbours(here: Path) -> None:
    write(here / "a.txt")
    missing, good = refs("gone.txt", "a.txt")
    assert str(trouble(missing)) == "gone.txt: no such file; check the name"
    assert [ref.format for ref in readable([good])] == ["plain"]
    assert trouble(refs("")[0])


def test_a_page_deleted_since_is_a_source_error(here: Path) -> None:
    path = write(here / "a.txt")
    (ref,) = refs("a.txt")
    path.unlink()
    with pytest.raises(SourceError, match=r"^a\.txt: no such file"):
        sources.read(ref, Limits())


@pytest.mark.parametrize("hostile", ["a\x00b", "\udcff.txt", "x" * 5000])
def test_odd_names_are_no_traceback(here: Path, hostile: str) -> None:
    (ref,) = refs(hostile)
    assert trouble(ref)
    str(trouble(ref)).encode()


def test_a_pattern_in_quotes_is_expanded_and_counted_through(here: Path) -> None:
    for name in ("d/p10.txt", "d/p9.txt", "d/e/deep.txt", "d/x.bin"):
        write(here / name, b"\x00\x01\x02" * 99 if name.endswith("bin") else b"t")
    assert [(ref.source, ref.ordinal) for ref in refs("d/p*.txt")] == [("d/p9.txt", 0), ("d/p10.txt", 1)]
    assert [ref.source for ref in refs("d/**/*.txt")] == ["d/e/deep.txt", "d/p9.txt", "d/p10.txt"]
    assert refs("d/*.bin") == []
    assert str(trouble(refs("d/*.nothing")[0])) == "d/*.nothing: no file matches this pattern; check it"
    write(here / "d/[1].txt")
    assert trouble(refs("d/[1].txt")[0]) is None  # a file of this very name comes first


def test_an_address_is_a_page_and_finding_it_reaches_nowhere(here: Path) -> None:
    assert refs("https://example.invalid/") == [Ref("https://example.invalid/", 0, "web")]
    (ref,) = refs("https://ann:secret@example.invalid/go?https://bob:x@other.invalid/")
    assert ref.source == "https://example.invalid/go?https://bob:x@other.invalid/"
    assert "a process of their own" in str(trouble(refs("gopher://example.invalid/x")[0]))
    with pytest.raises(SourceError, match="not fetched yet"):
        sources.read(Ref("https://example.invalid/", 0, "web"), Limits())


def test_standard_input_is_read_from_its_copy_as_often_as_it_is_named(here: Path) -> None:
    copy = here / "copy"
    copy.write_bytes(b"<title>x</title>")
    copy.chmod(0o400)  # it is whole
    first, second = singly(sources.Scanner(["-", "-"], spool=str(copy)).runs())
    assert isinstance(first, Ref)
    assert (first.source, first.format, first.ordinal, second.ordinal) == ("-", "html", 0, 0)
    assert sources.read(second, Limits()).payload == b"<title>x</title>"


def test_standard_input_is_copied_where_only_its_owner_reads_until_it_is_whole() -> None:
    reading, writing = os.pipe()
    copy = InputCopy(reading)
    os.write(writing, b"<title>x</title>")
    os.close(writing)
    while (mode := Path(copy.path).stat().st_mode) & 0o200:
        assert mode & 0o077 == 0
    assert (mode & 0o777, Path(copy.path).read_bytes()) == (0o400, b"<title>x</title>")
    os.close(reading)


def test_closed_standard_input_is_a_page_with_the_reason() -> None:
    assert "closed" in str(trouble(refs("-")[0]))


HTML = "<!DOCTYPE html><title>x</title><p>y"


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [
        ("page.html", HTML, "text/html"),
        ("page.txt", HTML, "text/html"),
        ("page", "  \n<!-- saved -->\n<HTML lang=zh>", "text/html"),
        ("page", HTML.encode("utf-16"), "text/html"),
        ("page", HTML.encode("utf-16-be"), "text/html"),
        ("page", "\ufeff" + HTML, "text/html"),
        ("page.xhtml", '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">', "text/html"),
        ("fragment", "<h1>A</h1><p>b", "text/html"),
        ("dump.txt", "HTTP/1.1 200 OK\r\nServer: x\r\n\r\n<html><body><p>x</p></body>", "text/html"),
        ("page.html", "a scrape whose markup is gone\n1 < 2", "text/plain"),
        ("README.md", '<p align="center">x</p>\n\n# Title', "text/plain"),
        ("notes.txt", "the <html> element\nand <b>more</b> of it <i>x</i>", "text/plain"),
        ("feed.xml", "<?xml version='1.0'?><rss><channel/></rss>", "application/feed"),
        ("sjis.txt", "今日は雨です".encode("cp932"), "text/plain"),
        ("jis.txt", "今日は雨です。".encode("iso2022_jp"), "text/plain"),
        ("wide.txt", "今日は、雨です。".encode("utf-16-le"), "text/plain"),
        ("escapes.txt", "\x1b]0;title\x07 \x1b[31mred\x1b[0m", "text/plain"),
    ],
)
def test_what_a_file_is_shows_in_its_content_first(here: Path, name: str, content: bytes | str, media: str) -> None:
    assert only(write(here / name, content)).media == media


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("photo.html", b"\x89PNG\r\n\x1a\n" + bytes(100), "a PNG image"),
        (
            "a.docx",
            b"PK\x03\x04" + bytes(22) + b"\x13\0\0\0" + b"[Content_Types].xml",
            "an office document (soffice --convert-to html makes HTML of it)",
        ),
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3", "a PDF document (pdftotext makes text of it)"),
        ("a.out", b"\x7fELF\x02\x01\x01" + bytes(20), "an ELF program"),
        ("a.txt", bytes(range(256)) * 4, "binary data"),
        ("a.txt", bytes(5000), "nothing but NUL bytes"),
    ],
)
def test_a_binary_that_was_named_says_what_it_is_and_keeps_its_bytes(
    here: Path, name: str, content: bytes, kind: str
) -> None:
    page = only(write(here / name, content))
    assert (page.payload, page.size, page.is_binary) == (content, len(content), True)
    told = f"{here / name}: {kind}, {len(content):,} bytes, not text; `copydesk show --raw` prints its bytes"
    assert [str(problem) for problem in page.problems] == [told]


def test_an_empty_file_is_a_page_that_says_so(here: Path) -> None:
    page = only(write(here / "empty.html", b""))
    assert [problem.code for problem in page.problems] == ["empty"]


def test_a_hundred_megabytes_are_clipped_and_say_so(here: Path) -> None:
    path = write(here / "big.txt", "text, " * 1000)
    os.truncate(path, 100_000_000)
    page = only(path)
    limit = Limits().page_bytes
    assert (len(page.payload), page.size, page.clipped) == (limit, 100_000_000, 100_000_000 - limit)
    assert [(problem.code, problem.lost) for problem in page.problems] == [("clipped", page.clipped)]


def test_a_byte_too_many_does_not_make_utf16_binary(tmp_path: Path) -> None:
    page = "<html><head><title>港の話</title></head><body>" + "<p>新しい埠頭が使われている。</p>\n" * 40
    payload = page.encode("utf-16-be")
    path = tmp_path / "page.html"
    path.write_bytes(payload[:601] + b"\xff" + payload[601:])
    (ref,) = sources.scan([str(path)], Tally())
    assert trouble(ref) is None


def test_runs_are_counted_on_and_hold_no_more_than_is_wanted(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"text":"one"}\n' * 5000)
    (tmp_path / "b.csv").write_bytes(b"text,n\n" + b"two,1\n" * 300)
    one = [
        made_warcs.warc_record("request", "https://example.org/", b"GET / HTTP/1.1\r\n\r\n"),
        made_warcs.response("https://example.org/", b"<p>x"),
    ]
    made_warcs.write(tmp_path / "c.warc.gz", one * 200, "gzip")
    for is_all, pages in ((False, 5500), (True, 5700)):
        tally = Tally()
        found = list(sources.Scanner([str(tmp_path)], is_all, tally=tally).runs())
        assert len(found) < 50
        pages_ = list(singly(found))
        assert pages_ == list(sources.scan([str(tmp_path)], Tally(), is_all))
        assert [ref.ordinal for ref in pages_] == list(range(pages))
        assert tally.asides == 5700 - pages
        assert {ref.format for ref in pages_ if isinstance(ref, Ref)} == {"jsonl", "table", "warc"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"page{'9' * 19}", f"page1{'0' * 19}"),
        (f"page1{'0' * 20}", f"page{'9' * 20}"),  # longer than anybody counts: by their first digits
        ("page1b2", "page1b10"),
        ("page1", "PAGE2"),
    ],
)
def test_numbers_of_up_to_20_digits_are_ordered_by_what_they_mean(first: str, second: str) -> None:
    assert sorted([second, first], key=natural) == [first, second]
