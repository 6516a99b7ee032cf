"""Dates as pages write them, and what only looks like one."""

import pytest

from tui.text.words import dates

NOW = "2024-05-02T10:00:00+00:00"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2021-12-07 23:33", "2021-12-07T23:33"),
        ("2021/1/5", "2021-01-05"),
        ("2021年12月07日 08:05:59", "2021-12-07T08:05:59"),
        ("2021年12月7日 下午3時05分", "2021-12-07T15:05"),
        ("2021-12-07T23:33:00+08:00", "2021-12-07T23:33:00+08:00"),
        ("2021-12-07T23:33:00.123Z", "2021-12-07T23:33:00Z"),
        ("2023. 6. 9. 오후 2:30", "2023-06-09T14:30"),
        ("2023년 6월 9일", "2023-06-09"),
        ("March 3, 2020 at 4:05 pm", "2020-03-03T16:05"),
        ("3rd Sept 2020", "2020-09-03"),
        ("Fri Mar  6 11:02:41 UTC 2009", "2009-03-06T11:02:41Z"),
        ("Sent Fri Mar 6 11:02:41 CET 2009", "2009-03-06T11:02:41"),
        ("Wed Aug 27 13:08:45 +0000 2008", "2008-08-27T13:08:45+0000"),
        ("Fri Mar 6 11:02:41 2009", "2009-03-06T11:02:41"),
        ("7. Dezember 2021, 10:30 Uhr", "2021-12-07T10:30"),
        ("7 de diciembre de 2021", "2021-12-07"),
        ("1 août 2022", "2022-08-01"),
        ("9 июня 2023", "2023-06-09"),
        ("31.12.2023", "2023-12-31"),
        ("02-12-2025", "2025-12-02"),
        ("11-29-2024,\N{NO-BREAK SPACE}09:03 AM", "2024-11-29T09:03"),
        ("5-Dec-2025", "2025-12-05"),
        ("December 5, 2025 10:30 PM", "2025-12-05T22:30"),
        ("December 5, 2025 12:15 AM", "2025-12-05T00:15"),
        ("December 5, 2025 12:15 p.m.", "2025-12-05T12:15"),
        ("December 5,2025", "2025-12-05"),
        ("5 ديسمبر 2025", "2025-12-05"),
        ("民國114年12月2日", "2025-12-02"),
        ("中華民国 114 年 12月2日 10:30", "2025-12-02T10:30"),
        ("令和7年12月2日", "2025-12-02"),
        ("令和元年5月1日", "2019-05-01"),
        ("平成30年12月2日", "2018-12-02"),
        ("昭和64年1月7日", "1989-01-07"),
        ("2 พฤษภาคม 2567", "2024-05-02"),
        ("2 พ.ค. 2567 10:00", "2024-05-02T10:00"),
        ("2 พฤษภาคม พ.ศ. 2567", "2024-05-02"),
        ("2 मई 2024", "2024-05-02"),
        ("٢ مايو ٢٠٢٤", "2024-05-02"),
        ("२ मई २०२४", "2024-05-02"),
        ("2 tháng 5 năm 2024", "2024-05-02"),
        ("2 tháng 5, 2024", "2024-05-02"),
        ("2024. május 2. 10:00", "2024-05-02T10:00"),
        ("2024 m. gegužės 2 d.", "2024-05-02"),
        ("2024-May-02", "2024-05-02"),
        ("2. 5. 2024", "2024-05-02"),
        ("2 במאי 2024", "2024-05-02"),
        ("2 أيار 2024", "2024-05-02"),
        ("Μάιος 2 2024", "2024-05-02"),
        ("1er mai 2024", "2024-05-01"),
        ("1° maggio 2024", "2024-05-01"),
        ("2 de mayo del 2024", "2024-05-02"),
        ("Thu, 05/02/2024 - 08:15", "2024-05-02"),
        ("Mon, 05/02/2024", "2024-02-05"),
    ],
)
def test_a_date_is_as_precise_as_it_stands_there(text: str, iso: str) -> None:
    found = dates.find(text)
    assert [each.iso for each in found] == [iso]
    assert text[found[0].start : found[0].end].strip()


