"""Labels, marks, filters, orders and searches on the screen, with pages made by hand."""

import os
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import screen_marks
from pty_screen import PtyScreen
from screen_fake import FakeClient, FakeCollection, FakeLedger, FakeOutlet, refs, services
from shown import Shown as Screen
from textual.pilot import Pilot
from textual.worker import WorkerCancelled
from waiting import PATIENCE_S, until

from tui.choosing.choices import Choice, Start
from tui.choosing.recipe import Recipe, parsed
from tui.core.model import Ref
from tui.core.problems import Reason, unreadable
from tui.view.desk import Desk
from tui.view.sheets.sheet import Sheet
from tui.view.state.services import Services
from tui.view.state.survey import Survey


class Shown(Screen):
    """The screen under test, and what it was given."""

    def __init__(self, desk: Desk, pilot: Pilot[int]) -> None:
        super().__init__(desk, pilot)
        ledger, collection = desk.reader.browsing.ledger, desk.reader.browsing.collection
        assert isinstance(ledger, FakeLedger)
        assert isinstance(collection, FakeCollection)
        self.ledger, self.collection = ledger, collection

    async def type(self, text: str) -> None:
        """Type an answer, and ENTER."""
        names = {" ": "space", ":": "colon", "<": "less_than_sign", ">": "greater_than_sign", "@": "at", "-": "minus"}
        await self.press(*(names.get(char, char) for char in text), "enter")

    async def settle(self) -> None:
        """Until threads have ended and their messages have arrived."""
        for _ in range(3):
            with suppress(WorkerCancelled):  # another page was wished for meanwhile
                await self.desk.workers.wait_for_complete()
            for thread in threading.enumerate():
                if thread.name == "job" and (self.collection.gate is None or self.collection.gate.is_set()):
                    thread.join(PATIENCE_S)
            await self.pilot.pause()

    @property
    def ordinals(self) -> list[int]:
        return [ref.ordinal for ref in self.reader.browsing.shelf]

    @property
    def open_ordinal(self) -> int:
        return self.reader.browsing.shelf[self.reader.browsing.open_index].ordinal

    def rows(self) -> list[str]:
        """Rows of the list, or of the sheet on top."""
        pane = self.desk.screen.pane if isinstance(self.desk.screen, Sheet) else self.reader.panes.headlines
        return [pane.render_line(y).text.rstrip() for y in range(pane.size.height)]


@asynccontextmanager
async def shown(
    count: int = 40,
    *,
    labelling: bool = False,
    given: Services | None = None,
    found: Callable[[], Iterator[Ref]] | None = None,
    client: FakeClient | None = None,
) -> AsyncIterator[Shown]:
    client = client or FakeClient()
    scan = found or partial(refs, count)
    given = replace(given or services(), clients=(client, client), survey=Survey(scan))
    desk = Desk(given, Choice(start=Start(is_labelling=labelling)))
    async with desk.run_test(size=(160, 24)) as pilot:
        screen = Shown(desk, pilot)
        await screen.settle()
        yield screen


async def test_t_gives_a_label_and_takes_it_away_and_u_undoes() -> None:
    async with shown() as screen:
        await screen.press("t", "1")
        assert screen.ledger.given[0] == ("good",)
        assert "good" in screen.status
        assert "good 2021-12-07" in screen.rows()[1]
        await screen.press("t", "2")
        assert set(screen.ledger.given[0]) == {"bad", "good"}
        await screen.press("t", "1")
        assert screen.ledger.given[0] == ("bad",)
        await screen.press("U")
        assert set(screen.ledger.given[0]) == {"bad", "good"}
        await screen.press("t", "x")
        assert "no label has this key" in screen.status
        await screen.press("t", "escape")
        assert screen.reader.browsing.typing.prompt is None


@pytest.mark.parametrize("labelling", [False, True])
async def test_a_page_that_was_not_read_gets_no_label_and_is_not_saved(labelling: bool) -> None:
    client = FakeClient(problems={0: unreadable(Reason("no_file"), "page-0.html")})
    async with shown(labelling=labelling, client=client) as screen:
        await screen.press(*("1" if labelling else "t1"))
        assert "can't be labelled" in screen.status
        assert screen.ledger.given == {}
        await screen.press("s")
        assert "nothing to save" in screen.status


