"""Titles for the list: from an index where one counts, else from a look at the pages."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.choices import Choice
from tui.core.problems import KINDS
from tui.model import Options, Peek, Ref
from tui.workers.clients import Network, PageClient

if TYPE_CHECKING:
    from tui.choosing.fields import Value
    from tui.lookup.catalogue import Catalogue


class TitleClient(PageClient):
    """A page client whose peeks read no page that an index knows."""

    def __init__(self, choice: Choice, network: Network, catalogue: "Catalogue") -> None:
        super().__init__(choice, network, is_glancing=True)
        self._catalogue = catalogue

    def peek(self, refs: Sequence[Ref], options: Options) -> list[Peek]:
        """As in `PageClient`. Titles are kept as they are written: in another script, pages are looked at."""
        if options.script != "keep" or not self._catalogue.is_made_with(options):
            return super().peek(refs, options)
        known = [self._kept(ref) for ref in refs]
        unknown = [ref for ref, peek in zip(refs, known, strict=True) if peek is None]
        read = iter(super().peek(unknown, options) if unknown else ())
        return [next(read) if peek is None else peek for peek in known]

    def _kept(self, ref: Ref) -> Peek | None:
        kept = self._catalogue.kept(ref)
        if (
            kept is None
            or self.changed(ref)
            or any(KINDS[code].gravity == "unread" for code in _names(kept("problem")))
        ):
            return None
        title, date, url, fetched = (_text(kept(name)) for name in ("title", "date", "url", "fetched"))
        return Peek(ref, title or "", date, url=url, fetched=fetched)


def _text(value: "Value") -> str | None:
    return value if isinstance(value, str) else None


def _names(value: "Value") -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()
