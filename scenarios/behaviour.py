"""How people act: buyers, marketers and reps. Not the company's choice; uncertain, and mostly assumed."""

from scenarios.assessment import Assessment
from scenarios.campaigning import Campaigning
from scenarios.change import Change
from scenarios.conflict import Conflict
from scenarios.cooperation import Content, Together
from scenarios.deals import Deals
from scenarios.declare import Section, assumption, calibrated, literature, par
from scenarios.expectations import Expectations
from scenarios.goodwill import Goodwill
from scenarios.standing import Standing


class Attention(Section):
    """How buyers answer."""

    message_weight: float = par(0.7, unit="share", ge=0, le=1, plausible=(0.3, 0.9), source=assumption("A60"))
    """Share of a channel's pull on fitting prospects that depends on the message being relevant."""
    p_request: float = par(0.2, unit="probability", ge=0, le=1, plausible=(0.05, 0.4), source=assumption("A216"))
    """Probability that a buyer with a project who answers a fully relevant message asks for a call."""
    effort_elasticity: float = par(
        0.4, unit="-", ge=0, le=2, plausible=(0.05, 0.4), source=literature("facts 4, selling elasticities")
    )
    """Percent more contacts from one percent more marketers' hours in campaigns."""
    p_connect: float = par(
        0.45, unit="probability", ge=0, le=1, plausible=(0.2, 0.7), source=literature("facts 1.2, attempts")
    )
    """Probability that one attempt reaches an interested marketing lead at once."""
    p_connect_cold: float = par(
        0.22,
        unit="probability",
        ge=0,
        le=1,
        plausible=(0.03, 0.3),
        source=literature("facts 1.2, touches to a meeting"),
    )
    """Probability that one attempt reaches a prospect who has not asked for anything."""
    next_attempt: float = par(
        0.4, unit="x", ge=0, le=1, plausible=(0.4, 0.9), source=literature("facts 1.2, connect rate -33 %")
    )
    """Chance that a prospect answers a rep, relative to the time before, each time it is approached again."""
    further_attempt: float = par(
        0.75, unit="x", ge=0, le=1, plausible=(0.6, 0.95), source=literature("facts 1.2, connect rate -33 %")
    )
    """Chance that an attempt reaches a marketing lead, relative to the attempt before."""
    speed_floor: float = par(
        0.3, unit="share", ge=0, le=1, plausible=(0.006, 0.5), source=literature("facts 1.3, kernel")
    )
    """What is left of the chance to connect when the first answer comes very late."""
    speed_tau_h: float = par(
        8.0, unit="hours", ge=0.01, le=1000, plausible=(0.49, 24), source=literature("facts 1.3, kernel")
    )
    """Time in which the rest of that chance falls to 37 %."""
    talk_lift: float = par(0.5, unit="share", ge=0, le=1, plausible=(0.2, 0.8), source=assumption("A61"))
    """Share of the missing interest that a fully relevant talk restores."""
    nurture_lift: float = par(0.3, unit="share", ge=0, le=1, plausible=(0.1, 0.6), source=assumption("A61"))
    """Share of the missing interest that a fully relevant nurturing touch restores."""
    confusion: float = par(
        0.8, unit="share", ge=0, le=10, plausible=(0.2, 1.5), source=literature("facts 2, poor coordination: cycles")
    )
    """How much longer buyers take to their next step after a talk that misses their need entirely."""
    p_stall: float = par(
        0.06, unit="probability", ge=0, le=1, plausible=(0.01, 0.2), source=calibrated("V20, win rate")
    )
    """Probability that a purchase ends without a decision at one step, even with a fully relevant pitch."""
    p_stall_no_project: float = par(
        0.35, unit="probability", ge=0, le=1, plausible=(0.2, 0.7), source=assumption("A64")
    )
    """The same for a buyer without a project."""
    patience_sigma: float = par(0.5, unit="log points", ge=0, le=3, plausible=(0.2, 1), source=assumption("A10"))
    """Spread of buyers' patience."""
    win_base: float = par(
        1.2, unit="logits", ge=-10, le=10, plausible=(0, 3), source=calibrated("V20, win rate 15-35 %")
    )
    """Log-odds of a win at average skill and interest, without competition."""
    understanding_weight: float = par(3.0, unit="logits", ge=0, le=20, plausible=(0.5, 4), source=assumption("A62"))
    """Log-odds of a win between a pitch that misses the need and one that meets it, at complexity 1."""
    consistency_weight: float = par(1.0, unit="logits", ge=0, le=20, plausible=(0, 2), source=assumption("A62"))
    """Log-odds of a win between campaign and rep telling different stories and telling the same."""
    interest_weight: float = par(1.5, unit="logits", ge=0, le=20, plausible=(0.5, 3), source=assumption("A62"))
    """Log-odds of a win between no interest and full interest."""
    skill_weight: float = par(1.5, unit="logits", ge=0, le=20, plausible=(0.5, 3), source=assumption("A62"))
    """Log-odds of a win for a rep twice as skilled as the average."""
    list_price_weight: float = par(
        2.5, unit="x", ge=0, le=20, plausible=(1, 4), source=calibrated("G6, elasticity of new deals to list price")
    )
    """How much a list price above what a product is worth weighs with buyers, relative to a discount of the same size;
    it is seen before anybody bargains."""
    p_sign_early: float = par(0.4, unit="probability", ge=0, le=1, plausible=(0.05, 0.6), source=assumption("A63"))
    """Probability that a buyer one step from deciding signs at quarter's end when asked, before any discount."""
    warm: float = par(0.5, unit="share", ge=0, le=1, plausible=(0.3, 0.7), source=assumption("A265"))
    """Interest from which somebody who has heard of us considers us, and who considers us prefers us."""
    hurry_loss: float = par(
        0.65, unit="logits", ge=0, le=5, plausible=(0, 1.5), source=literature("facts 1.7, win rate -51 %")
    )
    """Log-odds of a win lost by pressing a buyer to sign early."""


