"""The command that gives the pages of the screen again, for a shell."""

import os
import shlex
from collections.abc import Iterable, Iterator, Sequence

from tui.choosing.choices import Choice
from tui.choosing.expression import both
from tui.config import Config, default_path
from tui.core.model import Options


def command(
    targets: Sequence[str],
    choice: Choice,
    options: Options,
    expression: str = "",
    sample: tuple[int, int] | None = None,
    ordinals: Iterable[int] | None = None,
) -> str:
    """Return what lists the pages that `choice` found at the targets, as far as the screen has not changed that.

    `options` are how pages are read by now, `expression` is what was asked of them since, and `sample` how many of those
    were drawn, with which seed. `ordinals` stand for all that chooses among pages.

    >>> command(["a b.jsonl"], Choice(), Options(certain=True), "lang:zh | 台湾", (20, 7))
    "copydesk list --certain --where 'lang:zh | 台湾' --sample 20 --seed 7 'a b.jsonl'"
    >>> command(["-x.html"], Choice(), Options(), ordinals=[9, 3, 4, 5])
    'copydesk list --at 3-5,9 -- -x.html'
    """
    words = ["copydesk", "list"]
    words += ["--recipe", choice.recipe] if choice.recipe else []
    words += _reading(choice.start.config, options)
    words += [word for role, name in options.fields for word in ("--field", f"{role}={name}")]
    words += ["--all-records"] * choice.all_records
    words += ["--depth", str(choice.fetching.depth)] if choice.fetching.depth else []
    words += ["--offline"] * choice.fetching.is_offline
    words += _choosing(choice, expression, sample) if ordinals is None else ["--at", _ranges(sorted(ordinals))]
    words += ["--"] * any(target.startswith("-") and target != "-" for target in targets)
    return " ".join(map(_quoted, [*words, *targets]))


def _reading(config: Config, options: Options) -> Iterator[str]:
    """Options that say how pages are read, where the configuration doesn't; where none can say it, without a configuration."""
    more = (config.without, options.without), (config.also, options.also)
    is_unsaid = (config.charset and not options.charset) or (config.certain and not options.certain)
    if is_unsaid or any(there and not wanted for there, wanted in more):
        config = Config(path=os.devnull)
    if config.path and config.path != os.fspath(default_path()):
        yield from ("--config", config.path)
    if options.charset and options.charset != config.charset:
        yield from ("--charset", options.charset)
    if options.script != config.script:
        yield from ("--script", options.script)
    if options.certain and not config.certain:
        yield "--certain"
    for name, there, wanted in (("--also", config.also, options.also), ("--without", config.without, options.without)):
        for repair in sorted(wanted) if wanted != frozenset(there) else ():
            yield from (name, repair)


def _choosing(choice: Choice, expression: str, sample: tuple[int, int] | None) -> Iterator[str]:
    selection = choice.selection
    if selection.at:
        yield from ("--at", ",".join(_range(part.start, part.stop - 1) for part in selection.at))
    if where := both(selection.where.text if selection.where else "", expression):
        yield from ("--where", where)
    drawn = sample or ((selection.sample, selection.seed) if selection.sample is not None else None)
    if drawn is not None:
        yield from ("--sample", str(drawn[0]), "--seed", str(drawn[1]))
    if selection.by:
        yield from ("--by", selection.by)
    if selection.limit is not None:
        yield from ("--limit", str(selection.limit))


def _ranges(ordinals: Sequence[int]) -> str:
    parts: list[list[int]] = []
    for ordinal in ordinals:
        if parts and ordinal == parts[-1][1] + 1:
            parts[-1][1] = ordinal
        else:
            parts.append([ordinal, ordinal])
    return ",".join(_range(first, last) for first, last in parts)


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def _quoted(word: str) -> str:
    """Bytes that are no UTF-8 are written as bash, zsh and ksh read them."""
    try:
        word.encode()
    except UnicodeEncodeError:
        return "$'" + "".join(f"\\x{byte:02x}" for byte in os.fsencode(word)) + "'"
    return shlex.quote(word)
