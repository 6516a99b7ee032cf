"""Finding text in collections, by reading them or by their indexes."""
