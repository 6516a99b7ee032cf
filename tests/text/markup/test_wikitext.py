"""Wikitext as HTML: what is understood, and what stays as it is written."""

import pytest

from tui.text.markup import html
from tui.text.markup.wikitext import DEEPEST_LIST, Wiki, page_of

WIKI = Wiki("/w/", files=frozenset({"file", "datei"}), categories=frozenset({"category"}))


def content(source: str) -> str:
    return (
        page_of("T", source, WIKI)[0].partition("<div>")[2].removesuffix("</div></article></body></html>").strip("\n")
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("one\ntwo\n\nthree", "<p>one\ntwo</p>\n<p>three</p>"),
        ("== A ==\n=== B ===\ntext", "<h2>A</h2>\n<h3>B</h3>\n<p>text</p>"),
        ("= A =", "<h1>A</h1>"),
        ("==A", "<p>==A</p>"),
        ("==A=", "<h1>=A</h1>"),
        ("==", "<p>==</p>"),
        ("======= A =======", "<h6>= A =</h6>"),
        ("* a\n** b\n* c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("# a\n#* b", "<ol><li>a<ul><li>b</li></ul></li></ol>"),
        ("; a : b\n: c", "<dl><dt>a</dt><dd>b</dd><dd>c</dd></dl>"),
        (":: a", "<dl><dd><dl><dd>a</dd></dl></dd></dl>"),
        ("text\n* a\ntext", "<p>text</p>\n<ul><li>a</li></ul>\n<p>text</p>"),
        ("a\n----\nb", "<p>a</p>\n<hr>\n<p>b</p>"),
        (" x\n  y", "<pre>x\n y</pre>"),
        ("[[A b]]s", '<p><a href="/w/A_b">A bs</a></p>'),
        ("[[A#c|''b'']]", '<p><a href="/w/A#c"><i>b</i></a></p>'),
        ("[[:Category:A]]", '<p><a href="/w/Category:A">Category:A</a></p>'),
        ("[[a\nb]] [c]", "<p>[[a\nb]] [c]</p>"),
        ("[http://e.org/?a=1&b=2 the ''source'']", '<p><a href="http://e.org/?a=1&amp;b=2">the <i>source</i></a></p>'),
        ("see http://e.org/a.", '<p>see <a href="http://e.org/a">http://e.org/a</a>.</p>'),
        (
            "[[Datei:a.jpg|thumb|20px|A [[b]] c]]",
            '<p><figure><figcaption>A <a href="/w/b">b</a> c</figcaption></figure></p>',
        ),
        ("[[File:a.jpg|thumb]]x[[File:a.jpg|alt=q]]", "<p>x</p>"),
        ("a [[Category:B|C]]d", "<p>a d</p>"),
        ("a [[de:Regen]][[zh-min-nan:B]]b\n\n[[Simple:Rain]]", "<p>a b</p>\n<p></p>"),
        ("[[:de:A|a]] [[wikt:b]]", '<p><a href="/w/de:A">a</a> <a href="/w/wikt:b">wikt:b</a></p>'),
        ("[[doi:10.1/a]] [[MOS:A]]", '<p><a href="/w/doi:10.1/a">doi:10.1/a</a> <a href="/w/MOS:A">MOS:A</a></p>'),
        ("a<!-- b\n-->c", "<p>ac</p>"),
        ("<nowiki>''[[a]]'' {{</nowiki>", "<p>''[[a]]'' {{</p>"),
        ("<pre>''a''\n* b</pre>", "<pre>''a''\n* b</pre>"),
        ("<math>a<b</math>", "<p><code>a&lt;b</code></p>"),
        ("a<br/>b <script>c</script> 1 < 2 &nbsp;", "<p>a<br/>b &lt;script>c&lt;/script> 1 &lt; 2 &nbsp;</p>"),
        ("-{雨}- -{zh-hans:计算机;zh-hant:電腦}-", "<p>雨 -{zh-hans:计算机;zh-hant:電腦}-</p>"),
        ("__NOTOC__a", "<p>a</p>"),
        ("a {{b|c [[d]]|{{e}}}} f", "<p>a {{b|c [[d]]|{{e}}}} f</p>"),
        ("{{a\n|b=<x>\n}}\nc", '<pre class="aside">{{a\n|b=&lt;x&gt;\n}}</pre>\n<p>c</p>'),
        ("a {{b", "<p>a {{b</p>"),
        ("a }} {{b}} {{{1}}}", "<p>a }} {{b}} {{{1}}}</p>"),
        (
            "a<ref name=x>b</ref> c<ref name='x' />",
            '<p>a<sup>[1]</sup> c<sup>[1]</sup></p>\n<ol class="aside"><li>b</li></ol>',
        ),
        ("a<ref>b", "<p>a&lt;ref>b</p>"),
        ("a<ref/>b</ref>", '<p>a<sup>[1]</sup>b<sup>[2]</sup></p>\n<ol class="aside"><li></li><li></li></ol>'),
        (
            "{|\n! a !! b\n|-\n| 1 || [[c|2]]\n|}",
            '<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td><a href="/w/c">2</a></td></tr></table>',
        ),
        (
            "{|\n|+ A\n|-\n| colspan=2 style=x | b\n|}",
            '<table><caption>A</caption><tr><td colspan="2">b</td></tr></table>',
        ),
        ("{|\n| a\n* b\n|}", "<table><tr><td><p>a</p><ul><li>b</li></ul></td></tr></table>"),
        ("{|\n{{row}}\n|}", '<pre class="aside">{|\n{{row}}\n|}</pre>'),
        ("{|\n| a\nb", '<pre class="aside">{|\n| a\nb</pre>'),
        ("\0" + "1\0", "<p>\ufffd1\ufffd</p>"),
    ],
)
def test_wikitext_becomes_html(source: str, expected: str) -> None:
    assert content(source) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("'''a'''", "<b>a</b>"),
        ("''a'' ''b''", "<i>a</i> <i>b</i>"),
        ("'''''a''' b''", "<b><i>a</i></b><i> b</i>"),
        ("''''a'''", "'<b>a</b>"),
        ("''''''a'''''", "'<b><i>a</i></b>"),
        ("l'''eau'' d", "l'<i>eau</i> d"),
        ("it's", "it's"),
        ("''a", "<i>a</i>"),
        ("'''a''b", "'<i>a</i>b"),
    ],
)
def test_apostrophes_are_emphasis_as_mediawiki_reads_them(line: str, expected: str) -> None:
    assert content(line) == f"<p>{expected}</p>"


