"""Every number by which lines are told apart, from both sides."""

from collections.abc import Sequence

import pytest

from tui.core.model import BlockKind, Headline
from tui.core.page import Line, Node
from tui.text.markup import paragraphs
from tui.text.markup.paragraphs import Paragraph
from tui.text.markup.statements import Statements
from tui.text.structure import (
    article,
    headlines,
    index,
    metadata,
    pagetype,
    places,
    plaintext,
    posts,
    scores,
    titles,
    traits,
)
from tui.text.structure.headlines import HeadlineItem
from tui.text.structure.places import Surroundings
from tui.text.structure.traits import BestRun, Ground

DATE = "2024-05-01"


def line(text: str, **facts: object) -> Paragraph:
    """A line with other facts than its text has."""
    (made,) = paragraphs.read(text, [Line(0, len(text), 0)])
    for name, value in facts.items():
        setattr(made, name, value)
    made.is_sentence = paragraphs.is_sentence(made.size, made.stops, is_closed=made.is_closed)
    return made


def sized(*sizes: float, kind: BlockKind = "boiler", stops: int = 0) -> list[Paragraph]:
    """Lines of these sizes."""
    return [line(f"Line {number}", size=size, kind=kind, stops=stops) for number, size in enumerate(sizes)]


@pytest.mark.parametrize(
    ("size", "stops", "is_closed", "is_sentence"),
    [(30, 1, False, True), (29.9, 1, False, False), (8, 1, True, True), (7.9, 1, True, False), (99, 0, True, False)],
)
def test_a_line_reads_as_a_sentence(size: float, stops: int, is_closed: bool, is_sentence: bool) -> None:
    assert line("Rain", size=size, stops=stops, is_closed=is_closed).is_sentence is is_sentence


@pytest.mark.parametrize(
    ("facts", "weight"),
    [
        ({"size": 199, "stops": 1}, 199),
        ({"size": 201, "stops": 1}, 200),
        ({"size": 45}, 22.5),
        ({"size": 44.9}, -7),
        ({"size": 6, "is_closed": True}, 3),
        ({"size": 6, "is_closed": True, "is_bullet": True}, -14),
        ({"size": 6, "is_furniture": True}, -30),
    ],
)
def test_a_line_weighs_its_size_or_speaks_against_its_run(facts: dict[str, object], weight: float) -> None:
    assert plaintext.weigh(line("Rain", **facts)) == weight


@pytest.mark.parametrize(
    ("text", "size", "is_dated"),
    [(DATE, 40, True), (DATE, 40.1, False), (DATE + "x" * 19, 10, True), (DATE + "x" * 20, 10, False)],
)
def test_a_line_is_mostly_a_date(text: str, size: float, is_dated: bool) -> None:
    assert plaintext.is_dated(line(text, size=size)) is is_dated


@pytest.mark.parametrize(
    ("text", "facts", "is_byline"),
    [
        ("编辑 刘晓", {"size": 60}, True),
        ("编辑 刘晓", {"size": 60.1}, False),
        ("编辑 刘晓", {"stops": 2, "is_closed": True}, True),
        ("编辑 刘晓", {"stops": 3, "is_closed": True}, False),
        ("By Ann Lee", {"size": 29.9}, True),
        ("By Ann Lee", {"size": 30}, False),
        ("雨" * 11 + "来源：山城日报", {}, True),
        ("雨" * 12 + "来源：山城日报", {}, False),
        ("Reporting by Ann Lee; editing by Bo Chan", {"size": 100}, True),
        ("Reporting by Ann Lee; editing by Bo Chan", {"size": 100.1}, False),
    ],
)
def test_a_line_names_people_or_sources(text: str, facts: dict[str, object], is_byline: bool) -> None:
    assert plaintext.is_byline(line(text, **facts)) is is_byline


@pytest.mark.parametrize(
    ("scores", "is_kept"),
    [
        ([0.99, -1, -1, 9], False),
        ([1.0, -1, -1, 9.5], True),
        ([0.9, -1, -1, 8.0], True),
        ([0.9, -1, -1, 8.2], False),
        ([0.9, -1, 90], True),
    ],
)
def test_a_weak_run_is_left_out_where_it_is_small_and_alone(scores: Sequence[float], is_kept: bool) -> None:
    assert plaintext.without_strays(scores)[0] is is_kept


@pytest.mark.parametrize(("above", "is_found"), [(40, True), (41, False)])
def test_the_title_of_bare_text_stands_up_to_40_lines_above_its_body(above: int, is_found: bool) -> None:
    lines = [line("大雨襲擊北方城市"), *sized(*[1.0] * (above - 1)), line("大雨襲擊北方城市,今天停課。", kind="body")]
    assert (plaintext.find_title(lines) is lines[0]) is is_found


@pytest.mark.parametrize(("size", "is_title"), [(50, True), (50.1, False)])
def test_the_first_line_of_a_body_may_be_its_title(size: float, is_title: bool) -> None:
    text = "大雨襲擊北方城市,今天停課!"
    lines = [line(text, size=size, kind="body"), line(f"{text}。", kind="body")]
    assert (plaintext.find_title(lines) is lines[0]) is is_title


@pytest.mark.parametrize(("far", "is_claimed"), [(12, True), (13, False)])
def test_bylines_stand_up_to_12_lines_above_and_below_a_body(far: int, is_claimed: bool) -> None:
    by = line("编辑 刘晓")
    above = [by, *sized(*[1.0] * (far - 1)), line("Rain")]
    assert bool(plaintext.bylines(above, far, far + 1)) is is_claimed
    assert bool(plaintext.bylines(above[::-1], 0, 1)) is is_claimed


