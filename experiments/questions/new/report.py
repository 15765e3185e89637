"""A described company as a report that can be handed on, with the company itself beside it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd

from experiments.designs.ensembles import Ensemble, ensemble_text
from experiments.questions.new.company_text import company_text
from experiments.questions.new.described_draws import left_open
from experiments.questions.new.described_levers import LEVERS
from experiments.questions.new.result import NewCompany
from experiments.questions.new.text import (
    COMPANY_FILE,
    DRAWS_FILE,
    figure_rows,
    headline,
    holds_not,
    missed,
    warning,
)
from experiments.reporting.report import Report, ShownTable
from experiments.store.provenance import Provenance
from experiments.wording.numbers import counted
from experiments.wording.parameters import in_words

METHOD = (
    "The shipped company that is nearest by the value of a deal and by size is taken, and all that goes by size is "
    "scaled to the people you have: market, money, customers, targets. Selling hours and buyers grow with the value "
    "of a deal (powers 0.5 and 0.3), somewhat more slowly than from one shipped company to the next.",
    "Then a few parameters are moved by least squares until the mean over common worlds shows the figures you gave, "
    "each as well as the others allow and no parameter further than need be; what that shows in 48 more worlds moves "
    "them once more. The table shows fresh worlds.",
    "A cycle is what deals won took from the first talk with Sales, and the pipeline fills as long as that before "
    "anything is counted.",
)
_HEADS = ("Figure", "You say", "Before mending", "It shows", "80 % of two years", "Met?")


def report_of(company: NewCompany) -> Report:
    """All there is to say of a described company."""
    draft = company.draft
    return Report(
        title="What company is that?",
        headline=headline(company),
        byline=f"after {draft.parent} · {counted(len(company.runs), 'run')}",
        main=ShownTable(_HEADS, figure_rows(company)),
        folded={"Every value of the company's file, and where it comes from": _values(company)},
        method=METHOD,
        doubt=("What is shown is one way to make such a company; others would show the same.",),
        variants={draft.description.name: draft.scenario},
        tables={"figures": company.figures_table, "moved": _moved(company)},
        record={
            "answers": dict(draft.description.answers),
            "parent": draft.parent,
            "figures": company.figures_table.to_dict("records"),
            "contradictions": list(company.contradictions),
            "values": {path: value for path, (value, _) in draft.values.items()},
        },
        files=_files(company),
    )


def _files(company: NewCompany) -> dict[str, Callable[[Path, Provenance], str]]:
    """The company, and the draws that go with it."""
    draft, ensemble = company.draft, _with_warning(company)
    doubts = [one for one in (missed(company), *holds_not(company)) if one]
    files: dict[str, Callable[[Path, Provenance], str]] = {
        COMPANY_FILE: lambda folder, made: company_text(draft, made.command, doubts)
    }
    if ensemble is not None:
        files[DRAWS_FILE] = lambda folder, made: ensemble_text(ensemble)
    return files


def _with_warning(company: NewCompany) -> Ensemble | None:
    """The draws that later questions take, with what they must hear; those of the company near where there are none."""
    ensemble, heard = company.ensemble, warning(company)
    if heard is None:
        return ensemble
    if ensemble is None:
        if (drawn := left_open(company.draft)) is None:
            return None
        ensemble = Ensemble(drawn, tuple(range(drawn.n_draws)), {"company": company.draft.description.name, "told": []})
    return replace(ensemble, about={**ensemble.about, "warning": heard})


def _values(company: NewCompany) -> ShownTable:
    rows = [(path, in_words(value), why) for path, (value, why) in company.draft.values.items()]
    return ShownTable(("Parameter", "Value", "Where it comes from"), rows, words=3)


def _moved(company: NewCompany) -> pd.DataFrame:
    words = {lever.name: (lever.figure, lever.words) for lever in LEVERS}
    rows = [(name, *words[name], size) for name, size in company.sizes.items()]
    return pd.DataFrame(rows, columns=["lever", "figure", "what", "size"])
