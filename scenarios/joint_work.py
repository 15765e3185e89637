"""What people of both sides do together on plans, content and deals."""

from scenarios.declare import assumption, literature, par
from scenarios.lever import Lever, Levers, Practice

JOINT_PLANNING = Practice("joint_planning", "joint planning", "relationship")
CONTENT_INPUT = Practice("content_input", "content made with Sales", "relationship")
JOINT_TRAINING = Practice("joint_training", "joint training", "relationship")
JOINT_CALLS = Practice("joint_calls", "joint calls on key accounts", "relationship")
SOLUTION_AIDS = Practice("solution_aids", "cases prepared by Marketing", "operations")
MARKETING_IN_FUNNEL = Practice("marketing_in_funnel", "Marketing in the sales funnel", "operations")
LIAISON = Practice("liaison", "a liaison living with Sales", "relationship")
ROTATION = Practice("rotation", "job rotation", "relationship")
DUAL_TRACK = Practice("dual_track", "Marketing's own talks with buyers", "operations")


class JointWork(Levers):
    """The levers of joint work."""

    joint_planning: bool = par(
        False,
        unit="-",
        source=literature("facts 7, type descriptions"),
        lever=Lever(JOINT_PLANNING, ("coordination", "sales.MEETING")),
    )
    """Whether campaigns are planned with Sales: its view of the need goes in, and it knows of them beforehand."""
    content_input: float = par(
        0.0,
        unit="share",
        ge=0,
        le=1,
        plausible=(0, 1),
        source=literature("facts 9, decide together 81 against 25 %"),
        lever=Lever(CONTENT_INPUT, ("sales.MEETING",)),
    )
    """Share of content that is made after asking reps what they need; asking takes their time."""
    joint_training_h_per_quarter: float = par(
        0.0,
        unit="hours/quarter",
        ge=0,
        le=100,
        plausible=(0, 16),
        source=literature("facts 7, type descriptions"),
        lever=Lever(JOINT_TRAINING, ("sales.TRAINING", "marketing.TRAINING", "managers.TRAINING")),
    )
    """Time everybody of both sides spends learning together: products, market, each other's work."""
    joint_calls: float = par(
        0.0,
        unit="share",
        ge=0,
        le=1,
        plausible=(0, 1),
        source=literature("facts 7, above $2M"),
        lever=Lever(JOINT_CALLS, ("marketing.OPPORTUNITIES",)),
    )
    """Share of key-account deals to whose talks a marketer comes along."""
    solution_aids: float = par(
        0.0,
        unit="share",
        ge=0,
        le=1,
        plausible=(0, 1),
        source=assumption("A192"),
        lever=Lever(SOLUTION_AIDS, ("marketing.OPPORTUNITIES",)),
    )
    """Share of opportunities for which Marketing prepares the case and the price; it takes a marketer's hours."""
    marketing_in_funnel: bool = par(
        False,
        unit="-",
        source=literature("facts 7, jointly managed funnel"),
        lever=Lever(MARKETING_IN_FUNNEL, ("marketing.OPPORTUNITIES",)),
    )
    """Whether Marketing keeps buyers warm after hand-off, while they make up their minds; touches take its hours."""
    liaison: bool = par(
        False, unit="-", source=literature("facts 7, trusted liaison"), lever=Lever(LIAISON, ("marketing.MEETING",))
    )
    """Whether one marketer lives with Sales for part of the time (`behaviour.together.liaison_share`)."""
    rotations_per_year: float = par(
        0.0,
        unit="exchanges/year",
        ge=0,
        le=50,
        plausible=(0, 6),
        source=literature("facts 2, job rotation"),
        lever=Lever(ROTATION, ("sales.TRAINING", "marketing.TRAINING")),
    )
    """How often a marketer and a rep change places for a while, at half their output."""
    customer_contact_h_per_week: float = par(
        0.0,
        unit="hours/week",
        ge=0,
        le=40,
        plausible=(0, 10),
        source=literature("facts 9, dual track"),
        lever=Lever(DUAL_TRACK, ("marketing.CUSTOMERS",)),
    )
    """Time each marketer talks to buyers in person: none is single track, where only Sales meets them; some is dual."""
