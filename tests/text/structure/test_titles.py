"""Titles with and without the site's name."""

import pytest
from made_pages import marked_up

from tui.core.page import Line
from tui.text import document
from tui.text.markup import glance
from tui.text.markup.paragraphs import read
from tui.text.structure.titles import Title, at_a_glance, landmark
from tui.text.words.sitename import by_host, cut_site


@pytest.mark.parametrize(
    ("whole", "title"),
    [
        ("大雨来了,航班取消_国内_某某网", "大雨来了,航班取消"),
        ("大雨来了,航班取消-某某网", "大雨来了,航班取消"),
        ("Rain again in the north | Weather | The News", "Rain again in the north"),
        ("Rain - and wind", "Rain - and wind"),
        ("Цены выросли сильнее, чем ожидалось — эксперты", "Цены выросли сильнее, чем ожидалось — эксперты"),
        ("Цены выросли сильнее, чем ожидалось — Мельница", "Цены выросли сильнее, чем ожидалось"),
        ("Kdo vyhraje volby v neděli - analýza", "Kdo vyhraje volby v neděli - analýza"),
        ("Kdo vyhraje volby v neděli - mill.example", "Kdo vyhraje volby v neděli"),
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


@pytest.mark.parametrize(
    ("whole", "site", "title"),
    [
        ("Bread at home – tips and tricks | Some Mill", "", "Bread at home – tips and tricks"),
        ("Ten loaves for a week | Mill | Mill", "Mill", "Ten loaves for a week"),
        ("Which flour for rye bread - Flours - Bakers' Forum", "Bakers' Forum", "Which flour for rye bread"),
        ("Rye bread - A beginner's guide – Mill", "Mill", "Rye bread - A beginner's guide"),
        ("Derby lost - and now the coach goes too | The Post", "The Post", "Derby lost - and now the coach goes too"),
    ],
)
def test_a_title_keeps_its_own_dashes(whole: str, site: str, title: str) -> None:
    assert cut_site(whole, site) == title


def _article(headline: str, kind: str = "NewsArticle", more: str = "") -> str:
    return f'<script type="application/ld+json">{{"@type": "{kind}", "headline": "{headline}"{more}}}</script>'


def _title(head: str, heading: str) -> str:
    return document.parse(
        marked_up(f"{head}<h1>{heading}</h1><p>It rained, and it rained again, and nobody went out all day.</p>")
    ).title


def test_an_articles_own_headline_goes_before_a_heading_that_says_something_else() -> None:
    head = "<title>Storm: what to know now</title><meta property=og:title content='Storm: what to know now'>"
    assert _title(head + _article("Ferries stay in port"), "Storm: what to know now") == "Ferries stay in port"


def test_the_heading_stays_where_the_headline_says_less_or_the_same() -> None:
    head = "<title>Storm: ferries stay in port</title>"
    assert _title(head + _article("Ferries stay in port"), "Storm: ferries stay in port") == "Ferries stay in port"
    assert _title(head + _article("Storm: ferries st"), "Storm: ferries stay in port") == "Storm: ferries stay in port"


def test_what_a_plug_in_wrote_for_searches_is_no_headline() -> None:
    head = "<title>Best ferries 2025</title><meta property=og:title content='Best ferries 2025'>"
    heading = "Our ten favourite ferries of 2025"
    assert _title(head + _article("Best ferries 2025", "BlogPosting"), heading) == heading


def test_a_heading_nearly_as_in_the_head_is_no_other_than_it() -> None:
    head = "<title>Ferry discounts, coupons & codes</title><meta property=og:title content='Ferry discounts, coupons & codes'>"
    blog = _article("Deals and offers of the harbour", "BlogPosting")
    assert _title(head + blog, "Ferry discounts, coupons, and codes") == "Ferry discounts, coupons, and codes"
    assert _title(head + blog, "Ferry coupons and all discounts") == "Deals and offers of the harbour"


@pytest.mark.parametrize(
    ("head", "headings", "wanted"),
    [
        ("", "<h1>Ferries sail on, slowly and half empty</h1>", "Ferries sail on, slowly and half empty"),
        ("", "<h1>Ferries sail on, slowly and half empty</h1><h1>Menu</h1>", "Ferries sail as never before"),
        ("", "<h1>Trains come back slowly</h1>", "Ferries sail as never before"),
        (
            "<meta property=og:title content='Ferries sail as never before'>",
            "<h1>Ferries sail on, slowly and half empty</h1>",
            "Ferries sail as never before",
        ),
        (
            "",
            "<h1>Start / News / Traffic / Ferries sail</h1><h2>Ferries sail as never before</h2>",
            "Ferries sail as never before",
        ),
    ],
)
def test_the_only_heading_may_say_something_else_than_a_head_written_for_searches(
    head: str, headings: str, wanted: str
) -> None:
    page = f"<title>Ferries sail as never before</title>{head}{headings}<p>It rained, and nobody went out all day."
    assert document.parse(marked_up(page)).title == wanted


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Ferry fares of the north - Harbour Fares", "Ferry fares of the north"),
        ("Ferry fares of the north - Harbours", "Ferry fares of the north - Harbours"),
    ],
)
def test_the_sites_name_goes_from_the_end_of_a_heading_too(heading: str, title: str) -> None:
    page = f"<title>{heading}</title><meta property=og:site_name content='Harbour Fares'><h1>{heading}</h1><p>It rained all day."
    found = document.parse(marked_up(page))
    assert (found.title, found.blocks[0].kind) == (title, "title")


