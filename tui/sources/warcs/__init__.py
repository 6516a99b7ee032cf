"""Records of WARC files: their headers, where they lie, and what a revisit stands for.

How pages are made of them is `formats.warc`.
"""
