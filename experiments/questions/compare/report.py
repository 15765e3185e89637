"""A comparison as a report that can be handed on: the answer, where it comes from, how sure, what it hangs on."""

from collections.abc import Iterator
from typing import Any

from experiments.designs.run_table import TODAY
from experiments.observation.yearly import CONTRIBUTION, NEW_BUSINESS, REVENUE
from experiments.questions.compare import where_from
from experiments.questions.compare.figures import exhibits
from experiments.questions.compare.result import Comparison
from experiments.questions.compare.text import (
    against_words,
    by_family,
    causes,
    for_less,
    headline,
    how_sure,
    next_step,
    told_apart,
    variant_words,
    what_it_hangs_on,
)
from experiments.reporting.doubt_section import few_worlds
from experiments.reporting.figure_style import label, lower_label
from experiments.reporting.page_parts import COMES_FROM, HANGS_ON, SURE, TO_DO
from experiments.reporting.report import Card, Report, Section, ShownTable
from experiments.reporting.slide import Slide, in_short, money
from experiments.reporting.what_it_hangs_on import hanging_shown
from experiments.wording.language import say
from experiments.wording.numbers import (
    counted,
    euro,
    euro_known,
    from_to,
    from_to_known,
    in_brackets,
    number,
    percent,
    probability,
    with_commas,
    written,
)


def report_of(comparison: Comparison) -> Report:
    """Everything there is to say of a comparison."""
    question = comparison.question
    is_known = comparison.n_replications > 0
    return Report(
        title=say("How should Sales and Marketing work together?"),
        headline=headline(comparison),
        lead=next(iter(comparison.variants.values())).question,
        byline=say(
            "{n} paired runs of {quarters}",
            n=written(comparison.n_replications),
            quarters=counted(comparison.quarters_measured, "quarter"),
        ),
        main=_types(comparison) if is_known else ShownTable((), ()),
        cards=_cards(comparison) if comparison.says_something else (),
        sections=[*_sections(comparison)] if is_known else (),
        exhibits=exhibits(comparison),
        folded=_folded(comparison) if is_known else {},
        doubt=list(_luck(comparison)),
        changes=question.changes,
        variants=comparison.variants,
        tables=_tables(comparison) if is_known else {},
        record=_record(comparison),
        slide=_slide(comparison) if comparison.says_something else None,
        seeds=comparison.seeds,
        assumptions=comparison.plan.assumptions,
    )


def _folded(comparison: Comparison) -> dict[str, ShownTable]:
    pairs = {say("All pairs of types, with every interval"): _pairs(comparison)}
    if comparison.leaner is None:
        return pairs
    return {say("Every practice: how much it is missed, and what can go"): where_from.practices(comparison), **pairs}


def _slide(comparison: Comparison) -> Slide:
    best, reference = comparison.best, comparison.reference
    shown = ((say("Revenue"), REVENUE), (say("New business"), NEW_BUSINESS), (say("Contribution"), CONTRIBUTION))
    return Slide(
        figures=[money(what, comparison.gap(best, reference, measure)) for what, measure in shown],
        against=against_words(comparison),
        says=[
            (say("How sure"), in_short(how_sure(comparison))),
            (say("What it hangs on"), in_short(what_it_hangs_on(comparison))),
            (say("For less"), in_short(for_less(comparison))),
            (say("Next"), in_short(next_step(comparison))),
        ],
    )


def _tables(comparison: Comparison) -> dict[str, Any]:
    found = {
        "money": comparison.money,
        "types": comparison.types,
        "summary": comparison.summary,
        "pairs": comparison.pairs,
        "hangs_on": comparison.hangs_on,
        "families": comparison.families,
        "causes": comparison.causes,
        "practices": comparison.leaner.table if comparison.leaner else None,
        "twins": comparison.twins,
    }
    return {name: table for name, table in found.items() if table is not None and len(table)}


