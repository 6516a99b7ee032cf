"""Shards handed to Daft, which runs them where it is told to: on this machine, or on those of a Ray cluster.

Each is done by the code that does it without Daft, in children of ours: no page can take a process of Daft's with it.
"""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Lock

from tui.batch import plan
from tui.batch.folder import BatchFolder, Marker
from tui.batch.run import Pace, Running, cores
from tui.core.errors import CopydeskError, UsageError

_INTERRUPTED = 130
"""Exit status, as of everything that Ctrl-C ends."""
_TURN = Lock()
"""Daft asks from many threads at once; all workers of a machine are at one shard."""


def check_engine() -> None:
    """Raise UsageError if Daft isn't there."""
    # Before it is imported: it would say on the network that it runs, and draw over our own line.
    os.environ.update(DAFT_ANALYTICS_ENABLED="0", DAFT_PROGRESS_BAR="0")
    try:
        import daft  # noqa: F401 - asked before anything is read
    except ImportError as error:
        raise UsageError("--engine daft: needs daft; install it with pip install 'copydesk[daft]'") from error


def done(
    out: str,
    numbers: Sequence[int],
    workers: int | None,
    *,
    on_look: Callable[[Pace], object],
    on_lost: Callable[[str], object],
) -> Iterator[Marker | CopydeskError]:
    """Have shards done, as `Running.done` does them, in whatever order they end.

    `workers` are those of each machine; None: as many as it has cores. Raises CopydeskError if Daft itself fails.
    """
    import daft  # an extra

    shards = daft.from_pydict({"shard": list(numbers)})
    is_ray = daft.get_or_infer_runner_type() == "ray"
    shards = shards.into_partitions(len(numbers)) if is_ray else shards.into_batches(1)
    do = daft.func(_shard_done, return_dtype=daft.DataType.string(), use_process=False)
    told_of = do(daft.col("shard"), out, str(Path.cwd()), workers)
    pace = Pace(0, 0)
    try:
        for row in shards.select(told_of.alias("told")).iter_rows():
            told = json.loads(row["told"])
            for line in told["lost"]:
                on_lost(line)
            if "error" in told:
                yield CopydeskError(told["error"])
                continue
            marker = Marker(**told["marker"])
            pace = Pace(pace.pages + marker.pages, pace.failures + marker.gravities.get("unread", 0))
            on_look(pace)
            yield marker
    except KeyboardInterrupt:
        os._exit(_INTERRUPTED)  # Daft 0.7.26's threads are in Python still, which aborts if it ends under them
    except (RuntimeError, ImportError, daft.exceptions.DaftCoreException, daft.errors.UDFException) as error:
        raise CopydeskError(f"daft: {str(error).strip().splitlines()[-1]}; run it again, it goes on") from error


def _shard_done(number: int, out: str, cwd: str, workers: int | None) -> str:
    """Do a shard where Daft wants it; return as JSON its marker, or why it could not be done, and what is to be said of pages."""
    lost: list[str] = []
    os.chdir(cwd)  # sources may be relative to where the command was called
    folder = BatchFolder(out)
    with (
        _TURN,
        Running(
            folder,
            plan.read(folder.hidden),
            workers or cores(),
            on_look=lambda _pace: None,
            on_lost=lost.append,
        ) as running,
    ):
        try:
            (outcome,) = running.done([number])
        except OSError as error:
            outcome = CopydeskError(f"{error.filename or 'batch'}: {error.strerror}; mend that and run it again")
    told = {"marker": outcome.told()} if isinstance(outcome, Marker) else {"error": str(outcome)}
    return json.dumps({"lost": lost, **told})
