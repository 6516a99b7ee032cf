"""Bytes: one module is one format."""
