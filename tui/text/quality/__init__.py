"""Figures about a page's text and how alike two are, and the rules by which public corpora leave pages out.

Nothing here judges structure or changes text.
"""
