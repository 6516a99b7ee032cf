"""Expressions mean what they say, and a wrong one says where and what was meant."""

from collections.abc import Mapping
from typing import Any

import pytest

from tui.choosing import fields
from tui.choosing.expression import field_name, parse
from tui.choosing.fields import Depth, Facts
from tui.core.errors import UsageError
from tui.core.model import Charset, Document, Edit, Failure, Field, Headline, Http, Preview, Ref, RepairCount, Rows
from tui.core.problems import Problem, Reason

REF = Ref("corpus/港口.jsonl", 12, "jsonl")


def document(**changes: Any) -> Document:
    base = Document.unread(REF)
    values = {name: getattr(base, name) for name in Document.__slots__} | {
        "charset": Charset("gb18030", "meta"),
        "type": "forum",
        "title": "臺灣的港口 New Port",
        "language": "zh-Hant",
        "text": "臺灣的港口\n總統說:「效率提高」。",
        "url": "https://news.example.com/2021/a.html",
        "size": 48211,
        "metadata": {
            "date": Field("2021-12-07T23:33", "text"),
            "author": Field(["王小明", "李四"], "text"),
            "comments": Field(24, "text"),
            "source": Field("海州日报", "text"),
        },
        "headlines": Rows(Headline, [Headline("related", "x", 0, 1, tag="頭條")]),
        "signals": {"han_ratio": 0.83},
        "repairs": (RepairCount("pinyin_gloss", 76, "certain"), RepairCount("mojibake", 4, "probable", probable=4)),
        "edits": Rows(Edit),
        "problems": (Problem("bytes_lost", "", {"reason": Reason("one_byte_is")}),),
        "record": {"id": "x-7", "meta": {"lang": "zho"}, "score": 0.25, "tags": ["a", "b"]},
        "http": Http(404),
    }
    return Document(**(values | changes))


FACTS = fields.of_document(document(), ("good", "long"), "look again")


@pytest.mark.parametrize(
    "text",
    [
        "总统",
        '"總統說"',
        "台湾 效率",
        "new",
        "repairs>0",
        "repairs=80 repairs>=80 repairs<=80 repairs!=81",
        "repair:pinyin_gloss repair.pinyin_gloss>50 probable=4",
        "date>=2021 date<2022 date:2021 date:2021-12 date>2021-05 date:2020..2021-12-07 date:2021.. date<=2021-12-07",
        "date:2021-12-07T23",
        "lang:zh lang:zh-Hant lang:ja,zh language:ZH",
        "site:example.com site:news.example.com host:EXAMPLE.com",
        "charset:gbk charset:GB18030 charset:utf-8,gb2312",
        "type:forum type:article,forum -type:article",
        "signals.han_ratio>0.5 signals.han_ratio>=80%",
        "label:good label:bad,long -label:bad labels:*",
        "note:again note:*",
        "author:李四 author:*",
        "title:port title:港口",
        'title="臺灣的港口 new port"',
        "source:港口 format:jsonl ordinal:12 ordinal:3..12",
        "list:related tag:头条 -tag:hot headlines>0",
        "problems>0 problem:bytes_lost",
        "status=404 bytes>48k bytes<1M chars>10",
        "comments>20 metadata.source:日报 metadata.comments>=24",
        "record.id:x record.meta.lang:zho record.score<0.3 record.tags:b -record.none:*",
        "repairs>99 OR 总统",
        "repairs>99 | (总统 -title:北)",
        "NOT repairs>99 AND 总统",
        "!(repairs>99 lang:ja)",
        "-(repairs>99)",
        "fetched!=2021 -fetched:*",
        "-member:x",
    ],
)
def test_it_holds(text: str) -> None:
    assert parse(text).holds(FACTS) is True


@pytest.mark.parametrize(
    "text",
    [
        "北京",
        "repairs>80",
        "date>2021",
        "date<2021-12-07",
        "lang:z",
        "site:ample.com",
        "charset:big5",
        "charset:utf-8",
        "-type:forum",
        "signals.none_such>0",
        "label:goo",
        "author:王五",
        "总统 repairs>99",
        "(总统 OR title:北) repairs>99",
        "fetched>1990",
        "-总统",
        "tag:頭",
    ],
)
def test_it_does_not_hold(text: str) -> None:
    assert parse(text).holds(FACTS) is False


