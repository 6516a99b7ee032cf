"""Tries inputs in a child process that may hang, crash or be killed, and says what became of each."""

import faulthandler
import gc
import json
import os
import random
import resource
import select
import shutil
import signal
import sys
import tempfile
import traceback
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO, NoReturn

import tui
from fuzz import check, seeds
from fuzz.always import Broken
from fuzz.mutate import mutated
from tui.processes import process
from tui.processes.wire import MEMORY_STATUS
from tui.sources import report_steps

CASE_S = 30
"""Seconds of the processor for one input with all that is asked about it."""
BACKSTOP_S = 900.0
"""Seconds by the clock after which a child stands still."""
CLOSED_SHARE = 0.3
"""How often the damage is done to the packed file, not to what is packed."""
_ROOT = str(Path(tui.__file__).parent.parent)


@dataclass(frozen=True)
class Case:
    """An input, and which of all questions are asked about it."""

    kind: str
    name: str
    """Of the file."""
    content: bytes
    choice: int
    """Seed of what the check leaves to chance."""


@dataclass(frozen=True)
class Finding:
    """What is wrong."""

    what: str
    """raised, broken, hangs, outgrew, crashed or stands still."""
    where: str
    """The innermost function of the program, as far as is known: what is found there again is the same."""
    said: str
    """For people, on one line."""

    @property
    def key(self) -> tuple[str, str, str]:
        """Findings with the same one have the same cause."""
        said = self.said.partition(":")[0] if self.what in ("raised", "broken") else ""
        return self.what, self.where, said


def made(kind: str, seed: int, number: int) -> Case:
    """Make the input with a number; always the same one."""
    chance = random.Random(f"{seed} {kind} {number}")
    every = seeds.of(kind)
    chosen = chance.choice(every)
    words = seeds.words(kind)
    if chosen.pack is None or chance.random() < CLOSED_SHARE:
        others = [other.file for other in every]
        content = mutated(chosen.file, others, words, chance)
    else:
        others = [other.content for other in every if other.pack]
        content = chosen.pack(mutated(chosen.content, others, words, chance))
    return Case(kind, chosen.name, content, chance.randrange(2**32))


@cache
def warm() -> None:
    """Read every valid input once, so that children find what is imported and loaded when it is first needed."""
    with tempfile.TemporaryDirectory() as folder:
        for kind, checked in check.CHECKS.items():
            for number, seed in enumerate(seeds.of(kind)):
                if kind not in ("parquet", "arrow", "command") and (number % 8 == 0 or kind not in ("html", "repair")):
                    place = Path(folder) / f"{kind}-{number}"
                    place.mkdir()
                    checked(place, seed.name, seed.file, random.Random(0))
    report_steps(lambda: None)  # else whatever this process reads later sets the timer that ends it
    signal.setitimer(signal.ITIMER_PROF, 0)


def attempt(case: Case) -> Finding | None:
    """Try one input."""
    return next((found for _, found in list(run([case]))), None)


def run(cases: Sequence[Case]) -> Iterator[tuple[int, Finding]]:
    """Try inputs one after the other; yield the place of each with which something is wrong, and what."""
    warm()
    at = 0
    while at < len(cases):
        reader, writer = os.pipe()
        folder = tempfile.mkdtemp(prefix="fuzz-")
        with tempfile.TemporaryFile() as notes:
            gc.freeze()
            child = os.fork()
            if not child:
                os.close(reader)
                _work(cases, at, writer, folder, notes)
            os.close(writer)
            last, is_over = at, False
            with os.fdopen(reader, "rb") as answers:
                for place, found in _told(answers, child):
                    last, is_over = place, place >= len(cases)
                    if found is not None:
                        yield place, found
            _, status = os.waitpid(child, 0)
            shutil.rmtree(folder, ignore_errors=True)
            if is_over:
                return
            notes.seek(0)
            yield last, _death(os.waitstatus_to_exitcode(status), notes.read().decode("utf-8", "replace"))
            at = last + 1


def _told(answers: BinaryIO, child: int) -> Iterator[tuple[int, Finding | None]]:
    """Yield what a child says, until it ends."""
    waiting = b""
    while True:
        if not select.select([answers], [], [], BACKSTOP_S)[0]:
            os.kill(child, signal.SIGKILL)
        part = os.read(answers.fileno(), 65536)
        if not part:
            return
        *lines, waiting = (waiting + part).split(b"\n")
        for place, found in map(json.loads, lines):
            yield place, Finding(**found) if found else None


