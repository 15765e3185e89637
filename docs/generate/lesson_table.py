"""The table of lessons on the page for teachers, written from the lessons' own files."""

import re
from pathlib import Path

from studio.lesson import Lesson, lessons

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how_to" / "teach.md"
TABLE = re.compile(r"(?<=<!-- lessons -->\n).*?(?=<!-- end of lessons -->)", re.DOTALL)
HEAD = "| Lesson | Question | Measured | What is found |\n|---|---|---|---|\n"
STANDARD_ERRORS = 4
"""Of the replications that a lesson runs, in its tolerance."""


def page(text: str) -> str:
    """The page with the table as the files have it."""
    return TABLE.sub(lambda found: HEAD + "".join(_row(one) for one in lessons().values()), text)


def _row(lesson: Lesson) -> str:
    finding, predict = lesson.finding, lesson.predict
    half = 1.96 * finding.tolerance / STANDARD_ERRORS
    measured = f"{finding.value:g} ± {half:.2g} {predict.unit.en}, {finding.replications} replications"
    return f"| {lesson.title.en} (`{lesson.id}`) | {predict.question.en} | {measured} | {finding.sentence.en} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
