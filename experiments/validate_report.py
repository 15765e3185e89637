"""A validation as a page: the verdict on every pattern first, then a figure of each, then how it was judged."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments import report_parts as parts
from experiments import store
from experiments.figure_style import Exhibit
from experiments.patterns.drawings import checks_table, drawn
from experiments.patterns.pattern import Finding, in_short
from experiments.provenance import PROJECT, Provenance
from experiments.report_parts import text
from experiments.terminal import columns
from experiments.validate import Validation
from experiments.wording import amount, counted, from_to

if TYPE_CHECKING:
    import pandas as pd

    from experiments.patterns.pattern import Judged

PAGE = "validation.html"
RULES = (
    "A range is met if the mean over worlds lies inside it and its 95 % interval is no wider than the range.",
    "A sign is met if the whole 95 % interval lies on the right side; comparisons are paired in common worlds.",
    "A pattern holds if all its checks are met. What cannot be measured, or is unknown in most worlds, meets nothing.",
    "Intervals are not corrected for there being many checks: of those for a sign that is not there, one in forty "
    "would pass by luck.",
)
_HEADS = ("pattern", "what", "measured", "95 % interval", "target", "worlds", "verdict")


def terminal_text(found: Validation) -> str:
    """One line a check, then what was not measurable and why, then the verdict."""
    lines = [columns(_HEADS, [row for finding in found.findings for row in _rows(finding)]), ""]
    lines += [f"{name}: {why}" for name, why in problems(found.findings)]
    return "\n".join([*lines, f"{found.verdict}. {counted(found.n_runs, 'run')}."])


def problems(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    """Pattern and reason, once each, of what could not be measured."""
    told = [(one.pattern.id, judged.problem) for one in findings for judged in one.judged if judged.problem]
    return list(dict.fromkeys(told))


def short(found: Validation) -> dict[str, Any]:
    """A validation for programs."""
    return {
        "passes": found.passes,
        "verdict": found.verdict,
        "runs": found.n_runs,
        "patterns": [in_short(finding) for finding in found.findings],
    }


def exhibits_of(found: Validation) -> list[Exhibit]:
    """One figure a pattern."""
    return [drawn(finding, found.evidence) for finding in found.findings]


def page(found: Validation, exhibits: Sequence[Exhibit], made: Provenance, more: Sequence[str] = ()) -> str:
    """The whole report as one HTML page that needs nothing else; `more` are further sections."""
    sections = [_header(found, made), _verdicts(found), *more, _figures(exhibits), _judging(found), _origin(made)]
    body = f"<main>{''.join(sections)}</main>"
    return parts.page(f"Validation: {found.verdict}", body, with_figures=bool(exhibits))


def save(
    found: Validation, made: Provenance, folder: Path, more: Mapping[str, "pd.DataFrame"], sections: Sequence[str]
) -> Path:
    """Write the page, the table of checks, `more` tables, the figures' numbers and a manifest; raises Mistake."""
    exhibits = exhibits_of(found)
    about = {"question": "validate", "is_quick": found.plan.is_quick, **asdict(made), **short(found)}
    tables = {"checks": checks_table(found.findings), **more}
    return store.save_pages({PAGE: page(found, exhibits, made, sections)}, tables, exhibits, about, folder)


def _header(found: Validation, made: Provenance) -> str:
    how = "quick, with few worlds" if found.plan.is_quick else "with enough worlds for its intervals"
    return (
        '<header><p class="kicker">Does the model show what is known?</p>'
        f"<h1>{text(found.verdict)}</h1>"
        f'<p class="byline">{text(counted(found.n_runs, "run"))}, {text(how)} · {text(made.made_at[:10])}</p>'
        '<nav><a href="#verdicts">Verdicts</a><a href="#figures">Figures</a><a href="#judging">How it is judged</a>'
        '<a href="#origin">Where it comes from</a></nav></header>'
    )


def _verdicts(found: Validation) -> str:
    heads = ("Pattern", "Verdict", "What", "Target", "Source", "Measured", "95 % interval", "Worlds")
    rows = [
        (
            finding.pattern.id if first else "",
            finding.verdict if first else "",
            one.check.what,
            one.check.target.words(one.check.unit),
            finding.pattern.source if first else "",
            *_numbers(one),
        )
        for finding in found.findings
        for first, one in zip((True, *[False] * len(finding.judged)), finding.judged, strict=False)
    ]
    table = parts.table(heads, rows, words=5)
    return f'<section id="verdicts"><h2>The verdicts</h2>{table}</section>'


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
            finding.pattern.id,
            one.check.what,
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