class Learning(Section):
    """How people come to know the market."""

    belief_noise: float = par(0.4, unit="need units", ge=0, le=5, plausible=(0.1, 1), source=assumption("A70"))
    """Error of everybody's first idea of a segment's need, on each axis."""
    from_talk: float = par(0.15, unit="share", ge=0, le=1, plausible=(0.02, 0.2), source=assumption("A71"))
    """How far a rep's belief moves to what one buyer tells."""
    research_every_d: int = par(63, unit="working days", ge=1, le=2520, plausible=(21, 252), source=assumption("A72"))
    """Days between Marketing's surveys."""
    research_noise: float = par(0.25, unit="need units", ge=0, le=5, plausible=(0.05, 0.6), source=assumption("A72"))
    """Error of a survey, on each axis."""
    research_lag_d: int = par(21, unit="working days", ge=0, le=500, plausible=(5, 63), source=assumption("A72"))
    """Age of a survey's data when its results arrive."""
    from_research: float = par(0.45, unit="share", ge=0, le=1, plausible=(0.2, 0.9), source=assumption("A72"))
    """How far a marketer's belief moves to a survey's result."""
    from_meeting: float = par(0.6, unit="share", ge=0, le=1, plausible=(0.2, 0.9), source=assumption("A73"))
    """How far beliefs move to those of fully trusted colleagues in a disciplined meeting full of news."""
    reps_listen: float = par(
        0.3, unit="x", ge=0, le=1, plausible=(0.1, 1), source=literature("facts 9, sales knows customers first")
    )
    """How far reps, who hear buyers every day, move to Marketing's view, relative to Marketing moving to theirs."""
    from_informal_h: float = par(0.05, unit="share/hour", ge=0, le=1, plausible=(0.01, 0.2), source=assumption("A73"))
    """How far beliefs move to those of fully trusted colleagues in an hour of informal contact."""
    meeting_talk_h: float = par(0.5, unit="hours", ge=0.01, le=40, plausible=(0.25, 1.5), source=assumption("A74"))
    """Length of a meeting in which 63 % of what there is to say gets said."""
    novelty_d: float = par(8.0, unit="working days", ge=0.01, le=500, plausible=(3, 21), source=assumption("A74"))
    """Days after which, in a market that moves by novelty_need meanwhile, a meeting has 63 % of all it can tell."""
    novelty_need: float = par(0.45, unit="need units", ge=0.001, le=20, plausible=(0.2, 1), source=assumption("A74"))
    """Movement of needs that gives a meeting as much to tell as that time does; daily steps add up."""
    from_report: float = par(0.05, unit="share", ge=0, le=1, plausible=(0.01, 0.15), source=assumption("A75"))
    """How far a marketer's belief moves to the need told in one report about a lead."""
    score_learning: float = par(0.02, unit="share", ge=0, le=1, plausible=(0.005, 0.06), source=assumption("A76"))
    """Share of the missing accuracy of the lead score that one known outcome restores."""
    hearsay: float = par(0.25, unit="x", ge=0, le=1, plausible=(0.1, 0.6), source=assumption("A76"))
    """What an outcome told from memory in a meeting teaches, relative to one reported or typed in."""
    score_start: float = par(0.5, unit="correlation", ge=0, le=1, plausible=(0.2, 0.6), source=assumption("A76"))
    """Accuracy of the lead score on the first day: correlation of project signs with the truth."""
    score_worst: float = par(0.2, unit="correlation", ge=0, le=1, plausible=(0, 0.4), source=assumption("A76"))
    """Accuracy to which the lead score decays as the market moves and nobody tells."""
    score_best: float = par(0.85, unit="correlation", ge=0, le=1, plausible=(0.6, 0.95), source=assumption("A76"))
    """Accuracy the lead score approaches with every outcome known."""
    score_decay: float = par(0.5, unit="1/need unit", ge=0, le=20, plausible=(0.1, 1.5), source=assumption("A76"))
    """Rate at which accuracy decays per need unit the market moves."""
    own_signs: float = par(0.45, unit="correlation", ge=0, le=1, plausible=(0.1, 0.5), source=assumption("A77"))
    """Correlation of Marketing's own signs (clicks, visits, downloads) with a lead's true quality."""
    project_sign_weight_separate: float = par(
        0.25, unit="share", ge=0, le=1, plausible=(0, 0.5), source=assumption("A77")
    )
    """Weight of project signs (need, budget, time) in the score under separate definitions."""
    project_sign_weight_joint: float = par(0.75, unit="share", ge=0, le=1, plausible=(0.5, 1), source=assumption("A77"))
    """The same under a joint written definition."""


