"""A what-if as a report that can be handed on: the conclusion, the evidence, the doubt, where it comes from."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from experiments.observation.attribution import PARTS
from experiments.observation.yearly import CONTRIBUTION, NEW_BUSINESS, REVENUE
from experiments.questions.what_if.figures import exhibits
from experiments.questions.what_if.result import WhatIf
from experiments.questions.what_if.text import activity, arose, costs, headline, how_sure, what_it_hangs_on
from experiments.reporting.figure_style import rows_of
from experiments.reporting.page_parts import COMES_FROM, HANGS_ON, SURE
from experiments.reporting.report import Card, Report, Section, ShownTable
from experiments.reporting.slide import Slide, in_short, money
from experiments.reporting.what_it_hangs_on import hanging_shown
from experiments.statistics.paired import Interval
from experiments.wording.language import say, term
from experiments.wording.numbers import (
    amount,
    counted,
    euro,
    euro_known,
    from_to,
    from_to_known,
    name_of,
    number,
    probability,
    sentence,
    written,
)


def _method() -> tuple[str, ...]:
    """How the difference is taken apart, for the reader."""
    return (
        say(
            "The same prospects, with the same luck, are lived through twice, so nothing is estimated: every "
            "prospect's history without the change is laid beside its history with it. A deal made in one world only "
            "is booked, with all it brings in the measured days, at the step at which the other world lost it: never "
            "reached, never handed over, never worked, no project found, never taken up for selling, lost as an "
            "opportunity, or not closed within the measured days. Deals gained and lost at a step are netted. Deals "
            "made in both worlds differ by price, by what is sold and by renewals. Bad debt, pay, programmes and money "
            "for practices come from the books. The parts add up to the difference in contribution in every single "
            "world; exchanging the two worlds turns every sign."
        ),
        say(
            "A deal is booked at the first obstacle that stopped it. If a change removes two obstacles, the first gets "
            "the credit for deals that would have met both. Hours are no part of their own: they are paid either way. "
            "What hours are worth shows in deals: of leads worked, projects taken up, and buyers that reps find "
            "themselves."
        ),
    )


def report_of(whatif: WhatIf) -> Report:
    """Everything there is to say of a change."""
    question, is_known = whatif.question, whatif.n_replications > 0
    byline = [say("practices {practices}", practices=question.practices)] if question.practices else []
    byline.append(say("{n} worlds, each lived twice", n=written(whatif.n_replications)))
    return Report(
        title=say("What if?"),
        headline=headline(whatif),
        byline=" · ".join(byline),
        main=_parts(whatif) if is_known else ShownTable((), ()),
        main_part=COMES_FROM,
        cards=_cards(whatif) if whatif.says_something else (),
        exhibits=exhibits(whatif),
        method=_method() if is_known else (),
        folded=_folded(whatif) if is_known else {},
        doubt=list(_luck(whatif)),
        changes=question.given,
        variants=whatif.plan.companies,
        tables={"worlds": whatif.worlds, **(_tables(whatif) if is_known else {})},
        record=_record(whatif),
        seeds=whatif.seeds,
        assumptions=whatif.plan.assumptions,
        sections=list(_sections(whatif)),
        slide=_slide(whatif) if whatif.says_something else None,
    )


def _tables(whatif: WhatIf) -> dict[str, Any]:
    return {
        "hangs_on": whatif.hangs_on,
        "parts": whatif.parts,
        "effects": whatif.effects,
        "hours": whatif.hours,
        "fates": whatif.fates,
    }


def _record(whatif: WhatIf) -> dict[str, Any]:
    gain = whatif.gain() if whatif.n_replications else None
    return {
        "changes": dict(whatif.question.changes),
        "given": dict(whatif.question.given),
        "contribution": asdict(gain) if gain else None,
        "revenue": asdict(whatif.gain(REVENUE)) if gain else None,
        "new_business": asdict(whatif.gain(NEW_BUSINESS)) if gain else None,
        "share_of_luck": whatif.share_of_luck if gain else None,
        "hangs_on": whatif.hangs_on.to_dict("records") if gain else [],
        "parts": whatif.parts.to_dict("records") if gain else [],
        "hours_a_week": whatif.hours.to_dict("records") if gain else [],
        "n_worlds": whatif.n_replications,
    }


def _cards(whatif: WhatIf) -> list[Card]:
    cards = []
    for what, measure in (
        (say("Revenue"), REVENUE),
        (say("New business"), NEW_BUSINESS),
        (say("Contribution"), CONTRIBUTION),
    ):
        gap, gain = whatif.gap(measure), whatif.gain(measure)
        span = say("80 %: {interval}", interval=from_to_known(gap.middle, signed=True))
        gained = euro_known(gain.mean, gain.interval.half_width, signed=True)
        cards.append(Card(say("{what} a year", what=what), gained, span))
    lives = say("of {n} worlds", n=written(whatif.n_replications))
    return [*cards, Card(say("Pays in"), probability(whatif.gap().share_above, whatif.n_replications), lives)]


def _sections(whatif: WhatIf) -> Iterator[Section]:
    """Where it comes from, how sure, what it hangs on."""
    if not whatif.n_replications:
        return
    yield Section("arose", "", [arose(whatif)], part=COMES_FROM)
    yield Section("sure", "", [how_sure(whatif)], part=SURE)
    if said := what_it_hangs_on(whatif):
        doubt = whatif.gap().middle.half_width
        table = None if whatif.hangs_on.empty else hanging_shown(whatif.hangs_on, doubt)
        yield Section("hangs", "", [said], table, part=HANGS_ON)


def _slide(whatif: WhatIf) -> Slide:
    shown = ((say("Revenue"), REVENUE), (say("New business"), NEW_BUSINESS), (say("Contribution"), CONTRIBUTION))
    return Slide(
        figures=[money(what, whatif.gap(measure), whatif.gain(measure).interval.half_width) for what, measure in shown],
        against=say("the same company without the change"),
        says=[
            (say("How sure"), in_short(how_sure(whatif))),
            (say("Where it comes from"), in_short(arose(whatif))),
            (say("What it hangs on"), in_short(what_it_hangs_on(whatif))),
            (say("What it costs"), in_short(costs(whatif))),
        ],
    )


def _parts(whatif: WhatIf) -> ShownTable:
    """Each part with its change, interval, deals gained and lost a run; last the total."""
    rows: list[tuple[str, ...]] = []
    for row in whatif.parts.to_dict("records"):
        is_total = row["part"] == CONTRIBUTION
        span = from_to(Interval(row["low"], row["high"]), "EUR", signed=True)
        has_deals = not is_total and (row["gained"] or row["lost"])
        deals = (number(row["gained"]), number(row["lost"])) if has_deals else ("", "")
        label = say("Contribution") if is_total else term(PARTS[row["part"]].label)
        rows.append((label, euro(row["change"], signed=True), span, *deals))
    heads = (
        say("Where it arose"),
        say("Contribution a year"),
        say("95 % interval"),
        say("Deals gained"),
        say("Deals lost"),
    )
    return ShownTable(heads, rows, best=say("Contribution"))


def _folded(whatif: WhatIf) -> dict[str, ShownTable]:
    effects = [
        (
            sentence(name_of(row.outcome)),
            amount(row.before, row.unit),
            amount(row.after, row.unit),
            amount(row.change, row.unit, signed=True),
            from_to(Interval(row.low, row.high), row.unit, signed=True),
        )
        for row in rows_of(whatif.effects)
    ]
    hours = [
        (
            sentence(term(row.side)),
            activity(row.side, row.activity),
            number(row.before),
            number(row.after),
            number(row.change, signed=True),
        )
        for row in rows_of(whatif.hours)
        if row.before or row.after
    ]
    fates = [(term(row.before), term(row.after), number(row.n_a_run)) for row in rows_of(whatif.fates)]
    return {
        say("Every outcome, before and after"): ShownTable(
            (say("Outcome"), say("Before"), say("After"), say("Change"), say("95 % interval")), effects
        ),
        say("Where the hours went"): ShownTable(
            (say("Side"), say("Hours a week on"), say("Before"), say("After"), say("Change")), hours, words=2
        ),
        say("What became of the same prospects in both worlds"): ShownTable(
            (say("Without the change"), say("With it"), say("Prospects a run")), fates, words=2
        ),
    }


def _luck(whatif: WhatIf) -> Iterator[str]:
    if not whatif.n_replications:
        yield say("No world was lived to its end with and without the change.")
        return
    gain = whatif.gain()
    yield say(
        "The difference varies by {sd} (standard deviation) from world to world. A small change moves many later "
        "events: somebody calls a day earlier, and other deals are won and lost. That is real luck of the company's, "
        "and the mean over worlds is what the change is worth.",
        sd=euro(gain.sd),
    )
    yield say(
        "Living the same worlds twice was worth {n} times as many runs (variance-reduction factor; 1 would be no "
        "gain).",
        n=number(gain.variance_reduction),
    )
    yield say(
        "Intervals of means are 95 % each, by Student's t; the difference is called clear only if a bootstrap interval "
        "agrees. Those of single parts are not corrected for being many: read the large ones."
    )
    if whatif.failures:
        yield say(
            "{worlds} failed and left out: {error}.",
            worlds=counted(len(whatif.failures), "world"),
            error=whatif.failures[0].error,
        )