@pytest.mark.parametrize(
    ("head", "line", "wanted"),
    [
        ("The Harbour Board • View topic - Ferries in fog", "<h2><a href=/1>Ferries in fog</a></h2>", "Ferries in fog"),
        ("Browse: Ferries in fog | The Harbour Page", "<h2>Ferries in fog</h2>", "Ferries in fog"),
        (
            "Ferries - Harbours of the North",
            "<h2><a href=/>Harbours of the North</a></h2>",
            "Ferries - Harbours of the North",
        ),
        ("Browse: Ferries in fog | The Harbour Page", "<a href=/1>Ferries in fog</a>", "Browse: Ferries in fog"),
    ],
)
def test_a_label_before_the_title_goes_where_a_heading_does_without_it(head: str, line: str, wanted: str) -> None:
    page = f"<title>{head}</title>{line}<p>It rained, and it rained again, and nobody went out all day.</p>"
    url = "https://www.harbourboard.example/1"
    assert document.parse(marked_up(page, url=url)).title == wanted
    assert at_a_glance(glance.read(page), url) == wanted


@pytest.mark.parametrize(
    ("headline", "kind", "wanted"),
    [
        ("A list of an encyclopedia", "Article", "Ferries of the north"),
        ("A list of an encyclopedia", "NewsArticle", "A list of an encyclopedia"),
        ("Ferry list", "NewsArticle", "Ferries of the north"),
    ],
)
def test_what_the_desk_calls_a_page_is_no_headline(headline: str, kind: str, wanted: str) -> None:
    head = "<title>Ferries of the north - Wiki</title><meta property=og:title content='Ferries of the north - Wiki'>"
    assert _title(head + _article(headline, kind), "Ferries of the north") == wanted


def test_a_second_title_of_the_head_speaks_for_the_heading() -> None:
    head = "<meta property=og:title content='Boost your brand'><title>Boost your brand</title>"
    heading = "Which ferries sail on Sunday"
    assert _title(head, heading) == "Boost your brand"
    assert _title(head + f"<meta property=og:title content='{heading}'>", heading) == heading


def test_spaces_between_the_parts_of_a_heading_are_no_spaces_of_the_title() -> None:
    stated = "<meta property=og:title content='Storm: ferries stay'>"
    assert _title(stated, "<span>Storm</span> <span>: ferries stay</span>") == "Storm: ferries stay"


@pytest.mark.parametrize(
    ("head", "address", "title"),
    [
        ("Mill - Bread and flour for everybody", "https://mill.example/", "Mill - Bread and flour for everybody"),
        ("Mill - Bread and flour for everybody", "https://mill.example/2", "Bread and flour for everybody"),
        ("Mill | Bread and flour for everybody", "https://mill.example", "Mill"),
        ("Bread and flour for everybody | Mill", "https://mill.example/", "Bread and flour for everybody"),
        ("Home - Mill", "https://mill.example/", "Home - Mill"),
    ],
)
def test_a_front_page_has_its_sites_name(head: str, address: str, title: str) -> None:
    page = (
        f"<title>{head}</title><meta property=og:site_name content=Mill><p>It rained all day, and nobody went out.</p>"
    )
    assert document.parse(marked_up(page, url=address)).title == title
    assert document.parse(marked_up(f"<link rel=canonical href={address}>{page}")).title == title


