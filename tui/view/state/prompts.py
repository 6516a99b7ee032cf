"""What is being typed: a line at the bottom of the screen, a count, the first key of two, keys for a page to come."""

from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, Literal, TypeVar, get_args

from tui.core.i18n import tr
from tui.core.values import dataclass
from tui.view.pagetext.sight import Motion

KEPT_ANSWERS = 50
MOST_DIGITS = 18
"""Of a number that is typed: no collection has so many pages, and int() refuses numbers of 5,000 digits."""


def number(typed: str) -> int | None:
    """Return the number that was typed, or one as good where it has more digits than any; None if it is none.

    >>> number(" 007"), number("9" * 5000) == 10**18 - 1, number("7b")
    (7, True, None)
    """
    digits = typed.strip()
    return int(digits.lstrip("0")[:MOST_DIGITS] or "0") if digits.isdecimal() else None


def edited(text: str, key: str, character: str | None) -> str:
    """Return what was typed, after another key by Textual's name for it.

    >>> edited("next pag", "e", "e"), edited("next page", "ctrl+w", None), edited("next", "left", None)
    ('next page', 'next ', 'next')
    """
    if key == "backspace":
        return text[:-1]
    if key == "ctrl+u":
        return ""
    if key == "ctrl+w":
        stem = text.rstrip()
        return stem[: len(stem) - len(stem.split()[-1])] if stem else ""
    return text + character if character is not None and character.isprintable() else text


@dataclass(slots=True)
class Prompt:
    """A question that is open: its sign, what was typed so far, and who goes on with it."""

    sign: str
    on_answer: Callable[[str], None]
    on_change: Callable[[str], None] = lambda _text: None
    """Gets what is typed so far."""
    on_cancel: Callable[[], None] = lambda: None
    text: str = ""
    is_offered: bool = False
    """`text` is an offer: what is typed takes its place, unless it is changed first."""
    is_key: bool = False
    """The next key is the answer, by what it types; ESC takes the question back."""
    earlier: Sequence[str] = ()
    """What was answered to it before, the last one last; the arrows bring it back."""
    _back: int = 0

    def press(self, key: str, character: str | None) -> Literal["open", "done", "cancelled"]:
        """Take a key, by Textual's name for it; returns how the prompt stands then."""
        if key == "enter":
            return "done"
        was_offered, self.is_offered = self.is_offered, False
        if key in ("escape", "ctrl+c") or (key == "backspace" and not self.text):
            return "cancelled"
        if key in ("up", "down"):
            self._recall(1 if key == "up" else -1)
        elif was_offered and character is not None and character.isprintable():
            self.text = character
        else:
            self.text = edited(self.text, key, character)
        return "open"

    def _recall(self, step: int) -> None:
        self._back = max(0, min(self._back + step, len(self.earlier)))
        self.text = self.earlier[-self._back] if self._back else ""

    def paste(self, text: str) -> None:
        """Take pasted text up to its first line end."""
        before, self.is_offered = "" if self.is_offered else self.text, False
        self.text = before + "".join(char for char in text.partition("\n")[0] if char.isprintable())


class Typing:
    """Keys that are no command yet."""

    def __init__(self) -> None:
        self.prompt: Prompt | None = None
        self.pending = ""
        """Digits of a count, or the first g of gg."""
        self._earlier: dict[str, list[str]] = {}
        self._on_yes: Callable[[], None] | None = None
        self._on_no: Callable[[], None] = lambda: None
        self._yes = frozenset({"y"})
        self.after_g = False
        """The key that came last had a g before it."""

    @property
    def is_busy(self) -> bool:
        """Whether the next key is an answer to something."""
        return self.prompt is not None

    def confirm(self, on_yes: Callable[[], None], on_no: Callable[[], None], *, or_enter: bool = False) -> None:
        """Let y, or ENTER too, as the next key say yes; n and ESC say no, and any other key means what it always does."""
        self._on_yes, self._on_no = on_yes, on_no
        self._yes = frozenset({"y", "enter"} if or_enter else {"y"})

    def ask(self, prompt: Prompt) -> None:
        """Open a prompt, with what was answered to it before."""
        prompt.earlier = self._earlier.get(prompt.sign, ())
        self.prompt = prompt

    def forget(self) -> None:
        """Forget the count and the question that y would say yes to."""
        self.pending, self._on_yes = "", None

    def takes(self, key: str, character: str | None) -> bool:
        """Take a key that belongs to a prompt or a count; False: it is a command."""
        character = character or ""
        on_yes, self._on_yes = self._on_yes, None
        self.after_g = self.pending == "g"
        if self.prompt is not None and self.prompt.is_key:
            prompt, self.prompt = self.prompt, None
            if character.isprintable() and character:
                prompt.on_answer(character)
        elif on_yes is not None and (key in self._yes or key in ("n", "escape")):
            (on_yes if key in self._yes else self._on_no)()
        elif self.prompt is not None:
            before = self.prompt.text
            self._answer(self.prompt, self.prompt.press(key, character), before)
        elif character.isascii() and character.isdigit() and (character != "0" or self.pending.isdigit()):
            self.pending = (self.pending if self.pending.isdigit() else "")[:8] + character
        elif key == "escape" and self.pending:
            self.pending = ""
        else:
            if self.pending == "g" and key != "g":
                self.pending = ""
            return False
        return True

    def close(self) -> None:
        """Take the prompt away without an answer."""
        self.prompt = None

    def paste(self, text: str) -> bool:
        """Take pasted text; False: no prompt is open."""
        if self.prompt is None:
            return False
        self.prompt.paste(text)
        self.prompt.on_change(self.prompt.text)
        return True

    def _answer(self, prompt: Prompt, outcome: str, before: str) -> None:
        if outcome == "open":
            if prompt.text != before:
                prompt.on_change(prompt.text)
            return
        self.prompt = None
        if outcome == "done":
            if prompt.text.strip():
                others = [text for text in prompt.earlier if text != prompt.text]
                self._earlier[prompt.sign] = [*others, prompt.text][-KEPT_ANSWERS:]
            prompt.on_answer(prompt.text)
        else:
            prompt.on_cancel()

    def take_count(self) -> int | None:
        """The count that was typed before a command, and forget it."""
        count = int(self.pending) if self.pending.isdigit() else None
        self.pending = ""
        return count

    def is_second_g(self) -> bool:
        """Whether g was typed before; if not, it is now."""
        is_second = self.pending == "g"
        self.pending = "" if is_second else "g"
        return is_second


