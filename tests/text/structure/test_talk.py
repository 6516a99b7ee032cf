"""What people said on a page: a forum's posts, or comments on an article."""

from itertools import count

import pytest
from made_pages import marked_up

from tui.core.page import Node
from tui.text import document
from tui.text.markup import html, paragraphs
from tui.text.structure import talk

ARTICLE = (
    "The ferries stayed in port on Monday, because the wind blew harder than the harbour master had ever seen.",
    "Nobody was hurt, and the shops at the quay were open all day, said the mayor in the evening.",
    "On Tuesday the first boats left again, with three hundred people who had slept in the school.",
    "The harbour will be repaired in summer; until then the large ferries use the old pier.",
)
SAID = (
    "I slept in that school, and the soup was better than at home, I must say.",
    "My boat is still at the bottom of the harbour, and nobody wants to pay for it.",
    "The old pier was closed for a reason, as everybody here knows; be careful.",
    "It rained into my kitchen all night, and the wind took the shed.",
)


def _found(source: str, headline: int = -1) -> talk.Talk:
    page = html.parse(source)
    return talk.find(paragraphs.read(page.text, page.lines), list(page.nodes), headline)


def _said(number: int = 4, name: str = "x7-row", more: str = "") -> str:
    hours = count(1)
    return "".join(
        f"<div class={name}><b>Ann</b><i>2024-05-02 0{next(hours)}:10</i><p>{text}</p>{more}</div>"
        for text in (SAID * 2)[:number]
    )


@pytest.mark.parametrize(("number", "is_topic"), [(3, False), (4, True)])
def test_four_elements_with_stamps_are_a_forums_where_nothing_else_is_written(number: int, is_topic: bool) -> None:
    assert _found(_said(number)).is_topic() is is_topic


@pytest.mark.parametrize(("number", "is_topic"), [(2, False), (3, True)])
def test_a_page_that_is_called_a_forums_needs_three(number: int, is_topic: bool) -> None:
    assert _found(_said(number) + f"<p>{ARTICLE[0]}</p>").is_topic(in_forum=True) is is_topic


@pytest.mark.parametrize(("times", "is_topic"), [(6, True), (7, False)])
def test_posts_hold_four_fifths_of_what_is_written(times: int, is_topic: bool) -> None:
    """They hold 289 characters."""
    assert _found(_said() + f"<p>{'It rained, ' * times}</p>").is_topic() is is_topic


def test_rows_with_dates_that_lead_to_other_pages_are_no_posts() -> None:
    assert not _found(_said(more="<a href=/1>Read what else she said about it</a>")).is_topic()


def test_elements_whose_names_say_nothing_are_of_one_kind_within_one_element() -> None:
    assert len(_found(f"<div class=q>{_said(name='x7')}</div>").posts) == 4
    apart = _said(1, "x7") + f"<p>{_said(1, 'x7')}<section>{_said(1, 'x7')}</section><main>{_said(1, 'x7')}</main>"
    assert len(_found(apart).posts) < 4


def test_tweets_in_an_article_are_no_comments() -> None:
    article = f"<h1>Storm</h1>{''.join(f'<p>{line}' for line in ARTICLE)}"
    assert _found(article + _said(), 0).comments
    assert not _found(article + _said(name="twitter-tweet"), 0).comments


def test_comments_in_unnamed_elements_are_not_the_article_however_many_they_are() -> None:
    article = "".join(f"<p>{line}</p>" for line in ARTICLE)
    found = document.parse(marked_up(f"<title>Storm</title><h1>Storm</h1>{article}{_said(8)}"))
    assert found.type == "article"
    assert found.body.split("\n") == list(ARTICLE)


@pytest.mark.parametrize(("size", "is_comment"), [(99, False), (102, True)])
def test_an_article_of_a_hundred_stands_above_its_comments(size: int, is_comment: bool) -> None:
    found = _found(f"<h1>Storm</h1><p>{'雨' * (size - 1)}。</p>{_said(3)}", 0)
    assert bool(found.comments) is is_comment


def test_comments_named_so_hold_most_of_a_page_and_are_still_no_body() -> None:
    article = "".join(f"<p>{line}</p>" for line in ARTICLE)
    said = f"<div class=comments>{''.join(f'<p>{line}</p>' for line in SAID * 4)}</div>"
    found = document.parse(marked_up(f"<title>Storm</title><h1>Storm</h1>{article}{said}"))
    assert found.body.split("\n") == list(ARTICLE)


def test_the_comments_of_a_blog_are_no_forums_thread() -> None:
    nodes = [Node(-1, "ol", "comments"), *[Node(0, "li", "comment even thread-even reply")] * 3]
    assert not talk.find([], [*nodes, *[Node(1, "div", "reply")] * 3]).is_named


@pytest.mark.parametrize(("number", "is_named"), [(2, False), (3, True)])
def test_three_elements_named_for_posts_make_a_thread(number: int, is_named: bool) -> None:
    assert talk.find([], [Node(-1, "div", "thread"), *[Node(0, "div", "post")] * number]).is_named is is_named


def test_a_thread_below_an_article_makes_no_forum() -> None:
    thread = f"<div class=thread>{''.join(f'<div class=post>{line}</div>' for line in SAID)}</div>"
    assert _found(thread).is_named
    assert not _found(f"<h1>Storm</h1>{''.join(f'<p>{line}' for line in ARTICLE * 2)}{thread}", 0).is_named


@pytest.mark.parametrize(
    ("again", "is_topic"), [("Re: Which port is open", True), ("The harbour in summer and in winter", False)]
)
def test_the_title_above_each_post_is_no_other_page(again: str, is_topic: bool) -> None:
    said = _said(more=f"<h3><a href=/7>{again}</a></h3>")
    assert _found(f"<h1>Which port is open</h1><div>{said}</div>", headline=0).is_topic() is is_topic


@pytest.mark.parametrize(("kind", "is_forum"), [("QAPage", True), ("Question", False)])
def test_people_ask_and_answer_where_microdata_say_so(kind: str, is_forum: bool) -> None:
    page = f"<div itemscope itemtype=https://schema.org/{kind}><h1>Which port is open?</h1>"
    found = document.parse(marked_up(page + "".join(f"<p>{text}</p>" for text in SAID) + "</div>"))
    assert (found.type == "forum") is is_forum


@pytest.mark.parametrize(("name", "is_forum"), [("id=phpbb", True), ("id=news", False)])
def test_the_software_of_a_forum_names_the_whole_page(name: str, is_forum: bool) -> None:
    page = f"<body {name}><h1>Which port is open?</h1>" + "".join(f"<p>{text}</p>" for text in SAID)
    assert (document.parse(marked_up(page)).type == "forum") is is_forum
