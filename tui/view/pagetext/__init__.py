"""A page's text as it is shown: rows, marks, hits, links, and a document's facts as entries.

No widget belongs here.
"""
