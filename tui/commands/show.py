"""The command that prints pages: `copydesk show`."""

import sys
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

import click

from tui.choosing.choices import Choice, Pick
from tui.commands.options import choosing, chosen, common, fetching, following, grouped
from tui.commands.output import ExitStatus, put
from tui.commands.pages import opened, scan, worker
from tui.core.answers import JsonPage
from tui.core.errors import UsageError
from tui.core.files import is_address
from tui.core.model import Options, Ref, Trouble
from tui.core.questions import AsJson, Readings, Source, as_columns

if TYPE_CHECKING:
    from tui.processes.pages import PageClient

_ORIGINALS = ("source", "raw", "record")
MOST_PAGES = 64
"""Pages that are asked about at once."""


@grouped(name="show")
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--json", "form", flag_value="json", help="Print JSON, one page per line.")
@click.option("--text", "form", flag_value="text", help="The whole repaired text (the default).")
@click.option("--markdown", "form", flag_value="markdown", help="The article, and the lists of headlines.")
@click.option("--source", "form", flag_value="source", help="The decoded source, unrepaired, as UTF-8.")
@click.option("--raw", "form", flag_value="raw", help="The original bytes of the page.")
@click.option("--record", "form", flag_value="record", help="The record as stored.")
@click.option(
    "--charsets",
    "form",
    flag_value="charsets",
    help="Each charset it could be in, with score, origin and a line decoded.",
)
@click.option("--schema", is_flag=True, help="Print the JSON Schema of --json.")
@click.option("--force", is_flag=True, help="Let --source, --raw and --record write to a terminal.")
@choosing
@fetching
@following
@common
def show(sources: tuple[str, ...], form: str | None, schema: bool, force: bool, **given: Any) -> int:
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
    status = ExitStatus()
    with worker(choice) as client:
        if form == "charsets":
            _show_charsets(client, scan(sources, choice, client, status), choice, status)
        elif form in _ORIGINALS:
            _show_originals(client, scan(sources, choice, client, status), choice, form, status)
        else:
            pages = scan(sources, choice, client, status, ahead="open")
            is_hasty = choice.is_following or "-" in sources or any(map(is_address, sources))
            if form == "json" and choice.selection.is_plain and not is_hasty:
                _show_records(client, pages, choice.options, status)
            else:
                _show_documents(client, pages, choice, form or "text", status)
    return status.code


def _show_originals(client: "PageClient", pages: Iterable[Pick], choice: Choice, form: str, status: ExitStatus) -> None:
    is_joined = False
    for ref in _readable(pages, status):
        if is_joined:
            sys.stdout.buffer.write(b"\n")
        original = client.ask(Source(ref, choice.options))
        content = {"raw": original.raw, "record": original.record}.get(form)
        if content is None:
            content = original.text.encode("utf-8", "replace")
        sys.stdout.buffer.write(content)
        # Records and sources of several pages would run into each other; raw bytes are nobody's to add to.
        is_joined = form != "raw" and not content.endswith(b"\n")
        sys.stdout.buffer.flush()
        # Bytes that are no text are all there.
        is_text_wanted = form == "source"
        status.note(ref.source, [each for each in original.problems if is_text_wanted or each.code != "not_text"], ref)


def _readable(pages: Iterable[Pick], status: ExitStatus) -> Iterator[Ref]:
    for page in pages:
        if isinstance(page.ref, Trouble):
            status.note(page.ref.source, [page.ref.problem])
        else:
            yield page.ref


def _show_charsets(client: "PageClient", pages: Iterable[Pick], choice: Choice, status: ExitStatus) -> None:
    from tui.export import documents

    for number, (page, is_last) in enumerate(_with_last(pages, choice.is_following)):
        for ref in _readable([page], status):
            readings = client.ask(Readings(ref, choice.options))
            status.note(ref.source, readings.problems, ref)
            if number or not is_last:
                put(_heading(ref))
            sys.stdout.buffer.write("".join(map(documents.candidate, readings.candidates)).encode("utf-8", "replace"))
            sys.stdout.buffer.flush()


def _show_documents(client: "PageClient", pages: Iterable[Pick], choice: Choice, form: str, status: ExitStatus) -> None:
    from tui.export import documents

    for number, (page, is_last) in enumerate(_with_last(pages, choice.is_following or form == "json")):
        document = opened(client, page, choice.options)
        status.note(page.ref.source, document.problems, page.ref)
        if form == "json":
            put(documents.to_json(documents.page(document)))
        elif isinstance(page.ref, Ref):
            if number or not is_last:
                put(_heading(page.ref))
            put(documents.text(document) if form == "text" else documents.markdown(document))


def _show_records(client: "PageClient", pages: Iterable[Pick], options: Options, status: ExitStatus) -> None:
    """Print pages as JSON and ask about many of one file at once, about the first of all alone."""
    from tui.export import documents

    most = 1
    for _, some in groupby(pages, key=lambda page: page.ref.source):
        while batch := list(islice(some, most)):
            most = min(MOST_PAGES, 2 * most)
            while batch:
                refs = as_columns([page.ref for page in batch])
                printed = client.ask(AsJson(refs, options)) if len(refs) > 1 else [JsonPage(b"")]
                for page, (line, problems) in zip(batch, printed, strict=False):
                    if not line:
                        document = opened(client, page, options)
                        problems = document.problems
                        line = documents.to_json(documents.page(document)).encode("utf-8", "replace")
                    status.note(page.ref.source, problems, page.ref)
                    sys.stdout.buffer.write(line + b"\n")
                sys.stdout.buffer.flush()
                del batch[: len(printed)]


def _with_last(pages: Iterable[Pick], is_hasty: bool) -> Iterator[tuple[Pick, bool]]:
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


def _heading(ref: Ref) -> str:
    from tui.text.words.cells import visible

    return f"==> {visible(ref.source)} #{ref.ordinal} <=="
