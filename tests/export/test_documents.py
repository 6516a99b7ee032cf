"""Lines, Markdown and JSON have the form that their readers count on, just before and just beyond each bound."""

import json

import pytest
from made_pages import marked_up

from tui.choosing.groups import ValueGroup
from tui.core.model import Block, BlockKind, Candidate, Document, Failure, Headline, Preview, Ref, Rows
from tui.core.problems import Problem, Reason
from tui.core.values import replace
from tui.export import documents
from tui.text.document import parse

REF = Ref("a.html", 7, "html")


def row(title: str = "Rain", source: str = "a.html", columns: int = 60, ordinal: int = 7) -> str:
    preview = Preview(Ref(source, ordinal, "html"), title, "2021-12-07T23:33")
    return next(documents.rows(Rows(Preview, [preview]), columns))


def markdown(kind: BlockKind, text: str, level: int | None = None) -> str:
    blocks = Rows(Block, [Block(kind, 0, len(text), level), Block("body", 0, 0)])
    return documents.markdown(replace(Document.unread(REF), text=text, blocks=blocks))


@pytest.mark.parametrize(
    ("columns", "title"),
    [
        (59, 31),  # 20 of the ordinal and the date, 2 between, 6 of the source
        (60, 32),
        (48, 20),
        (47, 20),  # no narrower, and the source is cut
    ],
)
def test_a_title_has_the_room_that_is_left_but_at_least_20_cells(columns: int, title: int) -> None:
    line = row("x" * 99, columns=columns)
    assert line.count("x") + 1 == title
    assert line.startswith("     7  2021-12-07  x")
    assert len(line) == columns
    assert line.endswith("a.html") == (columns >= 48)


@pytest.mark.parametrize(("source", "title"), [("s" * 30, 38), ("s" * 31, 38), ("s" * 29, 39)])
def test_a_source_takes_a_third_of_the_columns_at_most(source: str, title: int) -> None:
    line = row("x" * 99, source, columns=90)
    assert line.count("x") + 1 == title
    assert line.endswith("…") == (len(source) > 30)


def test_an_ordinal_of_more_than_six_digits_pushes_the_rest_aside() -> None:
    assert row(ordinal=999999).startswith("999999  2021")
    assert row(ordinal=1000000).startswith("1000000  2021")


def test_without_a_terminal_columns_are_set_apart_by_tabs_and_nothing_is_cut() -> None:
    entry = documents.summary(replace(Document.unread(REF), title="x" * 99, signals={"han_ratio": 0.5}))
    assert documents.row(entry) == f"7\t-\t{'x' * 99}\ta.html\t-\than_ratio=0.5\t-"


FAILING = replace(Document.unread(REF), fails={"gopher_few_words": Failure(2, 50), "c4_sentences": Failure(1, 5)})


def test_the_rules_that_a_page_fails_are_told_with_figure_and_bound() -> None:
    told = [{"rule": "gopher_few_words", "value": 2, "bound": 50}, {"rule": "c4_sentences", "value": 1, "bound": 5}]
    assert documents.page(FAILING)["fails"] == documents.summary(FAILING)["fails"] == told
    assert documents.row(documents.summary(FAILING)).split("\t")[-1] == "gopher_few_words c4_sentences"


def test_groups_are_a_table_for_people_and_columns_for_programs() -> None:
    groups = [ValueGroup("c4_sentences", "fails=c4_sentences", range(12), 10, 3), ValueGroup("", "-fails:*", range(4))]
    assert documents.counts(groups, "fails", 16, is_table=True) == [
        "pages  share  in order  only it  fails",
        "   12  75.0%        10        3  c4_sentences",
        "    4  25.0%         -        -  (none)",
    ]
    assert documents.counts(groups[1:], "lang", 16, is_table=False) == ["pages\tshare\tlang", "4\t25.0%\t(none)"]
    assert [documents.group(each) for each in groups] == [
        {"value": "c4_sentences", "pages": 12, "first": 10, "only": 3, "expression": "fails=c4_sentences"},
        {"value": "", "pages": 4, "expression": "-fails:*"},
    ]


