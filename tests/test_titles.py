"""Titles with and without the site's name."""

import pytest
from made_pages import marked_up

from tui.text import document
from tui.text.titles import cut_site


@pytest.mark.parametrize(
    ("whole", "title"),
    [
        ("大雨来了,航班取消_国内_某某网", "大雨来了,航班取消"),
        ("大雨来了,航班取消-某某网", "大雨来了,航班取消"),
        ("Rain again in the north | Weather | The News", "Rain again in the north"),
        ("Rain - and wind", "Rain - and wind"),
        ("A - B", "A - B"),
        ("", ""),
    ],
)
def test_the_sites_name_is_cut_off(whole: str, title: str) -> None:
    assert cut_site(whole) == title


def test_the_heading_that_the_head_repeats_is_the_title() -> None:
    page = (
        "<title>Rain again — The Post</title><h1>The Post</h1><h1>Rain again</h1><p>It rained, and it rained again.</p>"
    )
    assert document.parse(marked_up(page)).title == "Rain again"


def test_a_heading_that_has_nothing_to_do_with_the_head_is_not() -> None:
    page = "<title>Nine years without a ferry</title><h1>Menu</h1><p>It rained, and it rained again.</p>"
    assert document.parse(marked_up(page)).title == "Nine years without a ferry"


def test_a_repaired_title_says_what_it_was_even_when_a_part_was_cut_off() -> None:
    from dataclasses import replace

    whole = "Café reopens after the storm | The Post"
    page = replace(
        marked_up(f"<title>{whole}</title><p>Rain."), meta_before={whole: "CafÃ© reopens after the storm | The Post"}
    )
    found = document.parse(page)
    assert (found.title, found.title_before) == (
        "Café reopens after the storm",
        "CafÃ© reopens after the storm | The Post",
    )