@pytest.mark.parametrize(
    ("address", "heading", "title"),
    [
        ("https://mill.example/2", "Rain again in the north", "Rain again in the north"),
        ("https://mill.example/", "Rain again in the north", "Mill News"),
        ("", "Rain again in the north", "Mill News"),
        ("https://mill.example/2", "Home", "Mill News"),
        ("https://mill.example/2", "Mill News", "Mill News"),
    ],
)
def test_the_sites_name_is_no_title_of_a_page_within_it(address: str, heading: str, title: str) -> None:
    head = "<title>Mill News</title><meta property=og:title content='Mill News'><meta property=og:site_name content='Mill News'>"
    page = marked_up(f"{head}<h1>{heading}</h1><p>It rained all day, and nobody went out.</p>", url=address)
    assert document.parse(page).title == title


def test_headlines_of_several_articles_are_none_of_the_page() -> None:
    head = "<title>Storm over the north | The Post</title>" + _article("Ferries stay in port") + _article("Trains stop")
    assert _title(head, "Storm over the north") == "Storm over the north"


def test_entities_in_json_are_resolved() -> None:
    page = _article("The ferry&#39;s last trip") + "<p>It rained, and it rained again, all day."
    assert document.parse(marked_up(page)).title == "The ferry's last trip"


def test_a_heading_on_several_lines_is_read_as_a_whole() -> None:
    assert _title("<title>Weekend ferry guide | The Post</title>", "WEEKEND<br>FERRY<br>GUIDE") == "WEEKEND FERRY GUIDE"


def test_a_heading_that_links_to_its_own_page_is_the_title() -> None:
    title = _title(
        "<title>Storm: ferries stay in port | The Post</title>", "<a href=/1>Storm: ferries stay in port</a>"
    )
    assert title == "Storm: ferries stay in port"


def test_a_site_may_stand_before_the_title() -> None:
    page = (
        "<title>The Post | post.example - The five best ferries for a cold day</title><h2>The five best ferries for a cold day</h2>"
        "<p>It rained, and it rained again, and nobody went out all day.</p>"
    )
    assert document.parse(marked_up(page)).title == "The five best ferries for a cold day"


def test_a_line_of_a_broken_title_is_not_all_of_it() -> None:
    page = (
        "<title>关于批准某市二〇二四 年度财政预算调整方案的决议_公报_某市政府网</title><div>关于批准某市二〇二四</div>"
        "<p>会议听取了报告，并对议案进行了审议，决定予以批准。</p>"
    )
    assert document.parse(marked_up(page)).title == "关于批准某市二〇二四 年度财政预算调整方案的决议"


def test_where_the_head_names_a_section_only_the_line_above_the_body_is_the_title() -> None:
    page = (
        "<title>新闻动态--某某学会官网</title><div>河堤步道学术年会在山城举行</div>"
        "<p>河堤步道学术年会昨天在山城举行，来自各地的两百名学者参加了会议，讨论了步道的修建。</p><p>年会每年举行一次，明年在海边。</p>"
    )
    assert document.parse(marked_up(page)).title == "河堤步道学术年会在山城举行"


def test_what_a_page_tells_baidu_is_read() -> None:
    told = '{"@context": "https://ziyuan.baidu.com/contexts/cambrian.jsonld", "title": "步道开放", "pubDate": "2024-05-02T08:00:01"}'
    found = document.parse(
        marked_up(f'<script type="application/ld+json">{told}</script><p>步道昨天开放，来了很多人。')
    )
    assert (found.title, found.metadata["date"].value) == ("步道开放", "2024-05-02T08:00:01")


@pytest.mark.parametrize(
    ("heading", "title", "url", "wanted"),
    [
        (
            "Town of Harbour",
            "Ferries | Town of Harbour",
            "https://www.townofharbour.example/22/",
            "Ferries",
        ),
        (
            "Town of Harbour",
            "Ferries | Town of Harbour",
            "https://www.example.org/22/",
            "Town of Harbour",
        ),
        ("Ferries¶", "Ferries – manual", "https://www.example.org/", "Ferries"),
    ],
)
def test_a_heading_that_spells_the_host_is_the_sites_name(heading: str, title: str, url: str, wanted: str) -> None:
    page = f"<title>{title}</title><h1>{heading}</h1><p>It rained all day, and nobody went out."
    assert document.parse(marked_up(page, url=url)).title == wanted


