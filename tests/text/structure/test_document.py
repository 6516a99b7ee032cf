"""Structure of whole pages: bare text, articles, forums, indexes, and input that is no page at all."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_pages import bare, marked_up

from tui.core.model import BODY_KINDS, Document
from tui.core.page import Page
from tui.text import document

SCRAPE = """-
山城縣立圖書館延長夜間開放:讀者說終於不用趕末班車
當地時間3月9日,山城縣立圖書館宣布,即日起夜間開放時間延長兩小時。館長表示,這項調整經過半年試行,讀者反應良好。
館方說明,夜間值班人員由六位增加為九位,照明設備也同步更新。讀者可以在二樓自習區停留到晚上十一點。
一位高中學生告訴記者,過去她總要提早離開,現在可以把題目寫完再回家。“最後一班車改到十一點半,剛好趕得上。”
縣府交通處補充說,夜間公車班次將在下個月檢討,必要時再加開兩班。
(山城廣播記者 林小雨 陳大川)
- 原標題:圖書館夜間開放延長兩小時 公車班次跟著調整
- 責任編輯: 何平
-
老戲院拆不拆?鎮民投票結果出爐
2023-03-09 22:10 舊城改造 -
“不是懷舊,是要用”
2023-03-09 20:45 -
果農改種香草,第一年收成超過預期
2023-03-09 18:02 農業 -
橋下河堤步道本週末試營運
2023-03-09 11:37 交通 -
相關推薦 -
河堤步道試走心得… 評論 12夜市搬遷公聽會 評論 305“我們只想要一盞路燈” 評論 8最新聞 Hot
-
河堤步道試走心得…
-
縣長:夜間公車不會取消
-
小學操場開放到晚上九點
-
雨季提前,水庫蓄水率過半
-"""

ARTICLE = """<!doctype html><html lang=en><head><title>Ferry returns after nine years | Harbour Post</title>
<meta property="og:title" content="Ferry returns after nine years"><meta property="og:site_name" content="Harbour Post">
<link rel=canonical href="https://post.example/ferry">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry returns after nine years",
 "datePublished": "2024-05-02T08:00:00Z", "author": [{"name": "Ada Moor"}, {"name": "Bo Finch"}]}</script></head>
