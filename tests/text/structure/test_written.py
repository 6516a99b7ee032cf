"""Texts that somebody wrote as one, by where they stand: documents, messages and talks are body as a whole; scrapes aren't."""

import json
import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest

from tui import loader, sources
from tui.core.model import Document, Limits, Options
from tui.sources import Tally

RAIN = "It rained all day, and nobody went out of the house before the evening came."
LETTER = f"Hi Bob,\n\ncan you bring:\n- tea\n- 2 cups\n\nMenu\nContact us\n\n{RAIN}\n\n> Are we going?\n\nCheers,\nAnn\n-- \nAnn Lee\nExample Ltd\n"
LETTER_BODY = f"Hi Bob,\ncan you bring:\n- tea\n- 2 cups\nMenu\nContact us\n{RAIN}\n> Are we going?\nCheers,\nAnn\nAnn Lee\nExample Ltd"


def pages(path: Path) -> list[Document]:
    return [loader.load(ref, Options(), Limits()) for ref in sources.scan([str(path)], Tally())]


def kinds(page: Document) -> list[tuple[str, str]]:
    return [(block.kind, page.text[block.start : block.end]) for block in page.blocks]


def document(tmp_path: Path, text: str, name: str = "a.md") -> Document:
    (tmp_path / name).write_text(text, "utf-8")
    (page,) = pages(tmp_path / name)
    return page


def letter() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "Ann Lee <ann@example.org>", "bob@example.org"
    message["Subject"], message["Date"] = "Trip on Friday", "Fri, 5 Mar 2021 10:00:00 +0100"
    message["Message-ID"] = "<1@example.org>"
    message.set_content(LETTER)
    return message


@pytest.mark.parametrize("name", ["a.md", "A.MARKDOWN", "a.rst"])
def test_all_of_a_document_is_body(tmp_path: Path, name: str) -> None:
    assert document(tmp_path, LETTER, name).body == LETTER_BODY


def test_a_scraped_text_with_the_same_words_keeps_its_rules(tmp_path: Path) -> None:
    assert document(tmp_path, LETTER, "a.txt").body == RAIN
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": LETTER}), "utf-8")
    assert [page.body for page in pages(tmp_path / "a.jsonl")] == [RAIN]


def test_markdown_in_a_field_of_a_crawl_was_scraped(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"markdown": LETTER, "url": "https://a.example/"}), "utf-8")
    assert [page.body for page in pages(tmp_path / "a.jsonl")] == [RAIN]


def test_marks_of_markdown_say_what_lines_are(tmp_path: Path) -> None:
    text = "# Rain #\n\nHello.\n\n* a\n1. b\n\n> c\n\n```py\n# no heading\n\n- d\n```\n\n| e | f |\n\n## Next\n\nBye\n---\n\nEnd\n"
    page = document(tmp_path, text)
    assert page.title == "Rain"
    assert kinds(page) == [
        ("title", "# Rain #"),
        ("body", "Hello."),
        ("list", "* a"),
        ("list", "1. b"),
        ("quote", "> c"),
        ("code", "```py\n# no heading\n\n- d\n```"),
        ("table", "| e | f |"),
        ("heading", "## Next"),
        ("heading", "Bye"),
        ("boiler", "---"),
        ("body", "End"),
    ]
    assert [block.level for block in page.blocks if block.kind == "heading"] == [2, 2]


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("Rain\n====\n\nHello\n", "Rain", "Hello"),
        ("Rain\n####\n\nHello\n", "Rain", "Hello"),
        ("![badge](b.svg)\n<p>\n\n# Rain\n\nHello\n", "Rain", "![badge](b.svg)\n<p>\nHello"),
        ("#Rain\n\nHello\n", "#Rain", "#Rain\nHello"),  # a tag
        ("Dear Ann,\n\n# Rain\n\nHello\n", "Dear Ann,", "Dear Ann,\n# Rain\nHello"),
        ("Ann\nLee\n---\nHello\n", "Ann", "Ann\nLee\nHello"),  # a rule below a paragraph
        ("```\nx\n", "```", "```\nx"),  # never closed
    ],
)
def test_a_document_is_called_by_the_heading_that_it_begins_with(
    tmp_path: Path, text: str, title: str, body: str
) -> None:
    page = document(tmp_path, text)
    assert (page.title, page.body) == (title, body)
    (ref,) = sources.scan([str(tmp_path / "a.md")], Tally())
    assert loader.peek(ref, Options()).title == title


