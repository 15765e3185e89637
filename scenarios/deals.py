"""How buyers, reps and finance come to terms. Not the company's choice; uncertain, and mostly assumed."""

from scenarios.declare import Section, assumption, literature, par


class Deals(Section):
    """How a deal is made."""

    taste_sd: float = par(0.7, unit="logits", ge=0, le=5, plausible=(0.3, 1.2), source=assumption("A111"))
    """How much buyers differ in which of several products they like, log-odds of a win."""
    training_start: float = par(0.25, unit="share", ge=0, le=1, plausible=(0, 0.6), source=assumption("A112"))
    """How far reps know the products that need training on the first day."""
    training_by_doing: float = par(0.01, unit="share/deal", ge=0, le=1, plausible=(0, 0.05), source=assumption("A112"))
    """Share of the missing knowledge a rep gains from one deal about such a product."""
    aid_shows: float = par(0.5, unit="share", ge=0, le=1, plausible=(0.2, 0.8), source=assumption("A112"))
    """Share of what a rep does not know of such a product that a case prepared by Marketing makes good."""
    credit_spread: float = par(12.0, unit="-", ge=0, le=100, plausible=(4, 20), source=assumption("A113"))
    """How far bad debt is a matter of few: at 0 all are alike, at 12 the worst tenth do three quarters of it."""
    credit_sign_noise: float = par(0.1, unit="share", ge=0, le=1, plausible=(0.04, 0.3), source=assumption("A113"))
    """Error of a rep's impression of where a prospect stands among all by credit."""
    credit_check_noise: float = par(0.05, unit="share", ge=0, le=1, plausible=(0.02, 0.2), source=assumption("A113"))
    """The same of finance's check."""
    eager_debtors: float = par(0.8, unit="logits", ge=0, le=10, plausible=(0, 2), source=assumption("A114"))
    """How much likelier buyers of the worst credit sign than those of the best: others have refused them."""
    risk_to_walk: float = par(0.2, unit="share", ge=0, le=1, plausible=(0.05, 0.5), source=assumption("A115"))
    """Share of a deal's own pay at risk at which a rep walks away from a doubtful buyer."""
    check_h: float = par(1.0, unit="hours", ge=0, le=100, plausible=(0.25, 4), source=assumption("A116"))
    """Manager's time of one full credit check."""
    check_d: float = par(4.0, unit="working days", ge=0, le=100, plausible=(1, 10), source=assumption("A116"))
    """Days a full credit check takes when nothing waits before it."""
    check_limit: float = par(0.2, unit="share", ge=0, le=1, plausible=(0.05, 0.3), source=assumption("A116"))
    """Share of prospects, those of the worst credit, that the strictest check means to refuse."""
    approval_h: float = par(0.5, unit="hours", ge=0, le=100, plausible=(0.1, 2), source=assumption("A117"))
    """Manager's time to approve of one discount beyond a rep's authority."""
    approval_d: int = par(2, unit="working days", ge=0, le=100, plausible=(0, 10), source=assumption("A117"))
    """Days until that approval comes when nothing waits before it."""
    press_h: float = par(0.75, unit="hours", ge=0, le=40, plausible=(0.25, 2), source=assumption("A118"))
    """Rep's time to ask a buyer to sign before the quarter ends."""
    deadline_d: float = par(
        42.0,
        unit="working days",
        ge=0.01,
        le=1000,
        plausible=(5, 63),
        source=literature("facts 1.7, spikes at quarter's end"),
    )
    """Days from a reward at which it weighs half of what it weighs on its day."""
    hold_off: float = par(1.0, unit="x", ge=0, le=20, plausible=(0, 3), source=literature("facts 3, Larkin 2014"))
    """How readily buyers wait for quarter's end, relative to what the discount they expect there does to them."""
    hold_days: int = par(10, unit="working days", ge=0, le=63, plausible=(0, 30), source=assumption("A118"))
    """Days before quarter's end from which a buyer may wait for it."""
    pressed_away: float = par(0.4, unit="probability", ge=0, le=1, plausible=(0.1, 0.7), source=assumption("A118"))
    """Probability that buyers who would have signed in their own time, and are pressed, go elsewhere."""
    checks_share: float = par(0.25, unit="share", ge=0.001, le=1, plausible=(0.1, 0.5), source=assumption("A282"))
    """Share of managers' hours that checks and approvals take at most."""
    price_steps: int = par(5, unit="steps", ge=1, le=100, plausible=(3, 10), source=assumption("A283"))
    """Even steps up to the largest discount a rep may give alone, of which the rep thinks."""
    approved_steps: int = par(3, unit="steps", ge=1, le=100, plausible=(2, 6), source=assumption("A283"))
    """Further ones, up to the largest that can be approved."""
    once_more: float = par(0.25, unit="share", ge=0, le=1, plausible=(0.1, 0.6), source=assumption("A284"))
    """Share of a step's hours for which buyers want to be talked to who have had to wait."""
    further_buyer_h: float = par(0.2, unit="share", ge=0, le=2, plausible=(0.05, 0.5), source=assumption("A285"))
    """Selling hours that each further buyer adds, relative to those of one."""
    contacts_weight: float = par(
        0.5, unit="logits", ge=0, le=20, plausible=(0, 2), source=literature("facts 10, contacts engaged in a deal")
    )
    """Log-odds of a win between talking with one person of a large buying group and talking with all."""
    engaged_by_talk: float = par(0.15, unit="share", ge=0, le=1, plausible=(0.05, 0.4), source=assumption("A292"))
    """Share of a buying group's other people whom a first talk in full brings in."""
    engaged_by_step: float = par(0.2, unit="share", ge=0, le=1, plausible=(0.05, 0.4), source=assumption("A292"))
    """Share of those not in the talks yet whom each step of selling brings in."""
    engaged_by_call: float = par(0.3, unit="share", ge=0, le=1, plausible=(0.1, 0.6), source=assumption("A292"))
    """The same of a marketer who comes along in full."""
    contacts_gone: float = par(0.7, unit="share", ge=0, le=1, plausible=(0.3, 1), source=assumption("A292"))
    """Share of the contacts that only their rep has that is lost when the rep leaves."""
