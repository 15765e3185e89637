"""An assessment as a report: the type, what to change, both sides' answers, the practices, how sure."""

from typing import Any

from experiments.observation.survey_answers import SIDES
from experiments.questions.assess.asked_companies import PARTLY_WORD, TOLD_WORD, UNTOLD_WORD
from experiments.questions.assess.assessed_company import FILE, assessed_company, likeliest
from experiments.questions.assess.figures import exhibits
from experiments.questions.assess.gaps import Gap
from experiments.questions.assess.questionnaire import questionnaire
from experiments.questions.assess.result import KNOWN, Assessment
from experiments.questions.assess.text import (
    advice,
    before_in_words,
    causes_in_words,
    cautions,
    change_in_words,
    gain_in_words,
    headline,
    how_sure,
    lever_words,
    step_words,
    value_in_words,
    what_is_told,
    where_apart,
)
from experiments.reporting.figure_style import rows_of
from experiments.reporting.page_parts import COMES_FROM, SURE, TO_DO
from experiments.reporting.report import Card, Report, Section, ShownTable
from experiments.statistics.doubt import says_something
from experiments.statistics.paired import Interval
from experiments.wording.language import say, term
from experiments.wording.numbers import (
    counted,
    from_to_known,
    percent,
    probability,
    sentence,
    whole_percent,
    with_commas,
    written,
)


def _method() -> tuple[str, ...]:
    """How it is found, for the reader."""
    return (
        say(
            "Companies of the same size and market are simulated with practices of any kind: half of them near one of "
            "the four types, half any, each in a world and with a draw of the assumptions of its own. What was said "
            "outright is the same in all of them. Each is asked the twenty statements at the end of its third quarter; "
            "where fewer people answered here than it has, the luck of who answers is added."
        ),
        say(
            "A regression learns how answers show practices. The twentieth of the companies whose answers say most "
            "nearly the same are plausible, the nearer the more; their practices are moved along that regression to "
            "where these answers lie (approximate Bayesian computation with learned summaries; Fearnhead and Prangle "
            "2012, Beaumont and others 2002). The type of a company is the one whose practices it is nearest to."
        ),
        say(
            "Each step is put in place alone in plausible companies, in new worlds, after its cost. The best are "
            "measured again in other plausible companies, so that the luck which made them look good does not count."
        ),
    )


def report_of(assessment: Assessment) -> Report:
    """Everything there is to say of an assessment."""
    plan = assessment.plan
    return Report(
        title=say("Which way do Marketing and Sales work together, and what comes next?"),
        headline=headline(assessment),
        byline=f"{_people(assessment)} · {counted(len(assessment.companies.companies), 'simulated company')}",
        main=_types(assessment),
        cards=_cards(assessment),
        sections=_sections(assessment),
        exhibits=exhibits(assessment),
        method=_method(),
        folded={say("Every statement"): _answers(assessment)},
        doubt=_doubt(assessment),
        changes=assessment.question.changes,
        variants={plan.company: plan.scenario},
        tables=_tables(assessment),
        record=_record(assessment),
        files={FILE: lambda folder, made: assessed_company(assessment, made.command, folder)},
        seeds=[int(seed) for seed in assessment.companies.seeds],
        assumptions=plan.assumptions,
    )


def _people(assessment: Assessment) -> str:
    people = assessment.plan.survey.people
    return say(
        "{sales} of Sales and {marketing} of Marketing answered",
        sales=written(people[0], "g"),
        marketing=written(people[1], "g"),
    )


def _types(assessment: Assessment) -> ShownTable:
    chances = assessment.chances
    rows = [(sentence(term(one)), probability(chances[one])) for one in chances]
    return ShownTable((say("Type"), say("Probability")), rows, best=sentence(term(assessment.type)))


def _cards(assessment: Assessment) -> list[Card]:
    score, span = assessment.score
    return [
        Card(say("Likeliest type"), sentence(term(assessment.type)), probability(assessment.chances[assessment.type])),
        Card(
            say("Relationship score"),
            written(score, ".0f"),
            say("{low} to {high}", low=written(span.low, ".0f"), high=written(span.high, ".0f")),
        ),
        Card(say("Unusual gaps"), str(len(assessment.unusual)), say("between both sides' answers")),
    ]


def _sections(assessment: Assessment) -> list[Section]:
    found = []
    if assessment.tried is not None:
        found.append(Section("first", "", [advice(assessment)], _steps(assessment), part=TO_DO))
    found += [
        Section("gaps", say("Both sides"), [where_apart(assessment)], _gaps(assessment), part=COMES_FROM),
        Section("practices", say("Practices"), [what_is_told(assessment)], _practices(assessment), part=COMES_FROM),
        Section("held-out", "", [how_sure(assessment.evidence)], part=SURE),
    ]
    return found


def _steps(assessment: Assessment) -> ShownTable:
    heads = (
        say("Step"),
        say("What it sets"),
        say("Gain a year"),
        say("95 % interval"),
        say("Middle 80 %"),
        say("Pays in"),
        say("Best in"),
        say("Still open in"),
    )
    rows = [
        (
            sentence(step_words(row)),
            change_in_words(assessment, row.practice),
            gain_in_words(row),
            from_to_known(Interval(row.low, row.high), signed=True) if row.n > 1 else "-",
            from_to_known(Interval(row.spread_low, row.spread_high), signed=True) if says_something(row.n) else "-",
            probability(row.share_pays, row.n) if says_something(row.n) else "-",
            whole_percent(row.share_best),
            whole_percent(row.share_open),
        )
        for row in rows_of(assessment.steps.head(8))
    ]
    note = say(
        "As {goal} has it, each alone, on top of what a plausible company does today. The first four were measured "
        "again in companies that did not choose them. Middle 80 %: where one company's gain lies, luck included. Still "
        "open in: the share of plausible companies in which it would change anything.",
        goal=term(assessment.goal or ""),
    )
    return ShownTable(heads, rows, words=2, note=note)


