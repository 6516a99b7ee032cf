"""Tables as they are drawn: each cell under its head, and each character where the text has it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.core.model import Document, Limits, Options, Ref
from tui.loader import load
from tui.text.words.cells import width
from tui.view.pagetext.flow import Place, TextFlow
from tui.view.pagetext.marking import offset_at
from tui.view.pagetext.rows import Row
from tui.view.pagetext.text import PageText

FERRIES = """<h1>Crossings</h1><p>From the quay, all of them in summer only.</p>
<table><tr><th>To</th><th>First</th><th>Fare</th><th>Notes</th></tr>
<tr><td>北港 North Pier</td><td>06:40</td><td>£4.80</td><td>bicycles free</td></tr>
<tr><td>霧島 Kirishima</td><td></td><td>£12.00</td><td>no sailing in fog; ring before 06:00</td></tr>
<tr><td>島</td><td>18:00</td><td>n/a</td><td>逢週末及公眾假期停航，敬請留意。</td></tr></table>
<p>Ring the bell <a href="/b">twice</a>.</p>"""
LINKED = """<h1>Crew</h1><table><tr><th>Name<th>Ship</tr>
<tr><td><a href="/a">Ann Lee</a><td><a href="/m">Marren</a><br>(since May)</tr>
<tr><td><a href="/b">陳大文</a><td><a href="/k">霧島丸</a></tr></table>"""


def document(folder: Path, markup: str) -> Document:
    """A page as it is read."""
    path = folder / "page.html"
    path.write_text(f'<html><meta charset="utf-8"><title>Page</title><body>{markup}</body></html>', encoding="utf-8")
    return load(Ref(str(path), 0, "html"), Options(), Limits())


def flow_of(page: PageText, cells: int, *, wide: bool = False) -> TextFlow:
    grids = page.grids(cells, wide=wide)
    return TextFlow(
        page.text, cells, wide=wide, gap=page.gap, lead=page.lead, above=page.above, post=page.post, grids=grids
    )


def placed(flow: TextFlow) -> Iterator[tuple[Place, Row]]:
    place = Place(0, 0)
    while (row := flow.row(place)) is not None:
        yield place, row
        below = flow.move(place, 1)
        if below == place:
            break
        place = below


def drawn(folder: Path, markup: str, cells: int) -> list[str]:
    return [row.text.rstrip() for _place, row in placed(flow_of(PageText(document(folder, markup)), cells))]


def test_columns_are_aligned_numbers_flush_right_and_long_cells_wrapped(tmp_path: Path) -> None:
    assert drawn(tmp_path, FERRIES, 60)[-9:] == [
        "To               First    Fare  Notes",
        "───────────────  ─────  ──────  ────────────────────────────",
        "北港 North Pier  06:40   £4.80  bicycles free",
        "霧島 Kirishima          £12.00  no sailing in fog; ring",
        "                                before 06:00",
        "島               18:00     n/a  逢週末及公眾假期停航，敬請留",
        "                                意。",
        "",
        "Ring the bell twice.",
    ]


@pytest.mark.parametrize("markup", [FERRIES, LINKED])
@pytest.mark.parametrize("cells", [16, 30, 44, 60, 100])
@pytest.mark.parametrize("wide", [False, True])
def test_each_cell_stands_under_its_head(tmp_path: Path, markup: str, cells: int, wide: bool) -> None:
    read = document(tmp_path, markup)
    page = PageText(read)
    flow = flow_of(page, cells, wide=wide)
    columns: dict[int, set[int]] = {}
    for shape in read.shapes:
        if shape.table < 0:
            continue
        start, end = shape.start + page.shift, shape.end + page.shift
        rows = [row for _place, row in placed(flow) if row.drawn(start) is not None]
        assert len(rows) == 1
        left = rows[0].cell(start, wide=wide)
        rights = {width(row.text[:stop], wide=wide) for _p, row in placed(flow) for _s, stop in row.between(start, end)}
        columns.setdefault(shape.column, set()).add(left)
        columns.setdefault(~shape.column, set()).update(rights)
    for column in [each for each in columns if each >= 0]:
        is_left, is_right = len(columns[column]) == 1, len(columns[~column]) == 1
        assert is_left or is_right, (column, columns)
        for other in columns:
            if other > column:
                assert max(columns[~column]) + 2 <= min(columns[other])


@pytest.mark.parametrize("markup", [FERRIES, LINKED])
@pytest.mark.parametrize("cells", [16, 30, 60, 100])
def test_every_character_is_drawn_where_its_place_says(tmp_path: Path, markup: str, cells: int) -> None:
    page = PageText(document(tmp_path, markup))
    flow = flow_of(page, cells)
    for offset, char in enumerate(page.text):
        row = flow.row(flow.place_of(offset))
        assert row is not None
        at = row.drawn(offset)
        if at is None:
            assert char in " \n"
            continue
        assert row.text[at] == char or (char in "\t\n" and row.text[at] == " ")
        assert row.offset(at) == offset
        if char not in "\t\n":
            assert offset_at(row, row.cell(offset, wide=False), wide=False) == offset
    for place, row in placed(flow):
        if row.end > row.start:
            assert flow.place_of(row.start) == place


def marked(folder: Path, markup: str) -> list[tuple[str, str]]:
    """What is marked in a page, and how."""
    page = PageText(document(folder, markup))
    return [(page.text[start:end], name) for start, end, name in page.marks(0, len(page.text))]


def test_links_code_and_emphasis_are_marked_in_what_is_read_alone(tmp_path: Path) -> None:
    links = "<nav><a href='/'>Home</a> <a href='/n'>News</a></nav>"
    words = "<p>Fares <b>rise</b> on <i>1 June</i>, says <a href='/f'>the list</a>; see <code>f()</code>, <a href='#x'>x</a>.</p>"
    assert marked(tmp_path, f"{links}<h1>Fares rise</h1>{words}{FERRIES}") == [
        *((head, "table_head") for head in ("To", "First", "Fare", "Notes")),
        ("rise", "bold"),
        ("1 June", "italic"),
        ("the list", "link"),
        ("f()", "code"),
        ("twice", "link"),
    ]


def test_images_are_named_above_the_line_behind_them_in_what_is_read(tmp_path: Path) -> None:
    menu = "<nav><img alt='Logo'><a href='/'>Home</a></nav>"
    text = "<p>It rained in the quay for days, and nobody sailed.</p>"
    images = "<img alt='The quay'><img alt='★'><img alt='Rain again'>"
    end = "<p><img alt='Low tide'></p></article><footer>© Ferries</footer>"
    assert drawn(tmp_path, f"{menu}<article><h1>Rain</h1>{text}{images}<p>Rain again. {text}{end}", 60)[-11:] == [
        "It rained in the quay for days, and nobody sailed.",
        "",
        "[image: The quay]",
        "",
        "Rain again.",
        "",
        "It rained in the quay for days, and nobody sailed.",
        "",
        "[image: Low tide]",
        "",
        "© Ferries",
    ]


def test_no_more_than_three_images_are_named_before_a_line(tmp_path: Path) -> None:
    shown = ["".join(f"<img alt=n{number}>" for number in range(count)) for count in (3, 4)]
    pages = [drawn(tmp_path, f"<h1>Rain</h1>{images}<p>It rained for days, and nobody sailed.", 60) for images in shown]
    assert pages[0] == pages[1]
    assert pages[0][-4:-1] == ["[image: n0]", "[image: n1]", "[image: n2]"]


def test_a_table_too_wide_for_the_pane_keeps_its_columns_and_says_where_they_begin(tmp_path: Path) -> None:
    rows = [row for _place, row in placed(flow_of(PageText(document(tmp_path, FERRIES)), 30)) if row.columns]
    assert {row.columns for row in rows} == {(0, 14, 21, 29)}
    assert not [row for _place, row in placed(flow_of(PageText(document(tmp_path, FERRIES)), 60)) if row.columns]


def test_records_are_drawn_where_one_cell_alone_is_wider_than_the_pane(tmp_path: Path) -> None:
    address = "ferry.example/" + "x" * 40
    markup = f"<table><tr><th>To<th>See</tr><tr><td>Pier<td>{address}</tr><tr><td>Quay<td>b</tr></table>"
    assert drawn(tmp_path, markup, len(address))[-2:] == [f"Pier  {address}", "Quay  b"]
    assert drawn(tmp_path, markup, len(address) - 1)[-9:] == [
        "To",
        "See",
        "",
        "To   Pier",
        f"See  {address[:48]}",
        f"     {address[48:]}",
        "",
        "To   Quay",
        "See  b",
    ]


def test_a_rule_that_says_which_who_and_when_parts_posts_and_every_character_keeps_its_place(tmp_path: Path) -> None:
    wrote = "It rained all day here, again, and nobody of us went out to sea or into town."
    stamps = (("Ann\N{ZERO WIDTH SPACE} Lee", "2021-12-07 23:33 #7"), ("港灣", "3 days ago"), ("", "May 2, 2024 #9"))
    thread = "".join(
        f"<li class=post><b class=x><span class=username>{who}</span></b> {day}<p>{wrote}" for who, day in stamps
    )
    markup = (
        f"<meta property=og:url content=https://forum.example.org/t/rain/1><h1>Rain</h1><ul class=thread>{thread}</ul>"
    )
    page = PageText(document(tmp_path, markup))
    for cells, wide in ((40, False), (40, True)):
        flow = flow_of(page, cells, wide=wide)
        rows = list(placed(flow))
        rules = [row.text for _place, row in rows if row.text.startswith("─" if not wide else "--")]
        sign = "-" if wide else "─"
        assert [rule.strip(sign).strip() for rule in rules] == [
            "#7 · Ann¦ Lee · 2021-12-07 23:33",
            "港灣 · 3 days ago",
            "#9 · 2024-05-02",
        ]
        assert {width(rule, wide=wide) for rule in rules} == {cells}
        for offset, char in enumerate(page.text):
            row = flow.row(flow.place_of(offset))
            assert row is not None
            at = row.drawn(offset)
            assert char == "\n" or (at is not None and row.offset(at) == offset)