def test_front_matter_and_the_lines_below_the_heading_are_facts(tmp_path: Path) -> None:
    page = document(tmp_path, f"---\ntags: [rain]\n---\n# Rain\n\nBy Ann Lee\n\n5 March 2021\n\n{RAIN}\n\nBy Bob\n")
    assert {key: page.metadata[key].value for key in ("author", "date", "keywords")} == {
        "author": ["Ann Lee"],
        "date": "2021-03-05",
        "keywords": ["rain"],
    }
    assert page.body == f"{RAIN}\nBy Bob"


def test_bare_lines_of_front_matter_state_title_author_and_date(tmp_path: Path) -> None:
    head = "Title: My first\nDate: 2010-12-03 10:20\nAuthors: Ann Lee, Bob Low\nCategory: Weather\n"
    page = document(tmp_path, f"{head}\n{RAIN}\n\nHome\n")
    assert (page.title, page.body) == ("My first", f"{RAIN}\nHome")
    assert page.metadata["date"].value == "2010-12-03T10:20"
    assert page.metadata["author"].value == ["Ann Lee", "Bob Low"]


@pytest.mark.parametrize(
    "head", ["Title: My first\n", "Title: My first\nand more\nDate: 2010-12-03\n", "Note: rain\nDate: 2010-12-03\n"]
)
def test_lines_that_are_no_front_matter_stay_text(tmp_path: Path, head: str) -> None:
    assert document(tmp_path, f"{head}\n{RAIN}\n").body == f"{head}{RAIN}"


def test_all_of_a_message_is_body(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(letter().as_bytes())
    box = mailbox.mbox(tmp_path / "a.mbox")
    box.add(letter())
    box.close()
    found = [*pages(tmp_path / "a.eml"), *pages(tmp_path / "a.mbox")]
    assert [page.body for page in found] == [LETTER_BODY] * 2
    assert [page.title for page in found] == ["Trip on Friday"] * 2
    assert ("quote", "> Are we going?") in kinds(found[0])


def test_html_of_a_message_is_body_but_for_what_is_hidden(tmp_path: Path) -> None:
    message = letter()
    items = "<ul><li>tea</li><li>bread</li></ul>"
    message.add_alternative(
        f"<div style='display:none'>Preview</div><h2>Trip</h2><div>Hi Bob,</div>{items}<p>{RAIN}</p>"
        "<div class=gmail_quote>Bob wrote:<blockquote>Are we going?</blockquote></div><div class=footer>Ann</div>",
        subtype="html",
    )
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    (page,) = pages(tmp_path / "a.eml")
    assert page.body == f"Trip\nHi Bob,\ntea\nbread\n{RAIN}\nBob wrote:\nAre we going?\nAnn"
    assert [kind for kind, _ in kinds(page) if kind not in ("body", "boiler")] == ["heading", "list", "list", "quote"]


SAID = "Here they are:\n- one\n- two\n\nSee more"


@pytest.mark.parametrize(
    ("record", "body"),
    [
        (
            {"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": SAID}]},
            "user: Hi\nassistant: Here they are:\n- one\n- two\nSee more",
        ),
        (
            {
                "system": "Be kind",
                "conversations": [{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Home"}],
            },
            "system: Be kind\nhuman: Hi\ngpt: Home",
        ),
        ({"conversation": [{"human": "Hi", "assistant": "Home"}]}, "human: Hi\nassistant: Home"),
        (
            {"instruction": "Three tips", "output": f"1. Sleep\n\nHome\n\n{RAIN}"},
            f"instruction: Three tips\noutput: 1. Sleep\nHome\n{RAIN}",
        ),
        ({"chosen": "Yes", "rejected": "No"}, "chosen: Yes\nrejected: No"),
    ],
)
def test_all_that_is_said_in_a_talk_is_body(tmp_path: Path, record: dict[str, object], body: str) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(record), "utf-8")
    assert [page.body for page in pages(tmp_path / "a.jsonl")] == [body]


@pytest.mark.parametrize(
    "record", [{"text": ["Home", "News", RAIN, "More"]}, {"段落": [{"内容": "Home"}, {"内容": RAIN}, {"内容": "More"}]}]
)
def test_paragraphs_in_a_list_are_a_page_and_no_talk(tmp_path: Path, record: dict[str, object]) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps(record, ensure_ascii=False), "utf-8")
    assert [page.body for page in pages(tmp_path / "a.jsonl")] == [RAIN]
