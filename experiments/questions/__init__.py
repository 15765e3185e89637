"""What we ask: one folder a question; no question imports another."""
