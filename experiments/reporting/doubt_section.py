"""The part of a report that says what speaks against it."""

from collections.abc import Iterator, Mapping
from typing import Any

import scenarios
from experiments.designs.assumptions import Assumptions
from experiments.wording.numbers import counted

BLIND_SPOTS = (
    "It is a model of a company, not a forecast of it: read the order of the types and the rough size of the gaps, "
    "not the last digit.",
    "Every type is in place from the first day. What it costs and how long it takes to get there is not counted, "
    "and neither is the resistance to it.",
    "Competitors do not react to what the company changes, and the rest of the company (product, delivery, finance) "
    "keeps up with whatever Sales and Marketing bring.",
    "People differ in skill and luck, but nobody is brilliant, burnt out or political beyond what pay and trust make "
    "of them; who leads matters only through the practices.",
)


def few_worlds(n_worlds: int) -> str:
    """What to think of fewer worlds than say anything."""
    return f"{counted(n_worlds, 'world')} are too few for chances or ranks; give more --runs (200 are usual)."


def _of_another_model(drawn: Assumptions) -> Iterator[str]:
    """That the draws agree with what is published only as another version of the model has it."""
    from simulation.engine_module import fingerprint

    if drawn.model is not None and drawn.model != (now := fingerprint()):
        yield (
            f"The draws of {drawn.name} were accepted by another version of the model ({drawn.model}, now "
            f"{now}): whether they still agree with what is published is not known. `ensemble` makes others."
        )


def assumptions(variants: Mapping[str, Any], drawn: Assumptions | None) -> Iterator[str]:
    """What was drawn, how many parameters are assumed, and which values of these scenarios are unusual."""
    if drawn is None:
        yield (
            "The assumptions stand as they are: intervals hold luck only, what other worlds would have brought with "
            "the same assumptions. Change those you are least sure of (--set), and see whether the answer stays."
        )
    else:
        yield (
            f"Every replication has its own joint draw of {counted(len(drawn.paths), 'parameter')} that nobody knows, "
            f"out of {counted(drawn.n_draws, 'draw')} which agree with what is published of companies like this one "
            f"(ensemble of {drawn.name}); so spreads hold the doubt about them. What they do not hold is whether the "
            "model has the right mechanisms."
        )
        yield from _of_another_model(drawn)
    kinds = [parameter.source.kind for parameter in scenarios.parameters()]
    n_own = kinds.count("assumption")
    yield (
        f"Of the {len(kinds)} parameters, {kinds.count('literature') + kinds.count('data')} come from literature or "
        f"data, {kinds.count('calibrated')} are fitted, and {n_own} are assumptions of ours, each with its reason."
    )
    odd = dict.fromkeys(sentence for scenario in variants.values() for sentence in scenarios.implausible(scenario))
    yield from odd
    if variants and not odd:
        yield "No value of this company lies outside its plausible range."
