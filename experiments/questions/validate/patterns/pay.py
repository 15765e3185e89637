"""Patterns of pay: everybody follows their own, and quarters end as pay makes them end."""

from experiments.questions.validate.patterns.condition import ALIGNED, DEFINED
from experiments.questions.validate.patterns.figures import WeeksOfTheQuarter
from experiments.questions.validate.patterns.pattern import Check, Pattern
from experiments.questions.validate.patterns.readings import Gap, Growth, Mean, Quotient
from experiments.questions.validate.patterns.targets import Above, Below, Between

_REVENUE, _MARGIN = (DEFINED.but({"pay.sales.scheme": scheme}) for scheme in ("commission", "margin_commission"))
_QUOTA = DEFINED.but({"pay.sales.scheme": "quota_bonus"})
_QUOTA_CALM = _QUOTA.but({"behaviour.work.push_days": 0, "behaviour.deals.hold_off": 0.0})
_YEARLY = DEFINED.but({"pay.sales.scheme": "quota_bonus", "pay.sales.bonus_period": "year"})
_ACCELERATOR = DEFINED.but({"pay.sales.scheme": "accelerator"})
_NOBODY_PRESSES = _ACCELERATOR.but({"behaviour.work.push_days": 0, "behaviour.deals.hold_off": 0.0})
_CAPPED = DEFINED.but({"pay.sales.scheme": "quota_bonus", "pay.sales.cap": 1.5})
_COUNT, _ACCEPTED = (DEFINED.but({"pay.marketing.scheme": scheme}) for scheme in ("mql", "accepted"))

PATTERNS = (
    Pattern(
        id="S5",
        says="More reps make quota where processes are joint and adaptive.",
        source="facts 9, adaptive processes: 10 % more of the reps",
        checks=(
            Check(
                "reps making quota, aligned less defined",
                Between(0.05, 0.15),
                Gap(ALIGNED, DEFINED, "share_reps_at_quota"),
                direction=Above(0),
            ),
        ),
        worlds=200,
    ),
    Pattern(
        id="S8",
        says="Reps paid for revenue alone discount more, sell the easy product and sign worse debtors than for margin.",
        source="facts 9, volume-paid sales heads; facts 3, Holmstrom and Milgrom 1991",
        checks=(
            Check("discount, revenue less margin pay", Above(0), Gap(_REVENUE, _MARGIN, "discount_mean")),
            Check("share of the easy product", Above(0), Gap(_REVENUE, _MARGIN, "easy_product_share")),
            Check("bad debt, share of bookings", Above(0), Gap(_REVENUE, _MARGIN, "bad_debt_share")),
        ),
    ),
    Pattern(
        id="V5",
        says="Under quota pay closings bunch at a quarter's end, then dip; with a yearly bonus year end is largest.",
        source="facts 1.7, InsideSales Labs and Xactly; Oyer 1998",
        checks=(
            Check(
                "closings in the last week against normal days",
                Between(2, 4),
                Quotient(_QUOTA, "closings/last_week", "closings/normal"),
                unit="x",
                direction=Above(1),
            ),
            Check(
                "closings in the two weeks after",
                Below(1),
                Quotient(_QUOTA, "closings/after", "closings/normal"),
                unit="x",
            ),
            Check(
                "year end against other quarters' ends, yearly bonus",
                Above(1),
                Quotient(_YEARLY, "closings/year_end", "closings/other_ends"),
                unit="x",
            ),
        ),
        chart=WeeksOfTheQuarter(_QUOTA),
    ),
    Pattern(
        id="V6",
        says="Pressing buyers at quarter's end under accelerators gives revenue away.",
        source="facts 1.7, Larkin 2014: 6-8 % of revenue",
        checks=(
            Check(
                "new bookings, pressed at quarter's end against nobody pressed",
                Between(-0.10, -0.04),
                Growth(_ACCELERATOR, _NOBODY_PRESSES, "bookings_new_eur"),
                direction=Below(0),
            ),
        ),
        worlds=150,
        note="Nobody pressed: reps ask nobody to sign early or late, and buyers do not wait for quarter's end.",
    ),
    Pattern(
        id="V7",
        says="A simpler plan without quota and cap sells more.",
        source="facts 3, Misra and Nair 2011: +9 %",
        checks=(
            Check(
                "new bookings, plain commission against quota and cap",
                Between(0.03, 0.12),
                Growth(_REVENUE, _CAPPED, "bookings_new_eur"),
                direction=Above(0),
            ),
        ),
        worlds=150,
    ),
    Pattern(
        id="V13",
        says="Marketing paid by the number of leads hands over more and worse ones; trust and revenue suffer.",
        source="facts 3, MQL scheme",
        checks=(
            Check("MQL, count against accepted-lead pay", Above(0), Growth(_COUNT, _ACCEPTED, "n_mql")),
            Check("share taken up by Sales", Below(0), Gap(_COUNT, _ACCEPTED, "acceptance")),
            Check("trust of Sales in Marketing", Below(0), Gap(_COUNT, _ACCEPTED, "trust_sales_in_marketing")),
            Check(
                "new bookings of the last four quarters", Below(0), Growth(_COUNT, _ACCEPTED, "late_bookings_new_eur")
            ),
        ),
        worlds=200,
    ),
    Pattern(
        id="V17",
        says="About half of the reps' quotas are made.",
        source="facts 1.5, Bridge 2024: 66 % in 2022, 51 % in 2024",
        checks=(Check("quotas made, defined", Between(0.45, 0.66), Mean(DEFINED, "share_reps_at_quota")),),
    ),
    Pattern(
        id="G10",
        says="Pressing buyers at a quarter's end brings more signatures than it loses deals.",
        source="facts 1.7, InsideSales Labs: closings and losses of the last day",
        checks=(
            Check(
                "signatures of the last week, pressed less nobody pressed",
                Above(0),
                Gap(_QUOTA, _QUOTA_CALM, "last_week_won"),
                unit="a quarter",
            ),
            Check(
                "signatures less losses of the last week, pressed less nobody pressed",
                Above(0),
                Gap(_QUOTA, _QUOTA_CALM, "last_week_won_less_lost"),
                unit="a quarter",
            ),
        ),
        worlds=100,
    ),
    Pattern(
        id="G11",
        says="Quotas are made to published degrees: on average not quite, and by about half of the reps.",
        source="facts 1.5, Forrester 47 % mean attainment; Bridge 2024: 66 % in 2022, 51 % in 2024",
        checks=(
            Check("mean attainment, defined", Between(0.6, 1.0), Mean(DEFINED, "quota_attainment_mean")),
            Check("quotas made, defined", Between(0.45, 0.66), Mean(DEFINED, "share_reps_at_quota")),
        ),
        reason="About half of all quarters make the quota, but those with large deals by far: attainment is skewed.",
    ),
)
