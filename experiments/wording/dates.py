"""Days as a reader says them."""

from datetime import datetime

from experiments.wording.language import say


def day_in_words(day: datetime) -> str:
    """`9 March 2026`."""
    months = (
        *(say("January"), say("February"), say("March"), say("April"), say("May"), say("June")),
        *(say("July"), say("August"), say("September"), say("October"), say("November"), say("December")),
    )
    return say("{day} {month} {year}", day=day.day, month=months[day.month - 1], year=day.year)