class Work(Section):
    """How long things take, and how people choose between them."""

    contact_h: float = par(0.5, unit="hours", ge=0.01, le=40, plausible=(0.1, 1), source=assumption("A80"))
    """Time of one attempt to reach a marketing lead."""
    talk_h: float = par(0.75, unit="hours", ge=0.01, le=40, plausible=(0.25, 1.5), source=assumption("A80"))
    """Time of a first talk and its notes."""
    prospecting_h: float = par(0.25, unit="hours", ge=0.01, le=40, plausible=(0.1, 1), source=assumption("A80"))
    """Time to find and approach one prospect on one's own."""
    look_h: float = par(0.05, unit="hours", ge=0, le=8, plausible=(0.02, 0.2), source=assumption("A80"))
    """Time one look at new leads costs by tearing a rep away from other work."""
    glance_h: float = par(0.08, unit="hours", ge=0, le=8, plausible=(0.03, 0.25), source=assumption("A80"))
    """Time to look up a lead before passing it over."""
    promised_most: float = par(0.6, unit="share", ge=0, le=1, plausible=(0.4, 0.9), source=assumption("A89"))
    """Most of the free hours that a promise to call leads gets from a rep for whom deals wait."""
    own_attempts: int = par(2, unit="attempts", ge=1, le=30, plausible=(1, 3), source=literature("facts 1.2, attempts"))
    """Attempts a rep makes when nobody tracks them."""
    attempt_gap_d: int = par(2, unit="working days", ge=1, le=60, plausible=(1, 5), source=assumption("A81"))
    """Days between attempts."""
    put_aside_d: int = par(4, unit="working days", ge=1, le=250, plausible=(2, 10), source=assumption("A82"))
    """Days after which a lead that a rep passed over comes up once more."""
    promise: float = par(0.6, unit="probability", ge=0, le=1, plausible=(0.3, 0.9), source=assumption("A230"))
    """Probability of a project that a rep who knows nothing of them yet expects of a fully trusted marketer's leads."""
    prior_leads: float = par(10.0, unit="leads", ge=0.01, le=1000, plausible=(3, 40), source=assumption("A230"))
    """How many leads of one's own experience weigh as much as that expectation."""
    shelf_d: int = par(21, unit="working days", ge=1, le=500, plausible=(10, 63), source=assumption("A82"))
    """Days after which a lead that nobody contacted is given up."""
    recycle_rest_d: int = par(42, unit="working days", ge=1, le=500, plausible=(21, 126), source=assumption("A82"))
    """Days a lead that Sales gave back is left in peace before Marketing looks at it again."""
    qualify_h: float = par(0.15, unit="hours", ge=0.01, le=40, plausible=(0.05, 0.5), source=assumption("A83"))
    """Marketer's time to score one inquiry by Marketing's own signs."""
    project_signs_h: float = par(0.2, unit="hours", ge=0, le=40, plausible=(0.1, 0.6), source=assumption("A83"))
    """Further time to find out about need, budget and time, as a joint definition asks."""
    hand_off_h: float = par(0.1, unit="hours", ge=0, le=8, plausible=(0.02, 0.3), source=assumption("A83"))
    """Marketer's time to hand one lead over at once; batches of several days save in proportion."""
    nurture_h: float = par(0.04, unit="hours", ge=0, le=8, plausible=(0.01, 0.2), source=assumption("A83"))
    """Marketer's time of one nurturing touch (mostly automatic)."""
    nurture_touches_max: int = par(
        12, unit="touches", ge=0, le=1000, plausible=(6, 24), source=literature("facts 1.2, 9 touches")
    )
    """Touches after which a lead is no longer nurtured."""
    report_h: float = par(0.2, unit="hours", ge=0.01, le=8, plausible=(0.05, 0.5), source=assumption("A84"))
    """Rep's time to report what became of a lead."""
    research_h: float = par(12.0, unit="hours", ge=0, le=500, plausible=(4, 40), source=assumption("A72"))
    """A marketer's time for one survey."""
    redesign_h: float = par(11.0, unit="hours", ge=0.01, le=2000, plausible=(10, 120), source=assumption("A85"))
    """Time to design a campaign anew."""
    campaign_h: float = par(0.9, unit="hours/prospect", ge=0.001, le=1000, plausible=(0.3, 3), source=assumption("A85"))
    """Marketers' hours in campaigns for each prospect that appears, at which channels reach what they are said to."""
    redesign_gap: float = par(0.3, unit="need units", ge=0, le=10, plausible=(0.15, 0.8), source=assumption("A85"))
    """Distance between belief and running message at which a marketer designs anew."""
    planning_h: float = par(1.5, unit="hours", ge=0, le=40, plausible=(0.5, 6), source=assumption("A86"))
    """Hours each rep who is asked gives to planning one campaign jointly."""
    planning_reps: int = par(4, unit="people", ge=1, le=10, plausible=(2, 10), source=assumption("A86"))
    """Reps, in turn, who plan one campaign jointly; ten people are the most who have ideas together."""
    talked_over: float = par(0.1, unit="share/meeting", ge=0, le=1, plausible=(0, 0.3), source=assumption("A85"))
    """Share of a design that comes back to be done again from a meeting in which nothing new is said."""
    busy_bar: float = par(0.8, unit="sd of quality", ge=0, le=5, plausible=(0.2, 1.5), source=assumption("A87"))
    """How much higher that bar is when two weeks of work wait on the account executives' desks."""
    judging_noise: float = par(0.7, unit="sd of quality", ge=0, le=5, plausible=(0.3, 1.2), source=assumption("A87"))
    """Error of a rep who judges a lead after a talk."""
    glance_noise: float = par(1.0, unit="sd of quality", ge=0, le=20, plausible=(0.7, 3), source=assumption("A87"))
    """Error of a rep who glances at a lead's record and decides whether to call."""
    opening_bar: float = par(
        0.55, unit="sd of quality", ge=-5, le=5, plausible=(0, 1.2), source=calibrated("facts 1.1, MQL to SQL")
    )
    """Quality above which a rep opens an opportunity."""
    leads_in_view: int = par(6, unit="leads", ge=1, le=1000, plausible=(2, 20), source=assumption("A88"))
    """Waiting marketing leads among which a rep picks the one that looks most promising."""
    deals_in_view: int = par(8, unit="deals", ge=1, le=1000, plausible=(3, 20), source=assumption("A88"))
    """Waiting deals among which a rep picks the one that rewards the next hour best."""
    junk_below: float = par(-0.6, unit="sd of quality", ge=-5, le=5, plausible=(-1, -0.3), source=assumption("A87"))
    """Quality below which a rep finds a lead junk, not merely early."""
    choice_sharpness: float = par(1.5, unit="-", ge=0, le=20, plausible=(0.5, 4), source=assumption("A88"))
    """How strongly hours follow expected own pay per hour; 0 is an even split."""
    idle_worth_eur: float = par(7.0, unit="EUR/hour", ge=0, le=1000, plausible=(0, 15), source=assumption("A89"))
    """What an hour of slack is worth to a rep."""
    duty: float = par(0.25, unit="share", ge=0, le=1, plausible=(0.05, 0.5), source=assumption("A89"))
    """Worth to a person of results that are not paid, relative to results paid by a full commission."""
    memory: float = par(0.98, unit="share/result", ge=0.001, lt=1, plausible=(0.9, 0.995), source=assumption("A90"))
    """Weight that earlier results keep in a rep's running estimates each time a new one comes in."""
    bar_bend: float = par(1.6, unit="sd of score", ge=0, le=5, plausible=(0.3, 2), source=assumption("A91"))
    """How far a marketer whose whole pay depends on it bends the qualification bar when behind target."""
    careless: float = par(
        0.36, unit="share", ge=0, le=1, plausible=(0.1, 0.6), source=literature("facts 3, quality effort under MQL pay")
    )
    """Share of what signs can tell that a marketer misses who does not care for the quality of leads."""
    sales_caution: float = par(0.95, unit="x", ge=0.01, le=2, plausible=(0.8, 1), source=assumption("A92"))
    """What Sales forecasts relative to what it has just sold."""
    wait_loss: float = par(0.1, unit="probability", ge=0, le=1, plausible=(0.02, 0.3), source=assumption("A93"))
    """Probability, as a rep sees it, that a deal put off to the next quarter is lost."""
    quota_pressure: float = par(0.6, unit="x", ge=0, le=1, plausible=(0.4, 1), source=assumption("A93"))
    """Worth of a deal put off, relative to the same pay now, where a quota is watched from above."""
    push_days: int = par(8, unit="working days", ge=0, le=63, plausible=(3, 15), source=literature("facts 1.7"))
    """Days before quarter's end in which reps press for signatures."""