@pytest.mark.parametrize(
    ("title", "host", "name"),
    [
        ("Rain | The Herald", "herald.example", "The Herald"),
        ("Rain | The Mail", "mail.example", ""),
        ("Rain | The Heralds", "herald.example", "The Heralds"),
        ("Rain | Herald and Herald", "herald.example", ""),
        ("Rain | Herald Prices", "ferryboats.herald.example", "Herald Prices"),
        ("Git - Rain", "git-scm.example", ""),
        ("The Herald", "herald.example", ""),
    ],
)
def test_a_part_of_a_title_spells_its_host(title: str, host: str, name: str) -> None:
    assert by_host(title, host) == name


@pytest.mark.parametrize(
    ("stated", "wanted"),
    [
        ("Storm: ferries stay", "Storm: ferries stay"),
        ("Storm ferries stay...", "Storm ferries stay..."),
        ("Storm ferries stay ()", "Storm ferries stay"),
    ],
)
def test_a_heading_gets_the_signs_that_it_lost_and_no_empty_brackets(stated: str, wanted: str) -> None:
    assert _title(f"<meta property=og:title content='{stated}'>", "Storm ferries stay") == wanted


@pytest.mark.parametrize(
    ("whole", "site", "title"),
    [
        ("Ferries | The Town of Harbour and its Boats", "", "Ferries | The Town of Harbour and its Boats"),
        (
            "Ferry lines May | The Town of Harbour and its many old Boats",
            "",
            "Ferry lines May | The Town of Harbour and its many old Boats",
        ),
        ("Ferry lines May 2 | The Town of Harbour and its many old Boats", "", "Ferry lines May 2"),
        ("Storm: ferries stay in port - and then they sail", "", "Storm: ferries stay in port - and then they sail"),
        ("Storm: ferries stay in port - Then they sail", "", "Storm: ferries stay in port"),
        ("The Post | Rain", "The Post", "Rain"),
        ("The Post - The five ferries - Which sail", "The Post", "The five ferries - Which sail"),
        ("The Post - The five ferries | Lines", "The Post", "The five ferries"),
        ("Trails - Blue Line Lab in Harbour", "Blue Line Lab", "Trails"),
        ("Trails - Blue Line Labs", "Blue Line Lab", "Trails - Blue Line Labs"),
        ("Wendy Moor - The Guru", "Wendy Moor - The Guru", "Wendy Moor - The Guru"),
    ],
)
def test_what_is_cut_off_a_title(whole: str, site: str, title: str) -> None:
    assert cut_site(whole, site) == title


def test_a_headline_is_told_by_letters_that_are_longer_in_small() -> None:
    lines = read("Home\n\u0130\u0130\u0130\nRain", [Line(0, 4), Line(5, 8), Line(9, 13)])
    assert landmark(lines, Title("\u0130\u0130\u0130", "meta og:title", "\u0130\u0130\u0130")) == 1


def test_a_title_that_ends_in_the_sites_name_is_not_that_name() -> None:
    head = (
        "<title>How To Use The Forums On Mill.example • MILL.EXAMPLE</title><meta name=headline content=MILL.EXAMPLE>"
    )
    page = f"{head}<meta property=og:site_name content=MILL.EXAMPLE><h1>How to use the forums on mill.example</h1><p>It rained."
    assert (
        document.parse(marked_up(page, url="https://mill.example/a")).title == "How to use the forums on mill.example"
    )


@pytest.mark.parametrize(
    ("whole", "shared", "title"),
    [("Home - Mill", "Home", "Home - Mill"), ("Home", "Home", "Home"), ("Bread | Mill", "Home", "Bread")],
)
def test_home_names_no_page_where_anything_else_does(whole: str, shared: str, title: str) -> None:
    head = f"<title>{whole}</title><meta property=og:title content={shared}><meta property=og:site_name content=Mill>"
    assert document.parse(marked_up(f"{head}<p>It rained.")).title == title
