"""What the screen is given, as it asks for it: looking through all pages, taking them out, files beside a page, titles."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from tui.choosing.choices import Choice
from tui.config import state_path
from tui.core.answers import FieldValue, Searched
from tui.core.errors import SourceError, UsageError
from tui.core.files import private_file, private_folder, real
from tui.core.i18n import tr
from tui.core.model import Document, Item, Options, Original, Preview, Ref, Trouble
from tui.core.problems import KINDS, Reason, is_binary, is_unread, system_reason
from tui.core.questions import Asker, Copies, Crowd, Open, Peek, Progress, Question, Scan, Source, through
from tui.core.shelf import singly
from tui.core.values import replace
from tui.lookup.catalogue import Catalogue
from tui.notebook.database import files
from tui.processes.pages import PageClient
from tui.view.state.services import Form, PagesForm

if TYPE_CHECKING:
    from tui.choosing.fields import KeptValue
    from tui.choosing.selection import Selector
    from tui.notebook.store import Known


class FileNeighbours:
    """As `Neighbours` says."""

    def __init__(self, targets: Sequence[str], client: PageClient) -> None:
        """`targets` are what the user named: folders, or files, which stand for the folder they lie in."""
        local = [Path(real(target)) for target in targets if "://" not in target and target != "-"]
        self._roots = [path if path.is_dir() else path.parent for path in local]
        self._client = client

    def find(self, paths: Sequence[str]) -> Item | None:
        path = next(filter(self._is_there, map(Path, paths)), None)
        if path is None:
            return None
        return next(singly(self._client.look_aside(Scan((str(path),), Options()))), None)

    def _is_there(self, path: Path) -> bool:
        try:
            return path.is_file() and any(map(Path(real(str(path))).is_relative_to, self._roots))
        except (OSError, ValueError):  # too long, or with a NUL: pages may name anything
            return False


COPIED_NAME = "copied.txt"


class FileOutlet:
    """As `Outlet` says."""

    def __init__(self, targets: Sequence[str] = ()) -> None:
        """`targets` are what the user named."""
        self._targets = targets

    def render(self, document: Document, form: Form) -> str:
        from tui.export import documents

        if form == "markdown":
            return documents.markdown(document)
        if form == "json":
            return documents.to_json(documents.page(document)) + "\n"
        return document.body + "\n" if form == "body" else document.text

    def save(
        self,
        path: str,
        document: Document,
        original: Original | None,
        form: Form,
        sources: Iterable[str] = (),
        *,
        is_forced: bool = False,
    ) -> str:
        """Raises UsageError if the file can't be written, or is one of our own; AlreadyThereError as `Outlet` says."""
        if original is None:
            content = self.render(document, form).encode("utf-8", "replace")
        elif form == "source":
            content = original.text.encode("utf-8", "replace")
        else:
            content = original.raw if form == "raw" else original.record
        return self._save(path, content, (document.ref.source, *sources), is_forced)

    def save_text(self, path: str, text: str, sources: Iterable[str], *, is_forced: bool = False) -> str:
        return self._save(path, text.encode("utf-8", "replace"), sources, is_forced)

    def _save(self, path: str, content: bytes, sources: Iterable[str], is_forced: bool) -> str:
        from tui.export.drafts import written

        target = self.check(path, sources, is_forced=is_forced)
        with _saving(target), written(target, is_forced=is_forced) as file:
            file.write(content)
        return target

    def check(self, path: str, sources: Iterable[str], *, is_forced: bool = False) -> str:
        from tui.export.drafts import check, is_straight

        target = os.path.expanduser(path)  # noqa: PTH111 - Path.expanduser raises RuntimeError for ~nobody
        if is_straight(target):  # the terminal that is drawn on, or a pipe that nobody reads, which would be waited for
            raise UsageError(Reason("cannot_save", {"why": Reason("special_file")}), target)
        with _saving(target):
            check([target], (*sources, *self._targets, *files(state_path())), is_forced=is_forced)
        return target

    def keep(self, text: str) -> str:
        """The last one is written over."""
        target = state_path().with_name(COPIED_NAME)
        try:
            private_folder(target.parent)
            with private_file(target, "wb") as file:
                file.write(text.encode("utf-8", "replace"))
        except OSError as error:
            raise SourceError(Reason("cannot_keep_copy", {"why": system_reason(error)}), str(target)) from error
        return str(target)

    def run(self, command: str, text: str) -> int:
        """The command has the terminal, and Ctrl-C is for it alone."""
        before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
        try:
            # The command is the user's own words, as in a shell; of the page nothing but its text gets there.
            with subprocess.Popen(command, shell=True, stdin=subprocess.PIPE) as process:  # noqa: S602
                process.communicate(text.encode("utf-8", "replace"))
            status = process.returncode
            sys.stdout.write(f"\n{tr('copydesk: exit status {status}; ENTER goes back', status=status)} ")
            sys.stdout.flush()
            while os.read(0, 1) not in (b"\n", b"\r", b""):
                pass
        finally:
            signal.signal(signal.SIGINT, before)
        return status