ON_PAGE = frozenset({"label", "note", "mark", "copy", "copy-as", "save", "pipe"})
"""Commands that write down or take out something of the open page."""
STEPS = frozenset({"next-page", "previous-page", "undo"})
"""Commands that go from page to page while labelling, when each page is to be seen."""
AT_ONCE = frozenset({"close", "cancel", "repaint", "suspend"})
"""Commands whose keys wait for nothing."""
WITHOUT_PAGE = AT_ONCE | {"leave", "quit", "help", "palette", "follow"}
"""Commands that mean something before there is any page."""
AT_ONCE_BEHIND_STEPS = frozenset(
    {
        *("leave", "quit", "next-block", "previous-block", "page-back"),
        *(motion.replace("_", "-") for motion in get_args(Motion) if motion != "end"),
        "bottom",
    }
)
"""Commands whose keys wait only behind one that asks for something: they may be part of the answer."""


K = TypeVar("K")


class TypeAhead(Generic[K]):
    """Keeps keys for a page that is to come, and those typed after them, until it is on the screen; then they act in order."""

    def __init__(
        self, is_to_come: Callable[[], bool], page_meant: Callable[[], int], open_index: Callable[[], int]
    ) -> None:
        """They say whether the page that a key is for is not on the screen yet, which one it is, and which one is shown."""
        self._is_to_come, self._page_meant, self._open_index = is_to_come, page_meant, open_index
        self._keys: deque[K] = deque()
        self._page = -1
        """Index of the page that the first of them is for."""
        self._may_ask = False
        """One of them may ask for something, which those behind it answer."""

    def __len__(self) -> int:
        return len(self._keys)

    def notice(self) -> str:
        """How many keys wait, to stand before what they wait for; empty: none."""
        return tr("typed-ahead keys: {count} (ESC drops them)", count=len(self._keys)) + "  " if self._keys else ""

    def takes(self, key: K, command: str | None, *, is_for_page: bool, is_step: bool) -> bool:
        """Keep a key if it has to wait; False: it acts now.

        `is_for_page`: it means the page that is to come, if one is. `is_step`: it asks for nothing, and goes on at most.
        """
        if self._keys and not (self._is_to_come() and self._page == self._page_meant()):
            self.forget()  # they were for a page that nobody waits for any more
        if self._keys:
            may_act = command in AT_ONCE_BEHIND_STEPS and not (self._may_ask or is_for_page)
            must_wait = command not in AT_ONCE and not may_act
        else:
            must_wait = is_for_page and self._is_to_come()
        if must_wait:
            self._page = self._page_meant()
            self._keys.append(key)
            self._may_ask |= not is_step
        return must_wait

    async def hand_out(self, press: Callable[[K], Awaitable[None]]) -> None:
        """Let the keys act whose page is on the screen, up to one that makes another page come."""
        while self._keys and not self._is_to_come():
            if self._page != self._open_index():
                self.forget()
            else:
                await press(self._keys.popleft())
                self._page = self._page_meant()
        self._may_ask &= bool(self._keys)

    def forget(self) -> str:
        """Keep no keys any more; returns a sentence that says so, empty if there were none."""
        count = len(self._keys)
        self._keys.clear()
        self._may_ask = False
        return tr("typed-ahead keys dropped: {count}", count=count) if count else ""
