"""What several formats take apart in the same way: HTTP messages, MIME, JSON, table rows, fields of records.

A format of its own belongs in `formats`.
"""
