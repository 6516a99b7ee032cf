"""Batches: a whole corpus restored shard by shard, by any number of jobs, so that none of them has to know of another."""
