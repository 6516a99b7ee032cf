"""What belongs to an article and what only stands in it."""

import pytest
from made_pages import marked_up

from tui.text import document
from tui.text.markup import html, paragraphs
from tui.text.structure import article, places

STORY = (
    "The ferries stayed in port on Monday, because the wind blew harder than the harbour master had ever seen.",
    "Nobody was hurt, and the shops at the quay were open all day, said the mayor in the evening.",
    "On Tuesday the first boats left again, with three hundred people who had slept in the school.",
    "The harbour will be repaired in summer; until then the large ferries use the old pier.",
)


def _body(extra: str) -> list[str]:
    first, *rest = (f"<p>{line}</p>" for line in STORY)
    page = f"<title>Ferries stay in port</title><main><h1>Ferries stay in port</h1>{first}{extra}{''.join(rest)}</main>"
    return document.parse(marked_up(page)).body.split("\n")


@pytest.mark.parametrize(
    "extra",
    [
        "<div class='wp-caption'><p class='wp-caption-text'>The large ferry in the old harbour, seen from the quay on Sunday evening.</p></div>",
        "<div class='component-imageCaption-0-2-1'>The mayor speaks in the evening, when the wind is weaker again, at the quay.</div>",
        "<p>Read more: <a href=/2>Why the harbour master wants a new pier before the winter comes</a></p>",
        "<p>Baca juga: <a href=/2>Mengapa pelabuhan membutuhkan dermaga baru sebelum musim dingin</a></p>",
        "<p>相关阅读：<a href=/2>港口为什么在冬天之前需要一座新的码头，市长这样说</a></p>",
        "<p>Zobacz także:</p><p><a href=/2>Dlaczego port potrzebuje nowego mola przed zimą</a></p><p><a href=/3>Promy wracają</a></p>",
        "<p>Ссылки по теме:</p><p><a href=/2>Зачем порту новый причал до начала зимы</a></p>",
        "<div><div><h3>You may also like</h3></div><div><a href=/2>A pier for the winter</a><p>The old pier is two hundred years old, and the ferries grow.</p></div></div>",
        "<div><h3>Related</h3><p>Harbour news of Monday</p><p><a href=/2>A pier for the winter</a></p></div>",
        "<p>Follow the Harbour Times on Facebook and Twitter, and never miss a boat again.</p>",
        "<p>(For news of the quay that you can share, follow us on WhatsApp.)</p>",
        "<p>Zapisz się do newslettera portu i czytaj codziennie rano najświeższe wiadomości!</p>",
        "<p>Подписывайтесь на канал порта в Telegram и первыми узнавайте о паромах.</p>",
        "<p>歡迎關注港口新聞的Facebook專頁，讓你即時掌握天氣和渡輪資訊，與朋友分享！</p>",
        "<p>Reporting by Ann Lee in the harbour, additional reporting by Bo Chan; Editing by Cy Dee</p>",
        "<div class='submenu'><ul><li>Latest news</li><li>Weather, wind and waves: all about the sea.</li></ul></div>",
        "<div class='anzeige'><p>Unsere Fähren fahren täglich, und Kinder fahren umsonst mit. Jetzt buchen!</p></div>",
    ],
)
def test_what_only_stands_in_an_article_is_left_out(extra: str) -> None:
    assert _body(extra) == list(STORY)


@pytest.mark.parametrize(
    ("extra", "line"),
    [
        (
            "<div class='social-media-embed'><blockquote class='twitter-tweet'><p>Thank you all for sleeping in a school, and see you on the boat.</p></blockquote></div>",
            "Thank you all for sleeping in a school, and see you on the boat.",
        ),
        (
            "<p>Read more slowly, she said, and the children in the school read until the lamps went out.</p>",
            "Read more slowly, she said, and the children in the school read until the lamps went out.",
        ),
        (
            "<p>Follow the quay to its end, and you stand where the large ferries used to wait.</p>",
            "Follow the quay to its end, and you stand where the large ferries used to wait.",
        ),
        (
            "<p>Following the storm, the mayor wrote on Facebook that nobody was hurt.</p>",
            "Following the storm, the mayor wrote on Facebook that nobody was hurt.",
        ),
        (
            "<p>据港口微信公众号消息，星期二第一批渡轮已经离开码头，船上有三百人。</p>",
            "据港口微信公众号消息，星期二第一批渡轮已经离开码头，船上有三百人。",
        ),
        (
            "<p>The mayor asked everybody to follow her on Twitter, where she told of each boat.</p>",
            "The mayor asked everybody to follow her on Twitter, where she told of each boat.",
        ),
        (
            "<p>More from the mayor:</p><p>The pier was built in 1820, when ferries were small.</p>",
            "More from the mayor:",
        ),
        (
            "<div><h3>Watch out for gulls</h3><p>Gulls take what visitors hold in their hands.</p><p>Nobody should feed them.</p><p><a href=/2>Our guide to gulls</a></p></div>",
            "Gulls take what visitors hold in their hands.",
        ),
        (
            "<div><h3>Related work</h3><p>Piers have been studied by many, and all of them say that they must be longer.</p></div>",
            "Piers have been studied by many, and all of them say that they must be longer.",
        ),
    ],
)
def test_what_an_article_quotes_or_says_stays(extra: str, line: str) -> None:
    assert line in _body(extra)


