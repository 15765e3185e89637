"""What the company can choose about how Marketing and Sales work together. Each practice costs hours or money."""

from scenarios.communication import Communication
from scenarios.information import Information
from scenarios.joint_work import JointWork
from scenarios.lead_process import LeadProcess
from scenarios.structure import Structure


class Practices(Structure, JointWork, LeadProcess, Information, Communication):
    """The levers. A relationship type is a named bundle of these, and nothing else."""
