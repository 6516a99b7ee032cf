"""Headers of messages: encoded words in any charset, bytes as they are, and what is broken."""

import pytest

from tui.sources.parsing.mime import header_text


@pytest.mark.parametrize(("chars", "end"), [(8192, "a"), (8193, "?=")])
def test_encoded_words_of_very_long_headers_stay(chars: int, end: str) -> None:
    assert header_text("x" * (chars - 14) + " =?utf-8?q?a?=").endswith(end)


@pytest.mark.parametrize(
    ("stored", "page", "expected"),
    [
        (b"=?gb2312?B?1L2C7A==?=", b"", "越傡"),  # the second character is of GBK
        ("昨夜的雨".encode(), b"", "昨夜的雨"),
        (
            "昨夜的雨，没有人出门".encode("gb18030"),
            "昨天夜里下了一整夜的雨，没有人出门。".encode("gb18030"),
            "昨夜的雨，没有人出门",
        ),
        (b"Re: =?utf-8?Q?a=FF?= b", b"", "Re: aÿ b"),
        (b"=?utf-8?B?6Zuo?= =?utf-8?B?5ruo?=", b"", "雨滨"),
        (b"=?utf-8?B?6?= x", b"", "=?utf-8?B?6?= x"),
    ],
)
def test_a_header_is_read_in_its_charset(stored: bytes, page: bytes, expected: str) -> None:
    assert header_text(stored.decode("ascii", "surrogateescape"), page=page) == expected
