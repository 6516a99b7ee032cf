"""The commands: sources and options in, pages on standard output, one line on standard error for each thing lost."""

import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from tui import __version__
from tui.choosing.choices import Choice, chosen
from tui.commands.calls import Status, Wanted, choosing, common, fetching, following, say, scan, worker
from tui.commands.completion import completion
from tui.commands.configuring import config
from tui.commands.deciding import labels
from tui.commands.finding import find
from tui.commands.indexing import index
from tui.core.errors import SourceError, UsageError
from tui.core.model import Document, Item, Options, Preview, Problem, Ref, Trouble
from tui.core.questions import Open, Peek, Readings, Source

if TYPE_CHECKING:
    from tui.processes.pages import PageClient
    from tui.processes.process import Bounds


@click.command(name="open")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--demo", is_flag=True, help="Open the sample pages.")
@click.option("--mouse", is_flag=True, help="Listen to the mouse.")
@click.option("--resume", is_flag=True, help="Go back to where you left: the last SOURCE, or those that are named.")
@click.option("--label", metavar="[KEY=]NAME,...", help="Label pages: the key of a label gives it and goes on.")
@click.option("--no-lean", is_flag=True, help="Draw as Textual does, for terminals that show nonsense otherwise.")
@choosing
@fetching
@following
@common
def _open(sources: tuple[str, ...], demo: bool, mouse: bool, no_lean: bool, **given: Any) -> int:
    """Open the browser (the command when none is named)."""
    from tui.app.browse import browse, demo_folder

    targets = (*sources, demo_folder()) if demo else sources
    choice = chosen(given)
    found = choice.config
    wished = replace(found, mouse=mouse or found.mouse, lean=found.lean and not no_lean)
    return browse(targets, replace(choice, config=wished), click.get_current_context().obj)


@click.command(name="show")
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--json", "form", flag_value="json", help="One JSON object a page, a line each.")
@click.option("--text", "form", flag_value="text", help="The whole repaired text (the default).")
@click.option("--markdown", "form", flag_value="markdown", help="The article, and the lists of headlines.")
@click.option("--source", "form", flag_value="source", help="The decoded source, unrepaired, as UTF-8.")
@click.option("--raw", "form", flag_value="raw", help="The original bytes of the page.")
@click.option("--record", "form", flag_value="record", help="The stored record as it lies there.")
@click.option(
    "--charsets", "form", flag_value="charsets", help="Every charset it could be in: score, by, a line in it."
)
@click.option("--schema", is_flag=True, help="Print the JSON Schema of --json.")
@click.option("--force", is_flag=True, help="Let --source, --raw and --record write to a terminal.")
@choosing
@fetching
@following
@common
def _show(sources: tuple[str, ...], form: str | None, schema: bool, force: bool, **given: Any) -> int:
    """Print pages without a screen."""
    if schema:
        import pkgutil

        sys.stdout.buffer.write(pkgutil.get_data("tui", "page.schema.json") or b"")
        return 0
    if not sources:
        raise UsageError("show: no SOURCE; name a file, a folder, a pattern or - for standard input")
    if form in _ORIGINALS and sys.stdout.isatty() and not force:
        raise UsageError(
            f"--{form}: a page's own bytes may act on a terminal; write to a file or a pipe, or add --force"
        )
    choice = chosen(given)
    status = Status()
    with worker(choice) as client:
        if form == "charsets":
            _show_charsets(client, scan(sources, choice, client, status), choice, status)
        elif form in _ORIGINALS:
            _show_originals(client, scan(sources, choice, client, status), choice, form, status)
        else:
            pages = scan(sources, choice, client, status, reads_first=True)
            _show_documents(client, pages, choice, form or "text", status)
    return status.code


_ORIGINALS = ("source", "raw", "record")


def _show_originals(client: "PageClient", pages: Iterable[Wanted], choice: Choice, form: str, status: Status) -> None:
    is_joined = False
    for ref, _ in pages:
        if isinstance(ref, Trouble):
            status.note(ref.source, [ref.problem])
            continue
        if is_joined:
            sys.stdout.buffer.write(b"\n")
        found = client.ask(Source(ref, choice.options))
        content = {"raw": found.raw, "record": found.record}.get(form)
        if content is None:
            content = found.text.encode("utf-8", "replace")
        sys.stdout.buffer.write(content)
        # Records and sources of several pages would run into each other; raw bytes are nobody's to add to.
        is_joined = form != "raw" and not content.endswith(b"\n")
        sys.stdout.buffer.flush()
        status.note(ref.source, found.problems)


