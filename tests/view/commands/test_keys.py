"""Every key is bound once, and the help knows it."""

from itertools import chain
from typing import get_args

import pytest
from screen_fake import refs, services
from shown import shown

from tui.choosing.choices import Choice, Start
from tui.config import Config
from tui.core.errors import UsageError
from tui.view.desk import Desk
from tui.view.keys import BINDINGS, Group, check_label_keys, help_rows, key_name, keymap
from tui.view.reader import Reader
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
    named = set(chain.from_iterable(keys.split() for keys, description in help_rows() if description))
    assert named == {key_name(key) for key in keys()} - {"g", "no_key_for_theme"} | {":theme"}


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
    assert ("K PgDn", "next page, from anywhere") in help_rows([("next-page", "K PgDn")])


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
        cells = max(len(keys) for keys, about in help_rows() if about) + 2
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
        assert rows[1].strip("▸ ") == "Ten keys to start with"
        assert rows[12] == ""
        assert [row.strip() for row in rows if row.strip() in get_args(Group)] == list(get_args(Group))
