"""One file is one format and exports `SOURCE`; nothing else stands here.

What several formats need is in `parsing`, `archives`, `warcs` and `streams`.
"""
