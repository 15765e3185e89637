"""A validation as a page: the verdict on every pattern first, then a figure of each, then how it was judged."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.questions.validate import ablation, robustness
from experiments.questions.validate.ask import Validation
from experiments.questions.validate.ask_all import Answers
from experiments.questions.validate.patterns.drawings import checks_table, drawn
from experiments.questions.validate.patterns.pattern import Finding, in_short
from experiments.reporting import html as parts
from experiments.reporting import results_folder as store
from experiments.reporting.figure_style import Exhibit
from experiments.reporting.html import text
from experiments.reporting.terminal import columns
from experiments.store.provenance import PROJECT, Provenance
from experiments.wording.numbers import amount, counted, from_to

if TYPE_CHECKING:
    from experiments.questions.validate.patterns.pattern import Judged

PAGE = "validation.html"
RULES = (
    "A range is met if the mean over worlds lies inside it and its 95 % interval is no wider than the range.",
    "A sign is met if the whole 95 % interval lies on the right side; comparisons are paired in common worlds.",
    "A pattern holds if all its checks are met. What cannot be measured, or is unknown in most worlds, meets nothing.",
    "Intervals are not corrected for there being many checks: of those for a sign that is not there, one in forty "
    "would pass by luck.",
)
_HEADS = ("  what", "measured", "95 % interval", "target", "worlds", "verdict")


def terminal_text(found: Answers) -> str:
    """Each pattern with its checks, what was not measurable and why, what else was asked, then the verdict."""
    whole = found.validation
    table = columns(_HEADS, [row for finding in whole.findings for row in _rows(finding)]).splitlines()
    lines = table[:2]
    for finding in whole.findings:
        n_checks = len(finding.judged)
        lines += ["", f"{finding.pattern.id} {finding.verdict}: {finding.pattern.says} [{finding.pattern.source}]"]
        lines += table[len(table) - _left(whole, finding) : len(table) - _left(whole, finding) + n_checks]
        lines += [f"  Why: {finding.reason}"] if finding.reason else []
    lines += ["", *(f"{name}: {why}" for name, why in problems(whole.findings))]
    lines += ["", ablation.in_words(found.ablation)] if found.ablation else []
    lines += ["", robustness.in_words(found.robustness)] if found.robustness else []
    return "\n".join([*lines, "", f"{whole.verdict}. {counted(found.n_runs, 'run')}."])


def failed(found: Answers) -> str:
    """How many runs failed, and the first of them."""
    return f"{counted(len(found.failures), 'run')} failed, e.g. {found.failures[0].error}"


def _left(found: Validation, finding: Finding) -> int:
    """Checks from this finding's first to the last of all."""
    findings = list(found.findings)
    return sum(len(one.judged) for one in findings[findings.index(finding) :])


