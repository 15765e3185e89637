"""Rooms and who is in them: a lesson goes from open to locked, run and revealed, and then the next one is open."""

import json
import sqlite3
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Any

from studio import person_name, room_code
from studio.database import Connection
from studio.refused import Refused

STEPS = ("open", "locked", "run", "revealed")
_WAYS = {("open", "locked"), ("locked", "open"), ("locked", "run"), ("run", "revealed"), ("revealed", "open")}
MOST_ROOMS = 2000
MOST_MEMBERS = 300


@dataclass(frozen=True)
class Settings:
    """What the teacher decides: names hidden, which levers teams may touch (none named: all), how many changes."""

    names_hidden: bool = False
    levers: tuple[str, ...] = ()
    n_changes: int = 3


@dataclass(frozen=True)
class Room:
    """A room as it stands; `version` grows with every change that somebody may see."""

    id: int
    code: str
    teacher: str
    step: str
    round: int
    lesson: str
    settings: Settings
    version: int


@dataclass(frozen=True)
class Member:
    """Somebody in a room."""

    id: int
    room: int
    name: str
    team: int | None


def create(connection: Connection, lesson: str, settings: Settings) -> tuple[Room, str]:
    """A new room with its first lesson open, and the key of its teacher; raises Refused if there are too many."""
    if connection.execute("SELECT count(*) FROM rooms").fetchone()[0] >= MOST_ROOMS:
        raise Refused(503, "house_full", "This server has as many rooms as it can hold.")
    code, key = room_code.new_code(), room_code.new_secret()
    connection.execute(
        "INSERT INTO rooms (code, teacher, step, round, settings) VALUES (?, ?, 'open', 1, ?)",
        (code, room_code.fingerprint(key), json.dumps(asdict(settings))),
    )
    room = connection.execute("SELECT id FROM rooms WHERE code = ?", (code,)).fetchone()["id"]
    connection.execute("INSERT INTO rounds (room, number, lesson) VALUES (?, 1, ?)", (room, lesson))
    return with_code(connection, code), key


def with_code(connection: Connection, code: str) -> Room:
    """The room with this code; raises Refused (404)."""
    found = connection.execute(
        "SELECT rooms.*, lesson FROM rooms JOIN rounds ON room = rooms.id AND number = round WHERE code = ?", (code,)
    ).fetchone()
    if found is None:
        raise Refused(404, "no_room", "There is no room with this code.")
    settings = json.loads(found["settings"])
    settings["levers"] = tuple(settings["levers"])
    names = ("id", "code", "teacher", "step", "round", "lesson", "version")
    return Room(**{name: found[name] for name in names}, settings=Settings(**settings))


def touch(connection: Connection, room: Room) -> None:
    """Something in the room has changed that somebody may see."""
    connection.execute("UPDATE rooms SET version = version + 1 WHERE id = ?", (room.id,))


def set_settings(connection: Connection, room: Room, settings: Settings) -> None:
    """From now on these settings."""
    connection.execute("UPDATE rooms SET settings = ? WHERE id = ?", (json.dumps(asdict(settings)), room.id))
    touch(connection, room)


def go_to(connection: Connection, room: Room, step: str, lesson: str | None = None) -> None:
    """Take the next step; raises Refused if it does not follow. Once there, asking again does nothing.

    From revealed to open begins the next round, with another `lesson` or the same.
    """
    if step == room.step:
        if step == "run" and trouble(connection, room) is not None:  # run again
            forget_trouble(connection, room)
            touch(connection, room)
        return
    has_failed = (room.step, step) == ("run", "locked") and trouble(connection, room) is not None
    if (room.step, step) not in _WAYS and not has_failed:
        raise Refused(409, "wrong_step", f"The lesson is {room.step}; from there it cannot become {step}.")
    if step == "revealed":
        _check_figures(connection, room)
    if (room.step, step) == ("revealed", "open"):
        number = room.round + 1
        connection.execute(
            "INSERT INTO rounds (room, number, lesson) VALUES (?, ?, ?)", (room.id, number, lesson or room.lesson)
        )
        connection.execute("UPDATE rooms SET round = ? WHERE id = ?", (number, room.id))
    connection.execute("UPDATE rooms SET step = ? WHERE id = ?", (step, room.id))
    if step == "run":
        forget_trouble(connection, room)
    touch(connection, room)


