"""The text of a page as the body pane shows it: its head, its gaps and its marks."""

from dataclasses import replace

import pytest
from screen_fake import FOUND, PARAGRAPHS, TITLE, page, plain

from tui.core.model import Block, Document, Edit, Field, Ref, Rows
from tui.core.problems import Problem, Reason, unreadable
from tui.view.pagetext.rows import Row
from tui.view.pagetext.text import MarkedRun, PageText, describe_edit, edit_extent, runs

REF = Ref("a.html", 0, "html")


def test_the_whole_text_is_there_and_offsets_shift_by_the_head() -> None:
    document = replace(
        page(REF),
        problems=(
            Problem("bytes_lost", "a.html", {"reason": Reason("verbatim", {"words": "2 bytes lost; see metadata"})}),
        ),
    )
    text = PageText(document)
    assert text.text.endswith(document.text)
    assert text.text[text.shift :] == document.text
    assert text.kind(0) == "trouble"
    assert text.text.startswith("! a.html: 2 bytes lost")


def test_a_page_without_text_says_why_where_it_would_be() -> None:
    broken = plain(REF, "", unreadable(Reason("no_file"), "a.html"))
    assert PageText(broken).text == "! a.html: no such file; check the name\n"
    assert PageText(plain(REF, "")).text == "This page has no text\n"


def test_a_title_that_stands_only_in_the_head_of_the_page_is_put_above_the_text() -> None:
    document = replace(plain(REF, "Body.\n"), title="From the head")
    assert PageText(document).text == "From the head\nBody.\n"
    assert PageText(page(REF)).text.startswith(TITLE + "\n" + PARAGRAPHS[0])


def test_what_was_only_noticed_does_not_stand_above_the_text() -> None:
    noticed = Problem("naive_conversion", "", {"found": "皇後", "meant": "皇后"}, 0, 1)
    assert PageText(replace(page(REF), problems=(noticed,))).shift == PageText(page(REF)).shift
    lost = Problem("bytes_lost", "", {"reason": Reason("verbatim", {"words": "2 bytes lost"})})
    assert PageText(replace(page(REF), problems=(noticed, lost))).text.startswith("! 2 bytes lost (and 1 more")


def test_right_to_left_pages_say_in_which_order_their_letters_stand() -> None:
    arabic = replace(plain(REF, "مكتبة على ظهر قارب\n"), language="ar")
    assert PageText(arabic).text.startswith("Right-to-left text is shown in reading order")
    assert PageText(arabic).text.endswith(arabic.text)


def test_paragraphs_are_set_off_and_lists_are_not() -> None:
    document = page(REF)
    text = PageText(document)
    starts = [block.start for block in document.blocks]
    assert [text.gap(start) for start in starts] == [False, True, True, True, False]


@pytest.mark.parametrize(
    "body", ["A line wrapped at a fixed\nwidth goes on in the next\none and the next.\nSo here", "up\ndown\nup"]
)
def test_text_wrapped_by_hand_gets_no_gaps(body: str) -> None:
    text = PageText(plain(REF, body))
    assert not any(text.gap(index + 1) for index, char in enumerate(body) if char == "\n")


def test_repairs_and_found_headlines_are_marked_by_what_they_are() -> None:
    document = page(REF)
    text = PageText(document)
    names = {name for _start, _end, name in text.marks(0, len(text.text))}
    assert names == {"edit", "probable", "headline"}
    start = document.text.index(FOUND[0])
    assert text.marks(start, start + 2) == [(start, start + len(FOUND[0]), "headline")]


def test_a_deletion_is_marked_on_the_character_before_it() -> None:
    assert edit_extent(Edit(5, 5, "(tǒng)", "", "pinyin_gloss")) == (4, 5)
    assert edit_extent(Edit(0, 0, "x", "", "pinyin_gloss")) == (0, 1)


def test_a_row_is_cut_where_marks_begin_and_end() -> None:
    row = Row(10, 16, "abcdef", is_first=True)
    assert runs(row, [(11, 13, "edit"), (12, 20, "hit")], "body") == [
        MarkedRun("a", ("body",)),
        MarkedRun("b", ("body", "edit")),
        MarkedRun("c", ("body", "edit", "hit")),
        MarkedRun("def", ("body", "hit")),
    ]


