"""Numbers that decide about an address and an answer, each from both sides."""

from email.utils import formatdate
from io import BytesIO
from pathlib import Path

import pytest

from tui.web import body, cache, inflate, urls
from tui.web.freshness import lifetime_s

MB = 1024 * 1024
DAY_S = 24 * 3600


LONG = {"http://a.example/".ljust(8192, "x"): "8,192", "http://" + "a." * 126 + "b": "not a host name"}


@pytest.mark.parametrize(("longest", "reason"), LONG.items(), ids=["address", "host"])
def test_addresses_and_hosts_have_a_longest(longest: str, reason: str) -> None:
    assert longest.startswith(urls.parse(longest).text.rstrip("/"))
    with pytest.raises(urls.RefusedError, match=reason):
        urls.parse(longest + "b")


@pytest.mark.parametrize(("chars", "quoted"), [(200, "x" * 194), (201, "x" * 193 + "…")])
def test_a_message_quotes_200_characters_of_an_address_without_its_user(chars: int, quoted: str) -> None:
    with pytest.raises(urls.RefusedError) as refused:
        urls.parse("ftp://me:secret@" + "x" * (chars - 6))
    assert str(refused.value).startswith(f"ftp://{quoted}: ")


@pytest.mark.parametrize(
    ("age_s", "lifetime"),
    [(3000, 300), (3010, 301), (10 * DAY_S, DAY_S), (10 * DAY_S - 10, DAY_S - 1), (10 * DAY_S + 10, DAY_S)],
)
def test_a_page_stays_for_a_tenth_of_its_age_from_five_minutes_to_a_day(age_s: int, lifetime: int) -> None:
    now = 1_600_000_000
    headers = [("Date", formatdate(now, usegmt=True)), ("Last-Modified", formatdate(now - age_s, usegmt=True))]
    assert lifetime_s(headers, 0) == pytest.approx(lifetime)


@pytest.mark.parametrize(
    ("headers", "lifetime"),
    [
        ({}, 300),
        ({"Cache-Control": "max-age=20", "Age": "19"}, 1),
        ({"Cache-Control": "max-age=20", "Age": "21"}, 0),
        ({"Cache-Control": "max-age=2147483647"}, 2**31 - 1),
        ({"Cache-Control": "max-age=2147483649"}, 2**31),
        ({"Expires": formatdate(1000, usegmt=True), "Date": formatdate(990, usegmt=True), "Age": "3"}, 7),
        ({"Expires": formatdate(1000, usegmt=True), "Date": formatdate(999, usegmt=True), "Age": "3"}, 0),
        ({"Expires": "0"}, 0),
        ({"Cache-Control": "no-cache", "Pragma": "x"}, 0),
        ({"Pragma": "no-cache"}, 0),
        ({"Pragma": "no-cache", "Cache-Control": "private"}, 0),
    ],
)
def test_an_answer_may_be_used_for_as_long_as_it_says(headers: dict[str, str], lifetime: int) -> None:
    assert lifetime_s(headers.items(), 0) == lifetime


@pytest.mark.parametrize(
    ("decoded", "coded", "is_coded", "expected"),
    [
        (4 * MB, 1, True, None),
        (4 * MB + 1, 1, True, "bomb"),
        (5_000_000, 25_000, True, None),
        (5_000_001, 25_000, True, "bomb"),
        (5_000_001, 25_000, False, None),
        (64 * MB, MB, True, None),
        (64 * MB + 1, MB, True, "too_long"),
        (64 * MB + 1, MB, False, "too_long"),
    ],
)
def test_a_body_is_cut_where_it_is_a_bomb_or_too_long(
    decoded: int, coded: int, is_coded: bool, expected: str | None
) -> None:
    reason = body._bound(decoded, coded, is_coded)
    assert (reason.name if reason else None) == expected


@pytest.mark.parametrize(("start", "coding"), [(b"<p>", ""), (b"<p>r", "gzip")])
def test_four_bytes_show_that_a_body_is_not_packed(start: bytes, coding: str) -> None:
    assert inflate.belies(start, ["gzip"]) == coding


@pytest.mark.parametrize(("length", "copied"), [(0, b""), (4, b"rain"), (11, b"rain header")])
def test_of_what_is_stored_the_page_alone_is_copied(length: int, copied: bytes, tmp_path: Path) -> None:
    (tmp_path / "stored").write_bytes(b"rain header")
    target = BytesIO()
    cache.copy_page(str(tmp_path / "stored"), length, target)
    assert target.getvalue() == copied
