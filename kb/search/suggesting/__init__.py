"""What may be meant by a few typed letters."""
