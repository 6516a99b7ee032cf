"""Keys that are typed faster than pages come: each is for the page that its typist meant."""

import asyncio
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from pty_screen import PtyScreen
from screen_fake import FakeClient, FakeLedger, refs, services
from textual.pilot import Pilot

from tui.choosing.choices import Choice, Start
from tui.config import Config
from tui.core.model import Ref
from tui.core.problems import Reason, unreadable
from tui.view.desk import Desk
from tui.view.reader import Reader
from tui.view.sheets.help import HelpScreen
from tui.view.sheets.sheet import ChoiceSheet

PATIENCE_S = 30


class Shown:
    """The screen under test. Every page waits for its gate."""

    def __init__(self, desk: Desk, pilot: Pilot[int], client: FakeClient) -> None:
        self.desk, self.pilot, self.client = desk, pilot, client
        assert isinstance(desk.reader.browsing.ledger, FakeLedger)
        self.ledger = desk.reader.browsing.ledger

    @property
    def reader(self) -> Reader:
        return self.desk.reader

    @property
    def status(self) -> str:
        return "\n".join(self.reader.status.render_line(y).text for y in range(2))

    @property
    def given(self) -> dict[int, tuple[str, ...]]:
        """The labels of the pages that have any, by ordinal."""
        return {ordinal: names for ordinal, names in self.ledger.given.items() if names}

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not condition():
                await self.pilot.pause(0.005)

    async def let_come(self, *ordinals: int) -> None:
        """Let pages be read, one after the other, and wait until the last one is shown."""
        for ordinal in ordinals:
            self.client.gates[ordinal].set()
            await self.until(lambda ordinal=ordinal: ordinal in dict(self.client.opened))  # type: ignore[misc]
        await self.until(lambda: self.reader.browsing.document is not None and not self.is_coming)
        await self.pilot.pause()

    @property
    def is_coming(self) -> bool:
        """Whether the page that is wanted may be read."""
        wanted = self.reader.browsing.opener.wanted
        return wanted is not None and self.client.gates[wanted].is_set()


@asynccontextmanager
async def shown(
    pages: int = 6, scan: Callable[[], Iterator[Ref]] | None = None, *, labelling: bool = True, keys: object = ()
) -> AsyncIterator[Shown]:
    """The screen with its first page."""
    client = FakeClient()
    client.gates = {ordinal: threading.Event() for ordinal in range(pages)}
    choice = Choice(start=Start(Config(keys=keys), is_labelling=labelling))  # type: ignore[arg-type]
    found = scan or (lambda: refs(pages))
    desk = Desk(services(found, client, FakeClient()), choice)
    try:
        async with desk.run_test(size=(160, 24)) as pilot:
            screen = Shown(desk, pilot, client)
            await screen.let_come(0)
            yield screen
    finally:
        for gate in client.gates.values():
            gate.set()


def at_once(ordinal: int) -> Ref:
    """A page of the network: that it was found is told before the next one is."""
    return Ref(f"https://example.org/{ordinal}", ordinal, "web")


async def test_three_keys_at_once_label_three_pages() -> None:
    async with shown() as screen:
        await screen.pilot.press("1", "2", "3")
        assert screen.given == {0: ("good",)}
        await screen.let_come(1, 2)
        assert screen.given == {0: ("good",), 1: ("bad",), 2: ("unsure",)}
        assert screen.reader.browsing.opener.wanted == 3


async def test_keys_that_are_typed_before_the_first_page_label_from_there_on() -> None:
    client = FakeClient()
    client.gates = {0: threading.Event()}
    desk = Desk(services(lambda: refs(3), client, FakeClient()), Choice(start=Start(is_labelling=True)))
    async with desk.run_test(size=(160, 24)) as pilot:
        screen = Shown(desk, pilot, client)
        await pilot.press("1", "2")
        assert screen.given == {}
        client.gates[0].set()
        await screen.until(lambda: screen.given == {0: ("good",), 1: ("bad",)})


