"""Every key is bound once, and the help knows it."""

from itertools import chain
from typing import get_args

import pytest
from screen_fake import FakeClient, refs, services
from shown import shown
from textual import events
from waiting import until

from tui.choosing.choices import Choice, Start, configured
from tui.config import Config
from tui.core.errors import UsageError
from tui.view.desk import Desk
from tui.view.keys import BINDINGS, Group, check_label_keys, commands, key_name, keymap
from tui.view.reader import Reader
from tui.view.sheets.help import HelpScreen
from tui.view.sheets.sheet import Sheet
from tui.view.sheets.themes import ThemeSheet
from tui.view.terminal.look import Look


def keys() -> list[str]:
    return list(chain.from_iterable(binding.key.split(",") for binding in BINDINGS))


def test_no_key_has_two_meanings() -> None:
    assert len(keys()) == len(set(keys()))


def test_every_binding_has_a_description_and_a_name_of_its_own() -> None:
    assert all(binding.description for binding in BINDINGS)
    names = [binding.id for binding in BINDINGS]
    assert None not in names
    assert len(names) == len(set(names))


def test_every_command_has_a_key_and_every_key_a_command() -> None:
    look = Look({}, no_color=True)
    commands = Reader(look, services(), Choice()).commands
    of_the_app = {str(binding.id) for binding in BINDINGS if binding.action.startswith("app.")}
    assert {str(binding.id) for binding in BINDINGS} == set(commands) | of_the_app
    assert all(hasattr(Desk, f"action_{b.action[4:]}") for b in BINDINGS if b.action.startswith("app."))


def test_the_help_names_every_key_but_the_first_half_of_gg() -> None:
    named = set(chain.from_iterable(keys.split() for keys in (command.keys for command in commands())))
    keyless = {"no_key_for_theme": ":theme", "no_key_for_recipe": ":recipe"}
    assert named == {key_name(key) for key in keys()} - {"g", *keyless} | {*keyless.values()}


async def test_a_command_without_a_key_may_be_given_one() -> None:
    desk = Desk(services(lambda: refs(1)), Choice(start=Start(Config(keys=(("theme", "Ctrl-T"),)))))
    async with desk.run_test() as pilot:
        await pilot.press("ctrl+t")
        assert isinstance(desk.screen, ThemeSheet)


def test_the_key_that_resumes_output_is_left_alone() -> None:
    assert "ctrl+q" not in keys()
    assert "ctrl+s" not in keys()


def test_keys_can_be_others_and_whoever_had_them_loses_them() -> None:
    assert keymap([("next-page", "K PgDn")]) == {
        "page-down": "space,ctrl+f",
        "previous-page": "",
        "next-page": "K,pagedown",
    }
    given = {command.name: command.keys for command in commands([("next-page", "K PgDn")])}
    assert given["next-page"] == "K PgDn"


