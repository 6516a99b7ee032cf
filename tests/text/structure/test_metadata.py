"""What pages state about themselves, in their words and in their heads."""

import pytest
from made_pages import bare, marked_up

from tui.core.model import Field
from tui.text import document

BODY = "圖書館宣布,即日起夜間開放時間延長兩小時,讀者可以停留到晚上十一點。館長說,試行半年以來反應良好。\n" * 3


def fields(text: str) -> dict[str, Field]:
    return dict(document.parse(bare(text)).metadata)


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("責任編輯: 連平", "editor", ["連平"]),
        ("责任编辑：杜平_NB12556", "editor", ["杜平"]),
        ("编辑 刘晓 校对 李铭", "editor", ["刘晓"]),
        ("来源：山城日报 作者：林小雨", "source", "山城日报"),
        ("来源：山城日报 作者：林小雨", "author", ["林小雨"]),
        ("本文来源：山城日报 责任编辑：何平", "source", "山城日报"),
        ("(山城廣播記者 林小雨 陳大川)", "author", ["林小雨", "陳大川"]),
        ("原标题：图书馆延长开放", "original_title", "图书馆延长开放"),
        ("記者林小雨∕山城報導", "author", ["林小雨"]),
        ("이서연 기자", "author", ["이서연"]),
        ("이서연 기자 | 입력 2024.05.02 10:00", "author", ["이서연"]),
        ("기자: 이서연", "author", ["이서연"]),
        ("文・林小雨 写真・陳大川", "author", ["林小雨"]),
        ("2024-05-02 10:00 来源：山城日报", "date", "2024-05-02T10:00"),
    ],
)
def test_a_line_over_the_body_is_read(line: str, key: str, value: object) -> None:
    assert fields(f"圖書館夜間開放延長兩小時\n{line}\n{BODY}")[key].value == value


def test_a_picture_has_a_source_that_is_not_the_articles() -> None:
    assert "source" not in fields(f"圖書館夜間開放\n图片来源：某图网\n{BODY}")


def test_a_second_statement_that_differs_is_a_rival() -> None:
    page = (
        '<title>Rain</title><meta name=author content="Web Team">'
        '<script type="application/ld+json">{"@type":"NewsArticle","author":{"name":"Ada Moor"}}</script><p>Rain.'
    )
    author = document.parse(marked_up(page)).metadata["author"]
    assert (author.value, author.rivals) == (["Ada Moor"], (("Web Team", "meta author"),))


@pytest.mark.parametrize(
    ("label", "value", "author"),
    [
        ("Written by", "Ann Lee", ["Ann Lee"]),
        ("", "Ann Lee", ["Ann Lee"]),
        ("Est. reading time", "Less than a minute", None),
        ("Lesezeit", "2 Minuten", None),
        ("", "16 minutes", None),
    ],
)
def test_the_time_that_reading_takes_is_no_author(label: str, value: str, author: list[str] | None) -> None:
    page = f"<meta name='twitter:label1' content='{label}'><meta name='twitter:data1' content='{value}'><p>Rain."
    found = document.parse(marked_up(page)).metadata.get("author")
    assert (found.value if found else None) == author


@pytest.mark.parametrize(("value", "is_read"), [("105092", False), ("gpd", True), ("ann lee 2", True)])
def test_a_field_that_holds_only_digits_names_nobody(value: str, is_read: bool) -> None:
    assert ("author" in document.parse(marked_up(f"<meta name=author content='{value}'><p>Rain.")).metadata) is is_read


def test_a_date_said_twice_with_less_precision_is_no_rival() -> None:
    page = '<meta property="article:published_time" content="2024-05-02T08:00:00Z"><meta name=date content="2024-05-02"><p>Rain.'
    date = document.parse(marked_up(page)).metadata["date"]
    assert (date.value, date.rivals) == ("2024-05-02T08:00:00Z", ())


def test_the_address_gives_a_date_only_where_nothing_else_does_and_says_so() -> None:
    found = document.parse(marked_up("<p>Rain.", url="https://n.example/2024/05/02/rain.html")).metadata["date"]
    assert (found.value, found.origin, found.certainty) == ("2024-05-02", "url", "probable")


