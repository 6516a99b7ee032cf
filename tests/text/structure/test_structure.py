"""What is told apart on pages of many kinds: article, notices, posts, indexes, boxes of links, titles, fields."""

import pytest
from made_pages import bare, marked_up

from tui.core.model import BODY_KINDS, Document
from tui.export import documents
from tui.text import document

STORY = [
    "The ferry to the outer islands will not sail before Thursday, the harbour office said on Monday morning.",
    "A crack in the port shaft was found by a diver, who had gone down for a lost anchor and came up with bad news.",
    "Islanders who need medicine are asked to call the office; a fishing boat will bring it over each evening at six.",
]
NOTICE = (
    "This website uses cookies and similar means so that third parties and we can keep your personal data, measure our website "
    "and show what your browser asked for; you may withdraw your consent at any time in our privacy statement. "
)


def parsed(source: str, **raw: object) -> Document:
    return document.parse(marked_up(source, **raw))


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_a_notice_that_asks_for_consent_is_not_the_body_however_long_it_is() -> None:
    notices = f"<div class='site-consent-box'>{paragraphs([NOTICE] * 4)}</div><div>{paragraphs([NOTICE] * 4)}</div>"
    found = parsed(f"<main><h1>Ferry stays in port</h1>{paragraphs(STORY)}</main>{notices}")
    assert found.body.split("\n") == STORY


def test_a_name_of_furniture_around_most_of_the_text_is_none_inside_of_it() -> None:
    parts = "".join(f"<div class='text-widget'><p>{text}</p></div>" for text in STORY)
    found = parsed(f"<h1>Ferry stays in port</h1><div class='widgets'>{parts}</div><div class='footer'>Imprint</div>")
    assert found.body.split("\n") == STORY


def test_the_article_that_the_head_tells_is_found_on_the_page() -> None:
    linked = '{"@type": "NewsArticle", "articleBody": "' + "\\n".join(STORY) + '"}'
    head = f"<script type='application/ld+json'>{linked}</script>"
    aside = paragraphs(
        ["Our reporter has lived on the islands for thirty years, and has never learned to swim, she says."]
    )
    found = parsed(f"{head}<h1>Ferry stays in port</h1><div>{paragraphs(STORY)}</div><aside>{aside}</aside>")
    assert found.body.split("\n") == STORY


def test_a_path_above_the_title_is_not_the_start_of_the_article() -> None:
    found = parsed(
        f"<div class=main><div>Islands &gt; Traffic &gt; Ferries</div><h1>Ferry stays in port</h1>{paragraphs(STORY)}</div>"
    )
    assert found.body.split("\n") == STORY


def test_an_index_with_summaries_is_read_whole() -> None:
    """Titles, dates and summaries: what stands in the items is what the page is about."""
    rows = "".join(
        f"<li><h3><a href='/{n}'>The harbour office found crack number {n}</a></h3><span>2024-05-0{n}</span><p>{STORY[n % 3]}</p></li>"
        for n in range(1, 10)
    )
    found = parsed(f"<nav><a href=/>Home</a></nav><main><ul>{rows}</ul></main><footer>Imprint</footer>")
    assert (found.type, len(found.headlines)) == ("listing", 9)
    assert {block.kind for block in found.blocks if block.kind in BODY_KINDS} == {"list"}
    assert found.headlines[0].summary == STORY[1]
    assert all(text in found.body for text in STORY)


def test_who_offers_something_calls_it_so_and_who_tells_something_says_when() -> None:
    """WordPress calls each page an article: og:type says nothing."""
    head = "<title>Ferry services</title><meta property='og:type' content='article'>"
    address = "<link rel=canonical href='https://quay.example/ferries/'><nav><a href=/>Home</a></nav>"
    offer = f"{head}{address}<h1>Ferries for hire</h1>{paragraphs(STORY)}"
    assert parsed(offer).type == "service"
    assert parsed(offer.replace("services", "story")).type == "article"
    assert parsed(offer + "<meta name=date content=2024-05-02>").type == "article"


