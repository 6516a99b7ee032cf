"""Mail as mailbox, email and other programs write it: mailboxes, single messages, Maildir folders, cut and damaged."""

import base64
import email.policy
import gzip
import io
import mailbox
from email.header import Header
from email.message import Message
from email.mime.application import MIMEApplication
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest

from tui import loader, sources
from tui.core.model import Document, Item, Limits, Options, Ref
from tui.core.questions import Readings, Source, Trace
from tui.lookup.search import search
from tui.sources import Tally
from tui.sources.base import Head
from tui.sources.formats.mail import _messages, claims

TEXT = "昨天夜里下了一整夜的雨，没有人出门。山上也下了，河水漲了半尺。"


def message(*parts: Message, kind: str = "mixed", **headers: str) -> Message:
    """A message as the standard library makes it."""
    made: Message = parts[0] if len(parts) == 1 else MIMEMultipart(kind)
    for part in parts if len(parts) > 1 else ():
        made.attach(part)
    usual = {
        "From": "Ann Bauer <ann@example.org>",
        "To": "list@example.org",
        "Subject": "Rain",
        "Date": "Fri, 05 Mar 2021 06:07:08 +0100",
        "Message-ID": "<1@example.org>",
    }
    for name, value in (usual | {key.replace("_", "-"): value for key, value in headers.items()}).items():
        made[name] = value
    return made


def text(content: str, kind: str = "plain", charset: str = "utf-8") -> Message:
    return MIMEText(content, kind, charset)


def scan(path: Path, content: bytes) -> list[Item]:
    path.write_bytes(content)
    return list(sources.scan([str(path)], Tally()))


def load(ref: Item, charset: str | None = None) -> Document:
    return loader.load(ref, Options(charset=charset), Limits())


def one(path: Path, made: Message, **ways: object) -> Document:
    (ref,) = scan(path, made.as_bytes(**ways))  # type: ignore[arg-type]
    return load(ref)


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_a_message_of_a_mailbox_is_its_bytes_without_the_envelope(tmp_path: Path, ending: bytes) -> None:
    messages = [message(text(f"Rain {number}.\nFrom here on.\n"), Subject=f"Rain {number}") for number in range(3)]
    box = mailbox.mbox(tmp_path / "made")
    for each in messages:
        box.add(each)
    box.close()
    content = (tmp_path / "made").read_bytes().replace(b"\n", ending)
    refs = scan(tmp_path / "a.mbox", content)
    assert [loader.peek(ref, Options()).title for ref in refs] == ["Rain 0", "Rain 1", "Rain 2"]
    for ref, each in zip(refs[::-1], messages[::-1], strict=True):
        stored = each.as_bytes().replace(b"\n", ending)
        assert sources.stored(ref, Limits()) == stored
        assert sources.read(ref, Limits()).payload == stored
        assert load(ref).text.split() == f"Rain {each['Subject'][-1]}. From here on.".split()


def test_quoted_envelopes_come_back_and_other_lines_are_none(tmp_path: Path) -> None:
    head = b"From: a@e.org\nTo: b@e.org\nSubject: Rain\n\n"
    body = b">From here\n>>From there\n\nFrom now on it rained\n\nFrom 10:00 in 2021\nno field\n"
    (ref,) = scan(tmp_path / "a.mbox", b"From a@e.org Fri Mar  5 06:07:08 2021\n" + head + body)
    assert sources.stored(ref, Limits()) == head + body
    lines = load(ref).text.split("\n")
    assert lines[:2] == ["From here", ">From there"]
    assert lines[3:] == ["From now on it rained", "", "From 10:00 in 2021", "no field", ""]


