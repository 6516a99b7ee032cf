"""Members of zip and tar archives, also of damaged ones.

How pages are made of them is `formats.archive`.
"""
