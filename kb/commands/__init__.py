"""The commands of indexer.py, a module each."""