def _gaps(assessment: Assessment) -> ShownTable | None:
    rows = [
        (
            sentence(say("the whole score")) if one.statement == 0 else questionnaire().statement(one.statement),
            *_gap_cells(one),
            say("none") if one.share == 0 else percent(one.share),
            sentence(causes_in_words(one)) or say("nothing in particular"),
        )
        for one in assessment.unusual
    ]
    heads = (*_gap_heads(), say("As large in"), say("Sets such companies apart"))
    return ShownTable(heads, rows, words=1) if rows else None


def _practices(assessment: Assessment) -> ShownTable:
    rows: list[tuple[str, ...]] = []
    titles = {KNOWN: say("Known"), TOLD_WORD: say("Told"), PARTLY_WORD: say("Partly told")}
    for verdict, title in titles.items():
        some = [row for row in rows_of(assessment.practices) if row.verdict == verdict]
        rows += [(title,), *(_practice(row) for row in some)] if some else []
    untold = [lever_words(row.parameter) for row in rows_of(assessment.practices) if row.verdict == UNTOLD_WORD]
    note = say("By the answers: the likeliest value with its probability, or the median with the middle 90 %.")
    if untold:
        note = say("{note} Not told, so not shown: {levers}.", note=note, levers=with_commas(untold))
    heads = (say("Practice"), say("By the answers"), say("Without them"))
    return ShownTable(heads, rows, words=3, note=note)


def _practice(row: Any) -> tuple[str, ...]:
    return sentence(lever_words(row.parameter)), value_in_words(row), before_in_words(row)


def _answers(assessment: Assessment) -> ShownTable:
    rows = [
        (
            f"{one.statement}. {questionnaire().statement(one.statement)}",
            *_gap_cells(one),
        )
        for one in sorted(assessment.gaps[1:], key=lambda one: one.statement)
    ]
    note = say("Usual: where Sales less Marketing lies in 90 % of the simulated companies.")
    return ShownTable(_gap_heads(), rows, note=note)


def _gap_heads() -> tuple[str, ...]:
    return say("Statement"), say("Sales"), say("Marketing"), say("Gap"), say("Usual")


def _gap_cells(gap: Gap) -> tuple[str, ...]:
    """Both answers, the gap, and what is usual."""
    low, high = (written(end, "+.1f") for end in gap.usual)
    numbers = (written(gap.sales, ".1f"), written(gap.marketing, ".1f"), written(gap.size, "+.1f"))
    return *numbers, say("{low} to {high}", low=low, high=high)


def _doubt(assessment: Assessment) -> list[str]:
    said = [
        say(
            "The evidence is of companies of this very model: real people may answer otherwise than its people do, and "
            "no company has been assessed both ways yet."
        ),
        say(
            "{plausible} of {n} speak for the answer; what no type speaks of, the size and the market are as the "
            "company's file says.",
            plausible=counted(len(assessment.near.places), "plausible company"),
            n=written(len(assessment.companies.companies)),
        ),
        say(
            "By the usual bands of the score (below 40 undefined, 40 to 60 defined, 60 to 80 aligned, above "
            "integrated) it would be {band}; bands are right in {share} of the simulated companies.",
            band=term(assessment.band),
            share=whole_percent(assessment.band_accuracy),
        ),
    ]
    if assessment.failures:
        said.append(say("{runs} failed and left out.", runs=counted(len(assessment.failures), "run")))
    return said


def _tables(assessment: Assessment) -> dict[str, Any]:
    practices = assessment.practices.astype(
        {"value": str, "low": str, "high": str, "low_before": str, "high_before": str}
    )
    return {"practices": practices, "statements": assessment.answers, "steps": assessment.steps}


def _record(assessment: Assessment) -> dict[str, Any]:
    """What programs get beside the answer."""
    evidence, (score, span) = assessment.evidence, assessment.score
    return {
        "types": assessment.chances,
        "score": {"mean": score, "low": span.low, "high": span.high}
        | dict(zip(SIDES, assessment.scores, strict=True)),
        "gaps": [
            {"statement": one.statement, "sales": one.sales, "marketing": one.marketing, "share": one.share,
             "usual": list(one.usual), "causes": [{"name": why.name, "is_more": why.is_more} for why in one.causes]}
            for one in assessment.unusual
        ],
        "whole_gap": {"size": assessment.gaps[0].size, "usual": list(assessment.gaps[0].usual)},
        "practices": assessment.practices.to_dict("records"),
        "goal": assessment.goal,
        "steps": assessment.steps.to_dict("records"),
        "evidence": {
            "n": len(evidence.types),
            "accuracy": evidence.accuracy,
            "coverage": evidence.coverage()[0],
            "rightness": evidence.rightness()[1],
        },
        "is_unlike": assessment.is_unlike,
        "notes": list(cautions(assessment)),
        "assessed_company": likeliest(assessment),
    }  # fmt: skip
