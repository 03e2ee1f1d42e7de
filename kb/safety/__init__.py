"""Is this query a crisis or an emergency? Pure; knows nothing else of the knowledge base."""

from kb.safety.assessment import Assessment, Level, assess

__all__ = ["Assessment", "Level", "assess"]
