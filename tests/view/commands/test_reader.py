"""Keys in, state out: the main screen with pages made by hand."""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from screen_fake import FOUND, PARAGRAPHS, TITLE, FakeClient, FakeOutlet, refs, services
from shown import Shown, shown
from textual.events import MouseMove
from waiting import PATIENCE_S, until

from tui.choosing.choices import Choice, Start
from tui.config import Config
from tui.core.answers import Completion
from tui.core.errors import SourceError, UsageError
from tui.core.model import Block, Document, Options, PageType, Preview, Ref
from tui.core.problems import Reason, unreadable
from tui.view.desk import Desk
from tui.view.panes.headlines import FoundRow, PageRow
from tui.view.sheets.sheet import Sheet


async def test_the_first_page_is_open_in_three_panes() -> None:
    async with shown(size=(160, 40)) as screen:
        text = screen.text()
        for part in (
            TITLE,
            PARAGRAPHS[0],
            FOUND[0],
            "Peeked 3",
            "2021-12-07",
            "GB18030",
            "1 of 5",
            "2021-12-08",
        ):
            assert part in text
        assert screen.row(0).startswith("[Headlines]")
        assert screen.reader.panes.active_name == "headlines"


async def test_a_single_page_is_there_to_be_read() -> None:
    async with shown(scan=lambda: refs(1)) as screen:
        assert screen.reader.panes.active_name == "body"


class Index(FakeClient):
    """Its pages are of a type."""

    def __init__(self, kind: PageType) -> None:
        super().__init__()
        self.kind = kind

    def open(self, ref: Ref, options: Options) -> Document:
        return replace(super().open(ref, options), type=self.kind)


@pytest.mark.parametrize(("kind", "pane"), [("listing", "headlines"), ("article", "body")])
@pytest.mark.parametrize("columns", [60, 120])
async def test_of_a_front_page_the_list_is_there_to_be_read(kind: PageType, pane: str, columns: int) -> None:
    async with shown(Index(kind), lambda: refs(1), size=(columns, 20)) as screen:
        assert screen.reader.panes.active_name == pane
        await screen.press("tab", "R")
        assert screen.reader.panes.active_name != pane, "it is decided once"


async def test_a_list_is_folded_and_unfolded_with_enter_at_its_name() -> None:
    async with shown(size=(80, 12)) as screen:
        await screen.press("j")
        assert " ENTER fold " in screen.status
        await screen.press("enter")
        assert "▹ related" in screen.text()
        assert " ENTER unfold " in screen.status
        await screen.press("enter")
        assert "▾ related" in screen.text()


async def test_enter_on_a_found_headline_goes_to_its_place_and_marks_it() -> None:
    async with shown(size=(80, 12)) as screen:
        await screen.press("j", "j", "j")
        assert isinstance(screen.reader.panes.headlines.current(), FoundRow)
        assert "related 2 of 2 · 2021-12-07" in screen.status
        await screen.press("enter")
        assert screen.reader.panes.active_name == "body"
        assert any(row.startswith("▸ " + FOUND[1]) for row in screen.text().split("\n"))


async def test_pages_follow_each_other_from_any_pane_with_a_count() -> None:
    async with shown() as screen:
        await screen.press("tab", "2", "J")
        assert screen.reader.browsing.open_index == 2
        assert "3 of 5" in screen.status
        await screen.press("K")
        assert screen.reader.browsing.open_index == 1
        await screen.press("9", "9", "J")
        assert screen.reader.browsing.open_index == 4
        assert isinstance(screen.reader.panes.headlines.current(), PageRow)


async def test_keys_typed_ahead_stay_in_order() -> None:
    async with shown() as screen:
        for key in ("number_sign", "3", "enter", "tab", "slash", "j", "q", "enter"):
            screen.desk.simulate_key(key)
        await until(lambda: screen.reader.browsing.open_index == 3)
        await screen.settle()
        assert "jq: not in Body" in screen.status


