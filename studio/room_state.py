"""What a browser is told of a room: the same for all, and what is its own."""

from typing import Any

from studio import predictions, rooms, teams
from studio.database import Connection
from studio.lesson import Lesson
from studio.room_code import shown
from studio.rooms import Member, Room


def for_member(connection: Connection, room: Room, lesson: Lesson, member: Member) -> dict[str, Any]:
    """What a member sees: numbers of others only after the reveal."""
    own = predictions.of_round(connection, room).get(member.id)
    you = {"id": member.id, "name": member.name, "team": member.team, "prediction": own}
    return _for_all(connection, room, lesson) | {"you": you}


def for_teacher(connection: Connection, room: Room, lesson: Lesson) -> dict[str, Any]:
    """What the teacher sees, and perhaps the wall: who is in and who has answered; no number before the reveal."""
    answered, names = predictions.of_round(connection, room), rooms.names(connection, room)
    people = [{"name": names[member], "has_answered": member in answered} for member in names]
    return _for_all(connection, room, lesson) | {
        "members": people,
        "is_ready": rooms.figures(connection, room) is not None,
        "trouble": rooms.trouble(connection, room),
        "notes": lesson.notes.model_dump(by_alias=True),
    }


def _for_all(connection: Connection, room: Room, lesson: Lesson) -> dict[str, Any]:
    guesses = predictions.of_round(connection, room)
    state: dict[str, Any] = {
        "version": room.version,
        "code": shown(room.code),
        "step": room.step,
        "round": room.round,
        "lesson": {"id": lesson.id, "title": lesson.title.model_dump(), "predict": lesson.predict.model_dump()},
        "settings": {
            "names_hidden": room.settings.names_hidden,
            "levers": list(room.settings.levers),
            "n_changes": room.settings.n_changes,
        },
        "n_members": len(rooms.members(connection, room)),
        "n_answers": len(guesses),
        "teams": _teams(connection, room),
    }
    if room.step == "revealed":
        state["reveal"] = _reveal(connection, room, lesson, guesses)
    return state


def _teams(connection: Connection, room: Room) -> list[dict[str, Any]]:
    changes = teams.changes_of(connection, room)
    sizes: dict[int | None, int] = {}
    for member in rooms.members(connection, room):
        sizes[member.team] = sizes.get(member.team, 0) + 1
    return [
        {"id": team, "name": name, "n_members": sizes.get(team, 0), "changes": changes.get(team, {})}
        for team, name in teams.names(connection, room).items()
    ]


def _reveal(connection: Connection, room: Room, lesson: Lesson, guesses: dict[int, float]) -> dict[str, Any]:
    """Guesses from low to high, what happened, and why."""
    names = {} if room.settings.names_hidden else rooms.names(connection, room)
    return {
        "guesses": [
            {"value": value, "name": names.get(member)}
            for member, value in sorted(guesses.items(), key=lambda one: one[1])
        ],
        "figures": rooms.figures(connection, room),
        "finding": lesson.finding.sentence.model_dump(),
        "why": lesson.why.text.model_dump(),
        "reflect": [text.model_dump() for text in lesson.reflect],
    }