def test_distances_and_gaps_are_told_apart_up_to_40_lines() -> None:
    row = plaintext.rows(sized(*[1.0] * 90), [-7.0] * 45 + [9.0] + [-7.0] * 44, (45, 46))
    names = ("before", "after", "from_start", "gap_before", "gap_after")
    told = [[row[place][plaintext.NAMES.index(name)] for name in names] for place in (0, 5, 6, 45, 84, 85, 89)]
    assert told == [
        [-40, -7, -40, 40, 40],
        [-7, -7, -40, 40, 39],
        [-7, -7, -39, 40, 38],
        [-7, -7, 0, 40, 40],
        [-7, -7, 39, 38, 40],
        [-7, -7, 40, 39, 40],
        [-7, -40, 40, 40, 40],
    ]


@pytest.mark.parametrize(
    ("text", "size", "is_stamp"),
    [
        (DATE, 30, True),
        (DATE, 30.1, False),
        (DATE + "x" * 30, 12, True),
        (DATE + "x" * 31, 12, False),
        (DATE + "x" * 31, 11.9, True),
    ],
)
def test_a_short_line_says_when_a_post_was_written(text: str, size: float, is_stamp: bool) -> None:
    assert posts.is_stamp(line(text, size=size)) is is_stamp


@pytest.mark.parametrize(("copies", "size", "is_post"), [(5, 4.0, True), (6, 4.0, False), (6, 3.9, True)])
def test_what_stands_six_times_was_not_written(
    copies: int, size: float, is_post: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posts, "score", lambda rows, _scale: [1.0] * len(rows))
    lines = [line("It is gone", size=size) for _ in range(copies)]
    assert bool(posts.body(lines, [Node(-1, "p")], [Surroundings()]).claims) is is_post


def test_a_line_of_a_thread_is_told_12_lines_from_a_stamp_and_4_copies() -> None:
    lines = [line(DATE), *[line("Reply") for _ in range(5)], *[line(f"It rained {n}") for n in range(10)]]
    table = posts.rows(lines, [Node(-1, "p")], [Surroundings()], [0.0] * 16)
    since, copies = posts.NAMES.index("since_stamp"), posts.NAMES.index("copies")
    assert [row[since] for row in table] == [12, *range(13), 12, 12]
    assert [row[copies] for row in table[:7]] == [1, 4, 4, 4, 4, 4, 1]


@pytest.mark.parametrize(("copies", "share"), [(3, 1.0), (4, 0.0)])
def test_what_stands_four_times_in_a_thread_is_a_button(copies: int, share: float) -> None:
    nodes = [Node(-1, "div", "buttons"), Node(-1, "div", "text")]
    lines = [*[line("Reply to this", node=0) for _ in range(copies)], line("Rain", node=1, size=0.0)]
    assert posts.shares(lines, nodes, [False] * len(lines))[0] == share


@pytest.mark.parametrize(("size", "share"), [(100, 0.5), (200, 1.0), (400, 1.0)])
def test_a_line_of_a_thread_counts_up_to_200(size: float, share: float) -> None:
    nodes = [Node(-1, "div", "one"), Node(-1, "div", "other")]
    lines = [line("Rain", node=0, size=size), line("Wind", node=1, size=200)]
    assert posts.shares(lines, nodes, [False] * 2)[0] == share


@pytest.mark.parametrize(
    ("text", "size", "stops", "is_row"),
    [
        (DATE, 70, 5, True),
        (DATE, 70.1, 0, False),
        (DATE, 10, 6, False),
        ("雨" * 12 + DATE + "雨" * 30, 10, 0, True),
        ("雨" * 13 + DATE + "雨" * 30, 10, 0, False),
        ("雨" * 30 + DATE + "雨" * 24, 10, 0, True),
        ("雨" * 30 + DATE + "雨" * 25, 10, 0, False),
    ],
)
def test_a_row_of_a_list_has_its_date_at_an_end(text: str, size: float, stops: int, is_row: bool) -> None:
    assert headlines._row_date(line(text, size=size, stops=stops)) is is_row


@pytest.mark.parametrize(("size", "is_title"), [(5.9, False), (6, True), (60, True), (60.1, False)])
def test_a_title_of_a_list_has_a_size_from_6_to_60(size: float, is_title: bool) -> None:
    assert headlines._reads_like_title(line("Rain", size=size)) is is_title


def items(count: int, start: int = 0, **facts: object) -> list[HeadlineItem]:
    """So many headlines, one a line."""
    made = [HeadlineItem("rain", place, place, place) for place in range(start, start + count)]
    for item in made:
        for name, value in facts.items():
            setattr(item, name, value)
    return made


@pytest.mark.parametrize(
    ("large", "small", "facts", "is_kept"),
    [
        (7, 3, {}, True),
        (8, 3, {}, False),
        (8, 4, {}, False),
        (8, 5, {}, True),
        (20, 3, {"date_text": "May"}, True),
        (20, 2, {"date_text": "May"}, False),
        (20, 3, {"comments": 0}, True),
        (20, 6, {}, True),
        (24, 6, {}, False),
        (19, 5, {}, False),
    ],
)
def test_a_box_of_links_is_left_out_beside_large_lists(
    large: int, small: int, facts: dict[str, object], is_kept: bool
) -> None:
    lists = [items(large), items(small, large, **facts)]
    assert len(headlines.without_boxes(sized(*[30.0] * (large + small)), lists)) == 1 + is_kept


@pytest.mark.parametrize(
    ("far", "size", "level", "name"),
    [
        (1, 12, 2, "Our port"),
        (3, 12, 2, "Our port"),
        (4, 12, 2, "index"),
        (1, 12.1, 2, "index"),
        (1, 12, None, "index"),
    ],
)
def test_a_list_is_named_by_the_short_heading_within_3_lines_over_it(
    far: int, size: float, level: int | None, name: str
) -> None:
    lines = [line("Our port", size=size, level=level), *sized(*[30.0] * (far + 2))]
    found, _ = headlines.name_lists(lines, [items(3, far)])
    assert found[0].list == name


@pytest.mark.parametrize(("size", "name"), [(20, "hot"), (20.1, "index")])
def test_a_list_is_named_by_known_words_of_a_size_up_to_20(size: float, name: str) -> None:
    found, _ = headlines.name_lists([line("热点新闻", size=size), *sized(*[30.0] * 3)], [items(3, 1)])
    assert found[0].list == name


