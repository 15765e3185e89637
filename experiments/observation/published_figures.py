"""What is published of companies that sell to companies: figures, each with how far a company may be off, and why.

A tolerance spans what sources say of different companies, and what the model cannot be expected to hit. Two stages that
are published are left out: leads that become MQL, as every firm sets that bar elsewhere, and SQL that become
opportunities, as account executives of the model take up nearly every project that is found.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from experiments.observation.books import ratio, total
from experiments.observation.marketing_leads import answers, ladder
from scenarios import Scenario
from scenarios.run_length import DAYS_PER_QUARTER, DAYS_PER_YEAR

USUAL = "defined"
"""Practices under which most published figures are asked for: firms that have rules and count."""
UNSETTLED = "undefined"


@dataclass(frozen=True)
class PublishedFigure:
    """A figure by its name in runs, what it says, its unit, and the practices under which it is asked for."""

    name: str
    says: str
    unit: str
    low: float
    high: float
    source: str
    practices: str = USUAL


_ALWAYS = (
    PublishedFigure(
        "sold_of_leads", "of leads reached, sold", "share", 0.005, 0.04, "facts 1.1: median 1.5 %, top 4 %"
    ),
    PublishedFigure(
        "sold_of_mql", "of MQL, sold", "share", 0.015, 0.0875, "facts 1.1: quartiles of the stages to come"
    ),
    PublishedFigure("sold_of_sql", "of SQL, sold", "share", 0.1, 0.3, "facts 1.2: 70 to 90 % never are"),
    PublishedFigure("sql_of_mql", "of MQL, with a project found", "share", 0.1, 0.6, "facts 1.1 and 8: MQL to SQL"),
    PublishedFigure("win_rate", "won of opportunities decided", "share", 0.15, 0.35, "facts 1.1 and 1.4: win rate"),
    PublishedFigure("selling_share", "of reps' time, spent selling", "share", 0.22, 0.46, "facts 1.5: selling share"),
    PublishedFigure("attainment", "mean attainment of quota", "share", 0.47, 1.25, "facts 1.5: Forrester 47 %; G11"),
    PublishedFigure("at_quota", "reps' quarters at quota", "share", 0.4, 0.7, "facts 1.5: 51 to 66 % of reps"),
    PublishedFigure(
        "within_1h", "answered within an hour", "share", 0.22, 0.52, "facts 1.3: 37 %, Oldroyd et al. 2011"
    ),
    PublishedFigure("never_answered", "never answered", "share", 0.08, 0.38, "facts 1.3: 23 %, Oldroyd et al. 2011"),
    PublishedFigure(
        "self_found", "opportunities that reps find themselves", "share", 0.35, 0.65, "facts 1.5: almost half"
    ),
    PublishedFigure(
        "growth",
        "revenue of the last year against the one before",
        "share",
        -0.05,
        0.6,
        "private software firms: medians 21 to 47 % a year (SaaS Capital, KeyBanc 2019, Lighter Capital 2020-23)",
    ),
    PublishedFigure(
        "never_worked",
        "marketing leads never worked",
        "share",
        0.4,
        0.8,
        "facts 1.3: 70 %, elsewhere 40 to 80 %",
        UNSETTLED,
    ),
)
_CYCLE = ((0.0, 7.0, 60.0), (8_000.0, 14.0, 100.0), (25_000.0, 30.0, 150.0), (50_000.0, 60.0, 270.0))
"""From a typical deal value (EUR) on: days, shortest and longest."""
_RETENTION = ((0.0, 0.5, 0.75), (10_000.0, 0.66, 0.9), (50_000.0, 0.74, 0.95), (100_000.0, 0.8, 0.97))


def published_figures(company: Scenario) -> tuple[PublishedFigure, ...]:
    """Those of companies of this kind: cycle and retention go by the size of a deal."""
    value = typical_deal_eur(company)
    (_, shortest, longest), (_, worst, best) = (
        next(row for row in reversed(table) if value >= row[0]) for table in (_CYCLE, _RETENTION)
    )
    is_long = company.run.quarters >= 2 * DAYS_PER_YEAR // DAYS_PER_QUARTER
    return (
        *(one for one in _ALWAYS if is_long or one.name != "growth"),
        PublishedFigure(
            "cycle_d",
            "first contact to signature, median",
            "calendar days",
            shortest,
            longest,
            "facts 1.4: cycle by deal size",
        ),
        PublishedFigure("retention", "contracts renewed", "share", worst, best, "facts 1.4: churn by contract value"),
    )


def typical_deal_eur(company: Scenario) -> float:
    """Mean of the segments' median deal values, by their weights, EUR."""
    segments = company.segments.values()
    return float(np.average([one.deal_value_eur for one in segments], weights=[one.weight for one in segments]))


def published_of(run: Any) -> Mapping[str, float]:
    """What a run shows of every figure, NaN where there is nothing to count."""
    outcomes, steps, soon = run.outcomes, ladder(run), answers(run)
    return {
        "sold_of_leads": steps["ladder/lead"],
        "sold_of_mql": steps["ladder/mql"],
        "sold_of_sql": steps["ladder/sql"],
        "sql_of_mql": ratio(outcomes["n_sql"], outcomes["n_mql"]),
        "win_rate": outcomes["win_rate"],
        "selling_share": outcomes["selling_share"],
        "attainment": outcomes["quota_attainment_mean"],
        "at_quota": outcomes["share_reps_at_quota"],
        "within_1h": soon["response/within_1h"],
        "never_answered": soon["response/never"],
        "self_found": ratio(outcomes["n_own_opportunities"], outcomes["n_opportunities"]),
        "growth": _growth(run),
        "never_worked": outcomes["share_never_worked"],
        "cycle_d": outcomes["cycle_days_median"],
        "retention": outcomes["retention"],
    }


def _growth(run: Any) -> float:
    """Revenue of the last year measured over that of the year before, less 1; NaN in a run of less than two years."""
    measured = run.daily[run.first_day :]
    if len(measured) < 2 * DAYS_PER_YEAR:
        return float("nan")
    last, before = measured[-DAYS_PER_YEAR:], measured[-2 * DAYS_PER_YEAR : -DAYS_PER_YEAR]
    return ratio(total(last, "revenue"), total(before, "revenue")) - 1
