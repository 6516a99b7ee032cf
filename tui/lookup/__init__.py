"""Finding pages: by reading them, by an expression, or by an index beside the collection.

Which pages are wanted is `choosing`'s to say.
"""
