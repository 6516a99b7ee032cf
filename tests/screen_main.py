"""Shows made-up pages on the terminal: `screen_main.py KIND [stock]`, with a hostile page, a faulty client or just pages.

`stock`: drawn as Textual does. It answers with marks, as `screen_marks` says.
"""

import sys
import threading
from collections.abc import Iterator
from dataclasses import replace

from screen_fake import FakeClient, page, refs, services
from screen_marks import install

from tui.app.services import FileOutlet
from tui.choosing.choices import Choice, Start
from tui.config import Config
from tui.core.model import Document, Headline, Item, Options, Ref, Rows, Trouble
from tui.core.problems import Reason, unreadable
from tui.view import run
from tui.view.early import EarlyScreen

HOSTILE = (
    "\x1b]0;OWNED\x07title\x1b[2J\x1b[31mred \x9b31mred \x90dcs\x9c\x85 bell\x07 nul\x00 del\x7f back\x08\x08\x08 so\x0e\n"
    "bidi \u202etxt.exe\u202c \u2066x\u2069 zero\u200bwidth tag\U000e0041 [/] [@click=app.leave]quit[/] [bold]b[/bold]\n"
    "\x1b]8;;http://example.invalid/\x1b\\link\x1b]8;;\x1b\\ \x1b]52;c;cm0gLXJmIC8K\x07 \x1bP+q544e\x1b\\ lone \ud800 end\n"
)


class Hostile(FakeClient):
    """Hostile in its text, title, metadata, found headlines, problems and names."""

    def open(self, ref: Ref, options: Options) -> Document:
        """A page of which every string is hostile."""
        document = page(ref)
        return replace(
            document,
            text=HOSTILE * 3,
            title=HOSTILE,
            edits=Rows(type(document.edits[0])),
            headlines=Rows(Headline, [Headline(HOSTILE, HOSTILE, 0, 9, tag=HOSTILE, date_text=HOSTILE)]),
            record={HOSTILE: HOSTILE},
            problems=(unreadable(Reason("verbatim", {"words": HOSTILE})),),
        )


class Faulty(FakeClient):
    """Breaks its promise on the second page in a way that only the screen's own code can cause."""

    def open(self, ref: Ref, options: Options) -> Document:
        """A page whose text is no text."""
        document = super().open(ref, options)
        return replace(document, text=5) if ref.ordinal == 1 else document  # type: ignore[arg-type]


class Stuck(FakeClient):
    """Opens the first page only; the rest takes for ever, until it is cancelled."""

    def __init__(self) -> None:
        super().__init__()
        self.gates = {1: threading.Event()}


def main(kind: str, display: str = "lean") -> int:
    """Run the screen; returns its exit status."""
    client = {"hostile": Hostile, "faulty": Faulty, "stuck": Stuck}.get(kind, FakeClient)()
    if kind == "long":
        client.texts = {0: "".join(f"第{number}行，" + "縣城圖書館延長開放時間。" * 5 + "\n" for number in range(5000))}

    def scan() -> Iterator[Item]:
        if kind == "hostile":
            yield Ref(f"folder/{HOSTILE}.html", 0, "html")
            yield Trouble(f"folder/{HOSTILE}.html", 1, unreadable(Reason("verbatim", {"words": HOSTILE})))
        else:
            yield from refs(200)
        if kind == "stuck":
            threading.Event().wait()  # as for a pipe that nobody writes to

    given = replace(services(scan, client, FakeClient()), outlet=FileOutlet())
    config = Config(lean=display == "lean", language="en")
    with EarlyScreen(config) as early:
        early.show(client.open(next(refs(1)), Options()))
        status, _waiting = run(given, Choice(start=Start(config)), early)
    return status


if __name__ == "__main__":
    install()
    sys.exit(main(*sys.argv[1:]))