async def test_moving_scrolls_the_body_and_counts_work() -> None:
    text = "".join(f"line {number}\n" for number in range(22_000))
    async with shown(FakeClient({0: text}), scan=lambda: refs(1)) as screen:
        body = screen.reader.panes.body
        assert "0%" in screen.status
        assert screen.marked() == "Page 0"
        await screen.press("space")
        assert body.rows_in_sight()[0].text == f"line {body.height - 4}"  # the head takes two rows, and two stay
        assert screen.marked() == f"line {body.height - 4}"
        await screen.press("G")
        assert screen.marked() == "line 21999"
        assert "100%" in screen.status
        await screen.press("g", "g", "5", "j")
        assert screen.marked() == "line 3"
        await screen.press("1", "7", "G")
        assert screen.marked() == "line 15"
        assert body.rows_in_sight()[0].text == "Page 0"


@pytest.mark.parametrize("size", [(120, 40), (80, 40)])
async def test_beside_a_list_half_a_page_comes_at_once_and_elsewhere_a_line(size: tuple[int, int]) -> None:
    text = "".join(f"line {number}\n" for number in range(200))
    async with shown(FakeClient({0: text}), scan=lambda: refs(2), size=size) as screen:
        body = screen.reader.panes.body
        await screen.press("enter", "2", "G")
        last = body.height - 1 - 3
        for _ in range(last - 1):
            await screen.press("j")
        assert (body.top_offset(), body.sight.at) == (0, last)
        await screen.press("j")
        assert body.sight.at == (body.height // 2 if body.sight.is_beside else last)
        assert body.rows_in_sight()[body.sight.at].text == screen.marked() == f"line {last - 1}"
        await screen.press("G", "k", "k", "k")
        assert screen.marked() == "line 196"


async def test_scrolling_leaves_the_mark_at_its_line_as_long_as_it_is_in_sight() -> None:
    text = "".join(f"line {number}\n" for number in range(200))
    async with shown(FakeClient({0: text}), scan=lambda: refs(1)) as screen:
        await screen.press("4", "G", "4", "ctrl+e")
        assert screen.reader.panes.body.sight.at == 0
        assert screen.marked() == "line 2"
        await screen.press("ctrl+e", "ctrl+e")
        assert screen.marked() == "line 4"
        await screen.press("9", "9", "ctrl+y")
        assert screen.marked() == "line 4"
        assert screen.reader.panes.body.top_offset() == 0


async def test_what_is_done_with_a_place_is_done_with_the_line_that_is_read() -> None:
    lines = [f"line {number}" for number in range(200)]
    client = FakeClient({0: "\n".join(lines) + "\n", 1: "other\n"})
    async with shown(client) as screen:
        await screen.press("tab", *"30G", *"mx", "y")
        assert "paragraph copied: 7 characters" in screen.status
        await screen.press("v")
        caret = screen.reader.panes.body.caret
        assert caret is not None
        assert screen.reader.panes.body.searchable()[caret.offset :].startswith("line 28\n")
        await screen.press("5", "j", "escape")
        assert screen.marked() == "line 33"
        await screen.press("slash", *"line 1", "enter", *"60Gn")
        assert screen.marked() == "line 100"
        await screen.press("J", "apostrophe", "x")
        assert screen.marked() == "line 28"
        await screen.press("backslash", "backslash", "p")
        assert screen.marked() == "line 28"


async def test_the_next_repair_is_looked_for_from_the_line_that_is_read() -> None:
    async with shown() as screen:
        await screen.press("tab", "j", "j", "right_square_bracket")
        assert "2/2" in screen.status
        await screen.press("k", "k", "right_square_bracket")
        assert "1/2" in screen.status


async def test_search_goes_around_and_escape_forgets_it() -> None:
    async with shown(FakeClient({0: "One\ntwo one\nthree\nONE\n"}), scan=lambda: refs(1)) as screen:
        await screen.press("slash", "o", "n", "e", "enter")
        assert "hit 1/3" in screen.status
        await screen.press("N")
        assert "hit 3/3" in screen.status
        await screen.press("n", "n")
        assert "hit 2/3" in screen.status
        await screen.press("escape")
        assert "hit" not in screen.status


async def test_the_list_and_the_metadata_can_be_searched() -> None:
    async with shown() as screen:
        await screen.press("slash", *"peeked 4", "enter")
        assert screen.reader.panes.headlines.current() == PageRow(4)
        await screen.press("tab", "tab", "slash", *"crawl", "enter")
        assert "hit 1/1" in screen.status


async def test_repairs_are_visited_and_explained_and_probable_ones_left_out() -> None:
    client = FakeClient()
    async with shown(client) as screen:
        await screen.press("right_square_bracket")
        assert "1/2  縣(xiàn) → 縣 · pinyin_gloss · certain" in screen.status
        await screen.press("left_square_bracket")
        assert "2/2  悬 → 縣 · word_list · guessed" in screen.status
        await screen.press("p")
        assert client.opened[-1] == (0, True)
        assert "1 repair ·" in screen.status
        assert "guesses hidden" in screen.status


async def test_each_press_reads_the_page_in_the_next_script() -> None:
    client = FakeClient()
    async with shown(client) as screen:
        for wanted in ("simplified", "traditional", "Taiwan", "Hong Kong", "as written"):
            await screen.press("c")
            assert wanted in screen.status
        assert client.scripts == ["keep", "hans", "hant", "tw", "hk"]


async def test_a_charset_is_chosen_for_one_page_or_for_all_and_found_out_again() -> None:
    client = FakeClient()
    async with shown(client, size=(60, 20)) as screen:
        await screen.press("E")
        assert screen.sheet_rows()[1:5] == [
            "  automatic  detected from the bytes and the labels",
            "",
            "▸ gb18030         0.98  by meta",
            "     縣城圖書館",
        ]
        await screen.press("j", "enter")
        assert client.charsets[-1] == "big5"
        assert "this page: read as big5" in screen.status
        await screen.press("J")
        assert client.charsets[-1] is None
        await screen.press("E", "G", "a", "J")
        assert client.charsets[-1] == "big5"
        await screen.press("E", "g", "a")
        assert client.charsets[-1] is None
        await screen.press("E", "q")
        assert screen.desk.screen is screen.reader


async def test_the_caret_moves_selects_and_is_taken_away() -> None:
    async with shown(FakeClient({0: "ab縣\n\nlast\n"}), scan=lambda: refs(1)) as screen:
        body = screen.reader.panes.body

        def at() -> str:
            assert body.caret is not None
            return body.searchable()[body.caret.offset]

        await screen.press("v")
        assert at() == "P"  # the title stands above
        await screen.press("j", "right", "right")
        assert at() == "縣"
        await screen.press("j", "j")
        assert at() == "s"  # the same cell, over an empty line
        await screen.press("k", "k", "v", "G")
        assert body.caret is not None
        assert body.searchable()[slice(*body.caret.span)] == "縣\n\nl"
        await screen.press("escape")
        assert body.caret is None
        await screen.press("right")
        assert screen.reader.panes.active_name == "metadata"


async def test_a_character_is_explained_down_to_its_bytes() -> None:
    async with shown() as screen:
        await screen.press("right_square_bracket", "e")
        rows = "\n".join(screen.sheet_rows())
        assert "縣  U+7E23" in rows
        assert "pinyin_gloss (certain" in rows
        await screen.press("q", "backslash", "v", "right", "e")
        rows = "\n".join(screen.sheet_rows())
        assert "o  U+006F" in rows
        assert "at 1 of " in rows
        assert "the decoded source" in rows


async def test_bytes_have_no_characters_to_explain() -> None:
    async with shown(FakeClient({0: ""})) as screen:
        await screen.press("e")
        assert "no character to explain" in screen.status
        await screen.press("backslash", "e")
        assert screen.reader.panes.body.view == "hex"
        assert "no character to explain" in screen.status


async def test_the_source_has_the_repairs_of_its_page() -> None:
    async with shown(size=(100, 20)) as screen:
        await screen.press("backslash", "D", "right_square_bracket", "enter")
        assert screen.reader.panes.body.view == ""
        await screen.press("left_square_bracket")
        assert "1/2" in screen.status


async def test_all_repairs_are_shown_and_one_leads_to_its_place() -> None:
    async with shown(size=(100, 20)) as screen:
        await screen.press("D")
        sheet = screen.desk.screen
        assert isinstance(sheet, Sheet)
        rows = [sheet.pane.render_line(y).text for y in range(5)]
        assert "縣(xiàn)城圖書館延長開放" in rows[2]
        assert rows[2].rstrip().endswith("│ " + TITLE)
        await screen.press("right_square_bracket", "enter")
        assert screen.reader.panes.active_name == "body"
        await screen.press("left_square_bracket")
        assert "1/2" in screen.status


async def test_a_search_goes_along_while_it_is_typed_and_comes_back_when_it_is_given_up() -> None:
    text = "".join(f"line {number}\n" for number in range(500)) + "臺灣\n"
    async with shown(FakeClient({0: text}), scan=lambda: refs(1)) as screen:
        await screen.press("slash", "台")
        assert "臺灣" in screen.text()
        assert "hit 1/1" in screen.status
        await screen.press("escape")
        assert screen.reader.panes.body.rows_in_sight()[0].text == "Page 0"
        await screen.press("slash", *"/L.+ 4\\d$", "enter")
        assert "not found" in screen.status
        await screen.press("slash", *"/(", "enter")
        assert "invalid regular expression" in screen.status


def furnished() -> FakeClient:
    """A client whose only page has a menu, headings and an article."""
    client = FakeClient()
    lines = [
        ("boiler", "Home"),
        ("boiler", "News"),
        ("boiler", "Sport"),
        ("boiler", "Weather"),
        ("title", "The title"),
        ("body", "first"),
        ("heading", "Part two"),
        ("body", "second"),
    ]
    blocks, start = [], 0
    for kind, text in lines:
        blocks.append(Block(kind, start, start + len(text)))  # type: ignore[arg-type]
        start += len(text) + 1
    client.texts = {0: "".join(f"{text}\n" for _kind, text in lines)}
    client.blocks = blocks
    return client


async def test_furniture_is_folded_and_shown_again_when_something_in_it_is_found() -> None:
    async with shown(furnished(), scan=lambda: refs(1)) as screen:
        await screen.press("Z")
        assert "4 lines of menus and footers" in screen.text()
        assert "footers folded" in screen.status
        await screen.press("slash", *"sport", "enter")
        assert "Sport" in screen.text()
        await screen.press("Z", "Z")
        assert "menus and footers shown" in screen.status


async def test_blocks_are_stepped_through_and_the_outline_leads_to_its_headings() -> None:
    async with shown(furnished(), scan=lambda: refs(1), size=(80, 6)) as screen:
        await screen.press("g", "g", "right_curly_bracket")
        assert screen.marked() == "News"
        await screen.press("3", "right_curly_bracket", "left_curly_bracket")
        assert screen.marked() == "Weather"
        await screen.press("O")
        assert [row.strip() for row in screen.sheet_rows()[1:3]] == ["The title", "Part two"]
        await screen.press("G", "enter")
        assert "Part two" in screen.text()
        await screen.press("G", "9", "9", "right_curly_bracket")
        assert "no block there" in screen.status


async def test_parts_and_forms_of_a_page_are_copied_and_saved() -> None:
    async with shown() as screen:
        outlet = screen.reader.browsing.outlet
        assert isinstance(outlet, FakeOutlet)
        await screen.press("Y")
        rows = [row.split()[0] for row in screen.sheet_rows()[1:8]]
        assert rows == ["paragraph", "title", "source", "markdown", "body", "text", "json"]
        await screen.press("j", "enter")
        assert "title copied: 9 characters" in screen.status
        await screen.press("s", "enter", *"out.md", "enter")
        assert "saved as out.md" in screen.status
        await screen.press("s", *"jjjjj", "enter", *"raw", "enter")
        assert outlet.taken[-1] == ("raw", "source of 0\n縣(xi")
        await screen.press("s", "enter", *"full", "enter")
        assert "no room" in screen.status
        await screen.press("s", "enter")
        assert "save markdown as: page-0.md" in screen.status
        await screen.press("enter")
        assert outlet.taken[-1][0] == "page-0.md"
        await screen.press("s", "enter", *["backspace"] * 3, *"x", "enter")
        assert outlet.taken[-1][0] == "page-0x"
        await screen.press("s", "enter", "ctrl+u", "enter")
        assert "nothing was saved" in screen.status


async def test_a_theme_is_tried_on_kept_for_the_session_or_taken_off_again() -> None:
    async with shown() as screen:
        look, before = screen.reader.panes.look, screen.reader.panes.look.base
        await screen.press("colon", *"theme", "enter")
        rows = screen.sheet_rows()
        assert "  high-contrast " in rows[10] + rows[11] + rows[12] + rows[13]
        await screen.press("G")
        assert (screen.desk.theme, look.base) != ("ansi-dark", before)
        await screen.press("q")
        assert (screen.desk.theme, look.base) == ("ansi-dark", before)
        await screen.press("colon", *"theme", "enter", "G", "enter")
        assert screen.desk.theme == "tokyo-night"
        assert "theme tokyo-night, for this session" in screen.status


async def test_a_page_is_saved_over_another_file_only_by_y_and_never_over_a_page() -> None:
    async with shown() as screen:
        outlet = screen.reader.browsing.outlet
        assert isinstance(outlet, FakeOutlet)
        await screen.press("s", "enter", *"there", "enter")
        assert "overwrite? y/n  there" in screen.status
        await screen.press("n")
        assert "nothing was saved" in screen.status
        assert not outlet.taken
        await screen.press("s", "enter", *"there", "enter", "y")
        assert "saved as there" in screen.status
        assert outlet.taken == [("there", "markdown")]
        await screen.press("s", "enter", *"page-3.html", "enter")
        assert "pages are read from this file" in screen.status


async def test_a_command_is_found_by_what_it_does_and_run() -> None:
    async with shown() as screen:
        await screen.press("colon", *"next pagex", "backspace", *" tomorrow", "ctrl+w")
        assert screen.sheet_rows()[1].split()[:2] == ["next-page", "J"]
        await screen.press("enter")
        assert screen.reader.browsing.open_index == 1
        await screen.press("colon", *"qqq", "enter")
        assert screen.desk.screen is screen.reader
        await screen.press("colon", "escape", "colon", *"all repairs", "enter")
        assert type(screen.desk.screen).__name__ == "DiffSheet"


async def test_the_source_is_shown_raw_and_bytes_as_hexadecimal() -> None:
    async with shown(FakeClient({1: ""})) as screen:
        await screen.press("backslash")
        assert "縣(xi" in screen.text()
        assert " raw " in screen.status
        await screen.press("q")
        assert PARAGRAPHS[0] in screen.text()
        await screen.press("J", "backslash")
        assert "00 01 62 69" in screen.text()


async def test_one_pane_at_a_time_where_there_is_no_room() -> None:
    async with shown(size=(60, 20)) as screen:
        assert "Peeked 1" in screen.text()
        await screen.press("enter")
        assert PARAGRAPHS[0][:20] in screen.text()
        await screen.press("tab")
        assert "guessed: dateline" in screen.text()
        await screen.press("q")
        assert "Peeked 1" in screen.text()
        await screen.pilot.resize_terminal(160, 40)
        await screen.settle()
        assert all(pane.display for pane in screen.reader.panes.by_name.values())


async def test_zoom_and_help_are_closed_before_the_screen_is_left() -> None:
    async with shown() as screen:
        await screen.press("z", "h")
        assert screen.desk.screen is not screen.reader
        await screen.press("q")
        assert screen.desk.screen is screen.reader
        assert screen.reader.panes.is_zoomed
        await screen.press("q")
        assert not screen.reader.panes.is_zoomed
        await screen.pilot.press("q")
        await until(lambda: screen.desk.return_code == 0)


async def test_a_page_that_cannot_be_read_is_one_line_and_its_neighbours_open() -> None:
    problem = unreadable(Reason("verbatim", {"words": "no such [/]file\x1b[2J; check the name"}), "page-0.html")
    async with shown(FakeClient(problems={0: problem})) as screen:
        assert "! page-0.html: no such [/]file␛[2J; check the name" in screen.text()
        assert "1 problem" in screen.status
        await screen.press("J")
        assert PARAGRAPHS[0] in screen.text()


async def test_a_long_load_is_cancelled_by_a_key_and_the_old_page_stays() -> None:
    client = FakeClient()
    async with shown(client) as screen:
        client.gates[1] = threading.Event()
        await screen.pilot.press("J")
        await until(lambda: (1, False) in client.opened)
        await screen.pilot.press("ctrl+c")
        await screen.settle()
        assert client.cancelled == 1
        assert screen.reader.browsing.open_index == 0
        assert "stopped" in screen.status
        client.gates.clear()
        await screen.press("J")
        assert screen.reader.browsing.open_index == 1


@pytest.mark.parametrize("trouble", ["", "nowhere: no such folder; check the name"])
async def test_no_pages_is_said_with_the_reason(trouble: str) -> None:
    def scan() -> Iterable[Ref]:
        if trouble:
            raise SourceError(trouble)
        return []

    async with shown(scan=scan) as screen:
        assert f"No pages here: {trouble}" in screen.text()
        await screen.press("j", "J", "enter", "n", "backslash", "R", "p", "right_square_bracket", "tab", "j")
        assert screen.reader.browsing.open_index == -1


async def test_a_hundred_thousand_pages_are_walked_to_the_end_without_asking_for_their_titles() -> None:
    async with shown(scan=lambda: refs(100_000)) as screen:
        await screen.press("G")
        assert screen.reader.panes.headlines.current() == PageRow(99_999)
        assert "Peeked 99999" in screen.text()
        assert screen.reader.panes.headlines.known() < 200


async def test_a_click_chooses_a_row_a_second_one_opens_it_and_the_wheel_scrolls() -> None:
    async with shown(scan=lambda: refs(100)) as screen:
        await screen.press("tab")
        await screen.pilot.click("#body", offset=(5, 3))
        assert screen.reader.panes.body.sight.at == 2
        await screen.pilot.click("#headlines", offset=(5, 6))
        await screen.settle()
        assert screen.reader.panes.headlines.current() == PageRow(2)
        assert screen.reader.browsing.open_index == 0
        await screen.pilot.click("#headlines", offset=(5, 6))
        await screen.settle()
        assert screen.reader.browsing.open_index == 2
        screen.reader.panes.headlines.on_mouse_scroll_down()
        assert screen.reader.panes.headlines.top == 3


async def test_dragging_the_mouse_selects() -> None:
    async with shown(FakeClient({0: "one two three\n"}), scan=lambda: refs(1), size=(60, 12)) as screen:
        body = screen.reader.panes.body
        y = next(at for at, row in enumerate(body.rows_in_sight(), 1) if row.text.startswith("one"))
        await screen.pilot.mouse_down("#body", offset=(6, y))
        body.on_mouse_move(MouseMove(body, 8, y, 0, 0, 1, False, False, False))
        await screen.pilot.mouse_up("#body", offset=(8, y))
        assert body.selection() == "two"


async def test_keys_of_the_users_own_run_their_commands() -> None:
    client = FakeClient()
    choice = Choice(start=Start(Config(keys=(("next-page", "Ctrl-N K"), ("previous-page", "x")))))
    desk = Desk(services(lambda: refs(5), client), choice)
    async with desk.run_test() as pilot:
        screen = Shown(desk, pilot)
        await screen.settle()
        await screen.press("ctrl+n", "K", "J")
        assert desk.reader.browsing.open_index == 2
        await screen.press("x")
        assert desk.reader.browsing.open_index == 1


def test_an_unknown_theme_is_named_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="theme plaid: unknown; known are ansi-dark"):
        Desk(services(), Choice(start=Start(Config(theme="plaid"))))