@pytest.mark.parametrize(
    ("text", "at", "said"),
    [
        ("repiars>0", 1, "did you mean repairs"),
        ("date>2020 autor:x", 11, "did you mean author"),
        ("zzzzzz:1", 1, "fields are"),
        ("laqq:1", 1, "did you mean lang"),  # half of it is alike
        ("laqqq:1", 1, "fields are"),
        ("https://example.com/", 1, "quote it"),
        ("repairs>many", 9, "is not a number"),
        ("repair>0", 8, "did you mean repairs>0"),
        ("repairs:mojibake", 9, "did you mean repair:mojibake"),
        ("date>last", 6, "is not a date"),
        ("type:forumm", 6, "did you mean 'forum'"),
        ("charset:xyzzy", 9, "unknown charset"),
        ("title>5", 7, "title:5"),
        ("(a b", 1, "never closed"),
        ("a b)", 4, "unmatched )"),
        ("(" * 51 + "a" + ")" * 51, 52, "more than 50 levels"),
        ("-" * 51 + "a", 52, "more than 50 levels"),
        ("(a) " + "(" * 51 + "a" + ")" * 51, 56, "more than 50 levels"),
        ("(" * 400, 52, "more than 50 levels"),
        ('a "b', 3, "never closed"),
        ("a OR", 5, "missing"),
        ("OR a", 1, "missing"),
        ("lang:", 5, "no value"),
        ("signals.>1", 1, "unknown field"),
        ("", 0, "nothing to search for"),
        ("   ", 0, "nothing to search for"),
        ("()", 2, "missing"),
    ],
)
def test_a_wrong_one_says_where_and_what(text: str, at: int, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(text)
    assert said in str(caught.value)
    if at:
        assert f"at character {at}:" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["(" * 50 + "总统" + ")" * 50, "-" * 50 + "总统", "(总统) " * 51])
def test_fifty_levels_are_read_and_what_is_closed_counts_no_more(text: str) -> None:
    assert parse(text).holds(FACTS) is True


@pytest.mark.parametrize(
    ("written", "size"), [("2", 2), ("2k", 2e3), ("2K", 2e3), ("2M", 2e6), ("2g", 2e9), ("2%", 0.02), ("2.5k", 2500)]
)
def test_a_unit_is_worth_what_it_says(written: str, size: float) -> None:
    test = parse(f"bytes={written}")
    assert [test.holds(Facts(Depth.PAGE, {"bytes": size * share})) for share in (0.999, 1, 1.001)] == [
        False,
        True,
        False,
    ]


@pytest.mark.parametrize("text", ["a-b", "c++", "5.", "100%", "a:b".replace(":", "："), "-", "x!", "你好：世界"])
def test_signs_inside_of_words_are_text(text: str) -> None:
    found = parse(text)
    assert found.fields == {"text"}
    assert found.holds(fields.of_document(document(text=f"so {text} so")))


def facts(depth: Depth, **values: Any) -> Facts:
    known: Mapping[str, Any] = values
    return Facts(depth, known)


def test_no_page_is_read_for_what_is_known_without() -> None:
    place = fields.of_ref(REF, ())
    assert parse("ordinal>20 总统").holds(place) is False
    assert parse("ordinal:12 OR 总统").holds(place) is True
    assert parse("ordinal:12 总统").holds(place) is None
    assert parse("-label:good").holds(place) is True
    assert parse("label:good").holds(fields.of_ref(REF)) is None


def test_a_peek_tells_the_title_and_a_date_it_found_but_not_that_there_is_none() -> None:
    peeked = fields.of_peek(Preview(REF, "標題", None), fields.of_ref(REF))
    assert parse("title:标题").holds(peeked) is True
    assert parse("date:*").holds(peeked) is None
    dated = fields.of_peek(Preview(REF, "", "2021-01-02", url="http://a.example/x"), fields.of_ref(REF))
    assert parse("date:2021 site:a.example").holds(dated) is True


