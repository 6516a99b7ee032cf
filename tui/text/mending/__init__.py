"""Repairs put to work over a page: their order, the edits they leave, and the way back from a character to its bytes.

What a repair looks for is its own business, in `repairs`.
"""
