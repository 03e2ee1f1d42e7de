"""Article files become Documents, Sections and Entries. Knows no index and no web."""