def test_a_page_that_can_not_be_read_is_told_by_why_and_one_that_lost_bytes_is_not() -> None:
    unread, lost = (
        Problem("unreadable", "a.html", {"reason": Reason("no_file")}),
        Problem("bytes_lost", "a.html", {"reason": Reason("no_file")}),
    )
    for problem, title in ((unread, unread.message), (lost, "(no title)")):
        document = replace(Document.unread(REF, problem), size=1)
        assert documents.row(documents.summary(document)).split("\t")[2] == title
        assert next(documents.rows(Rows(Preview, [Preview(REF, "", trouble=problem)]))).split("\t")[2] == title


@pytest.mark.parametrize(
    ("level", "signs"), [(None, "##"), (0, "##"), (1, "##"), (2, "##"), (3, "###"), (6, "######"), (7, "######")]
)
def test_headings_stand_below_the_title_and_no_deeper_than_markdown_goes(level: int | None, signs: str) -> None:
    assert markdown("heading", "Rain", level) == f"{signs} Rain"


@pytest.mark.parametrize(("ticks", "fence"), [(0, 3), (2, 3), (3, 4), (4, 5)])
def test_a_fence_is_longer_than_any_within(ticks: int, fence: int) -> None:
    assert markdown("code", f"a {'`' * ticks} b").split("\n")[0] == "`" * fence


def test_what_has_one_column_is_no_table() -> None:
    assert markdown("table", "a\nb") == "a\nb"
    assert markdown("table", "a\tb") == "| a | b |\n| --- | --- |"
    assert markdown("table", "a\tb\nc\nd\te\tf") == "| a | b |  |\n| --- | --- | --- |\n| c |  |  |\n| d | e | f |"


def test_an_index_tells_its_items_once_and_one_without_headlines_keeps_them() -> None:
    listing = replace(
        Document.unread(REF),
        type="listing",
        text="Rain\nSnow",
        blocks=Rows(Block, [Block("list", 0, 4), Block("list", 5, 9), Block("body", 0, 0)]),
    )
    assert documents.markdown(listing) == "- Rain\n- Snow"
    told = replace(listing, headlines=Rows(Headline, [Headline("News", "Rain", 0, 4, comments=0)]))
    assert documents.markdown(told) == "## News\n\n- Rain (0 comments)"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("\ud7ff", "\ud7ff"),
        ("\ud800\udfff", 2 * "\N{REPLACEMENT CHARACTER}"),
        ("\ue000", "\ue000"),
        ("\x7e\x7f\x9f\xa0", "\x7e\\u007f\\u009f\xa0"),
        ("\u2069", "\\u2069"),
    ],
)
def test_json_escapes_controls_and_replaces_halves_of_characters(text: str, written: str) -> None:
    assert documents.to_json({"text": text}) == f'{{"text": "{written}"}}'


@pytest.mark.parametrize(("length", "told"), [(-1, 99), (0, 0), (1, 1)])
def test_a_page_that_reaches_to_the_end_is_as_long_as_what_was_read(length: int, told: int) -> None:
    document = replace(Document.unread(replace(REF, length=length)), size=99)
    page = json.loads(documents.to_json(documents.page(document)))
    assert (page["schema"], page["locator"]["length"]) == (1, told)


def test_a_charset_stands_in_columns_and_says_what_it_would_lose() -> None:
    found = Candidate("windows-1252", 0.5, "", "Café", 0)
    assert documents.candidate(found) == "0.50  windows-1252    -                Café\n"
    assert documents.candidate(replace(found, by="meta", lost=1000)) == (
        "0.50  windows-1252    meta             Café (1,000 lost)\n"
    )


def test_items_keep_their_numbers_and_stand_below_the_item_that_they_are_part_of() -> None:
    page = marked_up(
        "<h1>Before you board</h1><p>There are a few things to do, and none of them takes long.</p>"
        "<ol start=9><li>Buy a ticket at the quay:<ul><li>cards cost nothing extra,<li>exact money only.</ul>"
        "<li>Wait for the green light.</ol>"
    )
    assert documents.markdown(parse(page)).endswith(
        "9. Buy a ticket at the quay:\n   - cards cost nothing extra,\n   - exact money only.\n10. Wait for the green light."
    )