def test_a_page_that_lacks_a_field_is_not_meant_by_any_comparison_with_it() -> None:
    bare = fields.of_document(Document.unread(REF))
    for text in ("date>2000", "date<2000", "comments<5", "lang:zh", "status<500", "author:x", "signals.han_ratio<1"):
        assert parse(text).holds(bare) is False


@pytest.mark.parametrize(
    ("expression", "is_held"),
    [
        ("fails:gopher_few_words", True),
        ("fails:gopher", True),
        ("fails=gopher", False),
        ("fails:c4,zh_han", False),
        ("fails:gopher_letters", False),
        ("fails!=c4_braces", True),
        ("fails:*", True),
        ("-fails:*", False),
        ("fails>1", True),
        ("fails>2", False),
        ("fails>=2 fails<=2", True),
        ("fails.gopher_few_words<3", True),
        ("fails.gopher_few_words<2", False),
        ("fails.c4_braces:*", False),
    ],
)
def test_pages_are_asked_for_the_rules_that_they_fail(expression: str, is_held: bool) -> None:
    facts = fields.of_document(
        document(fails={"gopher_few_words": Failure(2, 50), "zh_duplicate_lines": Failure(0.5, 0.3)})
    )
    assert parse(expression).holds(facts) is is_held
    assert parse("fails<1 -fails:*").holds(fields.of_document(document())) is True


def test_a_rule_that_is_none_is_named() -> None:
    with pytest.raises(UsageError, match=r"at character 7: no rule 'gopher_few'; did you mean 'gopher_few_words'"):
        parse("fails:gopher_few")
    with pytest.raises(UsageError, match=r"not a number"):
        parse("fails>gopher")
    with pytest.raises(UsageError, match=r"at character 1: no rule 'gopher_letter'; did you mean 'gopher_letters'"):
        parse("fails.gopher_letter>0")
    with pytest.raises(UsageError, match=r"no rule 'gopher'"):
        parse("fails.gopher>0")


@pytest.mark.parametrize(
    ("former", "now"),
    [
        ("signals.fails_c4_braces", "fails.c4_braces"),
        ("Signals.fails_gopher_2_grams", "fails.gopher_top_2_grams"),
        ("signals.fails_", "fails"),
    ],
)
def test_a_signal_of_a_rule_is_refused_with_the_field_that_took_its_place(former: str, now: str) -> None:
    with pytest.raises(UsageError, match=f"unknown field '{former}'; did you mean {now}[?]"):
        parse(f"{former}>0")
    with pytest.raises(UsageError, match=f"did you mean {now}[?]"):
        field_name(former, "--by")
    assert field_name("signals.failsafe", "--by") == "signals.failsafe"


@pytest.mark.parametrize("count", ["3", "0", "3..5"])
@pytest.mark.parametrize("operator", [":", "=", "!="])
def test_a_number_of_rules_is_refused_with_the_way_to_count_them(operator: str, count: str) -> None:
    with pytest.raises(UsageError, match=f"rules have names; to count them, write fails>{count[0]}"):
        parse(f"fails{operator}{count}")


def test_every_field_can_be_asked_for() -> None:
    for name, field in fields.FIELDS.items():
        operand = {"number": "1", "date": "2021", "charset": "utf-8", "rule": "gopher"}.get(field.kind, "forum")
        assert parse(f"{name}:{operand}").holds(FACTS) in (True, False)


def test_the_site_is_that_of_the_address_whatever_the_page_says() -> None:
    canonical = {"canonical_url": Field("https://other.example/a", "meta"), "site": Field("The Other", "meta")}
    addressed = fields.of_document(document(metadata=canonical))
    assert parse("site:news.example.com -site:other").holds(addressed) is True
    bare = fields.of_document(document(metadata=canonical, url=None))
    assert parse("site=other.example").holds(bare) is True


def test_the_place_of_a_host_that_is_none_is_no_trouble() -> None:
    assert parse("site:x").holds(fields.of_document(document(url="http://[::1"))) is False