def test_headers_are_facts(tmp_path: Path) -> None:
    document = one(
        tmp_path / "a.eml",
        message(
            text("It rained."),
            Subject=Header("昨夜的雨", "gb18030").encode(),
            From=f"{Header('李明', 'utf-8').encode()} <li@example.cn>, bo@example.org",
            Archived_At="<https://lists.example.org/7>",
            List_Archive="<https://lists.example.org/>",
        ),
    )
    assert (document.title, document.url) == ("昨夜的雨", "https://lists.example.org/7")
    assert document.metadata["date"].value == "2021-03-05T06:07:08+01:00"
    assert document.metadata["author"].value == ["李明", "bo@example.org"]
    assert document.record["message-id"] == "<1@example.org>"
    assert document.record["list-archive"] == "<https://lists.example.org/>"
    assert document.text.strip() == "It rained."
    assert not document.problems


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "big5", "iso-2022-jp"])
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_a_part_is_decoded_by_what_it_claims_and_by_its_bytes(tmp_path: Path, charset: str, kind: str) -> None:
    words = "昨日雨下。" * 9
    made = message(text(words, kind, charset))
    assert words in one(tmp_path / "a.eml", made).text
    made.replace_header("Content-Type", f"text/{kind}; charset=iso-8859-1")
    (ref,) = scan(tmp_path / "b.eml", made.as_bytes())
    assert words in load(ref, charset).text, "the user's word counts"
    if charset != "iso-2022-jp":
        found = loader.readings(Readings(ref, Options()), Limits()).candidates
        assert charset in [candidate.charset for candidate in found]
        assert words in loader.source(Source(ref, Options(charset=charset)), Limits()).text


def test_a_character_is_traced_to_its_bytes_in_the_message_unless_they_are_in_a_coding(tmp_path: Path) -> None:
    head = b"From: a@e.org\nTo: b@e.org\nSubject: Rain\nContent-Type: text/plain; charset=gb18030\n"
    stored = TEXT.encode("gb18030")
    (ref,) = scan(tmp_path / "a.eml", head + b"\n" + stored)
    traced = loader.trace(Trace(ref, Options(), 1), Limits())
    assert traced.origin is not None
    assert (traced.origin.start_bytes, traced.origin.raw) == (len(head) + 3, stored[2:4])
    coded = head + b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(stored)
    (ref,) = scan(tmp_path / "b.eml", coded)
    assert isinstance(ref, Ref)
    assert load(ref).text == TEXT
    assert loader.trace(Trace(ref, Options(), 1), Limits()).origin is None
    assert search([ref], "河水", Options(), Limits(), lambda: None).found, "it is searched all the same"


def test_html_is_shown_and_the_bare_text_of_the_same_is_named(tmp_path: Path) -> None:
    both = MIMEMultipart("alternative")
    both.attach(text("bare"))
    both.attach(text("<p>It <b>rained</b>.", "html"))
    paper = MIMEApplication(b"%PDF" + bytes(96), "pdf")
    paper.add_header("Content-Disposition", "attachment", filename=("utf-8", "", "雨.pdf"))
    inner = MIMEMessage(message(text("Forwarded."), Subject="Before"))
    document = one(tmp_path / "a.eml", message(both, paper, inner))
    assert (document.text.strip(), document.media) == ("It rained.", "text/html")
    assert [span.kind for span in document.spans] == ["bold"]
    assert document.record["alternatives"] == [{"media": "text/plain", "size": 4}]
    assert document.record["attachments"] == [
        {"name": "雨.pdf", "media": "application/pdf", "size": 100},
        {"name": "Before", "media": "message/rfc822"},
    ]


def test_a_message_in_a_message_is_shown_where_there_is_nothing_else(tmp_path: Path) -> None:
    inner = MIMEMessage(message(text("Forwarded."), Subject="Before"))
    assert one(tmp_path / "a.eml", message(inner, MIMEApplication(bytes(9)))).text.strip() == "Forwarded."
    digest = MIMEMultipart("digest")
    digest.attach(MIMEMessage(message(text("Rain 0."))))
    digest.attach(text("Rain 1."))
    assert one(tmp_path / "b.eml", message(text("Topics"), digest)).text.split("\n") == ["Topics", "Rain 0.", "Rain 1."]