def test_categories_are_told_apart_and_once() -> None:
    assert page_of("T", "[[Category:A]] [[category: B |x]] [[Category:A]]", WIKI)[1] == ["A", "B"]


@pytest.mark.parametrize(
    "unit",
    ["{{", "[[", "''", "<ref>", "<!--", "{|\n", "*", "[[a|", "<nowiki>", "[http://", "{{{", "=\n", "|-\n", "'''''"],
)
def test_what_is_repeated_ten_thousand_times_is_converted_in_one_go(unit: str) -> None:
    made = page_of("T", unit * 10_000, WIKI)[0]
    assert len(made) < 40 * len(unit) * 10_000
    assert made.count("<li>") <= DEEPEST_LIST


def test_all_text_comes_through_the_parser() -> None:
    made, _ = page_of("T", "* ''a'' {{b}}\n{|\n| c\n|}\n<ref>d</ref>", WIKI)
    assert html.parse(made).text.split("\n") == ["T", "a {{b}}", "c", "[1]", "d"]


def test_a_link_to_the_own_language_is_one_in_the_text() -> None:
    linked = page_of("T", "[[de:Regen]] [[fr:Pluie]]", Wiki("/w/", "de"))[0]
    assert '<a href="/w/de:Regen">de:Regen</a> </p>' in linked
    assert "Pluie" not in linked
