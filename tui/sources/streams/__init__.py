"""From a place to the bytes it holds, whatever they are wrapped in: compressed files, members, other hosts, files that grow.

What the bytes mean does not belong here.
"""
