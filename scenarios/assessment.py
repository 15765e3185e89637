"""How people answer a questionnaire about working with the other side."""

from scenarios.declare import Section, assumption, par


class Assessment(Section):
    """Laws of answering."""

    halo: float = par(0.25, unit="share", ge=0, le=1, plausible=(0.1, 0.4), source=assumption("A210"))
    """Weight of a person's trust in the other side in every answer; the rest is what was to be seen."""
    slight: float = par(0.4, unit="share", ge=0, le=1, plausible=(0.1, 0.5), source=assumption("A210"))
    """Share of the other side's efforts that people overlook; they see all of their own."""
    noise: float = par(0.6, unit="points of 1 to 5", ge=0, le=4, plausible=(0.3, 1), source=assumption("A210"))
    """Standard deviation of single answers around what a person means."""
    at_customers: float = par(10.0, unit="x", ge=1, le=1000, plausible=(5, 20), source=assumption("A273"))
    """1 over the share of Marketing's hours with customers that leaves nothing to ask for."""
    helped_on: float = par(10.0, unit="x", ge=1, le=1000, plausible=(5, 20), source=assumption("A273"))
    """The same of its hours for open deals."""
    looking_ahead: float = par(10.0, unit="x", ge=1, le=1000, plausible=(5, 20), source=assumption("A273"))
    """The same of its hours for research and upstream work."""
    heads_meet: float = par(1.25, unit="x", ge=1, le=1000, plausible=(1, 3), source=assumption("A273"))
    """The same of managers' hours with the other side."""
    good_leads: float = par(2.5, unit="x", ge=1, le=1000, plausible=(1.5, 5), source=assumption("A273"))
    """1 over the share of marketing leads with a project that leaves nothing to ask for."""
    sent_again: float = par(2.0, unit="x", ge=1, le=1000, plausible=(1, 4), source=assumption("A273"))
    """The same of leads given back that are sent again; the others are not ready yet."""
    funnel_taken_up: float = par(0.4, unit="share", ge=0, le=1, plausible=(0.2, 0.6), source=assumption("A273"))
    """Weight of leads taken up in how far the funnel is run together."""
    funnel_sent_again: float = par(0.2, unit="share", ge=0, le=1, plausible=(0.1, 0.4), source=assumption("A273"))
    """Weight of leads sent again."""
    funnel_helped_on: float = par(0.4, unit="share", ge=0, le=1, plausible=(0.2, 0.6), source=assumption("A273"))
    """Weight of deals that Marketing helps on."""