@contextmanager
def _saving(path: str) -> Iterator[None]:
    """Have what the system refuses name the file and say what to do."""
    try:
        yield
    except OSError as error:
        raise UsageError(Reason("cannot_save", {"why": system_reason(error)}), path) from error


NOT_WHOLE = frozenset({"clipped", "clipped_record"})
"""Codes of problems of a record of which there is more."""


class _Known:
    """Those of some pages that lie somewhere, as often as they are asked for and without keeping them."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items

    def __iter__(self) -> Iterator[Ref]:
        return (item for item in self._items if isinstance(item, Ref))


ALL = Choice()
"""All pages, read as usual."""


class PageCollection:
    """As `Collection` says. One iterator runs at a time."""

    def __init__(
        self,
        client: Asker,
        catalogue: Catalogue,
        targets: Sequence[str],
        choice: Choice = ALL,
        crowd: Crowd | None = None,
    ) -> None:
        """`choice`: of the pages at the targets. `crowd` is asked where the `client` takes long, and given up by it."""
        self._client, self._catalogue, self._targets, self._choice = client, catalogue, targets, choice
        self._crowd = crowd

    def judge(self, refs: Sequence[Item], expression: str, options: Options) -> Iterator[bool]:
        from tui.choosing.expression import parse

        where = parse(expression, "&")
        self._catalogue.check(where.fields, self._targets)
        for pages, answer in self._selection(options).answers(refs, where):
            kept = frozenset(answer.kept)
            yield from (at in kept for at in range(len(pages)))

    def values(self, refs: Sequence[Item], field: str, options: Options) -> Iterator[FieldValue]:
        from tui.choosing.fields import is_kept

        self._catalogue.check([field], self._targets)
        if not (is_kept(field) and self._catalogue.is_made_with(options) and self._catalogue.knows_any):
            yield from self._read(refs, field, options)
            return
        # An index is asked here: half the time for a million pages.
        for ref in refs:
            known = self._catalogue.known(ref, lambda kept: (kept(field),))
            yield from self._read([ref], field, options) if known is None else known

    def _read(self, refs: Sequence[Item], field: str, options: Options) -> Iterator[FieldValue]:
        for pages, answer in self._selection(options).answers(refs, None, field):
            values = dict(zip(answer.kept, answer.values, strict=True))
            yield from map(values.get, range(len(pages)))

    def search(self, refs: Sequence[Item], query: str, options: Options) -> Iterator[Searched]:
        from tui.lookup.hunt import hunt

        may_hold = self._catalogue.holding(query, options)
        if may_hold is None:
            yield from hunt(self._client, refs, query, options, crowd=self._crowd)
            return
        looked = 0
        for answer in hunt(self._client, (ref for ref in refs if may_hold(ref)), query, options, is_thorough=True):
            looked += answer.pages
            yield answer
        yield Searched(len(refs) - looked)  # what the index rules out was looked at, too

    def known(self, refs: Sequence[Item], options: Options) -> "Iterator[Known | None]":
        """Pages are read, but not parsed."""
        from tui.notebook.store import known_by

        for ref in refs:
            original = None if isinstance(ref, Trouble) else self._client.ask(Source(ref, options))
            if original is None or is_unread(original.problems):
                yield None
            else:
                (peek,) = self._client.ask(Peek([ref], options))
                yield known_by(ref, original.raw, peek.title, peek.url)

    def write(
        self, refs: Sequence[Item], path: str, form: PagesForm, options: Options, *, is_forced: bool
    ) -> Iterator[bool]:
        if form == "records":
            yield from self._write_records(refs, path, options, is_forced)
            return
        from tui.export.tables import pages_file

        with _saving(path), pages_file(path, form, is_forced=is_forced) as put:
            for ref in refs:
                unread = Document.unread(ref, ref.problem) if isinstance(ref, Trouble) else None
                document = unread or self._client.ask(Open(ref, options))
                put(document)
                yield not is_unread(document.problems)

    def _write_records(self, refs: Sequence[Item], path: str, options: Options, is_forced: bool) -> Iterator[bool]:
        """Records that can't be read whole are left out."""
        from tui.export.records import RecordFiles

        def source_of(ref: Ref) -> Original:
            return self._client.ask(Source(ref, options))

        path = os.path.expanduser(path)  # noqa: PTH111 - as in `check`
        sources, known = (*self._targets, *files(state_path())), _Known(refs)
        read = lambda ref: source_of(ref).record  # noqa: E731
        with _saving(path), RecordFiles(path, known, sources, read, is_forced=is_forced) as out:
            for ref in refs:
                is_whole = False
                if isinstance(ref, Ref):
                    source = source_of(ref)
                    is_read = is_binary(source.problems) or not is_unread(source.problems)
                    is_whole = is_read and NOT_WHOLE.isdisjoint(problem.code for problem in source.problems)
                    if is_whole:
                        out.write(ref, source.record)
                yield is_whole

    def command(
        self, options: Options, refs: Sequence[Item], expression: str, sample: tuple[int, int] | None, *, is_told: bool
    ) -> str:
        from tui.choosing.calling import command

        if "-" in self._targets:
            raise UsageError(tr("standard input can't be read again; save it to a file and open that"))
        selection = self._choice.selection
        # Commands hold an expression against pages before they draw some of them, or stop.
        is_first = (not expression and sample is None) or (selection.sample is None and selection.limit is None)
        if is_told and is_first:
            return command(self._targets, self._choice, options, expression, sample)
        if len(self._targets) > 1:  # ordinals count within each
            raise UsageError(tr("no command gives these pages; W writes them to a file"))
        return command(self._targets, self._choice, options, ordinals={ref.ordinal for ref in refs})

    def _selection(self, options: Options) -> "Selector":
        from tui.choosing.selection import Selector

        # An index counts pages alone, so that its ordinals are others where all records have one.
        return Selector(
            self._client, options, () if self._choice.all_records else tuple(self._targets), crowd=self._crowd
        )

    def cancel(self) -> None:
        self._client.cancel()