@pytest.mark.parametrize(
    ("sizes", "linked", "may_be"),
    [
        ([300], [0], True),
        ([300.1], [0], False),
        ([200, 4.1, 200], [0, 0.6, 0], True),
        ([200, 4, 200], [0, 0.6, 0], False),
        ([200, 4.1, 200], [0, 0.5, 0], False),
    ],
)
def test_an_index_has_no_long_stretch_between_titles(sizes: list[float], linked: list[float], may_be: bool) -> None:
    lines = sized(*sizes, stops=1)
    for each, share in zip(lines, linked, strict=True):
        each.linked = share
    assert index.may_be_index(lines, [Surroundings()]) is may_be


@pytest.mark.parametrize(
    ("count", "running", "title", "is_index"),
    [
        (7, 0, "雨" * 40, False),
        (8, 0, "雨" * 40, True),
        (8, 89.9, "雨" * 40, True),
        (8, 90, "雨" * 40, False),
        (8, 80, "雨" * 30, False),
        (8, 79.9, "雨" * 30, True),
    ],
)
def test_an_index_has_8_items_and_hardly_anything_beside_them(
    count: int, running: float, title: str, is_index: bool
) -> None:
    rows = items(count, title=title)
    lines = [*sized(*[30.0] * count), line("Rain", size=running, stops=1)]
    assert index.is_index([rows], lines, [Node(-1, "p")], [Surroundings()]) is is_index


@pytest.mark.parametrize(("count", "is_body"), [(4, False), (5, True)])
def test_the_main_lists_of_an_index_have_5_items(count: int, is_body: bool) -> None:
    lines = sized(*[30.0] * count)
    claims = index.body([items(count)], lines, [Surroundings()], dict.fromkeys(range(count), "headline"))
    assert bool(claims) is is_body


def test_an_index_is_its_largest_list_where_all_stand_in_furniture() -> None:
    lists = [items(5), items(6, 5)]
    listed: dict[int, BlockKind] = dict.fromkeys(range(11), "headline")
    in_menu = [Surroundings(is_furniture=True)]
    assert list(index.body(lists, sized(*[30.0] * 11), in_menu, listed)) == list(range(5, 11))


def test_an_index_holds_what_stands_between_its_headline_and_the_end_of_its_lists() -> None:
    lines = sized(*[30.0] * 9)
    claims = index.body([items(5, 3)], lines, [Surroundings()], dict.fromkeys(range(3, 8), "headline"), 1)
    assert list(claims) == list(range(2, 8))


@pytest.mark.parametrize(
    ("size", "far", "beside", "is_index"),
    [(30, 6, 5, False), (29.9, 6, 5, True), (30, 7, 5, True), (30, 6, 4, True)],
)
def test_a_sentence_below_the_headline_makes_lists_elsewhere_no_index(
    size: float, far: int, beside: int, is_index: bool
) -> None:
    """`beside`: so many of nine items stand outside of the element around the headline."""
    nodes = [Node(-1, "body"), Node(0, "main"), Node(0, "div")]
    rows = items(9, far + 1, title="雨" * 40)
    lines = [
        line("Rain", node=1),
        *sized(*[1.0] * (far - 1)),
        line("Rain.", size=size, stops=1, is_closed=True, node=1),
    ]
    lines += [line("Wind", size=30.0, node=2 if number < beside else 1) for number in range(9)]
    assert index.is_index([rows], lines, nodes, [Surroundings()] * 3, 0) is is_index


@pytest.mark.parametrize(("size", "is_furniture"), [(25.1, False), (25, True)])
def test_elements_of_one_name_that_hold_half_of_the_text_are_no_furniture(size: float, is_furniture: bool) -> None:
    nodes = [Node(-1, "body"), Node(0, "div", "paywall a"), Node(0, "div", "paywall b"), Node(0, "div")]
    sizes = (size, 25, 100 - size - 25)
    lines = [line("Rain", size=each, stops=1, is_closed=True, node=number) for number, each in enumerate(sizes, 1)]
    assert places.survey(nodes, lines)[1].is_furniture is is_furniture


@pytest.mark.parametrize(
    ("hint", "is_furniture"), [("block-28addc53ad", False), ("ad-2", True), ("ad2", True), ("jxk9ad", False)]
)
def test_letters_amid_the_digits_of_a_key_are_no_name(hint: str, is_furniture: bool) -> None:
    assert places.survey([Node(-1, "body"), Node(0, "div", hint)], [])[1].is_furniture is is_furniture


@pytest.mark.parametrize(("headline", "is_furniture"), [(2, False), (-1, True), (3, True)])
def test_what_holds_the_headline_is_no_furniture(headline: int, is_furniture: bool) -> None:
    nodes = [Node(-1, "body"), Node(0, "div", "banner"), Node(1, "h1"), Node(0, "h1")]
    assert places.survey(nodes, [], headline)[1].is_furniture is is_furniture


@pytest.mark.parametrize(("size", "is_furniture"), [(40, False), (39.9, True)])
def test_an_element_that_holds_two_fifths_of_the_text_is_no_furniture(size: float, is_furniture: bool) -> None:
    nodes = [Node(-1, "body"), Node(0, "div", "sidebar"), Node(0, "div")]
    lines = [line("Rain", size=size, stops=1, node=1), line("Wind", size=100 - size, stops=1, node=2)]
    assert places.survey(nodes, lines)[1].is_furniture is is_furniture


@pytest.mark.parametrize(
    ("sizes", "headline", "is_feed"),
    [
        ([70, 15, 15], 0, True),
        ([70.1, 15, 14.9], 0, False),
        ([70, 30], 0, False),
        ([70, 15, 15], 4, True),
        ([70, 15, 15], 4.1, False),
    ],
)
def test_three_articles_that_hold_much_and_lead_nowhere_are_one(
    sizes: list[float], headline: float, is_feed: bool
) -> None:
    nodes = [Node(-1, "article"), Node(0, "div"), *[Node(1, "article") for _ in sizes]]
    lines = [line("Rain", size=size, stops=1, is_closed=True, node=number) for number, size in enumerate(sizes, 2)]
    lines[:0] = [line("Wind", size=headline, linked=1.0, node=number) for number in (2, 3)]
    assert [place.is_other for place in places.survey(nodes, lines)[3:]] == [not is_feed] * (len(sizes) - 1)


