"""Patterns of the lead funnel: what becomes of leads, how soon they are answered, what an agreement brings."""

from itertools import pairwise

from experiments.observation.marketing_leads import RESPONSES
from experiments.questions.validate.patterns.condition import ALIGNED, ALL_COMPANIES, DEFINED, UNDEFINED, Condition
from experiments.questions.validate.patterns.figures import ByCondition
from experiments.questions.validate.patterns.pattern import Check, Pattern
from experiments.questions.validate.patterns.readings import Gap, Growth, Less, Mean, MeanOver, Times
from experiments.questions.validate.patterns.targets import Above, Below, Between

_NEAR = 0.10  # how far a share of answers may be from the published one
_PUBLISHED = dict(zip(RESPONSES, (0.37, 0.16, 0.24, 0.23), strict=True))
_WORDS = {
    "within_1h": "answered within an hour",
    "within_24h": "answered in 1 to 24 hours",
    "later": "answered later",
    "never": "never answered",
}
_COMPANIES = tuple(Condition(name) for name in ALL_COMPANIES)
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

_STEPS = {
    "lead": ("sold of leads reached", Between(0.005, 0.025)),
    "mql": ("sold of MQL", Between(0.015, 0.0875)),  # 25 x 40 x 15 % to 50 x 70 x 25 %
    "sql": ("sold of SQL, of which 70 to 90 % never are", Between(0.1, 0.3)),
    "opportunity": ("sold of opportunities", Between(0.15, 0.25)),
}
_SOURCES = ("recommended", "search", "content", "events", "display")
_FEW_REPS = DEFINED.but({"people.account_executives": 6, "people.sdrs": 0})
_LEADS = tuple(
    _FEW_REPS.but(
        {
            "market.prospects_per_day": 30.0 * times,
            "money.programme_eur_per_year": 800_000.0 * times,
            "people.marketers": 6 * times,
            "pay.marketing.mql_target_per_quarter": 420.0 * times,
        }
    )
    for times in (1, 2, 4)
)

PATTERNS = (
    Pattern(
        id="S1",
        says="Of leads, MQL, SQL and opportunities the published shares become a sale, each of its own number.",
        source="facts 1.1, stages of the bottom and the top quartile; facts 1.2, MarketingSherpa 79 %",
        checks=tuple(
            Check(f"{what}, mean of all companies", band, MeanOver(_COMPANIES, f"ladder/{step}"), direction=Above(0))
            for step, (what, band) in _STEPS.items()
        ),
        worlds=40,
        chart=ByCondition(_COMPANIES, "ladder/sql", "Sold of SQL from marketing leads", _STEPS["sql"][1]),
        note="Leads of Marketing that were there at least half a year before the end of the run, each company as it is "
        "today. The bands of leads and MQL multiply the quartiles of the stages to come. That 79 % are never sold "
        "holds of what Sales has found to have a project.",
    ),
    Pattern(
        id="S2",
        says="Most content is never used by Sales, less of it the more Sales is asked what it needs.",
        source="facts 4, content unused 60-70 % and more; facts 9, content",
        checks=(
            Check(
                "content never used, undefined",
                Between(0.6, 0.8),
                Mean(UNDEFINED, "content_unused_share"),
                direction=Above(0.5),
            ),
            Check(
                "change when half of it is made after asking",
                Below(0),
                Gap(_CONTENT[1], _CONTENT[0], "content_unused_share"),
            ),
            Check("further change when all of it is", Below(0), Gap(_CONTENT[2], _CONTENT[1], "content_unused_share")),
        ),
        worlds=60,
        chart=ByCondition(_CONTENT, "content_unused_share", "Content never used by Sales", Between(0.6, 0.8)),
    ),
    Pattern(
        id="S7",
        says="A tracked agreement on both sides' duties raises the chance of meeting plan.",
        source="facts 9, SLA: about three times as likely to be effective",
        checks=(
            Check(
                "chance of a quarter of the first year to meet plan, tracked agreement against none",
                Between(1.5, 3.0),
                Times(_SLA, _NO_SLA, "plan_met"),
                unit="x",
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
                Between(0.6, 0.8),
                Mean(UNDEFINED, "share_never_worked"),
                direction=Above(0.5),
            ),
            Check("aligned less undefined", Below(0), Gap(ALIGNED, UNDEFINED, "share_never_worked")),
        ),
    ),
    Pattern(
        id="V2",
        says="Answers to a new lead come within the hour, the same day, much later or never, in published shares.",
        source="facts 1.3, Oldroyd, McElheran and Elkington 2011, audit of 2,241 firms",
        checks=tuple(
            Check(
                f"{_WORDS[name]} (published {100 * share:.0f} %)",
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
            Check("lead to sale, median", Between(40, 150), Mean(DEFINED, "cycle_days_median"), unit="calendar days"),
            Check("win rate", Between(0.15, 0.35), Mean(DEFINED, "win_rate")),
            Check("share of reps' time spent selling", Between(0.25, 0.45), Mean(DEFINED, "selling_share")),
        ),
    ),
    Pattern(
        id="G7",
        says="More leads than reps can work: later answers, fewer leads become a sale, sales do not rise, then fall.",
        source="facts 1.5, capacity binds; Smith, Gopalakrishna and Chatterjee 2006",
        checks=(
            Check(
                "median hours to an answer, four times the leads less usual",
                Above(0),
                Gap(_LEADS[2], _LEADS[0], "response_h_median"),
                unit="hours",
            ),
            Check("sold of MQL, twice the leads less usual", Below(0), Gap(_LEADS[1], _LEADS[0], "ladder/mql")),
            Check("sold of MQL, four times less twice", Below(0), Gap(_LEADS[2], _LEADS[1], "ladder/mql")),
            Check("new deals, twice the leads against usual", Below(0.03), Growth(_LEADS[1], _LEADS[0], "n_won")),
            Check("new deals, four times against twice", Below(0), Growth(_LEADS[2], _LEADS[1], "n_won")),
        ),
        worlds=100,
        note="Six reps who sell and answer leads themselves; Marketing, market and money doubled once and twice.",
        reason="Answers do not come later: of more leads a rep takes up a smaller share, those that look best, soon; "
        "the others get no answer at all, and leads never worked rise instead.",
    ),
    Pattern(
        id="G8",
        says="Recommended leads are sold most often, then those who search, readers of content, events and ads.",
        source="facts 10, Implisit 2014: referral, website, ads, events",
        checks=tuple(
            Check(f"sold of leads, {one} less {other}", Above(0), Less(DEFINED, f"sold/{one}", f"sold/{other}"))
            for one, other in (*pairwise(_SOURCES[:4]), ("content", "display"))
        ),
        worlds=100,
    ),
)
