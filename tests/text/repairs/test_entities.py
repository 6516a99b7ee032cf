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
    ],
)
def test_rightful_escapes_and_what_only_looks_like_one_stay(text: str) -> None:
    assert repaired(text) == text


def test_a_single_escape_is_only_probable() -> None:
    (edit,) = mend("京&#22269;家", Options()).edits
    assert (edit.before, edit.after, edit.certainty) == ("&#22269;", "国", "probable")
    assert mend("京&#22269;家", Options(certain=True)).text == "京&#22269;家"


def test_code_of_the_page_is_spared() -> None:
    text = "国家 &#22269;&#23478;\n&#22269;&#23478;"
    assert repaired(text, ((20, 36),)) == "国家 国家\n&#22269;&#23478;"