@pytest.mark.parametrize(
    ("above", "count", "linked", "size", "beside", "is_teased"),
    [
        (100, 3, 3, 4.1, True, True),
        (99.9, 3, 3, 4.1, True, False),
        (100, 2, 2, 4.1, True, False),
        (100, 5, 4, 4.1, True, True),
        (100, 4, 3, 4.1, True, False),
        (100, 3, 3, 4, True, False),
        (100, 3, 3, 4.1, False, False),
    ],
)
def test_three_lines_of_a_kind_behind_links_below_an_article_are_teasers(
    above: float, count: int, linked: int, size: float, beside: bool, is_teased: bool
) -> None:
    nodes = [Node(-1, "dl"), Node(0, "dt"), Node(0 if beside else 1, "dd"), Node(0, "p")]
    lines = [line("Storm", node=3), line("It rained.", size=above, stops=1, is_closed=True, node=3)]
    for number in range(count):
        lines.append(line("Wind", size=size, linked=0.51 if number < linked else 0.5, node=1))
        lines.append(line("It blew.", node=2))
    assert bool(article._teasers(lines, nodes, article._below(lines, 0)) & {3}) is is_teased


def claimed(scores: list[float], kinds: list[BlockKind], **facts: object) -> dict[int, str]:
    """What an article claims of lines in one element, whose first one is its run."""
    nodes = [Node(-1, "main"), *[Node(0, "div") for _ in kinds]]
    lines = [line(f"It rained all day {number}.", size=20, node=number) for number in range(1, len(kinds) + 1)]
    for name, value in facts.items():
        setattr(lines[-1], name, value)
    around = [Surroundings(), *map(Surroundings, kinds)]
    setting = Ground(lines, nodes, around, scores, BestRun(0, 1, 0, 0, 1))
    return dict(article._claims(lines, setting, scores))


@pytest.mark.parametrize(
    ("score", "linked", "kind", "joins"),
    [
        (-0.9, 0.29, "list", True),
        (-1.0, 0.0, "list", False),
        (-0.9, 0.3, "list", False),
        (-0.9, 0.0, "body", False),
    ],
)
def test_a_list_beside_the_body_joins_it_if_hardly_anything_speaks_against(
    score: float, linked: float, kind: BlockKind, joins: bool
) -> None:
    assert (1 in claimed([9.0, score], ["body", kind], linked=linked)) is joins


@pytest.mark.parametrize(("size", "kind"), [(60, "table"), (60.1, "body")])
def test_a_long_sentence_in_a_table_is_no_cell(size: float, kind: str) -> None:
    assert claimed([9.0, 9.0], ["body", "table"], size=size, stops=1)[1] == kind


@pytest.mark.parametrize(("before", "kind"), [(2, "byline"), (3, "body")])
def test_a_date_among_the_first_three_lines_of_a_body_is_the_articles(before: int, kind: str) -> None:
    assert claimed([9.0] * (before + 1), ["body"] * (before + 1), text=DATE, size=3, may_hold_date=True)[before] == kind


@pytest.mark.parametrize(("size", "parent", "kept"), [(29.9, 1, [0, 1]), (30, 1, [0]), (30, 0, [0, 1])])
def test_a_long_paragraph_that_stands_in_two_elements_is_read_once(size: float, parent: int, kept: list[int]) -> None:
    nodes = [Node(-1, "main"), Node(0, "div"), Node(0, "p"), Node(parent, "p")]
    assert article._once([line("Rain", size=size, node=node) for node in (2, 3)], nodes, [0, 1]) == kept


@pytest.mark.parametrize(
    ("texts", "is_hidden", "kept"),
    [
        (["Rain", "Wind", "Boats", "Rain"], False, [0, 1, 2, 3]),
        (["Rain", "Wind", "Boats", "Rain"], True, [0, 1, 2]),
        (["Rain", "Wind", "Boats", "Rain", "Wind"], False, [0, 1, 2]),
    ],
)
def test_a_paragraph_that_comes_twice_alone_is_meant_to(texts: list[str], is_hidden: bool, kept: list[int]) -> None:
    nodes = [Node(-1, "main"), *[Node(number, "p") for number in range(5)]]
    lines = [line(text, size=30, node=number + 1) for number, text in enumerate(texts)]
    lines[-1].is_hidden = is_hidden
    assert article._once(lines, nodes, range(len(lines))) == kept


@pytest.mark.parametrize(("behind", "worth"), [(-1, 0.05), (0, 1.0), (20, 1.0), (21, 0.15)])
def test_an_article_starts_within_20_lines_behind_its_headline(behind: int, worth: float) -> None:
    assert article._worth(behind) == worth


@pytest.mark.parametrize(("far", "first"), [(199, 1), (201, 2)])
def test_a_run_far_behind_the_headline_holds_six_times_more_to_be_the_article(far: float, first: int) -> None:
    weights = [-7.0, 30.0, *[-7.0] * 20, far]
    assert article._near_headline(weights, 0)[0] == {1: 1, 2: 22}[first]


@pytest.mark.parametrize(("linked", "is_pointer"), [(0.3, False), (0.31, True)])
def test_a_line_points_elsewhere_where_three_tenths_are_linked(linked: float, is_pointer: bool) -> None:
    assert article._points_elsewhere(line("Read more: why the harbour is closed", linked=linked)) is is_pointer


@pytest.mark.parametrize(("place", "claim"), [(2, {2: "title"}), (3, {})])
def test_a_page_without_body_repeats_its_title_in_its_first_3_lines(place: int, claim: dict[int, str]) -> None:
    lines = [*sized(*[9.0] * place), line("Rain again")]
    assert titles.repeats(lines, "Rain again") == claim


