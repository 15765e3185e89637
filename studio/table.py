"""What a class predicted and what happened, as a table and as CSV."""

import csv
import io
import json
from typing import Any

from studio import predictions, rooms, teams
from studio.database import Connection
from studio.lesson import Lesson
from studio.rooms import Room

HEADS = ("round", "lesson", "kind", "who", "team", "value", "unit", "happened", "difference", "changes")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for a formula; the last four as wide as Chinese letters."""


def rows(connection: Connection, room: Room, lessons: dict[str, Lesson], language: str) -> list[dict[str, Any]]:
    """A row for each prediction and each team, round after round; of the present round not before it is locked."""
    names, team_names = rooms.names(connection, room), teams.names(connection, room)
    team_of = {member.id: team_names.get(member.team or 0, "") for member in rooms.members(connection, room)}
    table: list[dict[str, Any]] = []
    rounds = connection.execute("SELECT * FROM rounds WHERE room = ? ORDER BY number", (room.id,)).fetchall()
    for one in rounds:
        number, is_present = one["number"], one["number"] == room.round
        if is_present and room.step == "open":
            continue
        lesson = lessons.get(one["lesson"])
        figures = None if is_present and room.step != "revealed" else _read(one["figures"])
        happened = figures["asked"]["mean"] if figures else None
        start = {
            "round": number,
            "lesson": getattr(lesson.title, language) if lesson else one["lesson"],
            "unit": getattr(lesson.predict.unit, language) if lesson else "",
        }
        guesses = predictions.of_round(connection, room, number)
        for member, value in sorted(guesses.items(), key=lambda guess: (guess[1], names[guess[0]])):
            off_by = None if happened is None else value - happened
            person = {
                "kind": "prediction",
                "who": names[member],
                "team": "" if room.settings.names_hidden else team_of[member],
            }
            table.append(start | person | {"value": value, "happened": happened, "difference": off_by, "changes": ""})
        without = "asked" if lesson and lesson.predict.of == "difference" else "here"  # no team's change
        made = teams.changes_of(connection, room, number)
        for team, changes in made.items():
            told = {"kind": "team", "who": team_names[team], "team": team_names[team], "value": None}
            result = figures["teams"][str(team)] if figures else None
            told |= {
                "happened": result["measure"]["mean"] if result else None,
                "difference": result["measure"]["mean"] - figures[without]["mean"] if result and figures else None,
                "changes": "; ".join(f"{path}={value}" for path, value in changes.items()),
            }
            table.append(start | told)
    return table


def as_csv(table: list[dict[str, Any]]) -> str:
    """The table for a spreadsheet; text that it would take for a formula is made harmless."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADS)
    writer.writerows([harmless(row[head]) for head in HEADS] for row in table)
    return "\ufeff" + out.getvalue()  # the mark by which Excel knows UTF-8


def harmless(cell: Any) -> Any:
    """Text with a ' before it if it begins like a formula; numbers stay numbers."""
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip().startswith(_FORMULA) else cell


def _read(text: str | None) -> Any:
    return json.loads(text) if text else None
