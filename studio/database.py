"""The one file that holds all rooms. What is written is on the disk before anybody is told so."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FILE = "class_rooms.sqlite"
KEPT_DAYS = 60
"""Rooms that are older are removed when the server starts."""

_TABLES = """
CREATE TABLE IF NOT EXISTS rooms (
    id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, teacher TEXT NOT NULL, step TEXT NOT NULL,
    round INTEGER NOT NULL, settings TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 1,
    created TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) STRICT;
CREATE TABLE IF NOT EXISTS rounds (
    room INTEGER NOT NULL REFERENCES rooms ON DELETE CASCADE, number INTEGER NOT NULL, lesson TEXT NOT NULL,
    figures TEXT, trouble TEXT, PRIMARY KEY (room, number)
) STRICT;
CREATE TABLE IF NOT EXISTS teams (
    id INTEGER PRIMARY KEY, room INTEGER NOT NULL REFERENCES rooms ON DELETE CASCADE, name TEXT NOT NULL,
    UNIQUE (room, id)
) STRICT;
CREATE TABLE IF NOT EXISTS members (
    id INTEGER PRIMARY KEY, room INTEGER NOT NULL REFERENCES rooms ON DELETE CASCADE, name TEXT NOT NULL,
    token TEXT NOT NULL, team INTEGER, UNIQUE (room, id), UNIQUE (room, name), UNIQUE (room, token),
    FOREIGN KEY (room, team) REFERENCES teams (room, id)
) STRICT;
CREATE TABLE IF NOT EXISTS predictions (
    room INTEGER NOT NULL, round INTEGER NOT NULL, member INTEGER NOT NULL, value REAL NOT NULL,
    PRIMARY KEY (room, round, member), FOREIGN KEY (room, member) REFERENCES members (room, id) ON DELETE CASCADE
) STRICT;
CREATE TABLE IF NOT EXISTS changes (
    room INTEGER NOT NULL, round INTEGER NOT NULL, team INTEGER NOT NULL, path TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (room, round, team, path), FOREIGN KEY (room, team) REFERENCES teams (room, id) ON DELETE CASCADE
) STRICT;
"""
# The room is part of every key, so that the database itself refuses to mix two of them.

Connection = sqlite3.Connection


class Database:
    """A file of SQLite in a folder; threads take turns."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._turn = threading.Lock()
        self._connection = sqlite3.connect(folder / FILE, isolation_level=None, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "busy_timeout = 5000"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.executescript(_TABLES)
        self._connection.execute("DELETE FROM rooms WHERE created < datetime('now', ?)", (f"-{KEPT_DAYS} days",))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One picture of all tables, as of now."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """All that is written in the block, or, if it raises, nothing; it is on the disk when the block is left."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        with self._turn:
            self._connection.execute(begin)
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        with self._turn:
            self._connection.close()
