"""HTML to lines: what a reader sees, where it stood, and what happens to markup that was made to hurt."""

import gc
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.text.markup import html


def path(markup: html.Markup, line: int) -> list[str]:
    """Tags from a line's element outwards."""
    found, node = [], markup.lines[line].node
    while node >= 0:
        found.append(markup.nodes[node].tag)
        node = markup.nodes[node].parent
    return found


def test_lines_follow_blocks_and_breaks_and_white_space_is_folded() -> None:
    markup = html.parse("<div> One\n two <b>three</b><br>four<p>five</div>six")
    assert markup.text.split("\n") == ["One two three", "four", "five", "six"]
    assert path(markup, 2) == ["p", "div", "body", "html"]


def test_scripts_styles_and_drawings_say_nothing() -> None:
    assert html.parse("a<script>b</script><style>c</style><svg><text>d</text></svg><iframe>e</iframe>f").text == "af"


def test_spans_stand_within_their_lines_where_they_say() -> None:
    markup = html.parse(
        "<p>To <a href='/x'>the <i>pier</i></a> at <time datetime=2024-05-02>noon</time>, <code>run</code>"
    )
    found = [(markup.text[span.start : span.end], span.kind, span.value) for span in markup.spans]
    assert found == [
        ("the pier", "link", "/x"),
        ("pier", "italic", ""),
        ("noon", "time", "2024-05-02"),
        ("run", "code", ""),
    ]


def test_a_link_over_several_blocks_has_a_span_on_each_line() -> None:
    markup = html.parse("<a href=/x><h3>Rain</h3><p>It rained.</p></a>")
    assert [(markup.text[span.start : span.end], span.value) for span in markup.spans] == [
        ("Rain", "/x"),
        ("It rained.", "/x"),
    ]
    assert [line.link_chars for line in markup.lines] == [4, 10]


def test_the_alternative_text_of_an_image_goes_with_the_line_behind_it() -> None:
    markup = html.parse("<div><img alt='A pier'></div><p>Rain</p>")
    assert [(span.start, span.end, span.value) for span in markup.spans] == [(0, 0, "A pier")]
    assert markup.text == "Rain"


def test_links_and_labels_side_by_side_are_parted_but_words_are_not() -> None:
    assert html.parse("<a href=1>News</a><a href=2>Sport</a>").text == "News Sport"
    assert html.parse("<span class=date>2024</span><span class=source>Post</span>").text == "2024 Post"
    assert html.parse("w<b>or</b>d <span>雨</span><span>天</span>").text == "word 雨天"


def test_a_row_of_short_cells_is_a_line_and_a_row_of_paragraphs_is_not() -> None:
    assert html.parse("<table><tr><th>Day<td>Rain<tr><td>1<td>yes</table>").text == "Day\tRain\n1\tyes"
    assert html.parse("<table><tr><td>menu<td><p>One.<p>Two.</table>").text == "menu\nOne.\nTwo."


def test_preformatted_text_keeps_its_spaces_and_empty_lines() -> None:
    markup = html.parse("<p>See</p><pre>\nif a:\n    b\n\nc\n</pre>")
    assert markup.text.split("\n") == ["See", "if a:", "    b", "", "c"]
    assert [markup.text[span.start : span.end] for span in markup.spans if span.kind == "code"] == [
        "if a:",
        "    b",
        "c",
    ]


def test_hidden_text_is_kept_and_marked() -> None:
    markup = html.parse(
        "<p>a</p><p style='display : none'>b</p><div hidden><p>c</p></div><p>d<span style='visibility:hidden'>e</span></p>"
    )
    assert [(markup.text[line.start : line.end], line.is_hidden) for line in markup.lines] == [
        ("a", False), ("b", True), ("c", True), ("d", False), ("e", True),
    ]  # fmt: skip


def test_the_head_says_title_meta_canonical_language_and_json_ld() -> None:
    source = (
        "<html lang=zh-TW><title> 大 雨\n了 </title><base href=/b><link rel=canonical href=/c>"
        "<meta name=Author content='A'><meta property=og:title content=T><meta name=empty content=''>"
        '<script type="application/ld+json">{"a": 1}</script><body><svg><title>no</title></svg>'
    )
    assert html.parse(source).meta == (
        ("lang", "zh-TW"), ("title", "大 雨 了"), ("base", "/b"), ("canonical", "/c"), ("author", "A"), ("og:title", "T"), ("json-ld", '{"a": 1}'),
    )  # fmt: skip


def test_an_xml_declaration_in_a_str_is_no_obstacle() -> None:
    assert html.parse("<?xml version='1.0' encoding='gbk'?><html><body><p>雨</p></body></html>").text == "雨"


@given(st.text(alphabet="<>/ab=\"' \n&;!-pdivtrscx雨", max_size=200))
@settings(max_examples=300)
def test_lines_are_the_text_cut_at_its_line_ends(source: str) -> None:
    for markup in (html.parse(source), html.strip(source)):
        assert [markup.text[line.start : line.end] for line in markup.lines] == (
            markup.text.split("\n") if markup.lines else []
        )
        assert all(0 <= line.link_chars <= max(line.end - line.start, 0) for line in markup.lines)
        assert all(node.parent < number for number, node in enumerate(markup.nodes))
        assert all("\n" not in markup.text[span.start : span.end] for span in markup.spans)


def test_the_stripper_finds_text_and_title_without_a_parser() -> None:
    source = "<TITLE>Rain &amp; wind</TITLE><script>if (a<b) {}</Script><p class='x'>It <b>rained</b>,<br>twice<!-- > --> &lt;3"
    markup = html.strip(source)
    assert markup.text == "It rained,\ntwice <3"
    assert markup.meta == (("title", "Rain & wind"),)


def test_the_stripper_loads_no_parser() -> None:
    code = "import sys; from tui.text.markup import html; html.strip('<p>a'); sys.exit('turbohtml' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("<div>" * 200_000 + "end", id="nested blocks"),
        pytest.param("<span>" * 100_000 + "x<br>" * 20_000 + "end", id="breaks in nested spans"),
        pytest.param("<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">end", id="attributes"),
        pytest.param("<table>" + "<tr><td>a<td>b" * 20_000 + "</table>end", id="rows"),
        pytest.param("<script>a</script>" * 20_000 + "end", id="scripts"),
        pytest.param("<" * 200_000 + " end", id="angle brackets"),
        pytest.param("&amp;" * 200_000 + "end", id="entities"),
        pytest.param("<!--" * 50_000 + "--><p>end", id="comments"),
    ],
)
@pytest.mark.parametrize("read", [html.parse, html.strip])
def test_markup_made_to_hurt_costs_time_in_proportion(read: object, source: str) -> None:
    started = time.process_time()
    markup = read(source)  # type: ignore[operator]
    # Each takes about a tenth of a second; whatever is quadratic takes minutes.
    assert time.process_time() - started < 5
    assert markup.text.endswith("end")


def test_blocks_beyond_a_depth_are_told_apart_no_more() -> None:
    assert len(html.parse("<div>" * 2_000 + "deep").nodes) < 300


def test_a_parsed_page_leaves_nothing_to_the_garbage_collector() -> None:
    gc.collect()
    html.parse("<title>News</title><p itemprop=author>Ann Lee</p><p>It rained.")
    assert gc.collect() == 0
