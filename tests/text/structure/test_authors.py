"""Posts of forums: where each begins, who wrote it, and when."""

import pytest
from made_pages import marked_up

from tui.core.model import Post
from tui.text import document

URL_MADE = "<meta property=og:url content='https://forum.example.org/t/rain/1'>"
WROTE = (
    "It has been raining here since Monday, and the cellar is full of water; what do you use to pump it out?",
    "We borrowed a pump from the fire brigade, which took twenty minutes for the whole cellar.",
    "Thanks, both of you: I called them, and they come tomorrow at nine.",
)


def _posts(markup: str, **raw: object) -> list[tuple[str, str | None]]:
    """What is told of the posts; `$` stands for their text."""
    posts = "".join(markup.replace("$", text).replace("#", str(number)) for number, text in enumerate(WROTE, 1))
    page = document.parse(
        marked_up(f"<title>Pumps</title>{URL_MADE}<h1>Pumps</h1><div class=topic>{posts}</div>", **raw)
    )
    return [(post.author, post.date) for post in page.posts]


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ("<div class=post><p><span class=username>Ann #</span> 2021-12-07 23:0#<p>$</div>", ("Ann 1", "2021-12-07T23:01")),
        ("<div class=post><p class=poster_name>Ann #<p>May 2, 2024<p>$</div>", ("Ann 1", "2024-05-02")),
        ("<div class=post><div><a href=/user/#>Ann #</a> Member</div>2d ago<p>$</div>", ("Ann 1", None)),
        ("<div class=post><a href=/user/#>A</a><div><a href=/user/#>Ann #</a></div>2d ago<p>$</div>", ("Ann 1", None)),
        ("<div class=post><p class=username>Ann #<p>Joined: May 2, 2010<p>May 5, 2024<p>$</div>", ("Ann 1", "2024-05-05")),
        ("<div class=post><p class=username>Ann #<p>Posted: May 2, 2010<p>May 5, 2024<p>$</div>", ("Ann 1", "2010-05-02")),
        ("<div class=post><a href=/user/#>A</a> 2d ago<p>$</div>", ("A", None)),
        ("<div class=post><p>$<p><a href=?u=#>Ann #</a> 3 days ago</div>", ("Ann 1", "3 days ago")),
        ("<div class=post><time datetime=2024-05-0#T10:00>May 2</time><p>$</div>", ("", "2024-05-01T10:00")),
        ("<div class=post><p><a href=/reply/#>Reply to #</a> May 2, 2024<p>$</div>", ("", "2024-05-02")),
        (f"<div class=post><p class=username>{'x' * 40}<p>$</div>", ("x" * 40, None)),
        (f"<div class=post><p class=username>{'x' * 41}<p>$</div>", ("", None)),
    ],
)  # fmt: skip
def test_names_and_times_that_stand_in_a_post_are_told(markup: str, told: tuple[str, str | None]) -> None:
    posts = _posts(markup)
    assert len(posts) == 3
    assert posts[0] == told


def test_a_time_that_is_relative_counts_from_when_the_page_was_fetched() -> None:
    posts = _posts("<div class=post><p class=username>Ann<p>3 days ago<p>$</div>", fetched="2024-05-09T10:00:00Z")
    assert posts[0] == ("Ann", "2024-05-06")


def test_posts_that_nothing_tells_of_are_not_parted() -> None:
    assert not _posts("<div class=post><p>$</div>")


def test_comments_on_posts_are_posts_of_their_own() -> None:
    said = (
        "What a flood: I have never seen so much water",
        "Mine stood there for a week, and nobody came",
        "Did you call the fire brigade at once, or later",
    )
    comments = "".join(
        f"<div class=comment><p class=username>Bo<p>May 3, 2024<div class=text>{text}, post #.</div></div>"
        for text in said
    )
    posts = _posts(f"<div class=post><p class=username>Ann<p>May 2, 2024<div class=text>$</div>{comments}</div>")
    assert [name for name, _day in posts] == ["Ann", "Bo", "Bo", "Bo"] * 3


def test_a_post_begins_where_its_element_does() -> None:
    thread = "".join(f"<div class=post><p class=username>Ann<p>May 2, 2024<p>{text}</div>" for text in WROTE)
    page = document.parse(marked_up(f"{URL_MADE}<h1>Pumps</h1><div class=topic>{thread}</div>"))
    assert next(iter(page.posts)) == Post(6, "Ann", "2024-05-02")
    assert [page.text[post.start :].partition("\n")[0] for post in page.posts] == ["Ann"] * 3


