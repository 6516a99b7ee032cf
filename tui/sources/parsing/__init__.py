"""What several formats take apart in the same way: HTTP messages, JSON, lines, fields of records.

A format of its own belongs in `formats`.
"""