def _death(status: int, notes: str) -> Finding:
    where = _innermost(notes)
    if status in (-signal.SIGPROF, -signal.SIGXCPU):
        seconds = check.LIMITS.page_s if status == -signal.SIGPROF else CASE_S
        return Finding("hangs", where, f"more than {seconds:g} s of the processor")
    if status == MEMORY_STATUS:
        return Finding("outgrew", where, f"more than {check.LIMITS.memory_bytes >> 20} MB")
    if status == -signal.SIGKILL:
        return Finding("stands still", where, f"no answer in {BACKSTOP_S:g} s, or killed")
    said = signal.Signals(-status).name if status < 0 else f"status {status}"
    return Finding("crashed", where, said)


def _innermost(notes: str) -> str:
    """The innermost function of the program in what `faulthandler` wrote: module and name."""
    for line in notes.splitlines():
        path, _, name = line.strip().removeprefix("File ").partition(" in ")
        path = path.split('"')[1] if path.count('"') == 2 else path
        if path.startswith(f"{_ROOT}/tui/"):
            return f"{path.removeprefix(_ROOT + '/')} {name}"
    return ""


def _work(cases: Sequence[Case], start: int, writer: int, folder: str, notes: BinaryIO) -> NoReturn:
    """Try inputs in this process, which ends with it."""
    status = 1
    try:
        _prepare(folder, notes)
        for at in range(start, len(cases)):
            _tell(writer, at, None)
            used = resource.getrusage(resource.RUSAGE_SELF)
            most = int(used.ru_utime + used.ru_stime) + CASE_S
            resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))
            if (found := _tried(cases[at], Path(folder) / str(at), notes)) is not None:
                _tell(writer, at, found)
        _tell(writer, len(cases), None)
        status = 0
    except MemoryError:
        status = MEMORY_STATUS
    except BrokenPipeError:
        pass  # whoever waited was interrupted
    except BaseException:  # noqa: BLE001 - a fault of the fuzzer's own; the parent says that the child ended
        traceback.print_exc()
    finally:
        os._exit(status)


def _prepare(folder: str, notes: BinaryIO) -> None:
    """Keep within bounds, and out of the user's folders."""
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = f"{folder}/home"
    tempfile.tempdir = folder
    warnings.simplefilter("ignore")
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    process.bound_memory(check.LIMITS.memory_bytes + _held_bytes())
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    faulthandler.enable(notes, all_threads=False)
    for number in (signal.SIGPROF, signal.SIGXCPU):  # says where, and then does what the system does
        signal.signal(number, signal.SIG_DFL)
        faulthandler.register(number, notes, all_threads=False, chain=True)


def _held_bytes() -> int:
    """Bytes of heap that were there before: a test runner that has run for a while hands on a large one."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    return next(int(line.split()[1]) for line in status.read_text("utf-8").splitlines() if line[:7] == "VmData:") * 1024


def _tell(writer: int, at: int, found: Finding | None) -> None:
    os.write(writer, json.dumps([at, asdict(found) if found else None]).encode() + b"\n")


def _tried(case: Case, folder: Path, notes: BinaryIO) -> Finding | None:
    folder.mkdir()
    try:
        check.CHECKS[case.kind](folder, case.name, case.content, random.Random(case.choice))
    except MemoryError as error:
        notes.write(_frames(error).encode())
        notes.flush()
        raise
    except Broken as broken:
        return Finding("broken", "", str(broken)[:400])
    except Exception as error:  # noqa: BLE001 - whatever comes is a finding
        return Finding("raised", _innermost(_frames(error)), f"{type(error).__name__}: {error}"[:400])
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        shutil.rmtree(folder, ignore_errors=True)
    return None


def _frames(error: BaseException) -> str:
    """As `faulthandler` writes them, innermost first."""
    frames = traceback.extract_tb(error.__traceback__)
    return "".join(f'  File "{frame.filename}", line {frame.lineno} in {frame.name}\n' for frame in reversed(frames))


def resident_bytes() -> int:
    """The most memory that a child of this process has held."""
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
