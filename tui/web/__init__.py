"""The network: from an address to a stored answer, with bounds on everything that a server decides.

It runs in the fetching child. What the answer is as a page is `sources`' to say.
"""
