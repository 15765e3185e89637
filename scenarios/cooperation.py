"""What joint work, shared content and living together do, per hour and event."""

from scenarios.declare import Section, assumption, literature, par


class Content(Section):
    """How content is made, found and used."""

    item_h: float = par(14.0, unit="hours", ge=0.01, le=2000, plausible=(6, 40), source=assumption("A200"))
    """Marketer's time to make one item."""
    p_for_selling: float = par(
        0.5, unit="probability", ge=0, le=1, plausible=(0.1, 0.5), source=literature("facts 9, content 90 % product")
    )
    """Probability that an item made without asking Sales serves a selling situation."""
    p_for_selling_asked: float = par(0.9, unit="probability", ge=0, le=1, plausible=(0.7, 1), source=assumption("A201"))
    """The same for an item made after asking."""
    p_found: float = par(
        0.6,
        unit="probability",
        ge=0,
        le=1,
        plausible=(0.35, 0.65),
        source=literature("facts 4, 52 % could not find it"),
    )
    """Probability that an item lies where reps look, without a directory or a shared system."""
    p_found_directory: float = par(0.9, unit="probability", ge=0, le=1, plausible=(0.7, 1), source=assumption("A201"))
    """The same with a directory, and with full CRM coverage."""
    asking_h: float = par(0.5, unit="hours", ge=0, le=40, plausible=(0.25, 2), source=assumption("A201"))
    """Rep's time to say what an item should do."""
    search_h: float = par(0.08, unit="hours", ge=0, le=8, plausible=(0.03, 0.3), source=assumption("A202"))
    """Rep's time to look for content before a step of a deal."""
    improvise_h: float = par(0.3, unit="hours", ge=0, le=8, plausible=(0.1, 1), source=assumption("A202"))
    """Rep's time to make something up where nothing serves."""
    shelf: int = par(8, unit="items", ge=1, le=8, plausible=(4, 8), source=assumption("A202"))
    """Newest items of a segment that reps look at."""
    enough: float = par(0.53, unit="share", ge=0, le=1, plausible=(0.4, 0.8), source=assumption("A202"))
    """Relevance an item must seem to have for a rep to prefer it to improvising."""


