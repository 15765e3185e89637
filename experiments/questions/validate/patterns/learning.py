"""Patterns of learning: how soon a wrong campaign is corrected, what contact with buyers teaches, how often to meet."""

from experiments.questions.validate.patterns.condition import ALIGNED, DEFINED, INTEGRATED
from experiments.questions.validate.patterns.figures import Ladder
from experiments.questions.validate.patterns.pattern import Check, Pattern
from experiments.questions.validate.patterns.readings import Gap, Growth, Mean
from experiments.questions.validate.patterns.searches import PeakInside, PeakShift
from experiments.questions.validate.patterns.targets import Above, Below, Between

_WEEKLY, _QUARTERLY = (DEFINED.but({"practices.meeting_every_d": days}) for days in (5, 63))
_SIGHTED = INTEGRATED.but({"market.turbulence": 2.0})
_BETWEEN_D = 42.0  # clearly later than a weekly look would find it, clearly earlier than a quarterly one
_MOVING = DEFINED.but({"market.turbulence": 2.0})
_SINGLE, _DUAL = (_MOVING.but({"practices.customer_contact_h_per_week": hours}) for hours in (0.0, 5.0))
_UPSTREAM = ALIGNED.but({"practices.upstream_share": 0.34, "run.quarters": 12})
_SHORT_RUN, _LONG_RUN = (_UPSTREAM.but({"practices.upstream_measure": name}) for name in ("short_run", "long_run"))
_DISCIPLINED = {"practices.meeting_discipline": 0.8}
MEETING_DAYS = (None, 126, 63, 42, 21, 10, 5, 2, 1)
_CALM, _FAST = (
    tuple(
        DEFINED.but({**_DISCIPLINED, "practices.meeting_every_d": days, "market.turbulence": turbulence})
        for days in MEETING_DAYS
    )
    for turbulence in (0.5, 2.5)
)

PATTERNS = (
    Pattern(
        id="S3",
        says="A badly aimed campaign is corrected in weeks where both sides meet weekly, in quarters where quarterly.",
        source="facts 9, bad meetings: three to six months against two to three weeks",
        checks=(
            Check(
                "days to correct, weekly contact",
                Between(10, 15),
                Mean(_WEEKLY, "days_to_correct"),
                unit="working days",
                direction=Below(_BETWEEN_D),
            ),
            Check(
                "days to correct, quarterly contact",
                Between(63, 126),
                Mean(_QUARTERLY, "days_to_correct"),
                unit="working days",
                direction=Above(_BETWEEN_D),
            ),
            Check("weekly less quarterly", Below(0), Gap(_WEEKLY, _QUARTERLY, "days_to_correct"), unit="working days"),
        ),
    ),
    Pattern(
        id="S10",
        says="In a moving market Marketing learns faster if it talks to buyers too, and customers stay more steadily.",
        source="facts 9, single track and dual track",
        checks=(
            Check(
                "error of Marketing's beliefs, dual less single track",
                Below(0),
                Gap(_DUAL, _SINGLE, "belief_error_marketing"),
                unit="need units",
            ),
            Check("swing of retention between quarters", Below(0), Gap(_DUAL, _SINGLE, "retention_swing")),
            Check(
                "Marketing's hours for campaigns", Below(0), Gap(_DUAL, _SINGLE, "hours_for_campaigns"), unit="hours"
            ),
        ),
        worlds=200,
    ),
    Pattern(
        id="S12",
        says="Upstream marketers measured by the short run starve tomorrow's segments.",
        source="facts 7, upstream ones need longer-run measures",
        checks=(
            Check(
                "new bookings of the third year, short-run against long-run measures",
                Below(0),
                Growth(_SHORT_RUN, _LONG_RUN, "last_year_bookings_new_eur"),
            ),
        ),
        worlds=150,
    ),
    Pattern(
        id="V10",
        says="Revenue rises, then falls with meeting more often; it peaks at more meetings where needs move faster.",
        source="facts 2, Maltz and Kohli 1996; facts 2.1, communication benefit",
        checks=(
            Check("best rung against the better end, calm", Above(0), PeakInside(_CALM, "bookings_eur")),
            Check("best rung against the better end, moving", Above(0), PeakInside(_FAST, "bookings_eur")),
            Check(
                "rungs by which the peak lies higher, moving",
                Above(0),
                PeakShift(_FAST, _CALM, "bookings_eur"),
                unit="rungs",
            ),
        ),
        worlds=100,
        chart=Ladder(
            {"turbulence 0.5": _CALM, "turbulence 2.5": _FAST},
            "bookings_eur",
            ("never", *(f"{days} d" for days in MEETING_DAYS[1:])),
        ),
        note="Defined practices and disciplined meetings; a rung is one step of the ladder from never to daily.",
    ),
    Pattern(
        id="G12",
        says="Information earns: without learning scores, corrected messages or feedback, integrated sells less.",
        source="model, telling and believing; facts 9, closed loops",
        checks=tuple(
            Check(f"revenue, {what}", Below(0), Growth(_SIGHTED.but(changes), _SIGHTED, "late_revenue_eur"))
            for what, changes in {
                "scores learn nothing": {"behaviour.learning.score_learning": 0.0},
                "messages not corrected": {"behaviour.work.redesign_gap": 10.0},
                "no feedback": {"practices.feedback_asked": 0.0, "practices.crm_coverage": 0.0},
            }.items()
        ),
        worlds=150,
        note="Integrated practices in a market of turbulence 2; recognised revenue of the last four quarters.",
    ),
)
