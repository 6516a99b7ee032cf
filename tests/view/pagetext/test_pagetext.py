"""The text of a page as the body pane shows it: its head, its gaps and its marks."""

from dataclasses import replace

import pytest
from screen_fake import FOUND, PARAGRAPHS, TITLE, page, plain

from tui.core.model import Block, Document, Edit, Ref, Rows
from tui.core.problems import Problem, Reason, unreadable
from tui.view.pagetext.flow import Row
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
    assert PageText(arabic).text.startswith("The letters stand in the order in which they are read")
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
    assert describe_edit(edit) == "x → nothing · mojibake · probable"


def test_a_page_without_blocks_is_plain() -> None:
    document: Document = replace(page(REF), blocks=Rows(Block))
    text = PageText(document)
    assert text.kind(text.shift) == "plain"


@pytest.mark.parametrize(("above", "is_skipped"), [(0, False), (3, False), (4, True), (60, True)])
def test_reading_begins_at_the_title_when_much_furniture_stands_above(above: int, is_skipped: bool) -> None:
    menu = "Menu\n" * above
    blocks = [Block("title", len(menu), len(menu) + 5), Block("body", len(menu) + 6, len(menu) + 11)]
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


@pytest.mark.parametrize(("above", "is_skipped"), [(3, False), (4, True)])
def test_more_than_three_lines_above_the_article_are_skipped(above: int, is_skipped: bool) -> None:
    text = "Menu\n" * above + "It rained."
    start = 5 * above
    blocks = Rows(Block, [Block("boiler", 0, start - 1), Block("body", start, len(text))])
    assert (PageText(replace(plain(REF, text), blocks=blocks)).opening() > 0) is is_skipped


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