T = TypeVar("T")


class _CatalogueClient:
    """An `Asker` that knows what indexes know, and hands questions on."""

    def __init__(self, client: PageClient, catalogue: Catalogue) -> None:
        self._client, self._catalogue = client, catalogue

    def ask(self, question: Question[T]) -> T:
        return self._client.ask(question)

    def progress(self) -> Progress:
        return self._client.progress()

    def cancel(self) -> None:
        self._client.cancel()


class TitleClient(_CatalogueClient):
    """Its peeks read no page that an index knows."""

    def ask(self, question: Question[T]) -> T:
        """Titles are kept as they are written: in another script, pages are looked at."""
        if isinstance(question, Peek) and self._suits(question.options):
            return cast(T, self._peeks(question))
        return super().ask(question)

    def _suits(self, options: Options) -> bool:
        return options.script == "keep" and self._catalogue.is_made_with(options)

    def _peeks(self, question: Peek) -> tuple[Preview, ...]:
        known = [self._catalogue.known(ref, partial(self._preview, ref)) for ref in question.refs]
        unknown = [ref for ref, peek in zip(question.refs, known, strict=True) if peek is None]
        read = through(self._client, question.of(unknown)) if unknown else iter(())
        return tuple(next(read) if peek is None else peek for peek in known)

    def _preview(self, ref: Item, kept: "KeptValue") -> Preview | None:
        if self._client.changed(ref):
            return None
        if any(KINDS[code].gravity == "unread" for code in _names(kept("problem"))):
            return None
        title, date, url, fetched = (_text(kept(name)) for name in ("title", "date", "url", "fetched"))
        twins = kept("twins")
        return Preview(ref, title or "", date, url=url, fetched=fetched, twins=twins if isinstance(twins, int) else 0)


MOST_COPIES = 200
"""Copies of a page that are listed: as many as anybody looks through to compare it with one."""


class TwinClient(_CatalogueClient):
    """Its pages know of their twins, and it lists their copies."""

    def ask(self, question: Question[T]) -> T:
        if isinstance(question, Copies):
            twins = self._catalogue.twins(question.ref, MOST_COPIES)
            return cast(T, twins.copies if twins else ())
        answer = super().ask(question)
        # A page with a single copy is compared with that at once; more are listed when somebody asks for them.
        if isinstance(answer, Document) and (twins := self._catalogue.twins(answer.ref, 1)):
            return cast(T, replace(answer, twins=twins))
        return answer


def _text(value: FieldValue) -> str | None:
    return value if isinstance(value, str) else None


def _names(value: FieldValue) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()