async def test_a_range_of_the_list_is_labelled_and_taken_back_at_once() -> None:
    async with shown() as screen:
        await screen.press("5", "G", "v", "j", "j", "k", "j")
        assert "3 pages selected" in screen.status
        assert [row[0] for row in screen.rows() if "Peeked" in row][3:8] == [" ", "*", "*", "*", " "]
        await screen.press("t", "2")
        assert screen.ledger.given == {5: ("bad",), 6: ("bad",), 7: ("bad",)}
        assert "bad: added to 3 of 3 pages" in screen.status
        assert not screen.reader.panes.headlines.selected()
        await screen.press("6", "G", "v", "j", "t", "2")
        assert "bad: removed from 2 of 2 pages" in screen.status
        await screen.press("U")
        assert screen.ledger.given == {5: ("bad",), 6: ("bad",), 7: ("bad",)}
        await screen.press("U")
        assert not any(screen.ledger.given.values())
        await screen.press("v", "j", "escape")
        assert not screen.reader.panes.headlines.selected()


async def test_all_pages_that_are_shown_are_labelled_and_those_that_can_not_be_read_are_told() -> None:
    async with shown() as screen:
        await screen.press("ampersand")
        await screen.type("ordinal>7")
        await screen.press("t")
        assert "* all 32 shown" in screen.status
        await screen.press("asterisk")
        assert "label 32 pages: press 1 good · 2" in screen.status
        await screen.press("1")
        assert sum(map(bool, screen.ledger.given.values())) == 31
        assert "added to 31 of 32 pages" in screen.status
        assert "1 could not be read" in screen.status
        await screen.press("j")
        assert "31 of 40 labelled" in screen.status
        await screen.press("U")
        assert not any(screen.ledger.given.values())


async def test_who_stops_labelling_labels_nothing() -> None:
    async with shown() as screen:
        screen.collection.gate = threading.Event()
        await screen.press("t", "asterisk", "1", "ctrl+c")
        assert screen.collection.cancelled == 1
        assert screen.ledger.given == {}


async def test_in_the_list_the_page_under_the_cursor_is_labelled() -> None:
    async with shown() as screen:
        await screen.press("7", "G", "t", "1")
        assert screen.ledger.given == {7: ("good",)}
        assert screen.open_ordinal == 0


async def test_while_labelling_one_key_labels_and_goes_on() -> None:
    async with shown(3, labelling=True) as screen:
        await screen.press("1", "2")
        assert screen.ledger.given == {0: ("good",), 1: ("bad",)}
        assert screen.open_ordinal == 2
        assert "2 of 3 labelled" in screen.status
        await screen.press("3")
        assert screen.ledger.given[2] == ("unsure",)
        assert "last page" in screen.status
        await screen.press("U", "U")
        assert screen.open_ordinal == 1, "where the label was that is taken back"
        await screen.press("2")
        assert screen.open_ordinal == 2
        await screen.press("3")
        # In a prompt they are letters.
        await screen.press("slash", "1", "escape")
        assert len(screen.ledger.given) == 3


async def test_labels_from_before_are_counted_among_all_pages_when_all_are_found() -> None:
    given = services()
    assert isinstance(given.ledger, FakeLedger)
    given.ledger.given = {3: ("good",), 70: ("bad",), 200: ("good",)}
    async with shown(80, given=given) as screen:
        assert "2 of 80 labelled" in screen.status


async def test_a_note_is_written_shown_and_changed() -> None:
    async with shown() as screen:
        await screen.press("T")
        await screen.type("look")
        assert screen.ledger.notes[0] == "look"
        await screen.press("J")
        assert "note" not in screen.status
        await screen.press("K", "T")
        await screen.type(" again")
        assert screen.ledger.notes[0] == "look again"
        await screen.press("J", "K")
        assert "note: look again" in screen.status


async def test_a_ledger_that_can_not_be_read_is_told_and_reading_goes_on() -> None:
    async with shown() as screen:
        screen.ledger.fault = "labels.sqlite: damaged; move it away to start afresh"
        await screen.press("t", "1")
        assert "damaged" in screen.status
        await screen.press("J")
        assert screen.open_ordinal == 1


async def test_a_mark_is_gone_back_to() -> None:
    async with shown() as screen:
        await screen.press("m", "a", "J", "J", "apostrophe", "a")
        assert screen.open_ordinal == 0
        await screen.press("apostrophe", "z")
        assert "no such mark" in screen.status


