"""What came of a description, in sentences."""

from typing import TYPE_CHECKING

from experiments.designs.ensembles import SUFFIX
from experiments.questions.new.described_figures import MET, WORDS
from experiments.reporting.figure_style import rows_of
from experiments.wording.numbers import amount, counted, listed, whole_percent

if TYPE_CHECKING:
    from experiments.questions.new.result import NewCompany

_NOT_SHOWN = {
    "account_executives": "sellers",
    "sdrs": "SDRs",
    "marketers": "marketers",
    "managers": "heads",
    "customers": "customers",
    "programme_eur_per_year": "Marketing's spending",
    "products": "products",
    "regions": "regions",
    "quota_eur_per_year": "the quota",
    "pay_eur_per_year": "what a seller earns",
    "sales_pay": "what sellers are paid for",
    "marketing_pay": "what marketers are paid for",
    "together": "how both work together",
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
    return f"{name} shows {n_met} of {counted(len(said), 'figure')} as you said them, within {whole_percent(MET)}."


def missed(company: "NewCompany") -> str:
    """The figures that are not shown as said."""
    if not len(company.missed):
        return ""
    return (
        f"Not met, as far as parameters were moved: {_missed_figures(company)}. Either one of your answers "
        "is off, or the model lacks what makes your company so; do not rely on answers about it yet."
    )


def warning(company: "NewCompany") -> str | None:
    """What whoever asks about the company later must hear; None where it shows what was said."""
    return f"it does not show what was said of it: {_missed_figures(company)}" if len(company.missed) else None


def _missed_figures(company: "NewCompany") -> str:
    return listed(
        [
            f"{WORDS[row.figure]} (said {amount(row.said, row.unit)}, shown {amount(row.shown, row.unit)})"
            for row in rows_of(company.missed)
        ]
    )


def holds_not(company: "NewCompany") -> tuple[str, ...]:
    """Sums that do not come out."""
    return tuple(f"Does not go together: {sentence}" for sentence in company.contradictions)


def not_said(company: "NewCompany") -> str:
    """What was left open, and where it comes from."""
    from experiments.questions.new.description import QUESTIONS

    words = WORDS | _NOT_SHOWN
    open_ = [words[one.key] for one in QUESTIONS if company.draft.description[one.key] is None]
    if not open_:
        return ""
    return f"Not said, so as in {company.draft.parent} or scaled from it: {listed(open_)}."


def near(company: "NewCompany") -> str:
    """Whom it is like, for all the rest."""
    if (ensemble := company.ensemble) is not None:
        return (
            f"All that nobody asked (how people trust, learn, quarrel) is drawn as for {company.draft.parent}, the "
            f"shipped company nearest to it: {ensemble.about['accepted']} of {ensemble.about['tried']} draws show "
            "the same figures, each with its own market and buyers. Questions asked of the company draw from them."
        )
    none = " None of its draws shows the same figures." if company.question.draws else ""
    return (
        f"All that nobody asked (how people trust, learn, quarrel) is as in {company.draft.parent}, the shipped "
        f"company nearest to it, with that one's doubt about it.{none}"
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
