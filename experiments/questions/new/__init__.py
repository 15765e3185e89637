"""A company out of answers to plain questions: its parts scaled to fit each other, mended until it shows what was said."""
