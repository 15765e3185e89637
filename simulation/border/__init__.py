"""Where the departments meet: qualification, hand-off, follow-up, meetings, beliefs, trust. Knows no agents."""
