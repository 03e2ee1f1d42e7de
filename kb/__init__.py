"""A content knowledge base with search for clinics: an article in, answers in its own words out."""
