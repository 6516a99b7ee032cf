"""Pages that show nothing without scripts: what they hold is shown, and named for where it stands."""

import json
from pathlib import Path

import pytest

from tui import loader
from tui.core.model import Document, Limits, Options
from tui.text.markup import html, unshown

RAIN = "The harbour office found a crack in the hull on Monday, and the ferry stays in port until it is mended."


def read(tmp_path: Path, source: str) -> Document:
    (tmp_path / "a.html").write_text(source, encoding="utf-8")
    (ref,) = loader.scan([str(tmp_path / "a.html")], loader.Tally())
    return loader.load(ref, Options(), Limits())


def origin(document: Document) -> str:
    return next((str(p.values["origin"]) for p in document.problems if p.code == "text_elsewhere"), "")


NEXT = json.dumps({"props": {"page": {"id": "x" * 200, "text": RAIN + "\nNobody was hurt.", "css": RAIN + "p{}"}}})
TOLD = json.dumps({"@type": "Article", "articleBody": RAIN})


@pytest.mark.parametrize(
    ("source", "text", "where"),
    [
        (
            f'<script id=__NEXT_DATA__ type="application/json">{NEXT}</script>',
            RAIN + "\nNobody was hurt.",
            "__NEXT_DATA__",
        ),
        (f"<script>window.__STATE__ = {NEXT};var a</script>", RAIN + "\nNobody was hurt.", "__STATE__"),
        (f'<script type="application/ld+json">{TOLD}</script>', RAIN, "JSON-LD articleBody"),
        (
            f'<script type="application/ld+json">{TOLD}</script><noscript>No scripts</noscript>',
            RAIN,
            "JSON-LD articleBody",
        ),
        ("<frameset><frame src=/menu.html><frame src=/b name=Main></frameset>", "menu.html\nMain", "<frame>"),
        ("<frameset><frame src=/b><noframes><p>Rain</noframes></frameset>", "Rain\nb", "<noframes>"),
        ("<img src=/p1.gif><img alt='Page two' src=p2.gif><img src=data:x>", "p1.gif\nPage two", "<img>"),
        (f"<meta name=description content='{RAIN}'>", RAIN, "meta description"),
        ("<noscript>You need to enable JavaScript.</noscript>", "You need to enable JavaScript.", "<noscript>"),
        (
            f"<body style='visibility:hidden'><p>{RAIN}</p><img src=a.jpg alt='A boat'>",
            RAIN,
            "display:none",
        ),
        (
            f"<noscript>No scripts, no rain.</noscript><meta name=description content='{RAIN}'>",
            RAIN,
            "meta description",
        ),
    ],
)
def test_a_page_without_visible_text_shows_what_it_holds(tmp_path: Path, source: str, text: str, where: str) -> None:
    found = read(tmp_path, f"<title>Rain</title><div id=app></div>{source}")
    assert (found.text, origin(found), found.title) == (text, where, "Rain")


@pytest.mark.parametrize(
    ("state", "title"),
    [
        ({"title": "Site", "page": {"title": "A crack in the hull", "text": RAIN}}, "A crack in the hull"),
        (
            {"headline": "A crack in the hull", "parts": [{"text": RAIN}, {"title": "More", "text": RAIN + " So."}]},
            "A crack in the hull",
        ),
        ({"title": "https://a.example/", "text": RAIN}, "Harbour News"),
        ({"title": "Site", "menu": []}, "Harbour News"),
    ],
)
def test_text_in_json_is_called_what_the_json_calls_it(tmp_path: Path, state: object, title: str) -> None:
    script = f"<script id=__NEXT_DATA__ type='application/json'>{json.dumps(state)}</script>"
    assert read(tmp_path, f"<title>Harbour News</title><div id=app></div>{script}").title == title


def test_a_page_that_holds_nothing_says_so(tmp_path: Path) -> None:
    found = read(tmp_path, "<title>App</title><script>var a = {};</script>")
    assert ([p.code for p in found.problems], found.title) == (["no_visible_text"], "App")


