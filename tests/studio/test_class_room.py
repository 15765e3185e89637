"""A class through a lesson, over real HTTP: what is let in, what is refused, and who sees what."""

import csv
import io

import httpx
import pytest

import scenarios
from studio import server
from studio.lesson import lessons
from studio.rate_limit import Limits
from studio.table import harmless
from studio.what_happened import figures, team_key
from tests.studio.class_clients import MadeUpRuns, Person, browser, joined, new_teacher, serving

WIDE = "\uff21\uff4e\uff4e"  # Ann in letters as wide as Chinese ones


@pytest.fixture(scope="module")
def runs():
    return MadeUpRuns()


@pytest.fixture(scope="module")
def base(tmp_path_factory, runs):
    with serving(tmp_path_factory.mktemp("class"), runs) as address:
        yield address


def refusal(answer: httpx.Response) -> tuple[int, str]:
    assert answer.json()["sentence"]
    return answer.status_code, answer.json()["error"]


def revealed(teacher: Person) -> None:
    for step in ("locked", "run"):
        teacher.post("step", {"to": step}).raise_for_status()
    teacher.until_ready()
    teacher.post("step", {"to": "revealed"}).raise_for_status()


def test_a_lesson_from_joining_to_the_next(base):
    teacher = new_teacher(base)
    ann, bob = joined(base, teacher.code, "Ann"), joined(base, teacher.code.lower().replace("-", " "), "Bob")
    ann.post("predict", {"value": 20}).raise_for_status()
    ann.post("predict", {"value": 35}).raise_for_status()
    bob.post("predict", {"value": 80.5}).raise_for_status()
    told = ann.state()
    assert (told["step"], told["n_members"], told["n_answers"], told["you"]["prediction"]) == ("open", 2, 2, 35)
    assert "80.5" not in str(told)
    assert [one["has_answered"] for one in teacher.state()["members"]] == [True, True]
    assert "80.5" not in str(teacher.state())
    assert teacher.get("table").json() == []
    revealed(teacher)
    shown = ann.until("revealed")["reveal"]
    assert shown["guesses"] == [{"value": 35, "name": "Ann"}, {"value": 80.5, "name": "Bob"}]
    assert shown["figures"]["asked"]["mean"] == pytest.approx(51, abs=0.1)
    assert shown["figures"]["asked"]["n"] == 30
    assert [one["difference"] for one in teacher.get("table").json()] == pytest.approx([-16, 29.5], abs=0.1)
    teacher.post("step", {"to": "open"}).raise_for_status()
    told = ann.state()
    assert (told["step"], told["round"], told["you"]["prediction"]) == ("open", 2, None)
    assert len(teacher.get("table").json()) == 2


def test_steps_follow_each_other_and_may_be_asked_for_twice(base, runs):
    teacher = new_teacher(base)
    assert refusal(teacher.post("step", {"to": "revealed"})) == (409, "wrong_step")
    for to in ("locked", "open", "locked", "locked"):
        teacher.post("step", {"to": to}).raise_for_status()
    runs.go.clear()
    teacher.post("step", {"to": "run"}).raise_for_status()
    assert refusal(teacher.post("step", {"to": "revealed"})) == (409, "not_ready")
    assert teacher.until("run")["is_ready"] is False
    runs.go.set()
    teacher.until_ready()
    teacher.post("step", {"to": "revealed"}).raise_for_status()


def test_runs_that_fail_are_said_and_may_be_run_again_or_left(base, runs):
    teacher = new_teacher(base)
    teacher.post("step", {"to": "locked"}).raise_for_status()
    runs.fails = True
    teacher.post("step", {"to": "run"}).raise_for_status()
    while not (told := teacher.state(teacher.version))["trouble"]:
        assert told["step"] == "run"
    assert told["trouble"] == "A run failed: made up."
    runs.go.clear()
    teacher.post("step", {"to": "run"}).raise_for_status()
    assert teacher.state()["trouble"] is None  # they run again; and who kills the server now finds them running
    assert refusal(teacher.post("step", {"to": "locked"})) == (409, "wrong_step")
    runs.go.set()
    while not (told := teacher.state(told["version"]))["trouble"]:
        assert told["step"] == "run"
    runs.fails = False
    for step in ("locked", "open"):
        teacher.post("step", {"to": step}).raise_for_status()
    revealed(teacher)
    assert teacher.state()["trouble"] is None


