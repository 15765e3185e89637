"""A company out of answers to plain questions: scaled to fit together, mended until it shows what was said."""