async def test_only_pages_for_which_an_expression_holds_are_kept() -> None:
    async with shown() as screen:
        await screen.press("5", "J", "ampersand")
        await screen.type("ordinal<4 OR ordinal:5")
        assert screen.ordinals == [0, 1, 2, 3, 5]
        assert screen.open_ordinal == 5, "the open page stays open"
        assert "5 of 40 pages" in screen.status
        assert "5 of 5 · #5" in screen.status
        await screen.press("K")
        assert screen.open_ordinal == 3
        await screen.press("ampersand", "ctrl+u", "enter")
        assert len(screen.ordinals) == 40
        assert screen.open_ordinal == 3


async def test_a_wrong_expression_changes_nothing() -> None:
    async with shown() as screen:
        await screen.press("ampersand")
        await screen.type("ordnal<4")
        assert "did you mean ordinal" in screen.status
        assert len(screen.ordinals) == 40


async def test_an_expression_that_holds_for_nothing_leaves_the_list_as_it_is() -> None:
    async with shown() as screen:
        await screen.press("ampersand")
        await screen.type("ordinal>99")
        assert "no page matches" in screen.status
        assert len(screen.ordinals) == 40
        assert screen.reader.browsing.filter.expression == ""


async def test_a_filter_is_saved_under_a_name() -> None:
    async with shown() as screen:
        await screen.press("ampersand")
        await screen.type("ordinal<2 @few")
        assert screen.ledger.saved == {"few": "ordinal<2"}
        await screen.press("ampersand", "ctrl+u", "enter", "ampersand")
        await screen.type("@few")
        assert screen.ordinals == [0, 1]
        await screen.press("ampersand", "ctrl+u")
        await screen.type("@none")
        assert "saved filters: @few" in screen.status
        await screen.press("ampersand", "ctrl+u")
        assert "@few" in screen.status
        await screen.type("ordnal:2 @few")
        assert screen.ledger.saved == {"few": "ordinal<2"}, "what makes no sense is not saved"
        await screen.press("ampersand", "ctrl+u")
        await screen.type("-@few")
        assert screen.ledger.saved == {}


async def test_pages_that_are_found_later_are_held_against_the_expression_too() -> None:
    more = threading.Event()

    def found() -> Iterator[Ref]:
        pages = list(refs(130))
        yield from pages[:50]
        more.wait()
        yield from pages[50:]

    async with shown(found=found) as screen:
        await screen.press("ampersand")
        await screen.type("ordinal>117")
        assert screen.ordinals == list(range(50)), "no page yet"
        more.set()
        while len(screen.ordinals) != 12:
            await screen.settle()
        assert screen.ordinals == list(range(118, 130))


async def test_pages_are_sorted_by_a_field_and_those_without_it_come_last() -> None:
    async with shown(12) as screen:
        await screen.press("o")
        await screen.type("site")
        assert screen.ordinals == [0, 10, 1, 11, 2, 4, 5, 6, 7, 8, 9, 3]
        assert screen.open_ordinal == 0
        await screen.press("o")
        await screen.type("-site")
        assert screen.ordinals[:2] == [9, 8]
        await screen.press("o", "enter")
        assert screen.ordinals == list(range(12))
        await screen.press("o")
        await screen.type("sight")
        assert "did you mean site" in screen.status


async def test_titles_stay_with_their_pages_when_the_order_changes() -> None:
    async with shown(12) as screen:
        await screen.press("o")
        await screen.type("-ordinal")
        rows = screen.rows()[1:]
        for row in rows:
            if "Peeked" in row:
                ordinal = row.split("Peeked ")[1].split()[0]
                assert f" #{ordinal} Peeked {ordinal}" in row


async def test_rows_say_which_source_they_are_of_where_there_are_several() -> None:
    def found() -> Iterator[Ref]:
        for name in ("CC-2021-00001.warc.gz", "CC-2021-00012.warc.gz"):
            yield from (Ref(f"crawl/{name}", ordinal, "warc") for ordinal in range(5))

    async with shown(found=found) as screen:
        rows = [row for row in screen.rows() if "Peeked" in row]
        assert [row.split()[:4] for row in rows[3:6]] == [
            ["#4", "00001", "Peeked", "4"],
            ["#0", "00012", "Peeked", "0"],
            ["#1", "00012", "Peeked", "1"],
        ]
    async with shown(3) as screen:
        assert any(" #1 Peeked 1" in row for row in screen.rows()), "a page in each: the titles say more"


