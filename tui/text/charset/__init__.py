"""Bytes -> text: what a page claims about its charset, what the bytes say, and which of them wins.

Text that was read wrongly before it reached us is for `repairs`.
"""
