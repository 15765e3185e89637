"""Designs searched for several goals as a note: what is recommended, what it brings in fresh worlds, what else."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.figure_style import GAIN, TOTAL, Exhibit, exhibit
from experiments.figures import EURO_AXIS
from experiments.lab_note import Note, Shown, Subject
from experiments.optimise import WORST, Optimised, Tried
from experiments.report_origin import in_words
from experiments.report_parts import Card
from experiments.statistics import Mean, mean_of, standings
from experiments.what_if_answer import parameter_words
from experiments.wording import counted, euro, from_to, listed, number, percent, probability, sentence

if TYPE_CHECKING:
    import pandas as pd

_MOST_SHOWN = 3
RULE = (
    "recommended is the design of the front with the highest mean gain in one half of the fresh worlds; the other "
    "half, which had no part in the choice, tells its figures"
)
METHOD = (
    "Every design meets the same worlds. Each world has its own draw of everything uncertain (how people act, how the "
    "market behaves, what customers do, over their plausible ranges) and its own luck; a gain is over the company as "
    "it is, in the same world. NSGA-II searched for three goals at once: mean gain, gain in the worst tenth of worlds, "
    "and relationship score.",
    "The best of many designs in the worlds of the search has been lucky there too. So the best of those that no other "
    f"beats were lived again in fresh worlds with fresh draws: {RULE}. So its interval needs no correction for having "
    "been chosen among several.",
)


def note_of(found: Optimised) -> Note:
    """Everything there is to say of a search."""
    uncertain, n_tried = counted(found.n_uncertain, "uncertain parameter"), counted(len(found.tried), "design")
    return Note(
        question="optimise",
        title="Which budget, cadence and pay?",
        subject=Subject(found.company.name, found.source, found.question.changes, {"company": found.company}),
        headline=headline(found),
        byline=f"{n_tried} in {counted(found.question.worlds, 'world')} · {uncertain}",
        answer=in_sentences(found),
        main=_side_by_side(found) if found.again else Shown((), ()),
        more={"Designs that no other beats, lived again": _front(found)} if found.again else {},
        cards=_cards(found),
        exhibits=[_pareto_figure(found)] if found.again else (),
        method=METHOD,
        doubt=list(_doubt(found)),
        tables=_tables(found),
        told=_told(found),
        seeds=range(found.question.seed, found.question.telling.stop),
        failures=found.failures,
        is_interrupted=found.is_interrupted,
    )


def fresh_gain(found: Optimised, one: Tried) -> Mean:
    """Mean gain a year with its interval."""
    return mean_of(one.gains * found.per_year)


def headline(found: Optimised) -> str:
    """The finding in a few words."""
    chosen = _chosen(found)
    if chosen is None:
        return "No answer: no design was lived to its end"
    gain = fresh_gain(found, chosen)
    if not gain.interval.excludes(0) or gain.mean <= 0:
        return "No design can be told to be better than today's"
    return f"The recommended design brings {euro(gain.mean, signed=True)} a year over today's"


def _chosen(found: Optimised) -> Tried | None:
    return found.lived_again(found.recommended) if found.recommended is not None else None


def in_sentences(found: Optimised) -> tuple[str, ...]:
    """What to choose; what it brings in fresh worlds; how sure the choice is; what else there is."""
    chosen = _chosen(found)
    if chosen is None or found.recommended is None:
        return ("Nothing can be said: no design was lived to its end in fresh worlds.",)
    gain, (_, worst, score) = fresh_gain(found, chosen), chosen.goals
    span = from_to(gain.interval, "EUR", signed=True)
    known = chosen.gains[~np.isnan(chosen.gains)]
    return (
        f"What to choose: {design_in_words(found, chosen)}.",
        f"What it brings: in {counted(gain.n, 'fresh world')} {euro(gain.mean, signed=True)} of contribution a year "
        f"over today's company (95 % interval {span}); it is better in {probability(float(np.mean(known > 0)))} of "
        f"them, and {euro(worst * found.per_year, signed=True)} in the worst tenth; relationship score "
        f"{number(score)}.",
        f"How sure: {_how_sure(found, found.recommended)}",
        f"What else: {_others(found)}",
    )


def _how_sure(found: Optimised, recommended: int) -> str:
    """What it had promised where it was chosen, and how likely another design of the front is better."""
    promised = found.tried[recommended].goals[0] * found.per_year
    chosen_by = found.choosing[found.front.index(recommended)].goals[0] * found.per_year
    said = (
        f"in the search, one of {counted(len(found.tried), 'design')}, it had {euro(promised, signed=True)}, and in "
        f"the {counted(len(found.question.choosing), 'other fresh world')} that chose it "
        f"{euro(chosen_by, signed=True)}; worlds that chose nothing are the better guide."
    )
    if len(found.front) < 2:
        return said
    gains = {str(place): one.gains * found.per_year for place, one in zip(found.front, found.again, strict=True)}
    standing = next(one for one in standings(gains) if one.arm == str(recommended))
    return (
        f"{said} It is the best of the {len(found.front)} designs that were lived again with a probability of "
        f"{probability(standing.probability_best)}; against the truly best of them it gives away "
        f"{euro(standing.expected_regret)} a year on average."
    )


def _others(found: Optimised) -> str:
    """What other designs of the front would bring instead; which to name is settled in the worlds that choose."""
    wished = (("the best relationship score", 2), ("the best worst tenth of worlds", 1))
    told = []
    for what, goal in wished:
        values = [one.goals[goal] for one in found.choosing]
        other = found.again[int(np.nanargmax(values))]
        if other is _chosen(found):
            continue
        gain, (_, worst, score) = fresh_gain(found, other), other.goals
        told.append(
            f"{what} comes with {euro(gain.mean, signed=True)} a year (in the worst tenth "
            f"{euro(worst * found.per_year, signed=True)}, score {number(score)}): {design_in_words(found, other)}"
        )
    return "; ".join(told or ["no other design of the front has a better score or a better worst tenth"]) + "."


def design_in_words(found: Optimised, one: Tried) -> str:
    """The values of the levers: `meeting every d 12, scheme of marketing revenue`."""
    return listed([f"{_lever(path)} {_value(value)}" for path, value in one.values.items()])


def _lever(path: str) -> str:
    above = path.split(".")[-2]
    return f"{parameter_words(path)}{f' of {above}' if above in ('sales', 'marketing') else ''}"


def _value(value: Any) -> str:
    return number(value) if isinstance(value, float) else in_words(value)


def _side_by_side(found: Optimised) -> Shown:
    """The recommended design and some others of the front, a column each."""
    places = [place for place in found.front if place != found.recommended]
    picks = [places[round(k)] for k in np.linspace(0, len(places) - 1, min(_MOST_SHOWN, len(places)))]
    order = [place for place in (found.recommended, *picks) if place is not None]
    shown = [one for place in order if (one := found.lived_again(place)) is not None]
    gains = [fresh_gain(found, one) for one in shown]
    rows = [
        ("Gain a year", *(euro(gain.mean, signed=True) for gain in gains)),
        ("95 % interval", *(from_to(gain.interval, "EUR", signed=True) for gain in gains)),
        ("Worst tenth of worlds", *(euro(one.goals[1] * found.per_year, signed=True) for one in shown)),
        ("Relationship score", *(number(one.goals[2]) for one in shown)),
    ]
    rows += [
        (sentence(_lever(lever.path)), *(_value(one.values[lever.path]) for one in shown)) for lever in found.levers
    ]
    heads = ("", "Recommended", *(f"Another, {k}" for k in range(2, len(shown) + 1)))
    return Shown(heads, rows, note=f"In {_where(found)}, against today's company.")


def _where(found: Optimised) -> str:
    return f"the {counted(len(found.question.telling), 'fresh world')} that had no part in the choice"


def _front(found: Optimised) -> Shown:
    heads = ("Design", "Gain a year", "95 % interval", "Worst tenth", "Score", "Where chosen", "In the search")
    rows = []
    for place, choosing, one in zip(found.front, found.choosing, found.again, strict=True):
        gain, goals = fresh_gain(found, one), one.goals
        mark = "Recommended: " if place == found.recommended else ""
        rows.append(
            (
                f"{mark}{design_in_words(found, one)}",
                euro(gain.mean, signed=True),
                from_to(gain.interval, "EUR", signed=True),
                euro(goals[1] * found.per_year, signed=True),
                number(goals[2]),
                euro(choosing.goals[0] * found.per_year, signed=True),
                euro(found.tried[place].goals[0] * found.per_year, signed=True),
            )
        )
    note = (
        f"Designs that no other one beats in all goals, lived again in {_where(found)}. Worst tenth: the gain that "
        f"{percent(1 - WORST)} of worlds exceed. The last two columns are means in the "
        f"{counted(len(found.question.choosing), 'world')} that chose and in those of the search."
    )
    return Shown(heads, rows, note=note)


def _cards(found: Optimised) -> list[Card]:
    chosen = _chosen(found)
    if chosen is None:
        return []
    gain = fresh_gain(found, chosen)
    return [
        Card("Gain a year, fresh worlds", euro(gain.mean, signed=True), from_to(gain.interval, "EUR", signed=True)),
        Card("Worst tenth of worlds", euro(chosen.goals[1] * found.per_year, signed=True), "a year, against today"),
        Card("Relationship score", number(chosen.goals[2]), "of 20 to 100"),
    ]


def designs_table(found: Optimised) -> "pd.DataFrame":
    """A row a design tried: levers, goals in the search (EUR a year), and in fresh worlds for those lived again.

    `choosing_gain` is from the fresh worlds that choose, all other fresh figures from those that tell.
    """
    import pandas as pd

    rows = []
    for place, one in enumerate(found.tried):
        gain, worst, score = one.goals
        row = dict(one.values) | {"gain": gain * found.per_year, "worst": worst * found.per_year, "score": score}
        row |= {"is_recommended": place == found.recommended}
        again = found.lived_again(place)
        if again is not None:
            fresh, choosing = fresh_gain(found, again), found.choosing[found.front.index(place)]
            row |= {"choosing_gain": choosing.goals[0] * found.per_year}
            row |= {"fresh_gain": fresh.mean, "fresh_low": fresh.interval.low, "fresh_high": fresh.interval.high}
            row |= {"fresh_worst": again.goals[1] * found.per_year, "fresh_score": again.goals[2], "fresh_n": fresh.n}
        rows.append(row)
    return pd.DataFrame(rows)


def _pareto_figure(found: Optimised) -> Exhibit:
    import plotly.graph_objects as go

    table = designs_table(found)
    figure = go.Figure()
    figure.add_hline(y=0, line={"color": "#7B8794", "width": 1})
    figure.add_vline(x=0, line={"color": "#7B8794", "width": 1})
    shade = {"color": table["score"], "colorscale": "Viridis", "size": 7, "opacity": 0.45, "showscale": True}
    figure.add_scatter(
        x=table["gain"], y=table["worst"], mode="markers", name="tried",
        marker=shade | {"colorbar": {"title": {"text": "score"}}}, hoverinfo="x+y",
    )  # fmt: skip
    again = table[table["fresh_gain"].notna()] if "fresh_gain" in table else table.iloc[:0]
    bars = {
        "array": again["fresh_high"] - again["fresh_gain"],
        "arrayminus": again["fresh_gain"] - again["fresh_low"],
        "color": TOTAL,
    }
    figure.add_scatter(
        x=again["fresh_gain"], y=again["fresh_worst"], mode="markers", name="front, in fresh worlds",
        marker={"size": 11, "color": TOTAL, "symbol": "diamond"}, error_x=bars,
    )  # fmt: skip
    chosen = again[again["is_recommended"]]
    figure.add_scatter(
        x=chosen["fresh_gain"], y=chosen["fresh_worst"], mode="markers", name="recommended, in fresh worlds",
        marker={"size": 17, "color": GAIN, "symbol": "star"},
    )  # fmt: skip
    figure.update_xaxes(title="Mean gain over today, a year (EUR)", **EURO_AXIS)
    figure.update_yaxes(title="Gain in the worst tenth of worlds (EUR)", **EURO_AXIS)
    figure.update_layout(height=520)
    note = (
        f"Pale dots: {counted(len(found.tried), 'design')} in the {counted(found.question.worlds, 'world')} of the "
        "search, coloured by relationship score. Diamonds and star: designs that no other beats, lived again in "
        f"{_where(found)}, with 95 % intervals. To the right and up is better."
    )
    return exhibit("pareto", headline(found), note, figure, table)


def _doubt(found: Optimised) -> Iterator[str]:
    yield (
        "Intervals are 95 % each, by Student's t, over fresh worlds: they hold luck and the draws of what is "
        "uncertain, not doubt about the model itself. The worst tenth has no interval: it is the least sure figure."
    )
    yield (
        f"{counted(len(found.tried), 'design')} are a thin search of {counted(len(found.levers), 'lever')}: there may "
        "be better ones. Levers that do little take chance values; try the recommended design with one of them put "
        "back (what-if) before changing them all."
    )
    yield "Everything uncertain varies at once over its plausible range: these worlds are more extreme than real ones."
    if found.failures:
        yield f"{counted(len(found.failures), 'run')} failed, e.g. {found.failures[0].error}; they are left out."


def _tables(found: Optimised) -> "dict[str, pd.DataFrame]":
    import pandas as pd

    tables = {"designs": designs_table(found)}
    if found.again:
        halves = (
            ("choosing", found.question.choosing, found.choosing),
            ("telling", found.question.telling, found.again),
        )
        rows = [
            {"design": place, "worlds": half, "seed": seed, "gain": gain, "score": score}
            for half, seeds, lived in halves
            for place, one in zip(found.front, lived, strict=True)
            for seed, gain, score in zip(seeds, one.gains * found.per_year, one.scores, strict=True)
        ]
        tables["fresh_worlds"] = pd.DataFrame(rows)
    return tables


def _told(found: Optimised) -> dict[str, Any]:
    chosen = _chosen(found)
    told: dict[str, Any] = {"unit": "EUR a year", "n_designs": len(found.tried), "n_uncertain": found.n_uncertain}
    if chosen is None or found.recommended is None:
        return told
    gain = fresh_gain(found, chosen)
    return told | {
        "recommended": dict(chosen.values),
        "gain": gain.mean,
        "low": gain.interval.low,
        "high": gain.interval.high,
        "worst_tenth": chosen.goals[1] * found.per_year,
        "relationship_score": chosen.goals[2],
        "rule": RULE,
        "gain_in_search": found.tried[found.recommended].goals[0] * found.per_year,
        "designs": designs_table(found).to_dict("records"),
    }
