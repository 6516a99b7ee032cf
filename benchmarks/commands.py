"""How long the commands take from outside, as a ratio to an empty Python started in turn with them.

    python benchmarks/commands.py [PAGE]

PAGE is shown; by default the shared seed page if it is there, else a sample page of the same kind.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT.parent / "shared" / "samples" / "seed_page.txt"
SAMPLE = ROOT / "sample_pages" / "0-start-here-glossed-scrape.txt"
RUNS = 15


def seconds(command: list[str]) -> float:
    """Wall time of one run."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    page = sys.argv[1] if len(sys.argv) > 1 else str(SEED if SEED.is_file() else SAMPLE)
    copydesk = str(Path(sys.executable).with_name("copydesk"))
    rows = {
        "show --text": [copydesk, "show", "--text", page],
        "show --json": [copydesk, "show", "--json", page],
        "list": [copydesk, "list", page],
        "repair": [copydesk, "repair", page],
        "show --text, all sample pages": [copydesk, "show", "--text", str(ROOT / "sample_pages")],
        "--version": [copydesk, "--version"],
    }
    print(f"{page}, {RUNS} pairs of runs\n{'command':32}{'ms':>8}{'x python -c pass':>18}")
    for name, command in rows.items():
        seconds(command)
        pairs = [(seconds([sys.executable, "-c", "pass"]), seconds(command)) for _ in range(RUNS)]
        ratio = statistics.median(ours / empty for empty, ours in pairs)
        print(f"{name:32}{statistics.median(ours for _, ours in pairs) * 1000:8.0f}{ratio:18.1f}")


if __name__ == "__main__":
    main()
