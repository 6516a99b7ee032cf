"""Pure text work: bytes and str in, values out. No file, network, database or screen is known here."""
