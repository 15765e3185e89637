"""Whether a company agrees with what is published, in sentences."""

from typing import TYPE_CHECKING

from experiments.wording.numbers import counted, listed

if TYPE_CHECKING:
    from experiments.questions.agreement.result import Agreement


def headline(agreement: "Agreement") -> str:
    """The verdict in a few words, for a title."""
    if agreement.holds:
        return f"{agreement.question.company} agrees with what is published"
    return f"{agreement.question.company} is off in {counted(len(agreement.outside), 'figure')}"


def in_sentences(agreement: "Agreement") -> tuple[str, ...]:
    """The verdict, the order of channels, what the real figures are."""
    verdict = "All judged figures are within what is allowed."
    if not agreement.holds:
        verdict = f"Not all figures are within what is allowed: {listed(agreement.outside)}."
    return (
        verdict,
        f"Real order of the largest channels: {' > '.join(agreement.order)}.",
        f"Real figures: {agreement.plan.published['about']}.",
        f"Source: {agreement.plan.published['source']}; {counted(len(agreement.runs), 'run')} of ours beside it.",
    )