def _record(comparison: Comparison) -> dict[str, Any]:
    """Money by the year, the types best first, all pairs, what the gain is made of and what it hangs on."""
    tables = _tables(comparison) if comparison.n_replications else {}
    names = ("money", "types", "pairs", "families", "causes", "practices", "hangs_on")
    lean = comparison.leaner
    return {
        "today": comparison.today,
        "reference": comparison.reference if comparison.n_replications else None,
        "is_fixed": comparison.plan.assumptions is None,
        "n_replications": comparison.n_replications,
        "share_of_luck": comparison.share_of_luck if comparison.n_replications else None,
        "left_out": [one.name for one in lean.left_out] if lean is not None and lean.is_as_good else [],
        **{name: tables[name].to_dict("records") if name in tables else [] for name in names},
    }


def _cards(comparison: Comparison) -> list[Card]:
    best, reference = comparison.best, comparison.reference
    shown = []
    for what, measure in (
        (say("Revenue"), REVENUE),
        (say("New business"), NEW_BUSINESS),
        (say("Contribution"), CONTRIBUTION),
    ):
        gap = comparison.gap(best, reference, measure)
        gained = euro_known(gap.mean, gap.middle.half_width, signed=True)
        shown.append(
            Card(
                say("{what} a year", what=what),
                gained,
                say("80 %: {interval}", interval=from_to_known(gap.middle, signed=True)),
            )
        )
    pays = comparison.gap(best, reference).share_above
    return [
        Card(
            say("Earns most"),
            label(best),
            say(
                "of all types in {chance}", chance=probability(comparison.shares_best[best], comparison.n_replications)
            ),
        ),
        *shown,
        Card(
            say("Pays more than it costs"),
            probability(pays, comparison.n_replications),
            say("of {n} replications", n=written(comparison.n_replications)),
        ),
    ]


def _types(comparison: Comparison) -> ShownTable:
    """One line a type: money by the year, against the reference, how often it is the best."""
    heads = [
        say("Type"),
        say("Revenue a year"),
        say("New business"),
        say("Contribution"),
        say("Against {other}", other=_reference(comparison)),
    ]
    rows = []
    for row in comparison.standings:
        name = row.variant
        money = [euro(float(comparison.values(name, one).mean())) for one in (REVENUE, NEW_BUSINESS, CONTRIBUTION)]
        is_today = name == comparison.today != TODAY
        cells = [
            say("{variant} (today)", variant=label(name)) if is_today else label(name),
            *money,
            _against(comparison, name),
        ]
        rows.append(
            [*cells, probability(comparison.shares_best[name], comparison.n_replications)]
            if comparison.says_something
            else cells
        )
    heads += [say("Best in")] if comparison.says_something else []
    note = say(
        "Revenue and new business are those of the last four quarters, contribution is a year's mean over the whole "
        "run: gross margin of contracts booked, less bad debt, pay, programmes and coordination. In brackets the "
        "middle 80 % of replications: a company may expect to find itself there four times in five."
    )
    return ShownTable(heads, rows, note=note, best=rows[0][0] if comparison.says_something else None)


def _against(comparison: Comparison, name: str) -> str:
    if name == comparison.reference:
        return ""
    gap = comparison.gap(name, comparison.reference)
    if not gap.middle.is_known:
        return euro(gap.mean, signed=True)
    gained = euro_known(gap.mean, gap.middle.half_width, signed=True)
    return in_brackets(gained, from_to_known(gap.middle, signed=True))


def _reference(comparison: Comparison) -> str:
    return say("today") if comparison.reference == comparison.today else variant_words(comparison.reference)


