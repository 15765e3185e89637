"""The parts of every report's page, in the order in which a reader asks."""

ANSWER, TO_DO, COMES_FROM, SURE, HANGS_ON = "answer", "to-do", "comes-from", "sure", "hangs-on"
EVIDENCE, COMPARED, MADE = "evidence", "compared", "made"

TITLES = {
    ANSWER: "Answer",
    TO_DO: "What to do on Monday",
    COMES_FROM: "Where it comes from",
    SURE: "How sure",
    HANGS_ON: "What it hangs on",
    EVIDENCE: "Evidence",
    COMPARED: "What was compared",
    MADE: "How it was made",
}
"""Titles by part, in order. What a question says in sections of its own stands before the evidence."""
