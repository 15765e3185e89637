"""What came of a description, in sentences."""

from typing import TYPE_CHECKING

from experiments.designs.ensembles import SUFFIX
from experiments.reporting.figure_style import rows_of
from experiments.wording.numbers import amount, counted, listed, percent

if TYPE_CHECKING:
    from experiments.questions.new.result import NewCompany

WORDS = {
    "deal_value_eur": "value of a contract",
    "days_to_signature": "days from first talk to signature",
    "leads_per_month": "leads a month from Marketing",
    "share_won": "opportunities won",
    "contracts_per_month": "contracts a month",
    "churn_per_year": "customers lost a year",
    "quota_attainment": "new contracts next to quota",
}
COMPANY_FILE = "company.yaml"
DRAWS_FILE = f"company{SUFFIX}"


def headline(company: "NewCompany") -> str:
    """The finding in a few words, for a title."""
    name = company.draft.description.name
    if len(company.missed):
        return f"{name} does not hold together: {listed([WORDS[one] for one in company.missed['figure']])}"
    if company.contradictions:
        return f"{name} shows what was said, but not all of that goes together"
    return f"{name} shows what was said of it"


def in_sentences(company: "NewCompany") -> tuple[str, ...]:
    """What is met, what is not and why, what was not said."""
    return (met(company), missed(company), *holds_not(company), not_said(company), near(company))


def met(company: "NewCompany") -> str:
    """How many figures are shown as said."""
    table = company.figures_table
    said = table[table["said"].notna()]
    n_met = int(said["is_met"].eq(True).sum())
    name = company.draft.description.name
    return f"{name} shows {n_met} of {counted(len(said), 'figure')} as you said them, within {percent(0.15)}."


def missed(company: "NewCompany") -> str:
    """The figures that are not shown as said."""
    rows = [
        f"{WORDS[row.figure]} (you say {amount(row.said, row.unit)}, it shows {amount(row.shown, row.unit)})"
        for row in rows_of(company.missed)
    ]
    if not rows:
        return ""
    return (
        f"Not met, whatever else is moved within what is plausible: {listed(rows)}. Either one of your answers is off, "
        "or the model lacks what makes your company so; do not rely on answers about it yet."
    )


def holds_not(company: "NewCompany") -> tuple[str, ...]:
    """Sums that do not come out."""
    return tuple(f"Does not go together: {sentence}" for sentence in company.contradictions)


def not_said(company: "NewCompany") -> str:
    """What was left open, and where it comes from."""
    from experiments.questions.new.description import QUESTIONS

    open_ = [one.key.replace("_", " ") for one in QUESTIONS if company.draft.description[one.key] is None]
    if not open_:
        return ""
    return f"Not said, so scaled from {company.draft.parent}: {listed(open_)}."


def near(company: "NewCompany") -> str:
    """Whom it is like, for all the rest."""
    if (ensemble := company.ensemble) is not None:
        return (
            f"All that nobody asked (how people trust, learn, quarrel) is drawn as for {company.draft.parent}, the "
            f"shipped company nearest to it: {ensemble.about['accepted']} of {ensemble.about['tried']} draws show what "
            "you said too, each with its own market and buyers. Every question asked of the company draws from them."
        )
    return (
        f"All that nobody asked (how people trust, learn, quarrel) is as in {company.draft.parent}, the shipped "
        "company nearest to it, with that one's doubt about it."
    )


def figure_rows(company: "NewCompany") -> list[tuple[str, ...]]:
    """The table of figures in words."""
    rows: list[tuple[str, ...]] = []
    for row in rows_of(company.figures_table):
        said = amount(row.said, row.unit) if row.said == row.said else "-"
        verdict = "-" if row.is_met is None else "yes" if row.is_met else "NO"
        spread = f"{amount(row.low, row.unit)} to {amount(row.high, row.unit)}"
        before = amount(row.before, row.unit)
        rows.append((WORDS[row.figure], said, before, amount(row.shown, row.unit), spread, verdict))
    return rows
