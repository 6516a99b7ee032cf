"""How much of each part of the markup is read, from both sides."""

import json

import pytest

from tui.core.page import Line
from tui.text.markup import feeds, glance, head, html, paragraphs
from tui.text.markup.statements import Statements
from tui.text.structure.titles import at_a_glance


def stated(meta: tuple[str, str]) -> Statements:
    statements = Statements()
    head.from_head(statements, [meta], None)
    return statements


def article(before: object = "", **facts: object) -> tuple[str, str]:
    """A head's JSON-LD."""
    return "json-ld", json.dumps([before, {"@type": "NewsArticle", **facts}])


@pytest.mark.parametrize(("beyond", "is_read"), [(0, True), (2, True), (3, False)])
def test_a_million_characters_of_json_are_read(beyond: int, is_read: bool) -> None:
    size = 1_000_000 - len(article(headline="Rain")[1]) + beyond
    assert stated(article("x" * size, headline="Rain")).has("title") is is_read


STORY = {"@type": "NewsArticle", "headline": "Rain"}


@pytest.mark.parametrize(("before", "is_read"), [(188, True), (189, False)])
def test_two_thousand_objects_of_json_are_looked_at(before: int, is_read: bool) -> None:
    root = [*[[{}] * 200] * 9, [*[{}] * before, STORY]]
    assert stated(("json-ld", json.dumps(root))).has("title") is is_read


@pytest.mark.parametrize(("before", "is_read"), [(199, True), (200, False)])
def test_200_objects_of_a_list_in_json_are_looked_at(before: int, is_read: bool) -> None:
    assert stated(("json-ld", json.dumps([*[{}] * before, STORY]))).has("title") is is_read


@pytest.mark.parametrize(("names", "count"), [(50, 50), (51, 50)])
def test_fifty_authors_and_words_are_kept(names: int, count: int) -> None:
    people = [f"Ann{chr(97 + n // 26)}{chr(97 + n % 26)} Lee" for n in range(names)]
    words = ",".join(people)
    assert len(stated(article(author=people)).values("author")[0][0].split(", ")) == count
    assert len(stated(("keywords", words)).values("keywords")[0][0].split(", ")) == count


@pytest.mark.parametrize(("count", "kept"), [(8, 8), (9, 8)])
def test_eight_statements_that_differ_are_rivals(count: int, kept: int) -> None:
    statements = Statements()
    for number in range(count + 1):
        statements.add("site", f"News {number}", "meta site")
    assert len(statements.fields()["site"].rivals) == kept


@pytest.mark.parametrize(("length", "asks"), [(19, False), (20, True)])
def test_a_line_asks_for_consent_in_20_characters_or_more(length: int, asks: bool) -> None:
    text = "cookies, privacy".ljust(length, ".")
    assert line(text).asks_consent() is asks


@pytest.mark.parametrize(("before", "asks"), [(592, True), (593, False)])
def test_words_of_consent_stand_in_the_first_600_characters(before: int, asks: bool) -> None:
    assert line("cookies " + "x" * (before - 8) + " privacy policy").asks_consent() is asks


@pytest.mark.parametrize(
    ("text", "is_furniture"),
    [
        ("版权所有" + "雨" * 85, True),
        ("版权所有" + "雨" * 86, False),
        ("登录" + "雨" * 22, True),
        ("登录" + "雨" * 23, False),
        ("登录，请注册。", False),
        ("log in", True),
        ("log intl", False),
    ],
)
def test_short_lines_with_words_of_menus_are_furniture(text: str, is_furniture: bool) -> None:
    assert line(text).is_furniture is is_furniture


def line(text: str) -> paragraphs.Paragraph:
    (made,) = paragraphs.read(text, [Line(0, len(text))])
    return made


@pytest.mark.parametrize(("length", "stops"), [(3998, 1), (3999, 0)])
def test_4000_characters_of_a_line_are_looked_at(length: int, stops: int) -> None:
    assert line("x" * length + ", " + "x" * 99).stops == stops


@pytest.mark.parametrize(("cell", "lines"), [(150, 2), (151, 4)])
def test_a_row_of_cells_of_up_to_150_characters_is_a_line(cell: int, lines: int) -> None:
    page = html.parse(f"<table><tr><td>{'x' * cell}<td>b<tr><td>c<td>{'y' * cell}</table>")
    assert len(page.lines) == lines


@pytest.mark.parametrize(("linked", "lines"), [(3, 1), (4, 2)])
def test_a_row_of_cells_with_more_than_three_tenths_of_links_is_none(linked: int, lines: int) -> None:
    page = html.parse(f"<table><tr><td><a href=/>{'x' * linked}</a><td>{'y' * (10 - linked)}</table>")
    assert len(page.lines) == lines


@pytest.mark.parametrize(("length", "kept"), [(200, 200), (201, 200)])
def test_names_of_an_element_and_titles_of_a_list_have_200_characters(length: int, kept: int) -> None:
    assert max(len(node.hint) for node in html.parse(f"<p class={'x' * length}>Rain").nodes) == kept
    assert len(glance.first_line("x" * length)) == kept


@pytest.mark.parametrize(("length", "kept"), [(20_000, 20_000), (20_001, 20_000)])
def test_a_value_of_the_head_has_20000_characters(length: int, kept: int) -> None:
    ((_, value),) = html.parse(f"<meta name=author content={'x' * length}>").meta
    assert len(value) == kept
    statements = Statements()
    head.from_record(statements, {}, "x" * length)
    assert len(statements.values("title")[0][0]) == kept


@pytest.mark.parametrize(("length", "kept"), [(500, 500), (501, 500)])
def test_a_summary_of_a_feed_has_500_characters(length: int, kept: int) -> None:
    source = f"<rss><item><title>Rain</title><link>/1</link><description>{'x' * length}</description></item></rss>"
    assert feeds.to_html(source).count("x") == kept


@pytest.mark.parametrize(("before", "is_read"), [(4999, True), (5000, False)])
def test_five_thousand_facts_of_a_head_are_kept(before: int, is_read: bool) -> None:
    page = html.parse("<meta name=a content=b>" * before + "<meta name=author content=Ann>")
    assert (("author", "Ann") in page.meta) is is_read


@pytest.mark.parametrize(("length", "is_read"), [(2000, True), (2001, False)])
def test_a_heading_that_a_list_calls_a_page_has_2000_characters(length: int, is_read: bool) -> None:
    assert (at_a_glance(glance.read(f"<h1>{'x' * length}</h1><h1>Wind</h1>")) != "Wind") is is_read
