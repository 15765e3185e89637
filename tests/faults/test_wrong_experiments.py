"""Whatever is wrong in an experiment file is told in one sentence with file, line and key."""

import pytest

import run

WRONG = {
    "lever:\n  practices:\n    liaison: [true]\ncompany: reference\n": "line 1: unknown key lever; did you mean levers",
    "company: refrence\n": 'there is no company "refrence"; did you mean reference?',
    "company: reference\nlevers:\n  practices:\n    liaisn: [true]\n": (
        "line 4: there is no parameter practices.liaisn; did you mean practices.liaison?"
    ),
    "company: reference\nlevers:\n  practices:\n    liaison: [maybe]\n": "line 4: practices.liaison",
    "company: reference\nuncertainties:\n  market:\n    turbulence: 0:99\n": "line 4: market.turbulence is 99.0",
    "company: reference\nuncertainties:\n  market:\n    turbulence: 2:1\n": "line 4: market.turbulence: 2:1 is no",
    "company: reference\nuncertainties:\n  segments:\n    huge:\n      complexity: 1:2\n": "has no segments.huge",
    "company: reference\ntypes: [aligend]\n": 'line 2: there is no type "aligend"; did you mean aligned?',
    "company: reference\ndesign: gird\n": 'line 2: there is no design "gird"; did you mean grid?',
    "company: reference\npoints: 0\n": "line 2: points must be at least 1, not 0",
    "company: reference\nindifference: -1\n": "line 2: indifference must be 0 or more EUR, not -1",
    "company: reference\nruns: many\n": 'line 2: runs is "many"; it must be a whole number',
    "company: reference\nseed: -1\n": "line 2: seed must be at least 0",
    "company: reference\nconstraints:\n  - people.sdrs >\n": 'line 3: "people.sdrs >" is no condition',
    "company: reference\nconstraints:\n  - __import__('os')\n": "line 3:",
    "company: reference\nset:\n  market:\n    turbulense: 1\n": "line 4: there is no parameter market.turbulense",
    "company: reference\nset:\n  market:\n    turbulence: 99\n": "market.turbulence is 99",
    "company: reference\npractices: aligend\n": "did you mean aligned",
    "company: reference\nlevers: 3\n": "line 2: levers is 3; it must be",
    "company: reference\nlevers:\n  practices:\n    liaison: [[1]]\n": "line 4: practices.liaison",
    "company: reference\ntypes: [aligned]\nlevers:\n  practices: [defined]\n": "line 4: there is no parameter",
    "company: reference\n  levers: x\n": "line 2: this is not valid YAML",
    "company: reference\ncompany: small_firm\n": "line 2: company is there twice",
}


@pytest.mark.parametrize(("text", "sentence"), WRONG.items())
def test_a_wrong_experiment_is_told_with_its_place(tmp_path, monkeypatch, capsys, text, sentence):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my.yaml").write_text(text)
    assert run.main(["sweep", "my.yaml"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert sentence in said.err
    assert "my.yaml" in said.err or "refrence" in text or "aligend" in text
    assert said.err.count("\n") == 1
    assert not list(tmp_path.glob("results*"))
