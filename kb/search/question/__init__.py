"""A query is read: what it asks, in which words, and for which type of answer."""
