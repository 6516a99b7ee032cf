"""Escapes that stand as text become characters; rightful ones stay."""

import pytest

from tui.core.model import Options
from tui.text.mending.mend import mend


def repaired(text: str, code: tuple[tuple[int, int], ...] = ()) -> str:
    return mend(text, Options(), code).text


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("&#20013;&#22269;新闻", "中国新闻"),
        ("&#x4e2d;&#X56FD;", "中国"),
        ("&amp;#20013;&amp;#22269;", "中国"),
        ("标题：\\u4e2d\\u56fd经济", "标题：中国经济"),
        ("笑脸 \\ud83d\\ude00 好", "笑脸 \N{GRINNING FACE} 好"),
        ("来自%E4%B8%AD%E5%9B%BD的消息", "来自中国的消息"),
        ("Caf&eacute; Z&uuml;rich &ndash; heute", "Café Zürich – heute"),
        ("It&rsquo;s a page&hellip;", "It’s a page…"),
        ("Caf&eacute; &amp; B&auml;r", "Café & Bär"),
        ("Caf&eacute; B&auml;r, R&amp;D and Q&amp;amp;A", "Café Bär, R&D and Q&A"),
        ("He said &quot;soon&quot;, and it&#39;s true.", 'He said "soon", and it\'s true.'),
        ("&amp;quot;老城&amp;quot;", '"老城"'),
        ("标题 \\xe4\\xb8\\xad\\xe5\\x9b\\xbd 经济", "标题 中国 经济"),
        ("标题 %u4E2D%u56FD 经济", "标题 中国 经济"),
        ("caf\\u00e9 cr\\u00e8me", "café crème"),
        ("\\u4e2d\\u56fd \\u7ecf\\u6d4e", "中国 经济"),
        ("by &#26446;&#23567;&#40857; (Bruce Lee)", "by 李小龙 (Bruce Lee)"),
        ("Le caf&eacute; &mdash; vraiment", "Le café — vraiment"),
        ("Caf&eacute; &amp; th&eacute;\nA &ndash; B", "Café & thé\nA – B"),
        ("10Î&frac14;s, Caf&Atilde;&copy;", "10μs, Café"),
        ("&ETH;&Acirc;&Icirc;&Aring;", "新闻"),
        ("&#22269;", "国"),
        ("&eacute;", "é"),
        ("\\u56fd", "国"),
        ("%E5%9B%BD", "国"),
        ("\\xe5\\x9b\\xbd", "国"),
    ],
)
def test_escapes_in_running_text_become_characters(damaged: str, clean: str) -> None:
    assert repaired(damaged) == clean


@pytest.mark.parametrize(
    "text",
    [
        "AT&T; R&D; Q&A;",
        "see https://example.org/wiki/%E4%B8%AD%E5%9B%BD and http://x.example/?a=1&copy;=2",
        "/wiki/%E4%B8%AD%E5%9B%BD",
        "q=%E4%B8%AD%E5%9B%BD&page=2",
        '{"title": "\\u4e2d\\u56fd"}',
        's = "\\u4e2d\\u56fd"',
        "for (i = 0; i &lt; 5; i++) {",
        "5 &lt; 7 &amp; 8 &gt; 2",
        "<p>caf&eacute; &#22269;&#23478;</p>",
        "The entity &eacute; gives é, and &#22269; gives 国.",
        "C:\\users\\u12 and \\\\u56fd",
        "&#7;&#27;&#xD800;&#55357;&#10;",
        "100%25 sure, 50%AB off",
        "&nosuchname; &;",
        "b'\\xe4\\xb8\\xad' is what Python shows, \\xff and \\x41 too",
        "printf %u2020 and %x",
        "The entity &eacute; is written with an ampersand.",
        "Use &nbsp; and &mdash; in HTML, &egrave; &agrave; in French.",
        "A list\nagrave &agrave;\negrave &egrave;\necirc &ecirc;",
        "Tom &ndash; Jerry",
        "A space is sent as %20 in a query, and %C3%A9 is one letter.",
        "%E5%9B%BD stands for one character.",
        "In Python '\\u56fd' is one character, \\u56fd\\u5bb6 are two.",
        "# \\u56fd in a comment",
        '    "\\u4e2d\\u56fd",\n    "\\u0431\\u0443",',
        "    [a-z\\u00df-\\u00ff]",
        "Accents: \\u00e9 \\u00e8 \\u00ea",
        "中文 \\u56fd 中，路径 `\\u4e2d\\u56fd` 结束",
        "smile \\ud83d\\ude00 in JavaScript",
    ],
)
def test_rightful_escapes_and_what_only_looks_like_one_stay(text: str) -> None:
    assert repaired(text) == text


def test_a_single_escape_is_only_probable() -> None:
    (edit,) = mend("京&#22269;家", Options()).edits
    assert (edit.before, edit.after, edit.certainty) == ("&#22269;", "国", "probable")
    assert mend("京&#22269;家", Options(certain=True)).text == "京&#22269;家"


def test_one_line_of_damage_is_not_enough_to_change_a_manual() -> None:
    manual = "agrave &agrave; a grave\negrave &egrave; e grave\n"
    assert repaired(manual + "Caf&eacute; &ndash; heute") == manual + "Café – heute"


def test_code_of_the_page_is_spared() -> None:
    text = "国家 &#22269;&#23478;\n&#22269;&#23478;"
    assert repaired(text, ((20, 36),)) == "国家 国家\n&#22269;&#23478;"
