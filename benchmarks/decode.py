"""Charset detection on the labelled cases of the shared bench, where they lie beside the checkout.

    python benchmarks/decode.py [CASES.jsonl]

Prints the share of pages decoded right by condition and by charset, and megabytes a second.
"""

import base64
import collections
import json
import sys
import time
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


def main(path: Path) -> None:
    """Print the table; a line for each case that fails goes to stderr."""
    if not path.exists():
        sys.exit(f"{path}: no such file; name a file of cases")
    groups: dict[tuple[str, str], list[bool]] = collections.defaultdict(list)
    size_bytes, spent_s = 0, 0.0
    for line in path.read_text(encoding="utf-8").split("\n"):
        if not line:
            continue
        case = json.loads(line)
        payload = base64.b64decode(case["bytes_base64"])
        started = time.perf_counter()
        decoded = decode(payload, is_html=True)
        spent_s += time.perf_counter() - started
        size_bytes += len(payload)
        found = is_right(case, payload, decoded.text)
        for key in (("condition", case["condition"]), ("charset", case["charset"]), ("all", "all")):
            groups[key].append(found)
        if not found:
            print(case["condition"], case["charset"], decoded.charset, file=sys.stderr)
    for (kind, name), found_all in sorted(groups.items()):
        print(f"{kind:10} {name:12} n={len(found_all):4} right={sum(found_all) / len(found_all):.3f}")
    print(f"{size_bytes / 1e6 / spent_s:.1f} MB/s")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CASES)