async def test_keys_that_are_typed_before_any_page_wait_for_the_first_one() -> None:
    client = FakeClient()
    client.gates = {ordinal: threading.Event() for ordinal in range(3)}
    desk = Desk(services(lambda: refs(3), client, FakeClient()), Choice())
    async with desk.run_test(size=(160, 24)) as pilot:
        screen = Shown(desk, pilot, client)
        await pilot.press("tab", "down", "2", "J", "h")
        assert isinstance(desk.screen, Reader)
        assert len(screen.reader.browsing.typed_ahead) == 5
        await screen.let_come(0, 2)
        await screen.until(lambda: isinstance(desk.screen, HelpScreen))
        assert screen.reader.browsing.open_index == 2
        assert screen.reader.panes.active_name == "body"


async def test_letters_that_are_typed_ahead_into_a_sheet_are_its_own() -> None:
    client = FakeClient()
    client.gates = {0: threading.Event()}
    desk = Desk(services(lambda: refs(3), client, FakeClient()), Choice())
    async with desk.run_test(size=(160, 24)) as pilot:
        screen = Shown(desk, pilot, client)
        await pilot.press("z", "colon", *"zoom", "enter", "tab")
        await screen.let_come(0)
        await screen.until(lambda: screen.reader.panes.active_name == "body" and not screen.reader.panes.is_zoomed)


@pytest.mark.parametrize("key", ["q", "Q"])
async def test_who_quits_waits_for_no_first_page(key: str) -> None:
    client = FakeClient()
    client.gates = {0: threading.Event()}
    desk = Desk(services(lambda: refs(3), client, FakeClient()), Choice())
    async with desk.run_test(size=(160, 24)) as pilot:
        screen = Shown(desk, pilot, client)
        await pilot.press("J", "down", key)
        await screen.until(lambda: not desk.is_running)
        client.gates[0].set()


async def test_keys_typed_after_one_that_waits_act_after_it() -> None:
    async with shown() as screen:
        await screen.pilot.press("1", "2", "J", "3", "K")
        await screen.let_come(1, 2, 3)
        assert screen.given == {0: ("good",), 1: ("bad",), 3: ("unsure",)}
        await screen.let_come(4)
        assert (screen.reader.browsing.open_index, screen.reader.browsing.index_in_mind) == (3, 3)


async def test_a_reader_passes_pages_over_without_waiting_for_them() -> None:
    async with shown(labelling=False) as screen:
        await screen.pilot.press("J", "J", "J", "t", "1")
        screen.client.gates[1].set()
        await screen.let_come(3)
        assert screen.given == {3: ("good",)}
        assert 2 not in dict(screen.client.opened)


async def test_while_labelling_each_page_is_seen_before_the_next_one_is_gone_to() -> None:
    async with shown() as screen:
        await screen.pilot.press("J", "J", "K", "J", "1")
        await screen.let_come(1)
        assert (screen.given, screen.reader.browsing.opener.wanted) == ({}, 2)
        await screen.let_come(2)
        await screen.until(lambda: screen.given == {2: ("good",)})


async def test_what_is_copied_is_of_the_page_that_was_gone_on_to() -> None:
    async with shown(labelling=False) as screen:
        screen.client.texts = {1: "It snows."}  # below the title, "Page 1"
        await screen.pilot.press("tab", "J", "y")
        assert "copied" not in screen.status
        await screen.let_come(1)
        assert "paragraph copied: 6 characters" in screen.status


@pytest.mark.parametrize(("key", "heading"), [("s", "Save"), ("Y", "Copy")])
async def test_what_is_saved_is_of_the_page_that_was_gone_on_to(key: str, heading: str) -> None:
    async with shown(labelling=False) as screen:
        await screen.pilot.press("J", key)
        assert isinstance(screen.desk.screen, Reader)
        screen.client.gates[1].set()
        await screen.until(lambda: isinstance(screen.desk.screen, ChoiceSheet))
        assert isinstance(screen.desk.screen, ChoiceSheet)
        assert screen.desk.screen.list.heading() == heading
        assert screen.reader.browsing.open_index == 1


