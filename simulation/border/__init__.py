"""Where the departments meet: qualification, hand-off, follow-up, feedback, meetings, beliefs, trust."""
