"""Words: cut into terms, spelt, weighed, and named; what a language and the clinic know of them."""
