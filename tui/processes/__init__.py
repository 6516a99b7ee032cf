"""The processes that read, repair and fetch pages, and how they are asked.

What they do is in the rooms below; what they are asked for is in `core.questions`.
"""
