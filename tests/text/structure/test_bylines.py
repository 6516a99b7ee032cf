"""Who wrote a page and when, by its markup."""

import pytest
from made_pages import marked_up

from tui.core.model import Field
from tui.text import document

BODY = "".join(
    f"<p>It rained in part {n} of the town, and it rained again, and nobody went out all day.</p>" for n in "abcd"
)
NOTE = "<div>Aa</div>"


def fields(above: str = "", below: str = "", head: str = "", body: str = BODY) -> dict[str, Field]:
    page = (
        f"<title>Rain again in the north</title>{head}<h1>Rain again in the north</h1>{above}<main>{body}</main>{below}"
    )
    return dict(document.parse(marked_up(page)).metadata)


@pytest.mark.parametrize(
    "line",
    [
        "<div class=author>Ann Lee</div>",
        "<div class=byline><div>By Ann Lee</div></div>",
        "<div class=entry-meta>Posted by <span class=author>Ann Lee</span> in Weather</div>",
        "<a href=/author/ann-lee>Ann Lee</a>",
        "<a href=https://rain.example/User/AnnLee>ByAnn Lee</a>",
        "<address>Ann Lee</address>",
        "<div class='author_name__x1'>Ann Lee 2024-05-02</div>",
        "<div>2024-05-02 by Ann Lee</div>",
        "<div>By Ann Lee @annlee May 2, 2024 2:00 PM EST Tags</div>",
        "<div class=post-assistauthor>Ann Lee</div>",
        "<div class=writer>Ann Lee, Senior Editor of the Harbour and Ferry News, Institute of Rain</div>",
        "<div>By Ann Lee, Harbour Columnist</div>",
        "<div>by Ann Lee Ann Lee</div>",
        "<div>Ann Lee•May 2, 2024</div>",
        "<div class=author>Ann Lee - Keeper of gauges</div>",
        "<div class=vcard>Ann Lee</div>",
        "<div class=authorInfo>Ann Lee</div>",
        "<div class=posted-by>Ann Lee</div>",
        "<div>By</div><div>Ann Lee</div>",
        "<div>Written by:</div><div>Ann Lee</div>",
        "<div>All articles by Ann Lee</div>",
        "<a href=/about/editors/ann-lee>Ann Lee</a>",
        "<div class=author><div><div><h3><a href=/userprofile/ann>Ann Lee</a></h3></div></div></div>",
        "<div>By Ann Lee in Harbour Weather</div>",
        "<div>By Ann Lee » Thu May 2, 2024</div>",
        "<div>Submitted by Ann Lee on Thu, 05/02/2024 - 10:00</div>",
        "<div>Written by Ann Lee Updated May 2, 2024</div>",
        "<div>Publié par Ann Lee le 2 mai 2024</div>",
        "<div>Geschrieben von Ann Lee</div>",
        "<div>Published: May 2, 2024 | Author: Ann Lee</div>",
        "<div>By Ann Lee for The Mill Herald</div>",
        "<div class=author>Ann Lee for The Mill Herald</div>",
        "<div>Por Ann Lee, Madrid</div>",
        "<div class=byline>Por Ann Lee, Madrid</div>",
        "<div>Reviewed by Bo Chan — By Ann Lee on May 2, 2024</div>",
        "<div>Post <a rel=author href=/about>Ann Lee</a></div>",
        "<div><a class=post-author-name href=/staff/1>Ann Lee</a></div>",
        "<div><a data-testid=authorName href=/1>Ann Lee</a></div>",
        "<div><strong class=author>Ann Lee</strong></div>",
        "<div><span class=authorName_x1>Ann Lee</span></div>",
        "<div class=authorCol_x1>Ann Lee</div>",
        "<p class=autor>Ann Lee</p>",
        "<div>By Ann Lee 2–3 minutes</div>",
        "<div>// By Ann Lee • May 2, 2024</div>",
        "<div>By Ann Lee - 5/2/24 10:00 AM</div>",
        "<div>By Ann Lee, Shipping Expert</div>",
        "<div class=author>Ann Lee, Home Security Expert</div>",
        "<div>By Ann Lee Senior Staff Writer</div>",
        "<div class=byline>Kommentar von Ann Lee</div>",
        "<div class=autor>Autor: <b>Ann Lee</b></div>",
        "<address><div>Ann Lee Environment editor</div></address>",
        "<div><a href=/@ann>Ann Lee</a></div><div>May 2, 2024</div>",
        "<p>It rained again, and nobody knows why, said those who do.</p><p class=comments>By Ann Lee</p>",
        "<div>By <a href=/x>Ann Lee</a>, who looked at the sky from the harbour of the town for all of the years that it rained here, and wrote down what she saw in the evening</div>",
    ],
)
def test_an_author_is_told_by_the_markup_near_the_title(line: str) -> None:
    assert fields(line)["author"].value == ["Ann Lee"]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Text: Ann Lee, Foto: Bo Chan", ["Ann Lee"]),
        ("Text: Ann Lee und Bo Chan / Fotos: Cy Dow", ["Ann Lee", "Bo Chan"]),
        ("Words by Ann Lee. Photography by Bo Chan", ["Ann Lee"]),
        ("Words by Ann Lee Photography by Bo Chan", ["Ann Lee"]),
        ("Af Ann Lee", ["Ann Lee"]),
        ("Tekst: Ann Lee, zdjęcia: Bo Chan", ["Ann Lee"]),
        ("Της Μαρίας Παππά", ["Μαρίας Παππά"]),
        ("كتب: أحمد علي", ["أحمد علي"]),
        ("بقلم أحمد علي", ["أحمد علي"]),
        ("Interview: Ann Lee", ["Ann Lee"]),
        ("Reporting by Ann Lee in Oslo; Editing by Bo Chan", ["Ann Lee"]),
        ("3 March 2025 · 4 min read · Ann Lee", ["Ann Lee"]),
        ("Ann Lee, Political Editor", ["Ann Lee"]),
        ("Foto: Bo Chan", None),
        ("Photography by Bo Chan", None),
        ("Text: Luke 10", None),
        ("Text: Rain in the north", None),
        ("Door Ann Lee", None),
        ("Door Lock Replacement", None),
        ("Af Rain", None),
        ("Της Ελλάδας", None),
        ("كتب جديدة للأطفال", None),
        ("Interview: Ann Lee on rain", None),
        ("3 March 2025 · Ann Lee", ["Ann Lee"]),
        ("Von Ute Brandt, Montag, 3. März 2025", ["Ute Brandt"]),
        ("Nowy Sącz, 3 maja 2024", None),
        ("Ciudad de México, 3 de mayo de 2024", None),
        ("이 글 공유", None),
        ("글 남기기", None),
        ("글 김민준", ["김민준"]),
        ("本报记者向有关部门核实报道的情况", None),
        ("記者會今天／現場報導", None),
        ("记者 编辑 主播", None),
        ("3 March 2025 · Ferry News", None),
        ("3 March 2025 · Ann Lee · Rain", None),
        ("3 March 2025 · 4 min read · Weather", None),
        ("3 March 2025 · 4 min read · <a href=/rain>Ferry Rain</a>", None),
        ("3 March 2025 · 4 min read · Ann Lee · Bo Chan", None),
        ("Ann Lee, Mayor", None),
        ("Ann Lee, whom nobody knew as a political editor", None),
        ("Weather, Political Editor", None),
    ],
)
def test_labels_and_roles_below_the_title_tell_of_full_names(line: str, people: list[str] | None) -> None:
    found = fields(f"<div>{line}</div>")
    assert (found["author"].value if "author" in found else None) == people
    assert "author" not in found or not found["author"].rivals


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        ("<div>Ann Lee</div><div>May 2, 2024</div>", ["Ann Lee"]),
        ("<div>May 2, 2024</div><div>Ann Lee</div>", ["Ann Lee"]),
        ("<div>Ann Lee</div><div>Oslo</div><div>02/05/2024</div>", ["Ann Lee"]),
        ("<div>Анна Ли</div><div>2 мая 2024</div>", ["Анна Ли"]),
        ("<div>Ann Lee</div><div>Harbour correspondent, Oslo</div>", ["Ann Lee"]),
        ("<div>Ann Lee</div><div>It is raining in the harbour of Oslo</div><div>02/05/2024</div>", None),
        ("<div>Ann Lee</div><div>It rained on May 2, 2024, and nobody who lives near the harbour went out</div>", None),
        ("<div>Ann Lee</div><div>Harbour mayor, Oslo</div>", None),
        ("<div>Mental Health</div><div>May 2, 2024</div>", None),
        ("<div>New York</div><div>May 2, 2024</div>", None),
        ("<div>ANN LEE</div><div>May 2, 2024</div>", None),
        ("<div class=category>Ferry Rain</div><div>May 2, 2024</div>", None),
        ("<div><a href=/rain>Ferry Rain</a></div><div>May 2, 2024</div>", None),
        ("<h2>Ferry Rain</h2><div>May 2, 2024</div>", None),
    ],
)
def test_a_full_name_alone_is_the_authors_beside_the_day_or_a_role(lines: str, people: list[str] | None) -> None:
    found = fields(lines)
    assert (found["author"].value if "author" in found else None) == people


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        (
            "<ul class=authors><li class=author>Ann Lee<sup>1</sup>,<li class=author>Bo Chan<li class=author>Cy Dow</ul>",
            3,
        ),
        ("<div class=authors><div class=author>Ann Lee</div><div class=author>Bo Chan</div></div>", 2),
        ("<ul class=authors><li><a href=/1>Ann Lee</a><li><a href=/2>Bo Chan</a></ul>", 2),
        ("<div class=author>Ann Lee</div><div class=author>Harbour News</div>", 1),
        ("<div class=author>Ann Lee</div><div class=person>Bo Chan</div>", 1),
        ("<div class=author><p>Ann Lee<p>Bo Chan</div>", 1),
    ],
)
def test_all_items_of_a_list_of_authors_are_read(lines: str, people: int) -> None:
    assert fields(lines)["author"].value == ["Ann Lee", "Bo Chan", "Cy Dow"][:people]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("By <a href=/1>Ann Lee</a>, Harbour Columnist", ["Ann Lee"]),
        ("Recipe by Ann Lee", ["Ann Lee"]),
        ("Interview: Ann Lee", ["Ann Lee"]),
        ("By the end of the day it rained", None),
        ("Recipe by hand", None),
    ],
)
def test_a_byline_may_be_among_the_first_lines_of_the_body(line: str, people: list[str] | None) -> None:
    found = fields(body=f"<p>It rained all day in the town, and nobody went out.</p><p>{line}</p>{BODY}")
    assert (found["author"].value if "author" in found else None) == people


