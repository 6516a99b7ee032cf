"""The network: from an address to a stored answer, with bounds on everything that a server decides."""
