"""A comparison as a note that can be handed on: the answer, the evidence, the doubt, and where it all comes from."""

from datetime import datetime

from experiments.questions.compare.result import Comparison
from experiments.questions.compare.text import headline
from experiments.reporting import html as parts
from experiments.reporting.doubt_section import doubt
from experiments.reporting.figure_style import Exhibit, label, lower_label
from experiments.reporting.html import Card, text
from experiments.reporting.provenance_section import inputs, origin
from experiments.store.provenance import PROJECT, Provenance
from experiments.wording.numbers import euro, from_to, percent, probability


def report(found: Comparison, exhibits: list[Exhibit], made: Provenance) -> str:
    """The whole note as one HTML page that needs nothing else."""
    sections = [
        _header(found, made),
        _answer(found),
        _evidence(exhibits),
        doubt(found),
        inputs(found),
        origin(found, made),
    ]
    body = f"<main>{''.join(sections)}</main>{_footer(made)}"
    return parts.page(headline(found), body, with_figures=bool(exhibits))


def _header(found: Comparison, made: Provenance) -> str:
    day = datetime.fromisoformat(made.made_at)
    question = next(iter(found.variants.values())).question
    line = f"Company: {found.company} · {found.n_worlds:,} paired runs of {found.quarters_measured} quarters"
    return (
        '<header><p class="kicker">How should Sales and Marketing work together?</p>'
        f"<h1>{text(headline(found))}</h1>"
        + (f'<p class="question">{text(question)}</p>' if question else "")
        + f'<p class="byline">{text(line)} · {day.day} {day:%B %Y}</p>'
        '<nav><a href="#answer">Answer</a><a href="#evidence">Evidence</a><a href="#doubt">Doubt</a>'
        '<a href="#inputs">What was compared</a><a href="#origin">Where it comes from</a></nav></header>'
    )


def _answer(found: Comparison) -> str:
    lines = "".join(parts.paragraph(line) for line in found.answer if line)
    boxes = parts.cards(_cards(found)) + _types(found) if found.n_worlds else ""
    return f'<section id="answer"><h2>The answer</h2><div class="answer">{lines}</div>{boxes}</section>'


def _cards(found: Comparison) -> list[Card]:
    first = found.standings[0]
    shown = [Card("Earns most", label(found.best), f"{euro(first.mean.mean)} contribution a run")]
    rivals = [(f"More than {lower_label(found.second)}, the next best", found.second)]
    if found.today not in (None, found.best, found.second):
        rivals.append((f"More than today's practices, {lower_label(str(found.today))}", str(found.today)))
    for what, rival in rivals:
        gap = found.difference(found.best, rival)
        span = from_to(gap.relative_interval, "share", signed=True)
        shown.append(Card(what, percent(gap.relative, signed=True), f"95 % interval {span}"))
    chance = probability(first.probability_best)
    return [
        *shown,
        Card("Chance that it is the best", chance, f"ahead in {probability(first.share_of_worlds)} of worlds"),
    ]


def _types(found: Comparison) -> str:
    heads = ("Type", "Contribution", "95 % interval", "Against the best", "Chance to be best", "Expected regret")
    rows = [
        (
            label(row.variant) + (" (today)" if row.variant == found.today != "today" else ""),
            euro(row.mean.mean),
            from_to(row.mean.interval, "EUR"),
            "" if row.variant == found.best else euro(found.difference(row.variant, found.best).mean, signed=True),
            probability(row.probability_best),
            euro(row.expected_regret),
        )
        for row in found.standings
    ]
    note = (
        "Contribution: gross margin of contracts booked, less bad debt, pay, programmes and coordination, over the "
        "whole run. Expected regret: what choosing this type would give away on average against the truly best one."
    )
    return parts.table(heads, rows, best=rows[0][0]) + f"<figcaption>{text(note)}</figcaption>"


def _evidence(exhibits: list[Exhibit]) -> str:
    if not exhibits:
        return ""
    inside = "".join(parts.figure(exhibit) for exhibit in exhibits)
    noscript = "<noscript><p>The figures need JavaScript; the numbers behind them are folded below each.</p></noscript>"
    return f'<section id="evidence"><h2>The evidence</h2>{noscript}{inside}</section>'


def _footer(made: Provenance) -> str:
    made_with = f"Made with {PROJECT} {made.versions[PROJECT]}, model {made.model}, {made.made_at}."
    words = f"{made_with} This page is complete in itself: it needs no network and asks for none."
    return f"<footer>{text(words)}</footer>"