class Peeking(FakeClient):
    """Finds titles out while its gate is shut, and hands them over when it is open."""

    def __init__(self) -> None:
        super().__init__()
        self.gate, self.is_asked = threading.Event(), threading.Event()

    def peek(self, refs: Sequence[Ref], options: Options) -> list[Preview]:
        """As in `Client`: what is there of each page by now."""
        peeks = [Preview(ref, f"title of {ref.length} bytes") for ref in refs]
        self.is_asked.set()
        self.gate.wait(PATIENCE_S)
        return peeks


async def test_a_title_that_was_read_before_its_page_was_whole_is_read_again() -> None:
    client = Peeking()
    client.gates[2] = threading.Event()  # so that nobody waits for what is shut
    half = Ref("a.jsonl", 1, "jsonl", 100, 40)
    async with shown(client, lambda: [Ref("a.jsonl", 0, "jsonl", 0, 100), half]) as screen:
        await until(client.is_asked.is_set)
        number = screen.reader.browsing.looking.survey.number
        screen.reader.browsing.looking.take(Completion(replace(half, length=90)), number)
        await until(lambda: screen.reader.browsing.shelf[1].length == 90)
        client.gate.set()
        await until(lambda: "bytes" in screen.text())
        await screen.settle()
        assert "title of 90 bytes" in screen.text()


