"""How the two departments talk: meetings, chats, brainstorms, a directory of whom to call."""

from scenarios.declare import assumption, literature, par
from scenarios.lever import EVERYBODY, Lever, Levers, Practice

MEETINGS = Practice("meetings", "joint meetings", "relationship")
INFORMAL_CONTACT = Practice("informal_contact", "informal contact", "relationship")
DIRECTORY = Practice("directory", "a directory of whom to call", "relationship")
BRAINSTORMS = Practice("brainstorms", "joint brainstorms", "relationship")


class Communication(Levers):
    """The levers of communication. Each hour of it is taken from selling or campaigning."""

    meeting_every_d: int | None = par(
        None,
        unit="working days",
        ge=1,
        le=2520,
        plausible=(1, 126),
        source=literature("facts 7, type descriptions"),
        lever=Lever(MEETINGS, EVERYBODY),
    )
    """Days from one joint meeting to the next; null for never."""
    meeting_h: float = par(
        1.0,
        unit="hours",
        ge=0,
        le=8,
        plausible=(0.25, 3),
        source=literature("facts 8, meeting hours"),
        lever=Lever(MEETINGS, EVERYBODY, needs="meeting_every_d"),
    )
    """Length of a joint meeting; everybody who attends loses these hours."""
    meeting_discipline: float = par(
        0.5,
        unit="share",
        ge=0,
        le=1,
        plausible=(0.2, 0.9),
        source=assumption("A20"),
        lever=Lever(MEETINGS, EVERYBODY, needs="meeting_every_d"),
    )
    """Share of a joint meeting that serves its agenda; preparing it takes everybody the same share of its length."""
    meeting_attendance: float = par(
        1.0,
        unit="share",
        ge=0,
        le=1,
        plausible=(0.1, 1),
        source=assumption("A20"),
        lever=Lever(MEETINGS, EVERYBODY, needs="meeting_every_d"),
    )
    """Share of the people of both sides who attend."""
    meets_ad_hoc: bool = par(
        False, unit="-", source=literature("facts 7, type descriptions"), lever=Lever(MEETINGS, EVERYBODY)
    )
    """Whether everybody is called together when a dispute breaks out, without an agenda."""
    informal_contact_h_per_week: float = par(
        0.0,
        unit="hours/week",
        ge=0,
        le=20,
        plausible=(0, 2),
        source=assumption("A21"),
        lever=Lever(INFORMAL_CONTACT, EVERYBODY),
    )
    """Time each person spends in informal contact with the other side (shared office, chat, social events)."""
    directory: bool = par(
        False,
        unit="-",
        source=literature("facts 7, levers by step: who, when"),
        lever=Lever(DIRECTORY, ("marketing.MEETING",)),
    )
    """Whether everybody knows whom to call on the other side and where its material lies; somebody keeps it up."""
    brainstorm_every_d: int | None = par(
        None,
        unit="working days",
        ge=1,
        le=2520,
        plausible=(10, 126),
        source=literature("facts 9, joint events"),
        lever=Lever(BRAINSTORMS, EVERYBODY),
    )
    """Days from one joint brainstorm about the market to the next; null for none."""
    brainstorm_people: int = par(
        10,
        unit="people",
        ge=2,
        le=1000,
        plausible=(4, 20),
        source=literature("facts 9, at most 10 people"),
        lever=Lever(BRAINSTORMS, EVERYBODY, needs="brainstorm_every_d"),
    )
    """People of both sides who come to a brainstorm; more than ten add hours and no ideas."""
