"""Keys that are no command yet: a prompt, a count, the first g of gg."""

import pytest

from tui.view.state.prompts import Prompt, Typing


def typed(keys: str) -> Typing:
    typing = Typing()
    for key in keys:
        typing.takes(key, key)
    return typing


def test_digits_make_a_count_that_is_used_once() -> None:
    typing = typed("105")
    assert typing.take_count() == 105
    assert typing.take_count() is None


def test_a_zero_alone_is_no_count() -> None:
    assert not Typing().takes("0", "0")


def test_escape_forgets_a_count_and_is_a_command_without_one() -> None:
    typing = typed("5")
    assert typing.takes("escape", None)
    assert not typing.takes("escape", None)


def test_only_two_g_in_a_row_are_gg() -> None:
    typing = Typing()
    assert not typing.is_second_g()
    assert typing.is_second_g()
    typing.is_second_g()
    typing.takes("j", "j")
    assert not typing.is_second_g()


def test_a_prompt_takes_every_key_until_it_is_answered() -> None:
    answers: list[str] = []
    typing = Typing()
    typing.ask(Prompt("/", answers.append))
    for key, character in [("q", "q"), ("統", "統"), ("5", "5"), ("backspace", "\x7f"), ("enter", "\r")]:
        assert typing.takes(key, character)
    assert answers == ["q統"]
    assert typing.prompt is None


def test_a_cancelled_prompt_is_no_answer() -> None:
    answers: list[str] = []
    typing = Typing()
    typing.ask(Prompt("/", answers.append))
    typing.takes("x", "x")
    typing.takes("escape", "\x1b")
    assert (answers, typing.prompt) == ([], None)


def test_lines_are_edited_as_in_a_shell() -> None:
    prompt = Prompt("/", print, text="two words")
    prompt.press("ctrl+w", "\x17")
    assert prompt.text == "two "
    prompt.paste("a\x1b[31mb\nsecond line")
    assert prompt.text == "two a[31mb"
    prompt.press("ctrl+u", "\x15")
    assert prompt.press("backspace", "\x7f") == "cancelled"


def test_the_arrows_bring_back_what_was_answered_to_the_same_question() -> None:
    typing = Typing()
    for sign, answer in (("/", "one"), ("| ", "wc"), ("/", "two"), ("/", "one")):
        typing.ask(Prompt(sign, lambda _text: None))
        for key in answer:
            typing.takes(key, key)
        typing.takes("enter", "\r")
    seen: list[str] = []
    typing.ask(Prompt("/", lambda _text: None, seen.append))
    for key in ("up", "up", "up", "down", "down"):
        typing.takes(key, None)
    assert seen == ["one", "two", "one", ""]


def test_fifty_answers_are_kept() -> None:
    typing = Typing()
    for number in range(51):
        typing.ask(Prompt("/", lambda _text: None))
        for key in str(number):
            typing.takes(key, key)
        typing.takes("enter", "\r")
    seen: list[str] = []
    typing.ask(Prompt("/", lambda _text: None, seen.append))
    for _ in range(60):
        typing.takes("up", None)
    assert (len(seen), seen[-1]) == (50, "1")


@pytest.mark.parametrize(("key", "character"), [("tab", "\t"), ("left", None), ("f2", None)])
def test_a_key_that_types_nothing_changes_no_prompt(key: str, character: str | None) -> None:
    prompt = Prompt("/", lambda _text: None, text="rain")
    assert (prompt.press(key, character), prompt.text) == ("open", "rain")


@pytest.mark.parametrize(("digits", "count"), [("1" * 9, 111_111_111), ("1" * 9 + "2", 111_111_112)])
def test_a_count_has_nine_digits_at_most(digits: str, count: int) -> None:
    assert typed(digits).take_count() == count