@pytest.mark.parametrize(
    "text",
    [
        "2021-13-07",
        "31 กุมภาพันธ์ 2567",
        "ราคา 2567 บาท 2 ชิ้น",
        "2 tháng 13, 2024",
        "2. 15. 2024",
        "in 2024 Room 2",
        "Mon Feb 30 11:02:41 2009",
        "Fri Foo 6 11:02:41 2009",
        "2021-02-31",
        "12345-12-07",
        "may 2021",
        "1.2.3",
        "Route 66",
        "555-02-12-2025",
        "13-13-2025",
        "114年12月2日",
        "民國114年13月2日",
        "02.12.25",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert dates.iso(text) is None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("02.12.25", "2025-12-02"),
        ("Stand: 02.12.25, 10:30 Uhr", "2025-12-02T10:30"),
        ("Mo., 02.12.25", "2025-12-02"),
        ("25.12.25", "2025-12-25"),
        ("25.12.02", None),
        ("31.02.25", None),
        ("02.12.45", None),
        ("2.1.25", None),
        ("1.02.12.25", None),
        ("Version 3 02.12.25", None),
        ("The pump of 02.12.25 was changed", None),
        ("02.12.2025", None),
    ],
)
def test_a_year_of_two_digits_is_guessed_where_nothing_else_stands(text: str, iso: str | None) -> None:
    found = dates.stamp(text)
    assert (found.iso if found else None) == iso
    assert found is None or not found.is_sure


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("3小时前", "2024-05-02T07:00"),
        ("半小时前", "2024-05-02T09:30"),
        ("2 days ago", "2024-04-30"),
        ("昨天 21:05", "2024-05-01T21:05"),
        ("12-31 08:00", "2023-12-31T08:00"),
        ("05-01 08:00", "2024-05-01T08:00"),
    ],
)
def test_a_relative_date_needs_the_time_of_fetching(text: str, iso: str) -> None:
    assert [each.iso for each in dates.find(text)] == [None]
    assert [each.iso for each in dates.find(text, NOW)] == [iso]


def test_a_time_of_fetching_that_is_none_is_not_believed() -> None:
    assert [each.iso for each in dates.find("3小时前", "yesterday")] == [None]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("09/25/2025", "2025-09-25"),
        ("12/13/2025", "2025-12-13"),
        ("12/12/2025", "2025-12-12"),
        ("03/01/2017", "2017-01-03"),
        ("13/25/2025", None),
        ("5 października 2024", "2024-10-05"),
        ("2 Μαΐου 2024", "2024-05-02"),
        ("3. července 2024", "2024-07-03"),
        ("14 жовтня 2024", "2024-10-14"),
    ],
)
def test_days_as_other_countries_write_them(text: str, iso: str | None) -> None:
    assert dates.iso(text) == iso


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("02/12/2025", [("2025-12-02", False)]),
        ("02-12-2025", [("2025-12-02", False)]),
        ("02.12.2025", [("2025-12-02", True)]),
        ("12/12/2025", [("2025-12-12", True)]),
        ("13/12/2025", [("2025-12-13", True)]),
        ("Updated 12/05/2025, published 11/30/2025", [("2025-12-05", True), ("2025-11-30", True)]),
    ],
)
def test_a_day_that_may_be_a_month_is_sure_only_beside_one_that_cannot(
    text: str, found: list[tuple[str, bool]]
) -> None:
    assert [(each.iso, each.is_sure) for each in dates.find(text)] == found


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Office 2019 Mac 16.30", None),
        ("In 2020 may 12 percent of us stay", None),
        ("Back issues May 2019 June 12", None),
        ("2019 June 12", "2019-06-12"),
        ("2024. május 3.", "2024-05-03"),
        ("§ 12. 3. 2019", None),
        ("Version 2. 5. 2024", None),
        ("Praha 2. 5. 2024", "2024-05-02"),
        ("२०८१-०२-१५", None),
        ("२०२४-०२-१५", "2024-02-15"),
        ("Thu, 05/02/2024", "2024-05-02"),
        ("Tue, 05/09/2023", "2023-09-05"),  # so it is in either order
        ("Monthly 05/06/2024", "2024-06-05"),
    ],
)
def test_numbers_and_years_that_only_look_like_days_are_none(text: str, day: str | None) -> None:
    assert dates.iso(text) == day