class Together(Section):
    """What joint work brings and takes."""

    preparation: float = par(0.5, unit="share", ge=0, le=4, plausible=(0.2, 1), source=assumption("A20"))
    """Hours of preparing and minuting for each hour of a fully disciplined meeting."""
    called_h: float = par(1.0, unit="hours", ge=0, le=8, plausible=(0.5, 2), source=assumption("A274"))
    """Length of a meeting to which everybody is called when a dispute breaks out."""
    called_discipline: float = par(0.3, unit="share", ge=0, le=1, plausible=(0.1, 0.6), source=assumption("A274"))
    """Share of such a meeting, which nobody has prepared, that serves any agenda."""
    skipping: float = par(0.5, unit="share", ge=0, le=1, plausible=(0, 1), source=assumption("A290"))
    """Share of people who stay away from joint meetings that bring nothing, where no manager stands behind them."""
    worth_coming: float = par(0.3, unit="share", ge=0.001, le=1, plausible=(0.1, 0.5), source=assumption("A290"))
    """Part of its time that a joint meeting must serve for everybody to come."""
    last_meetings: float = par(
        0.3, unit="share/meeting", ge=0.001, le=1, plausible=(0.1, 0.7), source=assumption("A290")
    )
    """How far what people expect of joint meetings moves to what the last one brought."""
    brainstorm_most: float = par(
        10.0, unit="people", ge=1, le=1000, plausible=(6, 15), source=literature("facts 9, at most 10 people")
    )
    """People in a brainstorm beyond whom nobody adds an idea."""
    brainstorm_h: float = par(2.0, unit="hours", ge=0, le=40, plausible=(1, 4), source=assumption("A203"))
    """Length of a brainstorm."""
    from_brainstorm: float = par(0.4, unit="share", ge=0, le=1, plausible=(0.1, 0.6), source=assumption("A203"))
    """How far beliefs move to those of fully trusted colleagues in a brainstorm of ten people full of news."""
    review_h: float = par(1.0, unit="hours", ge=0, le=40, plausible=(0.5, 2), source=assumption("A190"))
    """Length of a review of deals won and lost."""
    from_review: float = par(0.3, unit="share", ge=0, le=1, plausible=(0.1, 0.5), source=assumption("A190"))
    """How far reps' beliefs move to each other's, and of untold outcomes how many get told, in such a review."""
    directory_h_per_week: float = par(
        2.0, unit="hours/week", ge=0, le=40, plausible=(0.5, 6), source=assumption("A201")
    )
    """Marketing's time to keep a directory up to date."""
    numbers_h_per_week: float = par(3.0, unit="hours/week", ge=0, le=40, plausible=(1, 8), source=assumption("A191"))
    """Managers' time to show each side all numbers of the other."""
    settling_h_per_week: float = par(1.0, unit="hours/week", ge=0, le=40, plausible=(0.3, 4), source=assumption("A215"))
    """Managers' time for each thing that is settled anew: a budget not split by history, money for brand that Sales may
    use, a bar set by both, a target of leads from capacity."""
    crm_typing_h: float = par(0.02, unit="hours", ge=0, le=8, plausible=(0.01, 0.15), source=assumption("A22"))
    """Rep's time to type one outcome into the shared CRM."""
    crm_checking_h: float = par(0.02, unit="hours", ge=0, le=8, plausible=(0.005, 0.1), source=assumption("A22"))
    """Rep's time to check one entry, where all entries are right; less in proportion where fewer are."""
    crm_prompt_h: float = par(0.02, unit="hours", ge=0, le=8, plausible=(0.005, 0.1), source=assumption("A22"))
    """Rep's time lost by leaving other work to type an outcome in on the day; less the longer an entry may wait."""
    liaison_share: float = par(0.5, unit="share", ge=0, le=1, plausible=(0.3, 1), source=assumption("A204"))
    """Share of a liaison's hours spent with Sales, of those that duties, research and talks with buyers have left."""
    from_liaison: float = par(0.3, unit="share/week", ge=0, le=1, plausible=(0.1, 0.5), source=assumption("A204"))
    """How far a liaison and then the other marketers move to what reps say, and how many untold outcomes come along."""
    liaison_trust: float = par(0.03, unit="share/week", ge=0, le=1, plausible=(0.01, 0.08), source=assumption("A204"))
    """Share of missing trust that a liaison restores with each rep in a week."""
    rotation_d: int = par(21, unit="working days", ge=1, le=252, plausible=(10, 63), source=assumption("A205"))
    """Length of an exchange of two people."""
    rotation_trust: float = par(0.4, unit="share", ge=0, le=1, plausible=(0.1, 0.6), source=assumption("A205"))
    """Share of missing trust that those two restore with everybody they worked with."""
    rotation_away: float = par(0.5, unit="share", ge=0, le=1, plausible=(0.3, 0.8), source=assumption("A275"))
    """Share of their own work that two people on exchange do not get done."""
    from_rotation: float = par(0.5, unit="share", ge=0, le=1, plausible=(0.2, 0.8), source=assumption("A275"))
    """How far they come home with the other side's view of the market."""
    training_from_d: int = par(15, unit="working days", ge=0, le=57, plausible=(0, 40), source=assumption("A276"))
    """Day of a quarter on which its week of joint training begins."""
    bare_training: float = par(0.4, unit="share", ge=0, le=1, plausible=(0.2, 0.7), source=assumption("A277"))
    """What joint training teaches reps to whom Marketing tells nothing in it, relative to being told all."""
    training_h: float = par(8.0, unit="hours", ge=0.01, le=200, plausible=(4, 24), source=assumption("A206"))
    """Hours of training in which a person learns 63 % of what there is to learn about the harder product."""
    training_forgotten: float = par(
        0.25, unit="share/quarter", ge=0, le=1, plausible=(0.1, 0.4), source=assumption("A206")
    )
    """Share of it that is forgotten or outdated in a quarter."""
    training_trust: float = par(
        0.002, unit="share/hour", ge=0, le=1, plausible=(0, 0.01), source=literature("facts 2, shared training: small")
    )
    """Share of missing trust that an hour of joint training restores."""
    key_account_eur: float = par(
        60_000.0, unit="EUR/year", ge=0, le=1e9, plausible=(10_000, 1e6), source=literature("facts 7, above $2M")
    )
    """List price from which a deal is a key account."""
    call_fit: float = par(0.4, unit="share", ge=0, le=1, plausible=(0.1, 0.6), source=assumption("A207"))
    """Share of what the rep's pitch misses of the need that a marketer who comes along makes good."""
    aid_h: float = par(2.0, unit="hours", ge=0, le=100, plausible=(1, 8), source=assumption("A192"))
    """Marketer's time to prepare case and price for one opportunity."""
    aid_saves: float = par(0.15, unit="share", ge=0, le=1, plausible=(0.05, 0.3), source=assumption("A192"))
    """Share of the rep's hours on a deal that this saves."""
    aid_fit: float = par(0.25, unit="share", ge=0, le=1, plausible=(0.05, 0.5), source=assumption("A192"))
    """Share of what the pitch misses of the need that a well-founded case makes good."""
    warm_saves: float = par(0.16, unit="share", ge=0, le=1, plausible=(0.1, 0.4), source=assumption("A192"))
    """Part of a pause between two steps that buyers save to whom Marketing sends what they need meanwhile."""
    help_backlog_h: float = par(12.0, unit="hours", ge=0, le=200, plausible=(4, 40), source=assumption("A192"))
    """Help a marketer may owe before further requests are refused."""
    automation_saves: float = par(
        0.5, unit="share", ge=0, le=1, plausible=(0.2, 0.7), source=literature("facts 1.2, firms good at nurturing")
    )
    """Share of marketers' hours on scoring, hand-over and nurturing that software saves."""
    carried_out: float = par(
        0.7, unit="share", ge=0, le=1, plausible=(0.4, 0.9), source=literature("facts 2.1, senior support")
    )
    """Share of what is agreed in a meeting that gets done though no senior manager stands behind it."""
    culture_h_per_week: float = par(6.0, unit="hours/week", ge=0, le=40, plausible=(2, 15), source=assumption("A191"))
    """Managers' time to keep up a culture of full shared responsibility."""
    credit: float = par(0.02, unit="share/win", ge=0, le=1, plausible=(0.005, 0.05), source=assumption("A208"))
    """Share of a marketer's trust (or missing trust) that hangs on how one win is credited."""
    surprise: float = par(0.05, unit="share/launch", ge=0, le=1, plausible=(0.01, 0.15), source=assumption("A209"))
    """Share of reps' trust in a marketer that a launch they were not told of destroys."""
    personas_h_per_week: float = par(1.5, unit="hours/week", ge=0, le=40, plausible=(0.5, 4), source=assumption("A246"))
    """A marketer's time to keep personas up to date."""
    personas_spare: float = par(0.35, unit="share", ge=0, le=1, plausible=(0.1, 0.6), source=assumption("A246"))
    """Share of the contacts with prospects that never fit which personas spare."""