async def test_a_random_page_is_another_one() -> None:
    async with shown(2) as screen:
        await screen.press("x")
        assert screen.open_ordinal == 1
        await screen.press("x")
        assert screen.open_ordinal == 0


async def test_so_many_pages_are_kept_at_random_in_their_order() -> None:
    async with shown() as screen:
        await screen.press("7", "x")
        assert len(screen.ordinals) == 7
        assert screen.ordinals == sorted(screen.ordinals)
        assert "7 of 40 pages at random" in screen.status
        await screen.press("9", "x")
        assert "only 7 pages" in screen.status
        await screen.press("ampersand", "enter")
        assert len(screen.ordinals) == 40


async def test_pages_are_counted_as_bars_and_a_group_is_chosen() -> None:
    async with shown(12) as screen:
        await screen.press("S", "enter")
        rows = screen.rows()
        assert "by site: 12" in rows[0]
        assert [row.split() for row in rows[1:3]] == [["0", "2", "17%"], ["1", "2", "17%"]]
        assert rows[10].split() == ["(none)", "1", "8.3%"]
        await screen.press("o", "j", "j", "enter")
        assert screen.ordinals == [2]
        assert "site=2: 1 matching" in screen.status
        await screen.press("ampersand", "ctrl+u", "enter")
        assert len(screen.ordinals) == 12


async def test_pages_are_counted_by_the_rules_that_drop_them_and_a_rule_is_chosen() -> None:
    async with shown(12) as screen:
        await screen.press("S")
        await screen.type("fails")
        rows = screen.rows()
        assert "by fails: 12 · dropped by each, in order, by it only" in rows[0]
        assert [row.split() for row in rows[1:4]] == [
            ["gopher_few_words", "4", "33%", "4", "0"],
            ["c4_sentences", "8", "67%", "4", "4"],
            ["(none)", "4", "33%"],
        ]
        await screen.press("o")
        assert screen.rows()[1].split()[0] == "c4_sentences"
        await screen.press("o", "j", "enter")
        assert screen.ordinals == [ordinal for ordinal in range(12) if ordinal % 3 < 2]
        assert "fails=c4_sentences: 8 matching" in screen.status


async def test_a_group_of_those_that_are_shown_leaves_an_expression_for_both() -> None:
    async with shown(30) as screen:
        await screen.press("ampersand")
        await screen.type("ordinal<5 OR ordinal>20")
        await screen.press("S")
        await screen.type("site")
        await screen.press("j", "enter")
        assert screen.ordinals == [2, 22]
        assert screen.reader.browsing.filter.expression == "(ordinal<5 OR ordinal>20) site=2"


async def test_equal_shares_of_each_group_are_kept_at_random() -> None:
    async with shown(23) as screen:
        await screen.press("S", "enter", "x")
        await screen.type("none")
        assert "not a number" in screen.status
        await screen.press("S", "enter", "x")
        await screen.type("11")
        assert sorted(ordinal % 10 for ordinal in screen.ordinals if ordinal != 3) == [*range(10)]
        assert 3 in screen.ordinals, "the one page without a value is a group"
        assert screen.ordinals == sorted(screen.ordinals)


async def test_counting_is_stopped_and_what_is_counted_stays() -> None:
    async with shown() as screen:
        screen.collection.gate = threading.Event()
        await screen.press("S")
        await screen.type("ordinal")
        assert "0 of 40…" in screen.rows()[0]
        await screen.press("ctrl+c")
        assert screen.collection.cancelled == 1
        assert "the first 0 of 40" in screen.rows()[0]
        await screen.press("ctrl+c")
        assert screen.desk.screen is screen.reader


async def test_hits_of_all_pages_stream_in_and_are_gone_to() -> None:
    async with shown() as screen:
        await screen.press("g", "slash")
        await screen.type("圖書館")
        rows = screen.rows()
        assert "in 4 of 40 pages" in rows[0]
        assert [row.split()[0] for row in rows[1:5]] == ["0", "10", "20", "30"]
        await screen.press("j", "j", "enter")
        assert screen.open_ordinal == 20
        assert screen.reader.panes.active_name == "body"
        assert screen.reader.panes.body.hits_text() != ""


