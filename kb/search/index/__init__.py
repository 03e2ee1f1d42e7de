"""Entries as files and arrays: what is built, mapped, and changed in place."""