class TrustLaws(Section):
    """How trust between a rep and a marketer moves, 0 to 1."""

    start: float = par(0.45, unit="share", ge=0, le=1, plausible=(0.2, 0.8), source=assumption("A100"))
    """Trust on the first day (history)."""
    start_sd: float = par(0.1, unit="share", ge=0, le=1, plausible=(0, 0.2), source=assumption("A100"))
    """Spread of trust between pairs on the first day."""
    up: float = par(
        0.041, unit="share/event", ge=0, le=1, plausible=(0.01, 0.08), source=literature("facts 2.1, slow up")
    )
    """Share of the missing trust that one good lead restores."""
    down: float = par(
        0.08, unit="share/event", ge=0, le=1, plausible=(0.02, 0.2), source=literature("facts 2.1, fast down")
    )
    """Share of trust that one junk lead destroys."""
    early: float = par(0.35, unit="x", ge=0, le=1, plausible=(0.1, 0.7), source=assumption("A104"))
    """What a lead that is merely too early destroys, relative to junk."""
    glance: float = par(0.4, unit="x", ge=0, le=1, plausible=(0, 0.5), source=assumption("A104"))
    """What a lead destroys that looks like junk at a glance, relative to one found to be junk in a talk."""
    worked: float = par(0.01, unit="share/event", ge=0, le=1, plausible=(0.002, 0.04), source=literature("facts 2.1"))
    """Share of a marketer's missing trust that a rep restores by working a lead."""
    rotted: float = par(0.04, unit="share/event", ge=0, le=1, plausible=(0.01, 0.15), source=literature("facts 2.1"))
    """Share of a marketer's trust that a rep destroys by letting a lead rot."""
    told: float = par(
        0.03, unit="share/event", ge=0, le=1, plausible=(0.01, 0.1), source=literature("facts 2.1, feedback given")
    )
    """Share of a marketer's missing trust that a rep restores by one report."""
    met: float = par(0.06, unit="share/meeting", ge=0, le=1, plausible=(0.01, 0.15), source=assumption("A101"))
    """Share of the missing trust that a disciplined meeting full of news restores, both ways."""
    blamed: float = par(0.1, unit="share/meeting", ge=0, le=1, plausible=(0.02, 0.3), source=assumption("A101"))
    """Share of trust that an undisciplined meeting far behind target destroys, both ways."""
    informal: float = par(0.004, unit="share/hour", ge=0, le=1, plausible=(0.001, 0.02), source=assumption("A102"))
    """Share of the missing trust that an hour of informal contact restores, both ways."""
    promise_kept: float = par(0.4, unit="share", ge=0, le=1, plausible=(0.2, 0.9), source=assumption("A105"))
    """Share of a trusted marketer's leads that a rep works as agreed though nobody tracks it."""
    passed_on: float = par(0.8, unit="weeks/hour", ge=0, le=10, plausible=(0.1, 1), source=assumption("A106"))
    """Probability, per weekly hour of informal contact, that a rep tells a trusted marketer of a lead to keep warm."""
    passed_over: float = par(0.04, unit="share/month", ge=0, le=1, plausible=(0, 0.1), source=assumption("A145"))
    """Share of trust in Marketing that a rep loses in a month who gets no leads while others do."""
    colleagues: int = par(8, unit="people", ge=0, le=5000, plausible=(3, 20), source=assumption("A266"))
    """Reps near by whom somebody new asks what to think of each marketer."""
    willing: float = par(0.7, unit="share", ge=0, le=1, plausible=(0.4, 0.9), source=assumption("A103"))
    """Probability that a rep who fully trusts the marketer gives a report that is asked for and not paid."""