def test_the_subject_is_the_title_of_html_and_a_named_text_is_shown(tmp_path: Path) -> None:
    page = text("<title>Newsletter</title><h1>Our newsletter</h1><p>It rained.", "html")
    assert one(tmp_path / "a.eml", message(page)).title == "Rain"
    assert (
        one(tmp_path / "c.eml", message(text("<h1>Our newsletter</h1>", "html"), Subject="Rain — 雨")).title
        == "Rain — 雨"
    )
    patch = text("+ rain", "plain")
    patch.add_header("Content-Disposition", "inline", filename="a.patch")
    paper = text("notes", "plain")
    paper.add_header("Content-Disposition", "attachment", filename="b.txt")
    document = one(tmp_path / "b.eml", message(text("See"), patch, paper))
    assert document.text.split("\n") == ["See", "+ rain"]
    assert document.record["attachments"] == [{"name": "b.txt", "media": "text/plain", "size": 5}]


def test_parts_without_a_boundary_are_shown_as_they_stand_there(tmp_path: Path) -> None:
    head = b"From: a@e.org\nTo: b@e.org\nSubject: Rain\nContent-Type: multipart/report;\n\tbo\n\n"
    (ref,) = scan(tmp_path / "a.eml", head + b"--x\n\nIt rained.\n")
    assert "It rained." in load(ref).text


def test_headers_of_bytes_are_in_the_charset_of_the_text(tmp_path: Path) -> None:
    head = b"From: a@e.org\nTo: b@e.org\nSubject: " + "昨夜的雨".encode("gb18030")
    (ref,) = scan(tmp_path / "a.eml", head + b"\nContent-Type: text/plain; charset=gb2312\n\n" + TEXT.encode("gb18030"))
    assert load(ref).title == "昨夜的雨"


def test_texts_that_follow_each_other_are_one_page(tmp_path: Path) -> None:
    plain = one(
        tmp_path / "a.eml", message(text(TEXT, charset="gb18030"), text("-- \nlist: http://e.org"), kind="mixed")
    )
    assert plain.text.split("\n") == [TEXT, "-- ", "list: http://e.org"]
    assert plain.charset.name == "gb18030"
    mixed = one(tmp_path / "b.eml", message(text("a < b\nc"), text("<i>foot</i>", "html")))
    assert mixed.text.split("\n") == ["a < b", "c", "foot"]


def test_a_message_without_text_has_its_title_and_what_is_attached(tmp_path: Path) -> None:
    document = one(tmp_path / "a.eml", message(MIMEApplication(bytes(9)), MIMEApplication(bytes(8))))
    assert (document.title, document.text) == ("Rain", "")
    assert [each["size"] for each in document.record["attachments"]] == [9, 8]
    assert [problem.code for problem in document.problems] == ["no_visible_text"]


@pytest.mark.parametrize("policy", [email.policy.compat32, email.policy.SMTP])
def test_line_ends_make_no_difference(tmp_path: Path, policy: "email.policy.Policy[Message]") -> None:
    document = one(tmp_path / "a.eml", message(text("a\n\nb"), text("c", "html")), policy=policy)
    assert document.text.split() == ["a", "b", "c"]


def test_a_maildir_opens_as_a_folder(tmp_path: Path) -> None:
    folder = mailbox.Maildir(tmp_path / "mail")
    for number in range(3):
        folder.add(message(text("It rained."), Subject=f"Rain {number}"))
    refs = list(sources.scan([str(tmp_path / "mail")], Tally()))
    assert sorted(load(ref).title for ref in refs) == ["Rain 0", "Rain 1", "Rain 2"]


def test_a_cut_message_shows_what_there_is_and_says_so(tmp_path: Path) -> None:
    whole = message(text(TEXT), text("second")).as_bytes()
    (ref,) = scan(tmp_path / "a.eml", whole[: whole.index(b"second"[:1], len(whole) - 120)])
    document = load(ref)
    assert TEXT in document.text
    assert [problem.message for problem in document.problems] == [
        f"{tmp_path / 'a.eml'}: byte 0: the message ends before its last part does; what there is of it is shown"
    ]
    (packed,) = scan(tmp_path / "a.eml.gz", gzip.compress(whole * 9)[:-200])
    assert next(problem.code for problem in load(packed).problems) == "damaged_file"


