"""Patterns of what people's hours bring: reps' own search against leads, and heads with too many people."""

from experiments.questions.validate.patterns.condition import ALIGNED, DEFINED, INTEGRATED, UNDEFINED
from experiments.questions.validate.patterns.pattern import Check, Pattern
from experiments.questions.validate.patterns.readings import Gap, Mean
from experiments.questions.validate.patterns.targets import Above, Below, Between

_REPS = {"people.account_executives": 11, "people.sdrs": 5, "market.prospects_per_day": 40.0}
_WIDE, _USUAL = (DEFINED.but({**_REPS, "people.managers": n}) for n in (3, 5))

PATTERNS = (
    Pattern(
        id="G9",
        says="Beyond eight to ten people under one head attainment falls and forecasts get worse.",
        source="facts 10, span of control: median 7 to 9; coaching and forecasts worse above 9",
        checks=(
            Check(
                "attainment, 16 reps under one head less 8",
                Below(0),
                Gap(_WIDE, _USUAL, "quota_attainment_mean"),
            ),
            Check("error of the forecast, 16 less 8", Above(0), Gap(_WIDE, _USUAL, "forecast_error")),
        ),
        worlds=200,
        note="Sixteen reps in the same market, under one head of Sales or two.",
        reason="A head of Sales has hours to coach a dozen people, so that sixteen lose little, and quotas that follow "
        "what was sold before take most of that out of attainment; no head's hours go into forecasts.",
    ),
    Pattern(
        id="G13",
        says="Where nothing is settled an hour of own search is worth about one on leads; ties make leads better.",
        source="facts 1.5, CSO: reps find almost half of their leads themselves",
        checks=(
            Check(
                "projects found in an hour, own search against marketing leads, undefined",
                Between(0.7, 1.5),
                Mean(UNDEFINED, "own_search_against_leads"),
                unit="x",
            ),
            Check(
                "opportunities reps found themselves, undefined",
                Between(0.4, 0.6),
                Mean(UNDEFINED, "share_self_found"),
                direction=Above(0.25),
            ),
            *(
                Check(f"the same, {kind} less undefined", Below(0), Gap(condition, UNDEFINED, "share_self_found"))
                for kind, condition in {"aligned": ALIGNED, "integrated": INTEGRATED}.items()
            ),
        ),
        worlds=60,
        reason="An hour finds about as much either way, so that the share follows from hours: reps give four times as "
        "many to their own search as to marketing leads.",
    ),
)
