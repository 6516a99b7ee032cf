"""What stands over a list says what it is called, if it says which kind of list it is."""

import pytest
from made_pages import marked_up

from tui.text import document
from tui.text.document import _ABOVE, _heading

LONG = "Related " + "x" * 32


@pytest.mark.parametrize(
    ("above", "kind", "heading"),
    [
        ("Ferry stops.\nRelated news\n", "related", "Related news"),
        ("Ferry stops.\nRelated news\n", "hot", None),
        ("相關推薦 -\n", "related", "相關推薦"),
        (" 評論 79最新聞 Hot\n-\n", "hot", "最新聞 Hot"),
        (" 評論 79\n", "hot", None),
        (LONG + "\n", "related", LONG),
        (LONG + "x\n", "related", None),
        ("Most read\n-\n-\n-\n", "hot", "Most read"),
        ("Most read\n-\n-\n-\n-\n", "hot", None),
    ],
)
def test_a_short_line_just_above_that_is_of_its_kind_is_its_heading(above: str, kind: str, heading: str | None) -> None:
    assert len(above) <= _ABOVE
    assert _heading(above, kind) == heading


TITLES = "".join(f"<li><a href=/{n}>A long headline about rain, part {n}</a> 2024-05-0{n}</li>" for n in range(1, 6))


def _headings(markup: str) -> list[tuple[str, str | None]]:
    """Each list of a page with what stands over it."""
    found = document.parse(marked_up(f"<title>Quay</title><h1>Quay</h1><p>Our town.</p>{markup}"))
    return list(dict.fromkeys((row.list, row.heading) for row in found.headlines))


@pytest.mark.parametrize(
    ("markup", "heading"),
    [
        ("<h3>All that the harbour office said</h3><ul>{}</ul>", "All that the harbour office said"),
        ("<div><span>Harbour office</span><ul>{}</ul></div>", "Harbour office"),
        ("<div><div><b>Harbour office</b> <a href=/all>All</a></div><ul>{}</ul></div>", "Harbour office All"),
        ("<div><p>Harbour office</p><div><a href=/1>Day</a> <a href=/7>Week</a> <a href=/30>Month</a></div><ul>{}</ul></div>", "Harbour office"),
        # Nothing says that it belongs to the list.
        ("<p>Harbour office</p><ul>{}</ul>", None),
        ("<div><p>Yesterday</p><p>Harbour office</p><ul>{}</ul></div>", None),
        ("<div><p>The harbour office said it again.</p><ul>{}</ul></div>", None),
        ("<div><p>Harbour office 2024-05-01</p><ul>{}</ul></div>", None),
        ("<div><a href='#main'>Harbour office</a><ul>{}</ul></div>", None),
        ("<div><p>12</p><ul>{}</ul></div>", None),
        ("<ul><li><a href=/0>Harbour office</a></li>{}</ul>", None),
    ],
)  # fmt: skip
def test_a_heading_or_the_first_line_of_the_element_around_stands_over_a_list(markup: str, heading: str | None) -> None:
    ((_name, found),) = _headings(markup.format(TITLES))
    assert found == heading


@pytest.mark.parametrize(("size", "is_heading"), [(60, True), (61, False)])
def test_a_heading_is_short(size: int, is_heading: bool) -> None:
    ((_name, heading),) = _headings(f"<div><span>{'x' * size}</span><ul>{TITLES}</ul></div>")
    assert heading == ("x" * size if is_heading else None)


@pytest.mark.parametrize(("links", "is_heading"), [(2, True), (3, False)])
def test_a_line_of_three_links_is_a_menu(links: int, is_heading: bool) -> None:
    line = " ".join(f"<a href=/x{n}>Office</a>" for n in range(links))
    ((_name, heading),) = _headings(f"<div><div>{line}</div><ul>{TITLES}</ul></div>")
    assert (heading is not None) is is_heading


@pytest.mark.parametrize(("lines", "is_heading"), [(2, True), (3, False)])
def test_a_heading_stands_within_three_lines(lines: int, is_heading: bool) -> None:
    numbers = "".join(f"<p>{n}</p>" for n in range(lines))
    ((_name, heading),) = _headings(f"<div><p>Harbour office</p>{numbers}<ul>{TITLES}</ul></div>")
    assert (heading is not None) is is_heading


def test_a_list_of_a_kind_that_is_known_keeps_the_words_that_say_so() -> None:
    assert _headings(f"<div><span>Harbour office</span><p>Most read</p><ul>{TITLES}</ul></div>") == [
        ("hot", "Most read")
    ]


def test_a_board_is_a_list_of_threads_with_answers_and_who_wrote_last() -> None:
    titles = (
        "地下室进水了怎么办",
        "水泵哪个牌子好用",
        "求推荐防水师傅啊",
        "昨天又下了一夜的雨",
        "软管总是堵怎么解决",
        "房东不管漏水怎么办",
        "晒晒我家新装的排水",
        "物业说下周才来检修",
    )
    rows = "".join(
        f"<li class=j_thread_list><div class=threadlist_rep_num>{10 * n + 3}</div><div><div class=threadlist_title><a href=/p/{n}>{title}</a></div>"
        f"<div class=threadlist_author><a href=/home/main?un={n}>安{n}号</a> <span>5-{n + 1}</span></div></div>"
        f"<div class=threadlist_abs>周一开始一直下雨，地下室全是水，大家都用什么抽水？</div></li>"
        for n, title in enumerate(titles)
    )
    page = document.parse(marked_up(f"<title>家装吧</title><ul id=thread_list>{rows}</ul>"))
    assert page.type == "listing"
    assert [(row.title, row.comments, row.tag) for row in page.headlines] == [
        (title, 10 * n + 3, f"安{n}号") for n, title in enumerate(titles)
    ]
    assert {row.list for row in page.headlines} == {"index"}


def test_a_rolling_page_is_one_list_under_its_heading_with_the_tag_of_each() -> None:
    def part(first: int) -> str:
        rows = (
            f"<li>[<a href=/{n % 2}>{'社会' if n % 2 else '国际'}</a>] <a href=/{n}.html>港口第{n}天停航，渔民在家等待消息</a> (07-05 1{n % 10}:05)</li>"
            for n in range(first, first + 5)
        )
        return f"<ul class=newslist>{''.join(rows)}</ul>"

    parts = "<hr>".join(part(5 * number) for number in range(8))
    page = document.parse(
        marked_up(f"<title>滚动</title><div><div class=hd>港口滚动</div><div class=bd>{parts}</div></div>")
    )
    assert {(row.list, row.heading) for row in page.headlines} == {("index", "港口滚动")}
    assert [row.tag for row in page.headlines] == ["[国际]", "[社会]"] * 20