def test_the_line_below_a_topics_title_tells_who_began_it() -> None:
    answer = "<p>It rained here too, said somebody, and more of it is to come.</p>"
    post = "<div class=post><a class=author href=/u/{0}>{0}</a> <span>2021-12-07 23:3{1}</span>" + answer + "</div>"
    posts = "".join(post.format(name, number) for number, name in enumerate(("Bo", "Cy", "Di")))
    page = "<title>Rain again</title><body class=forum><h1>Rain again</h1>{}" + f"<div class=thread>{posts}</div>"
    for line, wanted in (("Thread starter <a href=/u/Ann>Ann</a>", "Ann"), ("Seen by <a href=/u/Ann>Ann</a>", "Bo")):
        found = document.parse(marked_up(page.format(f"<div>{line}</div>")))
        assert (found.type, found.metadata["author"].value) == ("forum", [wanted])


def test_a_door_is_a_byline_on_pages_in_dutch() -> None:
    rain = (
        "<p>Het regende de hele dag in het noorden van de stad, en niemand die thuis kon blijven ging naar buiten.</p>"
    )
    assert fields("<div>Door Ann Lee</div>", body=rain * 4)["author"].value == ["Ann Lee"]
    assert "author" not in fields("<div>Door Ann Lee</div>")


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("Reporting by Ann Lee; Editing by Bo Chan", True),
        ("Text: Ann Lee", False),
        ("Ann Lee, Political Editor", False),
    ],
)
def test_below_the_body_an_agencys_last_line_tells_who_reported(line: str, is_found: bool) -> None:
    assert ("author" in fields(below=f"<div>{line}</div>")) is is_found


