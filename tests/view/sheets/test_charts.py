"""Bars, shares and names of a chart on terminals of any kind and width."""

import pytest
from textual.geometry import Region

from tui.choosing.groups import ValueGroup
from tui.view.sheets.charts import ChartPane, Ink, bar, ink
from tui.view.terminal.look import Look


@pytest.mark.parametrize(
    ("environment", "of"),
    [
        ({"TERM": "xterm", "LANG": "en_US.utf8"}, "eighths"),
        ({"TERM": "xterm", "LANG": "en_US.UTF-8"}, "eighths"),
        ({"TERM": "xterm", "LC_ALL": "C", "LANG": "en_US.UTF-8"}, "blanks"),
        ({"TERM": "xterm", "LC_CTYPE": "C.UTF-8", "LANG": "C"}, "eighths"),
        ({"TERM": "linux", "LANG": "C.UTF-8"}, "blanks"),
        ({"TERM": "xterm-mono", "LANG": "C.UTF-8"}, "blanks"),
        ({"TERM": "vt220", "LANG": "C.UTF-8"}, "blanks"),
        ({"TERM": "unknown", "LANG": "C.UTF-8"}, "signs"),
        ({"LANG": "C.UTF-8"}, "signs"),
    ],
)
def test_bars_are_made_of_what_the_terminal_shows(environment: dict[str, str], of: Ink) -> None:
    assert ink(environment) == of


@pytest.mark.parametrize(
    ("part", "of", "expected"),
    [
        (0, "eighths", ("", "")),
        (1, "eighths", ("", "▏")),
        (15, "eighths", (" ", "▉")),
        (16, "eighths", ("  ", "")),
        (80, "eighths", (" " * 10, "")),
        (1, "signs", ("#", "")),
        (11, "signs", ("#", "")),
        (13, "signs", ("##", "")),
        (13, "blanks", ("  ", "")),
    ],
)
def test_a_bar_is_as_fine_as_its_cells_and_always_seen(part: int, of: Ink, expected: tuple[str, str]) -> None:
    assert bar(part, 80, 10, of) == expected


@pytest.fixture
def dumb(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal on which bars are signs."""
    monkeypatch.setenv("TERM", "dumb")


def charted(cells: int, pages: int, *groups: tuple[str, int]) -> list[str]:
    """The rows of a chart of groups, each with its name and pages."""
    pane = ChartPane(Look({}, no_color=True))
    pane.put(Region(0, 0, cells, 20), is_beside=False)
    pane.chart([ValueGroup(name, "", range(size)) for name, size in groups], pages, 0)
    return [pane.paint(y).text for y in range(len(groups) + 1)]


@pytest.mark.usefixtures("dumb")
@pytest.mark.parametrize(
    ("size", "pages", "share"),
    [
        (1, 1001, "<0.1%"),
        (1, 1000, "0.1%"),
        (99, 1000, "9.9%"),
        (100, 1000, "10%"),
        (1, 1, "100%"),
        (0, 9, ""),
    ],
)
def test_shares_below_ten_percent_have_a_tenth(size: int, pages: int, share: str) -> None:
    assert charted(80, pages, ("a", size), ("b", 1))[0].replace("#", "").split()[2:] == ([share] if share else [])


@pytest.mark.usefixtures("dumb")
@pytest.mark.parametrize(("cells", "signs"), [(80, 48), (66, 48), (65, 47), (28, 10), (19, 1), (18, 0)])
def test_a_bar_has_the_room_that_is_left_up_to_48_cells(cells: int, signs: int) -> None:
    rows = charted(cells, 4, ("abcd", 4))
    assert rows[0].count("#") == signs
    assert len(rows[0]) == cells


@pytest.mark.usefixtures("dumb")
@pytest.mark.parametrize(
    ("cells", "name"), [(200, "n" * 47 + "…"), (70, "n" * 47 + "…"), (69, "n" * 46 + "…"), (26, "nnn…"), (20, "nnn…")]
)
def test_a_long_name_leaves_ten_cells_to_the_bar_and_keeps_four(cells: int, name: str) -> None:
    assert charted(cells, 4, ("n" * 49, 4))[0].split()[0] == name


@pytest.mark.usefixtures("dumb")
def test_pages_without_a_value_do_not_make_the_other_bars_short() -> None:
    rows = charted(40, 1100, ("", 1000), ("a", 100), ("b", 50))
    assert [row.split()[:3] for row in rows[:3]] == [
        ["(none)", "1,000", "91%"],
        ["a", "100", "9.1%"],
        ["b", "50", "4.5%"],
    ]
    assert rows[0].count("#") == rows[1].count("#") == 2 * rows[2].count("#")
    assert not rows[3].strip()


@pytest.mark.usefixtures("dumb")
@pytest.mark.parametrize(("cells", "signs"), [(80, 45), (50, 15)])
def test_rules_have_columns_for_what_they_drop_in_order_and_alone(cells: int, signs: int) -> None:
    pane = ChartPane(Look({}, no_color=True))
    pane.put(Region(0, 0, cells, 20), is_beside=False)
    groups = [ValueGroup("c4_sentences", "", range(12), 10, 3), ValueGroup("", "", range(4))]
    pane.chart(groups, 16, 0)
    rows = [pane.paint(y).text for y in range(2)]
    assert [row.replace("#", "").split() for row in rows] == [
        ["c4_sentences", "12", "75%", "10", "3"],
        ["(none)", "4", "25%"],
    ]
    assert (rows[0].count("#"), {len(row) for row in rows}) == (signs, {cells})


@pytest.mark.usefixtures("dumb")
def test_pages_without_a_value_have_no_bar_where_there_are_no_others() -> None:
    assert charted(40, 9, ("", 9))[0].count("#") == 0
