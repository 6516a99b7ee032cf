"""Text that was read in another charset than it was written in: signs of it, the likeliest reading, what was lost.

The repairs themselves are `mojibake` and `cjk_mojibake`.
"""
