"""Batches: a whole corpus restored shard by shard, by any number of jobs of which none has to know of another."""