def test_the_next_repair_is_found_from_anywhere() -> None:
    text = PageText(page(REF))
    second = text.document.edits[1].start
    assert (text.next_edit(-1, 1), text.next_edit(0, 1), text.next_edit(second, 1)) == (0, 1, None)
    assert (text.next_edit(second, -1), text.next_edit(0, -1)) == (0, None)


def test_a_repair_in_several_steps_names_all_of_them() -> None:
    edit = Edit(0, 0, "x", "", "mojibake", "probable")
    assert describe_edit(edit) == "x → nothing · mojibake · guessed"


def test_a_page_without_blocks_is_plain() -> None:
    document: Document = replace(page(REF), blocks=Rows(Block))
    text = PageText(document)
    assert text.kind(text.shift) == "plain"


@pytest.mark.parametrize(("above", "is_skipped"), [(0, False), (1, True), (60, True)])
def test_reading_begins_at_the_title_when_furniture_stands_above(above: int, is_skipped: bool) -> None:
    menu = "Menu\n" * above
    blocks = [Block("title", len(menu), len(menu) + 5), Block("body", len(menu) + 6, len(menu) + 11)]
    blocks = [*[Block("boiler", 0, len(menu) - 1)] * bool(menu), *blocks]
    document = replace(plain(REF, f"{menu}Title\nBody.\n"), title="Title", blocks=Rows(Block, blocks))
    text = PageText(document)
    assert text.opening() == (text.text.index("Title") if is_skipped else 0)
    lossy = replace(
        document,
        problems=(
            Problem("bytes_lost", "a.html", {"reason": Reason("verbatim", {"words": "2 bytes lost; see metadata"})}),
        ),
    )
    assert PageText(lossy).opening() == 0


def test_a_page_without_an_article_is_read_from_its_top() -> None:
    assert PageText(plain(REF, "Menu\n" * 60)).opening() == 0


def test_what_stands_above_the_article_is_skipped() -> None:
    blocks = Rows(Block, [Block("boiler", 1, 5), Block("body", 6, 16)])
    assert PageText(replace(plain(REF, "\nMenu\nIt rained."), blocks=blocks)).opening() == 6
    assert (
        PageText(replace(plain(REF, "\nMenu\nIt rained."), blocks=Rows(Block, [Block("body", 1, 16)]))).opening() == 0
    )


@pytest.mark.parametrize(
    ("lines", "is_airy"),
    [
        (["Rain."] * 7 + ["rain"] * 3, True),
        (["Rain."] * 6 + ["rain"] * 3, False),
        (["Rain."] * 41 + ["rain"] * 18 + ["Rain."] + ["rain"] * 9, True),
        (["Rain."] * 41 + ["rain"] * 19 + ["Rain."] * 9, False),
    ],
)
def test_lines_are_paragraphs_where_seven_in_ten_of_the_first_sixty_end_a_sentence(
    lines: list[str], is_airy: bool
) -> None:
    assert PageText(plain(REF, "\n".join(lines)))._is_airy is is_airy


@pytest.mark.parametrize(
    ("document", "opening", "beginning"),
    [
        (plain(REF, "Body.\n"), "", "Body"),
        (replace(plain(REF, "Body.\n"), title="Head"), "", "Head"),
        (replace(plain(REF, "مكتبة\n"), title="Head", language="ar"), "", "Head"),
        (plain(REF, "مكتبة\n"), "", "مكتبة"),
        (replace(plain(REF, "مكتبة\n"), language="ar"), "", "مكتبة"),
    ],
)
def test_reading_begins_at_the_title_of_the_head_or_at_the_article(
    document: Document, opening: str, beginning: str
) -> None:
    text = PageText(document)
    assert (text.opening(), text.text.index(beginning)) == (0, text.beginning())


def test_an_article_far_below_is_opened_though_its_title_stands_in_the_head() -> None:
    body = "Menu\n" * 4 + "It rained."
    blocks = Rows(Block, [Block("boiler", 0, 19), Block("body", 20, len(body))])
    text = PageText(replace(plain(REF, body), title="From the head", blocks=blocks))
    assert text.text[text.opening() :] == text.text[text.beginning() :] == "It rained."
    assert text.title_place() == 0


