"""The parts of every report's page, in the order in which a reader asks."""

from experiments.wording.language import say

ANSWER, TO_DO, COMES_FROM, SURE, HANGS_ON = "answer", "to-do", "comes-from", "sure", "hangs-on"
EVIDENCE, COMPARED, MADE = "evidence", "compared", "made"


def titles() -> dict[str, str]:
    """Titles by part, in order. What a question says in sections of its own stands before the evidence."""
    return {
        ANSWER: say("Answer"),
        TO_DO: say("What to do on Monday"),
        COMES_FROM: say("Where it comes from"),
        SURE: say("How sure"),
        HANGS_ON: say("What it hangs on"),
        EVIDENCE: say("Evidence"),
        COMPARED: say("What was compared"),
        MADE: say("How it was made"),
    }