class Brand(Section):
    """How a company becomes known, and what that is worth."""

    unpaid: float = par(0.15, unit="share", ge=0, le=1, plausible=(0.02, 0.4), source=assumption("A162"))
    """Share of a segment that knows the company without any brand money."""
    start: float | None = par(None, unit="share", ge=0, le=1, plausible=(0.02, 0.9), source=assumption("A162"))
    """Share of every segment that knows the company on the first day (history); null for what the brand money of that
    day would bring in the long run."""
    half_spend_eur: float = par(
        36.0, unit="EUR/prospect", ge=0.01, le=1e6, plausible=(5, 500), source=assumption("A162")
    )
    """Brand money per prospect that makes half of the others know it in the long run."""
    half_life_d: float = par(
        252.0,
        unit="working days",
        ge=0.01,
        le=5000,
        plausible=(42, 378),
        source=calibrated("V4, long run about twice short; facts 4"),
    )
    """How long it takes half of those to come to know it, or to forget it when the money stops."""
    response: float = par(2.8, unit="x", ge=0, le=20, plausible=(0.2, 3), source=assumption("A163"))
    """Percent more answers to activation from one percent of the segment more that knows the company."""
    cold_calls: float = par(1.0, unit="x", ge=0, le=20, plausible=(0.2, 3), source=assumption("A163"))
    """The same for answers to reps' cold calls."""
    win: float = par(0.6, unit="logits", ge=0, le=10, plausible=(0, 1), source=assumption("A163"))
    """Log-odds of a win between a company nobody knows and one that everybody knows."""


