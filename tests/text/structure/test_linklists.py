"""Which links are lists of headlines, and what belongs to each of them: every bound from both sides."""

import pytest

from tui.text.markup import html, paragraphs
from tui.text.structure.headlines import HeadlineItem
from tui.text.structure.linklists import Tree, find

TITLE = "<a href=/{0}>The harbour office found crack {0}</a>"


def items(*rows: str, around: str = "ul") -> list[HeadlineItem]:
    """What is found in rows, each of which is told its number where it has braces."""
    page = html.parse(f"<{around}>{''.join(f'<li>{row.format(n)}</li>' for n, row in enumerate(rows))}</{around}>")
    lines = paragraphs.read(page.text, page.lines)
    return [item for each in find(lines, Tree(list(page.nodes)), list(page.spans)) for item in each]


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ([TITLE] * 2, 0),
        ([TITLE] * 3, 3),
        ([f"{TITLE} 2024-05-01"] * 1, 0),
        ([f"{TITLE} 2024-05-01"] * 2, 2),
        (["<a href=/{0}>港口停航第{0}天</a>"] * 3, 0),
        (["<a href=/{0}>港口停航的第{0}天</a>"] * 3, 3),
        (["<a href=/1>The harbour office found a crack</a>"] * 4, 0),
        (["<a href=/1>The harbour office found a crack</a>"] * 2 + [TITLE], 0),
        (["<a href=/1>The harbour office found a crack</a>"] * 2 + [TITLE] * 2, 3),
    ],
)
def test_three_long_links_or_two_with_dates_are_a_list(rows: list[str], count: int) -> None:
    assert len(items(*rows)) == count


@pytest.mark.parametrize(
    ("row", "is_title"),
    [
        (f"{TITLE} in the port, said the harbour master on Monday, and nobody knows when the ferries will sail.", True),
        (
            f"Then {TITLE} in the port, said the harbour master on Monday, and nobody knows when the ferries sail.",
            False,
        ),
        (f"Then {TITLE} in the port, said the harbour master today.", False),
        (f"Then {TITLE} in the port, said the harbour master.", True),
    ],
)
def test_a_link_in_the_midst_of_a_sentence_is_a_title_where_it_is_most_of_it(row: str, is_title: bool) -> None:
    assert bool(items(*[row] * 4)) is is_title


@pytest.mark.parametrize(
    ("behind", "tag", "summary", "comments"),
    [
        ("港口消息與航運和天氣預報消息", "港口消息與航運和天氣預報消息", None, None),
        ("港口消息與航運和天氣預報的消息", None, None, None),
        ("港口消息與航運和天氣預報的消息都在這裡", None, None, None),
        ("港口消息與航運和天氣預報的消息都在這裡了", None, "港口消息與航運和天氣預報的消息都在這裡了", None),
        ("港", None, None, None),
        ("港口", "港口", None, None),
        ("17", None, None, 17),
        ("17/203", None, None, 17),
    ],
)
def test_what_stands_behind_a_title_is_a_tag_a_summary_or_a_count(
    behind: str, tag: str | None, summary: str | None, comments: int | None
) -> None:
    found = items(*[f"{TITLE}<p>{behind}</p>"] * 4)[0]
    assert (found.tag, found.summary, found.comments) == (tag, summary, comments)


@pytest.mark.parametrize(("lines", "summary"), [(11, True), (12, False)])
def test_up_to_twelve_lines_belong_to_a_title(lines: int, summary: bool) -> None:
    text = "<p>港口消息與航運和天氣預報的消息都在這裡了呢</p>"
    found = items(*[f"{TITLE}{'<p>x</p>' * lines}{text}"] * 4)
    assert bool(found[0].summary) is summary


def _rows(first: int, count: int) -> str:
    return "".join(
        f"<li>[<a href=/w>Rain</a>] <a href=/{n}>A long headline about rain, part {n}</a> 2024-05-02</li>"
        for n in range(first, first + count)
    )


def _found(source: str) -> list[list[HeadlineItem]]:
    page = html.parse(source)
    return find(paragraphs.read(page.text, page.lines), Tree(list(page.nodes)), list(page.spans))


def _lists(source: str) -> list[int]:
    return [len(rows) for rows in sorted(_found(source), key=lambda rows: rows[0].start)]


@pytest.mark.parametrize(
    ("parts", "sizes"),
    [
        ("<ul class=a>{}</ul><hr><ul class=a>{}</ul>", [10]),
        ("<div class=b><ul>{}</ul></div><p class=rule></p><div class=b><ul>{}</ul></div>", [10]),
        ("<ul class=a>{}</ul><ul class=b>{}</ul>", [5, 5]),
        ("<ul class=a>{}</ul><h2>Weather</h2><ul class=a>{}</ul>", [5, 5]),
        ("<ul class=a>{}</ul><p>Advertisement here</p><ul class=a>{}</ul>", [5, 5]),
    ],
)
def test_a_list_that_rules_part_is_one(parts: str, sizes: list[int]) -> None:
    assert _lists(parts.format(_rows(0, 5), _rows(5, 5))) == sizes


@pytest.mark.parametrize(("first", "second", "sizes"), [(3, 2, [5]), (2, 3, [2, 3])])
def test_what_goes_on_is_a_list_of_three(first: int, second: int, sizes: list[int]) -> None:
    assert _lists(f"<ul class=a>{_rows(0, first)}</ul><ul class=a>{_rows(5, second)}</ul>") == sizes


def test_tags_in_brackets_stay_in_lists_that_are_joined() -> None:
    (rows,) = _found(f"<ul class=a>{_rows(0, 5)}</ul><ul class=a>{_rows(5, 5)}</ul>")
    assert {row.tag for row in rows} == {"[Rain]"}


def _board(more: str) -> list[tuple[str | None, str | None]]:
    rows = "".join(
        f"<li><b>{n}</b><p><a href=/p/{n}>A long title of a thread, part {n}</a></p><p>{more}</p></li>"
        for n in range(3)
    )
    (found,) = _found(f"<ul>{rows}</ul>")
    return [(row.tag, row.date_text) for row in found]


@pytest.mark.parametrize(
    ("more", "tag", "day"),
    [
        ("Ann 9-1", "Ann", "9-1"),
        ("Ann 14:59", "Ann", "14:59"),
        ("Ann-9", "Ann-9", None),
        # A time alone is the one of a match, or how long a film takes.
        ("14:59", "14:59", None),
        ("today rain in har", "rain in har", "today"),
        ("today rain in harb", None, None),
    ],
)
def test_a_board_names_who_wrote_and_when(more: str, tag: str | None, day: str | None) -> None:
    assert _board(more) == [(tag, day)] * 3
