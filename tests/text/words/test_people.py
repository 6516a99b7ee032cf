"""Names, and what stands where a name should."""

import pytest

from tui.text.words.people import is_house, is_person, names


@pytest.mark.parametrize(
    "name",
    [
        "Ann Lee",
        "J. P. Moor",
        "user447274",
        "3d23d65-ddc6",
        "Jan",
        "April Moor",
        "EST Media",
        "Ministry of Ferries",
        "杜平",
        "Ян Ковач",
        "One two three four five six seven eight",
    ],
)
def test_who_may_have_written(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize(
    "name",
    [
        "2 minutes",
        "12 min read",
        "105092",
        "Taboola by Taboola",
        "EST",
        "AM",
        "p.m.",
        "on",
        "January",
        "No Comments",
        "3 replies",
        "Wednesday",
        "星期三",
        "週一",
        'size="20"',
        "www.post.example",
        "https://post.example",
        "Log in",
        "Advertisement",
        "Username",
        "Share Tweet Share",
        "design: Bo Chan",
        "Updated",
        "A",
        "One two three four five six seven eight nine",
        "x" * 61,
    ],
)
def test_what_nobody_is_called(name: str) -> None:
    assert not is_person(name)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ann Lee, MD, and Bo Chan", ["Ann Lee, MD", "Bo Chan"]),
        ("Ann Lee, CEPF®", ["Ann Lee, CEPF®"]),
        ("Ann Lee, M.Ed, and Bo Chan", ["Ann Lee, M.Ed", "Bo Chan"]),
        ("Текст: Ян Ковач", ["Ян Ковач"]),
        ("Ann Lee, Senior Director, Ferries & Rain, Institute of Ferries", ["Ann Lee"]),
        ("Institute of Ferries", ["Institute of Ferries"]),
        ("Ann Lee, political editor, and Bo Chan", ["Ann Lee", "Bo Chan"]),
        ("Ann Lee, Columnist; Bo Chan, Reporter; Cy Dow", ["Ann Lee", "Bo Chan", "Cy Dow"]),
        ("Ann Lee, reporter, Oslo", ["Ann Lee"]),
        ("By: Ann Lee", ["Ann Lee"]),
        ("Text: Ann Lee Photo: Bo Chan", ["Ann Lee"]),
        ("Ann Lee: Bo Chan", []),
        ("Ann Lee Ann Lee", ["Ann Lee"]),
        ("Ann Lee Ann Moor", ["Ann Lee Ann Moor"]),
        ("Ann Lee, Bo", ["Ann Lee", "Bo"]),
        ("Ann Lee for The Mill Herald", ["Ann Lee"]),
        ("Ann Lee for Mill Daily News and Bo Chan", ["Ann Lee", "Bo Chan"]),
        ("Ann Lee for Rain", ["Ann Lee for Rain"]),
        ("Center for Public Rain", ["Center for Public Rain"]),
        ("Harbour Center for The Rain", ["Harbour Center for The Rain"]),
        ("Ann Lee @annlee", ["Ann Lee"]),
        ("Ann Lee on", ["Ann Lee"]),
        ("Ann WhiteUpdated", ["Ann White"]),
        ("韩保林 PK", ["韩保林"]),
        ("[田中宏昌，山城網]", ["田中宏昌", "山城網"]),
        ("杜平_NB12556", ["杜平"]),
        ("杜平12", ["杜平"]),
        ("Ann Lee, Certified Rain Planner and Bo Chan, Owner", ["Ann Lee", "Bo Chan"]),
        ("Ann Lee, head of Rain and Harbour News", ["Ann Lee"]),
        ("Ann Lee, CNN", ["Ann Lee"]),
        ("Ann Lee Staff Writer", ["Ann Lee"]),
        ("Daily News Editor", ["Daily News Editor"]),
        ("Ann Lee 4 min read", ["Ann Lee"]),
        ("Ann Lee1, Bo Chan*", ["Ann Lee", "Bo Chan"]),
        ("Ann Lee of The Mill", ["Ann Lee"]),
        ("University of Rain", ["University of Rain"]),
        ("(AP", ["AP"]),
        ("《山城》周刊", ["《山城》周刊"]),
        ("Dzień bez deszczu był piękny", []),
        ("Team Rain", ["Team Rain"]),
        ("default", []),
        ("this Harbour Information", []),
        ("the Harbour Team", ["the Harbour Team"]),
        ("The Harbour Office", ["The Harbour Office"]),
        ("saltyjoe", ["saltyjoe"]),
        ("Ann the Elder", ["Ann the Elder"]),
    ],
)
def test_names_are_parted_from_what_stands_beside_them(text: str, people: list[str]) -> None:
    assert names(text) == people


def test_only_a_field_made_for_names_may_hold_digits_and_long_names() -> None:
    assert (names("q_admin7"), names("q_admin7", is_field=True)) == ([], ["q_admin7"])
    assert (names("x" * 41), names("x" * 41, is_field=True)) == ([], ["x" * 41])


@pytest.mark.parametrize(("name", "is_one"), [("AP", True), ("山城日报", True), ("星期三", False), ("20", False)])
def test_what_is_a_source(name: str, is_one: bool) -> None:
    assert is_house(name) is is_one
