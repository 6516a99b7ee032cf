"""Readings written into the bytes of GBK text: how it is done, how it is known, and how it is undone.

The repair itself is `pinyin_gloss`.
"""