def test_visible_text_stands_for_itself(tmp_path: Path) -> None:
    found = read(tmp_path, f'<p>Rain</p><script type="application/ld+json">{TOLD}</script>')
    assert (found.text, origin(found)) == ("Rain", "")


LONG = f"""{RAIN}
A diver will look at it on Thursday, weather permitting, and the owners expect to pay for a new plate.
Until then a fishing boat carries the mail, twelve passengers and no cars, at nine and at half past three.
Schools on the outer islands teach by radio, which the pupils have asked to keep when all this is over.
Nobody in the office remembers when the ship was last out of the water; its papers say nineteen years."""
WALL = "<h1>A crack</h1><p>{}<div class=paywall><h2>Subscribe to read on</h2><p>Cancel at any time.</div>"


@pytest.mark.parametrize(
    ("shown", "told", "rest"),
    [
        (RAIN[:70], LONG, LONG),
        (LONG.splitlines()[0], LONG, LONG.partition("\n")[2]),
        ("</p><p>".join(LONG.splitlines()[:4]), LONG, ""),
        ("Another strike began on Tuesday, and nobody knows how long it will last.", LONG, ""),
        (RAIN, (RAIN + " It rained on." * 40)[:299], ""),
        (RAIN, (RAIN + " It rained on." * 40)[:300], (RAIN + " It rained on." * 40)[:300].strip()),
        (RAIN[:70], LONG.replace("\n", "<br>"), LONG),
    ],
)
def test_what_json_ld_holds_of_an_article_that_is_cut_off_is_shown_behind_it(
    tmp_path: Path, shown: str, told: str, rest: str
) -> None:
    page = WALL.format(shown) + f'<script type="application/ld+json">{json.dumps({"articleBody": told})}</script>'
    found = read(tmp_path, page)
    assert found.text[len(html.parse(page).text) :].strip() == rest
    assert [p.code for p in found.problems] == ["rest_elsewhere"] * bool(rest)
    assert not rest or rest in found.body


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("rain and " * 9, True),
        ("rain and" * 9 + "aaaaaa", False),
        ("rain " * 15 + "abcd", False),
        ("rain " * 15 + "abcde", True),
        ("雨" * 30, True),
        ("雨" * 29, False),
        ("https://a.example/ " + "rain " * 20, False),
        ('{"a": "' + "rain " * 20, False),
    ],
)
def test_text_in_json_is_long_and_in_words(text: str, is_read: bool) -> None:
    page = f'<script type="application/json">{json.dumps([text])}</script>'
    assert bool(unshown.instead(page, html.parse(page)).text) is is_read


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<code id=p style='display:none'><!--<p>Rain</p>--></code><p>Wind", "Rain\nWind"),
        ("<code><!--<p>Rain</p></code>", ""),
        ("<p><code>a</code><!--<p>Rain</p>-->", "a"),
        ("<x-a><template shadowrootmode=open><p>Rain</p></template></x-a>", "Rain"),
        ("<template shadowrootmode=open>Rain<template><p>Wind</template></template>", "Rain\nWind"),
    ],
)
def test_markup_that_scripts_would_put_into_the_page_is_part_of_it(source: str, text: str) -> None:
    assert html.parse(unshown.unwrapped(source)).text == text


def test_only_shadow_trees_are_shown_of_templates() -> None:
    page = html.parse(unshown.unwrapped("<template shadowrootmode=open>Rain<template>Wind</template></template><p>Sun"))
    assert [line.is_hidden for line in page.lines] == [False, True, False]


@pytest.mark.parametrize("end", ["<script>let rain = 1;", "<!-- cut", "<a href='/rain", "<div hidden>", "<style>"])
def test_a_page_that_ends_where_nothing_is_shown_says_nothing_of_a_rest(tmp_path: Path, end: str) -> None:
    page = WALL.format(RAIN[:70]) + f'<script type="application/ld+json">{json.dumps({"articleBody": LONG})}</script>'
    found = read(tmp_path, page + end)
    assert (found.text.strip(), found.problems) == (html.parse(page).text.strip(), ())