def test_a_box_of_links_beside_the_lists_is_left_out() -> None:
    def items(word: str, number: int) -> str:
        return "".join(
            f"<li><a href='/{word}{n}'>A {word} story about the harbour, part {n}</a></li>" for n in range(number)
        )

    page = f"<ul>{items('long', 12)}</ul><div><ul>{items('short', 3)}</ul></div>"
    assert len(parsed(page).headlines) == 12
    assert len(parsed(f"<ul>{items('short', 3)}</ul>").headlines) == 3


def test_a_link_in_brackets_names_what_a_title_belongs_to() -> None:
    """The rows of a forum: one title each, however many links they hold."""
    rows = "".join(
        f"<tbody id='t{n}'><tr><th>[<a href='/k'>question</a>] <a href='/{n}'>Why does the port shaft crack again, {n}</a></th><td>2024-05-0{n}</td></tr></tbody>"
        for n in range(1, 7)
    )
    found = parsed(f"<table>{rows}</table>").headlines
    assert [row.url for row in found] == [f"/{n}" for n in range(1, 7)]
    assert {row.list for row in found} == {found[0].list}


def test_a_headline_that_stands_in_two_lists_is_linked_to_its_first_place() -> None:
    rows = "".join(f"<li><a href='/{n}'>A long story about the harbour, part {n}</a></li>" for n in range(6))
    found = parsed(f"<ul>{rows}</ul><h2>Most read</h2><div><ol>{rows}</ol></div>").headlines
    assert [row.twin for row in found] == [None] * 6 + list(range(6))


def test_a_link_in_the_midst_of_a_sentence_is_no_headline() -> None:
    lines = "".join(f"<div>{text} <a href='/{n}'>#a long word about it</a></div>" for n, text in enumerate(STORY * 2))
    assert len(parsed(f"<main>{lines}</main>").headlines) == 0


def test_a_title_on_several_lines_is_one() -> None:
    found = parsed(
        f"<title>Ferry stays in port again | The Islander</title><h1>Ferry stays<br>in port again</h1>{paragraphs(STORY)}"
    )
    assert (found.title, found.body.split("\n")) == ("Ferry stays in port again", STORY)


def test_a_title_loses_the_kicker_and_keeps_its_marks() -> None:
    head = "<title>Ferry - and crew - stay in port | The Islander</title><meta property='og:title' content='Ferry - and crew - stay in port'>"
    found = parsed(f"{head}<h1><span>Islands</span> Ferry - and crew - stay in port</h1>{paragraphs(STORY)}")
    assert found.title == "Ferry - and crew - stay in port"


def test_a_title_of_bare_text_may_end_as_sentences_do() -> None:
    text = "首页\n新闻\n登录\n渡船停航三天，岛上居民怎么办？\n2024-05-02 08:00 来源：海岛日报\n" + "\n".join(
        ["港务处星期一早上宣布，开往外岛的渡船要到星期四才会恢复，岛上居民可以打电话预约药品。"] * 3
    )
    found = document.parse(bare(text))
    assert found.title == "渡船停航三天，岛上居民怎么办？"
    assert (found.metadata["date"].value, found.metadata["source"].value) == ("2024-05-02T08:00", "海岛日报")


def test_the_responsible_editor_comes_first_and_no_network_is_a_source() -> None:
    text = "\n".join(
        [
            *["港务处星期一早上宣布，开往外岛的渡船要到星期四才会恢复，岛上居民可以打电话预约药品。"] * 3,
            "来源：网络",
            "编辑 钟小满 校对 石一",
            "责任编辑：顾长河",
        ]
    )
    fields = document.parse(bare(text)).metadata
    assert "source" not in fields
    assert fields["editor"].value == ["顾长河"]
    assert [value for value, _ in fields["editor"].rivals] == ["钟小满"]


def test_a_name_in_front_of_the_date_is_the_authors_and_a_part_of_an_address_is_not() -> None:
    head = "<meta name=author content='ann-lee'>"
    found = parsed(f"{head}<h1>Ferry stays in port</h1><div>Ann Lee | 2 May 2024</div>{paragraphs(STORY)}")
    assert (found.metadata["author"].value, found.metadata["author"].certainty) == (["Ann Lee"], "probable")