async def test_all_pages_with_hits_are_labelled_or_kept() -> None:
    async with shown() as screen:
        await screen.press("g", "slash")
        await screen.type("圖書館")
        await screen.press("t")
        assert "label 4 pages" in screen.status
        await screen.press("1")
        assert screen.ledger.given == dict.fromkeys((0, 10, 20, 30), ("good",))
        await screen.press("g", "slash", "enter", "ampersand")
        assert screen.ordinals == [0, 10, 20, 30]
        assert screen.reader.browsing.filter.expression == '"圖書館"'


async def test_what_goes_on_is_stopped() -> None:
    async with shown() as screen:
        screen.collection.gate = threading.Event()
        await screen.press("ampersand")
        await screen.type("ordinal<4")
        await screen.press("ctrl+c")
        assert screen.collection.cancelled == 1
        assert len(screen.ordinals) == 40
        await screen.press("J")
        assert screen.open_ordinal == 1


async def test_a_search_of_all_pages_takes_the_place_of_a_filter_that_goes_on() -> None:
    async with shown() as screen:
        gate = screen.collection.gate = threading.Event()
        await screen.press("ampersand")
        await screen.type("ordinal<4")
        await screen.press("g", "slash")
        await screen.type("圖書館")
        assert screen.collection.cancelled == 1
        assert screen.reader.browsing.filter.activity == ""
        gate.set()


async def test_a_page_that_comes_late_is_not_taken_for_another_one() -> None:
    async with shown() as screen:
        client = screen.reader.browsing.opener._client
        assert isinstance(client, FakeClient)
        client.gates[7] = threading.Event()
        await screen.pilot.press("7", "J")
        screen.reader.browsing.filter.show([30, 31, 7])
        client.gates[7].set()

        def is_right() -> bool:
            document = screen.reader.browsing.document
            return (
                document is not None and document.ref == screen.reader.browsing.shelf[screen.reader.browsing.open_index]
            )

        await until(lambda: is_right() and not screen.reader.browsing.opener.is_loading)
        assert screen.open_ordinal == 7, "the page that was wished for is still wished for"


async def test_where_one_left_is_gone_back_to_and_remembered() -> None:
    given = services()
    assert isinstance(given.ledger, FakeLedger)
    left = {"source": str(Path("page-7.html").absolute()), "ordinal": 7, "start": 0, "expression": "ordinal>5"}
    given.ledger.left = {**left, "pane": "body", "is_zoomed": True}
    async with shown(given=given) as screen:
        assert screen.open_ordinal == 7
        assert screen.ordinals[0] == 6
        assert screen.reader.panes.is_zoomed
        await screen.press("J")
    assert given.ledger.state["ordinal"] == 8
    assert (given.ledger.state["expression"], given.ledger.state["pane"]) == ("ordinal>5", "body")


async def test_a_page_where_one_left_that_is_gone_is_told() -> None:
    given = services()
    assert isinstance(given.ledger, FakeLedger)
    given.ledger.left = {"source": "/gone.html", "ordinal": 7}
    async with shown(3, given=given) as screen:
        assert "left off at is gone" in screen.status
        assert screen.open_ordinal == 0