def test_a_repaired_field_says_what_it_was() -> None:
    from dataclasses import replace

    page = replace(marked_up("<meta property=og:site_name content=Café><p>Rain."), meta_before={"Café": "CafÃ©"})
    assert document.parse(page).metadata["site"].before == "CafÃ©"


@pytest.mark.parametrize(
    "source",
    [
        "{",
        "[" * 5000,
        '{"@type": 7, "author": [[1]], "headline": {}}',
        '{"@graph": [null, {"@type": "Article", "author": null}]}',
    ],
)
def test_broken_json_ld_says_nothing(source: str) -> None:
    found = document.parse(marked_up(f'<script type="application/ld+json">{source}</script><p>Rain.'))
    assert "author" not in found.metadata


def test_place_and_section_are_read_off_the_page() -> None:
    found = fields(f"首页 > 本地 > 文教 > 正文\n圖書館夜間開放\n新華社山城5月2日電 {BODY}")
    assert (found["place"].value, found["section"].value, found["source"].value) == ("山城", "文教", "新華社")


PROSE = "<p>It rained all day in the north, and nobody went out, said the mayor.</p>" * 3


def test_day_and_author_may_stand_below_a_standfirst() -> None:
    page = (
        "<article><h1>Ferries stay in port</h1><h3>The harbour is closed after the storm, and nobody knows for how long, said the mayor.</h3>"
        f"<span>Ann Lee | 02.05.2024 - updated 03.05.2024</span>{PROSE}</article>"
    )
    assert document.parse(marked_up(page)).metadata["date"].value == "2024-05-02"


def test_a_caption_dates_the_picture_only() -> None:
    page = (
        "<article><h1>Ferries stay in port</h1><h3>The harbour is closed after the storm, and nobody knows for how long, said the mayor.</h3>"
        f"<figure><figcaption>Harbour with ferries on 02.05.2014 in the morning</figcaption></figure>{PROSE}</article>"
    )
    assert "date" not in document.parse(marked_up(page)).metadata


@pytest.mark.parametrize("label", ["Datum {} ", "Published: {}", "发布时间：{}"])
def test_a_box_of_facts_far_below_the_body_is_read(label: str) -> None:
    links = "".join(f"<li><a href=/{n}>Storm closes harbour number {n} in the north</a>" for n in range(15))
    facts = f"<footer><p>{label.format('02.05.2024')}</p><p>Autorin/Autor Ann Lee</p></footer>"
    found = document.parse(marked_up(f"<h1>Ferries stay in port</h1>{PROSE * 2}<ul>{links}</ul>{facts}")).metadata
    assert (found["date"].value, found["date"].certainty) == ("2024-05-02", "probable")
    assert found["author"].value == ["Ann Lee"]


MICRODATA = (
    "<article itemscope itemtype='https://schema.org/NewsArticle'><h1 itemprop=headline>Ferries stay in port</h1>"
    "<span itemprop=author itemscope itemtype='https://schema.org/Person'><a itemprop=url href=/ann>at</a> <span itemprop=name>Ann Lee</span></span>"
    "<time itemprop=datePublished datetime='2024-05-02T08:00'>Thursday</time>{body}"
    "<div itemprop=comment itemscope><span itemprop=author>Bo</span><time itemprop=datePublished datetime='2024-05-09'>later</time></div></article>"
)


def test_microdata_is_read_with_the_items_that_its_names_stand_in() -> None:
    found = document.parse(marked_up(MICRODATA.format(body=PROSE))).metadata
    assert (found["author"].value, found["date"].value) == (["Ann Lee"], "2024-05-02T08:00")


@pytest.mark.parametrize("kind", ["itemprop=comment", "itemtype=https://schema.org/Answer"])
def test_microdata_of_comments_says_nothing_about_the_page(kind: str) -> None:
    comment = f"<div {kind} itemscope><b itemprop=author>Bo</b><meta itemprop=datePublished content='2024-05-09'></div>"
    found = document.parse(marked_up(f"<h1>Ferries stay in port</h1>{PROSE}{comment}")).metadata
    assert found.keys().isdisjoint({"author", "date"})


