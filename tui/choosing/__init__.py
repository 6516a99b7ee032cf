"""Which pages are wanted: expressions, the fields they ask for, and samples."""