def test_parts_within_parts_beyond_measure_cost_the_message_only(tmp_path: Path) -> None:
    head = b"From: a@e.org\nTo: b@e.org\nSubject: Rain\n"
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(2000))
    (ref,) = scan(tmp_path / "a.eml", head + deep)
    document = load(ref)
    assert [problem.code for problem in document.problems] == ["broken_record"]
    assert document.text


@pytest.mark.parametrize(
    ("name", "start", "is_mail"),
    [
        ("a", b"From: a\nTo: b\nSubject: c\n\n", True),
        ("a", b"From: a\nSubject: c\n\n", False),
        ("a.eml", b"From: a\n\n", True),
        ("a", b"Subject: b\nTo: c\nDate: d\n\n", False),
        ("a", b"Path: x!y\nFrom: a\nNewsgroups: b\nSubject: c\n folded\n\n", True),
        ("a", b"From: a\nTo: b\nSubject: c\nit rained\n\n", False),
        ("a", b"From: a\nTo: b\nSubject: c\n" + b"X-Long: " + b"x" * 4096, True),
        ("a.mht", b"From: a\nTo: b\nSubject: c\n\n", False),
        ("a", b"From: a\nSnapshot-Content-Location: u\nSubject: c\nDate: d\n\n", False),
        ("a", b"From: a\nSubject: c\nDate: d\nContent-Type: multipart/related; boundary=x\n\n", False),
        ("a", b"From: a\nTo: b\nSubject: c\nContent-Type: multipart/related; boundary=x\n\n", True),
        ("a", b"From a Fri Mar  5 06:07:08 2021\nX: y\n", True),
        ("a", b"From a Fri Mar  5 06:07:08 2021\nno field\n", False),
        ("a", b"From Monday on\nNote: rain\n", False),
        ("a", b"From -6895415435862117\nFrom: a\n", True),
        ("a", b"From 1984\nNote: rain\n", False),
        ("a.eml", b"From: a\nSubject: b\n", True),
        ("a", b"\1\1\1\1\nFrom: a\n", True),
        ("a", b"\1\1\1\1\nno field\n", False),
        ("a", b"BABYL OPTIONS:\nVersion: 5\n", True),
    ],
)
def test_mail_is_told_by_its_first_lines(name: str, start: bytes, is_mail: bool) -> None:
    assert claims(Head(name, start[:4096])) is is_mail


