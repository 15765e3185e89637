"""A search for draws as a report: what was ruled out, by which figure, and what is left of each parameter."""

from typing import TYPE_CHECKING

from experiments.designs.ensembles import ensemble_text
from experiments.questions.ensemble.text import ENSEMBLE, headline
from experiments.reporting.figure_style import rows_of
from experiments.reporting.report import Report, ShownTable
from experiments.wording.numbers import amount, counted, number, percent
from experiments.wording.parameters import parameter_words

if TYPE_CHECKING:
    from experiments.questions.ensemble.result import EnsembleFound

_MOST_SHOWN = 40
_METHOD = (
    "History matching: draws of all uncertain parameters at once, each lived in a world of its own, teach for every "
    "figure a linear stand-in with its error. Each wave rules out the part of what was left that holds less than a "
    "twentieth of the draws that would be accepted, by all stand-ins together, and the next is drawn evenly from what "
    "is left then. Several waves cut off a little more, at the edges.",
    "A draw is accepted if its own run shows every figure inside its tolerance and nothing ruled it out. So accepted "
    "draws are about even draws from what is plausible, given the figures; luck of a run is part of the tolerance.",
)


def report_of(found: "EnsembleFound") -> Report:
    """Everything there is to say of it."""
    return Report(
        title="Which assumptions agree with what is published?",
        headline=headline(found),
        lead="Before anything is concluded from assumptions, they have to make a company that could exist.",
        byline=f"{found.n_tried:,} draws of {counted(len(found.plan.inputs), 'parameter')}, two runs each",
        main=_figures(found),
        method=_METHOD,
        folded={"What the figures say of each parameter": _parameters(found), "Wave by wave": _waves(found)},
        changes=found.question.changes,
        variants=found.plan.companies,
        tables={"figures": found.figures_table, "parameters": found.parameters, "waves": found.waves_table},
        record={
            "n_tried": found.n_tried,
            "n_accepted": found.n_accepted,
            "figures": found.figures_table.to_dict("records"),
            "told": found.parameters.loc[found.parameters["is_told"], "parameter"].tolist(),
            "waves": found.waves_table.to_dict("records"),
        },
        files={ENSEMBLE: lambda folder, made: ensemble_text(found.ensemble)} if found.n_accepted else {},
        seeds=found.seeds,
    )


def _figures(found: "EnsembleFound") -> ShownTable:
    rows = [
        (
            f"{row.says} ({row.practices})",
            f"{amount(row.low, row.unit)} to {amount(row.high, row.unit)}",
            f"{amount(row.plausible_10, row.unit)} to {amount(row.plausible_90, row.unit)}",
            percent(row.inside),
            f"{amount(row.accepted_10, row.unit)} to {amount(row.accepted_90, row.unit)}",
            row.source,
        )
        for row in rows_of(found.figures_table)
    ]
    heads = ("Published figure", "Tolerance", "80 % of all draws", "Inside", "80 % of accepted", "Source")
    return ShownTable(heads, rows, note="Practices under which a figure is asked for stand in brackets.")


def _parameters(found: "EnsembleFound") -> ShownTable:
    rows = [
        (
            parameter_words(row.parameter),
            f"{number(row.low)} to {number(row.high)}",
            number(row.accepted_50),
            f"{number(row.accepted_10)} to {number(row.accepted_90)}",
            "yes" if row.is_told else "no",
        )
        for row in rows_of(found.parameters.head(_MOST_SHOWN))
    ]
    return ShownTable(("Parameter", "Plausible", "Accepted: middle", "80 % of accepted", "Told"), rows)


def _waves(found: "EnsembleFound") -> ShownTable:
    rows = [
        (str(row.wave), percent(row.share_left), f"{row.n_draws:,}", f"{row.n_inside:,}")
        for row in rows_of(found.waves_table)
    ]
    return ShownTable(("Wave", "Drawn from so much of the space", "Draws", "Show every figure"), rows)
