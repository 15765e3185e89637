"""Write the baseline anew, with the reason: `python -m tests.baseline.update "tau of the answer from 8 to 6 h"`."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.baseline.measure import FOLDER, Numbers, measure, moved, read

SHOWN = 12  # changes that the log names; the rest is counted
SHORTEST_REASON = 15  # characters


def update(reason: str, numbers: Numbers, folder: Path = FOLDER) -> str:
    """Write `numbers` and log the reason and what moved; returns the entry of the log, empty if nothing moved.

    Raises ValueError for a reason too short to be one.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise ValueError("say in a sentence why the numbers move")
    before = read(folder)
    changes = moved(before, numbers)
    if not changes:
        return ""
    biggest = sorted(changes if before else {}, key=lambda key: _size(*changes[key]), reverse=True)
    lines = [f"{datetime.now(UTC):%Y-%m-%d}: {reason.strip()} ({len(changes)} of {len(numbers)} numbers moved)"]
    lines += [f"    {key}: {changes[key][0]:.6g} -> {changes[key][1]:.6g}" for key in biggest[:SHOWN]]
    entry = "\n".join(lines) + "\n"
    (folder / "outcomes.json").write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")
    with (folder / "reasons.txt").open("a", encoding="utf-8") as log:
        log.write(entry)
    return entry


def _size(old: float, new: float) -> float:
    """Relative size of a change; a number that appears or disappears is the largest."""
    return abs(new - old) / max(abs(old), abs(new)) if old == old and new == new else float("inf")


if __name__ == "__main__":
    try:
        print(update(" ".join(sys.argv[1:]), measure()) or "nothing has moved")
    except ValueError as mistake:
        sys.exit(f"{mistake}, e.g. python -m tests.baseline.update 'tau of the answer from 8 to 6 h'")
