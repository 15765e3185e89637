"""A sweep as a note that can be handed on: the answer, the evidence, the doubt, what varied, where it comes from."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import scenarios
from experiments import report_parts as parts
from experiments import store
from experiments.figure_style import Exhibit
from experiments.provenance import PROJECT, Provenance
from experiments.report_doubt import BLIND_SPOTS, assumptions, few_worlds
from experiments.report_origin import company_values, how_made
from experiments.report_origin import in_words as value_in_words
from experiments.report_parts import text
from experiments.statistics import FEWEST_FOR_BOOTSTRAP
from experiments.sweeping.answer import behind, effects_of, headline, in_sentences, setting_in_words, settings_of
from experiments.sweeping.effects import Setting, point_means
from experiments.sweeping.figures import exhibits
from experiments.sweeping.sweep import Found
from experiments.terminal import columns
from experiments.wording import counted, euro, from_to, probability, sentence

SETTING_HEADS = (
    "setting",
    "contribution",
    "95 % interval",
    "against the best",
    "95 % of that",
    "chance to be best",
)
_MOST_LINES = 10


def save(found: Found, made: Provenance, folder: Path) -> Path:
    """Write report, tables, figures' numbers and manifest beside the runs; returns the folder. Raises Mistake."""
    shown = exhibits(found)
    tables = {"points": point_means(found), "effects": effects_of(found)} if found.n_known else {}
    about = {
        "question": "sweep",
        "asked": found.sweep.question,
        "company": found.sweep.base.name,
        "is_complete": True,
        **asdict(made),
        "design_name": found.sweep.design,
        "dimensions": [asdict(one) for one in found.sweep.dimensions],
        "changes": dict(found.sweep.changes),
        "answer": list(in_sentences(found)),
        "n_failed": len(found.runs.failures),
    }
    store.save_pages({"report.html": page(found, shown, made)}, tables, shown, about, folder)
    store.save_table(found.runs.table, "runs", folder)
    return folder


def page(found: Found, shown: list[Exhibit], made: Provenance) -> str:
    """The whole note as one HTML page that needs nothing else."""
    beside = (
        "Beside this page lie runs.parquet (every run with all outcomes), points.csv (every point with the means of "
        "all outcomes), effects.csv, the numbers behind each figure, design.parquet, and manifest.json."
    )
    seeds = list(found.runs.study.seeds)
    sections = [_header(found, made), _answer(found), _evidence(shown), _doubt(found), _inputs(found)]
    sections.append(how_made(seeds, beside, made))
    words = f"Made with {PROJECT} {made.versions[PROJECT]}, model {made.model}, {made.made_at}."
    body = f"<main>{''.join(sections)}</main><footer>{text(words)}</footer>"
    return parts.page(headline(found), body, with_figures=bool(shown))


def in_text(found: Found) -> str:
    """The best settings and the answer, for a terminal."""
    said = "\n".join(in_sentences(found))
    rows = _setting_rows(found)
    return f"{columns(SETTING_HEADS, rows)}\n\n{said}" if rows else said


def in_short(found: Found) -> dict[str, Any]:
    """The answer for programs."""
    return {
        "company": found.sweep.base.name,
        "design": found.sweep.design,
        "n_points": len(found.sweep.points),
        "n_left_out": found.sweep.n_left_out,
        "runs_per_point": found.sweep.runs,
        "n_runs": found.n_known,
        "answer": list(in_sentences(found)),
        "settings": [
            {"values": one.values, "is_today": one.is_today, **asdict(one.standing)} for one in settings_of(found)
        ],
        "effects": effects_of(found).to_dict("records") if found.n_known else [],
        "indifference": found.sweep.indifference,
        "is_complete": not found.runs.is_interrupted,
        "failures": [
            {"point": int(one.row.arm), "seed": one.row.seed, "error": one.error} for one in found.runs.failures
        ],
    }


def _header(found: Found, made: Provenance) -> str:
    day = datetime.fromisoformat(made.made_at)
    sweep = found.sweep
    line = f"Company: {sweep.base.name} · {counted(len(sweep.points), 'point')}, each in {counted(sweep.runs, 'world')}"
    return (
        f'<header><p class="kicker">{text(sweep.question or "Sweep")}</p><h1>{text(headline(found))}</h1>'
        f'<p class="byline">{text(line)} · {day.day} {day:%B %Y}</p>'
        '<nav><a href="#answer">Answer</a><a href="#evidence">Evidence</a><a href="#doubt">Doubt</a>'
        '<a href="#inputs">What varied</a><a href="#origin">Where it comes from</a></nav></header>'
    )