@pytest.mark.parametrize(
    ("above", "stops", "rest", "is_left_out"),
    [(25, 0, 75, True), (25.1, 0, 74.9, False), (59.9, 1, 900, True), (60, 1, 900, False), (60, 0, 900, True)],
)
def test_what_little_stands_above_the_title_is_no_body(
    above: float, stops: int, rest: float, is_left_out: bool
) -> None:
    lines = [
        line("Home", size=above, stops=stops, kind="body"),
        line("Rain", kind="title"),
        line("Wind", size=rest, kind="body"),
    ]
    assert bool(titles.above(lines)) is is_left_out


@pytest.mark.parametrize(("number", "is_found"), [(11, True), (12, False)])
def test_the_title_is_one_of_the_first_12_headings(number: int, is_found: bool) -> None:
    heads = [line(f"Heading {place}", level=1, start=99 * place, end=99 * place + 9) for place in range(number)]
    wanted = line("Rain again in the north", level=1, start=9999)
    found = titles.choose("Rain again in the north", [], titles.headings([*heads, wanted]))
    assert found is not None
    assert (found.origin == "text: heading") is is_found


@pytest.mark.parametrize(("number", "is_compared"), [(5, True), (6, False)])
def test_five_fields_of_the_head_are_compared_with_the_headings(number: int, is_compared: bool) -> None:
    offered = [(f"{chr(97 + place) * 9}", f"meta {place}") for place in range(number - 1)]
    found = titles.choose("zzz", [*offered, ("Rain again", "meta last")], [titles.Heading("Rain again", 0.0)])
    assert found is not None
    assert (found.text == "Rain again") is is_compared


@pytest.mark.parametrize(("length", "is_own"), [(4, False), (5, True), (199, True), (200, False)])
def test_an_articles_own_headline_has_5_to_199_characters(length: int, is_own: bool) -> None:
    headline = ("大雨襲擊北方城市" * 30)[:length]
    found = titles.choose(
        "", [(headline, "json-ld NewsArticle"), ("xyxyxy", "meta a")], [titles.Heading("xyxyxy", 0.0)]
    )
    assert found is not None
    assert (found.text == headline) is is_own