class Alarm(Section):
    """How a campaign that misses the need comes to be noticed, and what a launch does that Sales did not expect."""

    memory: float = par(0.7, unit="share/talk", ge=0, lt=1, plausible=(0.7, 0.97), source=assumption("A164"))
    """Weight that earlier talks with buyers of a segment keep in what Sales tells, each time one is added."""
    doubt: float = par(2.2, unit="x", ge=0, le=1000, plausible=(2, 30), source=assumption("A164"))
    """How many times chance an alarm must exceed to be half believed: squared gap over the spread of so many buyers."""
    voices: float = par(2.0, unit="voices", ge=1, le=20, plausible=(1, 4), source=assumption("A164"))
    """How many voices of Sales that say the same of a campaign count as independent of each other."""
    room_d: float = par(15.0, unit="working days", ge=0.01, le=1000, plausible=(10, 42), source=assumption("A164"))
    """Working days of news for which a joint meeting has room; after longer, part of it is never told."""
    heard_in_passing: float = par(0.25, unit="share/hour", ge=0, le=1, plausible=(0.05, 0.5), source=assumption("A164"))
    """Share of an alarm that an hour of informal contact in a week carries."""
    surprise: float = par(0.3, unit="share", ge=0, le=1, plausible=(0, 0.7), source=assumption("A165"))
    """Part of a new campaign's story that reps do not tell on its first day if it was not planned with them."""
    surprise_half_life_d: float = par(
        15.0, unit="working days", ge=0.01, le=500, plausible=(5, 42), source=assumption("A165")
    )
    """How long it takes them to come to know half of the rest."""