TOLD = ("Ann", "Bo", "Cy", "Di", "Ed")


def _unnamed(heads: list[str]) -> list[str]:
    """The authors of posts in which no markup says who wrote them; each begins with its head."""
    posts = "".join(
        f"<div class=row>{head}<p>May {n}, 2024<p>{n} days ago it was. {WROTE[n % 3]}</div>"
        for n, head in enumerate(heads, 1)
    )
    page = document.parse(marked_up(f"<title>Pumps</title>{URL_MADE}<h1>Pumps</h1><div class=topic>{posts}</div>"))
    return [post.author for post in page.posts]


@pytest.mark.parametrize(
    ("head", "is_name"),
    [
        ("<p><a href=/{0}>{0}</a> ・", True),
        ("<p><a href=/profiles/x><b>{0}</b></a> ・", True),
        ("<p>@{0}", True),
        ("<p>{0}<p>Harbour", False),
        ("<p><a href=/report>Report {0}</a><p>Harbour", False),
        ("<p>May 1, 2020 {0}<p>Harbour", False),
    ],
)
def test_who_is_named_at_the_same_place_of_each_post_wrote_it(head: str, is_name: bool) -> None:
    assert _unnamed([head.format(name) for name in TOLD]) == (list(TOLD) if is_name else [""] * 5)


@pytest.mark.parametrize(("number", "are_told"), [(3, False), (4, True)])
def test_nearly_all_posts_have_a_name_at_that_place(number: int, are_told: bool) -> None:
    heads = [f"<p><a href=/{name}>{name}</a>" if n < number else "" for n, name in enumerate(TOLD)]
    assert any(_unnamed(heads)) is are_told


@pytest.mark.parametrize(("other", "is_told"), [("Ann", False), ("Bo", True)])
def test_what_all_posts_say_at_a_place_is_no_name(other: str, is_told: bool) -> None:
    heads = [f"<p><a href=/{name}>{name}</a>" for name in ("Ann",) * 4 + (other,)]
    assert any(_unnamed(heads)) is is_told


@pytest.mark.parametrize(
    ("stamps", "days"),
    [
        (("03/12/15 03:28 PM", "03/13/15 04:39 PM"), ["2015-03-12T15:28", "2015-03-13T16:39"]),
        (("12/03/15", "13/03/15"), ["2015-03-12", "2015-03-13"]),
        (("1/2/2024", "2/3/2024"), ["1/2/2024", "2/3/2024"]),
        (("1/2/2024", "1/31/2024"), ["2024-01-02", "2024-01-31"]),
        (("1/2/15/3", "1/2/16/3"), [None, None]),
    ],
)
def test_the_stamps_of_all_posts_tell_which_number_is_the_day(stamps: tuple[str, str], days: list[str | None]) -> None:
    posts = "".join(
        f"<div class=post><p class=username>Ann<p>{stamp}<p>{text}</div>"
        for stamp, text in zip(stamps, WROTE, strict=False)
    )
    page = document.parse(marked_up(f"<title>Pumps</title>{URL_MADE}<h1>Pumps</h1><div class=topic>{posts}</div>"))
    assert [post.date for post in page.posts] == days


def test_a_post_reaches_as_far_as_nobody_else_wrote() -> None:
    thread = "".join(
        f"<div class=row><div class=side><a href=/member/{n}>Ann {n}</a></div><div class=main><p>May {n}, 2024<p>{text}</div></div>"
        for n, text in enumerate(WROTE, 1)
    )
    page = document.parse(
        marked_up(f"<title>Pumps</title>{URL_MADE}<h1>Pumps</h1><p>Rules<div class=topic>{thread}</div>")
    )
    assert [page.text[post.start :].partition("\n")[0] for post in page.posts] == ["Ann 1", "Ann 2", "Ann 3"]


def test_a_first_post_that_is_called_otherwise_is_one_beside_the_others() -> None:
    names = ("question", "reply", "reply")
    thread = "".join(
        f"<div class={name}><p class=username>Ann<p>May {n}, 2024<div class=text><p>{text}</div></div>"
        for n, (name, text) in enumerate(zip(names, WROTE, strict=True), 1)
    )
    page = document.parse(marked_up(f"<title>Pumps</title>{URL_MADE}<h1>Pumps</h1><div class=topic>{thread}</div>"))
    assert [post.date for post in page.posts] == ["2024-05-01", "2024-05-02", "2024-05-03"]
