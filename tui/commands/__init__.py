"""One file a command: its options, what it prints, its exit status.

What several commands share is in `options`, `pages` and `output`.
"""
