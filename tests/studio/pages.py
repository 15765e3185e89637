"""What tests of a played page ask of it."""

import time

DESK, PHONE = (1400, 1000), (390, 844)


def until(tab, said, seconds=15.0):
    """Wait until an expression is true; the page's policy keeps Playwright from waiting inside of it."""
    end = time.monotonic() + seconds
    while not tab.evaluate(said):
        assert time.monotonic() < end, f"it never comes to {said}"
        time.sleep(0.02)


def day(tab):
    return tab.evaluate("studio.page().day")