def test_posts_are_found_in_a_thread_of_short_ones() -> None:
    posts = [
        "My kettle smells of fish.",
        "Vinegar, ten minutes, and then rinse it twice.",
        "It worked, and the tea tastes of tea again.",
    ]
    thread = "".join(
        f"<div class='post'><div class='user'>fisher{n}</div><div class='post-text'>{text}</div></div>"
        for n, text in enumerate(posts)
    )
    found = parsed(
        f"<div class='thread'>{thread}</div><footer>Imprint</footer>", url="https://forum.example.org/t/kettle/1"
    )
    assert found.type == "forum"
    assert [line for line in found.body.split("\n") if not line.startswith("fisher")] == posts


def test_tables_captions_and_lists_keep_their_form_in_markdown() -> None:
    table = "<table><tr><th>Day</th><th>Ferries</th></tr><tr><td>Monday</td><td>none | few</td></tr></table>"
    listed = "<ul><li>Call the office for medicine.</li><li>Bring your own bags.</li></ul>"
    found = documents.markdown(
        parsed(
            f"<article><h1>Ferry stays in port</h1>{paragraphs(STORY)}{table}{listed}{paragraphs(STORY[:1])}</article>"
        )
    )
    assert "| Day | Ferries |\n| --- | --- |\n| Monday | none \\| few |" in found
    assert "- Call the office for medicine.\n- Bring your own bags." in found


def test_the_items_of_an_index_are_told_once_in_markdown() -> None:
    rows = "".join(
        f"<li><a href='/{n}'>The harbour office found crack number {n}</a> 2024-05-0{n}</li>" for n in range(1, 10)
    )
    found = parsed(f"<ul>{rows}</ul>")
    assert (found.type, "crack number 3" in found.body) == ("listing", True)
    assert documents.markdown(found).count("crack number 3") == 1


def test_an_article_inside_of_an_article_is_another_unless_it_reports_live() -> None:
    def page(name: str) -> str:
        inner = "".join(f"<article class='{name}'><p>{text}</p></article>" for text in [*STORY, *STORY])
        return f"<article><h1>Rain</h1><p>It rained all day, and nobody went out, said the keeper of the lighthouse.</p>{inner}</article>"

    assert (
        parsed(page("teaser-box")).body == "It rained all day, and nobody went out, said the keeper of the lighthouse."
    )
    assert STORY[0] in parsed(page("live-update")).body


def test_an_article_that_stands_twice_on_its_page_is_read_once() -> None:
    copies = f"<div class=long-read>{paragraphs(STORY)}</div><div class=speed-read>{paragraphs(STORY)}</div>"
    assert parsed(f"<article><h1>Ferry stays in port</h1>{copies}</article>").body.split("\n") == STORY


@pytest.mark.parametrize(("images", "date"), [(18, "2024-05-01T10:00"), (19, None)])
def test_what_belongs_to_a_headline_is_among_the_first_20_things_of_its_line(images: int, date: str | None) -> None:
    pictures = "".join(f"<img src=/{number} alt='Ferry {number}'>|" for number in range(images))
    times = [f"{pictures} <time datetime=2024-05-0{day}T10:00>then</time>" for day in (1, 2, 3)]
    rows = "".join(
        f"<li><a href=/{n}>The harbour office found crack {n}</a> {time}</li>" for n, time in enumerate(times)
    )
    assert parsed(f"<ul>{rows}</ul>").headlines[0].date == date


TEASERS = (
    "Ferries stay in port for a third day", "Council votes on new bridge plans", "Library to close for summer repairs",
    "School choir wins a national prize", "Farmers fear for the apple harvest", "Market moves to the railway yard",
)  # fmt: skip
TEASED = (
    "The harbour master said on Monday that nobody knows when the boats will sail again, and that crews wait at home."
)


def _teasers(count: int, address: str = "/", before: str = "") -> str:
    rows = "".join(f"<h2><a href={address}{n}>{t}</a></h2><p>{TEASED}</p>" for n, t in enumerate(TEASERS[:count]))
    return document.parse(marked_up(f"<title>Harbour Times</title><h1>Harbour Times</h1>{before}{rows}")).type


def test_headings_that_lead_elsewhere_over_what_they_lead_to_are_a_listing() -> None:
    assert [_teasers(count) for count in (4, 5, 6)] == ["article", "listing", "listing"]


def test_headings_that_lead_to_themselves_are_those_of_an_article() -> None:
    assert _teasers(6, "#h") == "article"