RDFA_LITE = (
    "<article vocab=https://schema.org/ typeof=NewsArticle><h1 property=headline>Ferries stay in port</h1>"
    "<span property=author typeof=Person><span property=name>Ann Lee</span></span> <b property=datePublished content=2024-05-02>Thursday</b>"
    "{body}<div property=comment typeof=Comment><b property=author>Bo</b><b property=datePublished content=2024-05-09>later</b></div></article>"
)
DRUPAL = (
    "<h1>Ferries stay in port</h1><div about=/ferries typeof='sioc:Item foaf:Document'><span property=dc:title content='Ferries stay in port'></span>"
    "<p><span property='dc:date dc:created' content=2024-05-02 rel=sioc:has_creator>Submitted by "
    "<span class=username about=/user/1 typeof=sioc:UserAccount property=foaf:name>Ann Lee</span> on Thursday</span></p>{body}</div>"
    "<div class=comment about=/comment/1 typeof='sioc:Post sioct:Comment'><span property='dc:date dc:created' content=2024-05-09>later</span></div>"
)


@pytest.mark.parametrize("page", [RDFA_LITE, DRUPAL])
def test_rdfa_is_read_with_the_items_that_its_names_stand_in(page: str) -> None:
    found = document.parse(marked_up(page.format(body=PROSE)))
    assert (found.metadata["author"].value, found.metadata["date"].value) == (["Ann Lee"], "2024-05-02")
    assert found.title == "Ferries stay in port"


@pytest.mark.parametrize(
    "page",
    [
        "<p property='v:title dc:subject foaf:name sioc:date' content='2024-05-02'>Bo</p>",
        "<div property=comment typeof=Comment><b property=author>Bo</b><b property=datePublished content=2024-05-09>x</b></div>",
        "<ol typeof=BreadcrumbList><li property=itemListElement typeof=ListItem><a property=author>Bo</a></li></ol>",
    ],
)
def test_rdfa_of_other_things_says_nothing_about_the_page(page: str) -> None:
    found = document.parse(marked_up(f"<h1>Ferries stay in port</h1>{PROSE}{page}")).metadata
    assert found.keys().isdisjoint({"author", "date"})


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ("<meta property='x:title article:published_time' content=2024-05-02>", {"date": "2024-05-02"}),
        ("<meta name=pdate content=20240502>", {"date": "2024-05-02"}),
        ("<meta name=eprints.date content=2024-05-02>", {"date": "2024-05-02"}),
        ("<meta name=eprints.creators_name content='Lee, Ann'>", {"author": ["Ann Lee"]}),
        ("<meta name=citation_authors content='Lee, Ann; Chan, Bo'>", {"author": ["Ann Lee", "Bo Chan"]}),
        ("<meta name=DC.Creator.PersonalName content='Ann Lee'><meta name=DC.Creator.PersonalName content='Bo Chan'>", {"author": ["Ann Lee", "Bo Chan"]}),
        ("<meta name=twitter:label2 content='Written by'><meta name=twitter:data2 content='Ann Lee'>", {"author": ["Ann Lee"]}),
        ("<meta name=twitter:label1 content='Verfasst von'><meta name=twitter:data1 content='Ann Lee'>", {"author": ["Ann Lee"]}),
        ("<meta name=twitter:label2 content='Filed under'><meta name=twitter:data2 content='Ann Lee'>", {}),
        ("<meta name=keywords content='width=device-width, initial-scale=1'>", {}),
        ("<meta name=keywords content='rain, a=b'>", {"keywords": ["rain"]}),
    ],
)  # fmt: skip
def test_fields_of_the_head_are_read_as_their_makers_write_them(head: str, wanted: dict[str, object]) -> None:
    found = document.parse(marked_up(f"{head}<h1>Ferries stay in port</h1>{PROSE}")).metadata
    assert {key: field.value for key, field in found.items() if key in ("author", "date", "keywords")} == wanted