def evidence(**facts: object) -> pagetype.Evidence:
    """What a page that says nothing shows of its kind, but for these."""
    return pagetype.Evidence(**{"path": "", "types": frozenset(), "og_type": "", "software": "", **facts})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "running", "code", "rows", "fields", "kind"),
    [
        ({}, 60, 0, [], (), "article"),
        ({}, 59.9, 0, [], (), "other"),
        ({"og_type": "article"}, 30, 0, [], (), "article"),
        ({"og_type": "article"}, 29.9, 0, [], (), "other"),
        ({"types": frozenset({"Article"})}, 30, 0, [], (), "article"),
        ({"og_type": "website"}, 60, 0, [], (), "article"),
        ({"og_type": "website"}, 59.9, 0, [], (), "other"),
        ({"og_type": "website", "path": "a.example/blog/rain"}, 60, 0, [], (), "article"),
        ({"og_type": "website", "path": "a.example/when-it-rains-at-home"}, 60, 0, [], (), "article"),
        ({"path": "a.example/when-it-rains-at-home", "name": "rain services"}, 60, 0, [], (), "article"),
        ({"path": "a.example/when-it-rains-here", "name": "rain services"}, 60, 0, [], (), "service"),
        ({"path": "a.example/rain", "name": "rain services"}, 60, 0, [], (), "service"),
        ({"path": "a.example/rain", "name": "rain services"}, 59.9, 0, [], (), "other"),
        ({"path": "a.example/rain", "name": "rain services"}, 60, 0, [], ("author",), "article"),
        ({"path": "a.example/services/rain", "name": "rain services"}, 60, 0, [], ("author",), "service"),
        ({"path": "a.example/services/rain", "name": "rain services"}, 60, 0, [], ("date",), "article"),
        ({"path": "a.example/services/rain", "name": "rain services", "og_type": "article"}, 60, 0, [], (), "service"),
        ({"path": "a.example/services/rain", "name": "best rain services"}, 60, 0, [], (), "article"),
        ({"path": "a.example/services/rain", "name": "rain services: how to"}, 60, 0, [], (), "article"),
        ({"path": "a.example/services/rain", "name": "which rain services?"}, 60, 0, [], (), "article"),
        ({"name": "rain services"}, 60, 0, [], (), "article"),
        ({"path": "a.example/help/rain"}, 60, 0, [], (), "article"),
        ({"path": "help.a.example/rain"}, 61, 0, [], (), "documentation"),
        ({"path": "a.example/handbook/rain"}, 61, 0, [], (), "documentation"),
        ({"path": "a.example/rain", "name": "rain - a 2.0 documentation"}, 61, 0, [], (), "documentation"),
        ({"path": "a.example/rain", "name": "rain - a 2.0 documentation"}, 61, 0, [], ("date",), "article"),
        ({"path": "a.example/blog/rain", "name": "rain - a 2.0 documentation"}, 61, 0, [], (), "article"),
        ({"path": "a.example/services/rain"}, 60, 0, [], (), "service"),
        ({"path": "a.example/services/rain"}, 59.9, 0, [], ("date",), "article"),
        ({"path": "a.example/services/rain"}, 60, 0, [], ("date", "author"), "article"),
        ({"path": "a.example/services/rain", "types": frozenset({"NewsArticle"})}, 60, 0, [], (), "article"),
        ({"path": "a.example/?"}, 60, 0, [], (), "service"),
        ({"path": "?"}, 60, 0, [], (), "article"),
        ({"path": "a.example/shop/rain"}, 90, 0, [], (), "collection"),
        ({"path": "a.example/shop/rain"}, 90, 0, [], ("date",), "article"),
        ({"path": "a.example/shop/rain", "types": frozenset({"Product"})}, 90, 0, [], (), "product"),
        ({"path": "a.example/browse/rain"}, 90, 0, [], (), "article"),
        ({"path": "a.example/rain"}, 60, 0, [], (), "article"),
        ({"path": "a.example/learn/rain"}, 60, 0, [], (), "article"),
        ({"path": "a.example/1999?"}, 60, 0, [], (), "article"),
        ({"path": "a.example/services/rain?id=1999"}, 60, 0, [], (), "service"),
        ({"path": "a.example/services/1999?id=1"}, 60, 0, [], (), "article"),
        ({"path": "news.a.example/rain"}, 60, 0, [], (), "article"),
        ({"path": "a.example/product/rain"}, 60, 0, [9] * 7 + [10], (), "collection"),
        ({"path": "a.example/product/rain", "types": frozenset({"Product"})}, 60, 0, [9] * 9, (), "product"),
        ({"path": "a.example/blog/rain"}, 60, 30, [], (), "article"),
        ({"path": "a.example/topic/rain"}, 60, 0, [], (), "article"),
        ({"path": "a.example/topic/12-rain"}, 60, 0, [], (), "forum"),
        ({"path": "a.example/showtopic-12"}, 60, 0, [], (), "forum"),
        ({"path": "a.example/rain-t12.html"}, 60, 0, [], (), "forum"),
        ({"types": frozenset({"Product", "ItemList"})}, 90, 0, [], (), "collection"),
        ({"og_type": "product.group"}, 90, 0, [], (), "collection"),
        ({}, 60, 90, [], ("date",), "article"),
        ({}, 59.9, 90, [], ("date",), "documentation"),
        ({"og_type": "website"}, 60, 0, [], ("date",), "article"),
        ({"og_type": "website"}, 59.9, 0, [], ("date",), "article"),
        ({}, 30, 0, [], ("date",), "article"),
        ({}, 29.9, 0, [], ("date",), "other"),
        ({}, 100, 30, [], (), "article"),
        ({}, 100, 30.1, [], (), "documentation"),
        ({}, 40, 20, [], (), "other"),
        ({}, 40, 20.1, [], (), "documentation"),
        ({"path": "docs.example.org/a"}, 60, 0, [], (), "other"),
        ({"path": "docs.example.org/a"}, 60.1, 0, [], (), "documentation"),
        ({}, 0, 0, [9] * 4, (), "other"),
        ({}, 0, 0, [9] * 5, (), "listing"),
        ({}, 60, 0, [9] * 7, (), "article"),
        ({}, 60, 0, [9] * 8, (), "article"),
        ({}, 60, 0, [9] * 7 + [10], (), "listing"),
        ({"types": frozenset({"ItemList"})}, 0, 0, [], (), "listing"),
        ({"types": frozenset({"Product"})}, 90, 0, [], (), "product"),
        ({"types": frozenset({"Product", "NewsArticle"})}, 90, 0, [], (), "article"),
        ({"og_type": "product.item"}, 90, 0, [], (), "product"),
        ({"path": "a.example/product/rain"}, 90, 0, [], (), "product"),
        ({"path": "a.example/product/rain", "og_type": "article"}, 90, 0, [], (), "article"),
        ({"path": "forum.example.org/"}, 90, 0, [], (), "forum"),
        ({"software": "discourse"}, 90, 0, [], (), "forum"),
        ({"types": frozenset({"QAPage"})}, 90, 0, [], (), "forum"),
        ({"types": frozenset({"QAPage", "FAQPage"})}, 90, 0, [], (), "article"),
        ({"is_talk": True}, 90, 0, [], (), "forum"),
        ({"is_talk": True, "types": frozenset({"NewsArticle"})}, 90, 0, [], (), "article"),
        ({"is_talk": True, "types": frozenset({"NewsArticle"}), "software": "phpbb"}, 90, 0, [], (), "forum"),
    ],
)
def test_what_a_page_is_called(
    facts: dict[str, object], running: float, code: float, rows: list[int], fields: tuple[str, ...], kind: str
) -> None:
    lines = [line("Rain.", size=running, kind="body"), line("x = 1", size=code, kind="code"), line("Home", linked=0.51)]
    found = [Headline("index", "Rain", 50, 50 + length) for length in rows]
    assert pagetype.decide(evidence(**facts), lines, found, dict.fromkeys(fields)) == kind


@pytest.mark.parametrize(("linked", "kind"), [(0.51, "service"), (0.5, "article")])
def test_a_text_without_links_says_nothing_of_the_place_it_was_cut_from(linked: float, kind: str) -> None:
    lines = [line("Rain.", size=90, kind="body"), line("Home", linked=linked)]
    assert pagetype.decide(evidence(path="a.example/services/rain"), lines, [], {}) == kind


@pytest.mark.parametrize(("linked", "kind"), [(0.71, "listing"), (0.7, "article")])
def test_a_body_that_leads_elsewhere_is_a_list(linked: float, kind: str) -> None:
    assert pagetype.decide(evidence(), [line("Rain.", size=90, kind="body", linked=linked)], [], {}) == kind


@pytest.mark.parametrize(
    ("path", "fields", "kind"),
    [
        ("a.example/about/in-the-news/?", (), "listing"),
        ("a.example/category/boats?page=2", (), "listing"),
        ("a.example/news/?", ("date",), "article"),
        ("a.example/news/?newsid=12", (), "article"),
        ("a.example/blog?p=123", (), "article"),
        ("a.example/blog?page=2", (), "listing"),
        ("a.example/blog?fbclid=x1", (), "listing"),
        ("a.example/news/rain?", (), "article"),
        ("a.example/category/boats/sails?", (), "article"),
    ],
)
def test_an_address_that_ends_in_a_sections_name_is_a_lists(path: str, fields: tuple[str, ...], kind: str) -> None:
    body = [line("It rained.", size=90, kind="body")]
    assert pagetype.decide(evidence(path=path), body, [], dict.fromkeys(fields)) == kind


