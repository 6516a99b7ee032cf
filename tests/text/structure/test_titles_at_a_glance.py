"""What the list calls a page that nobody has read yet: the same as when it was read."""

import pytest
from made_pages import marked_up

from tui.text import document
from tui.text.markup import glance
from tui.text.structure.titles import at_a_glance

STORY = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferries stay in port"}</script>'
BODY = "<p>It rained, and it rained again, and nobody went out all day.</p>"


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("<title>Rain &amp; wind | The Post</title><h1>Rain &amp; wind</h1>", "Rain & wind"),
        ("<title>Best ferries 2025</title><h1>Our ten best ferries of 2025</h1>", "Our ten best ferries of 2025"),
        ("<title>Fog | The Post</title><h1><a href=/>The Post</a></h1><h1>Fog</h1>", "Fog"),
        ("<title>Weekend ferry guide | The Post</title><h1>WEEKEND<br>FERRY<br>GUIDE</h1>", "WEEKEND FERRY GUIDE"),
        ("<title>Nine years without a ferry</title><h1>Menu</h1>", "Nine years without a ferry"),
        ("<!-- <title>Old</title> --><script>'<h1>Wind</h1>'</script><title>Wind again</title>", "Wind again"),
        ("<svg><title>Logo</title></svg><title>Wind again</title>", "Wind again"),
        (
            f"<title>Storm over the north</title>{STORY}<h1>Storm over the north</h1>",
            "Ferries stay in port",
        ),
        ("<meta content='Rain > wind' data-x property = \"og:title\">", "Rain > wind"),
        ("<title>## Rain again in the north</title>", "Rain again in the north"),
        ("<title>Fog: what now? - north</title><h3><a href=/>Fog</a></h3><div>Fog: what now?</div>", "Fog: what now?"),
        (
            "<title>Trains stop in fog - north shore, and the ferries</title><p>Trains stop in fog - <i>x</i></p>",
            "Trains stop in fog - north shore, and the ferries",
        ),
        (
            "<title>The Post: five ferries in fog</title><h2>Five ferries &amp; fog</h2>",
            "The Post: five ferries in fog",
        ),
        ("<title>The Post: five ferries &amp; fog</title><h2>Five ferries &amp; fog</h2>", "Five ferries & fog"),
        ("<title>Fog again</title><h1 itemprop=headline>Ferries stay in port</h1>", "Ferries stay in port"),
        ("<title>Fog again</title><h1 class=headline>Ferries stay in port</h1>", "Fog again"),
    ],
)
def test_a_glance_and_a_whole_reading_give_the_same(source: str, title: str) -> None:
    assert (at_a_glance(glance.read(source + BODY)), document.parse(marked_up(source + BODY)).title) == (title, title)


@pytest.mark.parametrize("lost", ["data-info='v:2;" + "a" * 5000 + "'", 'data-info="a > b"', "data-info='"])
def test_markup_is_never_a_title(lost: str) -> None:
    assert at_a_glance(glance.read(f"<head {lost}>\n<p>Rain")) == "Rain"


def test_a_heading_that_does_not_end_before_long_is_passed_over() -> None:
    rain = "rain " * 500
    assert at_a_glance(glance.read(f"<h1>{rain}<h1 class='a'>Wind</h1>")) == "Wind"
    assert at_a_glance(glance.read(f"<h1>{rain}</h1><h1>Wind</H1>")) == "Wind"
    assert at_a_glance(glance.read("<h1>Rain")) == "Rain"


def test_what_tells_a_title_is_found_behind_long_styles() -> None:
    page = b"<style>" + b"p{}" * 999 + b"</style><h1>Rain</h1>" + b"<meta property=og:title content=Wind>"
    seen = glance.read(glance.shortened(page, 99).decode())
    assert (seen.headings, seen.meta) == ([(["Rain"], 0.0)], [("og:title", "Wind")])


@pytest.mark.parametrize(("before", "is_found"), [(3, True), (4, False)])
def test_four_marks_of_a_kind_are_looked_at_behind_the_start(before: int, is_found: bool) -> None:
    page = b"<h1>Rain</h1>" * before + b"<h1>Wind</h1>"
    assert (
        ["Wind"] in [lines for lines, _share in glance.read(glance.shortened(page, 0).decode()).headings]
    ) is is_found


@pytest.mark.parametrize(
    ("source", "day"),
    [
        ("<meta name=pubdate content=2024-05-02>", "2024-05-02"),
        ("<meta name=date-of-fair content=2024-05-02>", None),
        ('<script type="application/ld+json">{"datePublished": "2024-05-02T08:00"}</script>', "2024-05-02"),
        ('<script>{"datePublished": "2024-05-02T08:00"}</script>', None),
        ("<p><time itemprop=datePublished datetime=2024-05-02>Thursday</time>", "2024-05-02"),
        ("<p><time datetime=2024-05-02>Thursday</time>", None),
    ],
)
def test_the_day_at_a_glance_is_the_one_that_is_stated(source: str, day: str | None) -> None:
    assert glance.published(glance.read(source)) == day


@pytest.mark.parametrize(("near", "shown"), [(b"<meta property=og:title content=Fog>", [b"Fog"]), (b"", [b"Wind"])])
def test_the_first_title_of_the_head_is_enough(near: bytes, shown: list[bytes]) -> None:
    page = glance.shortened(near + b" " * 40 + b"<meta property=og:title content=Wind>", len(near) + 9)
    assert [name for name in (b"Fog", b"Wind") if name in page] == shown


@pytest.mark.parametrize("space", ["\N{NO-BREAK SPACE}", "\N{IDEOGRAPHIC SPACE}", " \n\t "])
def test_spaces_in_a_title_are_those_of_the_whole_page(space: str) -> None:
    page = f"<title>Rain{space}again | The Gazette</title><h1>Rain{space}again</h1><p>It rained.</p>"
    assert at_a_glance(glance.read(page)) == document.parse(marked_up(page)).title
