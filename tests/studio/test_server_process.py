"""The real command: killed it goes on where it was; Ctrl-C ends it quietly; the companies are really run."""

import signal

import pytest

import run
from studio.lesson import lessons
from tests.studio.class_clients import command, free_port, joined, new_teacher


def test_a_killed_server_goes_on_and_the_lesson_is_measured(tmp_path):
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with command(tmp_path, port, end=signal.SIGKILL):
        teacher = new_teacher(base)
        ann = joined(base, teacher.code, "Ann")
        ann.post("predict", {"value": 42}).raise_for_status()
    with command(tmp_path, port, end=signal.SIGKILL):
        ann, teacher = type(ann)(base, ann.code, **ann.secret), type(ann)(base, teacher.code, **teacher.secret)
        assert ann.state()["you"] == {"id": 1, "name": "Ann", "team": None, "prediction": 42}
        for step in ("locked", "run"):
            teacher.post("step", {"to": step}).raise_for_status()
    with command(tmp_path, port, end=signal.SIGINT) as process:
        ann, teacher = type(ann)(base, ann.code, **ann.secret), type(ann)(base, teacher.code, **teacher.secret)
        teacher.until_ready()  # begun anew without being asked
        teacher.post("step", {"to": "revealed"}).raise_for_status()
        shown = ann.until("revealed")["reveal"]
        finding = lessons()["never_called"].finding
        assert shown["figures"]["asked"]["mean"] == pytest.approx(finding.value, abs=finding.tolerance)
        assert shown["figures"]["off"]["mean"] == pytest.approx(2, abs=1)
        assert shown["guesses"] == [{"value": 42, "name": "Ann"}]
        process.send_signal(signal.SIGINT)
        said, complained = process.communicate(timeout=20)
        assert f"Teacher: {base}/class/teach" in said.decode()
        assert (process.returncode, complained.decode()) == (0, "")


def test_a_port_in_use_is_told_in_a_sentence(tmp_path, capsys):
    port = free_port()
    with command(tmp_path, port):
        assert run.main(["studio", "--port", str(port), "--data", str(tmp_path / "x")]) == 2
    assert f"port {port} cannot be used" in capsys.readouterr().err