def test_a_long_text_above_headings_that_lead_elsewhere_is_an_article() -> None:
    assert _teasers(6, before=f"<p>{TEASED}</p>") == "listing"
    assert _teasers(6, before=f"<p>{TEASED}</p>" * 3) == "article"


BELOW = "<p>© 2024 Rainworks Limited. All rights are reserved.</p><ul><li><a href=/p>Privacy</a><li><a href=/t>Terms</a></ul>"


@pytest.mark.parametrize("below", [f"<footer>{BELOW}</footer>", f"<div id=footer>{BELOW}</div>"])
def test_what_stands_below_a_short_page_is_not_what_it_is_about(below: str) -> None:
    found = parsed(f"<main><h1>Rain night</h1><p>An evening about rain</p></main>{below}")
    assert found.body.split("\n") == ["An evening about rain"]


def test_what_stands_below_a_headline_in_a_footer_is_the_page() -> None:
    found = parsed(f"<div class=footer><h1>Ferry stays in port</h1>{paragraphs(STORY)}</div>")
    assert found.body.split("\n") == STORY


def test_terms_stand_with_what_explains_them() -> None:
    rows = "".join(
        f"<dt>{term}<dd>{told}"
        for term, told in (("Bucket", "What tips"), ("Funnel", "What leads rain into it"), ("Gauge", "Both of them"))
    )
    found = parsed(f"<main><h1>Glossary</h1><dl>{rows}</dl></main>")
    assert found.body.split("\n")[::2] == ["Bucket", "Funnel", "Gauge"]


ASKED = ("How often do I empty it?", "Does it freeze?", "How long does it last?")
ANSWERED = ("Once a day, at nine in the morning.", "It does. Take it in, or heat it.", "Ours is thirty years old.")


@pytest.mark.parametrize(
    ("button", "asked"), [("<h3><button>{}</button></h3>", [*ASKED]), ("<div><button>{}</button></div>", [])]
)
def test_a_button_in_a_heading_opens_what_it_heads(button: str, asked: list[str]) -> None:
    rows = "".join(
        f"{button.format(question)}<div class=panel>{answer}</div>"
        for question, answer in zip(ASKED, ANSWERED, strict=True)
    )
    body = parsed(f"<main><h1>Help</h1>{rows}</main>").body.split("\n")
    assert [line for line in body if line in ASKED] == asked
    assert [line for line in body if line in ANSWERED] == [*ANSWERED]


@pytest.mark.parametrize("generator", ["makeinfo", "GTK-Doc V1.33 (XML mode)", "DocBook XSL Stylesheets V1.79.1"])
def test_what_the_software_of_manuals_made_is_documentation_however_short(generator: str) -> None:
    page = f"<meta name=generator content='{generator}'><h1>Gauges</h1><p>Rain is measured with gauges here.</p>"
    assert parsed(page).type == "documentation"
    assert parsed(page.replace(generator, "WordPress 6.4")).type != "documentation"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("sphinxsidebar", "documentation"),
        ("wy-nav-content", "documentation"),
        ("VPDoc", "documentation"),
        ("sidebar", "article"),
    ],
)
def test_the_software_of_manuals_is_known_by_its_names(name: str, kind: str) -> None:
    page = f"<div class=body><h1>Ferries</h1>{paragraphs(STORY)}</div><div class={name}><a href=/>Home</a></div>"
    assert parsed(page).type == kind


@pytest.mark.parametrize("name", ["no-footer", "has-footer", "layout-with-footer", "site footer-dark"])
def test_what_only_has_a_footer_is_none(name: str) -> None:
    page = f"<header><h1>Ferries</h1></header><div class='{name}'><main>{paragraphs(STORY)}</main></div>"
    assert all(sentence in parsed(page).body for sentence in STORY)


@pytest.mark.parametrize(("name", "is_shown"), [("tab-panel", True), ("print-copy", False)])
def test_a_panel_that_a_tab_opens_is_content(name: str, is_shown: bool) -> None:
    panels = f"<div class=tab-panel>{paragraphs(STORY[:2])}</div><div class={name} style='display:none'>{paragraphs(STORY[2:])}</div>"
    found = parsed(f"<main><h1>Ferry stays in port</h1><div>{panels}</div></main>")
    assert (STORY[2] in found.body) is is_shown
