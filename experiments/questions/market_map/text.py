"""A map in plain sentences: who wins where, and how sure that is."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from experiments.reporting.figure_style import label
from experiments.statistics.doubt import FEWEST
from experiments.statistics.ranking import SURE
from experiments.wording.numbers import counted, euro, euro_known, listed, probability
from experiments.wording.parameters import parameter_words, rounded

if TYPE_CHECKING:
    from experiments.questions.market_map.result import MarketMap


def winners(market_map: "MarketMap") -> dict[str, pd.DataFrame]:
    """The cells each type wins, the type with most cells first."""
    groups = {str(name): cells for name, cells in market_map.table.groupby("best")}
    return dict(sorted(groups.items(), key=lambda one: -len(one[1])))


def headline(market_map: "MarketMap") -> str:
    """The finding in a few words."""
    if not market_map.n_replications:
        return "No answer: no world was lived to its end in every cell"
    if not market_map.is_enough:
        return f"No answer yet: {counted(market_map.n_replications, 'replication')} are too few"
    won = winners(market_map)
    first = next(iter(won))
    n_cells, n_settled = len(market_map.table), len(market_map.settled)
    wins = "wins" if market_map.is_settled else "has the highest mean"
    but = "" if market_map.is_settled else f"; {n_settled or 'none'} of {counted(n_cells, 'cell')} settled"
    if len(won) == 1:
        return f"{label(first)} {wins} everywhere on this map{but}"
    return f"{label(first)} {wins} in {len(won[first])} of {n_cells} cells, {listed(list(won)[1:])} in the others{but}"


def in_sentences(market_map: "MarketMap") -> tuple[str, ...]:
    """Who wins where; how sure that is."""
    if not market_map.n_replications:
        return ("Nothing can be said: no world was lived to its end in every cell with every type.",)
    if not market_map.is_enough:
        return (too_few(market_map.n_replications),)
    return _who_wins(market_map), _how_sure(market_map)


def too_few(n_replications: int) -> str:
    """What is said below the fewest replications that say anything."""
    return (
        f"{counted(n_replications, 'replication')} say too little to tell who wins where: the table has what happened "
        f"in them, and no cell and no border is settled. At least {FEWEST} are needed; 40 are usual (--runs)."
    )


def gained(cells: pd.DataFrame) -> str:
    """`+€0.3 M revenue and +€0.1 M contribution a year`: means over cells, with the digits the margins allow."""
    doubt = float((cells["high"] - cells["low"]).mean()) / 2
    margin = f"{euro_known(float(cells['margin'].mean()), doubt, signed=True)} contribution a year"
    revenue = float(cells["more_revenue"].mean())
    return margin if revenue != revenue else f"{euro_known(revenue, doubt, signed=True)} revenue and {margin}"


def _who_wins(market_map: "MarketMap") -> str:
    x, y = parameter_words(market_map.plan.x.path), parameter_words(market_map.plan.y.path)
    said = [
        f"{name} in {len(cells)} ({x} {_span(cells['x'])}, {y} {_span(cells['y'])}; on average {gained(cells)} "
        "ahead of the second)"
        for name, cells in winners(market_map).items()
    ]
    lead = "Who wins" if market_map.is_settled else "Who has the highest mean"
    return f"{lead}: of {len(market_map.table)} cells, {'; '.join(said)}."


def _span(values: "pd.Series[Any]") -> str:
    low, high = rounded(values.min()), rounded(values.max())
    span = low if low == high else f"{low} to {high}"
    return f"none, {span}" if values.isna().any() else span


def _how_sure(market_map: "MarketMap") -> str:
    drawn = market_map.plan.assumptions
    lives = "with the assumptions as they stand" if drawn is None else f"with {len(drawn.paths)} assumptions drawn"
    settled = market_map.settled
    n_cells, zone = len(market_map.table), market_map.question.indifference
    best = f"within {euro(zone)} a year of the highest" if zone else "the highest"
    said = (
        f"How sure, {lives}: the winner earns most in {probability(float(market_map.table['share_best'].mean()))} of "
        f"{counted(market_map.n_replications, 'replication')}, on average over cells; {len(settled)} of {n_cells} "
        f"cells are settled (its mean is {best} with a chance of at least {probability(SURE)})"
    )
    sure = [name for name in winners(market_map) if name in set(settled["best"])]
    said += f"; {listed(sure)} surely win{'s' if len(sure) == 1 else ''} somewhere" if sure else ""
    if market_map.borders:
        known = f"{sum(border.is_known for border in market_map.borders)} of {len(market_map.borders)}"
        said += f"; {known} border points surely lie where they are drawn, between their cells"
    return f"{said}."