async def test_titles_that_a_larger_terminal_shows_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    # What is put off until later would ask for them too, if it happened to come then.
    monkeypatch.setattr("tui.view.reader.NOTICE_S", 0)
    monkeypatch.setattr("tui.view.reader.TICK_S", 0)
    async with shown(scan=lambda: refs(60), size=(120, 24)) as screen:
        await screen.press("j")
        assert not screen.reader.panes.headlines.unknown_in_sight()
        assert "Peeked 30" not in screen.text()
        await screen.pilot.resize_terminal(120, 60)
        await until(lambda: "Peeked 30" in screen.text(), "the title")


async def test_the_first_and_the_last_character_are_explained_of_a_page_and_of_its_source() -> None:
    async with shown(FakeClient({0: "Rain\n\nSnow"}), scan=lambda: refs(1)) as screen:
        for keys, character in (
            ("ggjve", "R  U+0052"),
            ("G$e", "w  U+0077"),
            ("\\ggve", "s  U+0073"),
            ("G$e", "i  U+0069"),
        ):
            names = {"$": "dollar_sign", "\\": "backslash"}
            await screen.press(*(names.get(key, key) for key in keys))
            assert character in "\n".join(screen.sheet_rows())
            await screen.press("q")


async def test_a_line_that_was_put_together_has_no_character_to_explain() -> None:
    async with shown(FakeClient({0: "Rain\n"}), scan=lambda: refs(1)) as screen:
        await screen.press("g", "g", "e")
        assert "comes from the metadata" in screen.status


async def test_what_a_pane_does_not_have_is_said_to_be_in_another() -> None:
    async with shown() as screen:
        await screen.press("tab", "tab", "slash", *"讓下班的人", "enter")
        assert "讓下班的人: not in Metadata; 6 in Body" in screen.status


async def test_before_any_search_backwards_is_asked_for_and_then_it_goes_up() -> None:
    async with shown() as screen:
        await screen.press("tab", "G", "N", *"讓下班的人", "enter")
        assert "hit 6/6" in screen.status
        await screen.press("N")
        assert "hit 5/6" in screen.status
        await screen.press("n")
        assert "hit 6/6" in screen.status


async def test_a_key_that_can_do_nothing_here_says_so() -> None:
    async with shown() as screen:
        await screen.press("tab", "tab", "enter")
        assert "nothing to open here" in screen.status