@pytest.mark.parametrize(("kind", "byline"), [("body", "A. Writer · 2021-12-07 09:10\n"), ("byline", "")])
def test_a_page_without_a_byline_gets_one_below_the_title_of_its_head(kind: str, byline: str) -> None:
    stated = {"author": Field("A. Writer", "meta"), "date": Field("2021-12-07T09:10:11", "meta")}
    document = replace(plain(REF, "Body.\n"), title="Head", metadata=stated, blocks=Rows(Block, [Block(kind, 0, 5)]))  # type: ignore[arg-type]
    assert PageText(document).text == f"Head\n{byline}Body.\n"


@pytest.mark.parametrize(("above", "is_repeated"), [(199, False), (200, True)])
def test_a_title_is_looked_for_in_the_first_200_blocks(above: int, is_repeated: bool) -> None:
    blocks = [*(Block("body", at, at + 1) for at in range(above)), Block("title", above, above + 5)]
    text = PageText(replace(plain(REF, "." * above + "Title"), title="Title", blocks=Rows(Block, blocks)))
    assert (text.shift > 0) is is_repeated


@pytest.mark.parametrize(("problems", "lines"), [(19, 19), (20, 20), (21, 20)])
def test_a_page_without_text_tells_twenty_problems(problems: int, lines: int) -> None:
    assert PageText(plain(REF, "", *[Problem("empty", "")] * problems)).text.count("\n") == lines


def outlined(*blocks: tuple[str, int | None, str]) -> PageText:
    """A page of blocks of one line each: kind, level, words."""
    made, start = [], 0
    for kind, level, words in blocks:
        made.append(Block(kind, start, start + len(words), level))  # type: ignore[arg-type]
        start += len(words) + 1
    return PageText(replace(plain(REF, "".join(f"{words}\n" for *_, words in blocks)), blocks=Rows(Block, made)))


@pytest.mark.parametrize(
    ("blocks", "entries"),
    [
        (
            [
                ("title", None, "T"),
                ("heading", None, "A"),
                ("heading", 2, "B"),
                ("heading", 4, "C"),
                ("body", None, "D"),
            ],
            [(0, "T"), (1, "A"), (1, "B"), (3, "C")],
        ),
        ([("title", None, "T"), ("body", None, "D")], [(0, "T"), (1, "D")]),
        (
            [("title", None, "T"), ("boiler", None, "M"), ("heading", None, "A"), ("body", None, "D")],
            [(0, "T"), (1, "A")],
        ),
        ([("body", None, "x" * 201)], [(1, "x" * 200)]),
        ([("body", None, "x" * 200)], [(1, "x" * 200)]),
    ],
)
def test_the_outline_has_headings_or_else_how_paragraphs_begin(
    blocks: list[tuple[str, int | None, str]], entries: list[tuple[int, str]]
) -> None:
    assert [(depth, words) for _at, depth, words in outlined(*blocks).outline()] == entries


def test_furniture_of_one_line_is_not_folded() -> None:
    text = outlined(("boiler", None, "a"), ("body", None, "b"), ("boiler", None, "c"), ("boiler", None, "d"))
    assert [text.text[start:end] for start, end in text.folds()] == ["c\nd"]


def test_blocks_are_stepped_through_from_any_place() -> None:
    text = outlined(("body", None, "aaa"), ("body", None, "bbb"), ("body", None, "ccc"))
    assert [text.block(5, step) for step in (1, 2, -1, -2)] == [8, None, 4, 0]
    assert [text.block(4, step) for step in (1, -1, -2)] == [8, 0, None]


@pytest.mark.parametrize(
    ("start", "end", "marks"),
    [
        (0, 4, []),
        (0, 5, [(4, 6, "edit")]),
        (4, 5, [(4, 6, "edit")]),
        (0, 99, [(4, 6, "edit"), (9, 10, "probable")]),
        (7, 9, [(9, 10, "probable")]),
    ],
)
def test_marks_of_repairs_stand_behind_the_head(start: int, end: int, marks: list[tuple[int, int, str]]) -> None:
    edits = [Edit(0, 2, "é", "eh", "mojibake"), Edit(5, 6, "?", "x", "mojibake", "probable")]
    document = replace(plain(REF, "eh by xy\n"), title="Top", edits=Rows(Edit, edits))
    text = PageText(document)
    assert (text.shift, text.text[4:6]) == (4, "eh")
    assert text.marks(start, end) == marks
