"""A validation as a report: the verdict on every pattern first, then a figure of each, then how it was judged."""

from collections.abc import Iterator, Sequence
from typing import Any

from experiments.questions.validate import report_besides as besides
from experiments.questions.validate.ablation import BREAKS, HOLDS, UNKNOWN, WAS_NOT_THERE, WEAKENS, Ablation
from experiments.questions.validate.patterns.figures import drawn
from experiments.questions.validate.patterns.pattern import FEWEST_TO_TELL, Judged, record_of_finding
from experiments.questions.validate.patterns.searches import LIKELY
from experiments.questions.validate.reach import ENOUGH, Reach
from experiments.questions.validate.result import Validation
from experiments.reporting.figure_style import Exhibit, rows_of
from experiments.reporting.report import Report, Section, ShownTable
from experiments.reporting.terminal import columns
from experiments.statistics.doubt import says_something
from experiments.wording.numbers import NOT_KNOWN, amount, counted, from_to, percent

RULES = (
    "A range is met if the mean over worlds lies inside it and its 95 % interval is no wider than the range.",
    "A sign is met if the whole 95 % interval lies on the right side; comparisons are paired in common worlds.",
    "A pattern holds if all its checks are met. What cannot be measured, or is unknown in most worlds, meets nothing.",
)
MANY_CHECKS = (
    "Intervals are not corrected for there being many checks: of those for a sign that is not there, one in forty "
    "would pass by luck."
)
_WITHOUT = (
    "Each column switches one mechanism off, by parameters alone. A cross: a pattern that shows no longer does, by its "
    "numbers without their doubt. An arrow: it still does, but one of its numbers has lost more than half of its way "
    "from no effect, beyond doubt. A dash: it did not show before either.",
    "All are asked in few worlds first. What breaks in them, or does not show in them although it shows in all, is "
    "asked again in all worlds of the validation; ablation.csv says in how many. Of a quick validation a single cross, "
    "or a dash, may be luck.",
)
_SIGNS = {HOLDS: "holds", WEAKENS: "↓ weaker", BREAKS: "✗ breaks", WAS_NOT_THERE: "-", UNKNOWN: "?"}


def report_of(validation: Validation) -> Report:
    """Everything there is to say of a validation."""
    question, ablation, reach = validation.question, validation.ablation, validation.reach
    how = "quick, with few worlds" if question.is_quick else "with enough worlds for its intervals"
    main = _verdicts(validation)
    tables = {"checks": validation.to_frame()}
    tables |= {"ablation": ablation.cells} if ablation else {}
    tables |= {"robustness": reach.shares, "draws": reach.draws} if reach else {}
    tables |= _tables_besides(validation)
    return Report(
        title="Does the model show what is known?",
        headline=validation.verdict,
        byline=f"{counted(validation.n_runs, 'run')}, {how}",
        main=main,
        sections=list(_sections(validation)),
        exhibits=[*_exhibits_besides(validation), *(drawn(one, validation.evidence) for one in validation.findings)],
        method=RULES,
        doubt=[MANY_CHECKS, *(f"Could not be measured: {problem}" for problem in validation.problems)],
        tables=tables,
        record=_record(validation),
        terminal="\n\n".join([columns(main.heads, main.rows), *_besides(validation)]),
        seeds=sorted(set(validation.runs["seed"])) if validation.n_runs else (),
    )


def _sections(validation: Validation) -> Iterator[Section]:
    """What was asked besides the patterns."""
    if validation.knock_outs:
        yield besides.knock_outs_section(validation.knock_outs)
    if validation.survey:
        yield besides.survey_section(validation.survey)
        yield besides.paths_section(validation.survey)
    if validation.ablation:
        yield _stands_on(validation.ablation)
    if validation.reach:
        yield _reach(validation.reach, _not_drawn(validation))


def _exhibits_besides(validation: Validation) -> Iterator[Exhibit]:
    if validation.knock_outs:
        yield besides.knock_outs_figure(validation.knock_outs)
    if validation.survey:
        yield besides.survey_figure(validation.survey)


def _tables_besides(validation: Validation) -> dict[str, Any]:
    """Tables of knock-outs and survey, for CSV files."""
    tables: dict[str, Any] = {}
    if validation.knock_outs:
        tables["knock_outs"] = validation.knock_outs.effects
    if validation.survey:
        found = validation.survey
        tables |= {"answers": found.answers, "correlations": found.correlations, "paths": found.paths}
    return tables


def _record(validation: Validation) -> dict[str, Any]:
    record: dict[str, Any] = {
        "is_quick": validation.question.is_quick,
        "passes": validation.holds,
        "verdict": validation.verdict,
        "runs": validation.n_runs,
        "n_failed": len(validation.failures),
        "patterns": [record_of_finding(finding) for finding in validation.findings],
    }
    if validation.ablation:
        record["ablation"] = validation.ablation.cells.to_dict("records")
    if validation.reach:
        record["robustness"] = validation.reach.shares.to_dict("records")
    if validation.knock_outs:
        record["knock_outs"] = validation.knock_outs.effects.to_dict("records")
        record["levels"] = validation.knock_outs.levels
    if validation.survey:
        record["correlations"] = validation.survey.correlations.to_dict("records")
        record["paths"] = validation.survey.paths.to_dict("records")
    return record


