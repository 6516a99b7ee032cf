"""Charset detection on the labelled cases of the shared bench, where they lie beside the checkout.

    python benchmarks/decode.py [CASES.jsonl]

Prints the share of pages decoded right by condition and by charset, and megabytes a second of processor time by kind of
charset, beside chardet's in turn where it is installed (`pip install chardet`).
"""

import base64
import collections
import importlib
import json
import re
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from tui.text.charset.decode import decode

CASES = Path(__file__).resolve().parents[2] / "shared" / "bench" / "charsets.jsonl"
# A label's superset may put the replacement characters of a damaged page elsewhere.
WIDER = {"gbk": "gb18030", "gb2312": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932", "euc_kr": "cp949"}


def is_right(case: dict[str, str], payload: bytes, text: str) -> bool:
    """Say whether the decoded text is the case's, but for white space at its ends."""
    wanted = {case["text"]}
    if case["condition"] in ("badbyte", "trunc"):
        wanted.add(payload.decode(WIDER.get(case["charset"], case["charset"]), "replace"))
    return text.strip() in {each.replace("\r\n", "\n").strip() for each in wanted}


def kind(charset: str) -> str:
    """What charsets take the same way through detection."""
    plain = charset.lower().replace("-", "").replace("_", "")
    if plain.startswith(("utf", "ascii")):
        return "ASCII" if plain == "ascii" else "UTF"
    is_multibyte = re.search("gb|big5|jis|euc|cp932|cp949|johab|2022|hz", plain)
    return "several bytes" if is_multibyte else "single bytes"


def peer() -> Callable[[bytes], object] | None:
    """Return chardet's detection, which does no more than name the charset; None: it is not installed."""
    try:
        detect: Callable[[bytes], object] = importlib.import_module("chardet").detect
    except ImportError:
        return None
    return detect


def spent(task: Callable[[], object]) -> float:
    """Seconds of processor time that a task takes."""
    started = time.process_time()
    task()
    return time.process_time() - started


def speed(cases: Sequence[tuple[str, bytes]]) -> None:
    """Print how fast each kind of charset is read, and how many times as fast as by chardet."""
    detect = peer()
    sizes: collections.Counter[str] = collections.Counter()
    ours: dict[str, float] = collections.defaultdict(float)
    theirs: dict[str, float] = collections.defaultdict(float)
    for charset, payload in (*cases[:1], *cases):  # the first loads the tables of both
        is_first = not sizes
        name = "loading" if is_first else kind(charset)
        sizes[name] += len(payload)
        ours[name] += spent(partial(decode, payload, is_html=True))
        if detect is not None:
            theirs[name] += spent(partial(detect, payload))
    for name, size in sizes.items():
        ratio = f"  {theirs[name] / ours[name]:.2f} times chardet" if detect is not None else ""
        print(f"{name:14} {size / 1e6 / ours[name]:8.2f} MB/s{ratio}")


def main(path: Path) -> None:
    """Print the table; a line for each case that fails goes to stderr."""
    if not path.exists():
        sys.exit(f"{path}: no such file; name a file of cases")
    groups: dict[tuple[str, str], list[bool]] = collections.defaultdict(list)
    timed: list[tuple[str, bytes]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        case = json.loads(line)
        payload = base64.b64decode(case["bytes_base64"])
        decoded = decode(payload, is_html=True)
        timed.append((case["charset"], payload))
        if case["condition"] == "nometa":
            timed.append(("ascii", case["text"].encode("ascii", "xmlcharrefreplace")))
        found = is_right(case, payload, decoded.text)
        for key in (("condition", case["condition"]), ("charset", case["charset"]), ("all", "all")):
            groups[key].append(found)
        if not found:
            print(case["condition"], case["charset"], decoded.charset, file=sys.stderr)
    for (kind, name), found_all in sorted(groups.items()):
        print(f"{kind:10} {name:12} n={len(found_all):4} right={sum(found_all) / len(found_all):.3f}")
    speed(timed)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CASES)
