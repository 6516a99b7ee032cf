"""Posts of forums: what people wrote, and nothing of what stands around it."""

import pytest
from made_pages import marked_up

from tui.text import document
from tui.text.markup import html, paragraphs
from tui.text.structure import posts

URL_MADE = "<meta property=og:url content='https://forum.example.org/t/rain/1'>"
WROTE = (
    "It has been raining here since Monday, and the cellar is full of water; what do you use to pump it out?",
    "We borrowed a pump from the fire brigade, which took twenty minutes for the whole cellar.",
    "Me too.",
    "Thanks, both of you: I called them, and they come tomorrow at nine.",
    "Good luck!",
)


def _thread(posts: str) -> str:
    menu = "".join(f"<li><a href=/c{n}>Category {n}</a>" for n in range(9))
    return document.parse(
        marked_up(
            f"<title>Pumps</title>{URL_MADE}<ul>{menu}</ul><h1>Pumps</h1><div class=topic>{posts}</div><footer>Imprint</footer>"
        )
    ).body


def _post(text: str, name: str = "Ann", number: int = 1) -> str:
    return (
        f"<div class=reply id=p{number}><aside class=user>{name}<p>Member<p>Posts: 1,500</aside><div class=meta>{number}d ago</div>"
        f"<div class=message-text><p>{text}</div><div class=actions><a href=#r>Reply</a><button>Report</button></div></div>"
    )


def test_short_answers_are_posts_and_names_times_and_buttons_are_not() -> None:
    body = _thread("".join(_post(text, "Bo", number) for number, text in enumerate(WROTE, 1)))
    assert body.split("\n") == list(WROTE)


QUOTES = {
    "phpBB": "<blockquote><div><cite>Bo wrote:</cite>{text}</div></blockquote>",
    "vBulletin": "<div class=bbcode_container><div class=bbcode_quote><div class=quote_container>{text}</div></div></div>",
    "XenForo": "<blockquote class='bbCodeBlock bbCodeBlock--quote'><div class=bbCodeBlock-content>{text}</div></blockquote>",
    "Discourse": "<aside class=quote><blockquote><p>{text}</p></blockquote></aside>",
    "SMF": "<div class=quoteheader>Quote from: Bo</div><div class=quote>{text}</div>",
}
FORUMS = {
    "phpBB": "<div class='post has-profile bg1' id=p{n}><div class=inner><dl class=postprofile><dt><a href=./memberlist.php?u={n} class=username>{name}</a><dd>Posts: {n}12</dl><div class=postbody><h3><a href=#p{n}>Re: Pumps</a></h3><p class=author>Post by <b>{name}</b> » {date}</p><div class=content>{text}</div></div></div></div>",
    "vBulletin": "<li class='postbit postcontainer' id=post_{n}><div class=posthead><span class=postdate>{date}</span><a class=postcounter>#{n}</a></div><div class=userinfo><a class=username href=member.php?u={n}>{name}</a></div><div class=postbody><blockquote class='postcontent restore'>{text}</blockquote></div></li>",
    "XenForo": "<article class='message message--post' id=js-post-{n}><div class=message-user><h4 class=message-name><a class=username href=/members/{n}/>{name}</a></h4></div><div class=message-main><header><time datetime={iso}>{date}</time><a href=#{n}>#{n}</a></header><div class=message-body><div class=bbWrapper>{text}</div></div></div></article>",
    "Discourse": "<div class='topic-body crawler-post'><div class=crawler-post-meta><span class=creator><a href=/u/{name}>{name}</a></span><time datetime={iso}>{date}</time><span>{n}</span></div><div class=post><p>{text}</p></div></div>",
    "WordPress": "<li class='comment even depth-1' id=comment-{n}><article class=comment-body><footer class=comment-meta><div class='comment-author vcard'><b class=fn>{name}</b></div><div class=comment-metadata><a href=#c{n}><time datetime={iso}>{date}</time></a></div></footer><div class=comment-content><p>{text}</p></div><div class=reply><a href=#r>Reply</a></div></article></li>",
    "Stack Exchange": "<div class=answer id=answer-{n}><div class=js-vote-count>{n}</div><div class='s-prose js-post-body'><p>{text}</p></div><div class=user-info><span class=relativetime>answered {date}</span><a href=/users/{n}/x>{name}</a></div></div>",
}
"""A post as the templates of forums make them."""


@pytest.mark.parametrize("quote", QUOTES.values(), ids=list(QUOTES))
def test_what_a_post_quotes_is_a_quote_and_what_is_said_about_it_a_post(quote: str) -> None:
    posts = "".join(_post(text, "Bo", number) for number, text in enumerate(WROTE, 1))
    asked = quote.format(text=WROTE[1])
    found = document.parse(
        marked_up(
            f"<title>Pumps</title>{URL_MADE}<h1>Pumps</h1>{posts}{_post(asked + '<p>Twenty minutes, with one pump?')}"
        )
    )
    kinds = {found.text[block.start : block.end][-30:]: block.kind for block in found.blocks}
    assert kinds[WROTE[1][-30:]] == "quote"
    assert kinds["Twenty minutes, with one pump?"] == "post"


