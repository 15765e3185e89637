"""Designs searched for several goals as a note: what is recommended, what it brings in fresh worlds, what else."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from experiments.questions.optimise.ask import WORST, Optimised, Tried, comparable
from experiments.questions.what_if.text import parameter_words
from experiments.reporting.figure_style import GAIN, TOTAL, Exhibit, exhibit
from experiments.reporting.figures import EURO_AXIS
from experiments.reporting.html import Card
from experiments.reporting.provenance_section import in_words
from experiments.reporting.report import Note, Shown, Subject
from experiments.statistics.paired import Mean, mean_of, standings
from experiments.wording.numbers import counted, euro, from_to, listed, number, percent, probability, sentence

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
    "been chosen among several. Only designs that are an allowed company in all fresh worlds take part, and they are "
    "compared in worlds that all of them were lived in to the end.",
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
        main=_side_by_side(found) if _chosen(found) else Shown((), ()),
        more={"Designs that no other beats, lived again": _front(found)} if found.again else {},
        cards=_cards(found),
        exhibits=[_pareto_figure(found)] if any(one.is_measured for one in found.again) else (),
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
        return f"No answer: {_unanswered(found)[0]}"
    gain = fresh_gain(found, chosen)
    if not gain.interval.excludes(0) or gain.mean <= 0:
        return "No design can be told to be better than today's"
    return f"The recommended design brings {euro(gain.mean, signed=True)} a year over today's"


def _chosen(found: Optimised) -> Tried | None:
    """The recommended design in the worlds that tell; None where nothing of it was measured there."""
    again = found.lived_again(found.recommended) if found.recommended is not None else None
    return again if again is not None and again.is_measured else None


def _unanswered(found: Optimised) -> tuple[str, str]:
    """Why there is no recommended design with figures: in a few words, and the sentence that goes with them."""
    choosing, telling = (counted(len(seeds), "fresh world") for seeds in found.question.halves)
    if not found.front and found.n_void:
        return "no design of the front is an allowed company in every fresh world", (
            f"Nothing can be said: the search left {counted(found.n_void, 'design')} that no other beats, but under "
            f"some draw of what is uncertain in the {counted(found.question.fresh, 'fresh world')} each is no allowed "
            "company. Narrow the ranges of the levers."
        )
    if not found.front:
        return "no design was lived to its end", "Nothing can be said: no design was lived to its end in the search."
    if found.recommended is None:
        return "nothing was measured in fresh worlds", (
            f"Nothing can be said: in the {choosing} that choose, no design and today's company were both lived to "
            "their end."
        )
    return "nothing was measured of the design that was chosen", (
        "What to choose cannot be said: in the "
        f"{choosing} that choose, this did best: {design_in_words(found, found.tried[found.recommended])}. But in the "
        f"{telling} that tell, it and today's company were never both lived to their end, so what it brings is not "
        "known."
    )


def in_sentences(found: Optimised) -> tuple[str, ...]:
    """What to choose; what it brings in fresh worlds; how sure the choice is; what else there is."""
    chosen = _chosen(found)
    if chosen is None or found.recommended is None:
        return (_unanswered(found)[1],)
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
    chosen_by = found.compared[found.front.index(recommended)]
    said = (
        f"in the search, one of {counted(len(found.tried), 'design')}, it had {euro(promised, signed=True)}, and in "
        f"the {counted(chosen_by.gains.size, 'other fresh world')} that chose it "
        f"{euro(chosen_by.goals[0] * found.per_year, signed=True)}; worlds that chose nothing are the better guide."
    )
    alike = comparable(found.again)
    return " ".join([said, *_standing(found, recommended, alike), *_left_out(found, alike)])


def _standing(found: Optimised, recommended: int, alike: Mapping[int, Tried]) -> Iterator[str]:
    """How likely it is the best of the designs that can be compared in the worlds that tell, if it is one of them."""
    gains = {str(found.front[k]): one.gains * found.per_year for k, one in alike.items()}
    if len(gains) < 2 or str(recommended) not in gains:
        return
    standing = next(one for one in standings(gains) if one.variant == str(recommended))
    yield (
        f"It is the best of the {len(gains)} designs that were lived again with a probability of "
        f"{probability(standing.probability_best)}; against the truly best of them it gives away "
        f"{euro(standing.expected_regret)} a year on average."
    )


def _left_out(found: Optimised, alike: Mapping[int, Tried]) -> Iterator[str]:
    """How many designs of the front nothing is said of, and why."""
    if found.n_void:
        yield (
            f"Left out: {counted(found.n_void, 'design')} that no other beats in the search, but no allowed company in "
            "some fresh world."
        )
    n_apart = len(found.again) - len(alike)
    if n_apart:
        yield f"Left out of the comparison: {counted(n_apart, 'design')} that failed in too many of these worlds."


def _others(found: Optimised) -> str:
    """What other designs of the front would bring instead; which to name is settled in the worlds that choose."""
    wished = (("the best relationship score", 2), ("the best worst tenth of worlds", 1))
    known = {k: one.goals for k, one in found.compared.items() if found.again[k].is_measured}
    told = []
    for what, goal in wished:
        _, best = max((goals[goal], -k) for k, goals in known.items())
        other = found.again[-best]
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
    measured = [place for place, one in zip(found.front, found.again, strict=True) if one.is_measured]
    places = [place for place in measured if place != found.recommended]
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
    for k, (place, one) in enumerate(zip(found.front, found.again, strict=True)):
        gain, goals = fresh_gain(found, one), one.goals
        mark = "Recommended: " if one is _chosen(found) else ""
        rows.append(
            (
                f"{mark}{design_in_words(found, one)}",
                euro(gain.mean, signed=True),
                from_to(gain.interval, "EUR", signed=True),
                euro(goals[1] * found.per_year, signed=True),
                number(goals[2]),
                euro(_choosing_gain(found, k), signed=True),
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
        again = found.lived_again(place)
        row |= {"is_recommended": again is not None and again is _chosen(found)}
        if again is not None:
            fresh = fresh_gain(found, again)
            row |= {"choosing_gain": _choosing_gain(found, found.front.index(place))}
            row |= {"fresh_gain": fresh.mean, "fresh_low": fresh.interval.low, "fresh_high": fresh.interval.high}
            row |= {"fresh_worst": again.goals[1] * found.per_year, "fresh_score": again.goals[2], "fresh_n": fresh.n}
        rows.append(row)
    return pd.DataFrame(rows)


def _choosing_gain(found: Optimised, k: int) -> float:
    """Mean gain a year in the worlds that choose; NaN for a design of the front that could not be compared there."""
    return found.compared[k].goals[0] * found.per_year if k in found.compared else float("nan")


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
    told |= {"n_left_out": found.n_void}
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
