"""The processes that read, repair and fetch pages, and how they are asked."""