def test_a_number_out_of_range_or_late_is_refused_and_a_late_joiner_sees_everything(base):
    teacher = new_teacher(base)
    ann = joined(base, teacher.code, "Ann")
    for value in (-1, 101, 1e300):
        assert refusal(ann.post("predict", {"value": value})) == (422, "out_of_range")
    for body in ({}, {"value": "20"}, {"value": None}, {"value": 20, "member": 1}, [20], {"value": True}):
        assert refusal(ann.post("predict", body)) == (422, "wrong_body")
    for text in ("", "NaN", '{"value": NaN}', "{" * 9000, '{"value": 1' + "0" * 9000 + "}"):
        answer = ann.http.post(
            ann._room("predict"), content=text, headers=ann.secret | {"Content-Type": "application/json"}
        )
        assert answer.status_code == 422
    revealed(teacher)
    late = joined(base, teacher.code, "Late")
    assert refusal(late.post("predict", {"value": 20})) == (409, "too_late")
    assert late.state()["reveal"]["figures"]["asked"]["n"] == 30


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("  Ann \t\r\n Lee\x00\x1b[31m ", "Ann Lee[31m"),
        ("\u202eevil\u2066", "evil"),
        ("李" * 100, "李" * 40),
        ("'; DROP TABLE rooms; --", "'; DROP TABLE rooms; --"),
        ("Zoe\u0301", "Zoé"),
        ("\u3164Zoe\u2800", "Zoe"),
    ],
)
def test_a_name_is_text(base, typed, kept):
    teacher = new_teacher(base)
    assert joined(base, teacher.code, typed).state()["you"]["name"] == kept
    assert teacher.state()["members"][0]["name"] == kept


def test_an_empty_name_is_refused_and_two_of_one_name_are_told_apart(base):
    teacher = new_teacher(base)
    for name in ("", "  ", "\u200b\u202e", "\u0301", "\u3164"):
        assert refusal(Person(base, teacher.code).post("join", {"name": name})) == (422, "name_empty")
    names = [joined(base, teacher.code, name).state()["you"]["name"] for name in ("Ann", "ann", WIDE, "Ann (2)")]
    assert names == ["Ann", "ann (2)", f"{WIDE} (3)", "Ann (2) (2)"]


def test_hidden_names_are_hidden_everywhere_and_formulas_are_harmless(base):
    teacher = new_teacher(base, names_hidden=True)
    ann, bad = joined(base, teacher.code, "Ann"), joined(base, teacher.code, "=cmd|' /C calc'!A0")
    for person in (ann, bad):
        person.post("predict", {"value": 40}).raise_for_status()
    revealed(teacher)
    for told in (teacher.state(), bad.state(), teacher.get("table").json()):
        assert "Ann" not in str(told)
    teacher.post("settings", {"names_hidden": False}).raise_for_status()
    assert "Ann" in str(bad.state())
    answer = teacher.get("table.csv?language=ru")
    table = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert {row["who"] for row in table} == {"Ann", "'=cmd|' /C calc'!A0"}
    assert {float(row["difference"]) < 0 for row in table} == {True}
    assert table[0]["unit"] == "из 100 лидов"
    assert harmless("\uff1d1") == "'\uff1d1"  # as wide as Chinese letters


def test_teams_change_the_company_within_their_budget(base, runs):
    teacher = new_teacher(base, n_changes=2, levers=["practices.sla", "practices.sla_tracked", "practices.meeting_h"])
    ann, bob = joined(base, teacher.code, "Ann"), joined(base, teacher.code, "Bob")
    assert refusal(ann.post("change", {"path": "practices.sla", "value": True})) == (409, "no_team")
    team = ann.post("teams", {"name": "Reds"}).json()["team"]
    bob.post(f"teams/{team}/join").raise_for_status()
    assert refusal(bob.post(f"teams/{team + 99}/join")) == (404, "no_team")
    assert refusal(ann.post("change", {"path": "practices.liaison", "value": True})) == (403, "lever_locked")
    assert refusal(ann.post("change", {"path": "practices.sla", "value": "maybe"})) == (422, "wrong_value")
    assert refusal(ann.post("change", {"path": "practices.meeting_h", "value": 99})) == (422, "wrong_value")
    ann.post("change", {"path": "practices.sla", "value": "true"}).raise_for_status()
    bob.post("change", {"path": "practices.sla_tracked", "value": True}).raise_for_status()
    assert refusal(ann.post("change", {"path": "practices.meeting_h", "value": 2})) == (409, "budget_spent")
    bob.post("change", {"path": "practices.sla_tracked", "value": None}).raise_for_status()
    ann.post("change", {"path": "practices.meeting_h", "value": "2"}).raise_for_status()
    assert bob.state()["teams"] == [
        {"id": team, "name": "Reds", "n_members": 2, "changes": {"practices.meeting_h": 2, "practices.sla": True}}
    ]
    revealed(teacher)
    company = runs.companies[f"team {team}"]
    assert company == scenarios.load("reference", "undefined", {"practices.sla": True, "practices.meeting_h": 2})
    shown = ann.state()["reveal"]["figures"]["teams"][str(team)]
    assert (shown["measure"]["n"], shown["gain_eur"]["n"]) == (30, 30)
    assert refusal(ann.post("change", {"path": "practices.sla", "value": None})) == (409, "too_late")
    assert [row["changes"] for row in teacher.get("table").json()] == ["practices.meeting_h=2; practices.sla=True"]