@pytest.mark.parametrize(
    ("text", "more", "kind"),
    [
        ("Rain.", [line("What we do", size=6, kind="heading")], "service"),
        ("Rain.", [line("What we do", size=5.9, kind="heading")], "article"),
        ("You wait, and your coat", [], "service"),
        ("We wait, and your coat", [], "article"),
        ("Rain.", [line("Contact us")] * 5, "service"),
        ("Rain.", [line("Contact us")] * 4, "article"),
        ("Rain.", [line("Contact us" + " " * 50)] * 5, "service"),
        ("Rain.", [line("x" * 51 + "Contact us")] * 5, "article"),
        ("Rain.", [line("Why choose us")], "service"),
        ("Rain.", [line("Why choose rain when it is dry, and all that is said about it here")], "article"),
    ],
)
def test_what_is_offered_calls_on_its_readers_and_is_laid_out_in_parts(
    text: str, more: list[Paragraph], kind: str
) -> None:
    size = 100.0 - sum(each.size for each in more if each.kind == "heading")
    lines = [line(text, size=size, kind="body", stops=1), line("Home", linked=0.51), *more]
    assert pagetype.decide(evidence(path="a.example/rain"), lines, [], {}) == kind


@pytest.mark.parametrize(
    ("tags", "size", "running", "fields", "kind"),
    [
        (5, 14.9, 99.9, (), "collection"),
        (4, 14.9, 79.9, (), "article"),
        (5, 15.0, 99.9, (), "article"),
        (5, 14.9, 100.0, (), "article"),
        (5, 14.9, 99.9, ("date",), "article"),
    ],
)
def test_a_page_of_price_tags_is_a_collection(
    tags: int, size: float, running: float, fields: tuple[str, ...], kind: str
) -> None:
    lines = [line("Rain.", size=running, kind="body"), *[line("$9.50", size=size)] * tags]
    assert pagetype.decide(evidence(), lines, [], dict.fromkeys(fields)) == kind


@pytest.mark.parametrize(
    ("text", "count", "kind"),
    [
        ("Rain coat $12.50", 3, "collection"),
        ("Rain coat $12.50", 2, "article"),
        ("Regenjacke 12 €", 3, "collection"),
        ("Rain on 12 May", 3, "article"),
        ("x" * 198 + "$9", 3, "collection"),
        ("x" * 199 + "$9", 3, "article"),
    ],
)
def test_a_collection_by_its_address_has_three_lines_with_prices(text: str, count: int, kind: str) -> None:
    lines = [line("Rain.", size=90, kind="body"), line("Home", linked=0.51), *[line(text) for _ in range(count)]]
    assert pagetype.decide(evidence(path="a.example/collections/rain"), lines, [], {}) == kind


@pytest.mark.parametrize(
    ("running", "far", "fields", "kind"),
    [
        (100, 20, (), "article"),
        (99.9, 20, (), "listing"),
        (100, 21, (), "listing"),
        (30, 20, ("date",), "article"),
        (29.9, 20, ("date",), "listing"),
        (30, 21, ("date",), "listing"),
        (30, 20, ("author",), "listing"),
    ],
)
def test_text_below_its_headline_is_an_article_whatever_is_listed_beside_it(
    running: float, far: int, fields: tuple[str, ...], kind: str
) -> None:
    lines = [line("Rain", kind="title"), *sized(*[1.0] * (far - 1)), line("Rain.", size=running, kind="body", stops=1)]
    found = [Headline("index", "Rain", 0, 50)] * 9
    assert pagetype.decide(evidence(), lines, found, dict.fromkeys(fields)) == kind


@pytest.mark.parametrize(
    ("parts", "beside", "facts", "kind"),
    [
        (112.2, 7.9, {"og_type": "article"}, "listing"),
        (112.0, 7.9, {"og_type": "article"}, "article"),
        (150, 8, {"og_type": "article"}, "article"),
        (150, 7.9, {"types": frozenset({"NewsArticle"})}, "article"),
    ],
)
def test_a_page_whose_only_sentences_lead_to_short_parts_is_a_listing(
    parts: float, beside: float, facts: dict[str, object], kind: str
) -> None:
    """They are less than a quarter of what is shown, and beside them stands no sentence: it needs a size of 8."""
    lines = [line("Rain.", size=40, kind="body", stops=1), line("Boats", size=parts), line("Wind.", size=beside)]
    assert pagetype.decide(evidence(**facts), lines, [], {"date": None}, lambda: [0, 1, 2]) == kind


@pytest.mark.parametrize(
    ("size", "linked", "is_body"),
    [(9.9, 0.5, True), (10, 0.5, False), (68.9, 0.0, True), (69, 0.0, False)],
)
def test_what_stands_behind_the_headline_is_the_body_where_that_holds_much_less(
    size: float, linked: float, is_body: bool
) -> None:
    rest = 100 - size if linked else 69
    lines = [line("Above"), line("Rain", kind="title"), line("Boats", size=rest, linked=linked)]
    lines.append(line("Wind", size=size, kind="body", linked=linked))
    assert bool(index.rest(lines, [Surroundings()], 1)) is is_body
    assert set(index.rest(lines, [Surroundings()], 1)) <= {2, 3}


@pytest.mark.parametrize(("score", "is_part"), [(-1.5, False), (-1.49, True)])
def test_what_speaks_little_against_is_a_part_of_a_page_in_parts(score: float, is_part: bool) -> None:
    lines = [line("Rain", kind="title"), line("Boats", size=20, kind="body"), line("Wind", size=20)]
    assert (2 in index.rest(lines, [Surroundings()], 0, [0.0, 1.0, score])) is is_part


@pytest.mark.parametrize(
    ("size", "linked", "points"),
    [
        (20, 0.3, True),
        (20.1, 0.3, False),
        (20, 0.31, False),
    ],
)
def test_a_label_of_other_pages_is_short_and_no_link(size: float, linked: float, points: bool) -> None:
    lines = [line("It rained."), line("See also:", size=size, linked=linked), line("Wind", linked=0.51), line("Boats")]
    assert (article._pointed(lines, [Node(-1, "p")], [1.0, 0.0, 0.0, 1.0]) == {1, 2}) is points