@pytest.mark.parametrize(
    "line",
    [
        "<a href=/authority/ann>Ann Lee</a>",
        "<div class=authority>Ann Lee</div>",
        "<div>Ann Lee</div>",
        "<ul class=byline><li><a href=/tag/rain>Rain Gauges</a></ul>",
        "<div class=writer>Fact check by Ann Lee, Editor</div>",
        "<div>Learn more</div><div>Ann Lee</div>",
        "<div>All articles from Ann Lee</div>",
        "<div class=author><div><div><div><div><a href=/userprofile/ann>Ann Lee</a></div></div></div></div></div>",
        "<div class=author><div><p>Ann Lee</p></div></div>",
        "<div>Ferries in fog — von Ann Lee</div>",
        "<div class=sort-by>Ann Lee</div>",
        "<div><a class=authority href=/1>Ann Lee</a></div>",
        "<div class=pull-quote><div class=pull-quote__author>Ann Lee</div></div>",
        "<div class=pull-quote__author><span class=author>Ann Lee</span></div>",
        "<div class=image_author>Ann Lee</div>",
        "<div class=comment-author>Ann Lee</div>",
        "<address>Rainy Hill, OR 97001</address>",
        "<div><a href=/@ann>Ann Lee</a></div>",
        "<div>By clicking Yes you accept our Terms and Conditions</div>",
        "<div>By clicking and reading you accept our terms</div>",
    ],
)
def test_not_every_name_is_an_authors(line: str) -> None:
    assert "author" not in fields(line)


