"""The part of a report that says what speaks against it."""

from collections.abc import Iterator, Mapping
from typing import Any

import scenarios
from experiments.designs.assumptions import Assumptions
from experiments.wording.language import say
from experiments.wording.numbers import counted, written


def blind_spots() -> list[str]:
    """What no run of the model can tell."""
    return [
        say(
            "It is a model of a company, not a forecast of it: read the order of the types and the rough size of the "
            "gaps, not the last digit."
        ),
        say(
            "Every type is in place from the first day. What it costs and how long it takes to get there is not "
            "counted, and neither is the resistance to it."
        ),
        say(
            "Competitors do not react to what the company changes, and the rest of the company (product, delivery, "
            "finance) keeps up with whatever Sales and Marketing bring."
        ),
        say(
            "People differ in skill and luck, but nobody is brilliant, burnt out or political beyond what pay and "
            "trust make of them; who leads matters only through the practices."
        ),
    ]


def few_worlds(n_worlds: int) -> str:
    """What to think of fewer worlds than say anything."""
    return say(
        "{worlds} are too few for chances or ranks; give more --runs (200 are usual).",
        worlds=counted(n_worlds, "world"),
    )


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
        yield say(
            "The assumptions stand as they are: intervals hold luck only, what other worlds would have brought with "
            "the same assumptions. Change those you are least sure of (--set), and see whether the answer stays."
        )
    else:
        yield say(
            "Every replication has its own joint draw of {parameters} that nobody knows, out of {draws} which agree "
            "with what is published of companies like this one (ensemble of {name}); so spreads hold the doubt about "
            "them. What they do not hold is whether the model has the right mechanisms.",
            parameters=counted(len(drawn.paths), "parameter"),
            draws=counted(drawn.n_draws, "draw"),
            name=drawn.name,
        )
        yield from _of_another_model(drawn)
        if drawn.warning is not None:
            yield f"Do not trust the draws of {drawn.name}: {drawn.warning}."
    kinds = [parameter.source.kind for parameter in scenarios.parameters()]
    yield say(
        "Of the {n} parameters, {sourced} come from literature or data, {fitted} are fitted, and {own} are assumptions "
        "of ours, each with its reason.",
        n=written(len(kinds), ""),
        sourced=kinds.count("literature") + kinds.count("data"),
        fitted=kinds.count("calibrated"),
        own=kinds.count("assumption"),
    )
    odd = dict.fromkeys(sentence for scenario in variants.values() for sentence in scenarios.implausible(scenario))
    yield from odd
    if variants and not odd:
        yield say("No value of this company lies outside its plausible range.")
