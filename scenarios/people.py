"""Who works in the company, and how many hours they have."""

from scenarios.declare import Section, assumption, literature, par


class People(Section):
    """Head counts, hours and skill."""

    account_executives: int = par(8, unit="people", ge=1, le=5000, plausible=(1, 1000), source=assumption("A15"))
    """Reps who run opportunities to a signature."""
    sdrs: int = par(4, unit="people", ge=0, le=5000, plausible=(0, 1000), source=literature("facts 1.5, SDR:AE 1:2.5"))
    """Sales development reps, who only contact and qualify; with none the account executives do it."""
    marketers: int = par(6, unit="people", ge=1, le=2000, plausible=(1, 500), source=assumption("A15"))
    """People in Marketing."""
    managers: int = par(3, unit="people", ge=1, le=1000, plausible=(1, 200), source=assumption("A15"))
    """Heads of department and chief executive; the fewer for so many reps (a wide span of control), the less each of
    these is followed up and coached."""
    hours_per_day: float = par(8.0, unit="hours/day", ge=0.01, le=24, plausible=(6, 10), source=assumption("A16"))
    """Working hours of a person."""
    admin_share_sales: float = par(
        0.4, unit="share", ge=0, lt=1, plausible=(0.25, 0.55), source=literature("facts 1.5, selling share of time")
    )
    """Share of a rep's hours that no practice touches: administration, travel, internal work."""
    admin_share_marketing: float = par(0.35, unit="share", ge=0, lt=1, plausible=(0.2, 0.5), source=assumption("A16"))
    """Share of a marketer's hours that no practice touches."""
    skill_sd: float = par(0.25, unit="-", ge=0, le=1, plausible=(0.05, 0.4), source=assumption("A17"))
    """Spread of skill between people (1 is average), in closing, finding and judging alike."""
    least_skill: float = par(0.2, unit="-", ge=0.01, le=1, plausible=(0.1, 0.5), source=assumption("A267"))
    """Skill below which nobody is hired."""
    drive_sd: float = par(0.4, unit="log points", ge=0, le=3, plausible=(0.1, 0.8), source=assumption("A241"))
    """Spread of what slack is worth to reps: the more, the less their pay moves them."""
    admin_share_managers: float = par(0.5, unit="share", ge=0, lt=1, plausible=(0.3, 0.7), source=assumption("A242"))
    """Share of the hours that meetings and disputes leave a manager which go to reports, plans and the own boss."""
    coaching_all_h_per_week: float = par(
        1.5, unit="hours/week", ge=0, le=40, plausible=(0.5, 3), source=literature("facts 10, span of control")
    )
    """Time of a head with each person, new or not: coaching, deals and plans gone through together."""
    promoted_coach: float = par(0.5, unit="share", ge=0, le=1, plausible=(0.2, 0.9), source=assumption("A242"))
    """What an hour of coaching by a best seller made head is worth, relative to one by somebody who has learnt it."""
    coaching_lift: float = par(
        0.12, unit="share", ge=0, le=1, plausible=(0.03, 0.3), source=literature("facts 10, span of control")
    )
    """Share of their skill that people do not bring to bear where nobody coaches them."""
    ramp_executive_d: float = par(
        105.0, unit="working days", ge=0, le=2520, plausible=(42, 315), source=literature("facts 1.5, AE ramp")
    )
    """Time until a new account executive has 95 % of the experience the job can give."""
    ramp_sdr_d: float = par(
        63.0, unit="working days", ge=0, le=2520, plausible=(21, 126), source=literature("facts 1.5, SDR ramp")
    )
    """The same for an SDR."""
    beginner_share: float = par(
        0.5, unit="share", ge=0.001, le=1, plausible=(0.2, 0.9), source=literature("facts 1.5, complex-sale ramp")
    )
    """Share of their skill, speed and judgement that reps have on their first day in the job."""
    tenure_start_d: float = par(
        630.0, unit="working days", ge=0.01, le=25_000, plausible=(250, 1500), source=assumption("A140")
    )
    """Mean time that the reps of the first day have been with the company."""
    turnover_per_year: float = par(
        0.3, unit="share/year", ge=0, le=5, plausible=(0.1, 0.5), source=literature("facts 1.5, turnover 30 %")
    )
    """Reps who quit in a year, of those with the usual results, where both sides neither trust nor distrust."""
    quit_results: float = par(1.0, unit="log points", ge=0, le=10, plausible=(0.3, 2), source=assumption("A142"))
    """How much likelier reps quit, in logs, for each quota's worth they have lately fallen short of the usual."""
    quit_conflict: float = par(1.0, unit="log points", ge=0, le=10, plausible=(0, 2), source=assumption("A142"))
    """How much likelier reps quit, in logs, where nobody trusts the other side than where everybody does."""
    going_pay_eur: float = par(
        150_000.0, unit="EUR/year", ge=1, le=1e7, plausible=(15_000, 300_000), source=literature("facts 1.6, OTE")
    )
    """What account executives earn elsewhere for like work, base and variable pay on target."""
    usual_account: float = par(0.5, unit="share", ge=0, le=1, plausible=(0.3, 0.7), source=assumption("A268"))
    """How well a rep must feel treated by Marketing for that to drive nobody away and keep nobody."""
    quit_pay: float = par(2.0, unit="log points", ge=0, le=20, plausible=(0.5, 4), source=assumption("A142"))
    """How much likelier reps quit, in logs, for each log point by which they are paid less than that."""
    skill_by_pay: float = par(0.25, unit="x", ge=0, le=5, plausible=(0.05, 0.5), source=assumption("A249"))
    """How much less skilled those are who come, for each log point by which the company pays less than others."""
    vacancy_d: int = par(42, unit="working days", ge=0, le=500, plausible=(21, 84), source=assumption("A143"))
    """Days a seat stays empty at least."""
    hiring_h: float = par(30.0, unit="hours", ge=0, le=500, plausible=(10, 80), source=assumption("A143"))
    """Time of a head of Sales to find one new rep; nobody comes before it has been found."""
    hiring_eur: float = par(15_000.0, unit="EUR", ge=0, le=1e6, plausible=(2_000, 40_000), source=assumption("A143"))
    """Advertisements and agents for one new rep."""
    new_face_loss: float = par(0.3, unit="share", ge=0, le=1, plausible=(0.1, 0.6), source=assumption("A144"))
    """Share of their interest that buyers in talks lose when their rep leaves, and of what was known of them."""
    coaching_h_per_week: float = par(1.0, unit="hours/week", ge=0, le=40, plausible=(0.5, 5), source=assumption("A141"))
    """Time of a head of Sales that one new rep needs to learn at full speed."""
    knows_the_job: float = par(0.8, unit="share", ge=0, le=1, plausible=(0.6, 0.95), source=assumption("A269"))
    """Experience from which a new rep needs no more coaching than others."""
    coaching_weight: float = par(0.4, unit="share", ge=0, le=1, plausible=(0.1, 0.7), source=assumption("A141"))
    """Share of the speed of learning that is lost where nobody coaches."""
    merit_h_per_rep: float = par(0.02, unit="hours/day", ge=0, le=8, plausible=(0.005, 0.1), source=assumption("A145"))
    """Manager's time, per rep and day, to keep the list where leads go by experience or results."""
    merit_floor: float = par(0.25, unit="x", ge=0.01, le=10, plausible=(0.1, 0.6), source=assumption("A270"))
    """Weight of the least experienced, or least successful, rep where leads go by merit; full experience, or a quota
    reached, adds 1."""
    regions: int = par(4, unit="regions", ge=1, le=1000, plausible=(2, 12), source=assumption("A146"))
    """Regions in which prospects live, each as many."""
    region_saves: float = par(0.12, unit="share", ge=0, le=1, plausible=(0.03, 0.3), source=assumption("A146"))
    """Share of account executives' administration and travel that a region of one's own saves."""
    specialist_training: float = par(0.8, unit="share", ge=0, le=1, plausible=(0.5, 1), source=assumption("A147"))
    """Training that specialists of a product have when they begin to sell it."""
    mixed_needs: float = par(0.25, unit="share", ge=0, le=1, plausible=(0.1, 0.5), source=assumption("A147"))
    """Buyers who need more than one product, and are called on by two specialists."""
    second_caller_h: float = par(0.3, unit="share", ge=0, le=2, plausible=(0.1, 1), source=assumption("A147"))
    """Selling hours that takes, relative to those of one caller."""
    patch_looks: int = par(64, unit="names", ge=1, le=100_000, plausible=(20, 200), source=assumption("A271"))
    """Names on a list that a rep goes through to find one of the own patch."""
    tracking_h_per_rep: float = par(0.1, unit="hours/day", ge=0, le=8, plausible=(0.02, 0.5), source=assumption("A18"))
    """Manager's time it takes to follow up one rep's leads for a day."""