@pytest.mark.parametrize(("address", "people"), [("annlee", ["ann lee"]), ("al", None)])
def test_a_name_in_small_letters_is_told_by_its_address(address: str, people: list[str] | None) -> None:
    found = fields(f"<div><a href=/author/{address}/>ann lee</a></div>")
    assert (found["author"].value if "author" in found else None) == people


def test_comments_below_a_short_body_say_neither_who_wrote_the_page_nor_when() -> None:
    byline = "<p class=meta>Posted by Ann Lee on May 2, 2024 in Harbour, ferries and weather | 2 Comments</p>"
    said = "<div id=comments><h3>2 replies</h3><ol><li><b class=author>Bo Chan</b> says: May 3, 2024 9:00 am<p>Nobody asked me about it.</ol></div>"
    found = fields(byline, said)
    assert (found["author"].value, found["date"].value) == (["Ann Lee"], "2024-05-02")


SAID = "<div class={0}><b class=author>{1}</b> <span>{2}</span><p>By {1}</p><p>They keep dry.</p></div>"


@pytest.mark.parametrize(
    ("box", "each", "count", "is_said"),
    [
        ("reviews", "entry", 1, True),
        ("tab", "review", 2, True),
        ("comments", "entry", 1, True),
        ("tab", "review", 1, False),
        ("tab", "entry", 2, False),
        ("previews", "entry", 1, False),
    ],
)
def test_reviews_of_a_product_say_neither_who_wrote_the_page_nor_when(
    box: str, each: str, count: int, is_said: bool
) -> None:
    people = (("Bo Chan", "May 3, 2024"), ("Cy Dow", "May 5, 2024"))
    said = "".join(SAID.format(each, *person) for person in people[:count])
    found = fields(below=f"<div class={box}>{said}</div>")
    assert ("author" not in found, "date" not in found) == (is_said, is_said)


