"""One file is one format and exports `FORMAT`; nothing else stands here.

What several formats need is in `parsing`, `archives`, `warcs` and `streams`.
"""