<body><nav><a href=/>Home</a><a href=/sea>Sea</a></nav>
<div class=content><h1>Ferry returns after nine years</h1><p class=byline>By Ada Moor and Bo Finch</p>
<p>The ferry between the two harbours sailed again on Thursday, nine years after the last boat was sold.</p>
<figure><img alt="The ferry" src=f.jpg><figcaption>The ferry at the old pier. Photo: A. Moor</figcaption></figure>
<h2>A longer way round</h2>
<p>Until now, the way by road took an hour and a half. The boat needs twenty minutes, if the wind allows it.</p>
<blockquote><p>It is not quick, said the captain, but it is straight.</p></blockquote>
<ul><li>Four crossings a day, two on Sundays.</li><li>Bicycles travel free of charge.</li></ul>
<pre>08:00
09:30</pre></div>
<aside class=related><h3>Read more</h3><ul><li><a href=/1>Why the old pier was never taken down</a> 2 May 2024</li>
<li><a href=/2>A harbour master counts his gulls again</a> 1 May 2024</li></ul></aside>
<footer>© Harbour Post. All rights reserved.</footer></body></html>"""

FORUM = """<title>Rust on the kettle - Tea Board</title><div class=forum-thread><h1>Rust on the kettle</h1>
<div class=post id=post-1><div class=user>Steep <a href=/u/1>profile</a></div><div class=post-content>
<p>My kettle has begun to rust, and nothing that I have tried so far has helped at all.</p></div></div>
<div class=post id=post-2><div class=user>Leaf <a href=/u/2>profile</a></div><div class=post-content>
<p>Vinegar, ten minutes, and then rinse it twice.</p><p>That did it.</p></div></div>
<div class=post id=post-3><div class=user>Steep <a href=/u/1>profile</a></div><div class=post-content>
<p>It worked, and the tea tastes of tea again. Thank you.</p></div></div></div>"""

INDEX = "<title>Town News</title><nav><a href=/a>Town</a><a href=/b>Sport</a></nav>" + "".join(
    f"<section><h2>{name}</h2>"
    + "".join(
        f'<div class=item><h3><a href="/{name}/{n}">{title} in {name}, part {n}</a></h3><span class=tag>{name}</span> '
        f"<time datetime='2024-05-0{n}'>0{n}.05.2024</time> <span>{n * 7} comments</span></div>"
        for n in range(1, 5)
    )
    + "</section>"
    for name, title in (("Harbour", "A long story about boats"), ("Hills", "A longer story about sheep"))
)


def body_lines(found: Document) -> list[str]:
    return found.body.split("\n")


@pytest.fixture(scope="module")
def scrape() -> Document:
    return document.parse(bare(SCRAPE))


def test_the_body_of_a_scrape_is_its_sentences_without_byline_and_lists(scrape: Document) -> None:
    lines = body_lines(scrape)
    assert len(lines) == 4
    assert lines[0].startswith("當地時間3月9日")
    assert lines[-1].endswith("必要時再加開兩班。")


def test_a_scrape_states_its_title_its_people_and_its_house(scrape: Document) -> None:
    values = {key: field.value for key, field in scrape.metadata.items()}
    assert scrape.title == "山城縣立圖書館延長夜間開放:讀者說終於不用趕末班車"
    assert values["author"] == ["林小雨", "陳大川"]
    assert values["editor"] == ["何平"]
    assert values["source"] == "山城廣播"
    assert values["original_title"] == "圖書館夜間開放延長兩小時 公車班次跟著調整"


def test_the_day_of_an_article_is_its_datelines_and_never_a_list_items_time(scrape: Document) -> None:
    date = scrape.metadata["date"]
    assert (date.value, date.certainty) == ("2023-03-09", "probable")
    assert date.origin == "text: dateline, year from the list below"


def test_a_dated_list_of_a_scrape_has_times_and_tags(scrape: Document) -> None:
    dated = [(row.title, row.date, row.tag) for row in scrape.headlines if row.date]
    assert dated == [
        ("老戲院拆不拆?鎮民投票結果出爐", "2023-03-09T22:10", "舊城改造"),
        ("“不是懷舊,是要用”", "2023-03-09T20:45", None),
        ("果農改種香草,第一年收成超過預期", "2023-03-09T18:02", "農業"),
        ("橋下河堤步道本週末試營運", "2023-03-09T11:37", "交通"),
    ]


def test_a_glued_list_is_cut_at_its_comment_counts(scrape: Document) -> None:
    glued = [(row.title, row.comments) for row in scrape.headlines if row.comments is not None]
    assert glued == [("河堤步道試走心得…", 12), ("夜市搬遷公聽會", 305), ("“我們只想要一盞路燈”", 8)]


def test_the_lists_of_a_scrape_are_named_and_the_last_one_is_whole(scrape: Document) -> None:
    assert list(dict.fromkeys(row.list for row in scrape.headlines)) == ["related", "related 2", "hot"]
    assert sum(row.list == "hot" for row in scrape.headlines) == 4


@pytest.mark.parametrize("page", [bare(SCRAPE), marked_up(ARTICLE), marked_up(FORUM), marked_up(INDEX)])
def test_every_visible_line_belongs_to_exactly_one_block(page: Page) -> None:
    blocks = list(document.parse(page).blocks)
    assert all(one.end <= two.start for one, two in pairwise(blocks))
    for line in page.lines:
        text = page.text[line.start : line.end]
        if text.strip():
            first = line.start + len(text) - len(text.lstrip())
            assert sum(block.start <= first < block.end for block in blocks) == 1, text


def test_an_article_is_its_paragraphs_lists_quotes_and_code_without_title_caption_and_furniture() -> None:
    found = document.parse(marked_up(ARTICLE))
    assert body_lines(found) == [
        "The ferry between the two harbours sailed again on Thursday, nine years after the last boat was sold.",
        "A longer way round",
        "Until now, the way by road took an hour and a half. The boat needs twenty minutes, if the wind allows it.",
        "It is not quick, said the captain, but it is straight.",
        "Four crossings a day, two on Sundays.",
        "Bicycles travel free of charge.",
        "08:00",
        "09:30",
    ]
    kinds = [block.kind for block in found.blocks if block.kind in BODY_KINDS]
    assert kinds == ["body", "heading", "body", "quote", "list", "list", "code"]
    assert found.type == "article"


def test_the_fields_of_an_article_come_with_their_origin() -> None:
    found = document.parse(marked_up(ARTICLE))
    assert found.title == "Ferry returns after nine years"
    said = {key: (field.value, field.origin) for key, field in found.metadata.items()}
    assert said["date"] == ("2024-05-02T08:00:00Z", "json-ld NewsArticle")
    assert said["author"] == (["Ada Moor", "Bo Finch"], "json-ld NewsArticle")
    assert said["site"] == ("Harbour Post", "meta og:site_name")
    assert said["canonical_url"] == ("https://post.example/ferry", "meta canonical")


def test_a_related_list_of_two_is_found_with_address_and_date() -> None:
    rows = document.parse(marked_up(ARTICLE)).headlines
    assert [(row.list, row.title, row.url, row.date) for row in rows] == [
        ("related", "Why the old pier was never taken down", "/1", "2024-05-02"),
        ("related", "A harbour master counts his gulls again", "/2", "2024-05-01"),
    ]


def test_a_forum_is_what_people_wrote_without_their_names() -> None:
    found = document.parse(marked_up(FORUM))
    assert found.type == "forum"
    assert body_lines(found) == [
        "My kettle has begun to rust, and nothing that I have tried so far has helped at all.",
        "Vinegar, ten minutes, and then rinse it twice.",
        "That did it.",
        "It worked, and the tea tastes of tea again. Thank you.",
    ]


def test_an_index_is_its_lists_named_by_their_headings() -> None:
    found = document.parse(marked_up(INDEX))
    assert found.type == "listing"
    assert body_lines(found)[:2] == ["Harbour", "A long story about boats in Harbour, part 1"]
    assert "Sport" not in found.body
    assert {row.list for row in found.headlines} == {"Harbour", "Hills"}
    first = found.headlines[0]
    assert first.title == "A long story about boats in Harbour, part 1"
    assert (first.url, first.date, first.date_text) == ("/Harbour/1", "2024-05-01", "01.05.2024")
    assert (first.tag, first.comments) == ("Harbour", 7)


def test_a_headline_stands_where_it_says() -> None:
    for page in (bare(SCRAPE), marked_up(ARTICLE), marked_up(INDEX)):
        found = document.parse(page)
        assert found.headlines
        assert all(found.text[row.start : row.end] == row.title for row in found.headlines)


def test_text_that_scripts_show_is_the_body_when_there_is_no_other() -> None:
    hidden = (
        "<div style='visibility: hidden'><p>It rained all day, and nobody went out.</p><p>It went on, too.</p></div>"
    )
    assert document.parse(marked_up(hidden)).body == "It rained all day, and nobody went out.\nIt went on, too."
    shown = "<p>" + "The sun shone all day, and everybody went out to see it. " * 3 + "</p>"
    assert "rained" not in document.parse(marked_up(shown + hidden)).body


def test_relative_times_need_the_time_of_fetching() -> None:
    page = (
        "<ul>"
        + "".join(f"<li><a href=/{n}>A headline about the weather, number {n}</a> 3小时前</li>" for n in range(4))
        + "</ul>"
    )
    unknown = document.parse(marked_up(page)).headlines[0]
    assert (unknown.date, unknown.date_text) == (None, "3小时前")
    known = document.parse(marked_up(page, fetched="2024-05-02T10:00:00Z")).headlines[0]
    assert (known.date, known.date_text) == ("2024-05-02T07:00", "3小时前")


def test_what_the_record_states_is_believed_before_the_text() -> None:
    found = document.parse(bare(SCRAPE, title="A title of its own", record={"date": "2023-03-10"}))
    assert found.title == "A title of its own"
    assert (found.metadata["date"].value, found.metadata["date"].origin) == ("2023-03-10", "record date")


@pytest.mark.parametrize(
    "text", ["", "\n\n\n", " ", "-", "x", "\u3000\n\ufeff\n", "評論 1評論 2評論 3", "2021-12-07\n" * 5]
)
def test_odd_text_gives_a_poor_document(text: str) -> None:
    found = document.parse(bare(text))
    assert found.text == text
    assert not found.body or found.body in text


@pytest.mark.parametrize(
    "source",
    [
        "",
        "<",
        "<p>",
        "<title></title>",
        "<script type=application/ld+json>[[[",
        "<a href='http://[x'>a</a>",
        "<base href='http://['><h1></h1>",
    ],
)
def test_odd_markup_gives_a_poor_document(source: str) -> None:
    document.parse(marked_up(source))


@given(st.lists(st.sampled_from([*SCRAPE.split("\n"), "", "7", "\t", "12月31日", "By A", "a > b > c"]), max_size=30))
@settings(max_examples=60)
def test_any_order_of_lines_is_parsed_and_covered(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = document.parse(bare(text))
    assert all(0 <= block.start < block.end <= len(text) for block in found.blocks)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(lambda n: bare("word " * 40 * n), id="one line"),
        pytest.param(lambda n: bare("雨下了一整天,大家都沒有出門。\n" * n), id="lines"),
        pytest.param(lambda n: bare("一個關於雨的標題\n2021-12-07 10:00 天氣 -\n" * (n // 2)), id="dated rows"),
        pytest.param(lambda n: bare("一個標題 評論 24" * n), id="glued"),
        pytest.param(lambda n: marked_up("".join(f"<li><a href=/{i}>Headline of story number {i}</a>" for i in range(n))), id="links"),
        pytest.param(lambda n: marked_up("<p>" + "".join(f"<a href=/{i}>Headline of story number {i}</a> " for i in range(n))), id="links in one line"),
        pytest.param(lambda n: marked_up("<div>It rained, and it rained again." * n), id="nested"),
        pytest.param(lambda n: marked_up("<title>" + "a | " * n + "</title><h1>a</h1>"), id="title of bars"),
    ],
)  # fmt: skip
def test_ten_times_the_page_costs_about_ten_times_the_time(page: object) -> None:
    def seconds(size: int) -> float:
        made = page(size)  # type: ignore[operator]
        started = time.process_time()
        document.parse(made)
        return time.process_time() - started

    small = min(seconds(600) for _ in range(3))
    # Quadratic work would take a hundred times as long; the allowance is for noise.
    assert seconds(6_000) < 30 * small + 0.2


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        ("<title>Just a moment...</title><h2>rain.example</h2><p>Enable JavaScript to go on</p>", ["robot_check"]),
        ("<h1>Rain</h1><p>A robot asked me whether I am one.</p>", []),
        ("<h1>Contact us</h1><p>Call 020 7946 0000.</p><p>Please verify that you are not a robot</p>", []),
        ("<h1>登录</h1><form><p>用户名</p><p>请输入验证码</p></form>", []),
        ("<h1>Login</h1><form><p>Name</p></form><a href=/p>Privacy policy</a> <a href=/c>Cookie settings</a>", []),
        (
            "<h1>Checks</h1>"
            + "<p>Are you a robot? So ask more and more sites, and nobody likes it, says Ann.</p>" * 9,
            [],
        ),
        (
            "<div class=consent><h1>Before you go on</h1><p>We use cookies.<p>Accept all cookies?</div>",
            ["consent_only"],
        ),
        (
            "<h1>Rain</h1><p>It rained all day, and nobody went out.</p><div class=consent>We use cookies. Cookies?</div>",
            [],
        ),
    ],
)
def test_a_page_that_was_kept_back_says_what_came_instead(source: str, codes: list[str]) -> None:
    assert [problem.code for problem in document.parse(marked_up(source)).problems] == codes