@pytest.mark.parametrize("name", ["review", "reviews"])
def test_a_review_that_is_the_page_names_who_wrote_it(name: str) -> None:
    page = f"<div class={name}><h1>Rain again</h1><b class=author>Ann Lee</b> May 2, 2024{BODY}<div class=author>Ann Lee</div></div>"
    found = document.parse(marked_up(f"<title>Rain again</title>{page}")).metadata
    assert (found["author"].value, found["date"].value) == (["Ann Lee"], "2024-05-02")


@pytest.mark.parametrize(("count", "author"), [(2, "Bo Chan"), (3, "Ann Lee")])
def test_the_end_of_a_body_of_two_lines_says_little(count: int, author: str) -> None:
    line = "<p>It rained in a part of the town, and it rained again, and nobody went out all day.</p>"
    assert fields("<div>By Ann Lee</div>", "<div class=authors>Bo Chan</div>", body=line * count)["author"].value == [
        author
    ]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("<div>By Ann Lee, Bo Chan</div>", ["Ann Lee", "Bo Chan"]),
        ("<div>By Ann, Bo</div>", ["Ann", "Bo"]),
        ("<div>By Ann Lee, MD</div>", ["Ann Lee, MD"]),
        ("<div>By Center for Rain</div>", ["Center for Rain"]),
        ("<div class=author>Lee Moor, Ann</div>", ["Lee Moor", "Ann"]),
    ],
)
def test_what_stands_behind_a_comma_may_be_a_name(line: str, people: list[str]) -> None:
    assert fields(line)["author"].value == people


def test_a_point_behind_an_initial_ends_no_name() -> None:
    assert fields("<div>By J. P. Moor</div>")["author"].value == ["J. P. Moor"]
    assert fields("<div>By Dr. Ann Lee</div>")["author"].value == ["Dr. Ann Lee"]


@pytest.mark.parametrize(("between", "people"), [(1, ["Ann Lee", "Bo Chan"]), (2, ["Ann Lee"])])
def test_several_authors_stand_at_most_a_line_apart(between: int, people: list[str]) -> None:
    line = "<div><a href=/author/{}>{}</a></div>"
    above = line.format("ann", "Ann Lee") + NOTE * between + line.format("bo", "Bo Chan")
    assert fields(above)["author"].value == people


@pytest.mark.parametrize(("between", "is_found"), [(11, True), (12, False)])
def test_a_date_stands_at_most_12_lines_below_the_title(between: int, is_found: bool) -> None:
    # Far above the body, too.
    above = NOTE * between + "<div>May 2, 2024</div>" + NOTE * 20
    assert ("date" in fields(above)) is is_found


@pytest.mark.parametrize(
    ("label", "is_found"),
    [("Written by", True), ("About the author", True), ("Posted by", False), ("Written for", False)],
)
def test_a_label_far_below_the_body_names_its_author(label: str, is_found: bool) -> None:
    assert ("author" in fields(below=NOTE * 40 + f"<div>{label}</div><div>Ann Lee</div>")) is is_found


@pytest.mark.parametrize(("between", "is_found"), [(9, True), (10, False)])
def test_an_author_may_stand_below_a_standfirst(between: int, is_found: bool) -> None:
    lead = "<p>It rained in all parts of the town, and nobody who could stay at home went out all day.</p>"
    byline = f"{NOTE * between}<div><a href=/author/ann>Ann Lee</a></div>"
    assert ("author" in fields(NOTE * 12 + "<div><p>It rained.</p></div>", body=lead + byline + BODY)) is is_found


@pytest.mark.parametrize(("between", "is_found"), [(11, True), (12, False)])
def test_an_author_stands_at_most_12_lines_below_the_body(between: int, is_found: bool) -> None:
    assert ("author" in fields(below=NOTE * between + "<div class=author>Ann Lee</div>")) is is_found


