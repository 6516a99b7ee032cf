"""Records of corpora as pages: which field is what, by name or by the user's word."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tui.core.model import Fields, Limits, Options, Ref
from tui.core.page import RawPage
from tui.core.problems import Reason
from tui.sources.parsing.pages import NamedFields, page


def made(record: dict[str, Any], fields: Fields = ()) -> RawPage:
    stored = json.dumps(record, default=str).encode()
    return page(
        Ref("a.jsonl", 0, "jsonl"),
        record,
        lambda: stored,
        Limits(),
        Options(fields=fields),
        place=lambda: Reason("row", {"row": 0}),
    )


@pytest.mark.parametrize(
    ("corpus", "record", "url", "fetched", "rest"),
    [
        ("c4", {"text": "x", "timestamp": "2019-04-25T12:57:54Z", "url": "u"}, "u", "2019-04-25T12:57:54Z", set()),
        (
            "culturax",
            {"text": "x", "timestamp": "2019/04/25 12:57:54", "url": "u", "source": "mC4"},
            "u",
            "2019-04-25T12:57:54",
            {"source"},
        ),
        (
            "fineweb",
            {"text": "x", "id": "<urn>", "dump": "CC-MAIN-2013-20", "url": "u", "date": "2013-05-18T05:48:54Z"},
            "u",
            "2013-05-18T05:48:54Z",
            {"id", "dump"},
        ),
        (
            "oscar",
            {
                "content": "x",
                "warc_headers": {"warc-target-uri": "u", "warc-date": "2022-12-01T00:00:00Z"},
                "metadata": {"identification": {"label": "zh"}},
            },
            "u",
            "2022-12-01T00:00:00Z",
            {"warc_headers", "metadata"},
        ),
        (
            "oscar on the hub",
            {"text": "x", "meta": {"warc_headers": {"warc-target-uri": "u", "warc-date": "2021-02-25T00:00:00Z"}}},
            "u",
            "2021-02-25T00:00:00Z",
            {"meta"},
        ),
        (
            "glotcc",
            {"content": "x", "warc-target-uri": "u", "warc-date": "2023-01-01T00:00:00Z", "lid": "est"},
            "u",
            "2023-01-01T00:00:00Z",
            {"lid"},
        ),
        ("chinesewebtext", {"text": "x", "url": "u", "date": "2021-03-05", "score": 0.9}, "u", None, {"date", "score"}),
        (
            "dolma",
            {"text": "x", "metadata": {"url": "u"}, "added": "2023-04-11T09:57:03.044Z", "source": "c4"},
            "u",
            "2023-04-11T09:57:03.044Z",
            {"metadata", "source"},
        ),
        (
            "redpajama 1",
            {"text": "x", "meta": {"url": "u", "timestamp": "2020-01-02T03:04:05Z"}},
            "u",
            "2020-01-02T03:04:05Z",
            {"meta"},
        ),
        (
            "redpajama 2",
            {"raw_content": "x", "url": "u", "date_download": "2023-05-31T18:06:18Z", "digest": "sha1:"},
            "u",
            "2023-05-31T18:06:18Z",
            {"digest"},
        ),
        (
            "hplt",
            {"text": "x", "u": "http://e.org/", "ts": "2020-01-02T03:04:05Z"},
            "http://e.org/",
            "2020-01-02T03:04:05Z",
            set(),
        ),
        ("no hplt", {"text": "x", "u": "kg", "ts": "soon"}, None, None, {"u", "ts"}),
        ("firecrawl", {"markdown": "x", "metadata": {"sourceURL": "u"}}, "u", None, {"metadata"}),
        ("reddit", {"selftext": "x", "score": 1}, None, None, {"score"}),
        ("news-please", {"maintext": "x", "url": "u"}, "u", None, set()),
        ("paragraphs", {"text": ["x"]}, None, None, set()),
        ("table in Chinese", {"\u6a19\u984c": "T", "\u5167\u5bb9": "x", "\u7db2\u5740": "u"}, "u", None, set()),
        ("wanjuan", {"id": "a", "title": "T", "content": "x"}, None, None, {"id"}),
        ("wudao", {"id": 1, "dataType": "news", "title": "T", "content": "x"}, None, None, {"id", "dataType"}),
        ("mnbvc", {"\u6bb5\u843d": [{"\u884c\u53f7": 0, "\u5185\u5bb9": "x"}]}, None, None, set()),
        ("elasticsearch", {"_id": "1", "_source": {"body": "x", "url": "u"}}, "u", None, {"_id"}),
        ("reddit, wrapped", {"kind": "t3", "data": {"selftext": "x", "score": 1}}, None, None, {"kind", "score"}),
        (
            "langchain",
            {"page_content": "x", "metadata": {"source": "https://e.org/"}},
            "https://e.org/",
            None,
            {"metadata"},
        ),
        (
            "wordpress",
            {"id": 1, "link": "u", "title": {"rendered": "T"}, "content": {"rendered": "x"}},
            "u",
            None,
            {"id", "title"},
        ),
        ("capitals", {"Id": 1, "Title": "T", "Text": "x", "URL": "u"}, "u", None, {"Id"}),
        (
            "known names count before those in capitals",
            {"Text": "X", "text": "x", "TEXT": 1},
            None,
            None,
            {"Text", "TEXT"},
        ),
        ("no langchain", {"page_content": "x", "metadata": {"source": "a.txt"}}, None, None, {"metadata"}),
        *((name, {name: "x"}, None, None, set()) for name in ("story", "passage", "document", "\u5168\u6587")),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else "",
)
def test_the_fields_of_common_corpora_are_known(
    corpus: str, record: dict[str, Any], url: str | None, fetched: str | None, rest: set[str]
) -> None:
    found = made(record)
    assert (found.payload, found.url, found.fetched, set(found.record)) == (b"x", url, fetched, rest)
    assert found.problems == ()


@pytest.mark.parametrize(
    ("record", "text"),
    [
        (
            {"messages": [{"role": "user", "content": "Rain?"}, {"role": "assistant", "content": "Yes."}]},
            "user: Rain?\n\nassistant: Yes.",
        ),
        (
            {"messages": [{"from": "Ann", "text": ["It is ", {"type": "bold", "text": "raining"}, "."]}]},
            "Ann: It is raining.",
        ),
        (
            {"messages": [{"role": "user", "content": [{"type": "text", "text": "Rain?"}, {"type": "image"}]}]},
            "user: Rain?",
        ),
        (
            {"conversations": [{"from": "human", "value": "Rain?"}, {"from": "gpt", "value": "Yes."}]},
            "human: Rain?\n\ngpt: Yes.",
        ),
        ({"instruction": "Say it.", "input": " ", "output": "Rain."}, "instruction: Say it.\n\noutput: Rain."),
        ({"conversation": [{"human": "Rain?", "assistant": "Yes."}]}, "human: Rain?\n\nassistant: Yes."),
        (
            {"system": "Be brief.", "conversations": [{"from": "human", "value": "Rain?"}]},
            "system: Be brief.\n\nhuman: Rain?",
        ),
        (
            {"messages": [{"role": "assistant", "content": None, "tool_calls": [{"name": "rain"}]}]},
            'assistant: [{"name": "rain"}]',
        ),
        ({"prompt": "Rain?", "chosen": "Yes.", "rejected": "No."}, "prompt: Rain?\n\nchosen: Yes.\n\nrejected: No."),
        (
            {"chosen": [{"role": "user", "content": "Rain?"}], "rejected": "No."},
            "chosen: user: Rain?\n\nrejected: No.",
        ),
        (
            {"context": "It rained.", "question": "Rain?", "answers": {"text": ["Yes."], "answer_start": [0]}},
            "context: It rained.\n\nquestion: Rain?\n\nanswers: Yes.",
        ),
        ({"text": ["It rained.", "", None, "All day."]}, "It rained.\nAll day."),
    ],
)
def test_talk_is_told_with_who_spoke(record: dict[str, Any], text: str) -> None:
    assert made(record).payload.decode() == text


@pytest.mark.parametrize(
    "record",
    [
        {"instruction": "Turn left."},
        {"output": "Left."},
        {"chosen": "Left."},
        {"question": "Left?", "answer": " "},
        {"messages": [1]},
        {"messages": [{"role": "user"}]},
        {"text": []},
        {"text": [1, "a"]},
    ],
)
def test_what_is_no_talk_is_no_text(record: dict[str, Any]) -> None:
    assert [problem.code for problem in made(record).problems] == ["no_text_field"]


@pytest.mark.parametrize(
    ("record", "text"),
    [
        ({"text": "", "content": "Rain."}, "Rain."),
        ({"text": " \n", "html": "<p>Rain."}, "<p>Rain."),
        ({"text": "", "instruction": "Rain?", "output": "Yes."}, "instruction: Rain?\n\noutput: Yes."),
        ({"text": "", "content": b"Rain."}, "Rain."),
        ({"selftext": "", "title": "Rain"}, ""),
        ({"text": " ", "content": ""}, " "),
    ],
)
def test_a_field_that_is_blank_counts_where_no_other_has_text(record: dict[str, Any], text: str) -> None:
    assert made(record).payload.decode() == text


def test_titles_and_addresses_are_what_is_meant() -> None:
    page = made({"title": {"rendered": "Rain &amp; wind"}, "link": " https://example.org/1\n", "text": "x"})
    assert (page.title, page.url) == ("Rain & wind", "https://example.org/1")
    told = NamedFields.of(
        {"title": {"rendered": "Rain &#8211; wind"}, "url": "\thttps://example.org/1", "text": "x"}, Options()
    )
    assert told is not None
    assert (told.title, told.url) == ("Rain – wind", "https://example.org/1")
    assert made({"title": "Rain &amp; wind", "text": "x"}).title == "Rain &amp; wind"


def test_a_name_in_capitals_may_be_the_users() -> None:
    record = {"Text": "x", "Body": "y", "Title": "T"}
    for fields, told in (((), ("x", "T")), ((("body", "Body"),), ("y", "T")), ((("title", "Text"),), ("y", "x"))):
        page = made(record, fields=fields)
        assert (page.payload.decode(), page.title) == told


def test_names_in_capitals_stay_as_they_are_in_the_rest_of_a_record() -> None:
    record = {"Text": "x", "Body": "y", "Title": "T", "Name": "n", "BODY": "z", "Date": "2020-01-02"}
    rest = {"Body": "y", "Name": "n", "BODY": "z", "Date": "2020-01-02"}
    assert made(record).record == rest
    told = NamedFields.of(record, Options())
    assert told is not None
    assert (told.title, told.others(), told.other("Date"), told.other("Title")) == ("T", rest, "2020-01-02", None)
    assert made({"Content": 5, "Data": {"text": "x"}}).record == {"Content": 5}


def test_the_users_word_on_a_field_goes_before_names() -> None:
    record = {"text": "no", "content": {"text": "<p>yes"}, "title": "no", "head": "yes", "at": 1556197074, "where": "u"}
    fields = (("body", "content.text"), ("title", "head"), ("url", "where"), ("fetched", "at"))
    found = made(record, fields)
    assert (found.payload, found.title, found.url) == (b"<p>yes", "yes", "u")
    assert (found.fetched, found.media) == ("2019-04-25T12:57:54Z", "text/html")
    assert set(found.record) == {"text", "content", "title"}
    wrong = made(record, (("body", "content.txt"),))
    assert [problem.code for problem in wrong.problems] == ["no_text_field"]
    assert "none of the fields content.txt holds text; name it with --field body=NAME" in wrong.problems[0].message


def test_values_that_json_does_not_know_become_some_that_it_does() -> None:
    found = made(
        {
            "text": "x",
            "d": date(2021, 3, 5),
            "t": [datetime(2021, 3, 5, 6, 7, tzinfo=UTC)],
            "b": b"ab",
            "n": float("nan"),
        }
    )
    assert found.record == {"d": "2021-03-05", "t": ["2021-03-05T06:07:00+00:00"], "b": "ab", "n": "nan"}


def test_a_field_is_named_on_the_command_line() -> None:
    line = b'{"text": "no", "content": {"text": "yes"}}\n'
    call = [sys.executable, "-m", "tui", "show", "--raw", "-"]
    done = subprocess.run([*call, "--field", "body=content.text"], input=line, capture_output=True, check=True)
    assert done.stdout == b"yes"
    wrong = subprocess.run([*call, "--field", "boddy=x"], input=line, capture_output=True, check=False)
    assert (wrong.returncode, wrong.stderr.decode()) == (
        2,
        "--field boddy=x: names no field; write --field body=content.text; known are body, title, url, fetched\n",
    )
