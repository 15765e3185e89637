"""How well people do what they do for the other side: what they feel they owe, and what shallow work leaves undone."""

from scenarios.declare import Section, assumption, literature, par


class Goodwill(Section):
    """Laws of the depth of effort and of the accounts people keep of how they are treated. Not the company's choice."""

    norm: float = par(1.8, unit="x", ge=0, le=100, plausible=(1, 5), source=assumption("A231"))
    """Worth of work done in full for somebody who is owed everything, relative to what its hours usually earn."""
    to_side: float = par(0.5, unit="share", ge=0, le=1, plausible=(0.2, 0.8), source=assumption("A231"))
    """Part of what is felt to be owed that goes to the other side as a whole, not to the person."""
    culture: float = par(0.15, unit="share", ge=0, le=1, plausible=(0, 0.6), source=assumption("A231"))
    """Share of what is missing of it that a full culture of shared responsibility makes good."""
    quarrel: float = par(0.5, unit="share", ge=0, le=1, plausible=(0.1, 0.8), source=assumption("A231"))
    """Share of it that goes while disputes about half of all topics are open."""
    start: float | None = par(None, unit="share", ge=0, le=1, plausible=(0.2, 0.8), source=assumption("A232"))
    """Accounts of the first day; null where people expect to be treated as well as they trust."""
    pace: float = par(1.0, unit="x", ge=0, le=10, plausible=(0.5, 2), source=assumption("A232"))
    """How fast accounts move, relative to what is said here; 0 holds them, for experiments."""
    seen: float = par(0.03, unit="share/act", ge=0, le=1, plausible=(0.01, 0.08), source=assumption("A232"))
    """How far an account moves to how well the last act that could be seen was done."""
    worse: float = par(
        2.0, unit="x", ge=1, le=20, plausible=(1, 5), source=literature("facts 2.1, slow up and fast down")
    )
    """How many times as far it moves when it falls."""
    form: float = par(0.4, unit="share", ge=0, le=1, plausible=(0.2, 0.7), source=assumption("A233"))
    """Hours that doing something for form's sake takes, relative to doing it in full."""
    note_h: float = par(0.25, unit="hours", ge=0, le=8, plausible=(0.1, 0.6), source=assumption("A233"))
    """Marketer's time for a full hand-over note."""
    bare_connect: float = par(0.7, unit="share", ge=0, le=1, plausible=(0.4, 0.9), source=assumption("A234"))
    """Chance to reach a lead by an attempt for form's sake, relative to one in full."""
    bare_talk: float = par(0.5, unit="share", ge=0, le=1, plausible=(0.2, 0.8), source=assumption("A234"))
    """Share of a project that such a talk brings to light."""
    bare_prepared: float = par(0.6, unit="share", ge=0, le=1, plausible=(0.3, 0.9), source=assumption("A234"))
    """The same of a talk in full by a rep who knows nothing of the buyer, relative to one who has read a full note."""
    bare_report: float = par(0.2, unit="share", ge=0, le=1, plausible=(0, 0.5), source=assumption("A234"))
    """What a report or an entry for form's sake tells, relative to a full one."""
    bare_help: float = par(0.2, unit="share", ge=0, le=1, plausible=(0, 0.5), source=assumption("A234"))
    """What help with a deal for form's sake brings, relative to help in full."""
    bare_item: float = par(0.75, unit="share", ge=0, le=1, plausible=(0.2, 0.8), source=assumption("A234"))
    """Probability that content made for form's sake serves a selling situation, relative to content made with care."""
    by_note: float = par(0.45, unit="share", ge=0, le=1, plausible=(0.2, 0.7), source=assumption("A235"))
    """Share of what sets a buyer apart that a full note tells a rep who believes it."""
    by_talk: float = par(0.35, unit="share", ge=0, le=1, plausible=(0.2, 0.7), source=assumption("A235"))
    """Share of what is not known of it yet that a first talk in full brings out."""
    by_step: float = par(0.1, unit="share", ge=0, le=1, plausible=(0.05, 0.4), source=assumption("A235"))
    """Share of what is not known of it yet that each step of selling brings out."""
    believed_help: float = par(0.15, unit="share", ge=0, le=1, plausible=(0.05, 0.4), source=assumption("A236"))
    """What a marketer believes full notes and help to add to the chance that a lead becomes what is paid for."""
    discretion: float = par(0.5, unit="share", ge=0, le=1, plausible=(0.2, 0.8), source=assumption("A237"))
    """How far goodwill goes of the way to what a rule would secure: prompt hand-over, attempts, leads given back."""
    thorough_attempts: int = par(
        4, unit="attempts", ge=1, le=30, plausible=(3, 8), source=literature("facts 1.2, touch counts")
    )
    """Attempts at a lead by a rep who owes its sender everything and means to leave nothing undone."""
    fixed_depth: float | None = par(None, unit="share", ge=0, le=1, plausible=(0, 1), source=assumption("A233"))
    """Depth of all work for the other side, for experiments; null where people choose it."""
    fixed_telling: float | None = par(None, unit="share", ge=0, le=1, plausible=(0, 1), source=assumption("A233"))
    """Depth of all telling, for experiments; null where people choose it."""