STATED = '{"@type": "NewsArticle", "author": {"name": "Ann Lee"}, "datePublished": "2024-05-02"}'


@pytest.mark.parametrize(
    "script",
    [
        f"<script type='application/ld+json; charset=utf-8'>{STATED}</script>",
        f"<script type=application/ld+json>//<![CDATA[\n{STATED}\n//]]></script>",
        f"<script type=application/ld+json>/*<![CDATA[*/{STATED}/*]]>*/</script>",
        f"<script type=application/ld+json><!--\n{STATED}\n--></script>",
        f"<script type=application/ld+json>{STATED.replace('}', ',}')}</script>",
        f"<script type=application/ld+json>[{STATED}, ]</script>",
        "<script type=application/ld+json>"
        + STATED.replace('"name": "Ann Lee"', '"givenName": "Ann", "familyName": "Lee"')
        + "</script>",
        "<script type=application/ld+json>" + STATED.replace('"Ann Lee"', '["Ann Lee", "A. Lee"]') + "</script>",
    ],
)
def test_json_ld_is_read_as_sites_write_it(script: str) -> None:
    found = document.parse(marked_up(f"<h1>Ferries stay in port</h1>{PROSE}{script}")).metadata
    assert (found["author"].value, found["date"].value) == (["Ann Lee"], "2024-05-02")


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("LEEDS, UK – March 3, 2025 – ", "2025-03-03"),
        ("NEW YORK, March 3, 2025 /PRNewswire/ -- ", "2025-03-03"),
        ("MÜNCHEN (3. März 2025) – ", "2025-03-03"),
        ("March 3, 2025 – ", "2025-03-03"),
        ("LEEDS, UK – March 3, 2025 was the day: ", None),
        ("The fair of March 3, 2025 – ", None),
        ("On Monday, March 3, 2025 – ", None),
    ],
)
def test_an_agencys_article_opens_with_places_and_the_day(opening: str, day: str | None) -> None:
    prose = "It rained all day in the north, and nobody went out, said the mayor of the town to the harbour office."
    found = document.parse(marked_up(f"<h1>Ferries stay in port</h1><p>{opening}{prose}</p>{PROSE}")).metadata
    assert (found["date"].value if "date" in found else None) == day


@pytest.mark.parametrize(
    ("author", "wanted"),
    [
        ("The Harbour Post", ["Ann Lee"]),
        ("post", ["Ann Lee"]),
        ("Mill Media Ltd.", ["Ann Lee"]),
        ("mill.example", ["Ann Lee"]),
        ("Bo Chan", ["Bo Chan"]),
    ],
)
def test_a_house_that_signs_for_all_goes_behind_whoever_is_named_on_the_page(author: str, wanted: list[str]) -> None:
    head = f"<meta name=author content='{author}'><meta property=og:site_name content='The Harbour Post'>"
    lines = "<div>Ann Lee</div><div>May 2, 2024</div>"
    body = "<p>It rained all day in the town, and nobody who could stay at home went out.</p>" * 4
    page = f"<title>Rain again in the north</title>{head}<h1>Rain again in the north</h1>{lines}<main>{body}</main>"
    found = document.parse(marked_up(page, url="https://www.post.example/1")).metadata["author"]
    assert found.value == wanted
    alone = document.parse(marked_up(page.replace(lines, ""), url="https://www.post.example/1")).metadata["author"]
    assert alone.value == [author.rstrip(".")]


CHINESE = "連日大雨，全市多處積水，市民出行受阻，有關部門已經派出人員排水，預計明天雨勢減弱，請大家注意安全。"
RUSSIAN = "Со вчерашнего дня в городе идёт сильный дождь, улицы затоплены. Завтра дождь ослабеет, сказали в мэрии."


