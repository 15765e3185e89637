"""Patterns of how much the relationship weighs: in a survey of many companies, and when parts of it are taken away."""

from collections.abc import Mapping
from typing import Any

from experiments.questions.validate.patterns.condition import INTEGRATED, UNDEFINED, Condition
from experiments.questions.validate.patterns.pattern import Check, Pattern
from experiments.questions.validate.patterns.readings import MeanInteraction, ShareOfTheWay
from experiments.questions.validate.patterns.readings_besides import (
    Beta,
    Correlated,
    KnockOutChange,
    MoreWhereInterdependent,
    WeakerLink,
)
from experiments.questions.validate.patterns.targets import Above, Below, Between
from experiments.questions.validate.relation_held import held
from experiments.questions.validate.survey import RULES_AND_TRUST

CLEAR = 0.02
"""A change of recognised revenue beyond this share is more than decoration."""
_RULES: Mapping[str, Mapping[str, Any]] = {
    "joint definition": {"practices.lead_definition": "joint", "practices.qualification_bar": 0.7},
    "bar set by both": {"practices.bar_set_by": "both"},
    "targets from capacity": {"practices.lead_target": "capacity"},
    "prompt hand-off": {"practices.hand_off_delay_d": 0},
    "agreement": {"practices.sla": True},
    "tracked agreement": {"practices.sla": True, "practices.sla_tracked": True},
    "recycling": {"practices.recycling": True},
    "nurture": {"practices.nurture_every_d": 11},
    "feedback asked": {"practices.feedback_asked": 0.7},
    "common system": {"practices.crm_coverage": 0.6},
}
_ALL_RULES = {path: value for changes in _RULES.values() for path, value in changes.items()}
_LOW, _HIGH = (UNDEFINED.but(held(level)) for level in (0.25, 0.75))
_WITH_RULES = UNDEFINED.but(_ALL_RULES)


def _each(base: Condition) -> tuple[Condition, ...]:
    """The base with each rule alone."""
    return tuple(base.but(changes) for changes in _RULES.values())


PATTERNS = (
    Pattern(
        id="G1",
        says="Where the two sides trust each other, companies do better and win more, as far as in published teams.",
        source="facts 10, De Jong, Dirks and Gillespie 2016: .30 over 112 studies",
        checks=(
            Check(
                "trust and performance, correlation over companies",
                Between(0.15, 0.45),
                Correlated("trust", "performance"),
                unit="-",
                direction=Above(0),
            ),
            Check("trust and win rate", Above(0), Correlated("trust", "win_rate"), unit="-"),
        ),
        note="A survey of companies of different size, market, practices, history and people, each lived through once; "
        "performance and win rate against those of an average company in the same market and years.",
    ),
    Pattern(
        id="G2",
        says="Quarrels go with worse performance; argument about the plan hardly does.",
        source="facts 10, de Wit, Greer and Jehn 2012",
        checks=(
            Check(
                "open quarrels and performance, correlation over companies",
                Between(-0.35, -0.05),
                Correlated("disputes", "performance"),
                unit="-",
                direction=Below(0),
            ),
            Check(
                "argument less quarrels, strength of their link with performance",
                Below(0),
                WeakerLink("argument", "disputes"),
                unit="-",
            ),
        ),
    ),
    Pattern(
        id="G3",
        says="Trust matters more where the two sides' work is more interdependent: long, complex deals.",
        source="facts 10, De Jong et al. 2016: larger with task interdependence",
        checks=(
            Check(
                "trust and performance, more interdependent half less the other, Fisher's z",
                Above(0),
                MoreWhereInterdependent(),
                unit="-",
            ),
        ),
    ),
    Pattern(
        id="G4",
        says="Rules and relations need each other: rules bring more where the two sides trust each other.",
        source="facts 10, Poppo and Zenger 2002; Cao and Lumineau 2015",
        checks=(
            Check(
                "what a rule brings, trust and accounts held at 0.75 less at 0.25, mean over rules, of revenue",
                Above(0),
                MeanInteraction(_HIGH, _each(_HIGH), _LOW, _each(_LOW), "late_revenue_eur"),
            ),
            Check(
                "rules times trust, standardised coefficient over companies",
                Above(0),
                Beta("performance", RULES_AND_TRUST, ("rules", "trust")),
                unit="-",
            ),
            Check(
                "share of the way from undefined to integrated that the rules alone go, revenue",
                Below(1.0),
                ShareOfTheWay(_WITH_RULES, UNDEFINED, INTEGRATED, "late_revenue_eur"),
            ),
        ),
        worlds=150,
        note="Each rule is laid on undefined practices, with trust and accounts held still at one level.",
    ),
    Pattern(
        id="G5",
        says="Nothing of the relationship is decoration: without any part of it revenue is clearly another.",
        source="model, law 9; facts 10",
        checks=(
            Check("revenue, trust frozen, integrated", Below(-CLEAR), KnockOutChange("trust frozen", "integrated")),
            Check(
                "revenue, accounts frozen, integrated", Below(-CLEAR), KnockOutChange("accounts frozen", "integrated")
            ),
            Check("revenue, nobody tells, integrated", Below(-CLEAR), KnockOutChange("nobody tells", "integrated")),
            Check(
                "revenue, all for form's sake, integrated",
                Below(-CLEAR),
                KnockOutChange("for form's sake", "integrated"),
            ),
            *(
                Check(f"revenue, no disputes, {kind}", Above(CLEAR), KnockOutChange("no disputes", kind))
                for kind in ("undefined", "defined")
            ),
        ),
        note="Recognised revenue of the last four quarters; trust and accounts frozen at undefined's level.",
    ),
)
