"""Which pages are wanted: expressions, the fields they ask for, groups, and samples.

Reading pages for it is `lookup`'s work.
"""