@pytest.mark.parametrize(
    ("above", "is_body"),
    [
        ("<div class=q><h2>All boats stayed in port on Monday, and the school was full.</h2></div>", True),
        ("<div class=q>All boats stayed in port on Monday</div>", False),
        ("<div class=q><a href=/1>All boats stayed in port on Monday, and the school was full.</a></div>", False),
        (
            "<figure><figcaption>All boats stayed in port on Monday, and the school was full.</figcaption></figure>",
            False,
        ),
        ("<div class=promo>All boats stayed in port on Monday, and the school was full.</div>", False),
    ],
)
def test_a_sentence_between_headline_and_text_opens_the_article(above: str, is_body: bool) -> None:
    text = "".join(f"<p>{line}</p>" for line in STORY)
    page = f"<title>Storm</title><body><div><h1>Storm</h1></div>{above}<div class=links><a href=/2>Weather</a></div><div class=w>{text}</div>"
    assert ("stayed in port on Monday, and" in document.parse(marked_up(page)).body.split(STORY[0])[0]) is is_body


def test_offers_to_subscribers_are_no_part_of_an_article() -> None:
    offer = "<div class='intro__premium'><ul><li>Unlimited reading of all our stories.<li>Puzzles, comics and the crossword of the day.</ul></div>"
    assert _body(offer) == list(STORY)


def _page_with_articles(inner: str) -> str:
    page = f"<title>Storm live</title><main><article><h1>Storm live</h1><p>{STORY[0]}</p><div>{inner}</div></article></main>"
    return document.parse(marked_up(page)).body


def test_articles_in_an_article_that_tell_what_happened_hour_by_hour_are_its_body() -> None:
    body = _page_with_articles(
        "".join(f"<article><b>1{n}.05</b><p>{line}</p></article>" for n, line in enumerate(STORY))
    )
    assert all(line in body for line in STORY)


def test_articles_in_an_article_that_lead_to_other_pages_are_not() -> None:
    teasers = (
        f"<article><h3><a href=/{n}>Another story</a></h3><p>{line}</p></article>" for n, line in enumerate(STORY)
    )
    body = _page_with_articles("".join(teasers))
    assert not any(line in body for line in STORY[1:])


@pytest.mark.parametrize(
    ("source", "weight"),
    [
        ("<ul><li>Two large ferries</ul>", -1.2),
        ("<div>Two large ferries</div>", -7.0),
        ("<p>Two large ferries", 1.4),
        ("<p><a href=/1>Two</a> large ferries", -7.0),
        ("<h2>Two large ferries</h2>", -2.3),
        ("<pre>Two large ferries</pre>", 2.0),
        ("<p hidden>Two large ferries", -17.0),
        ("<p><a href=/1>Two large</a> ferries", -17.7),
        ("<footer>Two large ferries</footer>", -15.0),
        ("<footer>Two large ferries sail</footer>", -30.0),
    ],
)
def test_a_few_words_weigh_what_their_place_makes_of_them(source: str, weight: float) -> None:
    page = html.parse(f"<main>{source}</main>")
    lines, nodes = paragraphs.read(page.text, page.lines), list(page.nodes)
    assert [round(each, 1) for each in article.ground(lines, nodes, places.survey(nodes, lines), "").weights] == [
        weight
    ]


def test_what_a_short_mail_quotes_is_a_quote_wherever_it_stands() -> None:
    """Mail has no element around its text."""
    mail = (
        "<div>Hello Ann,<br>yes, they stayed in port all day on Monday because of the wind.<br>Bob</div>"
        "<blockquote type=cite>On Monday Ann wrote:<br>Did they go?</blockquote>"
    )
    found = document.parse(marked_up(f"<title>Re: ferries</title>{mail}"))
    assert [block.kind for block in found.blocks][-1] == "quote"


def test_a_sentence_that_repeats_the_headline_is_the_body_where_nothing_else_is() -> None:
    page = f"<title>{STORY[0]}</title><h1>{STORY[0]}</h1><p>{STORY[0]}</p>{{}}<footer>Imprint</footer>"
    assert document.parse(marked_up(page.format(""))).body == STORY[0]
    assert document.parse(marked_up(page.format(f"<p>{STORY[1]}</p>"))).body == STORY[1]


def _commented(label: str, comments: str, *more: str) -> list[str]:
    """Old pages put comments into the very element of the article, with no name that says so."""
    told = "".join(f"<p>{line}</p>" for line in (*STORY, label))
    page = f"<title>Storm</title><h1>Storm</h1><div>{told}{comments}{''.join(more)}</div>"
    return document.parse(marked_up(page)).body.split("\n")


