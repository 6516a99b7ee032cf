"""What collections cost, ours and others on the same files in the same run: finding all pages, the first one on the
screen, opening any of them, keys meanwhile, memory.

    python benchmarks/archives_speed.py [--megabytes N] [--page-kb N]... [--files N] [--peers PYTHON] [--keep FOLDER]

N megabytes of content each (100): JSON lines, plain and compressed, WARC by record in each page size (6 and 70 kB),
Parquet; and a folder of N files (10,000). PYTHON has fastwarc, isal and duckdb (this one); less, vd and tl are taken
from PATH. FOLDER keeps the files for the next time. Searching is measured by `search.py`.
"""

import sys

# This folder would hide the standard library's `collections` from its scripts: it goes behind.
sys.path.sort(key=__file__.rpartition("/")[0].__eq__)
if __name__ == "collections":  # one of them wanted that
    del sys.modules[__name__]
    import collections  # noqa: F401
elif __name__ == "__main__":
    from benchmarks.measuring import main

    main()