class Upstream(Section):
    """What the offer is worth, how it ages and is renewed, and how marketers divide what hours are free."""

    product_half_life_d: float = par(
        378.0, unit="working days", ge=0.01, le=1e5, plausible=(126, 1500), source=assumption("A173")
    )
    """How long product development takes to follow half of a change in needs when nobody speaks for buyers."""
    offer_h: float = par(80.0, unit="hours", ge=0.01, le=1e5, plausible=(30, 300), source=assumption("A173"))
    """Hours of upstream work that make good half of what an offer to one segment lacks."""
    breadth: float = par(2.0, unit="x", ge=0.01, le=100, plausible=(1, 4), source=assumption("A173"))
    """How much farther from the need an offer may be than a message to serve it as well."""
    win_weight: float = par(1.5, unit="logits", ge=0, le=20, plausible=(0.3, 4), source=assumption("A174"))
    """Log-odds of a win between an offer that misses the need and one that meets it, at complexity 1."""
    satisfaction_weight: float = par(0.3, unit="share", ge=0, le=1, plausible=(0.1, 0.6), source=assumption("A174"))
    """Share of satisfaction that an offer costs which misses the need."""
    heard_half_life_d: float = par(
        126.0, unit="working days", ge=0.01, le=1e5, plausible=(42, 252), source=assumption("A174")
    )
    """How long half of the customers whom Marketing has talked to feel heard."""
    spared: float = par(0.3, unit="share", ge=0, le=1, plausible=(0.1, 0.8), source=assumption("A174"))
    """Part of that loss which a customer is spared whom Marketing has heard."""
    duty_upstream: float = par(0.3, unit="x", ge=0, le=10, plausible=(0.05, 1), source=assumption("A175"))
    """How much those who are not upstream marketers feel upstream work to be theirs, relative to those who are."""
    content_for_leads: float = par(0.2, unit="x", ge=0, le=10, plausible=(0.05, 0.6), source=assumption("A175"))
    """What an hour of content adds to the number of leads, as marketers see it, relative to an hour of campaigns."""
    content_for_deals: float = par(0.8, unit="x", ge=0, le=10, plausible=(0.3, 2), source=assumption("A175"))
    """The same for pipeline and revenue."""


class Behaviour(Section):
    """How people act."""

    attention: Attention = Attention()
    brand: Brand = Brand()
    alarm: Alarm = Alarm()
    upstream: Upstream = Upstream()
    learning: Learning = Learning()
    goodwill: Goodwill = Goodwill()
    work: Work = Work()
    trust: TrustLaws = TrustLaws()
    conflict: Conflict = Conflict()
    content: Content = Content()
    together: Together = Together()
    assessment: Assessment = Assessment()
    deals: Deals = Deals()
    change: Change = Change()
    expectations: Expectations = Expectations()
    campaigning: Campaigning = Campaigning()
    standing: Standing = Standing()
