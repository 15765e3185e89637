"""Patterns of the relationship: trust, conflict, the measured score, and who gets the money."""

from experiments.questions.compare.ask import TYPES
from experiments.questions.validate.patterns import drawings
from experiments.questions.validate.patterns.arms import DEFINED, OF_EACH_TYPE, UNDEFINED
from experiments.questions.validate.patterns.pattern import Check, Pattern
from experiments.questions.validate.patterns.readings import Apart, Gap, Less, Mean, ShareWithin
from experiments.questions.validate.patterns.targets import Above, Below, Between

_BANDS = dict(zip(TYPES, (Between(20, 39.99), Between(40, 59.99), Between(60, 79.99), Between(80, 100)), strict=True))
_BLIND = DEFINED.but(
    {
        "practices.budget_rule": "politics",
        "practices.crm_coverage": 0.0,
        "practices.feedback_asked": 0.0,
        "practices.shared_numbers": 0.0,
    }
)
_SEEN = _BLIND.but({"practices.crm_coverage": 0.95, "practices.feedback_asked": 0.9, "practices.shared_numbers": 1.0})
_USUAL_TRUST, _BAD_BLOOD = 0.45, 0.2
_HEALED = (_USUAL_TRUST - _BAD_BLOOD) / 2
_AFTER_BAD_BLOOD = {name: arm.but({"behaviour.trust.start": _BAD_BLOOD}) for name, arm in OF_EACH_TYPE.items()}
_CLOSER = ("defined", "aligned", "integrated")

PATTERNS = (
    Pattern(
        id="S11",
        says="Sales gets a larger part of the budget where Marketing cannot show what it brings.",
        source="facts 9, who spends which money; facts 7, flexible budget",
        checks=(
            Check(
                "budget share of Sales, nothing seen less all seen",
                "share",
                Above(0),
                Gap(_BLIND, _SEEN, "budget_share_sales"),
            ),
        ),
    ),
    Pattern(
        id="V16",
        says="The simulated survey puts each preset into its own band, and the two sides see it differently.",
        source="facts 7, HBR instrument; facts 5, perception gap",
        checks=(
            *(
                Check(f"score, {name}", "points", band, Mean(OF_EACH_TYPE[name], "relationship_score"))
                for name, band in _BANDS.items()
            ),
            *(
                Check(
                    f"runs with a score in its band, {name}",
                    "share",
                    Above(0.9),
                    ShareWithin(OF_EACH_TYPE[name], "relationship_score", band),
                )
                for name, band in _BANDS.items()
            ),
            Check(
                "between the two sides' scores, defined",
                "points",
                Above(1),
                Apart(DEFINED, "relationship_score_sales", "relationship_score_marketing"),
            ),
        ),
        worlds=200,
    ),
    Pattern(
        id="V18",
        says="Outside undefined there is less blame than there, and more argument about the plan than blame.",
        source="facts 2, Massey and Dawes: dysfunctional conflict low, functional conflict high",
        checks=(
            *(
                Check(
                    f"functional less dysfunctional conflict, {name}",
                    "-",
                    Above(0),
                    Less(OF_EACH_TYPE[name], "conflict_functional", "conflict_dysfunctional"),
                )
                for name in _CLOSER
            ),
            *(
                Check(
                    f"dysfunctional conflict, {name} less undefined",
                    "-",
                    Below(0),
                    Gap(OF_EACH_TYPE[name], UNDEFINED, "conflict_dysfunctional"),
                )
                for name in _CLOSER
            ),
        ),
    ),
    Pattern(
        id="V19",
        says="After bad blood trust comes back within two years with aligned and integrated practices, not without.",
        source="model, history; facts 2.1, trust slow up",
        checks=(
            *(
                Check(
                    f"trust in the last quarter, {name}",
                    "share",
                    Above(_USUAL_TRUST),
                    Mean(_AFTER_BAD_BLOOD[name], "last_trust"),
                )
                for name in ("aligned", "integrated")
            ),
            Check(
                "trust in the last quarter, undefined",
                "share",
                Below(_USUAL_TRUST),
                Mean(_AFTER_BAD_BLOOD["undefined"], "last_trust"),
            ),
            *(
                Check(
                    f"trust that bad blood still costs in the last quarter, {name}",
                    "share",
                    Below(_HEALED),
                    Gap(OF_EACH_TYPE[name], _AFTER_BAD_BLOOD[name], "last_trust"),
                )
                for name in ("aligned", "integrated")
            ),
        ),
        worlds=60,
        draw=drawings.over_quarters(_AFTER_BAD_BLOOD, "trust", "Mean trust of both sides (0 to 1)"),
        also=drawings.quarters_needed(_AFTER_BAD_BLOOD, "trust"),
        note=f"All start at {_BAD_BLOOD}; recovered is what companies without history start with, {_USUAL_TRUST}, "
        "and at least half of the way to where they are by then.",
    ),
)