COMMENTS = "".join(
    f"<p>{name}</p><p>I was at the quay myself on that day, and it was as bad as I have ever seen it.</p>"
    for name in ("Ann", "Bo Chan", "Cy, Ottawa", "D. Dee")
)


@pytest.mark.parametrize(
    "label", ["Comments", "13 Comment(s)", "Please add comments", "Comments are now closed for this story", "评论 (12)"]
)
def test_what_follows_a_line_that_says_comments_is_none_of_the_article(label: str) -> None:
    assert _commented(label, COMMENTS) == list(STORY)


@pytest.mark.parametrize(
    ("label", "comments", "more"),
    [
        ("The mayor comments", COMMENTS, ""),
        ("<a href=#comments>12 Comments</a>", COMMENTS, ""),
        ("Comments", COMMENTS.replace("<p>Ann<", "<h3>Ann<").replace("<p>Bo", "<h3>Bo").replace("<p>Cy", "<h3>Cy"), ""),
        ("Replies", f"<ul>{'<li>Two eggs' * 6}</ul><p>{COMMENTS.split('<p>')[2]}", ""),
        ("Comments", COMMENTS.replace("Ann", "It rained.").replace("D. Dee", "It blew."), ""),
        ("Comments", COMMENTS[: COMMENTS.index("Cy")], ""),
        ("Comments", COMMENTS, "<p>Comments</p>"),
        ("Comments", COMMENTS.replace("</p><p>I", "</p>" + "<p>It rained all day long, too.</p>" * 3 + "<p>I"), ""),
    ],
)
def test_what_follows_other_lines_is(label: str, comments: str, more: str) -> None:
    """No label; too few names; another article below, with a label of its own; more text than people write."""
    assert "I was at the quay myself on that day, and it was as bad as I have ever seen it." in _commented(
        label, comments, more
    )


@pytest.mark.parametrize("name", ["cmplz-body", "cky-notice", "facets", "filters"])
def test_banners_of_consent_tools_and_filters_of_shops_are_no_part_of_what_is_shown(name: str) -> None:
    """What such pages show below their headline is their body, where an article is not found."""
    box = f"<div class={name}><p>The technical storage is strictly necessary, and used for one purpose only.</p></div>"
    items = "".join(f"<li>Ferry number {n}" for n in range(1, 40))
    page = (
        f"<title>Ferry services</title><link rel=canonical href='https://quay.example/services/'><a href=/>Home</a><h1>Ferry services</h1>"
        f"<p>{STORY[0]}</p><ul>{items}</ul>{{}}<p>{STORY[1]}</p>"
    )
    plain, boxed = (document.parse(marked_up(page.format(extra))).body for extra in ("", box))
    assert "Ferry number 39" in boxed
    assert boxed == plain


@pytest.mark.parametrize(("around", "is_body"), [("div", True), ("footer", False)])
def test_code_amid_an_article_is_kept_whole(around: str, is_body: bool) -> None:
    code = (
        "# The height of the tide, by the table.\n#\nheight = table[hour] * rise(now, at=port)\n)\nprint(height, port)"
    )
    told = "<p>The program reads the table of tides, and prints how high the water stands at the port.</p>"
    page = f"<h1>Tides</h1>{told * 3}<{around}><pre>{code}</pre></{around}>{told.replace('table', 'book') * 2}"
    found = document.parse(marked_up(page))
    assert [found.text[b.start : b.end] for b in found.blocks if b.kind == "code"] == [code] * is_body


RIGHTS = (
    "All texts and pictures that are marked as ours belong to the Harbour Times, and nobody may print them without its leave.",
    "What is marked as coming from others is shown to tell more people of it, and doesn't say that we think the same.",
    "Whoever sees a right of his own in what we show may write to us within two weeks, and we take it off the page.",
    "The pictures of the quay were given to us by the harbour master, who may take them back at any time, too.",
)


@pytest.mark.parametrize("name", ["copyright", "disclaimer-box"])
def test_what_a_site_says_of_its_rights_is_no_part_of_a_shorter_article(name: str) -> None:
    rights = "".join(f"<p>{line}</p>" for line in RIGHTS)
    page = f"<title>Storm</title><div class=w><h2>Storm</h2><p>{STORY[0]}</p><div class={name}>{rights}</div></div>"
    assert document.parse(marked_up(page)).body == STORY[0]


def test_rights_that_the_headline_stands_among_are_what_the_page_is_about() -> None:
    rights = "".join(f"<p>{line}</p>" for line in RIGHTS)
    page = f"<title>Our rights</title><div class=disclaimer><h1>Our rights</h1>{rights}</div><p>{STORY[0]}</p>"
    assert RIGHTS[-1] in document.parse(marked_up(page)).body
