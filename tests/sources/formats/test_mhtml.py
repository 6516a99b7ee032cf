"""Pages saved as MHTML: parts, encodings, nesting and damage."""

from email.message import Message
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest

from tui import loader, sources
from tui.core.model import Item, Limits, Options, Ref
from tui.sources import Tally
from tui.sources.formats import mhtml

HTML = "<!doctype html><title>雨</title><p>昨天下了一整夜的雨。" + "x" * 200


def related(*parts: Message) -> MIMEMultipart:
    whole = MIMEMultipart("related", boundary="----MultipartBoundary--x----")
    whole["Subject"] = "=?utf-8?B?6Zuo?="
    whole["Date"] = "Fri, 05 Mar 2021 06:07:08 -0000"
    whole["Snapshot-Content-Location"] = "https://example.org/"
    for part in parts:
        whole.attach(part)
    return whole


def html(text: str = HTML, charset: str = "utf-8", coding: str = "") -> Message:
    part = MIMEText(text, "html", charset)
    if coding == "quoted-printable":
        import email.encoders

        part.set_payload(text.encode(charset))
        del part["Content-Transfer-Encoding"]
        email.encoders.encode_quopri(part)
    part["Content-Location"] = "https://example.org/rain"
    return part


def scan(path: Path, message: Message | bytes, all_records: bool = False) -> list[Item]:
    path.write_bytes(message if isinstance(message, bytes) else message.as_bytes())
    return list(sources.scan([str(path)], Tally(), all_records))


@pytest.mark.parametrize("name", ["a.mhtml", "saved"])
@pytest.mark.parametrize(("charset", "coding"), [("utf-8", ""), ("gb18030", "quoted-printable"), ("big5", "")])
def test_the_page_is_taken_out_of_its_parts(tmp_path: Path, name: str, charset: str, coding: str) -> None:
    picture = MIMEApplication(bytes(300), "octet-stream")
    (ref,) = scan(tmp_path / name, related(html(charset=charset, coding=coding), picture))
    page = sources.read(ref, Limits())
    assert page.payload == HTML.encode(charset)
    assert (page.url, page.fetched, page.media) == ("https://example.org/rain", "2021-03-05T06:07:08", "text/html")
    assert page.record["Subject"] == "雨"
    assert loader.load(ref, Options(), Limits()).title == "雨"
    assert len(scan(tmp_path / name, related(html(), picture), all_records=True)) == 2


def test_frames_are_pages_too_also_in_nested_parts(tmp_path: Path) -> None:
    refs = scan(tmp_path / "a.mht", related(html(), related(html("<p>a frame"), html("<p>another")), html("<p>last")))
    assert [sources.read(ref, Limits()).payload for ref in refs] == [
        HTML.encode(),
        b"<p>a frame",
        b"<p>another",
        b"<p>last",
    ]


def test_a_thousand_nested_parts_do_no_harm(tmp_path: Path) -> None:
    nested = b"".join(
        b'Content-Type: multipart/related; boundary="b%d"\r\nMIME-Version: 1.0\r\n\r\n--b%d\r\n' % (n, n)
        for n in range(1000)
    )
    refs = scan(tmp_path / "a.mht", nested)
    assert len(refs) <= 1


def test_a_file_that_is_cut_shows_what_is_there(tmp_path: Path) -> None:
    whole = related(html(coding="quoted-printable")).as_bytes()
    (ref,) = scan(tmp_path / "a.mhtml", whole[:-250])
    assert HTML.encode().startswith(sources.read(ref, Limits()).payload[:60])


def test_a_page_that_is_the_whole_message_is_one(tmp_path: Path) -> None:
    message = html(coding="quoted-printable")
    message["MIME-Version"] = "1.0"
    (ref,) = scan(tmp_path / "a.mht", message)
    assert sources.read(ref, Limits()).payload == HTML.encode()


@pytest.mark.parametrize(("levels", "pages"), [(8, 1), (9, 0)])
def test_parts_are_looked_for_eight_levels_deep(tmp_path: Path, levels: int, pages: int) -> None:
    top = b"MIME-Version: 1.0\r\n"
    heads = (b'Content-Type: multipart/related; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(levels))
    assert len(scan(tmp_path / "a.mht", top + b"".join(heads) + b"Content-Type: text/html\r\n\r\n<p>rain")) == pages


def test_a_message_that_is_cut_before_its_first_part_is_plain_text(tmp_path: Path) -> None:
    (ref,) = scan(tmp_path / "a.mht", b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n')
    assert isinstance(ref, Ref)
    assert ref.format == "plain"


@pytest.mark.parametrize(
    ("body", "decoded"),
    [
        (b"cg", b"r"),
        (b"cmE", b"ra"),
        (b"cmFp", b"rai"),
        (b"cmFpb", b"rai"),
        (b"cmFpbg==", b"rain"),
        (b"cm\r\nFp", b"rai"),
    ],
)
def test_base64_that_is_cut_is_decoded_as_far_as_it_goes(body: bytes, decoded: bytes) -> None:
    assert mhtml.decode(body, " Base64 ") == decoded


@pytest.mark.parametrize(("most", "clipped"), [(20, 246), (265, 1), (266, 0)])
def test_a_page_longer_than_the_limit_is_clipped_and_says_how_long_it_is(
    tmp_path: Path, most: int, clipped: int
) -> None:
    (ref,) = scan(tmp_path / "a.mhtml", related(html()))
    page = sources.read(ref, Limits(page_bytes=most))
    assert (page.payload, page.size, page.clipped) == (HTML.encode()[:most], len(HTML.encode()), clipped)
    assert [problem.code for problem in page.problems] == ["clipped"] * bool(clipped)
