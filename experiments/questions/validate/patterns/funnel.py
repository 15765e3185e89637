"""Patterns of the lead funnel: what becomes of leads, how soon they are answered, what an agreement brings."""

from experiments.questions.validate.patterns import drawings
from experiments.questions.validate.patterns.arm import Arm
from experiments.questions.validate.patterns.arms import ALIGNED, ALL_COMPANIES, DEFINED, UNDEFINED
from experiments.questions.validate.patterns.observed import RESPONSES
from experiments.questions.validate.patterns.pattern import Check, Pattern
from experiments.questions.validate.patterns.readings import Gap, Growth, Mean, MeanOver, Times
from experiments.questions.validate.patterns.targets import Above, Below, Between

_NEAR = 0.10  # how far a share of answers may be from the published one
_PUBLISHED = dict(zip(RESPONSES, (0.37, 0.16, 0.24, 0.23), strict=True))
_WORDS = {
    "within_1h": "answered within an hour",
    "within_24h": "answered in 1 to 24 hours",
    "later": "answered later",
    "never": "never answered",
}
_COMPANIES = tuple(Arm(name) for name in ALL_COMPANIES)
_CONTENT = tuple(UNDEFINED.but({"practices.content_input": share}) for share in (0.0, 0.5, 1.0))
_NO_SLA = DEFINED.but({"practices.sla": False, "practices.sla_tracked": False})
_SLA = DEFINED.but({"practices.sla": True, "practices.sla_tracked": True})
_PUSHED = {  # more leads than five reps who have promised to work each of them can handle beside their deals
    "pay.marketing.mql_target_per_quarter": 900.0,
    "practices.sla_tracked": True,
    "people.account_executives": 5,
    "people.sdrs": 0,
}
_VOLUME, _CAPACITY = (DEFINED.but({**_PUSHED, "practices.lead_target": target}) for target in ("volume", "capacity"))

PATTERNS = (
    Pattern(
        id="S1",
        says="About four of five marketing leads never become a sale.",
        source="facts 1.2, MarketingSherpa 79 %; facts 9, leads",
        checks=(
            Check(
                "marketing leads never sold, mean of all companies",
                "share",
                Between(0.7, 0.9),
                MeanOver(_COMPANIES, "leads_never_sold"),
                direction=Above(0.5),
            ),
        ),
        worlds=40,
        draw=drawings.by_arm(_COMPANIES, "leads_never_sold", "Marketing leads never sold", Between(0.7, 0.9)),
        note="Leads handed to Sales at least half a year before the end of the run, each company as it is today.",
        reason="The published total contradicts the published stages: medians of 40, 60 and 20 % from lead to "
        "sale (facts 1.1) leave 95 of 100 leads without one, the best quarter of companies 86; nobody says what counts "
        "as a lead in the total. The companies follow the stages, and most have undefined or defined practices; with "
        "aligned or integrated ones the reference company is inside the band.",
    ),
    Pattern(
        id="S2",
        says="Most content is never used by Sales, less of it the more Sales is asked what it needs.",
        source="facts 4, content unused 60-70 % and more; facts 9, content",
        checks=(
            Check(
                "content never used, undefined",
                "share",
                Between(0.6, 0.8),
                Mean(UNDEFINED, "content_unused_share"),
                direction=Above(0.5),
            ),
            Check(
                "change when half of it is made after asking",
                "share",
                Below(0),
                Gap(_CONTENT[1], _CONTENT[0], "content_unused_share"),
            ),
            Check(
                "further change when all of it is",
                "share",
                Below(0),
                Gap(_CONTENT[2], _CONTENT[1], "content_unused_share"),
            ),
        ),
        worlds=60,
        draw=drawings.by_arm(_CONTENT, "content_unused_share", "Content never used by Sales", Between(0.6, 0.8)),
    ),
    Pattern(
        id="S7",
        says="A tracked agreement on both sides' duties raises the chance of meeting plan.",
        source="facts 9, SLA: about three times as likely to be effective",
        checks=(
            Check(
                "chance of a quarter of the first year to meet plan, tracked agreement against none",
                "x",
                Between(1.5, 3.0),
                Times(_SLA, _NO_SLA, "plan_met"),
                direction=Above(1.0),
            ),
        ),
        worlds=200,
        note="The plan of the first year is made before anybody knows what an agreement brings and is the same for "
        "both; later plans follow each company's own results, so that both meet them about equally often.",
    ),
    Pattern(
        id="S9",
        says="A target of leads that follows from what reps can handle beats a target of ever more leads.",
        source="facts 9, leads: a volume goal beyond what reps can handle",
        checks=(
            Check(
                "contribution, target from capacity against volume",
                "share",
                Above(0),
                Growth(_CAPACITY, _VOLUME, "contribution_eur"),
            ),
        ),
        worlds=100,
        note="Reps who sell and must follow up what Marketing sends. Where SDRs have the hours for all of it, fewer "
        "leads only cost sales.",
    ),
    Pattern(
        id="V1",
        says="Where nothing is settled, Sales never works most of Marketing's leads.",
        source="facts 1.3, Sabnis et al. 2013: about 70 %",
        checks=(
            Check(
                "never worked, undefined",
                "share",
                Between(0.6, 0.8),
                Mean(UNDEFINED, "share_never_worked"),
                direction=Above(0.5),
            ),
            Check("aligned less undefined", "share", Below(0), Gap(ALIGNED, UNDEFINED, "share_never_worked")),
        ),
    ),
    Pattern(
        id="V2",
        says="Answers to a new lead come within the hour, the same day, much later or never, in published shares.",
        source="facts 1.3, Oldroyd, McElheran and Elkington 2011, audit of 2,241 firms",
        checks=tuple(
            Check(
                f"{_WORDS[name]} (published {100 * share:.0f} %)",
                "share",
                Between(share - _NEAR, share + _NEAR),
                Mean(DEFINED, f"response/{name}"),
            )
            for name, share in _PUBLISHED.items()
        ),
        note=f"Near means within {100 * _NEAR:.0f} percentage points.",
    ),
    Pattern(
        id="V20",
        says="Time from lead to sale, win rate and selling time are those of business software.",
        source="facts 1.4 and 1.5: cycle, win rate, selling share of time",
        checks=(
            Check("lead to sale, median", "calendar days", Between(40, 150), Mean(DEFINED, "cycle_days_median")),
            Check("win rate", "share", Between(0.15, 0.35), Mean(DEFINED, "win_rate")),
            Check("share of reps' time spent selling", "share", Between(0.25, 0.45), Mean(DEFINED, "selling_share")),
        ),
    ),
)