def _check_figures(connection: Connection, room: Room) -> None:
    """Raise Refused unless the runs are done."""
    if figures(connection, room) is None:
        raise Refused(409, "not_ready", "The companies are still running; wait for them.")


def figures(connection: Connection, room: Room) -> dict[str, Any] | None:
    """What happened in the present round, None until it is known."""
    found = connection.execute(
        "SELECT figures FROM rounds WHERE room = ? AND number = ?", (room.id, room.round)
    ).fetchone()
    return json.loads(found["figures"]) if found["figures"] else None


def trouble(connection: Connection, room: Room) -> str | None:
    """Why the runs of the present round failed, if they did."""
    found = connection.execute(
        "SELECT trouble FROM rounds WHERE room = ? AND number = ?", (room.id, room.round)
    ).fetchone()
    return found["trouble"]  # type: ignore[no-any-return]


def forget_trouble(connection: Connection, room: Room) -> None:
    """The runs of the present round begin anew: what went wrong is over, and a killed server goes on with them."""
    connection.execute("UPDATE rounds SET trouble = NULL WHERE room = ? AND number = ?", (room.id, room.round))


def keep_figures(connection: Connection, room: Room, figures: dict[str, Any] | None, trouble: str | None) -> None:
    """Keep what happened in the round in which the room was, or why nothing did."""
    connection.execute(
        "UPDATE rounds SET figures = ?, trouble = ? WHERE room = ? AND number = ?",
        (json.dumps(figures) if figures is not None else None, trouble, room.id, room.round),
    )
    touch(connection, room)


def waiting_for_figures(connection: Connection) -> list[str]:
    """Codes of rooms whose runs had begun and are not done: the server ended in between."""
    rows = connection.execute(
        "SELECT code FROM rooms JOIN rounds ON room = rooms.id AND number = round "
        "WHERE step = 'run' AND figures IS NULL AND trouble IS NULL"
    )
    return [row["code"] for row in rows]


def join(connection: Connection, room: Room, typed_name: str) -> tuple[Member, str]:
    """Let somebody in, at any step; who, and the token by which he is known from now on. Raises Refused."""
    taken = [member.name for member in members(connection, room)]
    if len(taken) >= MOST_MEMBERS:
        raise Refused(409, "room_full", f"There are {MOST_MEMBERS} people in this room; it holds no more.")
    name, token = person_name.told_apart(person_name.cleaned(typed_name), taken), room_code.new_secret()
    connection.execute(
        "INSERT INTO members (room, name, token) VALUES (?, ?, ?)", (room.id, name, room_code.fingerprint(token))
    )
    touch(connection, room)
    return with_token(connection, room, token), token


def with_token(connection: Connection, room: Room, token: str) -> Member:
    """Who comes back with his token; raises Refused (401)."""
    found = connection.execute(
        "SELECT * FROM members WHERE room = ? AND token = ?", (room.id, room_code.fingerprint(token))
    ).fetchone()
    if found is None:
        raise Refused(401, "not_member", "You are not in this room; join it first.")
    return _member(found)


def members(connection: Connection, room: Room) -> list[Member]:
    """Who is in the room, in the order in which they came."""
    rows = connection.execute("SELECT * FROM members WHERE room = ? ORDER BY id", (room.id,))
    return [_member(row) for row in rows]


def names(connection: Connection, room: Room) -> dict[int, str]:
    """What everybody is called in public: by a number that says nothing about who came when, if names are hidden."""
    if not room.settings.names_hidden:
        return {member.id: member.name for member in members(connection, room)}
    rows = connection.execute("SELECT id FROM members WHERE room = ? ORDER BY token", (room.id,))
    return {row["id"]: f"#{n}" for n, row in enumerate(rows, start=1)}


def _member(row: sqlite3.Row) -> Member:
    return Member(row["id"], row["room"], row["name"], row["team"])


def check_levers(levers: Collection[str], known: Collection[str]) -> None:
    """Raise Refused for a lever that there is not."""
    for lever in levers:
        if lever not in known:
            raise Refused(422, "no_lever", f"{lever[:80]} is no lever.")