def _sections(comparison: Comparison) -> Iterator[Section]:
    """What to do, where it comes from, how sure, what it hangs on."""
    if comparison.says_something:
        shown = where_from.most_missed(comparison) if comparison.leaner is not None else None
        yield Section("first", "", [for_less(comparison), next_step(comparison)], shown, part=TO_DO)
        yield Section("sure", "", [how_sure(comparison), told_apart(comparison)], part=SURE)
    if comparison.families is not None and len(comparison.families):
        yield Section("families", "", [by_family(comparison)], where_from.families(comparison), part=COMES_FROM)
    if comparison.causes is not None and len(comparison.causes):
        yield Section(
            "causes", say("How it is earned"), [causes(comparison)], where_from.causes(comparison), part=COMES_FROM
        )
    if comparison.says_something:
        doubt = comparison.gap(comparison.best, comparison.reference).middle.half_width
        table = hanging_shown(comparison.hangs_on, doubt) if len(comparison.hangs_on) else None
        yield Section("hangs", "", [what_it_hangs_on(comparison)], table, part=HANGS_ON)


def _luck(comparison: Comparison) -> Iterator[str]:
    if not comparison.n_replications:
        yield say("No world was run to its end with every type.")
        return
    gap = comparison.difference(comparison.best, comparison.second)
    told = {"n": written(comparison.n_replications), "sd": euro(gap.sd)}
    if comparison.plan.assumptions is None:
        yield say(
            "Type by type, the same {n} worlds were run: the same prospects, the same luck. The gap between the best "
            "two varies by {sd} a year (standard deviation) from one to the next.",
            **told,
        )
    else:
        yield say(
            "Type by type, the same {n} worlds were run: the same prospects, the same luck, the same draw of the "
            "assumptions. The gap between the best two varies by {sd} a year (standard deviation) from one to the "
            "next.",
            **told,
        )
    reductions = [comparison.difference(*pair) for pair in comparison.neighbours]
    if reductions:
        yield say(
            "Sharing worlds was worth {factors} times as many runs for the steps between neighbouring types "
            "(variance-reduction factor; 1 would be no gain).",
            factors=with_commas([number(one.variance_reduction) for one in reductions]),
        )
    yield say(
        "Intervals of means are 95 % each, by Student's t; a finding is called clear only if a bootstrap interval "
        "agrees. Between neighbouring types p-values are corrected for being several (Holm)."
    )
    if comparison.question.precision is not None:
        yield _precision(percent(comparison.question.precision.share), comparison.is_precise_enough)
    if not comparison.says_something:
        yield few_worlds(comparison.n_replications)
    if comparison.failures:
        yield say(
            "{runs} failed and left out, in pairs; failures.json tells why.",
            runs=counted(len(comparison.failures), "run"),
        )


def _precision(share: str, is_reached: bool | None) -> str:
    if is_reached:
        return say(
            "Runs were added until the gap of the best two was known to {share} of the second: that was reached. The "
            "rule looks at the width of the interval only, never at whether the result pleases.",
            share=share,
        )
    return say(
        "Runs were added until the gap of the best two was known to {share} of the second: that was not reached. The "
        "rule looks at the width of the interval only, never at whether the result pleases.",
        share=share,
    )


def _pairs(comparison: Comparison) -> ShownTable:
    heads = (
        say("Pair"),
        say("Contribution a year"),
        say("95 % interval of the mean"),
        say("p (Holm)"),
        say("Variance reduction"),
        say("Pairs"),
    )
    rows = []
    for pair in comparison.pairs.to_dict("records"):
        gap = comparison.difference(pair["a"], pair["b"])
        rows.append(
            (
                say("{first} against {second}", first=label(pair["a"]), second=lower_label(pair["b"])),
                euro(gap.mean, signed=True),
                from_to(gap.interval, "EUR", signed=True),
                _p_value(pair["p_holm"]),
                in_brackets(number(gap.variance_reduction), from_to(gap.variance_reduction_interval, "-")),
                written(comparison.n_replications),
            )
        )
    return ShownTable(heads, rows)


def _p_value(value: float) -> str:
    if value != value:
        return ""
    return say("below {value}", value=written(0.001, ".3f")) if value < 0.001 else written(value, ".3f")