def _show_charsets(client: "PageClient", pages: Iterable[Wanted], choice: Choice, status: Status) -> None:
    from tui.export import documents

    for number, ((ref, _), is_last) in enumerate(_with_last(pages, choice.is_following)):
        if isinstance(ref, Trouble):
            status.note(ref.source, [ref.problem])
            continue
        found = client.ask(Readings(ref, choice.options))
        status.note(ref.source, found.problems)
        if number or not is_last:
            sys.stdout.buffer.write(_line(f"==> {_place(ref)} <=="))
        sys.stdout.buffer.write("".join(map(documents.candidate, found.candidates)).encode("utf-8", "replace"))
        sys.stdout.buffer.flush()


def _show_documents(client: "PageClient", pages: Iterable[Wanted], choice: Choice, form: str, status: Status) -> None:
    from tui.export import documents

    write = sys.stdout.buffer
    for number, (page, is_last) in enumerate(_with_last(pages, choice.is_following or form == "json")):
        ref, found = page.ref, _opened(client, page, choice.options)
        status.note(ref.source, found.problems)
        if form == "json":
            write.write(_line(documents.to_json(documents.page(found))))
        elif isinstance(ref, Ref):
            if number or not is_last:
                write.write(_line(f"==> {_place(ref)} <=="))
            write.write(_line(documents.text(found) if form == "text" else documents.markdown(found)))
        write.flush()


def _with_last(pages: Iterable[Wanted], is_hasty: bool) -> Iterator[tuple[Wanted, bool]]:
    """Each page, and whether it is the last; in haste that is not waited for, and none is."""
    if is_hasty:
        yield from ((page, False) for page in pages)
        return
    ahead = None
    for page in pages:
        if ahead is not None:
            yield ahead, False
        ahead = page
    if ahead is not None:
        yield ahead, True


def _opened(client: "PageClient", page: Wanted, options: Options) -> Document:
    if isinstance(page.ref, Trouble):
        return Document.unread(page.ref, page.ref.problem)
    return page.document or client.ask(Open(page.ref, options))


def _line(text: str) -> bytes:
    return text.encode("utf-8", "replace") + (b"" if text.endswith("\n") else b"\n")


def _place(ref: Item) -> str:
    from tui.text.words.cells import visible

    return f"{visible(ref.source)} #{ref.ordinal}"


@click.command(name="list")
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a page, a line each.")
@click.option("--full", is_flag=True, help="Read the pages wholly; adds repairs and signals.")
@choosing
@fetching
@following
@common
def _list(sources: tuple[str, ...], as_json: bool, full: bool, **given: Any) -> int:
    """Print one line a page: ordinal, date, headline, source."""
    if not sources:
        raise UsageError("list: no SOURCE; name a file, a folder, a pattern or - for standard input")
    choice = chosen(given)
    status = Status()
    from tui.export import documents

    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    with worker(choice) as client:
        for page in scan(sources, choice, client, status, reads_first=full):
            entry, problems = _entry(client, page, choice.options, full)
            status.note(page.ref.source, problems)
            sys.stdout.buffer.write(_line(documents.to_json(entry) if as_json else documents.row(entry, columns)))
            sys.stdout.buffer.flush()
    return status.code


def _entry(
    client: "PageClient", page: Wanted, options: Options, full: bool
) -> tuple[dict[str, Any], Sequence[Problem]]:
    from tui.export import documents

    if full:
        document = _opened(client, page, options)
        return documents.summary(document), document.problems
    ref = page.ref
    if isinstance(ref, Trouble):
        found = Preview(ref, "", trouble=ref.problem)
    else:
        (found,) = client.ask(Peek([ref], options))
    entry = documents.peek(found)
    return entry, [found.trouble] if found.trouble else []


