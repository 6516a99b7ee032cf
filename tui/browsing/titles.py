"""Titles for the list: from an index where one counts, else from a look at the pages."""

from typing import TYPE_CHECKING, TypeVar, cast

from tui.core.answers import Value
from tui.core.problems import KINDS
from tui.core.questions import Peek, Progress, Question, through
from tui.model import Options, Ref
from tui.model import Peek as Peeked
from tui.processes.pages import PageClient

if TYPE_CHECKING:
    from tui.lookup.catalogue import Catalogue

T = TypeVar("T")


class TitleClient:
    """An `Asker` whose peeks read no page that an index knows; all else it hands on."""

    def __init__(self, client: PageClient, catalogue: "Catalogue") -> None:
        self._client, self._catalogue = client, catalogue

    def ask(self, question: Question[T]) -> T:
        """As in `Asker`. Titles are kept as they are written: in another script, pages are looked at."""
        if isinstance(question, Peek) and self._suits(question.options):
            return cast(T, self._peeks(question))
        return self._client.ask(question)

    def _suits(self, options: Options) -> bool:
        return options.script == "keep" and self._catalogue.is_made_with(options)

    def _peeks(self, question: Peek) -> tuple[Peeked, ...]:
        known = [self._kept(ref) for ref in question.refs]
        unknown = [ref for ref, peek in zip(question.refs, known, strict=True) if peek is None]
        read = through(self._client, question.of(unknown)) if unknown else iter(())
        return tuple(next(read) if peek is None else peek for peek in known)

    def _kept(self, ref: Ref) -> Peeked | None:
        kept = self._catalogue.kept(ref)
        if kept is None or self._client.changed(ref):
            return None
        if any(KINDS[code].gravity == "unread" for code in _names(kept("problem"))):
            return None
        title, date, url, fetched = (_text(kept(name)) for name in ("title", "date", "url", "fetched"))
        return Peeked(ref, title or "", date, url=url, fetched=fetched)

    def progress(self) -> Progress:
        """As in `Asker`."""
        return self._client.progress()

    def cancel(self) -> None:
        """As in `Asker`."""
        self._client.cancel()


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) else None


def _names(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()
