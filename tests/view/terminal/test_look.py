"""How things look, and the only way by which text becomes cells."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.color import Color

from tui.text.words.cells import width
from tui.view.terminal.look import THEMES, Harmless, Look, expanded, is_strong, strip

TOLD_APART = ("plain", "edit", "probable", "hit", "hit_now", "boiler", "hit_row", "link", "bold")


def look(theme: str, *, no_color: bool = False) -> Look:
    app: App[None] = App()
    for own in THEMES:
        app.register_theme(own)
    app.theme = theme
    return Look(app.get_css_variables(), no_color=no_color, is_strong=is_strong(theme))


@pytest.mark.parametrize(
    "theme", ["ansi-dark", "ansi-light", "textual-light", "nord", "high-contrast", "high-contrast-light"]
)
@pytest.mark.parametrize("no_color", [False, True])
def test_marks_are_told_apart_in_every_theme_and_without_colours(theme: str, no_color: bool) -> None:
    styles = {name: look(theme, no_color=no_color).style(name) for name in TOLD_APART}
    for one, other in combinations(TOLD_APART, 2):
        assert styles[one] != styles[other]
    for style in styles.values():
        assert not no_color or style is None or style.color is None


def test_nothing_is_dim_where_contrast_is_high() -> None:
    for name in ("boiler", "note", "header_away"):
        style = look("high-contrast").style(name)
        assert style is not None
        assert not style.dim


def test_ansi_themes_leave_the_terminal_its_colours_and_others_bring_theirs() -> None:
    assert not look("ansi-dark").base
    assert not look("textual-dark", no_color=True).base
    base = look("textual-dark").base
    assert base.bgcolor is not None
    assert base.color is not None


@pytest.mark.parametrize("theme", ["ansi-dark", "textual-light", "nord", "high-contrast"])
@pytest.mark.parametrize("no_color", [False, True])
def test_certain_and_guessed_repairs_and_links_differ_by_more_than_colour(theme: str, no_color: bool) -> None:
    styles = [look(theme, no_color=no_color).style(name) for name in ("edit", "probable", "link")]
    attributes = {style and (style.bold, style.italic, style.underline, style.reverse) for style in styles}
    assert len(attributes) == 3


def test_code_lies_on_a_tint_where_the_theme_has_one() -> None:
    tinted, bare = look("nord").style("code"), look("ansi-dark").style("code")
    assert tinted is not None
    assert tinted.bgcolor is not None
    assert bare is not None
    assert bare.bgcolor is None
    assert look("nord", no_color=True).style("code") is None


def test_later_names_lie_on_top() -> None:
    style = look("ansi-dark").style("title", "link", "hit")
    assert style is not None
    assert (style.bold, style.underline, style.reverse) == (True, True, True)


@given(st.lists(st.text(st.characters(), max_size=20), max_size=5), st.integers(0, 30), st.booleans())
def test_a_strip_takes_exactly_its_cells_and_holds_nothing_that_acts(texts: list[str], cells: int, wide: bool) -> None:
    made = strip([(text, None) for text in texts], cells, wide=wide)
    assert width(made.text, wide=wide) == made.cell_length == cells
    assert not any(char < " " or "\x7f" <= char < "\xa0" for char in made.text)


def test_tabs_go_to_the_stops_of_the_whole_row() -> None:
    runs = expanded([("ab", None), ("\tc", None), ("\t", None)], wide=False)
    assert [text for text, _style in runs] == ["ab", "      c", "       "]


def test_what_a_widget_lets_through_is_stopped_by_the_filter() -> None:
    style = Style(bold=True)
    segments = [Segment("a\x1b[31m\x9b\u202e", style), Segment("\x1b[2J", None, [(2, 2)]), Segment("fine", None)]  # type: ignore[list-item]
    filtered = Harmless().apply(segments, Color(0, 0, 0))
    assert filtered == [Segment("a␛[31m␦⇆", style), Segment("fine", None)]


@pytest.mark.parametrize(
    ("cells", "shown"), [(2, "ab"), (3, "abc"), (4, "abc雨"[:3] + "…"), (5, "abc雨"), (6, "abc雨 "), (7, "abc雨  ")]
)
def test_a_row_is_as_long_as_it_has_cells_and_shows_what_fits(cells: int, shown: str) -> None:
    row = strip([("ab", None), ("c", None), ("雨", None)], cells, wide=False)
    assert (row.text, row.cell_length) == (shown, cells)