@pytest.mark.parametrize(
    ("line", "day", "changed"),
    [
        ("<div>Published May 2, 2024 Updated May 9, 2024</div>", "2024-05-02", "2024-05-09"),
        (
            "<div>Updated at</div><div>May 9, 2024</div><div>Posted on</div><div>May 2, 2024</div>",
            "2024-05-02",
            "2024-05-09",
        ),
        ("<div>Updated: May 9, 2024</div>", "2024-05-09", "2024-05-09"),
        ("<div>Joined May 9, 2020</div><div>May 2, 2024</div>", "2024-05-02", None),
        ("<div><time datetime=2024-05-02>a while ago</time></div>", "2024-05-02", None),
        ("<div><time datetime=2017-03-01>03/01/2017</time></div>", "2017-03-01", None),
    ],
)
def test_what_a_day_is_of_stands_in_front_of_it(line: str, day: str, changed: str | None) -> None:
    found = fields(line)
    assert found["date"].value == day
    assert (found["date_modified"].value if "date_modified" in found else None) == changed


@pytest.mark.parametrize(
    ("shown", "wanted"), [("2024-05-01", "2024-05-02"), ("2024-04-30", "2024-04-30"), ("2024-06-01", "2024-05-02")]
)
def test_a_day_that_is_shown_and_lies_well_before_the_heads_is_the_pages(shown: str, wanted: str) -> None:
    head = '<meta property="article:published_time" content="2024-05-02">'
    assert fields(f"<div>{shown}</div>", head=head)["date"].value == wanted


@pytest.mark.parametrize(("length", "is_read"), [(120, True), (121, False)])
def test_people_and_days_stand_on_lines_of_120_characters_at_most(length: int, is_read: bool) -> None:
    line = "<span class=author>Ann Lee</span> 2024-05-02 "
    found = fields(f"<div>{line}{'x' * (length - len('Ann Lee 2024-05-02 '))}</div>")
    assert ("author" in found) is is_read


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("<div>Published Apr 26, 2024</div><div>Updated May 2, 2024</div>", "2024-04-26"),
        ("<div>Created Apr 26, 2024</div><div>Updated May 2, 2024</div>", "2024-05-02"),
        ("<div>Published May 1, 2024</div>", "2024-05-02"),
        ("<div>Published Apr 30, 2024</div>", "2024-04-30"),
        ("<div>The book was first published in 3 May 1999</div>", "1999-05-03"),
        (
            f"<div>Published by the harbour office of the town, {'r' * 40} Apr 26, 2024</div><p>May 2, 2024",
            "2024-05-02",
        ),
    ],
)
def test_a_day_that_is_called_that_of_publishing_goes_before_the_heads(line: str, wanted: str) -> None:
    head = '<meta property="article:published_time" content="2024-05-02">'
    assert fields(line, head=head)["date"].value == wanted


@pytest.mark.parametrize(
    ("below", "day"),
    [
        ("<div class=byline>Published Apr 26, 2024</div>", "2024-04-26"),
        ("<h4>Published</h4><div>Apr 26, 2024</div>", "2024-04-26"),
        ("<h4>Weather</h4><div>Apr 26, 2024</div>", "2024-05-02"),
        ("<div class=comment>Posted May 7, 2024</div>", "2024-05-02"),
        ("<h4>Published</h4><div>Fair of Apr 26, 2024</div>", "2024-05-02"),
    ],
)
def test_the_day_of_publishing_may_stand_below_the_body(below: str, day: str) -> None:
    head = '<meta property="article:published_time" content="2024-05-02">'
    assert fields(below=below, head=head, body=BODY * 4)["date"].value == day


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("<meta name=w-published-date content=2024-05-02T06:03:43.274Z>", "2024-05-02T06:03:43Z"),
        ("<meta name=last-modified-date content=2024-05-02>", None),
        ("<meta property=article:created content=2024-05-02>", "2024-05-02"),
        ("<meta name=dc:date content=2024-05-02>", "2024-05-02"),
        ("<meta name=end:date content=2024-05-02>", None),
        ("<meta name=publish-date content=20240502>", "2024-05-02"),
        ("<meta name=publish-date content=202405021>", None),
        ("<meta name=published_at content=2024-05-03><meta name=post-date content=2024-05-02>", "2024-05-02"),
        (
            """<meta name="script:ld+json" content='{"@type": "Article", "datePublished": "2024-05-02"}'>""",
            "2024-05-02",
        ),
    ],
)
def test_fields_of_the_head_say_when_in_many_ways(head: str, day: str | None) -> None:
    found = fields(head=head)
    assert (found["date"].value if "date" in found else None) == day


