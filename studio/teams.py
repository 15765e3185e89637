"""Teams: each may make a few changes to the lesson's company, and all meet the same market."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import scenarios
from scenarios.input_errors import ScenarioError
from studio import person_name
from studio.database import Connection
from studio.lesson import Lesson
from studio.refused import Refused
from studio.rooms import Member, Room, touch

MOST_TEAMS = 20
LONGEST_VALUE = 60

Changes = dict[str, Any]


@cache
def levers() -> dict[str, dict[str, Any]]:
    """What teams may touch unless the teacher names less: every practice, with what it means and what is allowed."""
    return {
        one.path: {"meaning": one.meaning, "unit": one.unit, "allowed": one.allowed, "choices": list(one.choices)}
        for one in scenarios.parameters()
        if one.lever is not None
    }


def found(connection: Connection, room: Room, typed_name: str) -> int:
    """A new team; returns its number. Raises Refused."""
    _check_open(room)
    taken = [row["name"] for row in connection.execute("SELECT name FROM teams WHERE room = ?", (room.id,))]
    if len(taken) >= MOST_TEAMS:
        raise Refused(409, "teams_full", f"There are {MOST_TEAMS} teams; join one of them.")
    name = person_name.told_apart(person_name.cleaned(typed_name), taken)
    team = connection.execute("INSERT INTO teams (room, name) VALUES (?, ?)", (room.id, name)).lastrowid
    touch(connection, room)
    return int(team or 0)


def choose(connection: Connection, room: Room, member: Member, team: int) -> None:
    """Put a member into a team; raises Refused if this room has no such team."""
    if connection.execute("SELECT 1 FROM teams WHERE room = ? AND id = ?", (room.id, team)).fetchone() is None:
        raise Refused(404, "no_team", "There is no such team in this room.")
    connection.execute("UPDATE members SET team = ? WHERE room = ? AND id = ?", (team, room.id, member.id))
    touch(connection, room)


def change(connection: Connection, room: Room, member: Member, lesson: Lesson, wish: tuple[str, Any]) -> None:
    """Have the member's team set a path to a value, or take its change back with None; raises Refused.

    Text is read as on the command line: `0.3` is a number, `true` is true.
    """
    _check_open(room)
    path, value = wish
    if member.team is None:
        raise Refused(409, "no_team", "Join a team first.")
    changes = changes_of(connection, room).get(member.team, {})
    changes.pop(path, None)
    if value is not None:
        _check_allowed(room, path, len(changes))
        changes[path] = _meant(path, value)
        _check_together(lesson, changes)
        connection.execute(
            "INSERT OR REPLACE INTO changes (room, round, team, path, value) VALUES (?, ?, ?, ?, ?)",
            (room.id, room.round, member.team, path, json.dumps(changes[path])),
        )
    else:
        connection.execute(
            "DELETE FROM changes WHERE room = ? AND round = ? AND team = ? AND path = ?",
            (room.id, room.round, member.team, path),
        )
    touch(connection, room)


def changes_of(connection: Connection, room: Room, number: int | None = None) -> dict[int, Changes]:
    """The changes of each team that made any, in the present round or in an earlier one."""
    rows = connection.execute(
        "SELECT team, path, value FROM changes WHERE room = ? AND round = ? ORDER BY path",
        (room.id, room.round if number is None else number),
    )
    changes: dict[int, Changes] = {}
    for row in rows:
        changes.setdefault(row["team"], {})[row["path"]] = json.loads(row["value"])
    return changes


def names(connection: Connection, room: Room) -> dict[int, str]:
    """The name of each team, in the order in which they were founded."""
    rows = connection.execute("SELECT id, name FROM teams WHERE room = ? ORDER BY id", (room.id,))
    return {row["id"]: row["name"] for row in rows}


def _check_open(room: Room) -> None:
    if room.step != "open":
        raise Refused(409, "too_late", "Teams are locked; this came too late.")


def _check_allowed(room: Room, path: str, n_before: int) -> None:
    """Raise Refused if the team may not touch this, or has no change left."""
    if path not in levers() or (room.settings.levers and path not in room.settings.levers):
        raise Refused(403, "lever_locked", f"{path[:80]} may not be changed in this lesson.")
    if n_before >= room.settings.n_changes:
        raise Refused(
            409, "budget_spent", f"Your team may make {room.settings.n_changes} changes; take one back first."
        )


def _meant(path: str, value: Any) -> Any:
    """The value that somebody typed."""
    if not isinstance(value, str):
        return value
    if len(value) > LONGEST_VALUE or not value.isprintable():
        raise Refused(422, "wrong_value", f"A value is one line of at most {LONGEST_VALUE} signs.")
    try:
        return scenarios.parse_changes([f"{path}={value}"])[path]
    except ScenarioError as error:
        raise Refused(422, "wrong_value", str(error)) from None


def _check_together(lesson: Lesson, changes: Mapping[str, Any]) -> None:
    """Raise Refused, in the sentence of the scenario, if the company cannot be so."""
    try:
        scenarios.load(lesson.company, lesson.here.practices, {**lesson.here.changes, **changes})
    except ScenarioError as error:
        raise Refused(422, "wrong_value", str(error)) from None