async def test_movement_in_the_page_waits_for_nothing() -> None:
    async with shown() as screen:
        await screen.pilot.press("tab", "1", "2", "down", "down")
        assert len(screen.reader.browsing.typed_ahead) == 1
        assert screen.reader.panes.body.sight.line != screen.reader.panes.body.sight.top
        await screen.let_come(1)
        assert screen.given == {0: ("good",), 1: ("bad",)}


@pytest.mark.parametrize("key", ["q", "Q"])
async def test_who_quits_waits_for_no_page(key: str) -> None:
    async with shown() as screen:
        await screen.pilot.press("1", "2", "3", key)
        await screen.until(lambda: not screen.desk.is_running)
        assert (screen.given, len(screen.reader.browsing.typed_ahead)) == ({0: ("good",)}, 2)


async def test_in_a_note_that_is_typed_ahead_they_are_letters() -> None:
    async with shown() as screen:
        await screen.pilot.press("1", "T", *"Quit j", "enter")
        await screen.let_come(1)
        assert screen.ledger.notes == {1: "Quit j"}


async def test_a_page_beyond_the_last_or_before_the_first_is_none() -> None:
    async with shown(2) as screen:
        await screen.pilot.press("K")
        assert "this is the first page" in screen.status
        await screen.pilot.press("J", "J", "1")
        await screen.let_come(1)
        assert "this is the last page; typed-ahead keys dropped: 1" in screen.status
        assert screen.given == {}


async def test_a_label_that_can_not_be_kept_drops_those_for_the_pages_after_it() -> None:
    async with shown() as screen:
        await screen.pilot.press("1", "2", "3")
        screen.ledger.fault = "labels.sqlite: damaged; move it away to start afresh"
        await screen.let_come(1)
        await screen.until(lambda: screen.reader.browsing.message.endswith("start afresh; typed-ahead keys dropped: 2"))
        assert screen.given == {0: ("good",)}


async def test_a_page_that_was_not_read_drops_the_labels_for_those_after_it() -> None:
    async with shown() as screen:
        screen.client.problems = {1: unreadable(Reason("no_file"), "page-1.html")}
        await screen.pilot.press("1", "2", "3")
        await screen.let_come(1)
        await screen.until(lambda: screen.reader.browsing.message.endswith("again; typed-ahead keys dropped: 1"))
        assert screen.given == {0: ("good",)}


async def test_a_label_is_no_answer_and_leaves_no_question_behind() -> None:
    async with shown() as screen:
        asked: list[str] = []
        screen.reader.browsing.typing.confirm(lambda: asked.append("yes"), lambda: asked.append("no"))
        await screen.pilot.press("1")
        await screen.let_come(1)
        await screen.pilot.press("y")
        assert (screen.given, asked) == ({0: ("good",)}, [])


async def test_a_digit_without_a_label_counts_nothing_and_says_so() -> None:
    async with shown() as screen:
        await screen.pilot.press("7")
        assert "7: no label has this key; the labels are 1 good · 2 bad · 3 unsure" in screen.status
        await screen.pilot.press("number_sign", "2", "enter")
        await screen.let_come(2)
        assert (screen.given, screen.reader.browsing.open_index) == ({}, 2)


async def test_going_back_before_the_next_page_came_stays_with_the_one_that_is_shown() -> None:
    async with shown() as screen:
        await screen.pilot.press("1", "K")
        await screen.let_come(1)
        assert screen.reader.browsing.open_index == 0
        await screen.pilot.press("3")
        assert screen.given == {0: ("good", "unsure")}


async def test_what_was_given_in_haste_is_taken_back_in_the_same_haste() -> None:
    async with shown() as screen:
        await screen.pilot.press("1", "2", "U", "3")
        await screen.let_come(1, 2)
        assert screen.given == {0: ("good",), 1: ("unsure",)}
        assert screen.reader.browsing.index_in_mind == 2


@pytest.mark.parametrize("labelling", [True, False])
async def test_a_note_is_about_the_page_that_was_gone_on_to(labelling: bool) -> None:
    async with shown(labelling=labelling) as screen:
        await screen.pilot.press("J", "T", *"bug", "enter")
        assert screen.reader.browsing.typing.prompt is None
        await screen.let_come(1)
        assert screen.ledger.notes == {1: "bug"}


