"""The history of a prospect as a report: both histories day by day, and the fates of all others."""

from typing import Any

from experiments.questions.lead_history.figures import exhibits
from experiments.questions.lead_history.result import LeadHistory
from experiments.questions.lead_history.text import headline, kinds_worth_showing, on_a_terminal
from experiments.reporting.report import Report, Section, ShownTable
from experiments.wording.numbers import number, sentence
from simulation.measured.lead_fates import Fate

EXAMPLE = (
    "One prospect in one world is an example of how a difference comes about, not a measure of it: what-if and compare "
    "say what it is worth."
)


def report_of(leads: LeadHistory) -> Report:
    """Everything there is to say of a prospect in two worlds."""
    question = leads.question
    return Report(
        title="One prospect in two worlds",
        headline=headline(leads),
        byline=f"world {question.seed}",
        sections=_sections(leads),
        exhibits=exhibits(leads),
        doubt=(EXAMPLE,),
        changes=question.changes,
        variants=leads.plan.companies,
        tables={"history": leads.to_frame(), "fates": leads.kinds},
        record=_record(leads),
        terminal=on_a_terminal(leads),
        seeds=[question.seed],
    )


def _sections(leads: LeadHistory) -> list[Section]:
    days = [(number(day), first, second) for day, first, second in leads.side_by_side()]
    kinds = ShownTable(
        (*map(sentence, leads.plan.companies), "Prospects", "For example leads"), kinds_worth_showing(leads), words=2
    )
    exact = "This is the exact effect of the difference, prospect by prospect: nothing is estimated."
    return [
        Section("history", "Day by day", table=ShownTable(("Day", *leads.plan.companies), days, words=3)),
        Section("kinds", "All prospects whose fates differ", (exact,), kinds),
    ]


def _record(leads: LeadHistory) -> dict[str, Any]:
    return {
        "seed": leads.question.seed,
        "lead": leads.lead,
        "prospect": leads.prospect,
        "worlds": [
            {
                "world": history.world,
                "fate": Fate(history.fate).name.lower(),
                "margin_eur": history.margin_eur,
                "events": [{"day": day, "what": words} for day, words in history.events],
            }
            for history in (leads.first, leads.second)
        ],
        "kinds": leads.kinds.to_dict("records"),
    }
