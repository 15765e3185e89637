"""The figures of a what-if: where the difference arose, and how it varies from world to world."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from experiments.observation.attribution import PARTS
from experiments.observation.yearly import CONTRIBUTION
from experiments.questions.what_if.both_worlds import AFTER, BEFORE
from experiments.reporting import charts, figures
from experiments.reporting.figure_style import Exhibit, exhibit
from experiments.reporting.page_parts import COMES_FROM, SURE
from experiments.wording.language import say, term
from experiments.wording.numbers import counted, euro, probability, sentence

if TYPE_CHECKING:
    from experiments.questions.what_if.result import WhatIf


def exhibits(whatif: "WhatIf") -> list[Exhibit]:
    """Where it arose; how often it pays. Nothing without a world."""
    if not whatif.n_replications:
        return []
    gap = whatif.values(f"{AFTER}/{CONTRIBUTION}") - whatif.values(f"{BEFORE}/{CONTRIBUTION}")
    varies = whatif.n_replications > 1 and gap.any()
    return [_origins(whatif).in_part(COMES_FROM), *([_luck(whatif, gap).in_part(SURE)] if varies else [])]


def _origins(whatif: "WhatIf") -> Exhibit:
    names = whatif.parts["part"]
    named = whatif.parts.assign(
        label=[say("Contribution") if name == CONTRIBUTION else term(PARTS[name].label) for name in names]
    )
    figure = charts.waterfall(named, say("What the change adds to contribution (EUR a year)"))
    note = say(
        "Mean over {pairs} of runs; the parts add up to the difference in every world. Bars to the left take away.",
        pairs=counted(whatif.n_replications, "pair"),
    )
    return exhibit("origins", _largest_part(whatif), note, figure, named)


def _luck(whatif: "WhatIf", gap: object) -> Exhibit:
    worlds = {"a": say("with the change"), "b": say("without it"), "seed": whatif.seeds, "gap": gap}
    title = say("It pays in {chance} of worlds", chance=probability(whatif.gain().share_a_higher))
    luck = replace(figures.luck(pd.DataFrame(worlds)), title=title)
    luck.figure.update_layout(title_text=title)
    return luck


def _largest_part(whatif: "WhatIf") -> str:
    """What the largest part is, and what it amounts to in the end."""
    table = whatif.parts.iloc[:-1]
    if table.empty:
        return say("The change makes no difference in any world")
    row = max(table.to_dict("records"), key=lambda row: abs(row["change"]))
    part = PARTS[str(row["part"])]
    words = term(part.gain if row["change"] > 0 else part.loss)
    size, total = euro(row["change"], signed=True), euro(whatif.gain().mean, signed=True)
    return sentence(say("{words}: {size} of {total} in all", words=words, size=size, total=total))