def test_the_program_comes_back_where_one_left(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text("".join(f'{{"text": "the page {n}"}}\n' for n in range(9)), encoding="utf-8")
    kept = {"XDG_STATE_HOME": str(tmp_path), "HOME": str(tmp_path)}

    def program(*arguments: str) -> PtyScreen:
        return PtyScreen([sys.executable, screen_marks.__file__, *arguments], env=kept)

    with program(str(tmp_path / "r.jsonl")) as screen:
        screen.wait_for("1 of 9")
        screen.send("5J")
        screen.wait_for("6 of 9")
        screen.send("t2")
        screen.wait_for("bad: added")
        screen.send("q")
        assert screen.end() == 0
    with program("--resume") as screen:
        screen.wait_for("6 of 9")
        screen.settle()
        assert " bad" in "\n".join(screen.screen.display)
        screen.send("q")
        assert screen.end() == 0
    (label,) = subprocess.run(
        [sys.executable, "-m", "tui", "labels", "export"], capture_output=True, env=os.environ | kept, check=True
    ).stdout.splitlines()
    assert b'"ordinal": 5' in label


async def test_all_pages_that_are_shown_are_written_in_their_order() -> None:
    async with shown() as screen:
        await screen.press("ampersand")
        await screen.type("ordinal<12")
        await screen.press("W", "j", "enter")
        assert "write csv to: pages.csv" in screen.status
        await screen.press("enter")
        assert screen.collection.written == [("pages.csv", "csv", [*range(12)], False)]
        assert "12 pages written to pages.csv; 1 could not be read" in screen.status
        await screen.press("W", "enter", *"there", "enter")
        assert "overwrite? y/n  there" in screen.status
        await screen.press("n")
        assert "nothing was written" in screen.status
        await screen.press("W", "enter", *"there", "enter", "y")
        assert screen.collection.written[1:] == [("there", "jsonl", [*range(12)], True)]
        await screen.press("W", "enter")
        await screen.type("page-3.html")
        assert "pages are read from this file" in screen.status
        await screen.press("W", "enter", "ctrl+u", "enter")
        assert "nothing was written" in screen.status


@pytest.mark.parametrize(
    "keys", [["ampersand"], ["o"], ["S"], ["W"], ["g", "slash"], ["5", "x"], ["t", "asterisk", "1"]], ids="".join
)
async def test_nothing_begins_that_would_end_writing(keys: list[str]) -> None:
    async with shown() as screen:
        gate = screen.collection.gate = threading.Event()
        await screen.press("W", "enter", "enter")
        await screen.press(*keys)
        assert "not now: 0 of 40 pages written" in screen.status
        gate.set()
        await screen.settle()
        assert [written[2] for written in screen.collection.written] == [[*range(40)]]


@pytest.mark.parametrize(("answer", "quits"), [("y", True), ("n", False), ("j", False)])
async def test_quitting_asks_while_pages_are_written(answer: str, quits: bool) -> None:
    async with shown() as screen:
        screen.collection.gate = threading.Event()
        await screen.press("W", "enter", "enter")
        await screen.press("q")
        assert "quit? y/n  0 of 40 pages written" in screen.status
        await screen.pilot.press(answer)
        screen.collection.gate.set()
        assert (screen.desk.return_code == 0) is quits


async def test_writing_is_stopped_with_ctrl_c() -> None:
    async with shown() as screen:
        screen.collection.gate = threading.Event()
        await screen.press("W", "enter", "enter")
        await screen.press("ctrl+c")
        assert "stopped" in screen.status
        assert (screen.collection.cancelled, screen.collection.written) == (1, [])


async def test_a_recipe_is_written_of_how_pages_are_read_and_which_are_shown() -> None:
    async with shown() as screen:
        outlet = screen.reader.browsing.outlet
        assert isinstance(outlet, FakeOutlet)
        await screen.press("ampersand")
        await screen.type("ordinal<9")
        await screen.press("p", "c", "colon", *"recipe", "enter")
        assert "save recipe as: recipe.toml" in screen.status
        await screen.press("enter")
        assert "saved as recipe.toml" in screen.status
        (path, text) = outlet.taken[-1]
        assert (path, parsed(text, path)) == (
            "recipe.toml",
            Recipe(certain=True, script="hans", where="ordinal<9"),
        )
        await screen.press("5", "x")
        await screen.press("colon", *"recipe", "enter", *"there", "enter")
        assert "overwrite? y/n  there" in screen.status
        await screen.press("y")
        assert "saved as there; without the choice of pages by hand or by lot" in screen.status


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ([], "where= sample= told=True"),
        (["&ordinal<9"], "where=ordinal<9 sample= told=True"),
        (["&ordinal<9", "5x"], "where=ordinal<9 sample=5 told=True"),
        (["&ordinal<9", "5x", "&ordinal<9"], "where=ordinal<9 sample= told=True"),
        (["5x", "3x"], "where= sample= told=False"),
    ],
)
async def test_the_command_that_is_copied_says_how_pages_were_chosen(keys: list[str], told: str) -> None:
    async with shown() as screen:
        for key in keys:
            if key[0] == "&":
                await screen.press("ampersand", "ctrl+u")
                await screen.type(key[1:])
            else:
                await screen.press(*key)
        await screen.press("C")
        assert f"copied, if the terminal allows it (OSC 52): {told}" in screen.status


async def test_where_no_command_gives_the_pages_it_is_said() -> None:
    async with shown(1) as screen:
        await screen.press("C")
        assert "one: no command gives it" in screen.status
