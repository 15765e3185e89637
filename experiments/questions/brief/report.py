"""A brief as one page: ways as ranges, three steps, what would overturn it, a check."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from experiments.observation.yearly import CONTRIBUTION, NEW_BUSINESS, REVENUE
from experiments.questions.brief.text import (
    check,
    effort,
    headline,
    how_sure,
    paid_back,
    pays_back,
    step_words,
    stress,
    what_it_hangs_on,
)
from experiments.reporting.figure_style import rows_of
from experiments.reporting.page_parts import HANGS_ON, SURE, TO_DO
from experiments.reporting.report import Report, Section, ShownTable
from experiments.reporting.slide import Slide, in_short, money
from experiments.reporting.what_it_hangs_on import hanging_shown
from experiments.statistics.paired import Interval
from experiments.wording.language import say, term
from experiments.wording.numbers import euro_known, from_to_known, in_brackets, probability, sentence, written

if TYPE_CHECKING:
    from experiments.questions.brief.result import Brief


def report_of(brief: "Brief") -> Report:
    """Everything there is to say of it."""
    return Report(
        title=say("What to do next"),
        headline=headline(brief),
        lead=brief.plan.today.question,
        byline=say("{n} replications of each way", n=written(brief.question.n_runs)),
        main=_ways(brief),
        sections=list(_sections(brief)),
        is_note=True,
        slide=_slide(brief),
        method=(
            say(
                "Steps are chosen one after the other, each the practice towards the best type that gains most on top "
                "of those before it, and measured in other worlds than those they were chosen in. What they take is "
                "measured by taking them on the first measured day, so that setting up and learning cost what they "
                "cost."
            ),
        ),
        changes=brief.question.changes,
        variants=brief.plan.companies,
        tables={
            "ways": brief.ways,
            "steps": brief.what_steps_take,
            "stress": brief.under_stress,
            "hangs_on": brief.hangs_on,
            "known": brief.known,
        },
        record=_record(brief),
        seeds=brief.seeds,
        assumptions=brief.plan.assumptions,
    )


def _slide(brief: "Brief") -> Slide:
    """The first step; with none that pays, the best type."""
    shown = ((say("Revenue"), REVENUE), (say("New business"), NEW_BUSINESS), (say("Contribution"), CONTRIBUTION))
    gains = [brief.gain_of_steps(1, one) if brief.steps else brief.gain_of_best(one) for _, one in shown]
    against = say("today, with {best} as a whole", best=term(brief.best))
    if brief.steps:
        against = say("today, by {step}", step=term(brief.steps[0].label))
    return Slide(
        figures=[money(label, gap) for (label, _), gap in zip(shown, gains, strict=True)],
        against=against,
        says=[
            (
                say("What to do"),
                "\n".join(f"{one.step}. {sentence(term(one.label))}, {paid_back(one)}" for one in _taken(brief)),
            ),
            (say("How sure"), in_short(how_sure(brief))),
            (say("What it hangs on"), in_short(what_it_hangs_on(brief))),
            (say("If the market turns"), in_short(stress(brief))),
        ],
    )


def _record(brief: "Brief") -> dict[str, Any]:
    tables = {"ways": brief.ways, "steps": brief.what_steps_take, "stress": brief.under_stress, "known": brief.known}
    found = {name: table.to_dict("records") for name, table in tables.items()}
    return {"best": brief.best, **found, "hangs_on": brief.hangs_on.to_dict("records")}


def _ways(brief: "Brief") -> ShownTable:
    """Today's money, then what each step and the best add to it."""
    ways = brief.ways
    rows = []
    for way in dict.fromkeys(ways["way"]):
        cells = [sentence(say("today") if way == "today" else term(str(way)))]
        for measure in (REVENUE, CONTRIBUTION):
            row: Any = next(rows_of(ways[(ways["way"] == way) & (ways["measure"] == measure)]))
            span, is_gain = Interval(row.low, row.high, 0.8), way != "today"
            mean = euro_known(row.mean, span.half_width, signed=is_gain)
            cells.append(in_brackets(mean, from_to_known(span, signed=is_gain)))
        rows.append([*cells, probability(row.share_above, brief.question.n_runs) if is_gain else ""])
    note = say("Steps add up: each row holds all steps above it. In brackets the middle 80 % of replications.")
    heads = (say("Way"), say("Revenue a year"), say("Contribution a year"), say("Pays more than it costs"))
    return ShownTable(heads, rows, note=note)


def _sections(brief: "Brief") -> Iterator[Section]:
    """What to do, how sure, what it hangs on."""
    if brief.steps:
        steps = [step_words(brief, place) for place in range(len(brief.steps))]
        yield Section("steps", table=_steps(brief), part=TO_DO, instead_of=steps)
    yield Section("sure", "", [how_sure(brief)], part=SURE)
    yield Section("check", say("Is it your company?"), [check(brief)], part=SURE)
    if said := what_it_hangs_on(brief):
        doubt = brief.gain_of_best().middle.half_width
        table = hanging_shown(brief.hangs_on, doubt) if len(brief.hangs_on) else None
        yield Section("hangs", "", [said], table, part=HANGS_ON)
    yield Section("stress", say("If the market turns"), [stress(brief)], _stress(brief), part=HANGS_ON)


def _taken(brief: "Brief") -> list[Any]:
    return list(rows_of(brief.what_steps_take))


def _steps(brief: "Brief") -> ShownTable:
    rows = [
        (f"{row.step}. {sentence(term(row.label))}", row.change, effort(row), pays_back(row)) for row in _taken(brief)
    ]
    return ShownTable((say("Step"), say("What changes"), say("Who gives what"), say("How soon")), rows, words=4)


def _stress(brief: "Brief") -> ShownTable:
    words = {"steps": say("the steps"), "best": term(brief.best)}
    rows = [
        (
            sentence(term(row.market)),
            words[row.way],
            in_brackets(
                euro_known(row.mean, (row.high - row.low) / 2, signed=True),
                from_to_known(Interval(row.low, row.high, 0.8), signed=True),
            ),
            probability(row.share_above),
        )
        for row in rows_of(brief.under_stress)
        if brief.steps or row.way == "best"
    ]
    heads = (say("Market"), say("Way"), say("Contribution a year against today"), say("Pays in"))
    return ShownTable(heads, rows, words=2)
