"""The part of a report that says what speaks against it."""

from collections.abc import Iterator, Mapping
from typing import Any

import scenarios
from experiments.wording.numbers import counted

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
    if variants and not odd:
        yield "No value of this company lies outside its plausible range."
