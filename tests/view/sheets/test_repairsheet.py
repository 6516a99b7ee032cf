"""Repairs are switched on and off on the screen, and say first what that would mean for the page."""

import json
from pathlib import Path

import pytest
from screen_fake import FakeClient
from shown import shown

from tui.core import questions
from tui.core.model import Limits, Options, Ref
from tui.core.problems import Reason, unreadable
from tui.export.documents import page as export_page
from tui.export.documents import to_json
from tui.loader import load
from tui.processes.client import ChildClient
from tui.text.mending.mend import REPAIRS, effects, is_on, mend

SAMPLES = Path(__file__).resolve().parents[3] / "sample_pages"
SWAPPED = "本報訊:總統(tǒng)府發(fā)言人說,經(jīng)濟數據已公布。\n丑别濒濒辞 飞辞谤濒诲 丑别濒濒辞 飞辞谤濒诲\n"


async def test_a_repair_that_is_off_tells_what_it_would_do_and_is_switched_on_for_all_pages() -> None:
    client = FakeClient()
    async with shown(client) as screen:
        await screen.press("P")
        rows = [row.strip() for row in screen.sheet_rows()]
        assert rows[1:3] == ["[x] pinyin_gloss      2 edits, 1 guessed", "such as 縣(xiàn) → 縣"]
        assert rows[5:7] == [
            "[ ] letter_swap       3 edits if turned on, 3 guessed",
            "such as 丑别濒濒辞 → hello",
        ]
        await screen.press("space")  # the cursor is on the one that is off and has something to do
        assert "[x] letter_swap" in screen.sheet_rows()[5]
        await screen.press("enter")
        assert client.repairs[-1] == ([], ["letter_swap"])
        assert "all pages: with letter_swap" in screen.status
        await screen.press("P", "j", "space", "j", "j", "space", "enter")
        assert client.repairs[-1] == (["entities"], ["letter_swap"])
        assert client.opened[-1] == (0, True)


async def test_what_was_switched_is_forgotten_when_the_menu_is_left() -> None:
    client = FakeClient()
    async with shown(client) as screen:
        await screen.press("P", "space", "q")
        await screen.press("P", "enter")
        assert len(client.opened) == 1


async def test_a_page_that_cannot_be_read_has_no_repairs_to_choose() -> None:
    problem = unreadable(Reason("no_file"), "page-0.html")
    async with shown(FakeClient(problems={0: problem})) as screen:
        await screen.press("P")
        assert "no such file" in screen.status


def test_effects_are_what_the_repairs_do_and_would_do() -> None:
    found = {effect.name: effect for effect in effects(SWAPPED, Options())}
    assert list(found) == [repair.name for repair in REPAIRS]
    assert {name for name, effect in found.items() if effect.is_on} == {
        repair.name for repair in REPAIRS if is_on(repair, Options())
    }
    assert (found["pinyin_gloss"].count, found["pinyin_gloss"].before) == (3, "統(tǒng)")
    swapped = found["letter_swap"]
    also = mend(SWAPPED, Options(also=frozenset({"letter_swap"})))
    assert swapped.count == swapped.probable == sum(edit.repair == "letter_swap" for edit in also.edits)
    assert swapped.after.startswith("hello")


@pytest.mark.parametrize("page", sorted(SAMPLES.glob("0*.txt")), ids=lambda page: page.name[:9])
def test_the_menu_counts_as_the_page_and_its_json_do(page: Path) -> None:
    document = load(Ref(str(page), 0, "plain"), Options(), Limits())
    counted = {seen.name: (seen.count, seen.probable) for seen in document.repairs}
    menu = {effect.name: (effect.count, effect.probable) for effect in effects(page.read_text("utf-8"), Options())}
    assert counted
    assert counted == {name: menu[name] for name in counted}
    assert sum(count for count, _ in counted.values()) >= len(document.edits)
    assert all(seen.certainty == ("probable" if seen.probable else "certain") for seen in document.repairs)
    told = json.loads(to_json(export_page(document)))["repairs"]
    assert {seen["name"]: (seen["count"], seen["probable"]) for seen in told} == counted


def test_probable_edits_are_counted_also_where_they_are_left_out() -> None:
    options = Options(also=frozenset({"letter_swap"}))
    assert effects(SWAPPED, options)[-3:] == effects(SWAPPED, Options(certain=True, also=options.also))[-3:]


def test_the_worker_tells_effects_and_why_there_are_none(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<p>{SWAPPED}<pre>&amp;#22269;</pre>", encoding="utf-8")
    with ChildClient(Limits()) as client:
        found = client.ask(questions.Effects(Ref(str(page), 0, "html"), Options()))
        assert {effect.name for effect in found.effects if effect.count} == {"pinyin_gloss", "letter_swap"}
        missing = client.ask(questions.Effects(Ref(str(tmp_path / "missing"), 0, "html"), Options()))
        assert missing.effects == ()
        assert "no such file" in missing.problems[0].message