@pytest.mark.parametrize("template", FORUMS.values(), ids=list(FORUMS))
def test_a_forum_is_told_by_what_repeats_whatever_software_made_it(template: str) -> None:
    posts = "".join(
        template.format(n=n, name=name, text=text, date=f"2024-05-02 0{n}:10", iso=f"2024-05-02T0{n}:10")
        for n, (name, text) in enumerate(zip(("Ann", "Bo", "Cy", "Di", "Ed"), WROTE, strict=True), 1)
    )
    menu = "".join(f"<li><a href=/c{n}>Category {n}</a>" for n in range(40))
    found = document.parse(
        marked_up(f"<title>Pumps</title><h1>Pumps</h1><ul>{menu}</ul><div>{posts}</div><footer>Imprint</footer>")
    )
    assert found.type == "forum"
    assert [(post.author, post.date) for post in found.posts] == [
        (name, f"2024-05-02T0{n}:10") for n, name in enumerate(("Ann", "Bo", "Cy", "Di", "Ed"), 1)
    ]
    assert {WROTE[0], WROTE[1], WROTE[3]} <= set(found.body.split("\n"))
    assert not {"Category 1", "Imprint", "Reply"} & set(found.body.split("\n"))


def test_what_every_second_post_says_is_no_post() -> None:
    gone = "This reply has been deleted!"
    body = _thread("".join(_post(text) + _post(gone) for text in (*WROTE, *WROTE[:2])))
    assert gone not in body
    assert WROTE[1] in body


def test_a_line_of_code_that_everybody_repeats_is_written_all_the_same() -> None:
    code = "dtparam=act_led_trigger=none"
    texts = [f"{text}<pre><code>{code}</code></pre>" for text in (*WROTE, WROTE[0])]
    body = _thread("".join(_post(text, "Bo", number) for number, text in enumerate(texts, 1)))
    assert body.split("\n").count(code) == len(texts)


def test_the_element_that_holds_each_post_is_no_quote_whatever_its_tag() -> None:
    posts = "".join(_post(f"<blockquote class=said>{text}</blockquote>", "Bo", n) for n, text in enumerate(WROTE, 1))
    found = document.parse(marked_up(f"<title>Pumps</title>{URL_MADE}<h1>Pumps</h1>{posts}"))
    assert "quote" not in {block.kind for block in found.blocks}
    assert set(WROTE) <= set(found.body.split("\n"))


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        (f"&gt; {WROTE[1]}", "quote"),
        (f"&gt;&gt;&gt; {WROTE[1]}", "post"),
        (f"It is &gt; {WROTE[1]}", "post"),
    ],
)
def test_a_sign_at_the_start_of_a_line_says_that_somebody_else_wrote_it(asked: str, kind: str) -> None:
    posts = "".join(_post(text, "Bo", number) for number, text in enumerate(WROTE, 1))
    found = document.parse(
        marked_up(f"<title>Pumps</title>{URL_MADE}<h1>Pumps</h1>{posts}{_post(asked + '<p>Twenty minutes?')}")
    )
    kinds = {found.text[block.start : block.end][-30:]: block.kind for block in found.blocks}
    assert kinds[WROTE[1][-30:]] == kind


@pytest.mark.parametrize("words", ["Click to expand...", "Originally Posted by Bo", "Quote:", "Quote from Bo"])
def test_what_a_forum_puts_around_a_quote_was_written_by_nobody(words: str) -> None:
    posts = [
        _post(f"<p>{words}</p><blockquote>{WROTE[0]}</blockquote><p>{text}", "Bo", n) for n, text in enumerate(WROTE)
    ]
    assert words not in _thread("".join(posts)).split("\n")


def test_words_that_a_post_begins_with_are_written_all_the_same() -> None:
    texts = ("Quote the fire brigade: they come for nothing, they said on Monday.", *WROTE)
    body = _thread("".join(_post(text, "Bo", number) for number, text in enumerate(texts, 1)))
    assert texts[0] in body.split("\n")


STAMP = "May 2, 2024"


def _chosen(*rows: tuple[str, bool]) -> list[bool]:
    """Which lines of one kind are written, where some of them were chosen."""
    page = html.parse("".join(f"<div class=a><p class=b>{text}</div>" for text, _is_chosen in rows))
    chosen = [is_chosen for _text, is_chosen in rows]
    posts._make_alike(paragraphs.read(page.text, page.lines), list(page.nodes), chosen)
    return chosen


@pytest.mark.parametrize(
    ("rows", "chosen"),
    [
        # More than a third of them, and most of what they hold.
        ([("x" * 20, True)] * 3 + [("x" * 10, False)] * 5, [True] * 8),
        ([("x" * 20, True)] * 3 + [("x" * 10, False)] * 6, [False] * 9),
        ([("x" * 20, True)] * 3 + [("x" * 19, False)] * 3, [True] * 6),
        ([("x" * 20, True)] * 3 + [("x" * 20, False)] * 3, [True] * 3 + [False] * 3),
        ([("x" * 20, True)] * 2 + [("x" * 10, False)] * 2, [True] * 2 + [False] * 2),
        # A third of them, but for sentences and what is longer than a stamp.
        ([("x" * 90, True)] + [("x", False)] * 2, [False] * 3),
        ([("x" * 91, True)] + [("x", False)] * 2, [True, False, False]),
        ([("It rained all day, here.", True)] + [("x", False)] * 2, [True, False, False]),
        ([("x" * 20, True), ("x", False)], [True, False]),
        # Four fifths of them say when.
        ([(STAMP, True)] * 4 + [("x" * 20, True)], [False] * 5),
        ([(STAMP, True)] * 3 + [("x" * 20, True)], [True] * 4),
    ],
)  # fmt: skip
def test_lines_of_one_kind_are_written_or_not_together(rows: list[tuple[str, bool]], chosen: list[bool]) -> None:
    assert _chosen(*rows) == chosen
