"""Entries become a generation, and a query becomes hits. Knows no web."""
