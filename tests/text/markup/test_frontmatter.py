"""What texts say of themselves at their top, and texts that only look as if they did."""

from typing import Any

import pytest

from tui.core.model import Document, Options, Ref
from tui.core.page import RawPage
from tui.loader import restore
from tui.text import document
from tui.text.markup.frontmatter import find

BODY = "It rained all night and the river rose, so the ferry stayed in port. Nobody went out.\n"


def parsed(text: str) -> Document:
    payload = text.encode()
    return document.parse(*restore(RawPage(Ref("a.md", 0, "plain"), payload, "text/plain", len(payload)), Options()))


@pytest.mark.parametrize(
    "top",
    [
        '---\ntitle: "Rain: all day"\nauthor: Ann Lee\ndate: 2021-03-05\ntags: [rain, "wind, cold"]\n---\n\n',
        "\ufeff---\nTitle: 'Rain: all day'\nauthors:\n- Ann Lee\ndate: 2021-03-05  # x\ntags:\n  - rain\n  - wind, cold\n...\n",
        "---\ntitle: >-\n  Rain:\n  all day\nauthor:\n  name: Ann Lee\n  mail: a@e.org\ndate: 2021-03-05\ntags: [rain, 'wind, cold']\n---\n",
        '---\r\ntitle: Rain: all day\r\nauthor: [Ann Lee]\r\ndate: 2021-03-05\r\ntags: [ rain , "wind, cold",]\r\n---\r\n',
        '+++\ntitle = "Rain: all day"\nauthor = "Ann Lee"\ndate = 2021-03-05\ntags = ["rain", "wind, cold"]\n+++\n',
        '{\n "title": "Rain: all day",\n "author": "Ann Lee",\n "date": "2021-03-05",\n "tags": ["rain", "wind, cold"]\n}\n\n',
    ],
)
@pytest.mark.parametrize("behind", [BODY, f"# Rain\n\n{BODY}"])
def test_front_matter_gives_title_author_date_and_tags(top: str, behind: str) -> None:
    page = parsed(top + behind)
    fields = {key: page.metadata[key].value for key in ("author", "date", "keywords")}
    assert page.title == "Rain: all day"
    assert fields == {"author": ["Ann Lee"], "date": "2021-03-05", "keywords": ["rain", "wind, cold"]}
    assert page.metadata["date"].origin == "front matter date"
    assert page.text.split() == (top + behind).lstrip("\ufeff").split(), "all of it is there"
    assert "2021" not in page.body
    assert BODY.strip() in page.body


@pytest.mark.parametrize(
    "title", ["Rain all day\n############\n\n", "============\nRain all day\n============\n\n", ""]
)
def test_fields_of_restructuredtext_stand_below_its_title(title: str) -> None:
    page = parsed(f"{title}:Author: Ann Lee\n:Date: 2021-03-05\n:Tags: rain,\n  wind\n\n{BODY}")
    fields = {key: page.metadata[key].value for key in ("author", "date", "keywords")}
    assert fields == {"author": ["Ann Lee"], "date": "2021-03-05", "keywords": ["rain", "wind"]}
    assert not title or page.title == "Rain all day"
    assert "Ann Lee" not in page.body


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---",
        f"---\ntitle: Rain\n{BODY}",
        f"---\n\n{BODY}\n---\n",
        f"---\nNote: it rained\n---\n{BODY}",
        f"+++\ntitle = Rain\n+++\n{BODY}",
        f'{{\n "title": "Rain"\n\n{BODY}',
        '{\n "title": "Rain"\n}\n\n',
        f"Rain\n====\n\n{BODY}",
        f"Rain\n====\n\n:note: it rained\n\n{BODY}",
        f":smile: it rained\n{BODY}",
        "---\ntitle: Rain\n" + "a: b\n" * 4000 + "---\n",
    ],
)
def test_texts_that_begin_with_rules_labels_or_a_cut_have_none(text: str) -> None:
    assert find(text) is None


@pytest.mark.parametrize(
    ("inner", "fields"),
    [
        ("title: Rain\nbroken\n: x\n- y\ndate: 2021", {"title": "Rain", "date": "2021"}),
        ("title: Rain\n  all day", {"title": "Rain all day"}),
        ("title: 'It''s rain'\ntags: ['a, b', c#d]", {"title": "It's rain", "tags": ["a, b", "c#d"]}),
        ("title: Rain\ntags: []\nsummary: |\n  It\n  rained", {"title": "Rain", "summary": "It rained"}),
        (
            "title: Rain\nauthors:\n  - name: Ann Lee\n    mail: x\n  - name: Bo",
            {"title": "Rain", "authors": ["Ann Lee", "Bo"]},
        ),
    ],
)
def test_of_yaml_what_front_matter_takes_is_read(inner: str, fields: dict[str, Any]) -> None:
    found = find(f"---\n{inner}\n---\n{BODY}")
    assert found is not None
    assert found.fields == fields
