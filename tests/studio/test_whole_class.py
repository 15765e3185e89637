"""A class of thirty on one machine: some drop and come back, nothing is lost, all see the reveal within a second."""

import time
from concurrent.futures import ThreadPoolExecutor

from tests.studio.class_clients import Person, joined, new_teacher, serving

CLASS, DROPPED = 30, 10
LONGEST_S = 1.0


def come_back(person: Person) -> Person:
    """The connection is lost, with a request under way; the browser still has its token."""
    person.http.close()
    return Person(str(person.http.base_url), person.code, **person.secret)


def test_thirty_predict_ten_drop_and_all_see_the_reveal(tmp_path, capsys):
    with serving(tmp_path) as base, ThreadPoolExecutor(CLASS) as browsers:
        teacher = new_teacher(base)
        people = list(browsers.map(lambda n: joined(base, teacher.code, f"Person {n}"), range(CLASS)))
        list(browsers.map(lambda n: people[n].post("predict", {"value": n}).raise_for_status(), range(CLASS)))
        people[:DROPPED] = [come_back(person) for person in people[:DROPPED]]
        assert [person.state()["you"]["prediction"] for person in people] == list(range(CLASS))
        for step in ("locked", "run"):
            teacher.post("step", {"to": step}).raise_for_status()
        teacher.until_ready()

        def seen(person: Person) -> tuple[float, dict]:
            told = person.until("revealed")
            return time.perf_counter(), told

        waiting = [browsers.submit(seen, person) for person in people]
        time.sleep(0.5)  # until all of them wait
        assert not any(one.done() for one in waiting)
        start = time.perf_counter()
        teacher.post("step", {"to": "revealed"}).raise_for_status()
        told = [one.result() for one in waiting]
        latest_s = max(moment for moment, _ in told) - start
        with capsys.disabled():
            print(f"\nthe reveal reached {CLASS} browsers within {latest_s:.3f} s")
        assert latest_s < LONGEST_S
        for _, state in told:
            assert [one["value"] for one in state["reveal"]["guesses"]] == list(range(CLASS))
        assert len(teacher.get("table").json()) == CLASS
