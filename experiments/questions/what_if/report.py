"""A what-if answer as a note that can be handed on: the answer, the evidence, the doubt, and where it comes from."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import scenarios
from experiments.designs.run_table import DECISION
from experiments.observation.attribution import PARTS
from experiments.questions.what_if.ask import AFTER, BEFORE, WhatIf
from experiments.questions.what_if.text import activity, headline, in_sentences, part_rows
from experiments.reporting import figures
from experiments.reporting import html as parts
from experiments.reporting import results_folder as store
from experiments.reporting.doubt_section import BLIND_SPOTS, assumptions
from experiments.reporting.figure_style import Exhibit, exhibit, rows_of
from experiments.reporting.html import Card, text
from experiments.reporting.provenance_section import company_values, how_made, what_differs
from experiments.reporting.terminal import columns
from experiments.statistics.paired import Interval
from experiments.store.provenance import PROJECT, Provenance
from experiments.wording.numbers import amount, counted, euro, from_to, name_of, number, percent, probability, sentence

PART_HEADS = ("where it arose", "change", "95 % interval", "deals gained", "deals lost")
METHOD = (
    "The same prospects, with the same luck, are lived through twice, so nothing is estimated: every prospect's "
    "history without the change is laid beside its history with it. A deal made in one world only is booked, with all "
    "it brings in the measured days, at the step at which the other world lost it: never reached, never handed over, "
    "never worked, no project found, never taken up for selling, lost as an opportunity, or not closed within the "
    "measured days. Deals gained and lost at a step are netted. Deals made in both worlds differ by price, by what is "
    "sold and by renewals. Bad debt, pay, programmes and money for practices come from the books. The parts add up to "
    "the difference in contribution in every single world; exchanging the two worlds turns every sign.",
    "A deal is booked at the first obstacle that stopped it. If a change removes two obstacles, the first gets the "
    "credit for deals that would have met both. Hours are no part of their own: they are paid either way. What hours "
    "are worth shows in deals: of leads worked, projects taken up, and buyers that reps find themselves.",
)
"""How the difference is taken apart, for the reader."""


def what_if_exhibits(found: WhatIf) -> list[Exhibit]:
    """Where the difference arose, and how it varies from world to world."""
    import pandas as pd

    if not found.n_worlds:
        return []
    table = found.parts
    named = table.assign(label=["Contribution" if p == DECISION else PARTS[p].label for p in table["part"]])
    figure = figures.waterfall(named, "What the change adds to contribution (EUR)")
    note = (
        f"Mean over {counted(found.n_worlds, 'pair')} of runs; the parts add up to the difference in every world. "
        "Bars to the left take away."
    )
    shown = [exhibit("origins", _title(found), note, figure, named)]
    gap = found.values(f"{AFTER}/{DECISION}") - found.values(f"{BEFORE}/{DECISION}")
    if found.n_worlds > 1 and gap.any():
        worlds = {"a": "with the change", "b": "without it", "seed": found.worlds["seed"], "gap": gap}
        title = f"It pays in {probability(found.gain().share_a_higher)} of worlds"
        luck = replace(figures.luck(pd.DataFrame(worlds)), title=title)
        luck.figure.update_layout(title_text=title)
        shown.append(luck)
    return shown


def _title(found: WhatIf) -> str:
    """What the largest part is, and what it amounts to in the end."""
    table = found.parts.iloc[:-1]
    total = euro(found.gain().mean, signed=True)
    if table.empty:
        return "The change makes no difference in any world"
    row = max(table.to_dict("records"), key=lambda row: abs(row["change"]))
    known = PARTS[str(row["part"])]
    words = known.gain if row["change"] > 0 else known.loss
    return sentence(f"{words}: {euro(row['change'], signed=True)} of {total} in all")


def what_if_report(found: WhatIf, exhibits: list[Exhibit], made: Provenance) -> str:
    """The whole note as one HTML page that needs nothing else."""
    sections = [_header(found, made), _answer(found), _evidence(found, exhibits), _doubt(found), _inputs(found)]
    beside = (
        "Beside this page lie worlds.csv (every world with all outcomes before and after and all parts), parts.csv, "
        "effects.csv, hours.csv, fates.csv, the numbers behind each figure, and manifest.json with every parameter."
    )
    sections.append(how_made([int(seed) for seed in found.worlds["seed"]] if found.n_worlds else [], beside, made))
    words = f"Made with {PROJECT} {made.versions[PROJECT]}, model {made.model}, {made.made_at}."
    body = f"<main>{''.join(sections)}</main><footer>{text(words)}</footer>"
    return parts.page(headline(found), body, with_figures=bool(exhibits))


def _header(found: WhatIf, made: Provenance) -> str:
    day = datetime.fromisoformat(made.made_at)
    practices = f" with practices {found.question.practices}" if found.question.practices else ""
    line = f"Company: {found.company}{practices} · {found.n_worlds:,} worlds, each lived twice"
    return (
        f'<header><p class="kicker">What if?</p><h1>{text(headline(found))}</h1>'
        f'<p class="byline">{text(line)} · {day.day} {day:%B %Y}</p>'
        '<nav><a href="#answer">Answer</a><a href="#evidence">Evidence</a><a href="#doubt">Doubt</a>'
        '<a href="#inputs">What was changed</a><a href="#origin">Where it comes from</a></nav></header>'
    )


def _answer(found: WhatIf) -> str:
    lines = "".join(parts.paragraph(line) for line in in_sentences(found))
    boxes = ""
    if found.n_worlds:
        heads = [sentence(head) for head in PART_HEADS]
        boxes = parts.cards(_cards(found)) + parts.table(heads, part_rows(found), best="Contribution")
    return f'<section id="answer"><h2>The answer</h2><div class="answer">{lines}</div>{boxes}</section>'


def _cards(found: WhatIf) -> list[Card]:
    gain, revenue = found.gain(), found.gain("revenue_eur")
    return [
        Card("Contribution", euro(gain.mean, signed=True), from_to(gain.interval, "EUR", signed=True)),
        Card("In percent", percent(gain.relative, signed=True), from_to(gain.relative_interval, "share", signed=True)),
        Card("Revenue recognised", percent(revenue.relative, signed=True), euro(revenue.mean, signed=True)),
        Card("Pays in", probability(gain.share_a_higher), f"of {found.n_worlds:,} worlds"),
    ]


def _evidence(found: WhatIf, exhibits: list[Exhibit]) -> str:
    if not exhibits:
        return ""
    method = "<h3>How the difference is taken apart</h3>" + "".join(f"<p>{text(words)}</p>" for words in METHOD)
    noscript = "<noscript><p>The figures need JavaScript; the numbers behind them are folded below each.</p></noscript>"
    drawn = [parts.figure(one) for one in exhibits]
    tables = [
        parts.folded("Every outcome, before and after", _effects(found)),
        parts.folded("Where the hours went", _hours(found)),
        parts.folded("What became of the same prospects in both worlds", _fates(found)),
    ]
    inside = "".join([noscript, drawn[0], method, *drawn[1:], *tables])
    return f'<section id="evidence"><h2>The evidence</h2>{inside}</section>'


def _effects(found: WhatIf) -> str:
    rows = [
        (
            sentence(name_of(row.outcome)),
            amount(row.before, row.unit),
            amount(row.after, row.unit),
            amount(row.change, row.unit, signed=True),
            from_to(Interval(row.low, row.high), row.unit, signed=True),
        )
        for row in rows_of(found.effects)
    ]
    return parts.table(("Outcome", "Before", "After", "Change", "95 % interval"), rows)


def _hours(found: WhatIf) -> str:
    rows = [
        (
            sentence(row.side),
            activity(row.side, row.activity),
            number(row.before),
            number(row.after),
            number(row.change, signed=True),
        )
        for row in rows_of(found.hours)
        if row.before or row.after
    ]
    return parts.table(("Side", "Hours a week on", "Before", "After", "Change"), rows, words=2)


def _fates(found: WhatIf) -> str:
    rows = [(row.before, row.after, number(row.n_a_run)) for row in rows_of(found.fates)]
    return parts.table(("Without the change", "With it", "Prospects a run"), rows, words=2)


def _doubt(found: WhatIf) -> str:
    variants = {BEFORE: found.pair.before, AFTER: found.pair.after}
    return (
        f'<section id="doubt"><h2>The doubt</h2><h3>What luck leaves open</h3>{parts.bullets(_luck(found))}'
        f"<h3>What rests on assumptions</h3>{parts.bullets(assumptions(variants))}"
        f"<h3>What the model does not know</h3>{parts.bullets(BLIND_SPOTS)}</section>"
    )


def _luck(found: WhatIf) -> Iterator[str]:
    if not found.n_worlds:
        yield "No world was lived to its end with and without the change."
        return
    gain = found.gain()
    yield (
        f"The difference varies by {euro(gain.sd)} (standard deviation) from world to world. A small change moves many "
        "later events: somebody calls a day earlier, and other deals are won and lost. That is real luck of the "
        "company's, and the mean over worlds is what the change is worth."
    )
    yield (
        f"Living the same worlds twice was worth {number(gain.variance_reduction)} times as many runs "
        "(variance-reduction factor; 1 would be no gain)."
    )
    yield (
        "Intervals are 95 % each, by Student's t; the difference is called clear only if a bootstrap interval agrees. "
        "Those of single parts are not corrected for being many: read the large ones."
    )
    if found.failures:
        yield f"{counted(len(found.failures), 'world')} failed and left out: {found.failures[0].error}."


def _inputs(found: WhatIf) -> str:
    variants: dict[str, Any] = {BEFORE: found.pair.before, AFTER: found.pair.after}
    return (
        '<section id="inputs"><h2>What was changed</h2><p>Everything else is the same in both worlds.</p>'
        f"{what_differs(variants)}{company_values(found.source, found.question.given)}</section>"
    )


def text_answer(found: WhatIf) -> str:
    """The table of parts and the answer, for a terminal."""
    said = "\n".join(in_sentences(found))
    return f"{columns(PART_HEADS, part_rows(found))}\n\n{said}" if found.n_worlds else said


def in_short(found: WhatIf) -> dict[str, Any]:
    """The answer for programs."""
    gain = found.gain() if found.n_worlds else None
    return {
        "company": found.company,
        "changes": dict(found.question.changes),
        "answer": list(in_sentences(found)),
        "contribution": asdict(gain) if gain else None,
        "revenue": asdict(found.gain("revenue_eur")) if gain else None,
        "parts": found.parts.to_dict("records") if gain else [],
        "hours_a_week": found.hours.to_dict("records") if gain else [],
        "n_worlds": found.n_worlds,
        "is_complete": not found.is_interrupted,
        "failures": [{"seed": one.planned.seed, "error": one.error} for one in found.failures],
    }


def save(found: WhatIf, made: Provenance, folder: Path) -> Path:
    """Write report, tables and manifest to a folder; returns it. Raises InputError."""
    shown = what_if_exhibits(found)
    tables = {"worlds": found.worlds}
    if found.n_worlds:
        tables |= {"parts": found.parts, "effects": found.effects, "hours": found.hours, "fates": found.fates}
    about = {
        "question": "what-if",
        "company": found.company,
        "is_complete": not found.is_interrupted,
        **asdict(made),
        "seeds": [int(seed) for seed in found.worlds["seed"]] if found.n_worlds else [],
        "changes": dict(found.question.changes),
        "answer": list(in_sentences(found)),
        "parts": {name: asdict(part) for name, part in PARTS.items()},
        "failures": [asdict(failure) for failure in found.failures],
        "variants": {BEFORE: scenarios.resolved(found.pair.before), AFTER: scenarios.resolved(found.pair.after)},
    }
    return store.save_pages({"report.html": what_if_report(found, shown, made)}, tables, shown, about, folder)