async def test_a_label_that_is_asked_for_and_a_mark_are_of_the_page_that_was_gone_on_to() -> None:
    async with shown(labelling=False) as screen:
        await screen.pilot.press("tab", "J", "t", "2", "m", "a")
        assert (screen.given, screen.ledger.places) == ({}, {})
        await screen.let_come(1)
        assert screen.given == {1: ("bad",)}
        assert screen.ledger.places["a"][0].ordinal == 1


async def test_keys_that_write_nothing_down_wait_for_no_page() -> None:
    async with shown(labelling=False) as screen:
        await screen.pilot.press("J", "h")
        assert isinstance(screen.desk.screen, HelpScreen)


async def test_escape_drops_the_keys_and_nothing_else() -> None:
    async with shown() as screen:
        await screen.pilot.press("1", "2", "3", "escape")
        assert "typed-ahead keys dropped: 2" in screen.status
        await screen.let_come(1)
        assert (screen.given, screen.reader.browsing.open_index) == ({0: ("good",)}, 1)
        await screen.pilot.press("3")
        assert screen.given == {0: ("good",), 1: ("unsure",)}


async def test_the_key_that_drops_them_may_be_another() -> None:
    async with shown(keys=[("close", "Ctrl-G")]) as screen:
        await screen.pilot.press("1", "2", "ctrl+g")
        await screen.let_come(1)
        assert screen.given == {0: ("good",)}


async def test_a_page_that_is_given_up_takes_its_keys_along() -> None:
    async with shown() as screen:
        await screen.pilot.press("1", "2", "ctrl+c")
        assert "stopped; typed-ahead keys dropped: 1" in screen.status
        await screen.until(lambda: not screen.reader.browsing.opener.is_loading)
        await screen.pilot.press("3")
        assert screen.given == {0: ("good", "unsure")}


async def test_a_page_that_can_not_be_had_drops_its_keys_and_says_so() -> None:
    async with shown() as screen:
        await screen.pilot.press("1", "2", "3")
        screen.client.cancel()  # as when the worker is gone
        await screen.until(lambda: "typed-ahead keys dropped: 2" in screen.status)
        assert "given up" in screen.status
        await screen.pilot.press("J")
        await screen.let_come(1)
        assert screen.given == {0: ("good",)}


async def test_keys_beyond_the_last_page_label_nothing() -> None:
    async with shown(2) as screen:
        await screen.pilot.press("1", "2", "3", "3")
        await screen.let_come(1)
        assert screen.given == {0: ("good",), 1: ("bad",)}
        assert "bad: that was the last page; typed-ahead keys dropped: 2" in screen.status


async def test_a_page_that_is_not_found_yet_is_waited_for() -> None:
    gate = threading.Event()

    def scan() -> Iterator[Ref]:
        yield at_once(0)
        gate.wait(PATIENCE_S)
        yield from map(at_once, (1, 2))

    async with shown(3, scan) as screen:
        await screen.pilot.press("1", "2", "3", "3")
        assert (screen.given, len(screen.reader.browsing.shelf)) == ({0: ("good",)}, 1)
        gate.set()
        await screen.until(lambda: len(screen.reader.browsing.shelf) == 3)
        await screen.let_come(1, 2)
        assert screen.given == {0: ("good",), 1: ("bad",), 2: ("unsure",)}
        assert "unsure: that was the last page; typed-ahead keys dropped: 1" in screen.status


async def test_a_page_that_is_not_found_yet_can_be_gone_on_to() -> None:
    gate = threading.Event()

    def scan() -> Iterator[Ref]:
        yield at_once(0)
        gate.wait(PATIENCE_S)
        yield at_once(1)

    async with shown(2, scan) as screen:
        await screen.pilot.press("J", "1")
        assert (screen.given, len(screen.reader.browsing.shelf)) == ({}, 1)
        gate.set()
        await screen.until(lambda: len(screen.reader.browsing.shelf) == 2)
        await screen.let_come(1)
        assert screen.given == {1: ("good",)}


