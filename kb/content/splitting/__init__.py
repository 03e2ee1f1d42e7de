"""Split a document into entries: which question does each passage answer, in a reader's words?"""
