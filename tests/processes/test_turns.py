"""Files of `zstd --long`, which one process of a program reads at a time, with room for one window beyond its usual memory."""

import json
from pathlib import Path

import pytest
import zstandard

from tui.choosing.choices import Fetching
from tui.core.answers import Ahead, Batch
from tui.core.model import Document, Limits, Options, Ref
from tui.core.questions import Open, Scan
from tui.core.shelf import singly
from tui.processes.child import resident_bytes
from tui.processes.client import ChildClient
from tui.processes.pages import Processes

MB = 1 << 20
WINDOW_MB, MEMORY_MB = 256, 160
RECORDS = 2_600
PADDING = " " * 128 * 1024


@pytest.fixture(scope="module")
def long_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """325 MB of records, most of it blanks, in one frame that looks back 256 MB."""
    path = tmp_path_factory.mktemp("long") / "posts.jsonl.zst"
    long = zstandard.ZstdCompressionParameters.from_level(1, window_log=28, enable_ldm=False)
    writer = zstandard.ZstdCompressor(compression_params=long).compressobj()
    with path.open("wb") as file:
        for number in range(RECORDS):
            record = json.dumps({"title": f"Post {number}", "text": f"It rained {number} times."})
            file.write(writer.compress((record[:-1] + PADDING + "}\n").encode()))
        file.write(writer.flush())
    return path


def pid(client: ChildClient) -> int:
    assert client._child is not None
    return client._child._process.pid


def test_a_page_is_read_beside_the_scan_and_only_one_process_holds_a_window(long_file: Path) -> None:
    """The scan waits for its batch to be taken, which is taken once the page is read: it must lose its turn meanwhile."""
    limits = Limits(memory_bytes=MEMORY_MB * MB)
    pages, held, refs = list[Document](), list[int](), list[Ref]()
    with ChildClient(limits) as scanning, ChildClient(limits) as reading:

        def on_part(part: Batch | Ahead) -> None:
            if isinstance(part, Ahead):
                return
            refs.extend(each for each in singly(part.found) if isinstance(each, Ref))  # type: ignore[arg-type]
            if refs and len(refs) > 100 * (len(pages) + 1) ** 2:
                pages.append(reading.ask(Open(refs[-1], Options())))
            held.append(sum(resident_bytes(pid(each)) for each in (scanning, reading)))

        last = scanning.stream(Scan((str(long_file),), Options()), on_part)
        on_part(last)
        pages.append(reading.ask(Open(refs[0], Options())))
        pages.append(scanning.ask(Open(refs[-1], Options())))
        assert scanning.has_taken_turns
    assert len(refs) == RECORDS
    assert len(pages) > 3
    assert [page.title for page in pages[-2:]] == ["Post 0", f"Post {RECORDS - 1}"]
    assert all(page.title == f"Post {page.ref.ordinal}" for page in pages)
    assert max(held) < (WINDOW_MB + 2 * MEMORY_MB) * MB


def test_one_process_is_asked_about_rows_of_such_a_file_however_many_cores_there_are(long_file: Path) -> None:
    with Processes(Limits(memory_bytes=MEMORY_MB * MB), Fetching()) as processes:
        client = processes.client(patience_s=1.0)
        assert len(client.beside(3)) == 3
        assert len([*singly(client.scan(Scan((str(long_file),), Options())))]) == RECORDS
        assert len(client.beside(3)) == 1
