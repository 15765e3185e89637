"""Patterns of the market: what spending and selling bring, and which type fits which market."""

import math

from experiments.designs.company_today import TYPES
from experiments.questions.validate.patterns.condition import DEFINED, Condition
from experiments.questions.validate.patterns.figures import Maps
from experiments.questions.validate.patterns.pattern import Check, Pattern
from experiments.questions.validate.patterns.readings import Elasticity, Gap, GapOf, Growth, TimesAsElastic
from experiments.questions.validate.patterns.searches import TypesThatWin
from experiments.questions.validate.patterns.targets import Above, Below, Between

_UNDEFINED, _INTEGRATED = (Condition("enterprise", name) for name in ("undefined", "integrated"))
_SIMPLE = ("fast_simple_market", "small_firm")
_NO_BETTER = 0.01  # a gain below one percent of revenue is no reason to change an organisation

_SPEND_EUR, _MORE, _LESS = 800_000.0, 1.25, 0.8
_LONG = DEFINED.but({"run.quarters": 12})
_KNOWN = 0.52  # share that knows the company after years of the usual spending
_RICH, _POOR = (
    _LONG.but({"money.programme_eur_per_year": _SPEND_EUR * factor, "behaviour.brand.start": _KNOWN})
    for factor in (_MORE, _LESS)
)
_SOON, _LATE = (
    Elasticity(_RICH, _POOR, measure, factor=_MORE / _LESS)
    for measure in ("first_half_bookings_new_eur", "last_year_bookings_new_eur")
)
_MANY, _FEW = (
    DEFINED.but({"people.account_executives": executives, "people.sdrs": sdrs})
    for executives, sdrs in ((10, 5), (6, 3))
)

TURBULENCES, COMPLEXITIES = (0.2, 1.0, 3.0), (0.3, 1.0, 2.0)
_PLACES = tuple((turbulence, complexity) for turbulence in TURBULENCES for complexity in COMPLEXITIES)
_CORNERS = tuple((turbulence, complexity) for turbulence in TURBULENCES[::2] for complexity in COMPLEXITIES[::2])
MAPS = {
    company: {
        (turbulence, complexity): tuple(
            Condition(company, name).but({"market.turbulence": turbulence, "segments.*.complexity": complexity})
            for name in TYPES
        )
        for turbulence, complexity in places
    }
    for company, places in {
        "small_firm": _PLACES,
        "fast_simple_market": _CORNERS,
        "reference": _PLACES,
        "enterprise": _CORNERS,
    }.items()
}

_DEAR, _CHEAP = (
    DEFINED.but({"products.easy.price": 0.9 * times, "products.strategic.price": 1.15 * times}) for times in (1.1, 0.9)
)


def _no_gain(company: str) -> tuple[Check, ...]:
    """Integrated practices neither lose much nor gain against a company's own, and earn no more than any type."""
    integrated, name = Condition(company, "integrated"), company.replace("_", " ")
    others = {"its own practices": Condition(company)} | {kind: Condition(company, kind) for kind in TYPES[:-1]}
    revenue = Check(
        f"{name}: revenue, last four quarters, integrated against its own practices",
        Between(-0.05, 0.1),
        Growth(integrated, others["its own practices"], "late_revenue_eur"),
        direction=Below(0.1),
    )
    gains = (
        Check(
            f"{name}: contribution, integrated less {kind}, of revenue",
            Below(_NO_BETTER),
            GapOf(integrated, other, "contribution_eur", of="revenue_eur"),
        )
        for kind, other in others.items()
    )
    return (revenue, *gains)


