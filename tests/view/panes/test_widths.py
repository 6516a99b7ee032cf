"""What panes show at the widths that decide, each from both sides."""

import pytest
from screen_fake import page
from textual.geometry import Region

from tui.core.model import Headline, Preview, Ref
from tui.core.shelf import Shelf
from tui.view.panes.headlines import HeadlinesPane
from tui.view.panes.metadata import MetadataPane
from tui.view.state.sourcenames import SourceNames
from tui.view.terminal.look import Look

LOOK = Look({}, no_color=True)
REF = Ref("/corpus/a.html", 0, "html")


def headlines(cells: int, *sources: str) -> HeadlinesPane:
    """A list of pages with a date, the first one with a headline in it."""
    pages = [Ref(source, 0, "html") for source in sources]
    names = SourceNames()
    names.add(pages)
    pane = HeadlinesPane(LOOK, Shelf(pages), names)
    pane.listing.pages = len(pages)
    pane.learn({index: Preview(ref, "Rain", "2021-12-07", None) for index, ref in enumerate(pages)})
    if pages:
        pane.listing.unfold(0, [Headline("hot", "Ferry", 0, 5, date="2021-12-08T09:10:11")])
    pane.put(Region(0, 0, cells, 20), is_beside=False)
    return pane


@pytest.mark.parametrize(("cells", "date"), [(39, " 2021-12"), (40, " 2021-12-07")])
def test_the_day_of_a_page_stands_where_there_are_40_cells(cells: int, date: str) -> None:
    row = headlines(cells, "a.html").paint(0).text.rstrip()
    assert row.endswith(date)


@pytest.mark.parametrize(("cells", "end"), [(45, "  good, unsure"), (46, "  good, unsure 2021-12-07")])
def test_labels_stand_in_full_and_go_before_the_date_in_half_of_a_row(cells: int, end: str) -> None:
    pane = headlines(cells, "a.html")
    pane.labels_at = lambda _ref: ("good", "unsure")
    assert pane.paint(0).text.rstrip().endswith(end)


@pytest.mark.parametrize(("cells", "name"), [(39, "aaaaaa…"), (40, "aaaaaaa…"), (30, "aaaaaa…")])
def test_a_source_gets_a_fifth_of_a_row_and_no_less_than_7_cells(cells: int, name: str) -> None:
    assert headlines(cells, *["a" * 30] * 2, *["b" * 30] * 2).paint(0).text.split()[2] == name


@pytest.mark.parametrize(("count", "known"), [(20_000, 20_000), (20_001, 20_000)])
def test_titles_of_twenty_thousand_pages_are_kept(count: int, known: int) -> None:
    pane = headlines(40)
    pane.learn({index: Preview(REF, "Rain") for index in range(count)})
    assert pane.known() == known


@pytest.mark.parametrize(("sources", "is_told"), [("aa", False), ("aab", False), ("aabb", True), ("abc", False)])
def test_the_source_is_told_where_there_are_several_of_two_pages(sources: str, is_told: bool) -> None:
    assert ("a" in headlines(40, *sources).paint(0).text.partition("Rain")[0]) is is_told


@pytest.mark.parametrize(("cells", "are_beside"), [(89, False), (90, True)])
def test_metadata_stand_in_two_columns_where_there_are_90_cells(cells: int, are_beside: bool) -> None:
    pane = MetadataPane(LOOK)
    pane.put(Region(0, 0, cells, 20), is_beside=False)
    pane.show(page(REF))
    assert ("Page" in pane.paint(0).text) is are_beside


@pytest.mark.parametrize("cells", [40, 89, 90, 91])
def test_rows_of_metadata_are_as_wide_as_their_pane(cells: int) -> None:
    pane = MetadataPane(LOOK)
    pane.put(Region(0, 0, cells, 20), is_beside=False)
    pane.show(page(REF))
    assert {pane.paint(row).cell_length for row in range(20)} == {cells}


def test_the_titles_that_were_learnt_first_go_first() -> None:
    pane = headlines(40)
    pane.learn({index: Preview(REF, "Rain", url=f"/{index}") for index in range(20_001)})
    assert [pane.with_url(url) for url in ("/0", "/1", "/20000")] == [None, 1, 20_000]


@pytest.mark.parametrize(
    ("shift", "pages", "number", "row"),
    [
        (0, 9, 7, 7),
        (0, 9, 8, 8),
        (0, 9, 9, 8),
        (5, 9, 7, 2),
        (5, 9, 13, 8),
        (5, 9, 2, 2),
        (2, 100_009, 100_001, 99_999),
        (2, 100_009, 100_002, 100_002),
    ],
)
def test_a_number_goes_to_the_page_that_shows_it_or_to_that_place(
    shift: int, pages: int, number: int, row: int
) -> None:
    pane = headlines(40)
    pane.pages = Shelf(Ref("a.jsonl", at + shift, "jsonl") for at in range(pages))
    pane.grow()
    assert pane.row_of_number(number) == row


@pytest.mark.parametrize(
    ("cells", "rows"),
    [
        (
            40,
            [
                " date            2021-12-07",
                "                 guessed: dateline · or",
                "                 2021-12-08 (meta)",
                " charset         GB18030",
                "                 meta says gb2312 · or",
                "                 gb18030 (0.98)",
                " repairs         2 pinyin_gloss",
                "                 all certain",
                " Page",
                " title           縣城圖書館延長開放",
                " headlines       2 in related",
            ],
        ),
        (
            90,
            [
                " date            2021-12-07                   Page",
                "                 guessed: dateline · or       title           縣城圖書館延長開放",
                "                 2021-12-08 (meta)            headlines       2 in related",
            ],
        ),
        (46, [" date            2021-12-07", "                 guessed: dateline · or"]),
        (89, [" date            2021-12-07  guessed: dateline · or 2021-12-08 (meta)"]),
    ],
)
def test_values_stand_beside_their_labels_and_notes_beside_them_where_there_is_room(
    cells: int, rows: list[str]
) -> None:
    pane = MetadataPane(LOOK)
    pane.put(Region(0, 0, cells, 40), is_beside=False)
    pane.show(page(REF))
    assert [pane.paint(y).text.rstrip() for y in range(len(rows))] == rows


@pytest.mark.parametrize(("cells", "is_one_line"), [(18 + 27, True), (18 + 26, False)])
def test_a_note_stands_beside_its_value_if_both_fit(cells: int, is_one_line: bool) -> None:
    pane = MetadataPane(LOOK)
    pane.put(Region(0, 0, cells, 40), is_beside=False)
    pane.show(page(REF))
    rows = [pane.paint(y).text for y in range(30)]
    assert any("2 pinyin_gloss  all certain" in row for row in rows) is is_one_line
