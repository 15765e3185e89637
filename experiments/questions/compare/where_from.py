"""Tables of where a gain comes from: by family, by step, and by what is missed if a practice goes."""

from experiments.designs.run_table import TODAY
from experiments.observation.attribution import PARTS
from experiments.questions.compare.result import Comparison
from experiments.reporting.figure_style import rows_of
from experiments.reporting.report import ShownTable
from experiments.statistics.paired import Interval
from experiments.wording.language import say, term
from experiments.wording.numbers import euro, euro_known, from_to_known, sentence, whole_percent

_MOST_MISSED = 5


def most_missed(comparison: Comparison) -> ShownTable:
    """The practices of the best type to begin with: those most missed if one goes."""
    assert comparison.leaner is not None
    lean = comparison.leaner
    gone = {one.name for one in lean.left_out} if lean.is_as_good else set()
    rows = [
        (
            sentence(term(row.label)),
            term(row.family),
            euro_known(row.value, (row.high - row.low) / 2, signed=True),
            from_to_known(Interval(row.low, row.high), signed=True),
            euro(row.cost, signed=True),
        )
        for row in rows_of(lean.table.sort_values("value", ascending=False, kind="stable"))
        if row.value > 0 and row.practice not in gone
    ]
    heads = (
        say("Begin with"),
        say("Family"),
        say("Missed if it goes"),
        say("95 % interval"),
        say("Coordination it costs"),
    )
    note = say(
        "The practices of {best} that are missed most if one alone is taken away: contribution and cost in EUR a year, "
        "all others in place.",
        best=say("today") if comparison.best == TODAY else term(comparison.best),
    )
    return ShownTable(heads, rows[:_MOST_MISSED], words=2, note=note)


def families(comparison: Comparison) -> ShownTable:
    """What each family of practices adds, by Shapley value."""
    assert comparison.families is not None
    rows = [
        (
            sentence(term(row.family)),
            euro_known(row.value, (row.high - row.low) / 2, signed=True),
            from_to_known(Interval(row.low, row.high), signed=True),
            whole_percent(row.share) if row.share == row.share else "",
            euro_known(row.revenue, (row.revenue_high - row.revenue_low) / 2, signed=True),
        )
        for row in rows_of(comparison.families)
    ]
    heads = (
        say("Family of practices"),
        say("Contribution a year"),
        say("95 % interval"),
        say("Share of the gain"),
        say("Revenue a year"),
    )
    note = say("Shapley values: what a family adds on average over all orders in which families could be put in place.")
    return ShownTable(heads, rows, note=note)


def causes(comparison: Comparison) -> ShownTable:
    """The steps at which it is earned, in euros that add up."""
    assert comparison.causes is not None
    rows = [
        (
            term(PARTS[row.part].label),
            sentence(term(PARTS[row.part].meaning)),
            euro_known(row.change, (row.high - row.low) / 2, signed=True),
            from_to_known(Interval(row.low, row.high), signed=True),
        )
        for row in rows_of(comparison.causes)
    ]
    note = say("Every prospect is looked at in both worlds, so the parts add up to the difference in every world.")
    return ShownTable(
        (say("Where"), say("What it counts"), say("Contribution a year"), say("95 % interval")),
        rows,
        words=2,
        note=note,
    )


def practices(comparison: Comparison) -> ShownTable:
    """What each practice of the best type is missed for if it alone goes, and what it costs."""
    assert comparison.leaner is not None
    gone = {one.name for one in comparison.leaner.left_out} if comparison.leaner.is_as_good else set()
    rows = [
        (
            sentence(term(row.label)),
            term(row.family),
            euro_known(row.value, (row.high - row.low) / 2, signed=True),
            euro(row.cost, signed=True),
            say("can go") if row.practice in gone else "",
        )
        for row in rows_of(comparison.leaner.table)
    ]
    heads = (
        say("Practice"),
        say("Family"),
        say("Missed if it alone goes"),
        say("Coordination it costs"),
        say("For less"),
    )
    note = say("Contribution and cost in EUR a year, all other practices in place.")
    return ShownTable(heads, rows, words=2, note=note)