def problems(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    """Pattern and reason, once each, of what could not be measured."""
    told = [(one.pattern.id, judged.problem) for one in findings for judged in one.judged if judged.problem]
    return list(dict.fromkeys(told))


def short(found: Answers) -> dict[str, Any]:
    """A validation for programs."""
    whole = found.validation
    told: dict[str, Any] = {
        "passes": whole.passes,
        "verdict": whole.verdict,
        "runs": found.n_runs,
        "n_failed": len(found.failures),
        "patterns": [in_short(finding) for finding in whole.findings],
    }
    if found.ablation:
        told["ablation"] = found.ablation.cells.to_dict("records")
    if found.robustness:
        told["robustness"] = found.robustness.shares.to_dict("records")
    return told


def exhibits_of(found: Validation) -> list[Exhibit]:
    """One figure a pattern."""
    return [drawn(finding, found.evidence) for finding in found.findings]


def page(found: Answers, exhibits: Sequence[Exhibit], made: Provenance) -> str:
    """The whole report as one HTML page that needs nothing else."""
    whole = found.validation
    sections = [
        _header(found, made),
        _verdicts(whole),
        ablation.section(found.ablation) if found.ablation else "",
        robustness.section(found.robustness) if found.robustness else "",
        _figures(exhibits),
        _judging(whole),
        _origin(made),
    ]
    body = f"<main>{''.join(sections)}</main>"
    return parts.page(f"Validation: {whole.verdict}", body, with_figures=bool(exhibits))


def save(found: Answers, made: Provenance, folder: Path) -> Path:
    """Write the page, the tables, the figures' numbers and a manifest; raises InputError."""
    whole = found.validation
    exhibits = exhibits_of(whole)
    about = {"question": "validate", "is_quick": whole.plan.is_quick, **asdict(made), **short(found)}
    tables = {"checks": checks_table(whole.findings)}
    tables |= {"ablation": found.ablation.cells} if found.ablation else {}
    tables |= {"robustness": found.robustness.shares, "draws": found.robustness.draws} if found.robustness else {}
    return store.save_pages({PAGE: page(found, exhibits, made)}, tables, exhibits, about, folder)


def _header(found: Answers, made: Provenance) -> str:
    whole = found.validation
    how = "quick, with few worlds" if whole.plan.is_quick else "with enough worlds for its intervals"
    return (
        '<header><p class="kicker">Does the model show what is known?</p>'
        f"<h1>{text(whole.verdict)}</h1>"
        f'<p class="byline">{text(counted(found.n_runs, "run"))}, {text(how)} · {text(made.made_at[:10])}</p>'
        f"<nav>{_links(found)}</nav></header>"
    )


def _links(found: Answers) -> str:
    places = {
        "verdicts": "Verdicts",
        **({"ablation": "What they stand on"} if found.ablation else {}),
        **({"robustness": "How far they reach"} if found.robustness else {}),
        "figures": "Figures",
        "judging": "How it is judged",
        "origin": "Where it comes from",
    }
    return "".join(f'<a href="#{place}">{words}</a>' for place, words in places.items())


def _verdicts(found: Validation) -> str:
    """Each pattern's sentence, source and verdict over the rows of its checks."""
    heads = ("What", "Measured", "95 % interval", "Target", "Worlds", "")
    head = "".join(f'<th scope="col">{text(name)}</th>' for name in heads)
    body = "".join(
        _title_row(finding, len(heads)) + "".join(map(_check_row, finding.judged)) for finding in found.findings
    )
    table = f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    return f'<section id="verdicts"><h2>The verdicts</h2>{table}</section>'


def _title_row(finding: Finding, n_columns: int) -> str:
    pattern = finding.pattern
    told = f"<strong>{text(pattern.id)} {text(finding.verdict)}</strong>: {text(pattern.says)}"
    source = f'<br><span class="byline">{text(pattern.source)}</span>'
    why = f"<br>Why: {text(finding.reason)}" if finding.reason else ""
    return f'<tr><th scope="rowgroup" colspan="{n_columns}">{told}{source}{why}</th></tr>'


def _check_row(one: "Judged") -> str:
    value, spread, worlds = _numbers(one)
    mark = "?" if one.found is None else "✓" if one.is_met else "✗"
    cells = (one.check.what, value, spread, one.check.target.words(one.check.unit), worlds, mark)
    return f"<tr>{''.join(f'<td>{text(cell)}</td>' for cell in cells)}</tr>"


def _figures(exhibits: Sequence[Exhibit]) -> str:
    inside = "".join(parts.figure(exhibit) for exhibit in exhibits)
    return f'<section id="figures"><h2>Pattern by pattern</h2>{inside}</section>'


def _judging(found: Validation) -> str:
    open_ = problems(found.findings)
    told = f"<h3>What could not be measured</h3>{parts.bullets(f'{name}: {why}' for name, why in open_)}"
    rules = parts.bullets(RULES)
    return f'<section id="judging"><h2>How it is judged</h2>{rules}{told if open_ else ""}</section>'


def _origin(made: Provenance) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in made.versions.items())
    rows = [("Command", made.command), ("Made at", made.made_at), ("Model", made.model), ("Versions", versions)]
    table = parts.table(("What", PROJECT), rows, words=2)
    return f'<section id="origin"><h2>Where it comes from</h2>{table}</section>'


def _rows(finding: Finding) -> list[tuple[str, ...]]:
    verdicts = {True: "met", False: "NOT MET"}
    return [
        (
            f"  {one.check.what}",
            *_numbers(one)[:2],
            one.check.target.words(one.check.unit),
            _numbers(one)[2],
            "not measurable" if one.found is None else verdicts[one.is_met],
        )
        for one in finding.judged
    ]


def _numbers(judged: "Judged") -> tuple[str, str, str]:
    """Value, interval and worlds in words; dashes for what is not known."""
    found, unit = judged.found, judged.check.unit
    if found is None:
        return "-", "-", "-"
    spread = from_to(found.interval, unit) if found.interval.is_known else "-"
    return amount(found.value, unit), spread, f"{found.n:,}"
