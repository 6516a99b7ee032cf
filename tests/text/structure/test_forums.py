"""Threads as the software of forums marks them up: posts with author, time and number, and nothing of what stands around them."""

import pytest
from made_forums import FORUMS, WROTE, Forum
from made_pages import marked_up

from tui.core.model import BODY_KINDS, Document
from tui.text import document


def _lines(found: Document) -> list[tuple[str, str]]:
    """Each line with the kind of its block."""
    return [(line, block.kind) for block in found.blocks for line in found.text[block.start : block.end].split("\n")]


@pytest.fixture(params=FORUMS.values(), ids=list(FORUMS))
def forum(request: pytest.FixtureRequest) -> Forum:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def thread(forum: Forum) -> Document:
    return document.parse(marked_up(forum.page()))


def test_each_post_has_its_author_its_time_and_its_number(forum: Forum, thread: Document) -> None:
    assert thread.type == "forum"
    posts = [(post.author, post.date and post.date[:16], post.number) for post in thread.posts]
    assert posts == forum.told()


def test_what_people_wrote_is_the_body_and_what_forums_put_around_it_is_not(thread: Document) -> None:
    body = [line for line, kind in _lines(thread) if kind in BODY_KINDS]
    assert [text for text in WROTE if not any(text in line for line in body)] == []
    assert [line for line in body if not any(text in line for text in WROTE)] == []


def test_what_a_post_quotes_is_a_quote(thread: Document) -> None:
    kinds = [kind for line, kind in _lines(thread) if WROTE[1] in line]
    assert kinds == ["post", "quote"]


def test_each_post_holds_what_its_author_wrote(thread: Document) -> None:
    starts = [post.start for post in thread.posts]
    parts = [thread.text[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
    assert [text for text, part in zip(WROTE, parts, strict=True) if text not in part] == []


def _signed(below: str, name: str = "bo77") -> list[str]:
    """The body of a thread with a line below each post of one author."""
    posts = "".join(
        f"<div class=post><p class=username>{name if n % 2 else 'Ann'}<p>May {n}, 2024<div class=text><p>{text}</div>"
        f"{f'<div class=q7><p>{below.format(n)}</div>' if n % 2 else ''}</div>"
        for n, text in enumerate(WROTE, 1)
    )
    url = "<meta property=og:url content='https://forum.example.org/t/rain/1'>"
    return document.parse(marked_up(f"<title>Pumps</title>{url}<h1>Pumps</h1>{posts}")).body.split("\n")


LINE = "Nothing is as wet as water, nothing as dry as a cellar in the year {}."


def test_what_an_author_says_below_each_post_is_a_signature() -> None:
    assert not any(line.startswith("Nothing") for line in _signed(LINE.format(1999)))


def test_what_an_author_says_only_once_is_no_signature() -> None:
    assert sum(line.startswith("Nothing") for line in _signed(LINE)) == 3


def test_what_nobody_is_known_to_have_said_is_no_signature() -> None:
    assert sum(line.startswith("Nothing") for line in _signed(LINE.format(1999), name="")) == 3


SHORT = "<ul><li>firmware 7</ul><details><summary>Log</summary><p>tips: 44</details>"


@pytest.mark.parametrize(("name", "is_written"), [("text", True), ("stats", False)])
def test_what_is_short_in_a_post_was_written_as_well(name: str, is_written: bool) -> None:
    posts = "".join(
        f"<div class=post><p class=username>Ann<p>May {n}, 2024<div class=text><p>{text}"
        f"<div class={name}>{SHORT if n == 2 else ''}</div></div></div>"
        for n, text in enumerate(WROTE, 1)
    )
    url = "<meta property=og:url content='https://forum.example.org/t/rain/1'>"
    found = document.parse(marked_up(f"<title>Pumps</title>{url}<h1>Pumps</h1>{posts}"))
    kinds = {kind for line, kind in _lines(found) if line in ("firmware 7", "Log", "tips: 44")}
    assert (kinds == {"post"}) is is_written
