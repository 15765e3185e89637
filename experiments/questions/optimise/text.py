"""A search in plain sentences: what to choose, what it brings in fresh worlds, how sure that is, what else there is."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from experiments.observation.yearly import NEW_BUSINESS, REVENUE
from experiments.questions.optimise.tried import Tried, comparable
from experiments.reporting.what_it_hangs_on import hanging_words
from experiments.statistics.doubt import FEWEST
from experiments.statistics.paired import Mean, mean_of, standings
from experiments.wording.numbers import counted, euro, euro_known, from_to_known, listed, number, probability
from experiments.wording.parameters import parameter_words, rounded

if TYPE_CHECKING:
    from experiments.questions.optimise.result import Optimum


def headline(optimum: "Optimum") -> str:
    """The finding in a few words."""
    chosen = optimum.chosen
    if chosen is None:
        return f"No answer: {_unanswered(optimum)[0]}"
    gain = optimum.fresh_gain(chosen)
    if not optimum.says_something:
        return f"No answer yet: {counted(gain.n, 'fresh world')} are too few"
    if not optimum.is_better:
        return "No design can be told to be better than today's"
    revenue = optimum.fresh_money(chosen, REVENUE)
    first = f"{known(revenue)} revenue and " if revenue.n else ""
    return f"The recommended design brings {first}{known(gain)} contribution a year over today's"


def _unanswered(optimum: "Optimum") -> tuple[str, str]:
    """Why there is no recommended design with figures: in a few words, and the sentence that goes with them."""
    choosing, telling = (counted(len(seeds), "fresh world") for seeds in optimum.question.halves)
    if not optimum.front and optimum.n_void:
        return "no design of the front is an allowed company in every fresh world", (
            f"Nothing can be said: the search left {counted(optimum.n_void, 'design')} that no other beats, but "
            f"under some draw of what is uncertain in the {counted(optimum.question.fresh, 'fresh world')} each is no "
            "allowed company. Narrow the ranges of the levers."
        )
    if not optimum.front:
        return "no design was lived to its end", "Nothing can be said: no design was lived to its end in the search."
    if optimum.recommended is None:
        return "nothing was measured in fresh worlds", (
            f"Nothing can be said: in the {choosing} that choose, no design and today's company were both lived to "
            "their end."
        )
    best = design_in_words(optimum.tried[optimum.recommended])
    return "nothing was measured of the design that was chosen", (
        f"What to choose cannot be said: in the {choosing} that choose, this did best: {best}. But in the "
        f"{telling} that tell, it and today's company were never both lived to their end, so what it brings is not "
        "known."
    )


def in_sentences(optimum: "Optimum") -> tuple[str, ...]:
    """What to choose; what it brings in fresh worlds; how sure the choice is; what else there is."""
    chosen = optimum.chosen
    if chosen is None or optimum.recommended is None:
        return (_unanswered(optimum)[1],)
    if not optimum.says_something:
        return (_too_few(optimum, chosen),)
    nothing = "" if optimum.is_better else "nothing yet; this did best where it was chosen, but may bring nothing: "
    return (
        f"What to choose: {nothing}{design_in_words(chosen)}.",
        _what_it_brings(optimum, chosen),
        f"How sure: {_how_sure(optimum, optimum.recommended)}",
        _what_it_hangs_on(optimum),
        f"What else: {_others(optimum)}",
    )


def _what_it_hangs_on(optimum: "Optimum") -> str:
    """On which assumptions the gain of the recommended design hangs most; nothing where none were drawn."""
    if optimum.plan.assumptions is None or optimum.chosen is None:
        return ""
    return hanging_words(
        optimum.hangs_on, optimum.spread_of(optimum.chosen).middle.half_width, optimum.spread_of(optimum.chosen).n
    )


def _too_few(optimum: "Optimum", chosen: Tried) -> str:
    """What is said below the fewest worlds that say anything."""
    gain = optimum.fresh_gain(chosen)
    return (
        f"{counted(gain.n, 'fresh world')} say too little to recommend a design: in them {design_in_words(chosen)} "
        f"made {euro(gain.mean, signed=True)} of contribution a year over today's company. At least {FEWEST} worlds "
        "must tell, half of --fresh; 100 are usual."
    )


def _what_it_brings(optimum: "Optimum", chosen: Tried) -> str:
    """Revenue, new business and contribution a year over today, where one more world would lie, the worst tenth."""
    gain, spread, (_, worst, score) = optimum.fresh_gain(chosen), optimum.spread_of(chosen), chosen.goals
    money = [
        ("revenue", optimum.fresh_money(chosen, REVENUE)),
        ("new business", optimum.fresh_money(chosen, NEW_BUSINESS)),
    ]
    said = [f"{what} {with_interval(mean)}" for what, mean in (*money, ("contribution", gain)) if mean.n]
    return (
        f"What it brings a year over today's company, in {counted(gain.n, 'fresh world')} that had no part in choosing "
        f"it: {', '.join(said)} (95 % intervals of means). In four of five of them contribution changes by "
        f"{from_to_known(spread.middle, signed=True)}; it pays in {probability(spread.share_above)}, and brings "
        f"{euro_known(worst, spread.middle.half_width, signed=True)} in the worst tenth; relationship score "
        f"{number(score)}."
    )


def known(mean: Mean) -> str:
    """A gain with the digits that its interval allows."""
    return euro_known(mean.mean, mean.interval.half_width, signed=True)


def with_interval(mean: Mean) -> str:
    """`+€0.3 M (+€0.2 M to +€0.4 M)`."""
    return f"{known(mean)} ({from_to_known(mean.interval, signed=True)})"


def _how_sure(optimum: "Optimum", recommended: int) -> str:
    """What it had promised where it was chosen, and how likely another design of the front is better."""
    promised = mean_of(optimum.tried[recommended].gains)
    chosen_by = optimum.compared[optimum.front.index(recommended)]
    said = (
        f"in the search, one of {counted(len(optimum.tried), 'design')}, it had {known(promised)}, and in "
        f"the {counted(chosen_by.gains.size, 'other fresh world')} that chose it "
        f"{known(mean_of(chosen_by.gains))}; worlds that chose nothing are the better guide."
    )
    alike = comparable(optimum.again)
    return " ".join([said, *_standing(optimum, recommended, alike), *_left_out(optimum, alike)])


def _standing(optimum: "Optimum", recommended: int, alike: Mapping[int, Tried]) -> Iterator[str]:
    """How likely it is the best of the designs that can be compared in the worlds that tell, if it is one of them."""
    gains = {str(optimum.front[k]): one.gains for k, one in alike.items()}
    if len(gains) < 2 or str(recommended) not in gains:
        return
    standing = next(one for one in standings(gains) if one.variant == str(recommended))
    yield (
        f"Its mean is the highest of the {len(gains)} designs that were lived again with a probability of "
        f"{probability(standing.probability_best)}; against the truly best of them it gives away "
        f"{euro_known(standing.expected_regret, standing.mean.interval.half_width)} a year on average."
    )


def _left_out(optimum: "Optimum", alike: Mapping[int, Tried]) -> Iterator[str]:
    """How many designs of the front nothing is said of, and why."""
    if optimum.n_void:
        yield (
            f"Left out: {counted(optimum.n_void, 'design')} that no other beats in the search, but no allowed company "
            "in some fresh world."
        )
    n_apart = len(optimum.again) - len(alike)
    if n_apart:
        yield f"Left out of the comparison: {counted(n_apart, 'design')} that failed in too many of these worlds."


def _others(optimum: "Optimum") -> str:
    """What other designs of the front would bring instead; which to name is settled in the worlds that choose."""
    wished = (("the best relationship score", 2), ("the best worst tenth of worlds", 1))
    measured = {k: one.goals for k, one in optimum.compared.items() if optimum.again[k].is_measured}
    others = []
    for what, goal in wished:
        _, best = max((goals[goal], -k) for k, goals in measured.items())
        other = optimum.again[-best]
        if other is optimum.chosen:
            continue
        gain, (_, worst, score) = optimum.fresh_gain(other), other.goals
        others.append(
            f"{what} comes with {known(gain)} a year (in the worst tenth "
            f"{euro_known(worst, gain.sd, signed=True)}, score {number(score)}): {design_in_words(other)}"
        )
    return "; ".join(others or ["no other design of the front has a better score or a better worst tenth"]) + "."


def design_in_words(one: Tried) -> str:
    """The values of the levers: `meeting every d 12, scheme of marketing revenue`."""
    return listed([f"{lever_in_words(path)} {rounded(value)}" for path, value in one.values.items()])


def lever_in_words(path: str) -> str:
    """`scheme of marketing` for `pay.marketing.scheme`."""
    above = path.split(".")[-2]
    return f"{parameter_words(path)}{f' of {above}' if above in ('sales', 'marketing') else ''}"