PATTERNS = (
    Pattern(
        id="S4",
        says="In a complex, moving market integrated wins more, keeps more, sells faster and cheaper than undefined.",
        source="facts 5: sign and order, +10 to +40 % revenue; facts 2, Kotler, Rackham and Krishnaswamy 2006",
        checks=(
            Check("win rate, integrated less undefined", Above(0), Gap(_INTEGRATED, _UNDEFINED, "win_rate")),
            Check("retention", Above(0), Gap(_INTEGRATED, _UNDEFINED, "retention")),
            Check(
                "hand-over to sale",
                Below(0),
                Gap(_INTEGRATED, _UNDEFINED, "sales_cycle_days_median"),
                unit="calendar days",
            ),
            Check("cost of sales, share of bookings", Below(0), Gap(_INTEGRATED, _UNDEFINED, "cost_of_sales")),
            Check(
                "recognised revenue, last four quarters",
                Between(0.1, 0.4),
                Growth(_INTEGRATED, _UNDEFINED, "late_revenue_eur"),
                direction=Above(0),
            ),
            Check("new business, no more than", Below(0.6), Growth(_INTEGRATED, _UNDEFINED, "bookings_new_eur")),
        ),
        worlds=100,
        note="The enterprise company: long, complex sales in a market of turbulence 1.2.",
    ),
    Pattern(
        id="S6",
        says="Where the product is simple, or a small firm has good informal ties, integrated practices bring nothing.",
        source="facts 7, leave as is when; facts 5: -5 to +10 % in simple markets",
        checks=tuple(check for company in _SIMPLE for check in _no_gain(company)),
        worlds=150,
        times=(("small_firm", 3),),
        note="Against the company's own practices first, then against the other types. No better means that less than "
        "one percent of revenue is earned more, the interval included.",
    ),
    Pattern(
        id="G6",
        says="Demand answers to the list price.",
        source="facts 10, Bijmolt, van Heerde and Pieters 2005: mean -2.62, mostly consumer goods",
        checks=(
            Check(
                "elasticity of new deals to list price",
                Between(-3.5, -1.5),
                Elasticity(_DEAR, _CHEAP, "n_won", factor=1.1 / 0.9),
                unit="-",
                direction=Below(0),
            ),
        ),
        worlds=100,
        note="All list prices a tenth higher against a tenth lower; what the products do for buyers stays.",
    ),
    Pattern(
        id="V4",
        says="Revenue answers to spending and to selling effort as measured in many markets.",
        source="facts 4, Sethuraman et al. 2011, Albers et al. 2010",
        checks=(
            Check(
                "elasticity to spending, first half-year after the warm-up",
                Between(0.05, 0.25),
                _SOON,
                unit="-",
                direction=Above(0),
            ),
            Check("elasticity to spending, third year", Between(0.1, 0.5), _LATE, unit="-", direction=Above(0)),
            Check(
                "third year against first half-year, about twice",
                Between(1.4, 2.6),
                TimesAsElastic(_LATE, _SOON),
                unit="times",
                direction=Above(1),
            ),
            Check(
                "elasticity to selling effort",
                Between(0.2, 0.45),
                Elasticity(_MANY, _FEW, "bookings_new_eur", factor=10 / 6),
                unit="-",
                direction=Above(0),
            ),
        ),
        worlds=600,
        note="Spending a quarter higher against a fifth lower from the first day on, after the same history; "
        "15 reps against 9.",
    ),
    Pattern(
        id="V14",
        says="Which type is best depends on the market and on the size of the company.",
        source="facts 2, Biemans et al. 2010; facts 7, do we need to be more aligned",
        checks=(
            Check(
                "types that are best somewhere (at least three)",
                Above(2.5),
                TypesThatWin(tuple(cell for one in MAPS.values() for cell in one.values()), "contribution_eur"),
                unit="types",
            ),
        ),
        worlds=45,
        times=(("small_firm", 8), ("fast_simple_market", 2)),
        chart=Maps(MAPS, "contribution_eur"),
        note="Companies of 3, 12 and 66 reps, and one of 14 that makes half of its cheap sales within two weeks; "
        "turbulence and complexity take the place of each company's own, in two companies at the corners only, to "
        "save runs. The fast company was added because without it 43 of 100 random settings lacked a third type, by a "
        "laxer count than today's; at our numbers the other three show three types alone. Facts 7 leave a company "
        "with simple offers defined, one with short cycles aligned; the model has the fast one aligned where needs "
        "hardly move, and integrated where they move fast, where it loses money with every type. The interval begins "
        "with types that lead by more than luck brings to any place, and adds those that may be best.",
    ),
)
assert math.isclose(_MORE * _LESS, 1.0)