def _verdicts(validation: Validation) -> ShownTable:
    """Each pattern's sentence, source and verdict over the rows of its checks."""
    rows: list[tuple[str, ...]] = []
    for finding in validation.findings:
        pattern = finding.pattern
        why = f"\nWhy: {finding.reason}" if finding.reason else ""
        rows.append((f"{pattern.id} {finding.verdict}: {pattern.says} [{pattern.source}]{why}",))
        rows += map(_check, finding.judged)
    return ShownTable(("What", "Measured", "95 % interval", "Target", "Worlds", "Verdict"), rows)


def _check(one: Judged) -> tuple[str, ...]:
    estimate, unit = one.estimate, one.check.unit
    target = one.check.target.words(unit)
    if estimate is None:
        return one.check.what, "-", "-", target, "-", "not measurable"
    spread = from_to(estimate.interval, unit) if estimate.interval.is_known else "-"
    verdict = "met" if one.is_met else "NOT MET"
    return one.check.what, amount(estimate.value, unit), spread, target, f"{estimate.n:,}", verdict


def _besides(validation: Validation) -> Iterator[str]:
    """What was not measurable and why, and what else was asked, for a terminal."""
    if validation.problems:
        yield "\n".join(validation.problems)
    yield from besides.in_terminal(validation.knock_outs, validation.survey)
    if validation.ablation:
        yield "\n".join(["Without ...", *validation.ablation.in_words])
    if validation.reach:
        reach = validation.reach
        shown = [f"{row.pattern}  shown in {_share(row)}" for row in rows_of(reach.shares)]
        drawn = f"Under {counted(reach.n_draws, 'draw')} of {counted(reach.n_parameters, 'parameter')} that agree with"
        yield "\n".join([f"{drawn} what is published:", *shown, *_not_drawn(validation)])


def _stands_on(ablation: Ablation) -> Section:
    """The matrix of patterns and mechanisms."""
    cells = ablation.cells
    wide = cells.pivot(index="pattern", columns="mechanism", values="result")
    order, names = list(dict.fromkeys(cells["pattern"])), list(dict.fromkeys(cells["mechanism"]))
    rows = [(name, *(_SIGNS[wide.loc[name, mechanism]] for mechanism in names)) for name in order]
    table = ShownTable(("Pattern", *names), rows, words=1 + len(names))
    return Section("ablation", "What the patterns stand on", _WITHOUT, table, ablation.in_words)


def _not_drawn(validation: Validation) -> list[str]:
    """Which patterns were not asked for in draws, and how they are."""
    drawn = validation.question.drawn
    left_out = [one.id for one in validation.question.lived_through if one not in drawn]
    if not left_out:
        return []
    return [f"Not asked in draws, as each takes many runs: {', '.join(left_out)}; --robustness 10 asks them too."]


def _reach(reach: Reach, left_out: Sequence[str]) -> Section:
    """The share of draws in which each pattern shows."""
    rows = [(row.pattern, *_share_cells(row), f"{row.n}") for row in rows_of(reach.shares)]
    heads = ("Pattern", "Draws that show it", "95 % interval", f"At least {100 * ENOUGH:.0f} %", "Draws")
    how = (
        f"The first {counted(reach.n_draws, 'draw')} of each company's ensemble: {reach.n_parameters} uncertain "
        f"parameters at once, as they agree with what is published, in {FEWEST_TO_TELL} worlds or more. A pattern "
        "shows in a draw if its numbers have the right sign or order; a type of working together that is counted as "
        "best somewhere must lead there by more than luck alone would bring, to any place at all, in "
        f"{percent(LIKELY)} of cases. What a company's own file says, levers, pay, people and money stay as they are. "
        "draws.csv beside this page has a row a draw: the value of every parameter, and what each pattern showed, so "
        "that what a pattern hangs on can be looked for."
    )
    return Section("robustness", "How far the patterns reach", (how, *left_out), ShownTable(heads, rows))


def _share(row: Any) -> str:
    """`74 % of 120 draws`, or `3 of 4 draws` where they are too few for a share."""
    if says_something(row.n):
        return f"{percent(row.share)} of {row.n} draws"
    return f"{round(row.share * row.n)} of {row.n} draws" if row.n else "no draw that could be measured"


def _share_cells(row: Any) -> tuple[str, str, str]:
    """The share, its interval, whether it is enough; of few draws only how many they were."""
    if not says_something(row.n):
        return _share(row), "too few to say", NOT_KNOWN
    return percent(row.share), f"{percent(row.low)} to {percent(row.high)}", "yes" if row.share >= ENOUGH else "NO"
