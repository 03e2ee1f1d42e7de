"""Speed, memory and quality, measured on the corpora in KB_CORPORA: `make bench`."""