@pytest.mark.parametrize(
    ("head", "line", "day", "certainty"),
    [
        ("<meta name=date content=02/12/2025>", "", "2025-12-02", "probable"),
        ("<meta name=date content=02/13/2025>", "", "2025-02-13", "certain"),
        ("<meta name=date content=02.12.2025>", "", "2025-12-02", "certain"),
        ("", "<div><time datetime=02/12/2025>today</time></div>", "2025-12-02", "probable"),
        ("", "<div>02/12/2025</div>", "2025-12-02", "probable"),
        ("", "<div>02.12.25</div>", "2025-12-02", "probable"),
        ("", "<div>Veröffentlicht am 02.12.25</div>", "2025-12-02", "probable"),
        (
            '<script type="application/ld+json">{"@type": "Article", "datePublished": "02/12/2025"}</script>',
            "",
            "2025-12-02",
            "probable",
        ),
    ],
)
def test_a_day_that_may_be_a_month_is_guessed_wherever_it_is_stated(
    head: str, line: str, day: str, certainty: str
) -> None:
    found = fields(line, head=head)["date"]
    assert (found.value, found.certainty) == (day, certainty)


def test_a_day_beside_the_heads_own_is_not_the_pages() -> None:
    head = '<meta property="article:published_time" content="2024-05-02">'
    assert fields("<div>2024-04-20</div><div>2024-05-02</div>", head=head)["date"].value == "2024-05-02"


@pytest.mark.parametrize(("length", "wanted"), [(40, "2024-04-20"), (41, "2024-05-02")])
def test_a_line_that_says_when_says_little_else(length: int, wanted: str) -> None:
    head = '<meta property="article:published_time" content="2024-05-02">'
    assert fields(f"<div>2024-04-20{' ' + 'r' * length}</div>", head=head)["date"].value == wanted


def test_the_first_post_says_who_began_a_thread_and_when() -> None:
    post = "<div class=post><span class=author>{}</span> {}<p>It rained all day here, again, and nobody went out.</p></div>"
    posts = "".join(post.format(name, f"2021-12-0{n} 23:33") for n, name in enumerate(("Ann", "Bo", "Cy", "Di"), 1))
    found = document.parse(marked_up(f"<title>Rain here</title><h1>Rain here</h1>{posts}")).metadata
    assert (found["author"].value, found["date"].value) == (["Ann"], "2021-12-01T23:33")


def test_what_nobody_would_believe_is_a_rival_at_most() -> None:
    head = "<meta name=author content='2 minutes'>"
    assert "author" not in fields(head=head)
    author = fields("<div class=author>Ann Lee</div>", head=head)["author"]
    assert (author.value, author.rivals) == (["Ann Lee"], (("2 minutes", "meta author"),))


def _json(text: str) -> dict[str, Field]:
    return dict(document.parse(marked_up(f'<script type="application/ld+json">{text}</script>{BODY}')).metadata)


def test_of_broken_json_the_facts_are_read_that_stand_there_once() -> None:
    broken = '{"@type": "Article", "datePublished": "2024-05-02", "description": "a "quoted" word"}'
    assert _json(broken)["date"].value == "2024-05-02"
    assert "date" not in _json(broken.replace("}", ', "mentions": {"datePublished": "2024-05-03"}}'))
    assert "date" not in _json(broken.replace("Article", "Offer"))


