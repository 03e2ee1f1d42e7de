"""What people did, in a database: what they said of an answer. No identity is kept, and no time finer than a day."""

from kb.records.database import Records, open_records
from kb.records.feedback import Feedback, Tally, scrubbed, tallies
from kb.records.secrets import read_or_make_key

__all__ = ["Feedback", "Records", "Tally", "open_records", "read_or_make_key", "scrubbed", "tallies"]
