"""A content knowledge base with search for clinics: an article in, answers in its own words out."""

import os

# Every product here is of a small matrix, asked for by one of several threads: threads of numpy's own would only wait
# for each other (a query took four times as long). Before numpy is first imported; who sets it has reasons.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