@click.command(name="repair")
@click.argument("file", default="-")
@click.option("--explain", is_flag=True, help="List each change on stderr.")
@click.option(
    "--jsonl", "field", metavar="FIELD", help="JSON lines in and out: repair this field (dots lead into objects)."
)
@common
def _repair(file: str, explain: bool, field: str | None, **given: Any) -> int:
    """Repair text: bytes in, repaired UTF-8 out. With --jsonl, each line is a page for --at and --limit."""
    from tui.processes.process import Bounds

    choice = chosen(given)
    bounds = Bounds(choice.limits)
    try:
        with _input(file) as stream:
            if field is None:
                return _repair_text(stream.read(), file, choice, explain, bounds)
            return _repair_lines(stream, file, field, choice, explain, bounds)
    except MemoryError as error:
        raise bounds.outgrown() from error


def _input(file: str) -> BinaryIO:
    from pathlib import Path

    if file == "-" and sys.stdin is None:
        raise SourceError("-: standard input is closed; name a file")
    if file == "-":
        return sys.stdin.buffer
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise SourceError(f"{file}: {error.strerror}; check the name") from error


def _repair_text(payload: bytes, file: str, choice: Choice, explain: bool, bounds: "Bounds") -> int:
    from tui.commands import filters

    bounds.begin(file, len(payload))
    status = Status()
    for page in choice.wanted([(0, payload)]):
        whole, problems, told = filters.text(page, choice.options, file)
        sys.stdout.buffer.write(filters.harmless(whole) if sys.stdout.isatty() else whole)
        status.note(file, problems)
        for said in told if explain else ():
            say(said)
    return int(status.lost > 0)


def _repair_lines(stream: BinaryIO, file: str, field: str, choice: Choice, explain: bool, bounds: "Bounds") -> int:
    from tui.commands import filters

    if choice.options.charset:
        raise UsageError("--charset: JSON lines are UTF-8; leave it out, or convert the file first")
    status = Status()
    is_lossy = False
    for number, stored in choice.wanted((number, (number, line)) for number, line in enumerate(stream)):
        place = f"{file}:{number + 1}"
        bounds.begin(place, len(stored))
        try:
            made, problems, told = filters.line(stored, field, choice.options, place)
        except ValueError as error:
            made, problems, told, is_lossy = stored, [], [], True
            say(f"{place}: {error}; the line passes unchanged")
        sys.stdout.buffer.write(filters.harmless(made) if sys.stdout.isatty() else made)
        status.note(place, problems)
        for said in told if explain else ():
            say(said)
    return int(is_lossy or status.lost > 0)


@click.command(name="damage")
@click.argument("kind", metavar="CLASS")
@click.argument("file", default="-")
@click.option("--seed", type=int, default=0, help="Where chance plays a part, the same seed gives the same damage.")
def _damage(kind: str, file: str, seed: int) -> int:
    """Damage UTF-8 text the way pages are, to make pairs to train and to test with; CLASS `list` names the classes."""
    import random

    from tui.text.mending.damage import CLASSES

    if kind == "list":
        sys.stdout.buffer.write("".join(f"{name}\t{about}\n" for name, (about, _) in CLASSES.items()).encode())
        return 0
    if kind not in CLASSES:
        raise UsageError(f"{kind}: no such class of damage; `copydesk damage list` names them")
    with _input(file) as stream:
        payload = stream.read()
    try:
        text = payload.decode()
    except UnicodeDecodeError as error:
        said = f"{file}: byte {error.start:,}: not UTF-8; make it so first, as `copydesk repair` does"
        raise SourceError(said) from error
    damaged = CLASSES[kind][1](text, random.Random(seed))  # noqa: S311 - chance that is to be repeated
    sys.stdout.buffer.write(damaged.encode())
    return 0


COMMANDS: dict[str, click.Command] = {
    "open": _open,
    "show": _show,
    "list": _list,
    "repair": _repair,
    "damage": _damage,
    "labels": labels,
    "find": find,
    "index": index,
    "config": config,
    "completion": completion,
}
GROUP = click.version_option(__version__, prog_name="copydesk", message="%(prog)s %(version)s")(
    click.Group(
        "copydesk",
        commands=COMMANDS,
        help="A terminal browser for scraped pages: headlines, article and metadata, with the text repaired.\n\n"
        "copydesk [SOURCE...] opens the browser; a SOURCE is a file, a folder, a pattern, an http(s) address or - for standard input.",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
)
