"""The states a prospect passes through, in the words of the funnel."""

from enum import IntEnum


class Status(IntEnum):
    """Where a prospect stands. Every prospect is in exactly one state every day."""

    TO_COME = 0
    """Not in the market yet."""
    PROSPECT = 1
    """In the market; nobody from the company has reached it."""
    INQUIRY = 2
    """Has answered Marketing (an information-qualified lead), or was recommended to us."""
    MQL = 3
    """Qualified by Marketing, or asking for a call; on its way to, or on, a rep's desk."""
    ACCEPTED = 4
    """Sales has begun to contact it (sales-accepted, SAL)."""
    SQL = 5
    """Sales has spoken with it and found a project; waits for an account executive."""
    OPPORTUNITY = 6
    """An account executive is selling."""
    CUSTOMER = 7
    """Has signed."""
    LOST = 8
    """Was worked and did not buy from us."""
    RECYCLED = 9
    """Given back to Marketing by Sales because it is not ready."""
    NEVER_WORKED = 10
    """A marketing lead that no rep ever contacted."""
    GONE = 11
    """Left the market without the company having reached it."""
    CHURNED = 12
    """Was a customer and did not renew."""


N_STATUS = len(Status)
