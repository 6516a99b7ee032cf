"""Values and their rules: pages, places, questions, problems, errors, words of other languages.

Everything may import this, and this imports nothing of ours. What opens a file, a socket or a screen does not belong here.
"""
