"""An agreement as a report: every published figure beside the simulated one, and what is allowed."""

from dataclasses import asdict

from experiments.questions.agreement.result import Agreement, Line
from experiments.questions.agreement.text import headline
from experiments.reporting.report import Report, ShownTable
from experiments.reporting.what_intervals_hold import luck_alone
from experiments.wording.numbers import amount, counted, from_to

_VERDICTS = {True: "yes", False: "NO", None: "-"}
METHOD = (
    "Leads are watched as in the data: those reached in the first {reached_months} months count, and closings until "
    "{won_months} months after the first of them. Judged is the mean over runs; a figure without a bound is shown only."
)


def report_of(agreement: Agreement) -> Report:
    """Everything there is to say of an agreement."""
    published = agreement.plan.published
    lines = [asdict(line) | {"interval": [line.interval.low, line.interval.high]} for line in agreement.lines]
    heads = ("Figure", "Real", "Simulated", "95 % interval", "Within?", "Allowed")
    return Report(
        title="Does the simulated company reproduce what is published of the real one?",
        headline=headline(agreement),
        lead=f"{published['about']}.",
        byline=counted(len(agreement.runs), "run"),
        main=ShownTable(heads, [_row(line) for line in agreement.lines]),
        method=(METHOD.format(**published["window"]),),
        doubt=(luck_alone(),),
        variants=agreement.plan.companies,
        tables={"agreement": agreement.to_frame()},
        record={"source": published["source"], "runs": len(agreement.runs), "figures": lines},
        seeds=[int(seed) for seed in agreement.runs["seed"]],
    )


def _row(line: Line) -> tuple[str, ...]:
    spread = from_to(line.interval, line.unit) if line.interval.is_known else "-"
    values = (amount(line.real, line.unit), amount(line.simulated, line.unit))
    return (line.figure, *values, spread, _VERDICTS[line.is_within], line.allowed or "-")
