"""The part of a report that says what speaks against it."""

from collections.abc import Iterator, Mapping
from typing import Any

import scenarios
from experiments.questions.compare.result import Comparison
from experiments.reporting import html as parts
from experiments.reporting.figure_style import label, lower_label
from experiments.statistics.paired import Interval
from experiments.wording.numbers import counted, euro, from_to, number, percent

BLIND_SPOTS = (
    "It is a model of a company, not a forecast of it: read the order of the types and the rough size of the gaps, "
    "not the last digit.",
    "The intervals hold luck only: what other worlds would have brought with the same assumptions. They do not hold "
    "the doubt about the assumptions themselves; change those you are least sure of (--set) and see whether the answer "
    "stays.",
    "Every type is in place from the first day. What it costs and how long it takes to get there is not counted, "
    "and neither is the resistance to it.",
    "Competitors do not react to what the company changes, and the rest of the company (product, delivery, finance) "
    "keeps up with whatever Sales and Marketing bring.",
    "People differ in skill and luck, but nobody is brilliant, burnt out or political beyond what pay and trust make "
    "of them; who leads matters only through the practices.",
)


def few_worlds(n_worlds: int) -> str:
    """What to think of chances from fewer than ten worlds."""
    return f"{counted(n_worlds, 'world')} are few, and the chances too sure; give more --runs."


def doubt(found: Comparison) -> str:
    """What luck leaves open, what rests on assumptions, what the model does not know."""
    pairs = parts.folded("All pairs of types, with every interval", _pairs(found)) if found.n_worlds else ""
    return (
        f'<section id="doubt"><h2>The doubt</h2><h3>What luck leaves open</h3>{parts.bullets(_luck(found))}{pairs}'
        f"<h3>What rests on assumptions</h3>{parts.bullets(assumptions(found.variants))}"
        f"<h3>What the model does not know</h3>{parts.bullets(BLIND_SPOTS)}</section>"
    )


def _luck(found: Comparison) -> Iterator[str]:
    if not found.n_worlds:
        yield "No world was run to its end with every type."
        return
    gap = found.difference(found.best, found.second)
    yield (
        f"Type by type, the same {found.n_worlds:,} worlds were run: the same prospects, the same luck. The gap "
        f"between the best two varies by {euro(gap.sd)} (standard deviation) from world to world."
    )
    reductions = [found.difference(*pair) for pair in found.neighbours]
    if reductions:
        factors = ", ".join(number(one.variance_reduction) for one in reductions)
        yield (
            f"Sharing worlds was worth {factors} times as many runs for the steps between neighbouring types "
            "(variance-reduction factor; 1 would be no gain)."
        )
    yield (
        "Intervals are 95 % each, by Student's t; a finding is called clear only if a bootstrap interval agrees. "
        "Between neighbouring types p-values are corrected for being several (Holm)."
    )
    if found.wished_precision is not None:
        reached = "was reached" if found.is_precise_enough else "was not reached"
        yield (
            f"Runs were added until the gap of the best two was known to {percent(found.wished_precision)} of the "
            f"second: that {reached}. The rule looks at the width of the interval only, never at whether the result "
            "pleases."
        )
    if found.failures:
        yield f"{counted(len(found.failures), 'run')} failed and left out, in pairs; failures.json tells why."


def assumptions(variants: Mapping[str, Any]) -> Iterator[str]:
    """How many parameters are assumed, and which values of these scenarios are unusual."""
    kinds = [parameter.source.kind for parameter in scenarios.parameters()]
    n_own = kinds.count("assumption")
    yield (
        f"Of the {len(kinds)} parameters, {kinds.count('literature') + kinds.count('data')} come from literature or "
        f"data, {kinds.count('calibrated')} are fitted, and {n_own} are assumptions of ours, each with its reason."
    )
    odd = dict.fromkeys(sentence for scenario in variants.values() for sentence in scenarios.implausible(scenario))
    yield from odd
    if not odd:
        yield "No value of this company lies outside its plausible range."


def _pairs(found: Comparison) -> str:
    heads = (
        "Pair",
        "Difference",
        "95 % interval",
        "in percent",
        "95 % interval",
        "p (Holm)",
        "Variance reduction",
        "Pairs",
    )
    rows = []
    for pair in found.pairs.to_dict("records"):
        gap = found.difference(pair["a"], pair["b"])
        corrected = pair["p_holm"]
        rows.append(
            (
                f"{label(pair['a'])} against {lower_label(pair['b'])}",
                euro(gap.mean, signed=True),
                from_to(gap.interval, "EUR", signed=True),
                percent(gap.relative, signed=True),
                from_to(gap.relative_interval, "share", signed=True),
                "" if corrected != corrected else "below 0.001" if corrected < 0.001 else f"{corrected:.3f}",
                f"{number(gap.variance_reduction)} ({_range(gap.variance_reduction_interval)})",
                f"{gap.n:,}",
            )
        )
    return parts.table(heads, rows)


def _range(interval: Interval) -> str:
    return f"{number(interval.low)} to {number(interval.high)}" if interval.is_known else "interval not known"
