"""How the company is built, what is shared, and how it is led."""

from typing import Literal

from scenarios.declare import assumption, literature, par
from scenarios.lever import Lever, Levers, Practice

ONE_HEAD = Practice("one_head", "one head over both", "structure")
UPSTREAM = Practice("upstream", "upstream marketing", "structure")
MARKETING_STRUCTURE = Practice("marketing_structure", "Marketing as line or staff", "structure")
SALES_STRUCTURE = Practice("sales_structure", "the structure of Sales", "structure")
STANDING = Practice("standing", "the standing of the two sides", "structure")
HEAD_OF_SALES = Practice("head_of_sales", "who heads Sales", "leadership")
BUDGET_RULE = Practice("budget_rule", "the budget rule", "money")
LEADERSHIP = Practice("leadership", "support from the top", "leadership")
RULINGS = Practice("rulings", "the time rulings take", "leadership")
SHARED_REWARD = Practice("shared_reward", "shared rewards and credit", "rewards")


class Structure(Levers):
    """The levers of structure and leadership."""

    one_head: bool = par(
        False, unit="-", source=literature("facts 7, revenue officer"), lever=Lever(ONE_HEAD, ("managers.REPORTS",))
    )
    """Whether one revenue officer heads both departments; the attention of one has to do for two."""
    upstream_share: float = par(
        0.0,
        unit="share",
        ge=0,
        le=1,
        plausible=(0, 0.5),
        source=literature("facts 7, upstream and downstream"),
        lever=Lever(UPSTREAM, ("marketing.REPORTS",)),
    )
    """Share of marketers who work upstream: sense the market, develop the offer, prepare tomorrow's segments."""
    upstream_measure: Literal["short_run", "long_run"] = par(
        "short_run",
        unit="-",
        source=literature("facts 7, upstream ones need longer-run measures"),
        lever=Lever(UPSTREAM, ("pay_marketing",), needs="upstream_share"),
    )
    """Whether upstream marketers are paid like all others, or by what they prepare."""
    sales_structure: Literal["function", "region", "customer_type", "product"] = par(
        "function",
        unit="-",
        source=literature("facts 9, sales structures"),
        lever=Lever(SALES_STRUCTURE, ("sales.ADMIN",)),
    )
    """By what opportunities are shared out among account executives: anybody's, region, customer type or product."""
    marketing_structure: Literal["line", "mixed", "staff"] = par(
        "line",
        unit="-",
        source=literature("facts 9, line, line-and-staff; the floating octopus"),
        lever=Lever(MARKETING_STRUCTURE, ("managers.MEETING",)),
    )
    """Who decides what Marketing says: Marketing itself (line), Sales, whom it advises (staff), or both (mixed)."""
    marketing_out_of_sales: bool = par(
        False,
        unit="-",
        source=literature("facts 9, carved out of sales"),
        lever=Lever(STANDING, ("sales.DISPUTES", "marketing.DISPUTES")),
    )
    """Whether Marketing grew out of Sales: its people are known there, and have less of a standing for years."""
    marketing_status: float = par(
        0.5,
        unit="share",
        ge=0,
        le=1,
        plausible=(0, 1),
        source=literature("facts 9, carved out of sales"),
        lever=Lever(STANDING, ("sales.DISPUTES", "marketing.DISPUTES")),
    )
    """Standing of Marketing next to Sales: 0 carved out of Sales and without a say, 0.5 equal, 1 the reverse."""
    leading_side: Literal["sales", "neither", "marketing"] = par(
        "neither",
        unit="-",
        source=literature("facts 9, leader's own bias"),
        lever=Lever(STANDING, ("sales.DISPUTES", "marketing.DISPUTES")),
    )
    """Which side the chief executive sides with when disputes are ruled and money is split."""
    budget_rule: Literal["history", "politics", "evidence", "flexible"] = par(
        "history",
        unit="-",
        source=literature("facts 7, flexible budget"),
        lever=Lever(BUDGET_RULE, ("managers.MEETING",)),
    )
    """How the year's money is split between the departments: as ever, by who can show results, by measured returns,
    or moved every month to where work waits."""
    sales_use_of_campaigns: float = par(
        0.0,
        unit="share",
        ge=0,
        le=1,
        plausible=(0, 0.5),
        source=literature("facts 9, flexible use of campaign money"),
        lever=Lever(BUDGET_RULE, ("managers.MEETING",)),
    )
    """Share of the money for brand that Sales may turn into leads at once while it is behind its target."""
    head_of_sales_from: Literal["outside", "best_seller"] = par(
        "outside",
        unit="-",
        source=literature("facts 9, the best seller becomes a middling head"),
        lever=Lever(HEAD_OF_SALES, ("hiring",)),
    )
    """Who heads Sales: somebody who has done it before, or the best seller, who is missed as one."""
    senior_support: float = par(
        0.3,
        unit="share",
        ge=0,
        le=1,
        plausible=(0, 1),
        source=literature("facts 2.1, conflict"),
        lever=Lever(LEADERSHIP, ("managers.MEETING",)),
    )
    """How much of their leading time managers give to joint work."""
    shared_responsibility: float = par(
        0.2,
        unit="share",
        ge=0,
        le=1,
        plausible=(0, 1),
        source=literature("facts 9, company culture"),
        lever=Lever(LEADERSHIP, ("managers.MEETING",)),
    )
    """Culture: how far people hold the whole company's result for their own business; kept up by managers' time."""
    ruling_days: float = par(
        15.0,
        unit="working days",
        ge=0.01,
        le=500,
        plausible=(2, 63),
        source=assumption("A193"),
        lever=Lever(RULINGS, ("managers.DISPUTES",)),
    )
    """How long a dispute that is brought before the managers waits for a ruling, if they have the time."""
    shared_reward: float = par(
        0.0,
        unit="share",
        ge=0,
        le=1,
        plausible=(0, 0.5),
        source=literature("facts 3, pool share 0-50 %"),
        lever=Lever(SHARED_REWARD, ("pay_sales", "pay_marketing")),
    )
    """Share of everybody's variable pay that depends on the revenue target of the whole company."""
    credit_shared: float = par(
        0.0,
        unit="share",
        ge=0,
        le=1,
        plausible=(0, 1),
        source=literature("facts 2, justice"),
        lever=Lever(SHARED_REWARD, ("pay_marketing",)),
    )
    """How fairly a win from a marketing lead is credited: 0 all to the rep, 1 to both sides by what they did."""
