"""Which entries answer best, and whether any of them answers at all."""