@pytest.mark.parametrize(
    ("boxed", "article_lines", "linked", "is_box"),
    [(10, 20, 0.51, True), (10, 19, 0.51, False), (10, 20, 0.5, False), (60, 200, 0.51, True), (61, 200, 0.51, False)],
)
def test_a_box_of_other_pages_holds_half_of_the_lines_of_an_article_and_60_at_most(
    boxed: int, article_lines: int, linked: float, is_box: bool
) -> None:
    nodes = [Node(-1, "main"), Node(0, "div"), Node(1, "h3"), Node(1, "p"), Node(0, "p")]
    heading = line("Related", level=3, node=2)
    box = [heading, line("Wind", linked=linked, node=3), *[line("Boats", node=3) for _ in range(boxed - 2)]]
    others = [line("It rained.", node=4) for _ in range(article_lines - boxed)]
    lines = [*others[:1], *box, *others[1:]]
    points = [1.0, *[0.0] * (len(lines) - 2), 1.0]
    assert (article._pointed(lines, nodes, points) == set(range(1, 1 + boxed))) is is_box


def stated(lines: Sequence[Paragraph], key: str) -> str | None:
    """What the words of lines state."""
    statements = Statements()
    metadata.from_text(statements, lines, [])
    found = statements.values(key)
    return found[0][0] if found else None


BODY = "It rained all day, and nobody went out."


@pytest.mark.parametrize(("far", "is_read"), [(12, True), (13, False)])
def test_words_about_a_page_stand_up_to_12_lines_above_and_below_its_body(far: int, is_read: bool) -> None:
    lines = [line("来源：山城日报"), *sized(*[1.0] * (far - 1)), line(BODY, kind="body")]
    assert bool(stated(lines, "source")) is is_read
    assert bool(stated(lines[::-1], "source")) is is_read


@pytest.mark.parametrize(("size", "is_read"), [(30, True), (30.1, False)])
def test_a_label_far_below_the_body_names_a_date_in_a_short_line(size: float, is_read: bool) -> None:
    lines = [line(BODY, kind="body"), *sized(*[1.0] * 12), line(f"Published: {DATE}", size=size)]
    assert bool(stated(lines, "date")) is is_read


@pytest.mark.parametrize(("size", "is_read"), [(80, True), (80.1, False)])
def test_a_date_above_the_body_stands_in_a_line_up_to_a_size_of_80(size: float, is_read: bool) -> None:
    lines = [line(f"The weather, {DATE}", size=size), line(BODY, kind="body")]
    assert bool(stated(lines, "date")) is is_read


@pytest.mark.parametrize(
    ("text", "size", "section"),
    [
        ("Home > Weather > Storms", 59.9, "Storms"),
        ("Home > Weather > Storms", 60, None),
        ("Port > Weather", 9, None),
        ("Port > Weather > Storms", 9, "Storms"),
        ("Home > Weather > " + "x" * 20, 9, "x" * 20),
        ("Home > Weather > " + "x" * 21, 9, "Weather"),
    ],
)
def test_a_path_above_the_body_names_its_section(text: str, size: float, section: str | None) -> None:
    assert stated([line(text, size=size), line(BODY, kind="body")], "section") == section


@pytest.mark.parametrize(("size", "count"), [(39.9, "24"), (40, None)])
def test_comments_are_counted_in_a_short_line(size: float, count: str | None) -> None:
    assert stated([line("評論 24", size=size), line(BODY, kind="body")], "comments") == count


@pytest.mark.parametrize(("size", "house"), [(29.9, "山城日報"), (30, None)])
def test_a_house_stands_beside_the_date_of_a_short_line(size: float, house: str | None) -> None:
    assert stated([line(f"{DATE} 山城日報", size=size), line(BODY, kind="body")], "source") == house


@pytest.mark.parametrize(("place", "is_read"), [(1, True), (2, True), (3, False)])
def test_a_standfirst_is_one_of_the_first_three_lines(place: int, is_read: bool) -> None:
    lines = [line(BODY, kind="body") for _ in range(20)]
    lines[place] = line(DATE)
    assert bool(stated(lines, "date")) is is_read


@pytest.mark.parametrize(("size", "is_found"), [(3.9, False), (4, True)])
def test_a_title_over_a_row_of_a_date_has_a_size_of_4(size: float, is_found: bool) -> None:
    lines = [each for n in range(3) for each in (line(f"Rain {n}", size=size), line(f"May {n + 1}, 2024"))]
    found, _ = headlines.find_in_text(lines)
    assert [row.title for row in found] == [f"Rain {n}" for n in range(3) if is_found]


@pytest.mark.parametrize("scale", [scores.ARTICLE, scores.FORUM, scores.BARE])
def test_a_learned_table_goes_up_in_steps_from_nothing(scale: scores.Scale) -> None:
    for edges, points in scale.steps:
        assert list(edges) == sorted(set(edges))
        assert (len(points), points[0]) == (len(edges) + 1, 0)


@pytest.mark.parametrize(
    ("scale", "names", "name", "is_for"),
    [
        (scores.ARTICLE, traits.NAMES, "in_run", True),
        (scores.ARTICLE, traits.NAMES, "in_home", True),
        (scores.ARTICLE, traits.NAMES, "in_main", True),
        (scores.ARTICLE, traits.NAMES, "named_text", True),
        (scores.ARTICLE, traits.NAMES, "in_aside", False),
        (scores.ARTICLE, traits.NAMES, "named_picture", False),
        (scores.ARTICLE, traits.NAMES, "copies", False),
        (scores.FORUM, posts.NAMES, "in_aside", False),
        (scores.FORUM, posts.NAMES, "copies", False),
        (scores.BARE, plaintext.NAMES, "in_run", True),
        (scores.BARE, plaintext.NAMES, "is_furniture", False),
        (scores.BARE, plaintext.NAMES, "copies", False),
    ],
)
def test_a_trait_speaks_for_body_or_against_it(
    scale: scores.Scale, names: Sequence[str], name: str, is_for: bool
) -> None:
    edges, points = scale.steps[names.index(name)]
    if edges:
        assert (points[-1] > 0) is is_for