def line_below_title(line: str) -> dict[str, object]:
    """What is read of a page that has a line below its title."""
    prose = CHINESE if max(line) >= "\u4e00" else RUSSIAN
    page = f"<h1>{prose[:12]}</h1><div class=info>{line}</div><div class=content><p>{prose}</p><p>{prose * 2}</p></div>"
    found = document.parse(marked_up(page)).metadata
    return {key: found[key].value for key in ("author", "date", "source") if key in found}


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("欣傳媒╱記者丁彥伶／台北報導", ["丁彥伶"]),
        ("〔記者王大明／台中報導〕", ["王大明"]),
        ("聯合報 記者王大明、李小華／台北報導", ["王大明", "李小華"]),
        ("【記者王大明台北報導】", ["王大明"]),
        ("中央社記者王大明台北2日電", ["王大明"]),
        ("（山城報記者王大明採訪報導）", ["王大明"]),
        ("撰文：王大明 出版：2024-05-02", ["王大明"]),
        ("记者：王大明 通讯员：李小华 2024-05-02", ["王大明", "李小华"]),
        ("本报记者 王大明 通讯员 李小华", ["王大明", "李小华"]),
        ("稿件来源：山城日报 撰稿人：王大明", ["王大明"]),
        ("著者：山田太郎 投稿日: 2024.05.02", ["山田太郎"]),
        ("取材・文／山田太郎", ["山田太郎"]),
        ("기자명 김철수 승인 2024.05.02", ["김철수"]),
        ("글 김철수 | 사진 이영희", ["김철수"]),
        ("글쓴이: 김철수 작성일: 2024-05-02", ["김철수"]),
        ("Опубликовано: 02.05.2024, автор: Иван Петров", ["Иван Петров"]),
        ("Авторы: Иван Петров, Анна Смирнова", ["Иван Петров", "Анна Смирнова"]),
        ("الكاتب: أحمد علي نشر في: 2024/05/02", ["أحمد علي"]),
        ("Autor: María López Fecha: 2 mayo, 2024", ["María López"]),
        ("Par Anne Martin Publié le 2 mai 2024", ["Anne Martin"]),
        ("Tác giả: Nguyễn Văn An Ngày 2 tháng 5 năm 2024", ["Nguyễn Văn An"]),
        ("Donnerstag, 2. Mai 2024 | Autor: Anna Müller", ["Anna Müller"]),
        ("Penulis: Budi Santoso Kamis, 2 Mei 2024 10:00 WIB", ["Budi Santoso"]),
        ("Autor: Anna Nowak Data publikacji: 2 maja 2024", ["Anna Nowak"]),
        ("02.05.2024 10:00 Иван Петров", ["Иван Петров"]),
        ("02.05.2024, 10:00 Uhr | Anna Müller", ["Anna Müller"]),
        ("María López 2 may 2024 - 10:00", ["María López"]),
        ("2 мая 2024 г. Иван Петров", ["Иван Петров"]),
        ("Last Updated: December 15, 2011", None),
        ("2 May 2024 Harbour News", None),
        ("2 May 2024 New York", None),
        ("2 May 2024 – 3 May 2024 Ann Lee", None),
        ("2 May 2024 Ann Lee went out", None),
        ("記者採訪新北市報導", None),
        ("记者 近日从市水务局获悉，大雨还会持续", None),
        ("作者：未知 2024-05-02", None),
        ("Tekst: Opis", None),
        ("글 목록 | 사진", None),
    ],
)
def test_bylines_of_many_languages_name_people(line: str, author: list[str] | None) -> None:
    assert line_below_title(line).get("author") == author


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("本文来源于山城日报　2024年05月02日 15:48 我要评论（0）", "山城日报"),
        ("欣傳媒╱記者丁彥伶／台北報導 2024-05-02", "欣傳媒"),
        ("2 мая 2024 г., 10:00 Источник: РИА Новости", "РИА Новости"),
        ("2024-05-02 10:00 Źródło: Agencja Młyn", "Agencja Młyn"),
        ("Fuente: Agencia Molino 2 de mayo de 2024", "Agencia Molino"),
        ("山城日报 2024-05-02", "山城日报"),
        ("棱镜 2024-05-02", "棱镜"),
        ("2024-05-02 10:00 评论", None),
        ("2024-05-02 10:00 看过", None),
        ("即時新聞 2024-05-02", None),
        ("國際 2024-05-02", None),
        ("最后更新 2024-05-02", None),
        ("本报记者 王大明 2024-05-02", None),
        ("The source: nobody 2024-05-02", None),
        ("Quelle: Hafenblatt. Gelesen am 02.05.2024", "Hafenblatt"),
        ("Source: U.S. Dept. of Energy 2024-05-02", "U.S. Dept. of Energy"),
        ("Quelle: St. Galler Hafenblatt 02.05.2024", "St. Galler Hafenblatt"),
    ],
)
def test_a_house_is_named_by_a_label_or_beside_the_day(line: str, source: str | None) -> None:
    assert line_below_title(line).get("source") == source


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("This entry was posted on Thursday, May 2nd, 2024 at 8:15 am and is filed under Rain. You can follow it.", "2024-05-02"),
        ("This entry was posted by Ann Lee on May 2, 2024 and is filed under Rain. You can follow any responses.", "2024-05-02"),
        ("This rain was posted on Thursday, May 2nd, 2024 at 8:15 am, and you can follow any responses to this rain.", None),
    ],
)  # fmt: skip
def test_the_line_below_a_blogs_entry_dates_it(line: str, day: str | None) -> None:
    found = document.parse(marked_up(f"<h1>Ferries stay in port</h1>{PROSE}<p>{line}</p>")).metadata
    assert (found["date"].value[:10] if "date" in found else None) == day