def test_two_rooms_do_not_see_each_other(base):
    one, other = new_teacher(base), new_teacher(base)
    ann = joined(base, one.code, "Ann")
    team = ann.post("teams", {"name": "Reds"}).json()["team"]
    ann.post("predict", {"value": 33}).raise_for_status()
    bob = joined(base, other.code, "Ann")
    for stranger in (
        Person(base, other.code, **ann.secret),
        Person(base, other.code, teacher_key=one.secret["teacher-key"]),
    ):
        for answer in (stranger.get("state"), stranger.get("table"), stranger.post("predict", {"value": 1})):
            assert answer.status_code == 401
    assert refusal(bob.post(f"teams/{team}/join")) == (404, "no_team")
    told = bob.state()
    assert (told["you"]["name"], told["n_members"], told["n_answers"], told["teams"]) == ("Ann", 1, 0, [])
    revealed(other)
    assert one.state()["step"] == "open"
    assert ann.state()["you"]["prediction"] == 33


def test_only_the_teacher_teaches(base):
    teacher = new_teacher(base)
    ann = joined(base, teacher.code, "Ann")
    wrong = Person(base, teacher.code, teacher_key="x" * 32)
    for person, status in ((ann, 403), (wrong, 401), (Person(base, teacher.code), 401)):
        answers = [person.get(path) for path in ("table", "table.csv", "qr.svg")]
        answers += [person.post("step", {"to": "locked"}), person.post("settings", {"names_hidden": True})]
        assert {answer.status_code for answer in answers} == {status}
    assert teacher.state()["step"] == "open"
    assert refusal(teacher.post("predict", {"value": 20})) == (403, "not_member")


def test_guessing_is_stopped_and_those_who_belong_go_on(tmp_path):
    with serving(tmp_path, limits=Limits(wrong_per_address=5, joins_per_address=8, rooms_per_address=2)) as base:
        teacher = new_teacher(base)
        ann = joined(base, teacher.code, "Ann")
        new_teacher(base)
        body = {"lesson": "never_called"}
        assert browser(base).post("/api/rooms", json=body).status_code == 429
        guesses = [Person(base, "CDF-GHJ-KMN").post("join", {"name": "x"}).status_code for _ in range(7)]
        assert guesses == [404] * 5 + [429] * 2
        assert Person(base, teacher.code).post("join", {"name": "x"}).status_code == 429
        assert refusal(Person(base, "OIL").get("state")) == (404, "no_code")
        assert Person(base, "CDF-GHJ-KMN", member_token="x").get("state").status_code == 429
        assert ann.state()["you"]["name"] == "Ann"
        ann.post("predict", {"value": 20}).raise_for_status()


def test_what_a_browser_is_allowed_is_little(base):
    for path in ("/class/", "/class/teach", "/class/files/words.json", "/api/lessons", "/no/such"):
        answer = browser(base).get(path)
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
    for method in ("PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"):
        assert browser(base).request(method, "/api/rooms").status_code == 405
    form = browser(base).post("/api/rooms", data={"lesson": "never_called"})
    assert form.status_code == 415
    long = browser(base).post("/api/rooms", json={"lesson": "x" * 50_000})
    assert long.status_code == 413
    assert browser(base).get("/class/files/../server.py").status_code == 404
    assert browser(base).get("/class/files/%2e%2e/server.py").status_code == 404


def test_the_address_to_join_is_a_picture_that_hides_the_key(base):
    teacher = new_teacher(base)
    answer = teacher.get("qr.svg")
    assert answer.headers["join-address"] == f"{base}/class/#{teacher.code}"
    assert answer.text.startswith("<svg")
    assert teacher.secret["teacher-key"] not in answer.text


def test_who_waits_is_told_at_once_or_after_a_while(base, monkeypatch):
    monkeypatch.setattr(server, "PATIENCE_S", 0.3)
    teacher = new_teacher(base)
    told = teacher.state()
    assert teacher.state(told["version"])["version"] == told["version"]
    assert teacher.get("state?after=nonsense").json()["version"] == told["version"]


def test_every_lesson_names_a_company_that_can_be_run():
    for lesson in lessons().values():
        low, high = lesson.predict.low, lesson.predict.high
        assert low <= lesson.finding.value <= high
        for side, changes in ((lesson.here, lesson.why.off), (lesson.there, {})):
            scenarios.load(lesson.company, side.practices, {**side.changes, **changes})


def test_a_team_is_measured_as_the_question_is():
    """Where a difference is asked for, that of the team's company, so that both stand in one unit."""
    lesson = next(one for one in lessons().values() if one.predict.of == "difference")
    values = {"here": [3.0, 5.0], "there": [1.0, 2.0], "off": [0.0, 0.0], team_key(7): [4.0, 8.0]}
    measure = lesson.predict.measure
    runs = {name: [{measure: one, "contribution_eur": one} for one in told] for name, told in values.items()}
    told = figures(lesson, runs, {7: {}})
    scale = lesson.predict.scale
    assert told["asked"]["mean"] == pytest.approx(2.5 * scale)
    assert told["teams"]["7"]["measure"]["mean"] == pytest.approx(4.5 * scale)
    assert told["teams"]["7"]["gain_eur"]["mean"] == 2
