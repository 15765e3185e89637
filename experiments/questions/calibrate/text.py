"""What a calibration shows, in sentences: how well it fits, what it predicts, what the data cannot tell."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from experiments.questions.calibrate import identifiability
from experiments.questions.calibrate.prediction import LEVELS
from experiments.questions.calibrate.target import FITTED
from experiments.questions.calibrate.trust import HONEST, SURE_ENOUGH, trust
from experiments.reporting.figure_style import rows_of
from experiments.wording.numbers import counted, listed, number, percent, sentence

if TYPE_CHECKING:
    from experiments.questions.calibrate.result import Calibration

_VERDICTS = (
    (HONEST[0], "its predictions are too sure"),
    (SURE_ENOUGH, "its predictions are a little too sure"),
    (0.88, "its predictions hold"),
    (HONEST[1] + 1e-9, "its predictions are a little wider than need be"),
    (2.0, "its predictions are wider than need be"),
)
KIND_WORDS = {
    "leads": "leads a month",
    "won": "deals won a month",
    "won_share": "shares of leads won",
    "days_p25": "days to won, fastest quarter",
    "days_p50": "median days to won",
    "days_p75": "days to won, slowest quarter",
    "value_median": "median deal value",
    "value_sigma": "spread of deal values",
    "deals_a_rep": "deals a rep",
    "top_rep_share": "share of the best rep",
}
_MOST_NAMED = 4


def in_sentences(calibration: "Calibration") -> tuple[str, ...]:
    """The answer: whether to trust it, fit, prediction, what cannot be met, what stays open, what was left out."""
    return (
        trust(calibration),
        fits(calibration),
        predicts(calibration),
        cannot_meet(calibration),
        cannot_tell(calibration),
        left_out(calibration),
    )


def headline(calibration: "Calibration") -> str:
    """The finding in a few words, for a title."""
    inside = calibration.share(0.8)
    if not calibration.is_good:
        return "Do not trust it: the model does not fit this company"
    if not inside.n:
        return "Fitted, but there is no held-out month to judge it by"
    verdict = next(words for limit, words in _VERDICTS if inside.share < limit)
    return f"Fitted, and {verdict}: {percent(inside.share)} of the held-out figures lie in the 80 % intervals"


def fits(calibration: "Calibration") -> str:
    """How near the fitted company is to the data it was fitted to."""
    fitted = calibration.fit[calibration.fit["role"] == FITTED]
    inside = int(fitted["is_inside_95"].sum())
    outside = fitted[~fitted["is_inside_95"].astype(bool)]
    choice = calibration.choice
    said = (
        f"How well it fits: {inside} of {counted(len(fitted), 'fitted figure')} lie where 95 % of its runs lie; its "
        f"distance from the data is {number(choice.after)} standard errors (data and luck), {number(choice.before)} "
        f"before; in other worlds {number(choice.again[1])} and {number(choice.again[0])}"
    )
    if choice.is_as_it_was:
        said += "; nothing nearer than the company as it was came out, so it stays as it is"
    elif choice.again[1] > choice.again[0]:
        said += ", so it is hardly nearer than the company was"
    worst = [in_words(row) for row in rows_of(outside) if row.target not in calibration.out_of_reach]
    return f"{said}; not met: {_named(worst)}." if worst else f"{said}."


def cannot_meet(calibration: "Calibration") -> str:
    """Which figures the model cannot meet, and ranges that do not hold what the data say; nothing if there are none."""
    said = []
    if calibration.out_of_reach:
        out = [in_words(row) for row in rows_of(calibration.fit) if row.target in calibration.out_of_reach]
        share = f"{len(out)} of {calibration.n_fitted}"
        said.append(f"{_named(out)} ({share}): left out, as no run near the rest comes near")
    for one in calibration.said:
        if one.is_outside:
            sign = "x" if one.parameter.is_factor else ""
            said.append(
                f"{one.parameter.path} is {sign}{number(one.value)} by the data, and was looked for in "
                f"{sign}{number(one.parameter.low)} to {sign}{number(one.parameter.high)} only: widen its range"
            )
    return f"What cannot be met: {'; '.join(said)}." if said else ""


def predicts(calibration: "Calibration") -> str:
    """How often the held-out figures lie inside the intervals, and which kind does worst."""
    whole = calibration.share(0.8)
    if not whole.n:
        return "What it predicts: no held-out month can be compared with the data."
    shares = listed(
        [f"{percent(calibration.share(level).share)} in the {100 * level:.0f} % interval" for level in LEVELS]
    )
    said = f"What it predicts: of {counted(whole.n, 'held-out monthly figure')}, {shares}"
    kinds = [one for one in calibration.coverage if one.level == 0.8 and one.kind]
    worst = min(kinds, key=lambda one: one.share)
    if whole.share < HONEST[0]:
        said += "; the company changed in ways that the model does not know, so plan with wider intervals than these"
    if worst.share < HONEST[0]:
        said += f"; worst are {KIND_WORDS[worst.kind]} ({worst.n_inside} of {worst.n} in the 80 % interval)"
    return f"{said}."


def cannot_tell(calibration: "Calibration") -> str:
    """Which parameters stay open, which can only be told together, and which want to leave their range."""
    table = calibration.parameters
    of = {verdict: list(table.loc[table["verdict"] == verdict, "parameter"]) for verdict in table["verdict"].unique()}
    said = []
    if names := of.get("not told"):
        said.append(f"nothing is said about {_named(names)}")
    if names := of.get("at the edge of its range"):
        said.append(f"the edge of its range is met by {_named(names)}: widen it, or the model lacks something")
    if together := identifiability.pairs(calibration.correlations):
        first = together[0]
        more = f" ({len(together) - 1} more such pairs)" if len(together) > 1 else ""
        said.append(f"only together can be told {first.first} and {first.second}{more}")
    told = len(of.get("told", []))
    if names := of.get(identifiability.BAD_FIT):
        said.insert(0, f"as long as the fit is bad, anything about {_named(names)}")
    if not said and told == len(table):
        return f"What the data cannot tell: nothing that was asked; all {len(table)} parameters are told."
    if not said:
        said.append("nothing is told exactly, but everything a little" if not told else "some are told only partly")
    return f"What the data cannot tell: {'; '.join(said)}. Told are {told} of {counted(len(table), 'parameter')}."


def left_out(calibration: "Calibration") -> str:
    """How much of the export counts."""
    export = calibration.plan.export
    rows = sum(one.n for one in export.left_out)
    deals = int((~(export.leads.won != export.leads.won)).sum())
    return (
        f"What it rests on: {len(export.leads):,} of {export.n_leads:,} leads and {deals:,} of {export.n_deals:,} deals"
        + (f"; {counted(rows, 'row')} left out, with the reasons below" if rows else "")
        + f"{_begun(calibration.plan.compared)}."
    )


def _begun(compared: Sequence[tuple[str, float]]) -> str:
    """Which company it began with, where it was looked for."""
    if not compared:
        return ""
    (name, distance), *others = compared
    next_best = f"; the next is {others[0][0]} at {number(others[0][1])}" if others else ""
    return (
        f"; it began with {name}, of {counted(len(compared), 'shipped company')} the nearest to the data "
        f"({number(distance)} standard errors of the data away{next_best})"
    )


def in_words(row: object) -> str:
    """A target as words, e.g. `leads a month, social, 2018-04`."""
    parts = [KIND_WORDS[str(getattr(row, "kind"))]]  # noqa: B009  # rows of a table have no type
    days = int(getattr(row, "horizon_d"))  # noqa: B009
    parts += [f"within {days} days"] if days else []
    parts += [str(part) for part in (getattr(row, "channel"), getattr(row, "month")) if part]  # noqa: B009
    return ", ".join(parts)


def _named(names: list[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"{', '.join(names[:_MOST_NAMED])}{more}" if more else listed(names)


PARAMETER_HEADS = ("parameter", "now", "fitted", "90 % interval", "looked for in", "verdict")


def parameter_rows(calibration: "Calibration") -> list[tuple[str, ...]]:
    """The table of parameters in words."""
    rows: list[tuple[str, ...]] = []
    for row in rows_of(calibration.parameters):
        sign = "x" if row.is_factor else ""
        values = [f"{sign}{number(value)}" for value in (row.own, row.fitted, row.low, row.high)]
        prior = f"{sign}{number(row.prior_low)} to {sign}{number(row.prior_high)}"
        rows.append((row.parameter, values[0], values[1], f"{values[2]} to {values[3]}", prior, sentence(row.verdict)))
    return rows
