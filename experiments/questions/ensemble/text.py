"""A search for draws in sentences."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from experiments.designs.ensembles import SHIPPED, SUFFIX
from experiments.reporting.figure_style import rows_of
from experiments.wording.numbers import amount, counted, listed, percent
from experiments.wording.parameters import parameter_words

if TYPE_CHECKING:
    from experiments.questions.ensemble.result import EnsembleFound

ENSEMBLE = "ensemble.csv"
_MOST_NAMED = 5


def headline(found: "EnsembleFound") -> str:
    """`311 of 5,500 draws make a company like those that published their figures`."""
    return f"{found.n_accepted:,} of {found.n_tried:,} draws make a company like those that published their figures"


def in_sentences(found: "EnsembleFound") -> Iterator[str]:
    """How many, what was ruled out, which figure is hardest, which parameters are told, how to use it."""
    yield f"{headline(found)}; {found.question.draws:,} were wanted."
    yield _ruled_out(found)
    yield _hardest(found)
    yield _told(found)
    yield (
        f"Other questions take these draws once {ENSEMBLE} lies beside the company's file as <name>{SUFFIX} "
        f"(of a shipped company, in {SHIPPED.parent.name}/{SHIPPED.name}/)."
    )


def _ruled_out(found: "EnsembleFound") -> str:
    left = found.waves[-1].share_left
    drawn = percent(found.waves[0].n_inside / found.waves[0].n_draws)
    return (
        f"Of all that is plausible by itself, {percent(1 - left)} is ruled out together: of even draws from the whole "
        f"space {drawn} show all {len(found.plan.figures)} figures."
    )


def _hardest(found: "EnsembleFound") -> str:
    row = next(rows_of(found.figures_table.sort_values("inside", ignore_index=True)))
    return (
        f"Hardest to meet: {row.says} ({amount(row.low, row.unit)} to {amount(row.high, row.unit)}), by "
        f"{percent(row.inside)} of the draws from the whole space."
    )


def _told(found: "EnsembleFound") -> str:
    table = found.parameters
    told = [parameter_words(path) for path in table.loc[table["is_told"], "parameter"]]
    n_rest = len(table) - len(told)
    if not found.n_accepted:
        return "No draw shows all of them, so nothing can be said of single parameters, and no table is written."
    if not told:
        return "The published figures tell no single parameter; they rule out combinations."
    best = listed(told[:_MOST_NAMED])
    return (
        f"They tell {counted(len(told), 'parameter')} by itself, best of all {best}; of the other {n_rest} they rule "
        "out combinations at most."
    )