@pytest.mark.parametrize("kind", [mailbox.MMDF, mailbox.Babyl, mailbox.mbox])
def test_mailboxes_of_every_kind_hold_their_messages(
    tmp_path: Path, kind: type[mailbox.MMDF], monkeypatch: pytest.MonkeyPatch
) -> None:
    box = kind(tmp_path / "box")
    bodies = ["It rained.\n\n*** EOOH ***\n\nIt blew.\n", "It snowed.\n", TEXT]
    for number, body in enumerate(bodies):
        box.add(message(text(body, charset="us-ascii" if body.isascii() else "utf-8"), Subject=f"Rain {number}"))
    box.close()
    for size in (1, 50, 100_000):
        monkeypatch.setattr("tui.sources.parsing.lines.FIRST_CHUNK_BYTES", size)
        monkeypatch.setattr("tui.sources.parsing.lines.CHUNK_BYTES", size)
        documents = [load(ref) for ref in sources.scan([str(tmp_path / "box")], Tally())]
        assert [each.title for each in documents] == ["Rain 0", "Rain 1", "Rain 2"]
        assert [each.text.strip() for each in documents] == [body.strip() for body in bodies]
    content = (tmp_path / "box").read_bytes()
    assert len(scan(tmp_path / "box", content[: len(content) * 3 // 4])) >= 2


def test_a_visible_part_of_any_kind_of_text_is_shown_unless_it_is_meant_for_programs(tmp_path: Path) -> None:
    document = one(tmp_path / "a.eml", message(text("See"), text("+ rain", "x-patch"), text("BEGIN:VCARD", "vcard")))
    assert document.text.split("\n") == ["See", "+ rain"]
    assert document.record["attachments"] == [{"media": "text/vcard", "size": 11}]


def test_messages_are_the_same_however_the_file_is_cut_into_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    envelope = b"From a@e.org Fri Mar  5 06:07:08 2021\n"
    bodies = [b"From: a\n\nrain %d\n" % number * (number + 1) for number in range(9)]
    content = b"\n".join(envelope + body for body in bodies) + b"\n"
    expected = list(_messages(io.BytesIO(content)))
    assert [content[start : start + length] for start, length in expected] == bodies
    for size in (1, 3, 50, 299, 400):
        monkeypatch.setattr("tui.sources.parsing.lines.FIRST_CHUNK_BYTES", size)
        monkeypatch.setattr("tui.sources.parsing.lines.CHUNK_BYTES", size)
        assert list(_messages(io.BytesIO(content))) == expected


@pytest.mark.parametrize(
    ("charset", "name"),
    [("iso-2022-jp", "ISO-2022-JP"), ("iso-2022-kr", "iso-2022-kr"), ("hz", "hz-gb-2312"), ("utf-7", "UTF-7")],
)
def test_words_in_bytes_of_ascii_are_read_in_the_charset_that_they_claim(
    tmp_path: Path, charset: str, name: str
) -> None:
    words = "비가" if charset == "iso-2022-kr" else "昨日雨下"
    subject = f"=?{name}?B?{base64.b64encode(words.encode(charset)).decode()}?="
    assert one(tmp_path / "a.eml", message(text("It rained."), Subject=subject)).title == words


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("=?iso-2022-jp?B?UmFpbg==?=", "Rain"),
        ("昨日の雨".encode("iso-2022-jp").decode("ascii"), "昨日の雨"),
        ("Rain\x1b[1m, red", "Rain\x1b[1m, red"),
    ],
)
def test_escapes_of_a_charset_are_undone_where_they_are_some(tmp_path: Path, subject: str, title: str) -> None:
    stored = f"From: a@e.org\nTo: b@e.org\nSubject: {subject}\n\nIt rained.\n".encode()
    (ref,) = scan(tmp_path / "a.eml", stored)
    assert load(ref).title == title


@pytest.mark.parametrize(
    ("parameters", "body", "wanted"),
    [
        ("format=flowed", "It rained \nall day.\n\nIt \nblew.\n", "It rained all day.\n\nIt blew.\n"),
        ("format=flowed; delsp=yes", "\u96e8\u4e0b\u4e86 \n\u4e00\u591c\n", "\u96e8\u4e0b\u4e86\u4e00\u591c\n"),
        ("format=flowed", "> It \n> rained.\n>> Did \n> it?\n", "> It rained.\n>> Did \n> it?\n"),
        ("format=flowed", " From here \n on.\n-- \nAnn \n-- \nBo", "From here on.\n-- \nAnn \n-- \nBo"),
        ("format=fixed", "It rained \nall day.\n", "It rained \nall day.\n"),
        ("charset=utf-8", "It rained \n all day.\n", "It rained \n all day.\n"),
    ],
)
def test_flowed_text_has_its_paragraphs_on_a_line_each(tmp_path: Path, parameters: str, body: str, wanted: str) -> None:
    """RFC 3676: not over quotes of another depth, nor over the line above a signature."""
    head = f"From: a@example.org\nSubject: Rain\nMIME-Version: 1.0\nContent-Type: text/plain; {parameters}\n\n"
    (ref,) = scan(tmp_path / "a.eml", f"{head}{body}".encode())
    page = sources.read(ref, Limits())
    assert (page.words or b"").decode() == wanted
    assert sources.stored(ref, Limits()) == f"{head}{body}".encode()