@pytest.mark.parametrize(("name", "is_read"), [("published", True), ("abbreviation", False), ("unpublished", False)])
def test_hatom_dates_by_the_title_of_an_abbreviation(name: str, is_read: bool) -> None:
    line = f"<p>By Ann Lee, <abbr class={name} title=2024-05-02T08:15:00>Thursday</abbr></p>"
    found = document.parse(marked_up(f"<h1>Ferries stay in port</h1>{line}{PROSE}")).metadata
    assert ("date" in found) is is_read


def test_fields_for_catalogues_go_before_lines_with_affiliations() -> None:
    head = "<meta name=citation_author content='Lee, Ann'><meta name=citation_author content='Chan, Bo'>"
    line = (
        "<ul class=authors><li><span class=name>Ann Lee</span> <span class=place>University of Mills</span></li></ul>"
    )
    found = document.parse(marked_up(f"{head}<h1>Ferries stay in port</h1>{line}{PROSE}")).metadata
    assert found["author"].value == ["Ann Lee", "Bo Chan"]


@pytest.mark.parametrize(("label", "author"), [("Editor: Bo Chan", ["Ann Lee"]), ("Photo: Bo Chan", ["Bo Chan"])])
def test_whom_the_page_calls_its_editor_is_not_its_author(label: str, author: list[str]) -> None:
    head = '<script type=application/ld+json>{"@type": "NewsArticle", "author": {"name": "Bo Chan"}}</script>'
    page = f"{head}<h1>Ferries stay in port</h1><div class=author>Ann Lee</div>{PROSE}<p>{label}</p>"
    assert document.parse(marked_up(page)).metadata["author"].value == author


@pytest.mark.parametrize(("between", "is_found"), [(38, True), (39, False)])
def test_a_byline_stands_at_most_39_lines_below_the_title(between: int, is_found: bool) -> None:
    buttons = "<div>Aa</div>" * between
    page = f"<h1>Ferries stay in port</h1>{buttons}<div class=byline>By Ann Lee</div>{'<div>Aa</div>' * 20}{PROSE}"
    assert ("author" in document.parse(marked_up(page)).metadata) is is_found


@pytest.mark.parametrize(("houses", "source"), [(1, "Mill Press a"), (2, "Mill Press a"), (3, None)])
def test_labels_of_three_houses_are_those_of_figures(houses: int, source: str | None) -> None:
    labels = "".join(f"<div>Source: Mill Press {n}</div>" for n in "abc"[:houses])
    found = document.parse(marked_up(f"<h1>Ferries stay in port</h1>{labels}{PROSE}")).metadata
    assert (found["source"].value if "source" in found else None) == source