@pytest.mark.parametrize(
    ("changed", "said"),
    [([("fly", "x")], "fly: no such command"), ([("raw", "x"), ("zoom", "x")], "x: given to two commands")],
)
def test_a_map_that_means_nothing_is_refused(changed: list[tuple[str, str]], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        keymap(changed)


@pytest.mark.parametrize(
    ("columns", "row"),
    [(90, f"  {'next-page':18}{'J':18}next page, from anywhere"), (89, f" {'J':18}next page, from anywhere")],
)
async def test_commands_have_their_names_where_there_are_90_columns(columns: int, row: str) -> None:
    async with shown(size=(columns, 20)) as screen:
        await screen.press("colon", *"next-page")
        await screen.press(*["backspace"] * 9, *"next page")
        assert screen.sheet_rows()[1] == row


async def test_what_a_key_does_is_wrapped_beside_it() -> None:
    async with shown(size=(40, 60)) as screen:
        await screen.press("h")
        await screen.press(*["j"] * 19, "enter")
        cells = max(len(command.keys) for command in commands()) + 2
        rows = screen.sheet_rows()
        assert all(len(row) <= 40 for row in rows)
        assert any(row.startswith("   ") and row[: cells + 3].strip() and len(row) > cells + 3 for row in rows)
        assert all(row[cells + 2] == " " for row in rows[2:] if row.startswith("   "))


async def test_help_is_read_line_by_line_and_commands_are_chosen() -> None:
    async with shown() as screen:
        await screen.press("h", "j")
        assert [row[:1] for row in screen.sheet_rows()[1:4]] == [" ", "▸", " "]
        await screen.press("q", "colon")
        assert not any(row.startswith("▸") for row in screen.sheet_rows())


async def test_keys_that_come_with_the_one_that_opens_a_sheet_are_the_sheets() -> None:
    async with shown() as screen:
        app = screen.desk
        for key in ("colon", "q", "u"):  # as one read brings them, before the sheet is there
            app.post_message(events.Key(key, ":" if key == "colon" else key))
        await until(
            lambda: isinstance(app.screen, Sheet) and any(row.startswith(" :qu ") for row in screen.sheet_rows())
        )


@pytest.mark.parametrize(("key", "command"), [("g", "top"), ("b", "page-back"), ("J", "next-page"), ("/", "search")])
def test_a_label_hides_no_key_of_reading(key: str, command: str) -> None:
    with pytest.raises(UsageError, match=f"{key} is already `{command}`; .* use one of a i l o r x A "):
        check_label_keys(["1", "x", key])


def test_a_label_may_have_a_key_that_was_taken_from_its_command() -> None:
    changed = [("page-back", "Ctrl-P"), ("next-page", "x")]
    check_label_keys(["b", "0"], changed)
    with pytest.raises(UsageError, match="x is already `next-page`"):
        check_label_keys(["x"], changed)


async def test_help_begins_with_ten_keys_and_goes_by_task() -> None:
    async with shown(size=(100, 120)) as screen:
        await screen.press("question_mark")
        rows = screen.sheet_rows()
        assert rows[1].strip("▸▾ ") == "Ten keys to start with"
        assert rows[12] == ""
        assert [row.split("  ")[0] for row in rows if row.startswith(" ▹")] == [
            f" ▹ {name}" for name in (*get_args(Group), "Marks")
        ]


async def test_sections_of_the_help_are_opened_and_closed_at_their_line() -> None:
    async with shown(size=(100, 60)) as screen:
        await screen.press("h", "G", "k", "enter")
        rows = [row for row in screen.sheet_rows() if row]
        assert rows[-12:-10] == [" ▹ Copy  7", "▸▾ Screen"]
        assert rows[-10].split("  ")[-1].strip() == "this help"
        await screen.press("j", "enter")
        assert [row for row in screen.sheet_rows() if row][-2:] == ["▸▹ Screen  9", " ▹ Marks  8"]


async def test_help_is_searched_for_words_and_takes_them_back() -> None:
    async with shown(size=(100, 40)) as screen:
        await screen.press("h", "slash", *"table colum")
        assert [row.strip("▸ ") for row in screen.sheet_rows() if row] == [
            "Keys and marks",
            "▾ Read",
            f"{'>':19}next column of a table wider than the pane",
        ]
        help_screen = screen.desk.screen
        assert isinstance(help_screen, HelpScreen)
        assert help_screen.keys_row.render_line(0).text.rstrip() == "/table colum"
        await screen.press("backspace", "x", "enter", "enter")
        assert screen.sheet_rows()[1:] == ["▸ nothing matches table colux; ESC shows all keys", *[""] * 37]
        assert help_screen.keys_row.render_line(0).text.split("   ")[:3] == [
            " ENTER open a section",
            "/ find",
            "SPACE down",
        ]
        await screen.press("slash", "q", "escape")
        assert screen.sheet_rows()[1] == "▸▾ Ten keys to start with"
        await screen.press("slash", *"table", "enter", "q")
        assert screen.sheet_rows()[1] == "▸▾ Ten keys to start with"
        await screen.press("q")
        assert screen.desk.screen is screen.reader


async def test_a_key_that_was_given_to_help_is_named_where_another_is_none() -> None:
    desk = Desk(services(lambda: iter(refs(1)), FakeClient()), configured(Config(keys=(("help", "Ctrl-G"),))))
    async with desk.run_test(size=(100, 20)) as pilot:
        await pilot.press("A")
        lowest = desk.reader.status.render_line(desk.reader.status.size.height - 1).text
        assert lowest.strip() == "A does nothing here; Ctrl-G lists the keys"


@pytest.mark.parametrize(
    ("keys", "named"),
    [
        ("O", "ENTER go there"),
        ("E", "ENTER for this page   a for all pages"),
        ("P", "SPACE on or off   ENTER apply to all pages"),
        ("Y", "ENTER copy"),
        ("s", "ENTER choose"),
        ("S enter", "ENTER only these   x a few of each   o order"),
        ("e", "SPACE down"),
    ],
)
async def test_sheets_name_their_own_keys(keys: str, named: str) -> None:
    async with shown(size=(80, 20)) as screen:
        await screen.press(*keys.split())
        assert isinstance(screen.desk.screen, Sheet)
        shown_now = screen.desk.screen.keys_row.render_line(0).text
        assert shown_now.startswith(f" {named} ")
        assert shown_now.endswith(" q back ")