async def test_pages_that_are_no_longer_looked_for_are_not_waited_for() -> None:
    gate = threading.Event()

    def scan() -> Iterator[Ref]:
        yield at_once(0)
        gate.wait(PATIENCE_S)

    async with shown(1, scan) as screen:
        await screen.pilot.press("1", "2", "ctrl+c", "3")
        assert screen.given == {0: ("good", "unsure")}
        gate.set()


async def test_a_sheet_that_was_opened_ahead_gets_the_keys_behind_it() -> None:
    async with shown() as screen:
        await screen.pilot.press("1", "2", "h", "q", "3")
        await screen.let_come(1)
        await screen.let_come(2)
        assert isinstance(screen.desk.screen, Reader)
        await screen.until(lambda: screen.given == {0: ("good",), 1: ("bad",), 2: ("unsure",)})


async def test_other_pages_in_the_list_drop_the_keys() -> None:
    async with shown() as screen:
        await screen.pilot.press("1", "2", "3")
        screen.reader.browsing.filter.show([4, 5])
        await screen.let_come(4)
        assert screen.given == {0: ("good",)}


def started(folder: Path, path: Path) -> PtyScreen:
    command = [sys.executable, "-m", "tui", "--label", "good,bad,unsure", str(path)]
    return PtyScreen(command, env=environment(folder))


def environment(folder: Path) -> dict[str, str]:
    return {name: str(folder) for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "HOME")}


def collection(folder: Path, pages: int) -> Path:
    path = folder / "big.jsonl"
    text = "The ferry to the islands stays in port because of snow. " * 40
    with path.open("w", encoding="utf-8") as file:
        for number in range(pages):
            file.write(json.dumps({"title": f"Snow report {number}", "text": f"{number}. {text}\n" * 5}) + "\n")
    return path


def labels(folder: Path) -> Mapping[int, list[str]]:
    """What the database says, by ordinal."""
    command = [sys.executable, "-m", "tui", "labels", "export"]
    out = subprocess.run(command, capture_output=True, check=True, env=os.environ | environment(folder)).stdout
    return {row["ordinal"]: row["labels"] for row in map(json.loads, out.splitlines())}


@pytest.mark.parametrize("keys", ["123", "123321112233121321232221321231"])
@pytest.mark.parametrize("before", ["1 of", ""])
def test_a_burst_of_keys_on_a_terminal_labels_page_after_page(tmp_path: Path, keys: str, before: str) -> None:
    with started(tmp_path, collection(tmp_path, 20_000)) as screen:
        screen.wait_for(before)
        screen.process.write(keys.encode())
        screen.wait_for(f"{len(keys) + 1} of")
        screen.process.write(b"Q")
        assert screen.end() == 0
    names = {"1": ["good"], "2": ["bad"], "3": ["unsure"]}
    assert labels(tmp_path) == {number: names[key] for number, key in enumerate(keys)}


def test_keys_that_come_in_bursts_label_page_after_page(tmp_path: Path) -> None:
    keys = "123321112233121321232221321231"
    with started(tmp_path, collection(tmp_path, 200)) as screen:
        screen.wait_for("1 of")
        for start, end in pairwise((0, 1, 8, 10, 17, 20, 30)):
            screen.process.write(keys[start:end].encode())
            screen.read()
        screen.wait_for(f"{len(keys) + 1} of")
        screen.process.write(b"Q")
        assert screen.end() == 0
    names = {"1": ["good"], "2": ["bad"], "3": ["unsure"]}
    assert labels(tmp_path) == {number: names[key] for number, key in enumerate(keys)}


def test_keys_that_are_left_when_one_quits_are_told(tmp_path: Path) -> None:
    with started(tmp_path, collection(tmp_path, 200)) as screen:
        screen.wait_for("1 of")
        screen.process.write(b"1" * 20 + b"Q")
        assert screen.end() == 0
    (dropped,) = re.findall(rb"typed-ahead keys dropped: (\d+); wait for their pages before you quit", screen.sent)
    assert len(labels(tmp_path)) == 20 - int(dropped)