def test_json_whose_quotes_are_entities_is_read() -> None:
    assert (
        _json('{"@type": "Article", "datePublished": "2024-05-02"}'.replace('"', "&quot;"))["date"].value
        == "2024-05-02"
    )


def test_an_organisation_is_one_author() -> None:
    told = '{"@type": "Article", "author": {"@type": "Organization", "name": "Ministry of Ferries and Rain"}}'
    assert _json(told)["author"].value == ["Ministry of Ferries and Rain"]


def test_a_publisher_who_signs_is_believed_less_than_who_is_named() -> None:
    told = '{"@type": "Article", "author": {"name": "%s"}, "publisher": {"name": "The Harbour Post"}}'
    for name, wanted in (("The Harbour Post", "Ann Lee"), ("Bo Chan", "Bo Chan")):
        head = f'<script type="application/ld+json">{told % name}</script>'
        assert fields("<div class=author>Ann Lee</div>", head=head)["author"].value == [wanted]
        assert fields(head=head)["author"].value == [name]


def test_json_names_who_made_a_page_and_not_what_it_reviews() -> None:
    assert _json('{"@type": "Article", "creator": ["Ann Lee"]}')["author"].value == ["Ann Lee"]
    reviewed = '{"@type": "ClaimReview", "itemReviewed": {"@type": "CreativeWork", "author": {"name": "Bo Chan"}}}'
    assert "author" not in _json(reviewed)


@pytest.mark.parametrize(
    ("head", "people"),
    [
        ("<meta name=citation_author content='Lee, Ann'><meta name=citation_author content='Bo Chan'>", ["Ann Lee", "Bo Chan"]),
        ("<meta name=dc.creator content='Lee, A.'><meta name=creator content='Texter'>", ["A. Lee"]),
        ("<meta name=dc.creator content='Ann Lee, Bo Chan'>", ["Ann Lee", "Bo Chan"]),
        ("<meta property=dcsext.author content='Ann Lee'>", ["Ann Lee"]),
        ("<meta name=harbour:author_name content='Ann Lee'>", ["Ann Lee"]),
        ("<meta name=twitter:creator content='Ann Lee'>", None),
        ("<meta name=author_image content='Ann Lee'>", None),
    ],
)  # fmt: skip
def test_fields_of_the_head_say_who_in_many_ways(head: str, people: list[str] | None) -> None:
    found = fields(head=head)
    assert (found["author"].value if "author" in found else None) == people


def test_an_author_who_is_referred_to_is_believed_less_than_who_is_shown() -> None:
    graph = '{"@graph": [{"@type": "Article", "author": {"@id": "#1"}}, {"@type": "Person", "@id": "#1", "name": "Ann Lee"}]}'
    assert _json(graph)["author"].value == ["Ann Lee"]
    assert "author" not in _json(graph.replace('"@id": "#1", "name"', '"name"'))
    head = f'<script type="application/ld+json">{graph}</script>'
    assert fields("<div>By Bo Chan</div>", head=head)["author"].value == ["Bo Chan"]


def test_the_name_of_a_site_may_be_an_author_and_an_address_is_none() -> None:
    assert fields(head="<meta name=author content=HarbourNews.com>")["author"].value == ["HarbourNews.com"]
    assert "author" not in fields(head="<meta name=author content=www.harbournews.example>")
    assert fields(head="<meta name=articleauthor content='Ann Lee'>")["author"].value == ["Ann Lee"]


@pytest.mark.parametrize(("count", "title"), [(1, "Boots"), (2, "Shop for rain")])
def test_one_product_names_a_page_and_several_none(count: int, title: str) -> None:
    told = ", ".join(['{"@type": "Product", "name": "Boots"}', '{"@type": "Product", "name": "Coats"}'][:count])
    page = f'<script type="application/ld+json">[{told}]</script><p>Boots</p>{BODY}'
    if count == 2:
        page = f"<title>{title}</title>{page}"
    assert document.parse(marked_up(page)).title == title
