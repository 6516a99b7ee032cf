"""Records of WARC files: their headers, and where they lie.

How pages are made of them is `formats.warc`.
"""
