"""What members think will happen: one number each, until the teacher locks."""

import math

from studio.database import Connection
from studio.lesson import Question
from studio.refused import Refused
from studio.rooms import Member, Room, touch


def predict(connection: Connection, room: Room, member: Member, value: float, question: Question) -> None:
    """Keep a member's number in place of an earlier one; raises Refused if it comes late or is out of range."""
    if room.step != "open":
        raise Refused(409, "too_late", "Predictions are locked; this one came too late.")
    if not math.isfinite(value) or not question.low <= value <= question.high:
        raise Refused(422, "out_of_range", f"A prediction is a number from {question.low:g} to {question.high:g}.")
    connection.execute(
        "INSERT OR REPLACE INTO predictions (room, round, member, value) VALUES (?, ?, ?, ?)",
        (room.id, room.round, member.id, value),
    )
    touch(connection, room)


def of_round(connection: Connection, room: Room, number: int | None = None) -> dict[int, float]:
    """The number of each member who gave one, in the present round or in an earlier one."""
    rows = connection.execute(
        "SELECT member, value FROM predictions WHERE room = ? AND round = ?",
        (room.id, room.round if number is None else number),
    )
    return {row["member"]: row["value"] for row in rows}
