"""What the list calls a page that nobody has read yet."""

from tui.text.markup.glance import title


def test_a_heading_that_does_not_end_before_long_is_passed_over() -> None:
    rain = "rain " * 500
    assert title(f"<h1>{rain}<h1 class='a'>Wind</h1>", is_html=True) == "Wind"
    assert title(f"<h1>{rain}</h1><h1>Wind</H1>", is_html=True) == "Wind"
    assert title("<h1>Rain <h1>and wind</h1></h1>", is_html=True) == "Rain and wind"
    assert title("<h1>Rain", is_html=True) == "Rain"


def test_the_title_for_sharing_may_stand_anywhere_in_its_tag() -> None:
    source = '<meta name="a" content="b"><meta content="Rain again" data-x property = "og:title">'
    assert title(source, is_html=True) == "Rain again"
