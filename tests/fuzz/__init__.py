"""Throws damaged input at the program and holds what comes out against what must always be so: `make fuzz`.

Every input follows from a seed and a number. What is found is made smaller, and kept in `tests/cases/fuzz` to be tried again.
"""

import os

# Arrow's own allocator takes a gigabyte of address space when it is first used, and every child would inherit it.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
