"""The caret goes from word to word in any script, and never stands still."""

from hypothesis import given
from hypothesis import strategies as st
from screen_fake import PARAGRAPHS, TITLE, FakeClient, refs
from shown import shown

from tui.text.words.steps import line_span, next_word, previous_word, starts

MIXED = "縣城圖書館open 24 hours,\n\n  図書館は夜十時まで。 День-ночь “так”\n"


def words(text: str) -> list[str]:
    begun = starts(text)
    return [text[a:b].strip() for a, b in zip(begun, [*begun[1:], len(text)], strict=True)]


def test_words_of_every_script_are_told_apart() -> None:
    assert words(MIXED) == [
        *("縣城", "圖書館", "open", "24", "hours", ",", "図", "書館", "は", "夜", "十", "時", "まで", "。"),
        *("День", "-", "ночь", "“", "так", "”"),
    ]


def test_going_on_and_back_stops_at_the_same_words() -> None:
    on, back = [0], [len(MIXED) - 1]
    while on[-1] != (after := next_word(MIXED, on[-1])):
        on.append(after)
    while back[-1] != (before := previous_word(MIXED, back[-1])):
        back.append(before)
    assert on[:-1] == back[::-1][:-1] == starts(MIXED)


@given(st.text(st.sampled_from("ab 縣城圖書館。\n,は")), st.integers(0, 40))
def test_each_step_leads_on_until_the_end(text: str, at: int) -> None:
    at = min(at, len(text))
    assert at < next_word(text, at) < len(text) or next_word(text, at) == max(len(text) - 1, 0)
    assert previous_word(text, at) < at or previous_word(text, at) == 0


def test_a_line_of_megabytes_is_only_looked_at_nearby() -> None:
    text = "縣城圖書館" * 400_000
    middle = len(text) // 2
    assert middle < next_word(text, middle) <= middle + 5
    assert middle - 5 <= previous_word(text, middle) < middle


def test_a_line_ends_before_its_line_end() -> None:
    assert line_span("ab\n\ncd", 0) == (0, 1)
    assert line_span("ab\n\ncd", 3) == (3, 3)
    assert line_span("ab\n\ncd", 6) == (4, 5)


async def test_keys_move_the_caret_by_words_and_lines_and_without_it_say_how() -> None:
    async with shown(FakeClient({0: "  one two three\nfour"}), scan=lambda: refs(1)) as screen:
        body = screen.reader.panes.body
        await screen.press("w")
        assert "v sets a caret" in screen.status
        await screen.press("v", "down", "0")
        text = body.searchable()
        assert body.caret is not None
        begin = body.caret.offset
        assert text[begin:].startswith("  one")
        places = []
        for keys in (["circumflex_accent"], ["2", "w"], ["b"], ["dollar_sign"], ["w"], ["0"]):
            await screen.press(*keys)
            places.append(text[body.caret.offset :].partition("\n")[0])
        assert places == ["one two three", "three", "two three", "e", "four", "four"]


async def test_words_are_selected_and_without_a_caret_b_turns_the_page() -> None:
    async with shown(scan=lambda: refs(1), size=(120, 12)) as screen:
        body = screen.reader.panes.body
        await screen.press("space", "b")
        assert body.top_offset() == 0
        await screen.press("v", "v", "w", "left")
        assert TITLE.startswith(body.selection())
        await screen.press("dollar_sign")
        assert body.selection() == TITLE
        assert PARAGRAPHS[0] not in body.selection()