def _answer(found: Found) -> str:
    lines = "".join(parts.paragraph(line) for line in in_sentences(found))
    rows = _setting_rows(found)
    table = parts.table([sentence(head) for head in SETTING_HEADS], rows) if rows else ""
    return f'<section id="answer"><h2>The answer</h2><div class="answer">{lines}</div>{table}</section>'


def _setting_rows(found: Found) -> list[tuple[str, ...]]:
    return [
        (
            setting_in_words(one),
            euro(one.standing.mean.mean),
            from_to(one.standing.mean.interval, "EUR"),
            *_behind(one, settings_of(found)[0]),
            probability(one.standing.probability_best),
        )
        for one in settings_of(found)[:_MOST_LINES]
    ]


def _behind(setting: Setting, best: Setting) -> tuple[str, str]:
    if setting is best:
        return "", ""
    gap = behind(setting, best)
    return euro(gap.mean, signed=True), from_to(gap.interval, "EUR", signed=True)


def _evidence(shown: list[Exhibit]) -> str:
    if not shown:
        return ""
    noscript = "<noscript><p>The figures need JavaScript; the numbers behind them are folded below each.</p></noscript>"
    drawn = "".join(parts.figure(one) for one in shown)
    return f'<section id="evidence"><h2>The evidence</h2>{noscript}{drawn}</section>'


def _doubt(found: Found) -> str:
    arms = {"base": found.sweep.base}
    return (
        '<section id="doubt"><h2>The doubt</h2><h3>What luck and the design leave open</h3>'
        f"{parts.bullets(_luck(found))}"
        f"<h3>What rests on assumptions</h3>{parts.bullets(assumptions(arms))}"
        f"<h3>What the model does not know</h3>{parts.bullets(BLIND_SPOTS)}</section>"
    )


def _luck(found: Found) -> Iterator[str]:
    yield (
        "Every point met the same worlds, so points are compared in pairs. Intervals are 95 %, over worlds: they hold "
        "luck, not the choice of points. p-values of effects are corrected for their number (Holm)."
    )
    yield (
        "An effect is a straight line between the lowest and the highest value, or the gap between the worst and the "
        "best of a list, with everything else that varied held constant on average. Curves and interplay are in the "
        "figures and in points.csv; how much each matters with all interplay is the question of `sensitivity`."
    )
    if settings_of(found):
        yield (
            "The best of many settings looks a little better than it is, because luck helped it to the top. Before "
            "you decide, compare it alone with today's practices in new worlds (what-if with another --seed)."
        )
    if found.sweep.runs < FEWEST_FOR_BOOTSTRAP:
        yield few_worlds(found.sweep.runs)
    if found.sweep.n_left_out:
        yield f"{counted(found.sweep.n_left_out, 'point')} broke a constraint and were left out."
    if found.runs.failures:
        yield f"{counted(len(found.runs.failures), 'run')} failed: {found.runs.failures[0].error}."


def _inputs(found: Found) -> str:
    rows = [(one.path, one.role, _over(one), _meaning(one.path)) for one in found.sweep.dimensions]
    heads = ("Parameter", "Role", "Values", "Meaning")
    return (
        '<section id="inputs"><h2>What varied</h2><p>Levers are the company\'s to choose, uncertainties are not. '
        f"Everything else is the same at all points.</p>{parts.table(heads, rows, words=4)}"
        f"{company_values(found.sweep.source, found.sweep.changes)}</section>"
    )


def _over(dimension: Any) -> str:
    if dimension.is_listed:
        return ", ".join(value_in_words(value) for value in dimension.values)
    return f"{dimension.low:g} to {dimension.high:g}"


def _meaning(path: str) -> str:
    keys = path.split(".")
    pattern = ".".join([keys[0], "*", *keys[2:]]) if keys[0] in ("segments", "channels", "products") else path
    known = {parameter.path: parameter.meaning for parameter in scenarios.parameters()}
    return known.get(pattern, "the practices of a relationship type as a whole")
